package keystore

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// FS is the part of a file system that a store uses. Tests give one that stops between any two
// operations. Errors for what does not exist match fs.ErrNotExist.
type FS interface {
	// Folder makes dir if create, and sees that nobody but its owner can enter it (0700).
	Folder(dir string, create bool) error
	// Create makes a new file that only its owner can read (0600). It must not exist.
	Create(path string) (File, error)
	// Overwrite opens an existing file for writing from its start; it is not cut.
	Overwrite(path string) (File, error)
	// Append opens an existing file for writing at its end.
	Append(path string) (File, error)
	ReadFile(path string) ([]byte, error)
	// ReadDir returns the names in dir.
	ReadDir(dir string) ([]string, error)
	Rename(from, to string) error
	Remove(path string) error
	// SyncDir makes what was created, renamed and removed in dir durable.
	SyncDir(dir string) error
	// Lock takes path for this process until the result is closed: ErrInUse if another has it.
	Lock(path string) (io.Closer, error)
}

// File is open for writing.
type File interface {
	io.WriteCloser
	Sync() error
}

// Disk is the machine's file system.
func Disk() FS { return disk{} }

type disk struct{}

func (disk) Folder(dir string, create bool) error {
	if create {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		if err := (disk{}).SyncDir(filepath.Dir(dir)); err != nil {
			return err
		}
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return os.Chmod(dir, 0o700)
}

func (disk) Create(path string) (File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

func (disk) Overwrite(path string) (File, error) { return os.OpenFile(path, os.O_WRONLY, 0) }

func (disk) Append(path string) (File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
}

func (disk) ReadFile(path string) ([]byte, error) { return os.ReadFile(path) }

func (disk) ReadDir(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

func (disk) Rename(from, to string) error { return os.Rename(from, to) }
func (disk) Remove(path string) error     { return os.Remove(path) }

func (disk) SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (disk) Lock(path string) (io.Closer, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		_ = f.Close() // the lock's error is the one that matters
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, ErrInUse
		}
		return nil, err
	}
	return f, nil
}

// Replace writes a small file durably, its folder's entry as well: a crash leaves the old file or the
// new one, and perhaps PATH.new beside it, which the next call replaces.
func Replace(f FS, path string, content []byte) error {
	if err := writeNew(f, path+".new", content); err != nil {
		return err
	}
	if err := f.Rename(path+".new", path); err != nil {
		return err
	}
	return f.SyncDir(filepath.Dir(path))
}

// writeNew makes the file path with this content, durably up to its folder entry. What a crash
// left there is replaced.
func writeNew(f FS, path string, content []byte) (err error) {
	if err := f.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := f.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := file.Write(content); err != nil {
		return err
	}
	return file.Sync()
}
