package keystore

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
)

// markName is the file that says whose folder it is.
const markName = "instance"

// mark is whose folder it is: it carries the instance id and the demo mark for good.
type mark struct {
	what     string // "key store first", "key-encryption keys"
	instance string
	demo     bool
}

func (m mark) bytes() []byte {
	demo := "no"
	if m.demo {
		demo = "yes"
	}
	return fmt.Appendf(nil, "luukku %s 1\ninstance %s\ndemo %s\n", m.what, m.instance, demo)
}

// takeFolder sees that dir is the folder that m marks. With create, an absent or empty folder
// gets the mark. ErrMissing: it is absent or empty (an unmounted disk looks so). ErrForeign: it is
// marked otherwise, or holds files without a mark.
func takeFolder(f FS, dir string, m mark, create bool) error {
	if err := f.Folder(dir, create); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%w: %w", ErrMissing, err)
		}
		return err
	}
	found, err := f.ReadFile(filepath.Join(dir, markName))
	switch {
	case err == nil && bytes.Equal(found, m.bytes()):
		return nil
	case err == nil:
		return fmt.Errorf("%w: %s", ErrForeign, dir)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := unused(f, dir); err != nil {
		return err
	}
	if !create {
		return fmt.Errorf("%w: %s is not marked as a %s", ErrMissing, dir, m.what)
	}
	return markFolder(f, dir, m)
}

// unused returns ErrForeign when an unmarked folder holds anything.
func unused(f FS, dir string) error {
	names, err := f.ReadDir(dir)
	if err != nil {
		return err
	}
	stray := slices.DeleteFunc(names, func(name string) bool {
		return name == markName+".new" || name == lockName || name == "lost+found"
	})
	if len(stray) > 0 {
		return fmt.Errorf("%w: %s holds files but no mark", ErrForeign, dir)
	}
	return nil
}

func markFolder(f FS, dir string, m mark) error {
	return Replace(f, filepath.Join(dir, markName), m.bytes())
}
