package contact_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

// beat is a sign of life of members of staff.
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

// asked is a contact that Aino has and Bertil is asked to take.
func asked(w *desktest.World) (contact.Contact, contact.Citizen) {
	w.T.Helper()
	of, who := w.Taken(desktest.Advice)
	beat(w, desktest.Aino, desktest.Bertil)
	to := contact.To{Adviser: desktest.Bertil.ID, Note: "Kysyy muutosta", Lang: "fi", Reason: "expertise", Warm: true}
	if err := w.Contacts.Pass(context.Background(), desktest.Aino, of.ID, to); err != nil {
		w.T.Fatal(err)
	}
	return of, who
}

func handoverOf(w *desktest.World, id string) (state contact.HandoverState) {
	w.T.Helper()
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		h, _, err := contact.HandoverOf(ctx, tx, "dvv", id)
		state = h.State
		return err
	})
	return state
}

// A warm pass: whoever is asked reads nothing until they accept; then both read, each in a reading
// session of their own, and only the receiver answers; the sender leaves when they like.
func TestAskedColleagueAcceptsAndBothReadUntilTheSenderLeaves(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := asked(w)
		if _, err := w.Contacts.Reply(t.Context(), desktest.Bertil, of.ID, draft("Hei")); !fault.Is(err, fault.Denied) {
			t.Errorf("whoever is only asked writes: %v", err)
		}
		if _, err := w.Contacts.Reply(t.Context(), desktest.Aino, of.ID, draft("Hetki")); err != nil {
			t.Errorf("whoever asked cannot go on: %v", err)
		}
		taken, err := w.Contacts.Accept(t.Context(), desktest.Bertil, of.ID)
		if err != nil || taken.Contact.Adviser != desktest.Bertil.ID || taken.Reading.Caller.ID != desktest.Bertil.ID {
			t.Fatalf("%+v, %v", taken, err)
		}
		if _, err := w.Contacts.Reply(t.Context(), desktest.Bertil, of.ID, draft("Hei, jatkan tästä")); err != nil {
			t.Error(err)
		}
		if _, err := w.Contacts.Reply(t.Context(), desktest.Aino, of.ID, draft("Minäkin")); !fault.Is(err, fault.Denied) {
			t.Errorf("whoever reads along answers the citizen: %v", err)
		}
		if _, err := w.Contacts.AddNote(t.Context(), desktest.Aino, of.ID, draft("Vielä tämä")); err != nil {
			t.Errorf("whoever reads along leaves no note: %v", err)
		}
		if got := w.Entries(of.ID); slices.Contains(got, "reading-end s_aino answer allowed") {
			t.Errorf("the sender's reading ended with the acceptance: %v", got)
		}
		if err := w.Contacts.EndHandover(t.Context(), desktest.Aino, of.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Contacts.AddNote(t.Context(), desktest.Aino, of.ID, draft("Ja tämä")); !fault.Is(err, fault.Denied) {
			t.Errorf("whoever has left still writes: %v", err)
		}
		if got := w.Events(of.ID); got != "started taken note adviser passed adviser note" {
			t.Error(got)
		}
		want := "pass s_aino answer allowed|pass s_bertil answer allowed|reading-begin s_bertil answer allowed|pass s_aino answer allowed|reading-end s_aino answer allowed"
		if got := strings.Join(w.Entries(of.ID), "|"); !strings.HasSuffix(got, want) {
			t.Error(got)
		}
	})
}

// Declined, taken back, answered twice, asked twice: the contact stays where it is, and whoever comes
// second is told so.
func TestAQuestionEndsOnce(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := asked(w)
		again := contact.To{Adviser: desktest.Bertil.ID, Warm: true}
		desktest.Fails(t, w.Contacts.Pass(t.Context(), desktest.Aino, of.ID, again), fault.Conflict, "already-asked")
		desktest.Fails(t, w.Contacts.EndHandover(t.Context(), desktest.Lea, of.ID), fault.Conflict, "ask-ended")
		if err := w.Contacts.EndHandover(t.Context(), desktest.Bertil, of.ID); err != nil {
			t.Fatal(err)
		}
		_, err := w.Contacts.Accept(t.Context(), desktest.Bertil, of.ID)
		desktest.Fails(t, err, fault.Conflict, "ask-ended")
		desktest.Fails(t, w.Contacts.EndHandover(t.Context(), desktest.Aino, of.ID), fault.Conflict, "ask-ended")
		if got := w.Load(of.ID); got.Adviser != desktest.Aino.ID || got.Status != contact.Active {
			t.Errorf("%+v", got)
		}
		_, err = w.Contacts.Accept(t.Context(), desktest.Foreign, of.ID)
		desktest.Fails(t, err, fault.NotFound, "contact-not-found")
		desktest.Fails(t, w.Contacts.EndHandover(t.Context(), desktest.Foreign, of.ID), fault.NotFound, "contact-not-found")
		wrong := contact.To{Adviser: desktest.Bertil.ID, Reason: "because", Warm: true}
		desktest.Fails(t, w.Contacts.Pass(t.Context(), desktest.Aino, of.ID, wrong), fault.Invalid, "unknown-reason")
		desktest.Fails(t, w.Contacts.Pass(t.Context(), desktest.Aino, of.ID, contact.To{Service: desktest.Advice, Warm: true}), fault.Invalid, "pass-to-one")
	})
}

// Two at once: the receiver in two windows, the sender who takes it back meanwhile, a lead who gives
// it to somebody else. Whatever comes first stands, and no contact is with two or with nobody.
func TestOfManyWhoPassAtOnceOneWins(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := asked(w)
		acts := []func() error{
			func() error { _, err := w.Contacts.Accept(t.Context(), desktest.Bertil, of.ID); return err },
			func() error { _, err := w.Contacts.Accept(t.Context(), desktest.Bertil, of.ID); return err },
			func() error {
				return w.Contacts.Pass(t.Context(), desktest.Aino, of.ID, contact.To{Service: desktest.Advice})
			},
			func() error {
				return w.Contacts.Pass(t.Context(), desktest.Aino, of.ID, contact.To{Service: desktest.Advice})
			},
		}
		errs := make([]error, len(acts))
		var done sync.WaitGroup
		for i, act := range acts {
			done.Go(func() { errs[i] = act() })
		}
		done.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Denied):
				t.Errorf("whoever was late was told %v", err)
			}
		}
		got := w.Load(of.ID)
		if won != 1 || (got.Status == contact.Active) != (got.Adviser == desktest.Bertil.ID) {
			t.Errorf("%d won: %+v, %v", won, got, errs)
		}
	})
}

// Whoever was asked goes before answering: the contact is still the sender's. So is one that is not
// answered in time.
func TestAReceiverWhoLeavesOrIsSilentLosesNothing(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := asked(w)
		if err := w.Contacts.AdviserLeft(t.Context(), "dvv", desktest.Bertil.ID); err != nil || handoverOf(w, of.ID) != "" {
			t.Errorf("signed out: %s, %v", handoverOf(w, of.ID), err)
		}
		silent, _ := asked(w)
		w.Clock.Advance(119 * time.Second)
		beat(w, desktest.Aino, desktest.Bertil)
		if err := w.Contacts.Sweep(t.Context()); err != nil || handoverOf(w, silent.ID) != contact.Asked {
			t.Errorf("before its time: %s, %v", handoverOf(w, silent.ID), err)
		}
		w.Clock.Advance(2 * time.Second)
		if err := w.Contacts.Sweep(t.Context()); err != nil || handoverOf(w, silent.ID) != "" {
			t.Errorf("after its time: %s, %v", handoverOf(w, silent.ID), err)
		}
		lost, _ := asked(w)
		w.Clock.Advance(61 * time.Second)
		beat(w, desktest.Aino)
		if err := w.Contacts.Sweep(t.Context()); err != nil || handoverOf(w, lost.ID) != "" {
			t.Errorf("line lost: %s, %v", handoverOf(w, lost.ID), err)
		}
		for _, id := range []string{of.ID, silent.ID, lost.ID} {
			if got := w.Load(id); got.Adviser != desktest.Aino.ID || got.Status != contact.Active {
				t.Errorf("%+v", got)
			}
		}
	})
}

// A contact that was given comes back to its sender when the receiver goes before looking at it, and to
// the front of the queue when the sender has gone too, or once the receiver had looked.
func TestWhatWasGivenComesBack(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		given := func() contact.Contact {
			of, _ := w.Taken(desktest.Advice)
			beat(w, desktest.Aino, desktest.Bertil)
			if err := w.Contacts.Pass(t.Context(), desktest.Aino, of.ID, contact.To{Adviser: desktest.Bertil.ID}); err != nil {
				t.Fatal(err)
			}
			return of
		}
		leaves := func() {
			if err := w.Contacts.AdviserLeft(t.Context(), "dvv", desktest.Bertil.ID); err != nil {
				t.Fatal(err)
			}
		}
		of := given()
		leaves()
		if got := w.Load(of.ID); got.Adviser != desktest.Aino.ID || w.Events(of.ID) != "started taken passed returned" {
			t.Errorf("%+v %s", got, w.Events(of.ID))
		}
		if _, err := w.Contacts.Reply(t.Context(), desktest.Aino, of.ID, draft("Jatkan")); err != nil {
			t.Error(err)
		}
		looked := given()
		if err := w.Contacts.Received(t.Context(), desktest.Bertil, looked.ID); err != nil {
			t.Fatal(err)
		}
		leaves()
		if got := w.Load(looked.ID); got.Status != contact.Waiting || got.Rank != 0 {
			t.Errorf("%+v", got)
		}
		both := given()
		w.Write(func(ctx context.Context, tx *store.Tx) error { return w.Queue.Leave(ctx, tx, "dvv", desktest.Aino.ID) })
		leaves()
		if got := w.Load(both.ID); got.Status != contact.Waiting || got.Rank != 0 || handoverOf(w, both.ID) != "" {
			t.Errorf("%+v", got)
		}
	})
}

// While both are there, whoever goes first leaves it to the other.
func TestWhoeverStaysGoesOn(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		joined := func() contact.Contact {
			of, _ := asked(w)
			if _, err := w.Contacts.Accept(t.Context(), desktest.Bertil, of.ID); err != nil {
				t.Fatal(err)
			}
			return of
		}
		of := joined()
		if err := w.Contacts.AdviserLeft(t.Context(), "dvv", desktest.Bertil.ID); err != nil {
			t.Fatal(err)
		}
		if got := w.Load(of.ID); got.Adviser != desktest.Aino.ID || got.Status != contact.Active {
			t.Errorf("the receiver went: %+v", got)
		}
		if _, err := w.Contacts.Reply(t.Context(), desktest.Aino, of.ID, draft("Jatkan")); err != nil {
			t.Error(err)
		}
		of = joined()
		if err := w.Contacts.AdviserLeft(t.Context(), "dvv", desktest.Aino.ID); err != nil {
			t.Fatal(err)
		}
		if got := w.Load(of.ID); got.Adviser != desktest.Bertil.ID || handoverOf(w, of.ID) != "" {
			t.Errorf("the sender went: %+v", got)
		}
		if got := w.Entries(of.ID); got[len(got)-1] != "reading-end s_aino answer allowed" {
			t.Errorf("%v", got)
		}
	})
}

// A close ends every handover and what was read along.
func TestACloseEndsTheHandover(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := asked(w)
		if _, err := w.Contacts.Accept(t.Context(), desktest.Bertil, of.ID); err != nil {
			t.Fatal(err)
		}
		if err := w.Contacts.End(t.Context(), who); err != nil || handoverOf(w, of.ID) != "" {
			t.Errorf("%s, %v", handoverOf(w, of.ID), err)
		}
		ended := strings.Join(w.Entries(of.ID), "|")
		if !strings.Contains(ended, "reading-end s_aino") || !strings.Contains(ended, "reading-end s_bertil") {
			t.Error(ended)
		}
	})
}

// A service is closed while fifty are served and one waits: those go on until they end, whoever waits
// keeps their place, new ones are refused, and what is passed to its queue is not lost.
func TestAServiceClosedInTheMiddleOfFiftyChats(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		type chat struct {
			of  contact.Contact
			who contact.Citizen
		}
		var running []chat
		for range 50 {
			of, who := w.Taken(desktest.Advice)
			running = append(running, chat{of, who})
		}
		waiting, _ := w.Start(desktest.Advice, nil)
		closeNow(w)
		_, err := w.Contacts.Start(t.Context(), contact.Beginning{Authority: "dvv", Service: desktest.Advice, Lang: "fi", ClientID: desktest.ClientID()})
		desktest.Fails(t, err, fault.Conflict, "service-closed")
		if err := w.Contacts.Pass(t.Context(), desktest.Aino, running[0].of.ID, contact.To{Service: desktest.Advice}); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			w.Clock.Advance(30 * time.Second)
			beat(w, desktest.Aino)
			if err := w.Contacts.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range running[1:] {
			if _, err := w.Contacts.Post(t.Context(), c.who, draft("Vielä yksi asia")); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Contacts.Reply(t.Context(), desktest.Aino, c.of.ID, draft("Vastaus")); err != nil {
				t.Fatal(err)
			}
			if err := w.Contacts.Close(t.Context(), desktest.Aino, c.of.ID, "moving", "answered"); err != nil {
				t.Fatal(err)
			}
		}
		for _, id := range []string{running[0].of.ID, waiting.ID} {
			if _, err := w.Contacts.TakeNext(t.Context(), desktest.Aino, "", ""); err != nil || w.Load(id).Status != contact.Active {
				t.Errorf("%s: %s, %v", id, w.Load(id).Status, err)
			}
		}
	})
}

func closeNow(w *desktest.World) {
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		return w.Services.SetClosure(ctx, tx, w.Pen("dvv"), desktest.Advice, &service.Closure{Since: w.Clock.Now(), Message: desktest.Text("Häiriö")})
	})
}
