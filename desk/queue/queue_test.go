package queue_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/queue"
	"luukku/fault"
	"luukku/store"
)

// A waiting estimate only from at least 20 contacts in the last hour.
func TestEstimateNeedsTwentyContactsOfTheLastHour(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		taken := func(n int, wait time.Duration, place int64) {
			t.Helper()
			now := w.Clock.Now().UnixMilli()
			w.Write(func(ctx context.Context, tx *store.Tx) error {
				for range n {
					if err := w.Queue.CountTaken(ctx, tx, "dvv", desktest.Advice, "fi", now-wait.Milliseconds(), now, place); err != nil {
						return err
					}
				}
				return nil
			})
		}
		first, _ := w.Start(desktest.Advice, nil)
		second, _ := w.Start(desktest.Advice, nil)
		estimates := func() string {
			t.Helper()
			places, err := w.Queue.Places(t.Context(), "dvv", desktest.Advice, "fi")
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(places[first.ID], places[second.ID])
		}
		for _, of := range []contact.Contact{first, second} {
			places, _ := w.Queue.Places(t.Context(), "dvv", desktest.Advice, "fi")
			place, err := w.Queue.PlaceOf(t.Context(), "dvv", desktest.Advice, "fi", of.ID, of.Rank, of.QueuedAt)
			if err != nil || place != places[of.ID] {
				t.Errorf("%+v alone, %+v among all, %v", place, places[of.ID], err)
			}
		}
		taken(19, 4*time.Minute, 2)
		if got := estimates(); got != "{1 0} {2 0}" {
			t.Errorf("from 19: %s", got)
		}
		w.Clock.Advance(30 * time.Minute)
		taken(1, 4*time.Minute, 2)
		if got := estimates(); got != "{1 2} {2 4}" {
			t.Errorf("from 20: %s", got)
		}
		w.Clock.Advance(30 * time.Minute)
		if got := estimates(); got != "{1 0} {2 0}" {
			t.Errorf("an hour after the 19: %s", got)
		}
		taken(40, time.Second, 1)
		if got := estimates(); !strings.HasPrefix(got, "{1 1}") {
			t.Errorf("less than a minute: %s", got)
		}
		if err := w.Queue.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := estimates(); !strings.HasPrefix(got, "{1 1}") {
			t.Errorf("what is not an hour old was forgotten: %s", got)
		}
	})
}

// Only contacts taken for the first time count, and only in their own queue.
func TestTakingCountsTheWait(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for i := range 21 {
			of, _ := w.Start(desktest.Advice, nil)
			w.Clock.Advance(time.Minute)
			var err error
			if i%2 == 0 {
				_, err = w.Contacts.Take(t.Context(), desktest.Aino, of.ID)
			} else { // given by a lead, who ends a wait as well
				err = errors.Join(w.Queue.Beat(t.Context(), "dvv", []string{desktest.Aino.ID}),
					w.Contacts.Reassign(t.Context(), desktest.Lea, of.ID, desktest.Aino.ID))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			service, lang string
			want          int
		}{{desktest.Advice, "fi", 1}, {desktest.Advice, "sv", 0}, {desktest.Guardianship, "fi", 0}} {
			begun, err := w.Contacts.Start(t.Context(), contact.Beginning{Authority: "dvv", Service: c.service, Lang: c.lang, ClientID: desktest.ClientID()})
			if err != nil {
				t.Fatal(err)
			}
			places, err := w.Queue.Places(t.Context(), "dvv", c.service, c.lang)
			if err != nil || places[begun.Contact.ID].EstimateMinutes != c.want {
				t.Errorf("%s %s: %v, %v; want %d", c.service, c.lang, places, err, c.want)
			}
		}
	})
}

// The board: my contacts, the queues that I serve by service and language, who is there; few statements.
func TestBoard(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ctx := t.Context()
		mine, who := w.Taken(desktest.Advice)
		w.Clock.Advance(time.Second)
		old, _ := w.Start(desktest.Advice, nil)
		w.Clock.Advance(10 * time.Second)
		w.Start(desktest.Advice, nil)
		w.Start(desktest.Guardianship, nil)
		if _, err := w.Contacts.Post(ctx, who, contact.Draft{ClientID: desktest.ClientID(), Text: "Hei", Lang: "fi"}); err != nil {
			t.Fatal(err)
		}
		if err := w.Queue.SetPresence(ctx, "dvv", desktest.Bertil.ID, queue.Busy); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Services.List(ctx, "dvv"); err != nil { // now at hand
			t.Fatal(err)
		}
		before := w.DB.Statements()
		b, err := w.Queue.Board(ctx, desktest.Aino)
		if err != nil {
			t.Fatal(err)
		}
		if n := w.DB.Statements() - before; n > 5 {
			t.Errorf("%d statements", n)
		}
		if len(b.Mine) != 1 || b.Mine[0].Contact != mine.ID || b.Mine[0].Unread != 1 || !b.Mine[0].CitizenPresent || b.Mine[0].WaitingSince == 0 {
			t.Errorf("mine: %+v", b.Mine)
		}
		if len(b.Queues) != 6 {
			t.Fatalf("%d queues", len(b.Queues))
		}
		if q := b.Queues[0]; q.Service != desktest.Advice || q.Lang != "fi" || q.Waiting != 2 || q.LongestWait != 10*time.Second ||
			q.Contacts[0].Contact != old.ID || !q.Opening.Open {
			t.Errorf("the first queue: %+v", q)
		}
		if b.Me.Load != 1 || b.Me.Presence != queue.Present || b.Advisers[0].ID != desktest.Bertil.ID || b.Advisers[0].Presence != queue.Busy {
			t.Errorf("me %+v, others %+v", b.Me, b.Advisers)
		}
		b, err = w.Queue.Board(ctx, desktest.Bertil)
		if err != nil || len(b.Queues) != 3 || len(b.Mine) != 0 {
			t.Errorf("an adviser of one service sees %d queues, %d contacts, %v", len(b.Queues), len(b.Mine), err)
		}
	})
}

func TestBoardsAreForTheDesk(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for _, caller := range []access.Caller{desktest.Nobody, desktest.Clerk, {Authority: "dvv", Kind: access.Staff, ID: "s_unknown"}} {
			_, err := w.Queue.Board(t.Context(), caller)
			desktest.Fails(t, err, fault.Denied, "not-at-the-desk")
		}
		_, _, err := w.Queue.Overview(t.Context(), desktest.Aino)
		desktest.Fails(t, err, fault.Denied, "not-lead")
		b, err := w.Queue.Board(t.Context(), desktest.Foreign)
		if err != nil || len(b.Mine) != 0 {
			t.Errorf("%+v, %v", b.Mine, err)
		}
	})
}

// A lead sees who is present, who waits and what runs.
func TestOverview(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Guardianship)
		b, active, err := w.Queue.Overview(t.Context(), desktest.Lea)
		if err != nil || len(active) != 1 || active[0].Contact != of.ID || active[0].Adviser != desktest.Aino.ID || len(b.Queues) != 6 {
			t.Errorf("%+v, %+v, %v", b, active, err)
		}
	})
}

// Presence: what one says holds while there are signs of life; whoever signs out is gone.
func TestPresence(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ctx := t.Context()
		shown := func(caller access.Caller) queue.Presence {
			t.Helper()
			b, err := w.Queue.Board(ctx, caller)
			if err != nil {
				t.Fatal(err)
			}
			return b.Me.Presence
		}
		step := func(err error, want queue.Presence) {
			t.Helper()
			if got := shown(desktest.Aino); err != nil || got != want {
				t.Errorf("%s, %v; want %s", got, err, want)
			}
		}
		beat := func() error { return w.Queue.Beat(ctx, "dvv", []string{desktest.Aino.ID}) }
		step(nil, queue.Gone)
		step(beat(), queue.Present)
		step(w.Queue.SetPresence(ctx, "dvv", desktest.Aino.ID, queue.Away), queue.Away)
		w.Clock.Advance(50 * time.Second)
		step(beat(), queue.Away) // a sign of life changes nothing that was said
		w.Clock.Advance(61 * time.Second)
		step(nil, queue.Gone)
		step(beat(), queue.Away)
		step(w.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			return w.Queue.Leave(ctx, tx, "dvv", desktest.Aino.ID)
		}), queue.Gone)
		step(beat(), queue.Present)
		desktest.Fails(t, w.Queue.SetPresence(ctx, "dvv", desktest.Aino.ID, queue.Gone), fault.Invalid, "presence")
	})
}
