package chat_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"luukku/channel/chat"
	"luukku/core/access"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/fault"
)

// A citizen's connection is a reading session: recorded once at its start and once at its end,
// however much is read in it; without a connection each reading is an entry of its own.
func TestCitizensReadingIsRecorded(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		who := r.begin(desktest.Advice)
		_, err := r.chat.Post(ctx, who, write("Hei"))
		r.ok(err)
		for range 2 {
			_, err := r.chat.Messages(ctx, who, 0)
			r.ok(err)
		}
		_, _, err = r.chat.Connect(ctx, who, 0)
		r.ok(err)
		_, _, err = r.chat.Connect(ctx, who, 0) // a second tab
		r.ok(err)
		for range 3 {
			_, err := r.chat.Messages(ctx, who, 0)
			r.ok(err)
		}
		r.ok(r.chat.Disconnect(ctx, who))
		_, err = r.chat.Messages(ctx, who, 0)
		r.ok(err)
		r.ok(r.chat.Disconnect(ctx, who))
		var got []string
		for _, e := range r.Entries(who.Contact()) {
			got = append(got, strings.Fields(e)[0])
		}
		if fmt.Sprint(got) != "[open open reading-begin reading-end]" {
			t.Error(got)
		}
	})
}

// The citizen's session outlives the close, for the reference code; it ends when the contact is settled.
func TestCitizenReadsOnUntilSettled(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		who := r.begin(desktest.Advice)
		_, _, err := r.chat.Connect(ctx, who, 0)
		r.ok(err)
		r.ok(r.chat.Take(ctx, desktest.Aino, who.Contact()))
		_, err = r.chat.Reply(ctx, desktest.Aino, who.Contact(), write("Hei"))
		r.ok(err)
		r.ok(r.chat.Close(ctx, desktest.Aino, who.Contact(), "moving", "answered"))
		s, err := r.chat.State(ctx, who)
		r.ok(err)
		if s.Reference == "" {
			t.Error("no reference code at the end")
		}
		_, err = r.chat.View(ctx, desktest.Aino, who.Contact()) // an entry of its own: the session has ended
		r.ok(err)
		r.Clock.Advance(time.Hour)
		_, err = r.Contacts.Settle(ctx, "dvv")
		r.ok(err)
		_, err = r.chat.State(ctx, who)
		desktest.Fails(t, err, fault.NotFound, "contact-not-found")
		want := "reading-begin reading-begin reading-end open reading-end"
		var got []string
		for _, e := range r.Entries(who.Contact()) {
			got = append(got, strings.Fields(e)[0])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%v, want %s", got, want)
		}
	})
}

// Reading resumes after a restart of the program, which ended the sessions.
func TestReadingResumesAfterARestart(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		who := r.begin(desktest.Advice)
		r.ok(r.chat.Take(ctx, desktest.Aino, who.Contact()))
		_, err := r.chat.Post(ctx, who, write("Hei"))
		r.ok(err)
		r.ok(r.Vault.StartAuthority(ctx, "dvv")) // ends what the last run left behind
		h, err := r.chat.History(ctx, desktest.Aino, who.Contact(), 2)
		r.ok(err)
		if told(h.Messages) != "citizen Hei" {
			t.Error(told(h.Messages))
		}
		again := newRoom(t, r.World)
		v, err := again.chat.View(ctx, desktest.Aino, who.Contact())
		r.ok(err)
		if len(v.Messages) != 3 || !v.Live {
			t.Errorf("%+v", v)
		}
	})
}

// S4-18: a contact opens to whom it is assigned, and to others only for a declared purpose with a
// reason; every refusal is recorded.
func TestOnlyTheAssignedAdviserAnswers(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		who := r.begin(desktest.Advice)
		id := who.Contact()
		r.ok(r.chat.Take(ctx, desktest.Aino, id))
		for _, caller := range []access.Caller{desktest.Bertil, desktest.Lea, desktest.Clerk, desktest.Nobody} {
			if _, err := r.chat.View(ctx, caller, id); !fault.Is(err, fault.Denied) {
				t.Errorf("%s views: %v", caller.ID, err)
			}
			if _, err := r.chat.History(ctx, caller, id, 0); !fault.Is(err, fault.Denied) {
				t.Errorf("%s reads on: %v", caller.ID, err)
			}
		}
		if n := len(r.Entries(id)); n < 9 {
			t.Errorf("%d entries: %v", n, r.Entries(id))
		}
		_, err := r.chat.View(ctx, desktest.Foreign, id)
		desktest.Fails(t, err, fault.NotFound, "contact-not-found")
		_, err = r.chat.Read(ctx, desktest.Foreign, id, "supervision", "syy")
		desktest.Fails(t, err, fault.NotFound, "contact-not-found")
		_, err = r.chat.View(ctx, desktest.Aino, "c_unknown")
		desktest.Fails(t, err, fault.NotFound, "contact-not-found")
	})
}

// S3-2: a past contact is read for a purpose of its notice with a reason; a lead reads to supervise.
func TestPastContactsAreReadForAPurpose(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		b, err := r.chat.Start(ctx, "dvv", chat.Begin{Service: desktest.Advice, Lang: "fi", ClientID: desktest.ClientID(),
			Fields: map[string]string{"email": "a@example.fi"}})
		r.ok(err)
		who := r.chat.Citizen("dvv", b.Contact, b.Token)
		r.ok(r.chat.Take(ctx, desktest.Aino, b.Contact))
		_, err = r.chat.Post(ctx, who, write("Hei"))
		r.ok(err)
		r.ok(r.chat.Close(ctx, desktest.Aino, b.Contact, "moving", "answered"))
		r.Clock.Advance(time.Hour)
		_, err = r.Contacts.Settle(ctx, "dvv")
		r.ok(err)
		found, err := r.chat.Search(ctx, desktest.Bertil, contact.Search{By: "email", Value: "a@example.fi", Purpose: "return_to_past_event", Reason: "palasi"})
		r.ok(err)
		if len(found) != 1 || found[0].ID != b.Contact {
			t.Fatalf("found %v", found)
		}
		_, err = r.chat.Read(ctx, desktest.Bertil, b.Contact, "return_to_past_event", "")
		desktest.Fails(t, err, fault.Invalid, "reason-missing")
		_, err = r.chat.Read(ctx, desktest.Bertil, b.Contact, "answer", "uteliaisuus")
		if !fault.Is(err, fault.Denied) {
			t.Errorf("for a purpose that does not fit: %v", err)
		}
		v, err := r.chat.Read(ctx, desktest.Bertil, b.Contact, "return_to_past_event", "asiakas palasi")
		r.ok(err)
		var ids []string
		for _, f := range v.Fields {
			ids = append(ids, f.ID+"="+f.Value)
		}
		shown := strings.Join(ids, " ")
		if !strings.Contains(shown, "email=a@example.fi") || !strings.Contains(shown, "queue_time=PT0S") || !strings.Contains(shown, "topic=moving") {
			t.Error(shown)
		}
		if told(v.Messages) != "event started, event taken, citizen Hei, event closed" || v.Live || v.Mine || len(v.Actions) != 0 || len(v.Life) != 1 {
			t.Errorf("%s: %+v", told(v.Messages), v)
		}
		if _, err := r.chat.Read(ctx, desktest.Lea, b.Contact, "supervision", "tarkistus"); err != nil {
			t.Errorf("the lead: %v", err)
		}
	})
}
