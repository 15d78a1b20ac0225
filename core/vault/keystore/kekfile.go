package keystore

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
)

// KEKOptions describe a folder of KEK files.
type KEKOptions struct {
	Dir      string // DIR.kek beside DIR.keys, better on another disk
	Instance string
	Demo     bool
	Create   bool // whether an absent or empty folder may be taken into use
	FS       FS   // nil: the disk
	Rand     io.Reader
}

// FileKEKs keeps each KEK in a file of its own, RING.REF.kek. To destroy one is to overwrite it
// with random bytes, sync, and remove it: on a file system that copies on write, and on flash, the
// old bytes may stay until the cells are used again. There take a Transit.
type FileKEKs struct {
	o    KEKOptions
	mu   sync.Mutex
	lock io.Closer
}

// NewFileKEKs describes a folder; nothing is touched before its first use.
func NewFileKEKs(o KEKOptions) *FileKEKs {
	if o.FS == nil {
		o.FS = Disk()
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	return &FileKEKs{o: o}
}

// connect reaches the folder and locks it, so that no other program destroys its KEKs. Only for a
// new KEK is a folder made.
func (k *FileKEKs) connect(write bool) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.lock != nil {
		return nil
	}
	if !instanceWord.MatchString(k.o.Instance) {
		return fmt.Errorf("%w: KEKs of instance %q", errOptions, k.o.Instance)
	}
	m := mark{what: "key-encryption keys", instance: k.o.Instance, demo: k.o.Demo}
	if err := takeFolder(k.o.FS, k.o.Dir, m, k.o.Create && write); err != nil {
		return err
	}
	lock, err := k.o.FS.Lock(filepath.Join(k.o.Dir, lockName))
	if err != nil {
		return err
	}
	k.lock = lock
	return nil
}

// Close gives the folder's lock back.
func (k *FileKEKs) Close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.lock == nil {
		return nil
	}
	err := k.lock.Close()
	k.lock = nil
	return err
}

func (k *FileKEKs) path(ring, ref string) string {
	return filepath.Join(k.o.Dir, ring+"."+ref+".kek")
}

// head is what a KEK file begins with; 32 bytes of key and 8 of check follow.
func (k *FileKEKs) head(ring, ref string) []byte {
	b := appendFlags([]byte("LUUKKUKEK\x01"), k.o.Demo)
	for _, part := range []string{k.o.Instance, ring, ref} {
		b = appendBytes(b, []byte(part))
	}
	return b
}

// Create implements KEKs.
func (k *FileKEKs) Create(_ context.Context, ring string) (string, error) {
	if err := k.connect(true); err != nil {
		return "", err
	}
	ref, err := newID(k.o.Rand, "")
	if err != nil {
		return "", err
	}
	content := append(k.head(ring, ref), make([]byte, 32)...)
	if _, err := io.ReadFull(k.o.Rand, content[len(content)-32:]); err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	content = append(content, sum[:8]...)
	defer clear(content)
	if err := writeNew(k.o.FS, k.path(ring, ref), content); err != nil {
		return "", err
	}
	return ref, k.o.FS.SyncDir(k.o.Dir)
}

// read returns a KEK from its file, each time anew: so a turn that opens what it wrote proves that
// the KEK was stored.
func (k *FileKEKs) read(ring, ref string) ([]byte, error) {
	if err := k.connect(false); err != nil {
		return nil, err
	}
	content, err := k.o.FS.ReadFile(k.path(ring, ref))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrNoKEK, ring)
	}
	if err != nil {
		return nil, err
	}
	head := k.head(ring, ref)
	end := len(head) + 32
	if len(content) != end+8 || !bytes.HasPrefix(content, head) {
		return nil, fmt.Errorf("%w: the file of %s is damaged or another instance's", ErrNoKEK, ring)
	}
	if sum := sha256.Sum256(content[:end]); !bytes.Equal(sum[:8], content[end:]) {
		return nil, fmt.Errorf("%w: the file of %s is damaged", ErrNoKEK, ring)
	}
	return content[len(head):end], nil
}

// Wrap implements KEKs.
func (k *FileKEKs) Wrap(_ context.Context, ring, ref string, plain, ad []byte) ([]byte, error) {
	key, err := k.read(ring, ref)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	return seal(key, plain, ad)
}

// Unwrap implements KEKs.
func (k *FileKEKs) Unwrap(_ context.Context, ring, ref string, wrapped, ad []byte) ([]byte, error) {
	key, err := k.read(ring, ref)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	plain, err := open(key, wrapped, ad)
	if err != nil {
		return nil, fmt.Errorf("%w: %s did not wrap this", ErrNoKEK, ring)
	}
	return plain, nil
}

// Keep implements KEKs.
func (k *FileKEKs) Keep(_ context.Context, ring, ref string) error {
	if err := k.connect(false); err != nil {
		return err
	}
	names, err := k.o.FS.ReadDir(k.o.Dir)
	if err != nil {
		return err
	}
	keep, removed := filepath.Base(k.path(ring, ref)), false
	for _, name := range names {
		if name == keep || !strings.HasPrefix(name, ring+".") || !strings.HasSuffix(name, ".kek") {
			continue
		}
		if err := k.shred(filepath.Join(k.o.Dir, name)); err != nil {
			return err
		}
		removed = true
	}
	if !removed {
		return nil
	}
	return k.o.FS.SyncDir(k.o.Dir)
}

func (k *FileKEKs) shred(path string) error {
	content, err := k.o.FS.ReadFile(path)
	if err != nil {
		return err
	}
	if _, err := io.ReadFull(k.o.Rand, content); err != nil {
		return err
	}
	file, err := k.o.FS.Overwrite(path)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return k.o.FS.Remove(path)
}
