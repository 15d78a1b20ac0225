package people

import (
	"context"
	"strings"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// By which way the directory lets somebody in; the numbers are stored.
const (
	notLet  int64 = 0
	let     int64 = 1 // by the name that an administrator gave, until the first sign-in
	isBound int64 = 2 // by the directory's permanent identifier, and by nothing else
)

// States of an account at the directory, as administrators see them.
const (
	DirectoryLet   = "let"
	DirectoryBound = "bound"
)

func directoryState(n int64) string {
	switch n {
	case let:
		return DirectoryLet
	case isBound:
		return DirectoryBound
	}
	return ""
}

// maxKnown is the longest name in a directory, in bytes.
const maxKnown = 255

// LetByDirectory lets a member of staff sign in by the directory, where they are called known; "" is as
// here. The first sign-in under that name binds the account to the directory's permanent identifier. Whom
// the account was bound to before is forgotten, and sign-ins by it end. Errors: fault.Invalid
// "text-malformed" on known, fault.Conflict "directory-name-taken", fault.Gone "account-ended".
func (p *People) LetByDirectory(ctx context.Context, by access.Caller, id, known string) error {
	known = Fold(known)
	if len(known) > maxKnown || strings.ContainsFunc(known, unseen) {
		return fault.New(fault.Invalid, "text-malformed").On("known")
	}
	return p.atDirectory(ctx, by, id, ActionLet, func(pl *plain) {
		pl.directory, pl.known, pl.subject = let, known, ""
		if known == "" {
			pl.known = pl.username
		}
	})
}

// UnletByDirectory keeps a member of staff from signing in by the directory, and forgets who they are there.
func (p *People) UnletByDirectory(ctx context.Context, by access.Caller, id string) error {
	return p.atDirectory(ctx, by, id, ActionUnlet, func(pl *plain) { pl.directory, pl.known, pl.subject = notLet, "", "" })
}

// atDirectory changes how the directory lets somebody in. Their sign-ins end where they were bound.
func (p *People) atDirectory(ctx context.Context, by access.Caller, id string, action vault.Action, change func(*plain)) error {
	pl, err := p.load(ctx, by, purposeOf(by), id, true, vault.Why{})
	if err != nil {
		return err
	}
	if pl.noCredentials {
		return fault.New(fault.Gone, "account-ended")
	}
	bound := pl.directory == isBound
	change(&pl)
	return p.act(ctx, by, id, action, "", func(ctx context.Context, tx *store.Tx, _ row) error {
		if err := p.knownBy(ctx, tx, by.Authority, pl); err != nil {
			return err
		}
		if err := p.saveCredentials(ctx, tx, by.Authority, pl); err != nil || !bound {
			return err
		}
		return p.endAll(ctx, tx, by.Authority, id, "directory_changed")
	})
}

// knownBy makes an account found by what it is known by at the directory, and by nothing older. Of two
// accounts one name and one identifier are found in one only.
func (p *People) knownBy(ctx context.Context, tx *store.Tx, authority string, pl plain) error {
	if err := p.lockRoll(ctx, tx, authority); err != nil {
		return err
	}
	w, err := p.Vault.Writer(ctx, tx, authority, pl.credentials.Record())
	if err != nil {
		return err
	}
	for _, f := range []struct{ field, value string }{{"directory_name", pl.known}, {"directory_subject", pl.subject}} {
		if err := w.DropTokens(ctx, tx, f.field); err != nil {
			return err
		}
		if f.value == "" {
			continue
		}
		found, err := p.findCredentials(ctx, tx, authority, f.field, f.value)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			return fault.New(fault.Conflict, "directory-name-taken").On("known")
		}
		if err := w.Token(ctx, tx, f.field, f.value); err != nil {
			return err
		}
	}
	return nil
}

// findCredentials finds the accounts of those on duty whose credentials carry a token.
func (p *People) findCredentials(ctx context.Context, tx *store.Tx, authority, field, value string) ([]row, error) {
	found, err := p.Vault.Find(ctx, tx, signInProgram(authority), PurposeSignIn, NoticeID, field, value, vault.Why{})
	if err != nil {
		return nil, err
	}
	ended, err := disabled(ctx, tx, authority)
	if err != nil {
		return nil, err
	}
	var out []row
	for _, f := range found {
		r, err := get(ctx, tx, authority, f.Row)
		if fault.Is(err, fault.NotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		if ended[r.id] == 0 && !r.noCredentials {
			out = append(out, r)
		}
	}
	return out, nil
}
