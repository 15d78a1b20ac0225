package people

import (
	"context"
	"slices"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
)

func TestSignInOpensASessionAndIsRecorded(t *testing.T) { // S4-20
	worlds(t, func(t *testing.T, w *world) {
		id := w.add("aino", access.RoleAdviser)
		in, err := w.try("  AINO ", password, "")
		w.must(err)
		session, standing, err := w.p.Session(context.Background(), "dvv", in.Token, false)
		w.must(err)
		if session.Staff != id || session.ID != in.Session.ID || !slices.Equal(standing.Roles(), []string{"adviser"}) || len(standing.Must) > 0 || !standing.Secrecy {
			t.Errorf("%+v %+v", session, standing)
		}
		if got := w.acts(ActionSignIn); !slices.Equal(got, []string{id + " allowed"}) {
			t.Errorf("recorded %v", got)
		}
		own, err := w.p.Own(context.Background(), session)
		w.must(err)
		if own.Name != "Nimi aino" || own.Username != "aino" || own.LastSignIn != w.clock.Now().UnixMilli() {
			t.Errorf("%+v", own)
		}
	})
}

func TestRefusedSignInsAnswerAlike(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.add("aino", access.RoleAdviser)
		gone := w.add("matti", access.RoleAdviser)
		w.add("roolitta")
		w.must(w.p.Disable(context.Background(), console, gone, "lähti"))
		for _, c := range []struct{ name, username, password string }{
			{"unknown", "nobody", password}, {"wrong password", "aino", another}, {"disabled", "matti", password},
			{"without a role", "roolitta", password}, {"empty name", "", password},
		} {
			_, err := w.try(c.username, c.password, "")
			if !fault.Is(err, fault.Denied) || fault.Of(err).Key != "sign-in-failed" {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if got := len(w.acts(ActionSignIn)); got != 5 {
			t.Errorf("%d refusals are recorded", got)
		}
	})
}

// An unknown user must cost what a known one costs: the hash is computed, and the answer waits for the floor.
func TestUnknownUserTakesAsLong(t *testing.T) {
	w := newWorld(t, openSQLite(t))
	w.add("aino", access.RoleAdviser)
	w.p.Floor = 300 * time.Millisecond
	var took [2]time.Duration
	for i, username := range []string{"aino", "nobody"} {
		begun := time.Now()
		_, err := w.try(username, another, "")
		w.fails(err, fault.Denied, "sign-in-failed")
		took[i] = time.Since(begun)
	}
	if took[0] < w.p.Floor || took[1] < w.p.Floor { // an upper bound would measure the machine
		t.Errorf("known %v, unknown %v", took[0], took[1])
	}
}

func TestAdministratorMustEnrolADeviceAndItsCodeWorksOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.add("pirkko", access.RoleAdministrator)
		in := w.signIn("pirkko")
		_, standing, err := w.p.Session(context.Background(), "dvv", in.Token, false)
		w.must(err)
		if !slices.Equal(standing.Must, []string{MustEnrolCode}) {
			t.Errorf("must %v", standing.Must)
		}
		secret := w.enrol(in)
		_, standing, err = w.p.Session(context.Background(), "dvv", in.Token, false)
		w.must(err)
		if len(standing.Must) > 0 || !standing.TOTP {
			t.Errorf("after enrolment: %+v", standing)
		}
		_, err = w.try("pirkko", password, "")
		w.fails(err, fault.Denied, "totp-required")
		_, err = w.try("pirkko", password, w.code(secret))
		w.fails(err, fault.Denied, "totp-wrong") // the code that confirmed the device
		w.real.Advance(30 * time.Second)
		code := w.code(secret)
		_, err = w.try("pirkko", password, code)
		w.must(err)
		_, err = w.try("pirkko", password, code)
		w.fails(err, fault.Denied, "totp-wrong")
		_, err = w.try("pirkko", another, w.code(secret))
		w.fails(err, fault.Denied, "sign-in-failed")
	})
}

func TestOnlyAFreshSignInTakesAnotherDeviceIntoUse(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.add("pirkko", access.RoleAdministrator)
		in, elsewhere := w.signIn("pirkko"), w.signIn("pirkko")
		w.enrol(in)
		_, err := w.p.Alive(context.Background(), "dvv", elsewhere.Token)
		w.fails(err, fault.Denied, "signed-out")
		w.real.Advance(freshFor)
		_, err = w.p.EnrolCode(context.Background(), in.Session, "Virasto")
		w.fails(err, fault.Denied, "sign-in-again")
		_, err = w.p.Alive(context.Background(), "dvv", in.Token)
		w.must(err)
	})
}

func TestAnEndedSessionDoesNotComeBackByActivity(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.add("aino", access.RoleAdviser)
		in := w.signIn("aino")
		w.real.Advance(2 * touchEvery)
		ctx, one, err := w.p.sessions.find(context.Background(), "dvv", in.Token) // a request that has just begun
		w.must(err)
		w.must(w.p.SignOutEverywhere(context.Background(), one))
		_, err = w.p.sessions.touch(ctx, one)
		w.fails(err, fault.Denied, "signed-out")
		_, err = w.p.Alive(context.Background(), "dvv", in.Token)
		w.fails(err, fault.Denied, "signed-out")
	})
}

func TestOneCodeAtTheSameMomentLetsOneIn(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.add("pirkko", access.RoleAdministrator)
		secret := w.enrol(w.signIn("pirkko"))
		w.real.Advance(30 * time.Second)
		code := w.code(secret)
		results := make(chan error, 4)
		for range 4 {
			go func() {
				_, err := w.try("pirkko", password, code)
				results <- err
			}()
		}
		in := 0
		for range 4 {
			if err := <-results; err == nil {
				in++
			} else {
				w.fails(err, fault.Denied, "totp-wrong")
			}
		}
		if in != 1 {
			t.Errorf("%d got in with one code", in)
		}
	})
}

func TestGuessingHasToWait(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.add("aino", access.RoleAdviser)
		var err error
		for range accountPace.free {
			_, err = w.try("aino", another, "")
			w.fails(err, fault.Denied, "sign-in-failed")
		}
		_, err = w.try("aino", password, "")
		w.fails(err, fault.Busy, "sign-in-wait")
		if fault.Of(err).Args["seconds"] == "" {
			t.Error("the wait is not told")
		}
		w.real.Advance(2 * time.Minute)
		_, err = w.try("aino", password, "")
		w.must(err)
	})
}

func TestSessionEndsByIdlenessAndAtItsEnd(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.add("aino", access.RoleAdviser)
		ctx := context.Background()
		alive := func(token string) bool {
			_, _, err := w.p.Session(ctx, "dvv", token, false)
			if err != nil {
				w.fails(err, fault.Denied, "signed-out")
			}
			return err == nil
		}
		in := w.signIn("aino")
		w.real.Advance(29 * time.Minute)
		if !alive(in.Token) {
			t.Error("ended before its idle time")
		}
		w.real.Advance(2 * time.Minute) // looking at it was no activity
		if alive(in.Token) {
			t.Error("outlived its idle time")
		}
		in = w.signIn("aino")
		for range 12*3 - 1 {
			w.real.Advance(20 * time.Minute)
			one, _, err := w.p.Session(ctx, "dvv", in.Token, true)
			w.must(err)
			if one.IdleAt > one.EndsAt {
				t.Fatalf("idle until %d after the end %d", one.IdleAt, one.EndsAt)
			}
		}
		w.real.Advance(21 * time.Minute)
		if alive(in.Token) {
			t.Error("outlived its twelve hours")
		}
	})
}

func TestSessionsEndWithSignOutPasswordAndAccount(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		id := w.add("aino", access.RoleAdviser)
		tokens := func() (a, b, c SignedIn) { return w.signIn("aino"), w.signIn("aino"), w.signIn("aino") }
		living := func(list ...SignedIn) (out []bool) {
			for _, in := range list {
				_, err := w.p.Alive(ctx, "dvv", in.Token)
				out = append(out, err == nil)
			}
			return out
		}
		a, b, c := tokens()
		w.must(w.p.SignOut(ctx, a.Session, a.Token))
		if got := living(a, b, c); !slices.Equal(got, []bool{false, true, true}) {
			t.Errorf("after signing out: %v", got)
		}
		w.must(w.p.ChangePassword(ctx, b.Session, b.Token, password, another, "192.0.2.1"))
		if got := living(b, c); !slices.Equal(got, []bool{true, false}) {
			t.Errorf("after a new password: %v", got)
		}
		_, err := w.try("aino", password, "")
		w.fails(err, fault.Denied, "sign-in-failed")
		d, err := w.try("aino", another, "")
		w.must(err)
		w.must(w.p.SignOutEverywhere(ctx, b.Session))
		if got := living(b, d); !slices.Equal(got, []bool{false, false}) {
			t.Errorf("after signing out everywhere: %v", got)
		}
		e, err := w.try("aino", another, "")
		w.must(err)
		w.must(w.p.Disable(ctx, console, id, "lähti"))
		if got := living(e); got[0] {
			t.Error("a disabled account stays signed in")
		}
		var reasons []string
		for _, end := range w.ended {
			reasons = append(reasons, end.Reason)
		}
		if want := []string{"signed_out", "password_changed", "signed_out", "disabled"}; !slices.Equal(reasons, want) {
			t.Errorf("told %v", reasons)
		}
	})
}

func TestSessionOfAnotherAuthorityIsNone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.add("aino", access.RoleAdviser)
		in := w.signIn("aino")
		for _, token := range []string{"", "x", in.Token + "x"} {
			_, err := w.p.Alive(context.Background(), "dvv", token)
			w.fails(err, fault.Denied, "signed-out")
		}
		_, err := w.p.Alive(context.Background(), "mallila", in.Token)
		w.fails(err, fault.Denied, "signed-out")
	})
}

func TestEndedSessionsAreSwept(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.add("aino", access.RoleAdviser)
		w.signIn("aino")
		w.real.Advance(13 * time.Hour)
		w.must(w.p.Sweep(context.Background(), "dvv"))
		if n := w.count(); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

// A refused read is recorded too (promise 2), and nothing of the attempt is in the entry.
func TestEntriesOfSignInHoldNoUsername(t *testing.T) {
	w := newWorld(t, openSQLite(t))
	w.add("aino", access.RoleAdviser)
	_, _ = w.try("aino.secret.marker", "password.secret.marker", "123456")
	for _, e := range w.entries {
		for _, text := range []string{e.Reason, e.Row, e.Outcome, e.Purpose, string(e.Action)} {
			if containsMarker(text) {
				t.Errorf("%+v", e)
			}
		}
	}
	if len(w.acts(vault.ActionSearch)) == 0 {
		t.Error("the search is not recorded")
	}
}
