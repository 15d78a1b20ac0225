package keystore

import (
	"errors"
	"fmt"

	"luukku/fault"
)

// Why a set cannot be opened. Nothing is ever replaced because of one of them: see AcceptLoss.
var (
	ErrMissing = errors.New("no key store holds this authority's keys")
	ErrCorrupt = errors.New("the key file is damaged")
	ErrExists  = errors.New("keys of this authority exist already")
	ErrInUse   = errors.New("another program uses this key store")
	ErrForeign = errors.New("the key store belongs to another instance")
	errOptions = errors.New("a key store is described wrongly")
)

// ErrOlder says that the newest key file found is older than the database knows.
type ErrOlder struct{ Have, Want int64 }

func (e ErrOlder) Error() string {
	return fmt.Sprintf("the key store is older than the database: generation %d, noted %d", e.Have, e.Want)
}

// unreachable tells whether err may go away by itself: it does not say that keys are lost.
func unreachable(err error) bool {
	return err != nil && !errors.Is(err, ErrMissing) && !errors.Is(err, ErrCorrupt) && !errors.Is(err, errTorn)
}

// asFault gives an error the code and key that callers and people see; the cause stays inside.
func asFault(err error) error {
	var older ErrOlder
	switch {
	case err == nil:
		return nil
	case errors.As(err, &older):
		return fault.New(fault.Busy, "keystore-older").Wrap(err)
	case errors.Is(err, ErrExists):
		return fault.New(fault.Conflict, "keystore-exists").Wrap(err)
	case errors.Is(err, ErrForeign):
		return fault.New(fault.Conflict, "keystore-foreign").Wrap(err)
	case errors.Is(err, ErrInUse):
		return fault.New(fault.Busy, "keystore-in-use").Wrap(err)
	case errors.Is(err, ErrCorrupt):
		return fault.New(fault.Busy, "keystore-corrupt").Wrap(err)
	case errors.Is(err, ErrMissing):
		return fault.New(fault.Busy, "keystore-missing").Wrap(err)
	case errors.Is(err, errOptions):
		return fault.New(fault.Invalid, "keystore-options").Wrap(err)
	}
	return fault.New(fault.Busy, "keystore-unreachable").Wrap(err)
}
