package people

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/ledger"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func openSQLite(t *testing.T) *store.DB { return storetest.Open(t, storetest.Names()[0]) }

func containsMarker(s string) bool { return strings.Contains(s, "secret.marker") }

// count counts the sessions.
func (w *world) count() int {
	w.t.Helper()
	n := 0
	list := store.MustQueries("-- name: all\nselect staff from staff_session where authority = ?;").Get("all")
	w.must(w.db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, list, func(func(...any) error) error { n++; return nil }, "dvv")
	}))
	return n
}

func TestAccountsAreMadeListedAndKeptApart(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		admin := w.add("pirkko", access.RoleAdministrator)
		made, err := w.p.Add(ctx, staff(admin), NewAccount{Username: "Aino.Virtanen", Name: "Aino Virtanen", Email: "aino@example.fi",
			SecrecyDay: "2026-11-01", Grants: []access.Grant{{Role: access.RoleAdviser, Service: "citizens-advice"}}})
		w.must(err)
		list, err := w.p.List(ctx, staff(admin))
		w.must(err)
		if len(list) != 2 {
			t.Fatalf("%d accounts", len(list))
		}
		one, err := w.p.Get(ctx, staff(admin), made.ID)
		w.must(err)
		if one.Username != "aino.virtanen" || one.Name != "Aino Virtanen" || !one.Secrecy || !one.MustChange || one.TOTP || len(one.Grants) != 1 || one.Grants[0].Service != "citizens-advice" {
			t.Errorf("%+v", one)
		}
		in, err := w.try("aino.virtanen", made.Password, "")
		w.must(err)
		_, standing, err := w.p.Session(ctx, "dvv", in.Token, false)
		w.must(err)
		if !slices.Equal(standing.Must, []string{MustChangePassword}) {
			t.Errorf("must %v", standing.Must)
		}
		_, err = w.p.Get(ctx, access.Caller{Authority: "mallila", Kind: access.Program, ID: "console"}, made.ID)
		w.fails(err, fault.NotFound, "staff-not-found")
	})
}

func TestUsernameIsGivenOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.add("aino", access.RoleAdviser)
		results := make(chan error, 3)
		for range 3 {
			go func() {
				_, err := w.p.Add(context.Background(), console, NewAccount{Username: "Matti", Name: "Matti", Password: password})
				results <- err
			}()
		}
		made := 0
		for range 3 {
			if err := <-results; err == nil {
				made++
			} else {
				w.fails(err, fault.Conflict, "username-taken")
			}
		}
		if made != 1 {
			t.Errorf("%d accounts have one username", made)
		}
		_, err := w.p.Add(context.Background(), console, NewAccount{Username: "AINO ", Name: "Toinen Aino", Password: password})
		w.fails(err, fault.Conflict, "username-taken")
		_, err = w.p.Add(context.Background(), access.Caller{Authority: "mallila", Kind: access.Program, ID: "console"}, NewAccount{Username: "aino", Name: "Aino", Password: password})
		w.must(err)
	})
}

func TestBadAccountsAreRefused(t *testing.T) {
	w := newWorld(t, openSQLite(t))
	good := NewAccount{Username: "uusi", Name: "Uusi", Email: "uusi@example.fi", Password: password}
	for _, c := range []struct {
		name, key string
		change    func(*NewAccount)
	}{
		{"no username", "field-empty", func(n *NewAccount) { n.Username = " " }},
		{"no name", "field-empty", func(n *NewAccount) { n.Name = "" }},
		{"space in the username", "username-space", func(n *NewAccount) { n.Username = "a b" }},
		{"control character", "text-malformed", func(n *NewAccount) { n.Name = "a\x07" }},
		{"username that looks like another", "text-malformed", func(n *NewAccount) { n.Username = "ai\u200bno" }},
		{"name that turns what follows around", "text-malformed", func(n *NewAccount) { n.Name = "a\u202eb" }},
		{"broken UTF-8", "text-malformed", func(n *NewAccount) { n.Name = "a\xff" }},
		{"two addresses", "email-malformed", func(n *NewAccount) { n.Email = "a@example.fi, b@example.fi" }},
		{"address with a name", "email-malformed", func(n *NewAccount) { n.Email = "A <a@example.fi>" }},
		{"short password", "password-short", func(n *NewAccount) { n.Password = "lyhyt" }},
		{"own password", "password-own", func(n *NewAccount) { n.Username, n.Password = "maijameikalainen", "MaijaMeikalainen1" }},
		{"unknown role", "unknown-role", func(n *NewAccount) { n.Grants = []access.Grant{{Role: "king"}} }},
		{"administrator of one service", "role-of-no-service", func(n *NewAccount) {
			n.Grants = []access.Grant{{Role: access.RoleAdministrator, Service: "citizens-advice"}}
		}},
	} {
		n := good
		c.change(&n)
		_, err := w.p.Add(context.Background(), console, n)
		if !fault.Is(err, fault.Invalid) || fault.Of(err).Key != c.key {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestOnlyAdministratorsManageAndNobodyThemselves(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		admin, second, adviser := w.add("pirkko", access.RoleAdministrator), w.add("raimo", access.RoleAdministrator), w.add("aino", access.RoleAdviser)
		for name, err := range map[string]error{
			"disable": w.p.Disable(ctx, staff(adviser), admin, "x"),
			"recover": w.p.RecoverCode(ctx, staff(adviser), admin, "x"),
			"grant":   second2(w.p.Grant(ctx, staff(adviser), access.Grant{Staff: adviser, Role: access.RoleAdministrator})),
			"secrecy": w.p.SetSecrecy(ctx, staff(adviser), adviser, true, "2026-11-23"),
			"add":     second2(w.p.Add(ctx, staff(adviser), NewAccount{Username: "x", Name: "x", Password: password})),
		} {
			if !fault.Is(err, fault.Denied) {
				t.Errorf("an adviser may %s: %v", name, err)
			}
		}
		_, err := w.p.List(ctx, staff(adviser))
		if !fault.Is(err, fault.Denied) {
			t.Errorf("an adviser may list: %v", err)
		}
		w.fails(w.p.Disable(ctx, staff(admin), admin, "x"), fault.Denied, "not-oneself")
		w.fails(w.p.RecoverCode(ctx, staff(admin), admin, "x"), fault.Denied, "not-oneself")
		_, err = w.p.ResetPassword(ctx, staff(admin), admin, "x")
		w.fails(err, fault.Denied, "not-oneself")
		one, err := w.p.Get(ctx, staff(second), admin)
		w.must(err)
		w.fails(w.p.Withdraw(ctx, staff(admin), admin, one.Grants[0].ID), fault.Denied, "not-oneself")
		w.must(w.p.Withdraw(ctx, staff(second), admin, one.Grants[0].ID))
		_, err = w.p.List(ctx, staff(admin))
		if !fault.Is(err, fault.Denied) {
			t.Errorf("a withdrawn role still lists: %v", err)
		}
	})
}

func TestOfTwoAdministratorsWhoWithdrawEachOtherOneStays(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		for i := range 6 {
			pair := [2]string{w.add(fmt.Sprint("pirkko", i), access.RoleAdministrator), w.add(fmt.Sprint("raimo", i), access.RoleAdministrator)}
			var grants [2]string
			for k, id := range pair {
				one, err := w.p.Get(ctx, console, id)
				w.must(err)
				grants[k] = one.Grants[0].ID
			}
			var errs [2]error
			var both sync.WaitGroup
			for k := range pair {
				both.Go(func() { errs[k] = w.p.Withdraw(ctx, staff(pair[k]), pair[1-k], grants[1-k]) })
			}
			both.Wait()
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Fatalf("round %d: %v and %v", i, errs[0], errs[1])
			}
		}
	})
}

// second2 drops a value.
func second2[T any](_ T, err error) error { return err }

func TestLostDeviceIsRecoveredByASecondAdministrator(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		admin, second := w.add("pirkko", access.RoleAdministrator), w.add("raimo", access.RoleAdministrator)
		in := w.signIn("pirkko")
		w.enrol(in)
		w.must(w.p.RecoverCode(ctx, staff(second), admin, "puhelin katosi"))
		_, err := w.p.Alive(ctx, "dvv", in.Token)
		w.fails(err, fault.Denied, "signed-out")
		again := w.signIn("pirkko")
		_, standing, err := w.p.Session(ctx, "dvv", again.Token, false)
		w.must(err)
		if !slices.Equal(standing.Must, []string{MustEnrolCode}) {
			t.Errorf("must %v", standing.Must)
		}
		if got := w.acts(ActionRecover); !slices.Equal(got, []string{second + " allowed"}) {
			t.Errorf("recorded %v", got)
		}
	})
}

func TestResetPasswordIsToBeChanged(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		id := w.add("aino", access.RoleAdviser)
		made, err := w.p.ResetPassword(ctx, console, id, "unohtui")
		w.must(err)
		_, err = w.try("aino", password, "")
		w.fails(err, fault.Denied, "sign-in-failed")
		in, err := w.try("aino", made, "")
		w.must(err)
		_, standing, err := w.p.Session(ctx, "dvv", in.Token, false)
		w.must(err)
		if !slices.Equal(standing.Must, []string{MustChangePassword}) {
			t.Errorf("must %v", standing.Must)
		}
		w.fails(w.p.ChangePassword(ctx, in.Session, in.Token, password, another, ""), fault.Denied, "password-wrong")
		w.fails(w.p.ChangePassword(ctx, in.Session, in.Token, made, made, ""), fault.Invalid, "password-same")
		w.fails(w.p.ChangePassword(ctx, in.Session, in.Token, made, "lyhyt", ""), fault.Invalid, "password-short")
		w.must(w.p.ChangePassword(ctx, in.Session, in.Token, made, another, ""))
		_, standing, err = w.p.Session(ctx, "dvv", in.Token, false)
		w.must(err)
		if len(standing.Must) > 0 {
			t.Errorf("still must %v", standing.Must)
		}
	})
}

func TestNothingPersonalOfAnAccountIsPlain(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.add("secret.marker", access.RoleAdviser)
		w.signIn("secret.marker")
		all := store.MustQueries("-- name: staff\nselect id, account_record, account, credentials_record, credentials from staff;\n-- name: sessions\nselect staff, data, hash from staff_session;")
		w.must(w.db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) error {
			look := func(q store.Query, n int) error {
				return tx.Each(ctx, q, func(scan func(...any) error) error {
					cells := make([][]byte, n)
					into := make([]any, n)
					for i := range cells {
						into[i] = &cells[i]
					}
					err := scan(into...)
					for _, cell := range cells {
						if bytes.Contains(cell, []byte("marker")) || bytes.Contains(cell, []byte("argon2")) {
							t.Errorf("in the clear: %q", cell)
						}
					}
					return err
				})
			}
			if err := look(all.Get("staff"), 5); err != nil {
				return err
			}
			return look(all.Get("sessions"), 3)
		}))
	})
}

// Decision 0015: when retention ends an account's data, what its holder changed stays and nothing tells any more who
// it was, and the lines about the account are gone; a colleague's are untouched.
func TestTheEndOfAnAccountLeavesSettingsWithoutAName(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		stays, leaves := w.add("aino", access.RoleLead), w.add("matti", access.RoleLead)
		lines := ledger.New(w, w.clock.Now)
		hours := ledger.Thing{Kind: ledger.Service, ID: "citizens-advice", Part: "hours"}
		w.must(w.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			for i, who := range []string{leaves, stays} {
				c := ledger.Change{Thing: hours, Services: []string{"citizens-advice"}, Before: fmt.Sprint(i), After: fmt.Sprint(i + 1)}
				if err := lines.Pen(staff(who), ledger.Unread).Write(ctx, tx, c); err != nil {
					return err
				}
			}
			return lines.Refer(ctx, tx, staff(stays), ledger.Thing{Kind: ledger.Staff, ID: leaves, Part: "role-grant"})
		}))
		w.must(w.p.Disable(ctx, console, leaves, "lähti"))
		count := func(where string) (n int) {
			w.must(w.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
				return tx.Row(ctx, store.MustQueries("-- name: n\nselect count(*) from setting_change where "+where+";\n").Get("n")).Scan(&n)
			}))
			return n
		}
		if named := count("changed_by <> ''"); named < 3 {
			t.Fatalf("control: %d lines tell who it was", named)
		}
		w.days(380)
		if n := count("changed_by = '" + leaves + "' or thing = '" + leaves + "'"); n != 0 {
			t.Errorf("%d lines still name the account that has ended", n)
		}
		if n := count("kind = 'service'"); n != 2 {
			t.Errorf("%d changes are left of two", n)
		}
		if n := count("changed_by = '" + stays + "' and kind = 'service'"); n != 1 {
			t.Errorf("%d changes tell of the colleague who stays", n)
		}
	})
}

func TestAccountsOutliveTheirBucketsUntilDutyEnds(t *testing.T) { // staff-accounts: credentials P1M, account P1Y from duty.ended
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		stays, leaves := w.add("aino", access.RoleAdviser), w.add("matti", access.RoleAdviser)
		w.must(w.p.Disable(ctx, console, leaves, "lähti"))
		w.days(40)
		if _, err := w.try("aino", password, ""); err != nil {
			t.Errorf("an account on duty no longer opens after 40 days: %v", err)
		}
		one, err := w.p.load(ctx, console, PurposeSignIn, leaves, true, noWhy)
		w.must(err)
		if one.name != "Nimi matti" || !one.noCredentials {
			t.Errorf("a month after the duty: name %q, credentials gone %v", one.name, one.noCredentials)
		}
		w.days(340)
		if _, err := w.p.load(ctx, console, PurposeSignIn, leaves, false, noWhy); !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Gone) {
			t.Errorf("a year after the duty: %v", err)
		}
		if _, err := w.p.load(ctx, console, PurposeSignIn, stays, false, noWhy); err != nil {
			t.Errorf("an account on duty no longer opens after a year: %v", err)
		}
	})
}

// days lets days pass, each with its end.
func (w *world) days(n int) {
	w.t.Helper()
	ctx := context.Background()
	for range n {
		w.clock.Advance(24 * time.Hour)
		today := dayOf(w.clock.Now())
		_, err := w.v.MoveOpen(ctx, "dvv", today, 0)
		w.must(err)
		_, err = w.v.Destroy(ctx, "dvv")
		w.must(err)
		w.must(w.v.Refill(ctx, "dvv"))
	}
	_, err := w.v.Turn(ctx, "dvv")
	w.must(err)
	_, err = w.v.Reclaim(ctx, "dvv", 0)
	w.must(err)
}

func TestNamesAreOpenedOncePerReaderAndRecorded(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		aino, matti := w.add("aino", access.RoleAdviser), w.add("matti", access.RoleAdviser)
		opened := func() int { return len(w.acts("open")) }
		begun := opened()
		for range 3 {
			names, err := w.p.Names(ctx, staff(aino), []string{aino, matti, "s_unknown", ""})
			w.must(err)
			if names[matti] != "Nimi matti" || names["s_unknown"] != "" {
				t.Errorf("%v", names)
			}
		}
		if got := opened() - begun; got != 2 {
			t.Errorf("%d openings for one reader", got)
		}
		_, err := w.p.Names(ctx, staff(matti), []string{aino})
		w.must(err)
		if got := opened() - begun; got != 3 {
			t.Errorf("another reader's look is not recorded: %d", got)
		}
		card, err := w.p.Person(ctx, "dvv", matti)
		w.must(err)
		if card != (Card{ID: matti, Name: "Nimi matti", Email: "matti@example.fi", Username: "matti"}) || w.p.Name("dvv", matti) != "Nimi matti" {
			t.Errorf("%+v", card)
		}
		w.must(w.p.Change(ctx, console, matti, "Matti Uusi", "uusi@example.fi"))
		if name := w.p.Name("dvv", matti); name != "" {
			t.Errorf("the former name %q is still shown", name)
		}
	})
}

func TestAdviserOfOneServiceSeesTheNamesOfAll(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		made, err := w.p.Add(context.Background(), console, NewAccount{Username: "yksi", Name: "Yksi", Password: password, SecrecyDay: "2026-01-02",
			Grants: []access.Grant{{Role: access.RoleAdviser, Service: "citizens-advice"}}})
		w.must(err)
		other := w.add("muu", access.RoleAdviser)
		names, err := w.p.Names(context.Background(), staff(made.ID), []string{other})
		w.must(err)
		if names[other] != "Nimi muu" {
			t.Errorf("%v", names)
		}
	})
}

func TestWithoutACommitmentNothingOpens(t *testing.T) { // S4-17
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		aino := w.add("aino", access.RoleAdviser)
		w.must(w.p.SetSecrecy(ctx, console, aino, false, ""))
		_, err := w.p.Names(ctx, staff(aino), []string{aino})
		w.fails(err, fault.Denied, "secrecy-commitment-missing")
		in := w.signIn("aino")
		_, err = w.p.Own(ctx, in.Session) // one's own account is not a secret
		w.must(err)
	})
}
