package access

import (
	"context"
	"time"

	"luukku/store"
)

// Hooks are what a change of grants sets off above this package; vault fills them. Each runs in
// the transaction of the change.
type Hooks struct {
	// EndReadings ends every reading session of a member of staff.
	EndReadings func(ctx context.Context, tx *store.Tx, authority, staff, reason string) error
	// Journal leaves a line that a restore must not undo; it reaches the key stores after commit.
	Journal func(ctx context.Context, tx *store.Tx, authority, kind string, body []byte) error
}

// Register is where grants are written; people does so for administrators.
type Register struct{ hooks Hooks }

// NewRegister returns a register that calls hooks; both must be given.
func NewRegister(hooks Hooks) (*Register, error) { return &Register{hooks}, nil }

// Grants returns the grants that caller holds at now and whether a secrecy commitment is on record.
// A disabled account, an unknown one, and a caller that is not staff hold none.
func Grants(ctx context.Context, tx *store.Tx, caller Caller, now time.Time) ([]Grant, bool, error) {
	return nil, false, nil
}

// All returns every grant of a member of staff that has not been withdrawn, whatever its time.
func All(ctx context.Context, tx *store.Tx, authority, staff string) ([]Grant, error) {
	return nil, nil
}

// AddStaff notes that a member of staff exists, enabled and without a secrecy commitment.
func (r *Register) AddStaff(ctx context.Context, tx *store.Tx, authority, staff string) error {
	return nil
}

// AddGrant writes a grant and returns its id. Role must be one of a notice's staff roles and the
// member of staff must be known (fault.Invalid, fault.NotFound).
func (r *Register) AddGrant(ctx context.Context, tx *store.Tx, g Grant) (string, error) {
	return "", nil
}

// WithdrawGrant ends a grant at now, and every reading session of its holder with it.
func (r *Register) WithdrawGrant(ctx context.Context, tx *store.Tx, authority, id string, now time.Time) error {
	return nil
}

// SetSecrecy records the day of a signed secrecy commitment (S4-17); "" takes it away, and every
// reading session with it.
func (r *Register) SetSecrecy(ctx context.Context, tx *store.Tx, authority, staff, day string) error {
	return nil
}

// Disable closes an account at now: it holds no grant until Enable, and its reading sessions end.
func (r *Register) Disable(ctx context.Context, tx *store.Tx, authority, staff string, now time.Time) error {
	return nil
}

// Enable opens a disabled account again.
func (r *Register) Enable(ctx context.Context, tx *store.Tx, authority, staff string) error {
	return nil
}
