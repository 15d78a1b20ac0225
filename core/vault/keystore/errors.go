package keystore

import (
	"errors"
	"fmt"
)

// Why a set cannot be opened. Nothing is ever replaced because of one of them: see AcceptLoss.
var (
	ErrMissing = errors.New("no key store holds this authority's keys")
	ErrCorrupt = errors.New("the key file is damaged")
	ErrExists  = errors.New("keys of this authority exist already")
	ErrInUse   = errors.New("another program uses this key store")
	ErrForeign = errors.New("the key store belongs to another instance")
)

// ErrOlder says that the newest key file found is older than the database knows.
type ErrOlder struct{ Have, Want int64 }

func (e ErrOlder) Error() string {
	return fmt.Sprintf("the key store is older than the database: generation %d, noted %d", e.Have, e.Want)
}
