package contact_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/fault"
	"luukku/store"
)

// grant gives Aino another grant and returns its id.
func grant(w *desktest.World, service string, until time.Time) (id string) {
	g := access.Grant{Authority: "dvv", Staff: desktest.Aino.ID, Role: access.RoleAdviser, Service: service}
	if !until.IsZero() {
		g.Until = until.UnixMilli()
	}
	w.Write(func(ctx context.Context, tx *store.Tx) (err error) {
		id, err = w.Register.AddGrant(ctx, tx, g)
		return err
	})
	return id
}

// withdraw takes Aino's grants away, but those given.
func withdraw(w *desktest.World, keep ...string) {
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		all, err := access.All(ctx, tx, "dvv", desktest.Aino.ID, w.Clock.Now())
		for _, g := range all {
			if !slices.Contains(keep, g.ID) {
				err = errors.Join(err, w.Register.WithdrawGrant(ctx, tx, "dvv", g.ID, w.Clock.Now()))
			}
		}
		return err
	})
}

// Of several grants one ends: what the others reach stays (S4-18).
func TestReleaseGivesBackWhatNoGrantReaches(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		a, _ := w.Taken(desktest.Advice)
		b, _ := w.Taken(desktest.Guardianship)
		advice := grant(w, desktest.Advice, time.Time{})
		release := func(wantA, wantB contact.Status) {
			t.Helper()
			err := w.Contacts.Release(t.Context(), "dvv", desktest.Aino.ID)
			if a, b := w.Load(a.ID).Status, w.Load(b.ID).Status; err != nil || a != wantA || b != wantB {
				t.Errorf("%s, %s, %v", a, b, err)
			}
		}
		release(contact.Active, contact.Active)
		withdraw(w, advice)
		release(contact.Active, contact.Waiting)
		w.Write(func(ctx context.Context, tx *store.Tx) error {
			return w.Register.SetSecrecy(ctx, tx, "dvv", desktest.Aino.ID, "", w.Clock.Now())
		})
		release(contact.Waiting, contact.Waiting)
	})
}

// A grant that runs out by its time gives the contacts back, though nobody withdrew anything.
func TestAGrantThatRunsOutGivesContactsBack(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		withdraw(w, grant(w, "", w.Clock.Now().Add(10*time.Minute)), grant(w, desktest.Guardianship, time.Time{}))
		a, _ := w.Taken(desktest.Advice)
		b, _ := w.Taken(desktest.Guardianship)
		for _, want := range []contact.Status{contact.Active, contact.Waiting} {
			w.Clock.Advance(5 * time.Minute)
			err := errors.Join(w.Queue.Beat(t.Context(), "dvv", []string{desktest.Aino.ID}), w.Contacts.Sweep(t.Context()))
			if a, b := w.Load(a.ID).Status, w.Load(b.ID).Status; err != nil || a != want || b != contact.Active {
				t.Errorf("%s, %s, %v", a, b, err)
			}
		}
	})
}

// S4-17, S4-18: whose role or commitment has ended neither closes nor passes, before any sweep came by.
func TestWhoMayNotReadMayNotCloseOrPass(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Advice)
		ended, who := w.Taken(desktest.Advice)
		err := errors.Join(w.Contacts.End(t.Context(), who), w.Queue.Beat(t.Context(), "dvv", []string{desktest.Bertil.ID}))
		if err != nil {
			t.Fatal(err)
		}
		ctx, aino := t.Context(), desktest.Aino
		refused := func() {
			t.Helper()
			for _, err := range []error{
				w.Contacts.Close(ctx, aino, of.ID, "moving", "answered"), w.Contacts.Close(ctx, aino, ended.ID, "moving", "answered"),
				w.Contacts.EndAbusive(ctx, aino, of.ID), w.Contacts.Pass(ctx, aino, of.ID, contact.To{Service: desktest.Advice}),
				w.Contacts.Pass(ctx, aino, of.ID, contact.To{Adviser: desktest.Bertil.ID}),
			} {
				desktest.Fails(t, err, fault.Denied, "not-allowed")
			}
		}
		secrecy := func(day string) {
			w.Write(func(ctx context.Context, tx *store.Tx) error {
				return w.Register.SetSecrecy(ctx, tx, "dvv", aino.ID, day, w.Clock.Now())
			})
		}
		secrecy("")
		refused()
		secrecy("2026-01-02")
		withdraw(w)
		refused()
		grant(w, desktest.Advice, time.Time{})
		if err := errors.Join(w.Contacts.Close(ctx, aino, of.ID, "moving", "answered"), w.Contacts.Close(ctx, aino, ended.ID, "moving", "answered")); err != nil {
			t.Error(err)
		}
		desktest.Fails(t, w.Contacts.EndAbusive(ctx, aino, of.ID), fault.Conflict, "contact-closed")
	})
}

// Whoever signs out gives their contacts back at once, and is gone until the next sign of life.
func TestSignedOutAdvisersLeaveNobodyWaiting(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Advice)
		if err := w.Contacts.AdviserLeft(t.Context(), "dvv", desktest.Aino.ID); err != nil {
			t.Fatal(err)
		}
		if got := w.Load(of.ID); got.Status != contact.Waiting || got.Rank != 0 || w.Events(of.ID) != "started taken adviser_gone" {
			t.Errorf("%+v: %s", got, w.Events(of.ID))
		}
		b, err := w.Queue.Board(t.Context(), desktest.Aino)
		if err != nil || b.Me.Presence != "gone" {
			t.Errorf("%+v, %v", b.Me, err)
		}
	})
}
