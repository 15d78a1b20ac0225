// Package blobs keeps sealed blobs under their ids. It promises that a blob which was committed survives
// a power cut, and that where it lies tells its id and nothing else; it sees no key and no plaintext.
package blobs

import "io"

// Store keeps blobs apart by authority. Errors for a blob that is not there match fs.ErrNotExist. It is
// safe for any number of goroutines.
//
// It is an interface because a service of several machines keeps its blobs elsewhere than in a folder,
// and because tests need one whose disk is full.
type Store interface {
	// Create begins a blob, which must not exist. It lies under its id from its first byte on.
	Create(authority, id string) (File, error)
	// Open reads a blob.
	Open(authority, id string) (Reader, error)
	// Remove takes a blob away; one that is not there is no error.
	Remove(authority, id string) error
	// Each calls fn with every blob of an authority, in no order.
	Each(authority string, fn func(id string) error) error
}

// File is a blob that is being written.
type File interface {
	io.Writer
	// Commit ends it: when it returns nil, what was written survives a power cut.
	Commit() error
	// Abort closes it without more.
	Abort()
}

// Reader is a blob that is read.
type Reader interface {
	io.ReaderAt
	io.Closer
}
