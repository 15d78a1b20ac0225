package keystore

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"sync"
)

// StoreOptions describe one key store.
type StoreOptions struct {
	Name     string // "first", "second": permanent, it is part of the KEKs' names
	Dir      string // the folder of key files: DIR.keys beside the data folder DIR
	KEKs     KEKs   // where its key-encryption keys live; no other store may use them
	Instance string // the instance id
	Demo     bool   // the demo mark
	Create   bool   // whether an absent or empty folder may be taken into use
	FS       FS     // nil: the disk
	Rand     io.Reader
}

// Store is one folder of key files with KEKs of its own. It serves the sets of all authorities;
// one program at a time can use it. It is safe for concurrent use.
type Store struct {
	StoreOptions
	mu   sync.Mutex
	lock io.Closer // nil until the folder was reached
}

const lockName = "lock"

// words are what names of authorities, stores and instances are made of: they become file names.
var (
	storeWord     = regexp.MustCompile(`^[a-z0-9]{1,32}$`)
	authorityWord = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)
	instanceWord  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)
)

// NewStore describes a store; nothing is touched before a set is created or opened on it.
func NewStore(o StoreOptions) *Store {
	if o.FS == nil {
		o.FS = Disk()
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	return &Store{StoreOptions: o}
}

// connect reaches the folder, checks whose it is and locks it. It may be called again after an
// error. Only for writing is a folder made: looking for keys on a disk that is not mounted must
// leave nothing behind.
func (s *Store) connect(write bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lock != nil {
		return nil
	}
	if !storeWord.MatchString(s.Name) || !instanceWord.MatchString(s.Instance) || s.KEKs == nil {
		return fmt.Errorf("%w: store %q of instance %q", errOptions, s.Name, s.Instance)
	}
	m := mark{what: "key store " + s.Name, instance: s.Instance, demo: s.Demo}
	if err := takeFolder(s.FS, s.Dir, m, s.Create && write); err != nil {
		return err
	}
	lock, err := s.FS.Lock(filepath.Join(s.Dir, lockName))
	if err != nil {
		return err
	}
	s.lock = lock
	return nil
}

// Close gives the lock back and closes the KEKs. The sets on it must be closed before.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.lock != nil {
		err = s.lock.Close()
		s.lock = nil
	}
	if s.KEKs != nil {
		err = errors.Join(err, s.KEKs.Close())
	}
	return err
}
