package contact_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/fault"
)

// Take next or pick: of several at once one wins each contact, and nobody gets two.
func TestOfManyWhoTakeOneWins(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Start(desktest.Advice, nil)
		errs := make([]error, 8)
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() {
				caller := []access.Caller{desktest.Aino, desktest.Bertil}[i%2]
				_, errs[i] = w.Contacts.Take(t.Context(), caller, of.ID)
			})
		}
		wait.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			desktest.Fails(t, err, fault.Conflict, "contact-taken")
		}
		if won != 1 || w.Events(of.ID) != "started taken" {
			t.Errorf("%d won: %s", won, w.Events(of.ID))
		}
	})
}

func TestTakeNextGivesEachContactOnce(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for range 12 {
			w.Start(desktest.Advice, nil)
		}
		var mu sync.Mutex
		got := map[string]bool{}
		var wait sync.WaitGroup
		for i := range 12 {
			wait.Go(func() {
				taken, err := w.Contacts.TakeNext(t.Context(), []access.Caller{desktest.Aino, desktest.Bertil}[i%2], "", "")
				mu.Lock()
				defer mu.Unlock()
				if err != nil || got[taken.Contact.ID] {
					t.Errorf("%s: %v", taken.Contact.ID, err)
				}
				got[taken.Contact.ID] = true
			})
		}
		wait.Wait()
		_, err := w.Contacts.TakeNext(t.Context(), desktest.Aino, "", "")
		desktest.Fails(t, err, fault.NotFound, "queue-empty")
	})
}

// The longest wait comes first, among the services and the language that the adviser serves.
func TestTakeNextTakesTheLongestWait(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		guardianship, _ := w.Start(desktest.Guardianship, nil)
		w.Clock.Advance(time.Second)
		first, _ := w.Start(desktest.Advice, nil)
		w.Clock.Advance(time.Second)
		begun, err := w.Contacts.Start(t.Context(), contact.Beginning{Authority: "dvv", Service: desktest.Advice, Lang: "sv", ClientID: desktest.ClientID()})
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			caller              access.Caller
			service, lang, want string
		}{
			{desktest.Bertil, "", "sv", begun.Contact.ID},
			{desktest.Bertil, "", "", first.ID}, // not the older one of a service that is not his
			{desktest.Aino, desktest.Guardianship, "fi", guardianship.ID},
		} {
			taken, err := w.Contacts.TakeNext(t.Context(), step.caller, step.service, step.lang)
			if err != nil || taken.Contact.ID != step.want {
				t.Errorf("%s took %s, %v; want %s", step.caller.ID, taken.Contact.ID, err, step.want)
			}
		}
	})
}

// S4-17, S4-18: only advisers of the service take; what is refused is recorded and leaves nothing.
func TestOnlyAdvisersOfTheServiceTake(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Start(desktest.Guardianship, nil)
		for _, caller := range []access.Caller{desktest.Bertil, desktest.Nobody, desktest.Clerk, desktest.Lea} {
			if _, err := w.Contacts.Take(t.Context(), caller, of.ID); !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", caller.ID, err)
			}
		}
		_, err := w.Contacts.Take(t.Context(), desktest.Foreign, of.ID)
		desktest.Fails(t, err, fault.NotFound, "contact-not-found")
		if got := w.Load(of.ID); got.Status != contact.Waiting || got.Seq != 1 {
			t.Errorf("%+v", got)
		}
		if n := len(w.Entries(of.ID)); n != 4 {
			t.Errorf("%d refusals recorded: %v", n, w.Entries(of.ID))
		}
	})
}

func TestPassToAnAdviserMovesTheReading(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		to := contact.To{Adviser: desktest.Bertil.ID, Note: "HETU oli viestissä", Lang: "fi"}
		err := w.Contacts.Pass(t.Context(), desktest.Aino, of.ID, to)
		desktest.Fails(t, err, fault.Conflict, "adviser-not-present")
		if err := w.Queue.Beat(t.Context(), "dvv", []string{desktest.Bertil.ID}); err != nil {
			t.Fatal(err)
		}
		var notes []string
		w.OnPush = func(p vault.Pushed) {
			if note, ok := p.Opened.Text("note"); ok {
				notes = append(notes, note)
			}
		}
		if err := w.Contacts.Pass(t.Context(), desktest.Aino, of.ID, to); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(notes, "|"); got != "•••• oli viestissä" {
			t.Errorf("the note: %q", got)
		}
		if _, err := w.Contacts.Reply(t.Context(), desktest.Aino, of.ID, draft("Hei")); !fault.Is(err, fault.Denied) {
			t.Errorf("whoever passed it on still writes: %v", err)
		}
		if _, err := w.Contacts.Reply(t.Context(), desktest.Bertil, of.ID, draft("Hei")); err != nil {
			t.Error(err)
		}
		var pushed int
		w.OnPush = func(vault.Pushed) { pushed++ }
		if _, err := w.Contacts.Post(t.Context(), who, draft("Hei")); err != nil || pushed != 0 {
			t.Errorf("%d pushed to whoever passed it on, %v", pushed, err)
		}
		if got := w.Events(of.ID); got != "started taken note passed adviser citizen" {
			t.Error(got)
		}
		if got := strings.Join(w.Entries(of.ID), "|"); !strings.HasSuffix(got, "reading-begin s_aino answer allowed|pass s_aino answer allowed|reading-end s_aino answer allowed|write s_bertil answer allowed") {
			t.Error(got)
		}
	})
}

func TestPassToAQueuePutsItInFront(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Advice)
		w.Start(desktest.Advice, nil)
		w.Clock.Advance(time.Minute / 2)
		if err := w.Contacts.Pass(t.Context(), desktest.Aino, of.ID, contact.To{Service: desktest.Advice}); err != nil {
			t.Fatal(err)
		}
		places, err := w.Queue.Places(t.Context(), "dvv", desktest.Advice, "fi")
		if err != nil || len(places) != 2 || places[of.ID].Position != 1 {
			t.Errorf("%v, %v", places, err)
		}
		taken, err := w.Contacts.TakeNext(t.Context(), desktest.Bertil, "", "")
		if err != nil || taken.Contact.ID != of.ID || w.Events(of.ID) != "started taken queued taken" {
			t.Errorf("%s, %v, %s", taken.Contact.ID, err, w.Events(of.ID))
		}
	})
}

func TestPassIsRefusedWhereTheCitizenWasToldOtherTerms(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Guardianship)
		if err := w.Queue.Beat(t.Context(), "dvv", []string{desktest.Bertil.ID, desktest.Aino.ID}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			to   contact.To
			code fault.Code
			key  string
		}{
			{contact.To{Service: desktest.Advice}, fault.Conflict, "service-other-notice"},
			{contact.To{Adviser: desktest.Bertil.ID}, fault.Conflict, "adviser-not-of-service"},
			{contact.To{Adviser: "s_unknown"}, fault.Conflict, "adviser-not-of-service"},
			{contact.To{Adviser: desktest.Aino.ID}, fault.Invalid, "pass-to-one"},
			{contact.To{Adviser: "a", Service: "b"}, fault.Invalid, "pass-to-one"},
			{contact.To{}, fault.Invalid, "pass-to-one"},
			{contact.To{Service: "no-such"}, fault.NotFound, "service-not-found"},
		} {
			desktest.Fails(t, w.Contacts.Pass(t.Context(), desktest.Aino, of.ID, c.to), c.code, c.key)
		}
		if got := w.Events(of.ID); got != "started taken" {
			t.Error(got)
		}
	})
}

// A lead reassigns what waits or runs in a service of theirs; an adviser does not.
func TestLeadReassigns(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Advice)
		if err := w.Queue.Beat(t.Context(), "dvv", []string{desktest.Bertil.ID}); err != nil {
			t.Fatal(err)
		}
		err := w.Contacts.Reassign(t.Context(), desktest.Bertil, of.ID, desktest.Bertil.ID)
		desktest.Fails(t, err, fault.Denied, "not-lead")
		if err := w.Contacts.Reassign(t.Context(), desktest.Lea, of.ID, desktest.Bertil.ID); err != nil {
			t.Fatal(err)
		}
		if got := w.Load(of.ID); got.Adviser != desktest.Bertil.ID || w.Events(of.ID) != "started taken passed" {
			t.Errorf("%s: %s", got.Adviser, w.Events(of.ID))
		}
		waiting, _ := w.Start(desktest.Advice, nil)
		if err := w.Contacts.Reassign(t.Context(), desktest.Lea, waiting.ID, desktest.Bertil.ID); err != nil {
			t.Fatal(err)
		}
		if got := w.Load(waiting.ID); got.Status != contact.Active || got.WaitingSince == 0 { // nobody has answered yet
			t.Errorf("%+v", got)
		}
	})
}

// Close with topic and outcome; reopen within the hour, then it is settled and stays closed.
func TestCloseReopenSettle(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		close := func(topic, outcome string) error {
			return w.Contacts.Close(t.Context(), desktest.Aino, of.ID, topic, outcome)
		}
		desktest.Fails(t, close("moving", "splendid"), fault.Invalid, "unknown-outcome")
		desktest.Fails(t, close("gardening", "answered"), fault.Invalid, "unknown-topic")
		desktest.Fails(t, close("", "answered"), fault.Invalid, "topic-required")
		if err := close("moving", "answered"); err != nil {
			t.Fatal(err)
		}
		desktest.Fails(t, close("moving", "answered"), fault.Conflict, "contact-closed")
		w.Clock.Advance(59 * time.Minute)
		if _, err := w.Contacts.Settle(t.Context(), "dvv"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Contacts.Reopen(t.Context(), desktest.Aino, of.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Contacts.Post(t.Context(), who, draft("Vielä yksi asia")); err != nil {
			t.Error(err)
		}
		if err := close("", "answered"); err != nil { // the topic is kept
			t.Fatal(err)
		}
		w.Clock.Advance(time.Hour)
		_, err := w.Contacts.Reopen(t.Context(), desktest.Aino, of.ID)
		desktest.Fails(t, err, fault.Conflict, "contact-not-reopened")
		if n, err := w.Contacts.Settle(t.Context(), "dvv"); n != 1 || err != nil {
			t.Errorf("%d settled, %v", n, err)
		}
		if n, err := w.Contacts.Settle(t.Context(), "dvv"); n != 0 || err != nil {
			t.Errorf("%d settled twice, %v", n, err)
		}
		if got := w.Load(of.ID); got.Status != contact.Settled || got.Lang != "" || got.Topic != "" || got.Adviser != "" ||
			got.StartedAt != 0 || got.ClosedAt != 0 || got.LastAt != 0 || got.TakenAt != 0 {
			t.Errorf("what is left in plain: %+v", got)
		}
		if got := w.Events(of.ID); got != "started taken closed reopened citizen closed" {
			t.Error(got)
		}
		_, err = w.Contacts.Mine(t.Context(), who)
		desktest.Fails(t, err, fault.NotFound, "contact-not-found")
	})
}

func TestAbusiveContactsStayClosed(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		if err := w.Contacts.EndAbusive(t.Context(), desktest.Aino, of.ID); err != nil {
			t.Fatal(err)
		}
		_, err := w.Contacts.Reopen(t.Context(), desktest.Aino, of.ID)
		desktest.Fails(t, err, fault.Conflict, "contact-not-reopened")
		_, err = w.Contacts.Post(t.Context(), who, draft("Hei"))
		desktest.Fails(t, err, fault.Conflict, "contact-closed")
	})
}

// What the citizen closed is given its topic and outcome by the adviser, without another event.
func TestAdviserClassifiesWhatTheCitizenEnded(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		if err := w.Contacts.End(t.Context(), who); err != nil {
			t.Fatal(err)
		}
		if err := w.Contacts.End(t.Context(), who); err != nil {
			t.Errorf("ending twice: %v", err)
		}
		if err := w.Contacts.Close(t.Context(), desktest.Aino, of.ID, "permit", "referred"); err != nil {
			t.Fatal(err)
		}
		if got := w.Load(of.ID); got.Topic != "permit" || got.Outcome != "referred" || got.ClosedBy != contact.ByCitizen {
			t.Errorf("%+v", got)
		}
		if got := w.Events(of.ID); got != "started taken closed" {
			t.Error(got)
		}
	})
}

// Delivered and seen only grow, and never beyond the newest line.
func TestSeenNumbersOnlyGrow(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		var told []contact.Seen
		w.OnSeen = func(s contact.Seen) { told = append(told, s) }
		ctx := t.Context()
		if _, err := w.Contacts.Post(ctx, who, draft("Hei")); err != nil {
			t.Fatal(err)
		}
		for _, do := range []func() error{
			func() error { return w.Contacts.AdviserGot(ctx, desktest.Aino, of.ID, 3) },
			func() error { return w.Contacts.AdviserSaw(ctx, desktest.Aino, of.ID, 3) },
			func() error { return w.Contacts.AdviserSaw(ctx, desktest.Aino, of.ID, 2) },
			func() error { return w.Contacts.AdviserSaw(ctx, desktest.Aino, of.ID, 99) },
			func() error { return w.Contacts.CitizenSaw(ctx, who, 2) },
			func() error { return w.Contacts.CitizenGot(ctx, who, 1) },
		} {
			if err := do(); err != nil {
				t.Error(err)
			}
		}
		for _, do := range []func(ctx context.Context, caller access.Caller, id string, n int64) error{w.Contacts.AdviserSaw, w.Contacts.AdviserGot} {
			desktest.Fails(t, do(ctx, desktest.Bertil, of.ID, 3), fault.Denied, "contact-not-yours")
			desktest.Fails(t, do(ctx, desktest.Foreign, of.ID, 3), fault.NotFound, "contact-not-found")
			desktest.Fails(t, do(ctx, desktest.Aino, "c_unknown", 3), fault.NotFound, "contact-not-found")
		}
		for _, forged := range []contact.Citizen{contact.Claim("dvv", of.ID, "forged"), contact.Claim("mallila", of.ID, "x"), contact.Claim("dvv", "c_unknown", "x")} {
			desktest.Fails(t, w.Contacts.CitizenSaw(ctx, forged, 3), fault.NotFound, "contact-not-found")
			desktest.Fails(t, w.Contacts.CitizenGot(ctx, forged, 3), fault.NotFound, "contact-not-found")
		}
		got := w.Load(of.ID)
		if got.AdviserSeen != 3 || got.AdviserReceived != 3 || got.CitizenSeen != 2 || got.CitizenReceived != 2 || got.Unread != 0 {
			t.Errorf("%+v", got)
		}
		if len(told) != 3 {
			t.Errorf("told %+v", told)
		}
	})
}
