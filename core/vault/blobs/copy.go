package blobs

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Copy copies every blob that lies in the folder from into the folder to, durably. What is removed
// meanwhile is left out; what is being written is copied as far as it is, and no row names it.
func Copy(from, to string) error {
	authorities, err := os.ReadDir(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, a := range authorities {
		err = errors.Join(err, copyAuthority(filepath.Join(from, a.Name()), In(to), a.Name()))
	}
	return err
}

func copyAuthority(from string, to *Folder, authority string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := copyBlob(filepath.Join(from, e.Name()), to, authority, e.Name()); err != nil {
			return err
		}
	}
	return nil
}

func copyBlob(path string, to *Folder, authority, id string) error {
	from, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer from.Close()
	file, err := to.Create(authority, id)
	if err != nil {
		return err
	}
	if _, err := io.Copy(file, from); err != nil {
		file.Abort()
		return err
	}
	return file.Commit()
}
