package blobs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder is a folder with one folder of blobs per authority. It implements Store.
type Folder struct{ dir string }

// In keeps blobs in dir, which is made with the first one.
func In(dir string) *Folder { return &Folder{dir} }

func (f *Folder) path(authority string, id string) string {
	return filepath.Join(f.dir, authority, id)
}

// Create implements Store.
func (f *Folder) Create(authority string, id string) (File, error) {
	path := f.path(authority, id)
	file, err := create(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = f.makeFolder(authority); err == nil {
			file, err = create(path)
		}
	}
	if err != nil {
		return nil, err
	}
	return &writing{file, filepath.Dir(path)}, nil
}

func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// makeFolder makes an authority's folder durably.
func (f *Folder) makeFolder(authority string) error {
	if err := os.MkdirAll(filepath.Join(f.dir, authority), 0o700); err != nil {
		return err
	}
	return errors.Join(syncFolder(f.dir), syncFolder(filepath.Dir(f.dir)))
}

// Open implements Store.
func (f *Folder) Open(authority string, id string) (Reader, error) {
	return os.Open(f.path(authority, id))
}

// Remove implements Store.
func (f *Folder) Remove(authority string, id string) error {
	err := os.Remove(f.path(authority, id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Each implements Store.
func (f *Folder) Each(authority string, fn func(string) error) error {
	entries, err := os.ReadDir(filepath.Join(f.dir, authority))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if err := fn(e.Name()); err != nil {
			return err
		}
	}
	return err
}

// writing is a blob's file until it is committed.
type writing struct {
	*os.File
	folder string
}

// Commit implements File.
func (w *writing) Commit() error {
	return errors.Join(w.Sync(), w.Close(), syncFolder(w.folder))
}

// Abort implements File.
func (w *writing) Abort() { w.Close() }

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
