package contact_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/fault"
)

func draft(text string) contact.Draft {
	return contact.Draft{ClientID: desktest.ClientID(), Text: text, Lang: "fi"}
}

// At most 4 statements a message, nothing read back; both ways, on both engines.
func TestPostTakesFourStatements(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		ctx := t.Context()
		for name, post := range map[string]func() error{
			"citizen": func() error { _, err := w.Contacts.Post(ctx, who, draft("Hei")); return err },
			"adviser": func() error { _, err := w.Contacts.Reply(ctx, desktest.Aino, of.ID, draft("Hei")); return err },
			"note":    func() error { _, err := w.Contacts.AddNote(ctx, desktest.Aino, of.ID, draft("Hm")); return err },
		} {
			before := w.DB.Statements()
			if err := post(); err != nil {
				t.Fatal(err)
			}
			if n := w.DB.Statements() - before; n > 4 {
				t.Errorf("%s: %d statements", name, n)
			}
		}
	})
}

func TestPostIsPushedToTheSessionsThatRun(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		var got []string
		w.OnPush = func(p vault.Pushed) {
			text, _ := p.Opened.Text("text")
			line, ok := w.Contacts.InFlight("dvv", p.Row)
			if !ok || line.N != p.N || line.ClientID == "" {
				t.Errorf("the line of %s is not at hand: %+v", p.Row, line)
			}
			got = append(got, p.Reading.Caller.ID+" "+text)
		}
		if _, err := w.Contacts.Post(t.Context(), who, draft("Mitä <b>lupa</b> maksaa?")); err != nil {
			t.Fatal(err)
		}
		if strings.Join(got, "|") != "s_aino Mitä <b>lupa</b> maksaa?" {
			t.Errorf("pushed %q", got)
		}
		if _, ok := w.Contacts.InFlight("dvv", of.ID+"/3"); ok {
			t.Error("a line stays at hand after its commit")
		}
	})
}

// A replayed message id stores nothing and is answered as it was, also once the contact has closed.
func TestPostTwiceIsAnsweredAsOnce(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		d := draft("HETU on tämä")
		first, err := w.Contacts.Post(t.Context(), who, d)
		if err != nil || !first.Masked {
			t.Fatal(first, err)
		}
		d.Text = "something else"
		again, err := w.Contacts.Post(t.Context(), who, d)
		if err != nil || again != first {
			t.Errorf("again: %+v, %v; want %+v", again, err, first)
		}
		// The adviser's own id may be the same: it is another writer's.
		if ack, err := w.Contacts.Reply(t.Context(), desktest.Aino, of.ID, d); err != nil || ack.N != first.N+1 {
			t.Errorf("the adviser's message: %+v, %v", ack, err)
		}
		if err := w.Contacts.End(t.Context(), who); err != nil {
			t.Fatal(err)
		}
		if again, err := w.Contacts.Post(t.Context(), who, d); err != nil || again != first {
			t.Errorf("after the close: %+v, %v", again, err)
		}
		_, err = w.Contacts.Post(t.Context(), who, draft("late"))
		desktest.Fails(t, err, fault.Conflict, "contact-closed")
		if got := w.Events(of.ID); got != "started taken citizen adviser closed" {
			t.Error(got)
		}
	})
}

// Forged tokens, other contacts' tokens, unknown ids and another authority's ids answer alike.
func TestForgedTokensAnswerLikeUnknownContacts(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Start(desktest.Advice, nil)
		_, other := w.Start(desktest.Advice, nil)
		begun, err := w.Contacts.Start(t.Context(), contact.Beginning{Authority: "mallila", Service: desktest.Advice, Lang: "sv", ClientID: desktest.ClientID()})
		if err != nil {
			t.Fatal(err)
		}
		for name, who := range map[string]contact.Citizen{
			"forged":            contact.Claim("dvv", of.ID, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
			"empty":             contact.Claim("dvv", of.ID, ""),
			"of another":        contact.Claim("dvv", of.ID, other.Contact()),
			"unknown contact":   contact.Claim("dvv", "c_unknown", begun.Token),
			"strange id":        contact.Claim("dvv", "'; drop table contact; --", begun.Token),
			"another authority": contact.Claim("dvv", begun.Contact.ID, begun.Token),
		} {
			for what, do := range map[string]func() error{
				"post":  func() error { _, err := w.Contacts.Post(t.Context(), who, draft("Hei")); return err },
				"end":   func() error { return w.Contacts.End(t.Context(), who) },
				"leave": func() error { return w.Contacts.Leave(t.Context(), who) },
				"stay":  func() error { return w.Contacts.Stay(t.Context(), who) },
				"read":  func() error { _, err := w.Contacts.Mine(t.Context(), who); return err },
			} {
				if err := do(); err == nil || err.Error() != "not_found: contact-not-found" {
					t.Errorf("%s, %s: %v", name, what, err)
				}
			}
		}
		if got := w.Events(of.ID); got != "started" {
			t.Error(got)
		}
	})
}

func TestAdvisersPostOnlyToTheirOwn(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Advice)
		waiting, _ := w.Start(desktest.Advice, nil)
		for _, id := range []string{of.ID, waiting.ID} {
			_, err := w.Contacts.Reply(t.Context(), desktest.Bertil, id, draft("Hei"))
			desktest.Fails(t, err, fault.Denied, "contact-not-yours")
			_, err = w.Contacts.AddNote(t.Context(), desktest.Bertil, id, draft("Hei"))
			desktest.Fails(t, err, fault.Denied, "contact-not-yours")
		}
		_, err := w.Contacts.Reply(t.Context(), desktest.Foreign, of.ID, draft("Hei"))
		desktest.Fails(t, err, fault.NotFound, "contact-not-found")
	})
}

// 1 to 4,000 characters of UTF-8 in NFC, no control characters but newline and tab; HTML is text.
func TestTextsAreChecked(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		long := strings.Repeat("ä", contact.MaxText)
		var stored string
		w.OnPush = func(p vault.Pushed) { stored, _ = p.Opened.Text("text") }
		for in, want := range map[string]string{
			"a":                         "a",
			long:                        long,
			"a\u0308iti":                "äiti", // NFC
			"rivi\r\nrivi\trivi\n":      "rivi\nrivi\trivi\n",
			"<script>alert(1)</script>": "<script>alert(1)</script>",
			"🙂 שלום \u200f":             "🙂 שלום \u200f",
			"👍🏽":                        "👍🏽",
		} {
			if _, err := w.Contacts.Post(t.Context(), who, draft(in)); err != nil || stored != want {
				t.Errorf("%.20q: stored %.20q, %v", in, stored, err)
			}
		}
		for in, key := range map[string]string{
			"":                   "text-empty",
			" \n\t ":             "text-empty",
			"\u200b\u2060\u3164": "text-empty",
			"\ufe0f\u0301":       "text-empty",
			long + "a":           "text-too-long",
			"broken \xff":        "text-not-utf8",
			"bell \a":            "text-control-character",
			"null \x00":          "text-control-character",
			"return \r":          "text-control-character",
			"escape \u009b":      "text-control-character",
			"delete \x7f":        "text-control-character",
			long + long + "€€€":  "text-too-long",
		} {
			_, err := w.Contacts.Post(t.Context(), who, draft(in))
			desktest.Fails(t, err, fault.Invalid, key)
			if fault.Of(err).Field != "text" {
				t.Errorf("%.20q: field %q", in, fault.Of(err).Field)
			}
		}
		bad := draft("Hei")
		bad.Lang = "de"
		_, err := w.Contacts.Post(t.Context(), who, bad)
		desktest.Fails(t, err, fault.Invalid, "unknown-language")
		for _, id := range []string{"", "short", strings.Repeat("a", 65), "with space in it", "ääääääää"} {
			bad = draft("Hei")
			bad.ClientID = id
			_, err := w.Contacts.Post(t.Context(), who, bad)
			desktest.Fails(t, err, fault.Invalid, "client-id")
		}
		w.Events(of.ID)
	})
}

// One cancelled request leaves no gap and no half.
func TestCancelledPostLeavesNothing(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := w.Contacts.Post(ctx, who, draft("Hei")); err == nil {
			t.Error("a cancelled post was acknowledged")
		}
		if _, err := w.Contacts.Post(t.Context(), who, draft("Hei")); err != nil {
			t.Fatal(err)
		}
		w.Events(of.ID)
	})
}

// Many who write into one contact at once, some of them twice: every message once, numbers without a
// gap, and nobody waits for another for good.
func TestManyPostAtOnce(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		drafts := make([]contact.Draft, 40)
		for i := range drafts {
			drafts[i] = draft("Hei")
		}
		var mu sync.Mutex
		numbers := map[string]int64{}
		var wait sync.WaitGroup
		for i := range 3 * len(drafts) {
			wait.Go(func() {
				d := drafts[i%len(drafts)]
				post := func() (contact.Ack, error) { return w.Contacts.Post(t.Context(), who, d) }
				if i%2 == 1 {
					post = func() (contact.Ack, error) { return w.Contacts.Reply(t.Context(), desktest.Aino, of.ID, d) }
				}
				ack, err := post()
				err = errors.Join(err, w.Contacts.AdviserSaw(t.Context(), desktest.Aino, of.ID, ack.N), w.Contacts.CitizenGot(t.Context(), who, ack.N))
				mu.Lock()
				defer mu.Unlock()
				if before, ok := numbers[d.ClientID]; err != nil || ok && before != ack.N {
					t.Errorf("%d, before %d, %v", ack.N, before, err)
				}
				numbers[d.ClientID] = ack.N
			})
		}
		wait.Wait()
		if got := w.Load(of.ID).Seq; got != int64(2+len(drafts)) {
			t.Errorf("%d lines for %d messages", got, len(drafts))
		}
		w.Events(of.ID)
	})
}
