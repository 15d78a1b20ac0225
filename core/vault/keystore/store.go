package keystore

import (
	"context"
	"io"
)

// StoreOptions describe one key store.
type StoreOptions struct {
	Name     string // "first", "second": permanent, it names the KEKs
	Dir      string // the folder of key files, DIR.keys beside the data folder DIR
	KEKs     KEKs   // where its key-encryption keys live
	Instance string // the instance id
	Demo     bool   // the demo mark
	Create   bool   // whether an absent or empty folder may be taken into use
	FS       FS     // nil: the disk
	Rand     io.Reader
}

// Store is one folder of key files with its own KEKs. It serves the sets of all authorities.
type Store struct{}

// NewStore describes a store; nothing is touched before a set is opened on it.
func NewStore(o StoreOptions) *Store { return &Store{} }

// Close gives the folder's lock back.
func (s *Store) Close() error { return nil }

// KEKs keeps key-encryption keys. A ring is the succession of KEKs of one file; a ref names one.
type KEKs interface {
	Create(ctx context.Context, ring string) (ref string, err error)
	Wrap(ctx context.Context, ring, ref string, plain, ad []byte) ([]byte, error)
	Unwrap(ctx context.Context, ring, ref string, wrapped, ad []byte) ([]byte, error)
	Keep(ctx context.Context, ring, ref string) error
}

// KEKOptions describe a folder of KEK files.
type KEKOptions struct {
	Dir      string // DIR.kek beside DIR.keys, better on another disk
	Instance string
	Demo     bool
	Create   bool
	FS       FS
	Rand     io.Reader
}

// FileKEKs is a folder of KEK files.
type FileKEKs struct{ KEKs }

// NewFileKEKs describes a folder; nothing is touched before its first use.
func NewFileKEKs(o KEKOptions) *FileKEKs { return &FileKEKs{} }

// FS is the part of a file system that a store uses; tests stop it between any two operations.
type FS interface{}
