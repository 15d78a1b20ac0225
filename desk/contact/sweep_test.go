package contact_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/service"
	"luukku/store"
)

// An adviser without a connection for 60 s loses the contact to the front of the queue, not before.
func TestContactOfALostAdviserReturnsToTheQueue(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		sweep := func(after time.Duration) {
			t.Helper()
			w.Clock.Advance(after)
			if err := w.Contacts.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		sweep(50 * time.Second)
		if err := w.Queue.Beat(t.Context(), "dvv", []string{desktest.Aino.ID}); err != nil {
			t.Fatal(err)
		}
		sweep(59 * time.Second)
		if got := w.Load(of.ID); got.Status != contact.Active {
			t.Fatalf("%s after a sign of life", got.Status)
		}
		sweep(2 * time.Second)
		sweep(2 * time.Second)
		if got := w.Load(of.ID); got.Status != contact.Waiting || got.Rank != 0 || got.Adviser != "" {
			t.Errorf("%+v", got)
		}
		if got := w.Events(of.ID); got != "started taken adviser_gone" {
			t.Error(got)
		}
		if _, err := w.Contacts.Post(t.Context(), who, draft("Oletko siellä?")); err != nil {
			t.Error(err)
		}
		if got := w.Entries(of.ID); got[len(got)-1] != "reading-end s_aino answer allowed" {
			t.Errorf("%v", got)
		}
	})
}

// A citizen who is silent after an answer is warned after 10 minutes and closed 5 minutes later;
// writing or answering the warning begins the time anew, and nobody is warned while they wait.
func TestIdleCitizensAreWarnedThenClosed(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		pass := func(after time.Duration, want contact.Status, warned bool) {
			t.Helper()
			w.Clock.Advance(after)
			err := errors.Join(w.Queue.Beat(t.Context(), "dvv", []string{desktest.Aino.ID}), w.Contacts.Sweep(t.Context()))
			if got := w.Load(of.ID); err != nil || got.Status != want || (got.IdleWarnedAt > 0) != warned {
				t.Errorf("%s, warned at %d, %v; want %s, %v", got.Status, got.IdleWarnedAt, err, want, warned)
			}
		}
		post := func() {
			t.Helper()
			if _, err := w.Contacts.Post(t.Context(), who, draft("Hei")); err != nil {
				t.Fatal(err)
			}
		}
		reply := func() {
			t.Helper()
			if _, err := w.Contacts.Reply(t.Context(), desktest.Aino, of.ID, draft("Hei")); err != nil {
				t.Fatal(err)
			}
		}
		post()
		pass(20*time.Minute, contact.Active, false) // it is the adviser's turn
		reply()
		pass(10*time.Minute-time.Second, contact.Active, false)
		pass(time.Second, contact.Active, true)
		post()
		reply()
		pass(10*time.Minute, contact.Active, true)
		if err := w.Contacts.Stay(t.Context(), who); err != nil {
			t.Fatal(err)
		}
		pass(10*time.Minute-time.Second, contact.Active, false)
		pass(time.Second, contact.Active, true)
		pass(5*time.Minute-time.Second, contact.Active, true)
		pass(time.Second, contact.Closed, false)
		if got := w.Load(of.ID); got.ClosedBy != contact.ByIdle {
			t.Error(got.ClosedBy)
		}
		want := "started taken citizen adviser idle_warning citizen adviser idle_warning idle_warning closed"
		if got := w.Events(of.ID); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
}

// "The citizen has left" and is back; one who waits and stays away leaves the queue.
func TestCitizensWhoLeave(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Start(desktest.Advice, nil)
		for _, do := range []func(context.Context, contact.Citizen) error{w.Contacts.Leave, w.Contacts.Leave, w.Contacts.Back, w.Contacts.Back, w.Contacts.Leave} {
			if err := do(t.Context(), who); err != nil {
				t.Fatal(err)
			}
		}
		w.Clock.Advance(5 * time.Minute)
		if err := w.Contacts.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.Load(of.ID); got.Status != contact.Closed || got.ClosedBy != contact.ByLeaving || got.Outcome != "left" {
			t.Errorf("%+v", got)
		}
		if got := w.Events(of.ID); got != "started citizen_left citizen_back citizen_left closed" {
			t.Error(got)
		}
	})
}

// Whoever still waits an hour after the service hours is told that nobody comes today; a service that
// is closed by hand keeps its queue.
func TestQueueEndsAfterServiceHours(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		w.Clock.Set(desktest.Noon.Add(4 * time.Hour)) // 16:00, a quarter before the end
		of, _ := w.Start(desktest.Advice, nil)
		w.Write(func(ctx context.Context, tx *store.Tx) error {
			return w.Services.SetClosure(ctx, tx, w.Pen("dvv"), desktest.Advice, &service.Closure{Since: w.Clock.Now(), Message: desktest.Text("Suljettu")})
		})
		for _, step := range []struct {
			after time.Duration
			want  contact.Status
		}{{time.Minute, contact.Waiting}, {73 * time.Minute, contact.Waiting}, {time.Minute, contact.Closed}} {
			w.Clock.Advance(step.after)
			if err := w.Contacts.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := w.Load(of.ID); got.Status != step.want {
				t.Errorf("%s at %s", got.Status, w.Clock.Now())
			}
		}
		if got := w.Load(of.ID); got.ClosedBy != contact.ByHours || w.Events(of.ID) != "started closed" {
			t.Errorf("%s: %s", got.ClosedBy, w.Events(of.ID))
		}
	})
}

// The program's end broke every connection: whoever does not come back has left, also what they wait in.
func TestNobodyIsConnectedWhenTheProgramBegins(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		gone, _ := w.Start(desktest.Advice, nil)
		stays, who := w.Start(desktest.Advice, nil)
		active, _ := w.Taken(desktest.Advice)
		closed, _ := w.Taken(desktest.Advice)
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		ok(w.Contacts.Close(t.Context(), desktest.Aino, closed.ID, "moving", "answered"))
		for range 2 {
			ok(w.Contacts.NobodyConnected(t.Context()))
		}
		for _, id := range []string{gone.ID, stays.ID, active.ID, closed.ID} {
			if got := w.Load(id); got.CitizenPresent || got.CitizenLeftAt != w.Clock.Now().UnixMilli() {
				t.Errorf("%+v", got)
			}
		}
		if got := w.Events(active.ID) + ", " + w.Events(closed.ID); got != "started taken citizen_left, started taken closed" {
			t.Error(got)
		}
		ok(w.Contacts.Back(t.Context(), who))
		w.Clock.Advance(5 * time.Minute)
		ok(w.Queue.Beat(t.Context(), "dvv", []string{desktest.Aino.ID}))
		ok(w.Contacts.Sweep(t.Context()))
		if a, b, c := w.Load(gone.ID), w.Load(stays.ID), w.Load(active.ID); a.ClosedBy != contact.ByLeaving || b.Status != contact.Waiting || c.Status != contact.Active {
			t.Errorf("%s, %s, %s", a.Status, b.Status, c.Status)
		}
	})
}

// Advisers have a minute to come back after the program began, however long it did not run.
func TestAdvisersHaveTimeToComeBackAfterARestart(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		w.Clock.Set(desktest.Noon.Add(-time.Hour)) // the program began at noon
		of, _ := w.Taken(desktest.Advice)
		for _, step := range []struct {
			after time.Duration
			want  contact.Status
		}{{59 * time.Second, contact.Active}, {time.Minute, contact.Waiting}} {
			w.Clock.Set(desktest.Noon.Add(step.after))
			if err := w.Contacts.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := w.Load(of.ID); got.Status != step.want {
				t.Errorf("%s after %s", got.Status, step.after)
			}
		}
	})
}

// A citizen who goes after the close is not shown as present when the contact is reopened.
func TestLeavingAfterTheCloseIsKnownWhenReopened(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		err := errors.Join(w.Contacts.Close(t.Context(), desktest.Aino, of.ID, "moving", "answered"), w.Contacts.Leave(t.Context(), who))
		if err != nil {
			t.Fatal(err)
		}
		taken, err := w.Contacts.Reopen(t.Context(), desktest.Aino, of.ID)
		if err != nil || taken.Contact.CitizenPresent || w.Events(of.ID) != "started taken closed reopened" {
			t.Errorf("%+v, %v: %s", taken.Contact, err, w.Events(of.ID))
		}
	})
}
