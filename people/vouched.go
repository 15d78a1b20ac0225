package people

import (
	"context"
	"crypto/subtle"
	"time"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/people/oidc"
	"luukku/store"
)

// Vouched is somebody who comes from the directory, with its word.
type Vouched struct {
	Authority string
	Who       oidc.Identity
	Address   string // of the client, as far as proxies are trusted
	Ticket    []byte // hash of the ticket under which a code can follow
}

// ByDirectory lets in whom the directory vouches for: the one account that is bound to its identifier. The
// first time it is the account that an administrator let in under this name, which is then bound; a name
// alone never lets in again. Roles, the secrecy commitment and the end of a duty are what they are here,
// whatever the directory says. Errors: fault.Denied "directory-not-bound" (not let, ended or without a
// role: all alike), "directory-subject-changed" when the name is bound to another identifier,
// "totp-required" when the directory did not see a second factor and the account has a code device: then
// CodeAfter lets in with the ticket; fault.Busy "sign-in-wait".
func (p *People) ByDirectory(ctx context.Context, v Vouched) (SignedIn, error) {
	begun := time.Now()
	try, wait := p.backoff.begin(v.Authority, "directory "+v.Who.Subject, v.Address)
	if wait > 0 {
		return SignedIn{}, fault.New(fault.Busy, "sign-in-wait", "seconds", seconds(wait))
	}
	pl, err := p.recognise(ctx, v)
	if err != nil {
		return SignedIn{}, p.refused(ctx, v.Authority, pl.id, begun, err)
	}
	p.backoff.succeed(try)
	if v.Who.MFA {
		return p.letIn(ctx, v.Authority, pl, byDirectoryMFA, v.Who.By)
	}
	if pl.device.Secret == "" {
		return p.letIn(ctx, v.Authority, pl, byDirectory, v.Who.By)
	}
	if err := p.giveCodeTicket(ctx, v, pl.id); err != nil {
		return SignedIn{}, err
	}
	return SignedIn{}, fault.New(fault.Denied, "totp-required")
}

// recognise finds the account that is bound to an identifier, or binds the one that was let in under the
// name.
func (p *People) recognise(ctx context.Context, v Vouched) (plain, error) {
	all, err := p.vouchedFor(ctx, v.Authority, "directory_subject", v.Who.Subject)
	if err != nil {
		return plain{}, err
	}
	for _, pl := range all {
		if pl.directory == isBound && same(pl.subject, v.Who.Subject) {
			return pl, nil
		}
	}
	name := Fold(v.Who.Name)
	if all, err = p.vouchedFor(ctx, v.Authority, "directory_name", name); err != nil {
		return plain{}, err
	}
	for _, pl := range all {
		switch {
		case !same(pl.known, name):
		case pl.directory == let:
			return p.bind(ctx, v, pl)
		case pl.directory == isBound:
			return plain{row: row{id: pl.id}}, fault.New(fault.Denied, "directory-subject-changed")
		}
	}
	return plain{}, fault.New(fault.Denied, "directory-not-bound")
}

func same(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// vouchedFor opens the accounts, of those who hold a role now, that are known at the directory by a value.
func (p *People) vouchedFor(ctx context.Context, authority, field, value string) ([]plain, error) {
	var opened []opening
	err := p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		opened = nil
		rows, err := p.findCredentials(ctx, tx, authority, field, value)
		if err != nil {
			return err
		}
		for _, r := range rows {
			grants, _, err := access.Grants(ctx, tx, staffCaller(authority, r.id, ""), p.Keeper.Now())
			if err != nil {
				return err
			}
			if len(grants) == 0 {
				continue
			}
			o, err := p.open(ctx, tx, signInProgram(authority), PurposeSignIn, r, true, vault.Why{})
			if err != nil {
				return err
			}
			opened = append(opened, o)
		}
		return nil
	})
	var all []plain
	for _, o := range opened {
		if err == nil {
			all = append(all, o.read())
		}
	}
	return all, err
}

// bind fixes who somebody is at the directory. Of two who come under one name at the same moment the
// second is refused.
func (p *People) bind(ctx context.Context, v Vouched, pl plain) (plain, error) {
	pl.directory, pl.subject = isBound, v.Who.Subject
	err := p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := p.knownBy(ctx, tx, v.Authority, pl); err != nil {
			return err
		}
		if err := p.saveCredentials(ctx, tx, v.Authority, pl); err != nil {
			return err
		}
		return p.record(ctx, tx, vault.Entry{Caller: staffCaller(v.Authority, pl.id, ""), Purpose: PurposeSignIn, Action: ActionBind,
			Row: pl.id, Records: []vault.RecordID{pl.credentials.Record()}})
	})
	if fault.Is(err, fault.Conflict) {
		return plain{row: row{id: pl.id}}, fault.New(fault.Denied, "directory-subject-changed")
	}
	pl.revision++ // as the row's, so that what follows finds it unchanged
	return pl, err
}

// CodeAfter lets in who has come from the directory and shows the code of a device. The ticket is good until
// a right code. Errors: fault.Denied "directory-state" without a ticket that lives, "totp-required",
// "totp-wrong", "directory-not-bound" when the account has ended meanwhile; fault.Busy "sign-in-wait".
func (p *People) CodeAfter(ctx context.Context, authority string, ticket []byte, code, address string) (SignedIn, error) {
	begun := time.Now()
	staff, directory, err := p.codeTicket(ctx, authority, ticket)
	if err != nil {
		return SignedIn{}, p.refused(ctx, authority, "", begun, err)
	}
	try, wait := p.backoff.begin(authority, staff, address)
	if wait > 0 {
		return SignedIn{}, fault.New(fault.Busy, "sign-in-wait", "seconds", seconds(wait))
	}
	pl, err := p.checkVouched(ctx, authority, staff, code)
	if err != nil {
		return SignedIn{}, p.refused(ctx, authority, staff, begun, err)
	}
	err = p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return took(tx.Exec(ctx, qTicketTake, authority, ticket))
	})
	if err != nil {
		return SignedIn{}, err
	}
	p.backoff.succeed(try)
	return p.letIn(ctx, authority, pl, byDirectoryMFA, directory)
}

// checkVouched opens the account of a ticket once more, since it may have changed, and compares the code.
func (p *People) checkVouched(ctx context.Context, authority, staff, code string) (plain, error) {
	pl, err := p.load(ctx, signInProgram(authority), PurposeSignIn, staff, true, vault.Why{})
	if err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Gone) {
		return plain{}, err
	}
	var grants []access.Grant
	if err == nil {
		err = p.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
			grants, _, err = access.Grants(ctx, tx, staffCaller(authority, staff, ""), p.Keeper.Now())
			return err
		})
	}
	if err != nil || len(grants) == 0 || pl.directory != isBound || pl.device.Secret == "" {
		return plain{}, fault.New(fault.Denied, "directory-not-bound")
	}
	return p.checkCode(pl, code)
}

// RefusedByDirectory records a sign-in that the directory did not vouch for. Nobody is known yet.
func (p *People) RefusedByDirectory(ctx context.Context, authority string, why error) {
	p.noteRefusal(ctx, authority, "", fault.Of(why).Key)
}
