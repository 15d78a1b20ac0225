package people

import (
	"context"
	"time"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Session returns the running sign-in of a token and what its holder may do. Active notes that the
// holder is at work, which keeps the session from ending by idleness. fault.Denied "signed-out".
func (p *People) Session(ctx context.Context, authority, token string, active bool) (Session, Standing, error) {
	inner, one, err := p.sessions.find(ctx, authority, token)
	if err != nil {
		return Session{}, Standing{}, err
	}
	var standing Standing
	err = p.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		standing, err = p.Standing(ctx, tx, authority, one.Staff)
		standing = standing.after(one)
		return err
	})
	if fault.Is(err, fault.NotFound) || err == nil && len(standing.Grants) == 0 {
		return Session{}, Standing{}, fault.New(fault.Denied, "signed-out")
	}
	if err == nil && active {
		one, err = p.sessions.touch(inner, one)
	}
	return one, standing, err
}

// Alive tells whether a sign-in still runs: for connections that outlive the request that made them.
func (p *People) Alive(ctx context.Context, authority, token string) (Session, error) {
	_, one, err := p.sessions.find(ctx, authority, token)
	return one, err
}

// SignOut ends one sign-in.
func (p *People) SignOut(ctx context.Context, one Session, token string) error {
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Exec(ctx, qSessionDelete, one.Authority, tokenHash(token)); err != nil {
			return err
		}
		tx.OnCommit(func() {
			p.ended(Ended{Authority: one.Authority, Staff: one.Staff, Session: one.ID, Reason: "signed_out"})
		})
		return p.recordOut(ctx, tx, one)
	})
}

// SignOutEverywhere ends every sign-in of the account, this one too.
func (p *People) SignOutEverywhere(ctx context.Context, one Session) error {
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := p.endAll(ctx, tx, one.Authority, one.Staff, "signed_out"); err != nil {
			return err
		}
		return p.recordOut(ctx, tx, one)
	})
}

func (p *People) recordOut(ctx context.Context, tx *store.Tx, one Session) error {
	return p.record(ctx, tx, vault.Entry{Caller: staffCaller(one.Authority, one.Staff, one.ID), Purpose: PurposeSignIn,
		Action: ActionSignOut, Row: one.Staff, Session: one.ID})
}

// endAll ends every sign-in of an account in tx.
func (p *People) endAll(ctx context.Context, tx *store.Tx, authority, staff, reason string) error {
	if _, err := tx.Exec(ctx, qSessionDeleteAll, authority, staff); err != nil {
		return err
	}
	tx.OnCommit(func() { p.ended(Ended{Authority: authority, Staff: staff, Reason: reason}) })
	return nil
}

// Sweep deletes sign-ins that have reached their end. The program calls it now and then.
func (p *People) Sweep(ctx context.Context, authority string) error {
	if err := p.sweepTickets(ctx, authority); err != nil {
		return err
	}
	return p.sessions.sweep(ctx, authority)
}

// Own opens the caller's own account, for the page that says who is signed in.
func (p *People) Own(ctx context.Context, one Session) (Account, error) {
	by := access.Caller{Authority: one.Authority, Kind: access.Subject, ID: one.Staff, Session: one.ID}
	pl, err := p.load(ctx, by, PurposeSignIn, one.Staff, false, vault.Why{})
	if err != nil {
		return Account{}, err
	}
	return Account{ID: pl.id, Name: pl.name, Email: pl.email, Username: pl.username, TOTP: pl.totp, LastSignIn: pl.lastSignIn}, nil
}

// secrets opens an account by the sign-in program on its holder's behalf.
func (p *People) secrets(ctx context.Context, one Session) (plain, error) {
	return p.load(ctx, signInProgram(one.Authority), PurposeSignIn, one.Staff, true, vault.Why{})
}

// saveSecrets stores credentials changed by their holder and records the act.
func (p *People) saveSecrets(ctx context.Context, one Session, pl plain, act vault.Action, also func(ctx context.Context, tx *store.Tx) error) error {
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := p.saveCredentials(ctx, tx, one.Authority, pl); err != nil {
			return err
		}
		if also != nil {
			if err := also(ctx, tx); err != nil {
				return err
			}
		}
		return p.record(ctx, tx, vault.Entry{Caller: staffCaller(one.Authority, one.Staff, one.ID), Purpose: PurposeSignIn,
			Action: act, Row: one.Staff, Session: one.ID})
	})
}

// ChangePassword replaces one's own password; every other sign-in of the account ends. Errors:
// fault.Denied "password-wrong", fault.Busy "sign-in-wait", and those of CheckPassword.
func (p *People) ChangePassword(ctx context.Context, one Session, token, current, next, address string, own ...string) error {
	try, wait := p.backoff.begin(one.Authority, one.Staff, address)
	if wait > 0 {
		return fault.New(fault.Busy, "sign-in-wait", "seconds", seconds(wait))
	}
	pl, err := p.secrets(ctx, one)
	if err != nil {
		return err
	}
	right, _, err := p.hasher.verify(ctx, pl.hash, current)
	if err != nil {
		return err
	}
	if !right {
		return fault.New(fault.Denied, "password-wrong").On("current")
	}
	p.backoff.succeed(try)
	if err := p.newPassword(ctx, &pl, current, next, own); err != nil {
		return err
	}
	return p.saveSecrets(ctx, one, pl, ActionPassword, func(ctx context.Context, tx *store.Tx) error {
		return p.endOthers(ctx, tx, one, token, "password_changed")
	})
}

// newPassword checks and hashes a password that its holder has chosen.
func (p *People) newPassword(ctx context.Context, pl *plain, current, next string, own []string) error {
	if next == current {
		return fault.New(fault.Invalid, "password-same").On("new")
	}
	if err := CheckPassword(next, append(own, pl.username, pl.name, pl.email)...); err != nil {
		return fault.Of(err).On("new")
	}
	hash, err := p.hasher.hash(ctx, next)
	pl.hash, pl.mustChange = hash, false
	return err
}

// freshFor is how long after a sign-in its holder may take another code device into use: who comes
// upon an open session later must not make the account their own (ASVS 5.0, 7.5.1).
const freshFor = 10 * time.Minute

// EnrolCode makes a new secret for the holder's code device. It is in force only when ConfirmCode has
// seen a code from it; until then the device in use, if any, stays. fault.Denied "sign-in-again" when
// the sign-in is not fresh.
func (p *People) EnrolCode(ctx context.Context, one Session, issuer string) (Enrolment, error) {
	if p.Real.Now().UnixMilli()-one.BegunAt >= freshFor.Milliseconds() {
		return Enrolment{}, fault.New(fault.Denied, "sign-in-again")
	}
	pl, err := p.secrets(ctx, one)
	if err != nil {
		return Enrolment{}, err
	}
	pl.device.Pending = newSecret()
	if err := p.saveSecrets(ctx, one, pl, ActionEnrol, nil); err != nil {
		return Enrolment{}, err
	}
	return enrolment(issuer, pl.username, pl.device.Pending), nil
}

// ConfirmCode takes the new secret into use; every other sign-in of the account ends. Errors: fault.Denied "totp-wrong", fault.Conflict
// "totp-not-begun", fault.Busy "sign-in-wait".
func (p *People) ConfirmCode(ctx context.Context, one Session, token, code, address string) error {
	try, wait := p.backoff.begin(one.Authority, one.Staff, address)
	if wait > 0 {
		return fault.New(fault.Busy, "sign-in-wait", "seconds", seconds(wait))
	}
	pl, err := p.secrets(ctx, one)
	if err != nil {
		return err
	}
	if pl.device.Pending == "" {
		return fault.New(fault.Conflict, "totp-not-begun")
	}
	step := acceptCode(pl.device.Pending, code, 0, p.Real.Now())
	if step == 0 {
		return fault.New(fault.Denied, "totp-wrong").On("code")
	}
	p.backoff.succeed(try)
	pl.device, pl.totp = device{Secret: pl.device.Pending, Step: step}, true
	return p.saveSecrets(ctx, one, pl, ActionEnrol, func(ctx context.Context, tx *store.Tx) error {
		return p.endOthers(ctx, tx, one, token, "totp_changed")
	})
}

// endOthers ends every sign-in of the account but this one in tx.
func (p *People) endOthers(ctx context.Context, tx *store.Tx, one Session, token, reason string) error {
	tx.OnCommit(func() {
		p.ended(Ended{Authority: one.Authority, Staff: one.Staff, Except: one.ID, Reason: reason})
	})
	_, err := tx.Exec(ctx, qSessionDeleteOthers, one.Authority, one.Staff, tokenHash(token))
	return err
}

// Card is what colleagues, and a contact that the notice lets, may know of an adviser.
type Card struct {
	ID       string
	Name     string
	Email    string
	Username string
}

// Cards opens the names of the staff for purpose work: each opening is recorded. An account that has
// ended is left out. Ids empty means everybody.
func (p *People) Cards(ctx context.Context, by access.Caller, ids ...string) ([]Card, error) {
	opened, err := p.openSome(ctx, by, PurposeWork, ids)
	var cards []Card
	for _, o := range opened {
		pl := o.read()
		cards = append(cards, Card{ID: pl.id, Name: pl.name, Email: pl.email, Username: pl.username})
	}
	return cards, err
}
