package people

import (
	"context"
	"slices"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

var qBreakGlass = queries.Get("break-glass")

// mayByPassword refuses whoever the authority lets in by its directory only. Administrators always may:
// when the directory fails somebody has to be able to set it right.
func (p *People) mayByPassword(ctx context.Context, authority, staff string) error {
	return p.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		f, err := p.Federation(ctx, tx, authority)
		if err != nil || !f.On || f.Passwords == PasswordsAll {
			return err
		}
		grants, _, err := access.Grants(ctx, tx, staffCaller(authority, staff, ""), p.Keeper.Now())
		if err == nil && !slices.ContainsFunc(grants, func(g access.Grant) bool { return g.Role == notice.RoleAdministrator }) {
			err = fault.New(fault.Denied, "sign-in-by-directory")
		}
		return err
	})
}

// keepingBreakGlass refuses an administrator's act after which nobody could sign in by password and code
// while everybody else needs the directory: fault.Conflict "directory-break-glass". The console may do it:
// it needs no door.
func (p *People) keepingBreakGlass(ctx context.Context, tx *store.Tx, by access.Caller, do func() error) error {
	before, err := p.breakGlass(ctx, tx, by.Authority)
	if err != nil {
		return err
	}
	if before == 0 || by.Kind == access.Program {
		return do()
	}
	if err := do(); err != nil {
		return err
	}
	after, err := p.breakGlass(ctx, tx, by.Authority)
	if err == nil && after == 0 {
		err = lastBreakGlass()
	}
	return err
}

// breakGlass is how many could sign in by password and code if the directory failed; -1 where it does not
// matter.
func (p *People) breakGlass(ctx context.Context, tx *store.Tx, authority string) (n int64, err error) {
	f, err := p.Federation(ctx, tx, authority)
	if err != nil || !f.On || f.Passwords == PasswordsAll {
		return -1, err
	}
	now := p.Keeper.Now().UnixMilli()
	err = tx.Row(ctx, qBreakGlass, authority, now, now).Scan(&n)
	return n, err
}

func lastBreakGlass() error { return fault.New(fault.Conflict, "directory-break-glass") }
