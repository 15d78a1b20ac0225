package queue_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/queue"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

// push has the Finnish queue of citizens' advice offered.
func push(w *desktest.World, r service.Routing) {
	w.T.Helper()
	one, err := w.Services.Get(context.Background(), "dvv", desktest.Advice)
	if err != nil {
		w.T.Fatal(err)
	}
	r.Push, r.Offer = []string{"fi"}, 30*time.Second
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		return w.Services.SetRouting(ctx, tx, w.Pen("dvv"), one.ID, r)
	})
}

func beat(w *desktest.World, who ...access.Caller) {
	w.T.Helper()
	var ids []string
	for _, c := range who {
		ids = append(ids, c.ID)
	}
	if err := w.Queue.Beat(context.Background(), "dvv", ids); err != nil {
		w.T.Fatal(err)
	}
}

func round(w *desktest.World) queue.Round {
	w.T.Helper()
	r, err := w.Queue.Offer(context.Background(), "dvv")
	if err != nil {
		w.T.Fatal(err)
	}
	return r
}

// offered is what caller sees offered, and who they are said to be.
func offered(w *desktest.World, caller access.Caller) (string, queue.Presence) {
	w.T.Helper()
	b, err := w.Queue.Board(context.Background(), caller)
	if err != nil {
		w.T.Fatal(err)
	}
	if b.Offer == nil {
		return "", b.Me.Presence
	}
	return b.Offer.Contact, b.Me.Presence
}

// The program offers the next to one adviser; nobody else takes it meanwhile; taking it is an ordinary
// taking, recorded before anything is read.
func TestAnOfferIsForOne(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		push(w, service.Routing{})
		beat(w, desktest.Aino, desktest.Bertil)
		of, _ := w.Start(desktest.Advice, nil)
		if r := round(w); !r.Changed || !r.Next.Equal(w.Clock.Now().Add(30*time.Second)) {
			t.Errorf("the round: %+v", r)
		}
		if r := round(w); r.Changed {
			t.Error("a second round changed something")
		}
		holder, other := desktest.Aino, desktest.Bertil
		if got, _ := offered(w, holder); got != of.ID {
			holder, other = other, holder
		}
		if got, _ := offered(w, holder); got != of.ID {
			t.Fatal("offered to nobody")
		}
		if got, _ := offered(w, other); got != "" {
			t.Error("offered to both")
		}
		_, err := w.Contacts.Take(t.Context(), other, of.ID)
		desktest.Fails(t, err, fault.Conflict, "contact-offered")
		_, err = w.Contacts.TakeNext(t.Context(), other, "", "")
		desktest.Fails(t, err, fault.NotFound, "queue-empty")
		if len(w.Entries(of.ID)) != 0 {
			t.Errorf("an offer reads nothing, but %v", w.Entries(of.ID))
		}
		taken, err := w.Contacts.Take(t.Context(), holder, of.ID)
		if err != nil || taken.Contact.Adviser != holder.ID {
			t.Fatal(taken, err)
		}
		if got := strings.Join(w.Entries(of.ID), "; "); !strings.Contains(got, holder.ID+" answer allowed") {
			t.Errorf("the taking is not recorded: %s", got)
		}
		if got, _ := offered(w, holder); got != "" {
			t.Error("still offered after it was taken")
		}
	})
}

// Who lets an offer pass is away; the contact keeps its place and goes to the next; one who was never
// asked again comes back by their own word.
func TestAnOfferThatPassesGoesToTheNext(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		push(w, service.Routing{})
		beat(w, desktest.Aino)
		of, _ := w.Start(desktest.Advice, nil)
		round(w)
		w.Clock.Advance(31 * time.Second)
		beat(w, desktest.Aino, desktest.Bertil)
		if got, _ := offered(w, desktest.Aino); got != "" {
			t.Error("an offer whose time is over is still shown")
		}
		if r := round(w); !r.Changed {
			t.Error("nothing changed")
		}
		if _, state := offered(w, desktest.Aino); state != queue.Away {
			t.Errorf("who let it pass is %s", state)
		}
		if got, _ := offered(w, desktest.Bertil); got != of.ID {
			t.Errorf("offered to the next: %q", got)
		}
		if now := w.Load(of.ID); now.QueuedAt != of.QueuedAt || now.Rank != of.Rank {
			t.Errorf("it lost its place: %d %d, was %d %d", now.QueuedAt, now.Rank, of.QueuedAt, of.Rank)
		}
		if err := w.Queue.SetPresence(t.Context(), "dvv", desktest.Bertil.ID, queue.Busy); err != nil {
			t.Fatal(err)
		}
		if got, _ := offered(w, desktest.Bertil); got != "" {
			t.Error("who is busy is still offered it")
		}
		if r := round(w); r.Changed {
			t.Error("offered although nobody is available")
		}
		if err := w.Queue.SetPresence(t.Context(), "dvv", desktest.Aino.ID, queue.Present); err != nil {
			t.Fatal(err)
		}
		round(w)
		if got, _ := offered(w, desktest.Aino); got != of.ID {
			t.Errorf("offered to who came back: %q", got)
		}
	})
}

// An adviser without a sign of life, and one who signs out, lose the offer; a citizen who leaves ends it.
func TestOffersEndWithWhoeverLeaves(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		push(w, service.Routing{})
		beat(w, desktest.Aino)
		of, who := w.Start(desktest.Advice, nil)
		round(w)
		w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Queue.Leave(ctx, tx, "dvv", desktest.Aino.ID) })
		beat(w, desktest.Bertil)
		round(w)
		if got, _ := offered(w, desktest.Bertil); got != of.ID {
			t.Errorf("offered to the next: %q", got)
		}
		if err := w.Contacts.End(t.Context(), who); err != nil {
			t.Fatal(err)
		}
		if got, _ := offered(w, desktest.Bertil); got != "" {
			t.Error("offered although the citizen has left")
		}
		next, _ := w.Start(desktest.Advice, nil)
		round(w)
		if got, _ := offered(w, desktest.Bertil); got != next.ID {
			t.Errorf("the next one: %q", got)
		}
	})
}

// Without a speaker of the language present it goes to any after the time that the lead has set.
func TestOffersWidenAfterATime(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		push(w, service.Routing{Widen: time.Minute})
		beat(w, desktest.Aino)
		w.Write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, store.MustQueries("-- name: x\ninsert into staff_skill (authority, staff, languages, services, capacity) values (?, ?, ?, ?, ?);").Get("x"),
				"dvv", desktest.Aino.ID, "sv", "", 1)
			return err
		})
		of, _ := w.Start(desktest.Advice, nil)
		if r := round(w); r.Changed {
			t.Error("offered to one without the language at once")
		}
		w.Clock.Advance(time.Minute)
		beat(w, desktest.Aino)
		round(w)
		if got, _ := offered(w, desktest.Aino); got != of.ID {
			t.Errorf("after a minute: %q", got)
		}
		if _, err := w.Contacts.Take(t.Context(), desktest.Aino, of.ID); err != nil {
			t.Fatal(err)
		}
		w.Start(desktest.Advice, nil)
		w.Clock.Advance(time.Minute)
		beat(w, desktest.Aino)
		if r := round(w); r.Changed {
			t.Error("offered past the capacity")
		}
	})
}

// Two nodes offer, advisers take, leave and come back, all at once: no contact is lost, none is in two
// hands or offered twice, and nobody is given more than they can have by the program.
func TestOffersOfTwoNodesAtOnce(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		push(w, service.Routing{})
		staff := []access.Caller{desktest.Aino, desktest.Bertil}
		beat(w, staff...)
		var started []string
		for range 8 {
			of, _ := w.Start(desktest.Advice, nil)
			started = append(started, of.ID)
		}
		other, err := queue.New(w.DB, w.Services, w.Clock.Now) // another node over the same database
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for _, node := range []*queue.Queue{w.Queue, other} {
			all.Go(func() {
				for range 25 {
					if _, err := node.Offer(context.Background(), "dvv"); err != nil && !fault.Is(err, fault.Busy) {
						t.Error(err)
					}
				}
			})
		}
		for i, who := range staff {
			all.Go(func() {
				if err := work(w, other, who, i); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		w.Read(func(ctx context.Context, tx *store.Tx) error { return sound(ctx, tx, t, started) })
	})
}

// work takes what is offered, and goes away and comes back in between.
func work(w *desktest.World, on *queue.Queue, who access.Caller, i int) (failed error) {
	ctx := context.Background()
	for n := range 25 {
		b, err := on.Board(ctx, who)
		if err == nil && b.Offer != nil && b.Me.Load < queue.Capacity {
			_, err = w.Contacts.Take(ctx, who, b.Offer.Contact)
		}
		if err == nil && n%5 == i {
			err = errors.Join(on.SetPresence(ctx, "dvv", who.ID, queue.Away), on.SetPresence(ctx, "dvv", who.ID, queue.Present))
		}
		if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Busy) {
			return err
		}
	}
	return nil
}

// sound checks what must hold of the rows whatever happened.
func sound(ctx context.Context, tx *store.Tx, t *testing.T, started []string) error {
	held := map[string]int{}
	for _, id := range started {
		of, err := contact.Load(ctx, tx, "dvv", id)
		if err != nil {
			return err
		}
		if of.Status != contact.Waiting && (of.Status != contact.Active || of.Adviser == "") {
			t.Errorf("%s is %s with %q", id, of.Status, of.Adviser)
		}
		if of.Advisers > 1 {
			t.Errorf("%s was taken %d times", id, of.Advisers)
		}
		held[of.Adviser]++
	}
	for who, n := range held {
		if who != "" && n > queue.Capacity {
			t.Errorf("%s has %d", who, n)
		}
	}
	var seen []string
	return tx.Each(ctx, store.MustQueries("-- name: x\nselect contact, staff from contact_offer where authority = ?;").Get("x"), func(scan func(...any) error) error {
		var id, who string
		err := scan(&id, &who)
		if slices.Contains(seen, id) || slices.Contains(seen, who) {
			err = errors.Join(err, fmt.Errorf("%s and %s are offered twice", id, who))
		}
		seen = append(seen, id, who)
		return err
	}, "dvv")
}
