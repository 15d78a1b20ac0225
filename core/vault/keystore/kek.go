package keystore

import (
	"context"
	"errors"
)

// ErrNoKEK says that a key-encryption key is gone, as opposed to not reachable now: what it
// wrapped can never be read again.
var ErrNoKEK = errors.New("the key-encryption key does not exist")

// KEKs keeps key-encryption keys (KEKs). A ring is the succession of KEKs of one key file, its
// name is STORE.AUTHORITY.keys or STORE.AUTHORITY.events; a ref names one KEK of a ring. An error
// that is not ErrNoKEK, ErrForeign or ErrInUse means that the provider could not be reached.
type KEKs interface {
	// Create makes a KEK, durable before it returns.
	Create(ctx context.Context, ring string) (ref string, err error)
	// Wrap encrypts plain, at most 64 bytes, bound to ad.
	Wrap(ctx context.Context, ring, ref string, plain, ad []byte) ([]byte, error)
	// Unwrap opens what Wrap made with the same arguments: ErrNoKEK when the KEK is gone or this
	// is not its work.
	Unwrap(ctx context.Context, ring, ref string, wrapped, ad []byte) ([]byte, error)
	// Keep destroys every other KEK of the ring beyond recovery, durably. A provider that counts
	// versions may spare later ones that no file names, until it is called with a later ref.
	Keep(ctx context.Context, ring, ref string) error
	Close() error
}
