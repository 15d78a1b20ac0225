package people

import (
	"context"
	"slices"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/ledger"
	"luukku/fault"
	"luukku/store"
)

// runs tells whether a sign-in still runs.
func (w *world) runs(in SignedIn) bool {
	w.t.Helper()
	_, _, err := w.p.Session(context.Background(), "dvv", in.Token, true)
	if err != nil && !fault.Is(err, fault.Denied) {
		w.t.Fatal(err)
	}
	return err == nil
}

func (w *world) vouchedSignIns(by access.Caller) (n int) {
	w.t.Helper()
	w.must(w.db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = w.p.VouchedSignIns(ctx, tx, by)
		return err
	}))
	return n
}

// A sign-in rests on the directory's word: it ends with the directory, but for the one in which that is
// decided, and is recorded. Passwords' sign-ins, and a change that leaves the directory what it is, end nothing.
func TestSignInsEndWithTheirDirectory(t *testing.T) {
	for name, change := range map[string]func(*Federation){
		"off":     func(f *Federation) { f.On = false },
		"issuer":  func(f *Federation) { f.Issuer = "https://other.example.fi" },
		"client":  func(f *Federation) { f.ClientID = "other" },
		"the way": func(f *Federation) { f.Claim = "email" },
	} {
		t.Run(name, func(t *testing.T) {
			worlds(t, func(t *testing.T, w *world) {
				for _, who := range []string{"pirkko", "liisa"} {
					w.must(w.p.LetByDirectory(t.Context(), console, w.add(who, access.RoleAdministrator), ""))
				}
				aino := w.add("aino", access.RoleAdviser)
				w.must(w.p.LetByDirectory(t.Context(), console, aino, ""))
				var came []SignedIn
				for _, who := range []string{"pirkko", "liisa", "aino"} {
					in, err := w.comes(who, who, true)
					w.must(err)
					came = append(came, in)
				}
				password := w.signIn("aino")
				admin := staff(came[0].Session.Staff)
				admin.Session = came[0].Session.ID
				if n := w.vouchedSignIns(admin); n != 2 {
					t.Errorf("%d sign-ins would end", n)
				}
				f := office
				change(&f)
				w.must(w.federate(admin, ledger.Unread, f, "uusi"))
				stay, want := name == "the way", 2
				if stay {
					want = 0
				}
				if !w.runs(came[0]) || !w.runs(password) || w.runs(came[1]) != stay || w.runs(came[2]) != stay {
					t.Errorf("own %v, by a password %v, others %v %v", w.runs(came[0]), w.runs(password), w.runs(came[1]), w.runs(came[2]))
				}
				if got := w.acts(ActionUnvouch); len(got) != want || want > 0 && got[0] != admin.ID+" allowed" {
					t.Errorf("recorded %v", got)
				}
				ended := slices.DeleteFunc(w.ended, func(e Ended) bool { return e.Reason != "directory_changed" })
				if len(ended) != want || slices.ContainsFunc(ended, func(e Ended) bool { return e.Session == "" || e.Session == admin.Session }) {
					t.Errorf("told %+v", ended)
				}
			})
		})
	}
}

// Whoever is on the way when the directory is changed does not come in by its word: neither with its answer
// nor with a code after it.
func TestWhoIsOnTheWayDoesNotComeInByAnotherDirectory(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		liisa := w.add("liisa", access.RoleAdministrator)
		secret := w.enrol(w.signIn("liisa"))
		w.must(w.p.LetByDirectory(t.Context(), console, liisa, ""))
		_, err := w.comes("1", "liisa", false)
		w.fails(err, fault.Denied, "totp-required")
		w.must(w.p.GiveTicket(t.Context(), "dvv", []byte("begun")))
		other := office
		other.ClientID = "other"
		w.must(w.federate(console, ledger.Unread, other, "uusi"))
		w.fails(w.p.TakeTicket(t.Context(), "dvv", []byte("begun")), fault.Denied, "directory-state")
		w.real.Advance(2 * time.Minute) // the code that enrolled is used up
		_, err = w.p.CodeAfter(t.Context(), "dvv", []byte("ticket of 1"), w.code(secret), "192.0.2.1")
		w.fails(err, fault.Denied, "directory-state")
		for _, mfa := range []bool{true, false} {
			_, err = w.comesBy(office.name(), "1", "liisa", mfa)
			w.fails(err, fault.Denied, "directory-state")
			_, err = w.comesBy("", "1", "liisa", mfa)
			w.fails(err, fault.Denied, "directory-state")
		}
		if n := w.vouchedSignIns(console); n != 0 {
			t.Errorf("%d sign-ins rest on a word that nobody gave", n)
		}
		if _, err = w.comesBy(other.name(), "1", "liisa", true); err != nil {
			t.Error(err)
		}
	})
}
