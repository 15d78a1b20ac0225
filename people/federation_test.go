package people

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/ledger"
	"luukku/fault"
	"luukku/people/oidc"
	"luukku/store"
)

var office = Federation{On: true, Issuer: "https://login.example.fi/office", ClientID: "luukku", Claim: "preferred_username", Passwords: PasswordsAll}

// federate sets the directory as an administrator who had read version base.
func (w *world) federate(by access.Caller, base int64, f Federation, secret string) error {
	return w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		return w.p.SetFederation(ctx, tx, w.p.ledger.Pen(by, base), f, secret)
	})
}

// comes is a visit from the directory, which is set if none is.
func (w *world) comes(subject, name string, mfa bool) (SignedIn, error) {
	w.t.Helper()
	if _, err := w.p.Directory(context.Background(), "dvv"); fault.Is(err, fault.Conflict) {
		w.must(w.federate(console, ledger.Unread, office, "salaisuus"))
	}
	return w.comesBy(office.name(), subject, name, mfa)
}

func (w *world) comesBy(directory, subject, name string, mfa bool) (SignedIn, error) {
	return w.p.ByDirectory(context.Background(), Vouched{Authority: "dvv", Address: "192.0.2.1", Ticket: []byte("ticket of " + subject),
		Who: oidc.Identity{Subject: office.Issuer + " " + subject, Name: name, MFA: mfa, By: directory}})
}

func (w *world) standing(in SignedIn) Standing {
	w.t.Helper()
	_, standing, err := w.p.Session(context.Background(), "dvv", in.Token, true)
	w.must(err)
	return standing
}

// An account is not made by the directory: an administrator lets somebody in by a name, the first sign-in
// binds the identifier, and from then on the name lets nobody in.
func TestTheFirstSignInBindsTheIdentifier(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.add("aino", access.RoleAdviser)
		_, err := w.comes("1", "aino", false)
		w.fails(err, fault.Denied, "directory-not-bound")
		w.must(w.p.LetByDirectory(t.Context(), console, id, " Aino.Aalto@Example.fi "))
		_, err = w.comes("1", "aino", false) // the name here is not the name there
		w.fails(err, fault.Denied, "directory-not-bound")
		in, err := w.comes("1", "AINO.AALTO@example.fi", false)
		w.must(err)
		if !in.Session.Directory || in.Session.MFA || in.Session.Staff != id {
			t.Errorf("%+v", in.Session)
		}
		one, err := w.p.Get(t.Context(), console, id)
		w.must(err)
		if one.Directory != DirectoryBound || !slices.Equal(w.acts(ActionBind), []string{id + " allowed"}) {
			t.Errorf("%q, %v", one.Directory, w.acts(ActionBind))
		}
		if _, err = w.comes("1", "another.name@example.fi", false); err != nil {
			t.Errorf("a new name at the directory: %v", err)
		}
		_, err = w.comes("2", "aino.aalto@example.fi", false) // somebody else who was given the name
		w.fails(err, fault.Denied, "directory-subject-changed")
		_, err = w.p.ByDirectory(t.Context(), Vouched{Authority: "dvv", Who: oidc.Identity{Subject: "https://other.example.fi 1", Name: "x"}})
		w.fails(err, fault.Denied, "directory-not-bound") // the same identifier at another directory
		_, err = w.p.ByDirectory(t.Context(), Vouched{Authority: "mallila", Who: oidc.Identity{Subject: office.Issuer + " 1", Name: "aino.aalto@example.fi"}})
		w.fails(err, fault.Denied, "directory-not-bound")
		want := []string{"sign-in directory-not-bound", "sign-in directory-not-bound", id + " allowed", id + " allowed", "sign-in directory-subject-changed", "sign-in directory-not-bound", "sign-in directory-not-bound"}
		if got := w.acts(ActionSignIn); !slices.Equal(got, want) {
			t.Errorf("recorded %v", got)
		}
	})
}

// Whoever ended or holds no role stays outside, whatever the directory says; and a name is one person's.
func TestTheDirectoryLetsNobodyInWhomTheAuthorityDoesNot(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		aino, bo, roleless := w.add("aino", access.RoleAdviser), w.add("bo", access.RoleAdviser), w.add("cid")
		for id, name := range map[string]string{aino: "", bo: "", roleless: ""} {
			w.must(w.p.LetByDirectory(t.Context(), console, id, name))
		}
		w.fails(w.p.LetByDirectory(t.Context(), console, bo, "aino"), fault.Conflict, "directory-name-taken")
		w.fails(w.p.LetByDirectory(t.Context(), console, bo, "a\u202eb"), fault.Invalid, "text-malformed")
		w.fails(w.p.LetByDirectory(t.Context(), access.Caller{Authority: "mallila", Kind: access.Program, ID: "console"}, bo, ""), fault.NotFound, "staff-not-found")
		in, err := w.comes("1", "aino", false)
		w.must(err)
		if _, err := w.comes("2", "bo", false); err != nil {
			t.Fatal(err)
		}
		_, err = w.comes("3", "cid", false)
		w.fails(err, fault.Denied, "directory-not-bound")
		w.must(w.p.Disable(t.Context(), console, aino, "lähti"))
		_, err = w.comes("1", "aino", true)
		w.fails(err, fault.Denied, "directory-not-bound")
		if _, _, err := w.p.Session(t.Context(), "dvv", in.Token, true); err == nil {
			t.Error("the sign-in outlived the duty")
		}
		again := w.add("aino2", access.RoleAdviser) // they come back under a new account
		w.must(w.p.LetByDirectory(t.Context(), console, again, "aino"))
		if in, err := w.comes("1", "aino", false); err != nil || in.Session.Staff != again {
			t.Errorf("%v, %v", in.Session, err)
		}
		in, err = w.comes("2", "bo", false)
		w.must(err)
		w.must(w.p.UnletByDirectory(t.Context(), console, bo))
		if _, _, err := w.p.Session(t.Context(), "dvv", in.Token, true); err == nil {
			t.Error("the sign-in outlived the leave to sign in so")
		}
		_, err = w.comes("2", "bo", false)
		w.fails(err, fault.Denied, "directory-not-bound")
		w.must(w.p.LetByDirectory(t.Context(), console, bo, ""))
		if _, err := w.comes("7", "bo", false); err != nil {
			t.Errorf("bound anew to another identifier: %v", err)
		}
		_, err = w.comes("2", "other", false)
		w.fails(err, fault.Denied, "directory-not-bound") // the old identifier is forgotten
	})
}

// A second factor is shown at the directory or here; a role that needs one opens nothing without.
func TestASecondFactorIsShownThereOrHere(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		plain, device := w.add("pirkko", access.RoleAdministrator), w.add("liisa", access.RoleAdministrator)
		secret := w.enrol(w.signIn("liisa"))
		for _, id := range []string{plain, device} {
			w.must(w.p.LetByDirectory(t.Context(), console, id, ""))
		}
		in, err := w.comes("1", "pirkko", false)
		w.must(err)
		if got := w.standing(in).Must; !slices.Equal(got, []string{MustEnrolCode}) {
			t.Errorf("one factor opened an administrator's work: %v", got)
		}
		in, err = w.comes("1", "pirkko", true)
		w.must(err)
		if got := w.standing(in).Must; len(got) > 0 || !in.Session.MFA {
			t.Errorf("after the directory's second factor: %v", got)
		}
		_, err = w.comes("2", "liisa", false)
		w.fails(err, fault.Denied, "totp-required")
		code := func(code string) (SignedIn, error) {
			return w.p.CodeAfter(t.Context(), "dvv", []byte("ticket of 2"), code, "192.0.2.1")
		}
		_, err = code("000000")
		w.fails(err, fault.Denied, "totp-wrong")
		w.real.Advance(2 * time.Minute) // the code that enrolled is used up
		in, err = code(w.code(secret))
		w.must(err)
		if !in.Session.MFA || len(w.standing(in).Must) > 0 {
			t.Errorf("%+v", in.Session)
		}
		w.real.Advance(2 * time.Minute)
		_, err = code(w.code(secret))
		w.fails(err, fault.Denied, "directory-state") // the ticket was good once
		_, err = w.comes("2", "liisa", false)
		w.fails(err, fault.Denied, "totp-required")
		w.real.Advance(codeLife)
		_, err = code(w.code(secret))
		w.fails(err, fault.Denied, "directory-state")
		if in, err = w.comes("2", "liisa", true); err != nil || !in.Session.MFA {
			t.Errorf("the directory's second factor is enough: %v", err)
		}
	})
}

// An account that was made with a password of ours needs none to be changed when nobody uses it.
func TestAPasswordNobodyUsesNeedsNoChange(t *testing.T) {
	w := newWorld(t, openSQLite(t))
	made, err := w.p.Add(t.Context(), console, NewAccount{Username: "uusi", Name: "Uusi", SecrecyDay: "2026-01-02", Grants: []access.Grant{{Role: access.RoleAdviser}}})
	w.must(err)
	w.must(w.p.LetByDirectory(t.Context(), console, made.ID, ""))
	in, err := w.comes("1", "uusi", false)
	w.must(err)
	if got := w.standing(in).Must; len(got) > 0 {
		t.Errorf("must %v", got)
	}
}

func TestATicketIsGoodOnceAndForAWhile(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for _, hash := range []string{"a", "b"} {
			w.must(w.p.GiveTicket(t.Context(), "dvv", []byte(hash)))
		}
		w.must(w.p.TakeTicket(t.Context(), "dvv", []byte("a")))
		for authority, hash := range map[string]string{"dvv": "a", "mallila": "b"} {
			w.fails(w.p.TakeTicket(t.Context(), authority, []byte(hash)), fault.Denied, "directory-state")
		}
		w.real.Advance(ticketLife)
		w.fails(w.p.TakeTicket(t.Context(), "dvv", []byte("b")), fault.Denied, "directory-state")
		w.must(w.p.Sweep(t.Context(), "dvv"))
	})
}

// The secret is shown to the issuer and client that it was set for, and lies nowhere in clear.
func TestTheSecretIsOneDirectorysAlone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		admin := staff(w.add("pirkko", access.RoleAdministrator))
		_, err := w.p.Directory(t.Context(), "dvv")
		w.fails(err, fault.Conflict, "directory-off")
		w.fails(w.federate(admin, 0, office, ""), fault.Invalid, "directory-secret")
		w.must(w.federate(admin, 0, office, "salaisuus"))
		d, err := w.p.Directory(t.Context(), "dvv")
		w.must(err)
		if d.Secret != "salaisuus" || d.Issuer != office.Issuer {
			t.Errorf("%+v", d)
		}
		changed := office
		changed.Claim = "email"
		w.fails(w.federate(admin, 0, changed, ""), fault.Conflict, "setting-changed")
		w.must(w.federate(admin, 1, changed, ""))
		moved := changed
		moved.Issuer = "https://evil.example.fi"
		w.fails(w.federate(admin, 2, moved, ""), fault.Invalid, "directory-secret")
		_, err = w.p.Trial(t.Context(), "dvv", moved, "")
		w.fails(err, fault.Invalid, "directory-secret")
		moved.On = false
		w.must(w.federate(admin, 2, moved, ""))
		_, err = w.p.Directory(t.Context(), "dvv")
		w.fails(err, fault.Conflict, "directory-off")
		w.must(w.restoreFederation(admin, 3, 1)) // the first directory is set back, without its secret
		w.must(w.db.Read(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			f, err := w.p.Federation(ctx, tx, "dvv")
			if f.Issuer != office.Issuer || f.On || f.SecretNo != 0 {
				t.Errorf("set back: %+v", f)
			}
			lines, _, more := ledger.List(ctx, tx, "dvv", ledger.Asked{Kind: ledger.Directory, Limit: 9})
			for _, l := range lines {
				if strings.Contains(l.Before+l.After, "salaisuus") {
					t.Error("the secret is in the ledger")
				}
			}
			if len(lines) != 4 {
				t.Errorf("%d lines", len(lines))
			}
			return joined(err, more)
		}))
	})
}

func joined(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *world) restoreFederation(by access.Caller, base, to int64) error {
	book := ledger.New(w, w.clock.Now)
	w.must(book.Bind(w.p.FederationBook()))
	return w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		return book.Restore(ctx, tx, book.Pen(by, base), FederationSetting, to, func(ledger.Kind, []string) bool { return true })
	})
}

func TestWhatCannotNameADirectoryIsRefused(t *testing.T) {
	w := newWorld(t, openSQLite(t))
	admin := staff(w.add("pirkko", access.RoleAdministrator))
	for field, change := range map[string]func(*Federation){
		"issuer":    func(f *Federation) { f.Issuer = "http://login.example.fi" },
		"client_id": func(f *Federation) { f.ClientID = "" },
		"claim":     func(f *Federation) { f.Claim = "two words" },
		"acr":       func(f *Federation) { f.ACR = []string{"a b"} },
		"passwords": func(f *Federation) { f.Passwords = "none" },
	} {
		f := office
		change(&f)
		if err := w.federate(admin, 0, f, "x"); !fault.Is(err, fault.Invalid) || fault.Of(err).Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// A directory that breaks locks nobody out: an administrator with a password and a code remains, always.
func TestSomebodyCanAlwaysOpenTheDoorFromInside(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		first, second := w.add("pirkko", access.RoleAdministrator), w.add("liisa", access.RoleAdministrator)
		w.add("aino", access.RoleAdviser)
		closed := office
		closed.Passwords = PasswordsAdministrators
		w.fails(w.federate(staff(first), 0, closed, "x"), fault.Conflict, "directory-break-glass")
		w.enrol(w.signIn("pirkko"))
		w.must(w.federate(staff(first), 0, closed, "x"))
		_, err := w.try("aino", password, "")
		w.fails(err, fault.Denied, "sign-in-by-directory")
		_, err = w.try("aino", another, "")
		w.fails(err, fault.Denied, "sign-in-failed") // a wrong password learns nothing
		w.signIn("liisa")
		w.fails(w.p.RecoverCode(t.Context(), staff(second), first, "katosi"), fault.Conflict, "directory-break-glass")
		w.fails(w.p.Disable(t.Context(), staff(second), first, "lähti"), fault.Conflict, "directory-break-glass")
		one, err := w.p.Get(t.Context(), console, first)
		w.must(err)
		w.fails(w.p.Withdraw(t.Context(), staff(second), first, one.Grants[0].ID), fault.Conflict, "directory-break-glass")
		w.enrol(w.signIn("liisa"))
		w.must(w.p.RecoverCode(t.Context(), staff(second), first, "katosi"))
		off := closed
		off.On = false
		w.must(w.federate(staff(second), 1, off, ""))
		w.signIn("aino")
	})
}

// Notices without the directory's fields let nobody be let: what is not declared is not stored.
func TestWithoutItsFieldsNobodyIsLet(t *testing.T) {
	w := newWorld(t, openSQLite(t), "directory_name", "directory_subject")
	id := w.add("aino", access.RoleAdviser)
	w.fails(w.p.LetByDirectory(t.Context(), console, id, ""), fault.Invalid, "undeclared-field")
	if _, err := w.comes("1", "aino", false); err == nil {
		t.Error("let in")
	}
	w.signIn("aino")
}
