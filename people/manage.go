package people

import (
	"context"
	"slices"
	"strings"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// act runs an administrator's act on an account and records it, in one transaction. Both are locked: of
// two administrators who withdraw each other's role at the same moment one stays.
func (p *People) act(ctx context.Context, by access.Caller, id string, action vault.Action, reason string, do func(ctx context.Context, tx *store.Tx, r row) error) error {
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := access.Lock(ctx, tx, by.Authority, by.ID, id); err != nil {
			return err
		}
		if err := mayManage(ctx, tx, by, p.Keeper.Now()); err != nil {
			return err
		}
		r, err := get(ctx, tx, by.Authority, id)
		if err != nil {
			return err
		}
		if err := p.keepingBreakGlass(ctx, tx, by, func() error { return do(ctx, tx, r) }); err != nil {
			return err
		}
		return p.acted(ctx, tx, vault.Entry{Caller: by, Purpose: PurposeAccess, Action: action, Row: id, Reason: reason,
			Records: []vault.RecordID{r.account.Record()}})
	})
}

// notOneself refuses acts that nobody may do to their own account.
func notOneself(by access.Caller, id string) error {
	if by.Kind == access.Staff && by.ID == id {
		return fault.New(fault.Denied, "not-oneself")
	}
	return nil
}

// Change corrects a name and an address.
func (p *People) Change(ctx context.Context, by access.Caller, id, name, email string) error {
	n := NewAccount{Username: "kept", Name: name, Email: email}
	if err := n.check(); err != nil {
		return err
	}
	o, err := p.openOne(ctx, by, id)
	if err != nil {
		return err
	}
	pl := o.read()
	pl.name, pl.email = strings.TrimSpace(name), strings.TrimSpace(email)
	return p.act(ctx, by, id, ActionChange, "", func(ctx context.Context, tx *store.Tx, _ row) error {
		tx.OnCommit(func() { p.directory.forget(by.Authority, id) })
		return p.saveAccount(ctx, tx, by.Authority, pl)
	})
}

// Disable ends a member of staff's duty: grants, sign-ins and reading sessions end at once, and the
// account's retention begins to run. A line in the journal keeps a restore from undoing it. Nobody
// disables themselves (fault.Denied "not-oneself").
func (p *People) Disable(ctx context.Context, by access.Caller, id, reason string) error {
	if err := notOneself(by, id); err != nil {
		return err
	}
	return p.act(ctx, by, id, ActionDisable, reason, func(ctx context.Context, tx *store.Tx, r row) error {
		now := p.Keeper.Now()
		if err := p.Register.Disable(ctx, tx, by.Authority, id, now); err != nil {
			return err
		}
		if err := p.endAll(ctx, tx, by.Authority, id, "disabled"); err != nil {
			return err
		}
		if err := p.Vault.Settle(ctx, tx, by.Authority, r.account.Record(), now, "duty-ended"); err != nil {
			return err
		}
		if r.noCredentials {
			return nil
		}
		return p.Vault.Settle(ctx, tx, by.Authority, r.credentials.Record(), now, "duty-ended")
	})
}

// ResetPassword gives another a password that the program makes and that must be changed. Their
// sign-ins end. For oneself there is ChangePassword.
func (p *People) ResetPassword(ctx context.Context, by access.Caller, id, reason string) (string, error) {
	password := madePassword()
	hash, err := p.hasher.hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = p.reset(ctx, by, id, ActionReset, reason, "password_changed", func(pl *plain) { pl.hash, pl.mustChange = hash, true })
	return password, err
}

// RecoverCode takes a lost code device out of use, so that its holder enrols a new one at the next
// sign-in. Only another administrator can do it; their sign-ins end.
func (p *People) RecoverCode(ctx context.Context, by access.Caller, id, reason string) error {
	return p.reset(ctx, by, id, ActionRecover, reason, "totp_recovered", func(pl *plain) {
		pl.device, pl.totp = device{}, false
		pl.recovery = p.Keeper.Now().UTC().Format("2006-01-02")
	})
}

// reset changes another's credentials on their holder's behalf.
func (p *People) reset(ctx context.Context, by access.Caller, id string, action vault.Action, reason, ended string, change func(*plain)) error {
	if err := notOneself(by, id); err != nil {
		return err
	}
	pl, err := p.load(ctx, by, purposeOf(by), id, true, vault.Why{Reason: reason})
	if err != nil {
		return err
	}
	if pl.noCredentials {
		return fault.New(fault.Gone, "account-ended")
	}
	change(&pl)
	return p.act(ctx, by, id, action, reason, func(ctx context.Context, tx *store.Tx, _ row) error {
		if err := p.saveCredentials(ctx, tx, by.Authority, pl); err != nil {
			return err
		}
		return p.endAll(ctx, tx, by.Authority, id, ended)
	})
}

// serviceRoles are those that can be held in one service only.
var serviceRoles = []string{notice.RoleAdviser, notice.RoleLead}

// Grant gives a role and returns the grant's id. Whoever gets a role that needs a code device has to
// enrol one before anything else opens.
func (p *People) Grant(ctx context.Context, by access.Caller, g access.Grant) (string, error) {
	var grant string
	if g.Service != "" && !slices.Contains(serviceRoles, g.Role) {
		return "", fault.New(fault.Invalid, "role-of-no-service").On("service")
	}
	g.Authority = by.Authority
	if g.From == 0 {
		g.From = p.Keeper.Now().UnixMilli()
	}
	err := p.act(ctx, by, g.Staff, ActionGrant, g.Role, func(ctx context.Context, tx *store.Tx, _ row) error {
		var err error
		grant, err = p.Register.AddGrant(ctx, tx, g)
		return err
	})
	return grant, err
}

// Withdraw takes a role away; reading sessions under it end in the same transaction. Nobody takes the
// administrator's role from themselves.
func (p *People) Withdraw(ctx context.Context, by access.Caller, id, grant string) error {
	return p.act(ctx, by, id, ActionWithdraw, "", func(ctx context.Context, tx *store.Tx, _ row) error {
		held, err := p.held(ctx, tx, by.Authority, id, grant)
		if err != nil {
			return err
		}
		if held.Role == notice.RoleAdministrator {
			if err := notOneself(by, id); err != nil {
				return err
			}
		}
		tx.OnCommit(func() { p.ended(Ended{Authority: by.Authority, Staff: id, Reason: "grant_withdrawn"}) })
		return p.Register.WithdrawGrant(ctx, tx, by.Authority, grant, p.Keeper.Now())
	})
}

// held finds a grant of one member of staff; fault.NotFound "grant-not-found".
func (p *People) held(ctx context.Context, tx *store.Tx, authority, id, grant string) (access.Grant, error) {
	grants, err := access.All(ctx, tx, authority, id, p.Keeper.Now())
	if err != nil {
		return access.Grant{}, err
	}
	for _, g := range grants {
		if g.ID == grant {
			return g, nil
		}
	}
	return access.Grant{}, fault.New(fault.NotFound, "grant-not-found")
}

// SetSecrecy records that a secrecy commitment has been signed, or takes the record away: then
// nothing opens for this person any more (S4-17).
func (p *People) SetSecrecy(ctx context.Context, by access.Caller, id string, signed bool, day notice.Day) error {
	if !signed {
		day = ""
	}
	return p.act(ctx, by, id, ActionSecrecy, string(day), func(ctx context.Context, tx *store.Tx, _ row) error {
		if !signed {
			tx.OnCommit(func() { p.ended(Ended{Authority: by.Authority, Staff: id, Reason: "grant_withdrawn"}) })
		}
		return p.Register.SetSecrecy(ctx, tx, by.Authority, id, string(day), p.Keeper.Now())
	})
}
