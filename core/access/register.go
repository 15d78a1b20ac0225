package access

import (
	"context"
	"errors"
	"slices"
	"time"

	"luukku/core/notice"
	"luukku/fault"
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

// Register is where grants are written; people does so for administrators. Every method works in
// the transaction it is given, and an unknown member of staff is fault.NotFound.
type Register struct{ hooks Hooks }

// NewRegister returns a register that calls hooks; both must be given.
func NewRegister(hooks Hooks) (*Register, error) {
	if hooks.EndReadings == nil || hooks.Journal == nil {
		return nil, errors.New("access: the register needs both hooks")
	}
	return &Register{hooks}, nil
}

// AddStaff notes that a member of staff exists, enabled and without a secrecy commitment. A known
// id is fault.Conflict.
func (r *Register) AddStaff(ctx context.Context, tx *store.Tx, authority, staff string, now time.Time) error {
	if authority == "" || staff == "" {
		return fault.New(fault.Invalid, "staff-without-id")
	}
	_, err := tx.Exec(ctx, qStaffAdd, authority, staff, now.UnixMilli())
	return err
}

// AddGrant writes a grant and returns its id; g.ID is ignored. Role must be one that staff can
// hold, and Until 0 or after From (fault.Invalid).
func (r *Register) AddGrant(ctx context.Context, tx *store.Tx, g Grant) (string, error) {
	if !slices.Contains(StaffRoles(), g.Role) {
		return "", fault.New(fault.Invalid, "unknown-role", "role", g.Role).On("role")
	}
	if g.Until != 0 && g.Until <= g.From {
		return "", fault.New(fault.Invalid, "grant-ends-before-it-begins").On("until")
	}
	if err := lock(ctx, tx, g.Authority, g.Staff); err != nil {
		return "", err
	}
	id := store.NewID("g_")
	_, err := tx.Exec(ctx, qGrantAdd, g.Authority, id, g.Staff, g.Role, g.Service, g.From, g.Until)
	return id, err
}

// StaffRoles are the roles that a grant can give.
func StaffRoles() []Role {
	return slices.DeleteFunc(notice.Roles(), func(role string) bool {
		return role == RoleSubject || role == RoleProgram
	})
}

// WithdrawGrant ends a grant at now, and every reading session of its holder with it (S4-18).
func (r *Register) WithdrawGrant(ctx context.Context, tx *store.Tx, authority, id string, now time.Time) error {
	var staff string
	if err := tx.Row(ctx, qGrantHolder, authority, id).Scan(&staff); err != nil {
		return err
	}
	ms := now.UnixMilli()
	if _, err := tx.Exec(ctx, qGrantWithdraw, ms, authority, id, ms); err != nil {
		return err
	}
	return r.taken(ctx, tx, withdrawal{Authority: authority, Staff: staff, Grant: id, At: ms}, "grant-withdrawn")
}

// SetSecrecy records the day "2006-01-02" of a signed secrecy commitment (S4-17); "" takes it
// away, and every reading session with it.
func (r *Register) SetSecrecy(ctx context.Context, tx *store.Tx, authority, staff, day string, now time.Time) error {
	if err := lock(ctx, tx, authority, staff); err != nil {
		return err
	}
	ms := now.UnixMilli()
	if day == "" {
		if _, err := tx.Exec(ctx, qStaffSecrecy, nil, ms, authority, staff); err != nil {
			return err
		}
		return r.taken(ctx, tx, withdrawal{Authority: authority, Staff: staff, Secrecy: true, At: ms}, "secrecy-withdrawn")
	}
	if _, err := notice.ParseDay(day); err != nil {
		return fault.New(fault.Invalid, "not-a-day").On("day")
	}
	_, err := tx.Exec(ctx, qStaffSecrecy, day, ms, authority, staff)
	return err
}

// Disable closes an account at now: it holds no grant until Enable, and its reading sessions end.
func (r *Register) Disable(ctx context.Context, tx *store.Tx, authority, staff string, now time.Time) error {
	if err := lock(ctx, tx, authority, staff); err != nil {
		return err
	}
	ms := now.UnixMilli()
	if _, err := tx.Exec(ctx, qStaffDisabled, ms, ms, authority, staff); err != nil {
		return err
	}
	return r.taken(ctx, tx, withdrawal{Authority: authority, Staff: staff, Disabled: true, At: ms}, "account-disabled")
}

// Enable opens a disabled account again. A backup from before it was disabled stays disabled when
// it is restored, until somebody enables it anew.
func (r *Register) Enable(ctx context.Context, tx *store.Tx, authority, staff string, now time.Time) error {
	if err := lock(ctx, tx, authority, staff); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, qStaffDisabled, nil, now.UnixMilli(), authority, staff)
	return err
}

// taken ends what the lost right allowed and leaves the line that keeps a restore from giving it back.
func (r *Register) taken(ctx context.Context, tx *store.Tx, w withdrawal, reason string) error {
	if err := r.hooks.EndReadings(ctx, tx, w.Authority, w.Staff, reason); err != nil {
		return err
	}
	return r.hooks.Journal(ctx, tx, w.Authority, w.kind(), w.body())
}

// Lock makes what changes these members of staff wait for one another until tx ends, so that what was
// read of one of them still holds when another is changed. An unknown one is left out.
func Lock(ctx context.Context, tx *store.Tx, authority string, staff ...string) error {
	for _, id := range slices.Sorted(slices.Values(staff)) { // in one order, or two could wait for each other
		if err := lock(ctx, tx, authority, id); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

func lock(ctx context.Context, tx *store.Tx, authority, staff string) error {
	var changed int64
	return tx.Row(ctx, qStaffLock, authority, staff).Scan(&changed)
}
