package contact_test

import (
	"context"
	"fmt"
	"maps"
	"testing"
	"time"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/report"
	"luukku/fault"
	"luukku/store"
)

// closed is a contact that Aino has answered and closed, with one message.
func closed(t *testing.T, w *desktest.World, service string, fields map[string]string) contact.Contact {
	t.Helper()
	of, who := w.Start(service, fields)
	w.Clock.Advance(90 * time.Second)
	if _, err := w.Contacts.Take(t.Context(), desktest.Aino, of.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Contacts.Post(t.Context(), who, draft("Hei")); err != nil {
		t.Fatal(err)
	}
	if err := w.Contacts.Close(t.Context(), desktest.Aino, of.ID, "moving", "answered"); err != nil {
		t.Fatal(err)
	}
	return of
}

func settle(t *testing.T, w *desktest.World) {
	t.Helper()
	w.Clock.Advance(time.Hour)
	if _, err := w.Contacts.Settle(t.Context(), "dvv"); err != nil {
		t.Fatal(err)
	}
}

// openParts opens a contact's parts for who may open them for a request.
func openParts(t *testing.T, w *desktest.World, id string) []*vault.Opened {
	t.Helper()
	var all []*vault.Opened
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		parts, err := contact.Parts(ctx, tx, "dvv", id)
		if err != nil {
			return err
		}
		for _, p := range parts {
			o, err := w.Vault.Open(ctx, tx, desktest.Lea, "rights_fulfilment", p.Sealed, vault.Why{Reason: "pyyntö"})
			if err != nil {
				return err
			}
			all = append(all, o)
		}
		return nil
	})
	return all
}

// openLines opens the line numbered n for who may open them for a request.
func openLines(t *testing.T, w *desktest.World, of contact.Contact, n int64) map[string]string {
	t.Helper()
	fields := map[string]string{}
	var o *vault.Opened
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		lines, err := contact.Lines(ctx, tx, of, n-1, 1)
		if err != nil || len(lines[0].Sealed.Bytes()) == 0 {
			return err
		}
		o, err = w.Vault.Open(ctx, tx, desktest.Lea, "rights_fulfilment", lines[0].Sealed, vault.Why{Reason: "pyyntö"})
		return err
	})
	for _, f := range o.Fields() {
		fields[f], _ = o.Text(f)
	}
	return fields
}

// What the notice declares of the plain columns is sealed when a contact is settled; what it does
// not declare ends (S3-12, S3-13; S4 declares neither language nor times).
func TestSettlingKeepsExactlyWhatIsDeclared(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		advice := closed(t, w, desktest.Advice, map[string]string{"email": "a@example.fi"})
		guardianship := closed(t, w, desktest.Guardianship, nil)
		settle(t, w)
		got := opened(t, w, advice)
		want := map[string]string{"email": "a@example.fi", "reference_code": got["reference_code"], "language": "fi",
			"topic": "moving", "queue_time": "PT90S", "started_at": "2026-11-23T10:00:00Z", "ended_at": "2026-11-23T10:01:30Z"}
		if !maps.Equal(got, want) || got["reference_code"] == "" {
			t.Errorf("advice keeps %v, want %v", got, want)
		}
		got = opened(t, w, guardianship)
		if want := map[string]string{"reference_code": got["reference_code"], "topic": "moving"}; !maps.Equal(got, want) {
			t.Errorf("guardianship keeps %v, want %v", got, want)
		}
	})
}

// S3-2, S4-10: the time counts from the close, under each notice's own rule.
func TestSettledContactsEndByTheirNotices(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for service, last := range map[string]notice.Day{desktest.Guardianship: "2027-01-22", desktest.Advice: "2028-11-22"} {
			of := closed(t, w, service, nil)
			settle(t, w)
			w.Read(func(ctx context.Context, tx *store.Tx) error {
				life, err := w.Vault.LifeOf(ctx, tx, "dvv", contact.Type, of.ID)
				if err != nil || len(life) != 1 || life[0].LastDay != last {
					t.Errorf("%s: %+v, %v; want %s", service, life, err, last)
				}
				return nil
			})
		}
	})
}

// What is open on its last day is kept and counts anew; what has ended opens no more, and its rows go.
func TestOpenContactsOutliveTheirBucketAndSettledOnesDoNot(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		open, who := w.Taken(desktest.Guardianship)
		ended := closed(t, w, desktest.Guardianship, nil)
		settle(t, w)
		for range 70 {
			w.Clock.Advance(24 * time.Hour)
			night(t, w)
		}
		if _, err := w.Contacts.Post(t.Context(), who, draft("Vieläkö kuulet?")); err != nil {
			t.Errorf("the open contact: %v", err)
		}
		if got := openLines(t, w, open, 3)["text"]; got != "Vieläkö kuulet?" {
			t.Errorf("the open contact reads %q", got)
		}
		w.Read(func(ctx context.Context, tx *store.Tx) error {
			if _, err := contact.Load(ctx, tx, "dvv", ended.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("the ended contact's row: %v", err)
			}
			parts, err := contact.Parts(ctx, tx, "dvv", ended.ID)
			lines, err2 := contact.Lines(ctx, tx, contact.Contact{Authority: "dvv", ID: ended.ID}, 0, 10)
			if len(parts)+len(lines) > 0 || err != nil || err2 != nil {
				t.Errorf("%d parts and %d lines are left", len(parts), len(lines))
			}
			return nil
		})
	})
}

// night does what retention does with each day's end.
func night(t *testing.T, w *desktest.World) {
	t.Helper()
	ctx := t.Context()
	day := notice.DayOf(w.Clock.Now(), w.Services.Zone("dvv"))
	if _, err := w.Vault.MoveOpen(ctx, "dvv", day, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Vault.Destroy(ctx, "dvv"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Vault.Turn(ctx, "dvv"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Vault.Reclaim(ctx, "dvv", 0); err != nil {
		t.Fatal(err)
	}
}

// Statistics outlive what they count, and are counted once.
func TestSettlingCounts(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for range 6 {
			closed(t, w, desktest.Guardianship, nil)
		}
		settle(t, w)
		for range 70 {
			w.Clock.Advance(24 * time.Hour)
			night(t, w)
		}
		r, err := report.New(w.DB).Contacts(t.Context(), "dvv", "2026-11-01", "2026-11-30", desktest.Guardianship, "2026-12-01")
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range r.Tables {
			want := map[string]string{report.ByDay: "2026-11-23", report.ByService: desktest.Guardianship, report.ByLanguage: "fi",
				report.ByTopic: "moving", report.ByOutcome: "answered", report.ByWait: "1_to_5_min",
				report.ByHour: "12", report.ByLength: "under_5_min"}[table.By]
			if fmt.Sprint(table.Rows) != fmt.Sprintf("[{%s 6 false}]", want) {
				t.Errorf("%s: %v", table.By, table.Rows)
			}
		}
	})
}

// S3-2: a past contact is found by e-mail, telephone or reference code, for a declared purpose and
// with a reason; the search is recorded and opens nothing.
func TestPastContactsAreFound(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of := closed(t, w, desktest.Advice, map[string]string{"email": "a@example.fi", "phone": "040 555 1234"})
		other := closed(t, w, desktest.Advice, map[string]string{"email": "b@example.fi"})
		settle(t, w)
		code := contact.ShowReference(fieldOf(t, w, of, "reference_code"))
		newer, _ := w.Start(desktest.Advice, map[string]string{"email": "a@example.fi"})
		for _, c := range []struct {
			by, value string
			want      []string
		}{
			{"email", "A@example.fi ", []string{newer.ID, of.ID}},
			{"phone", "+358405551234", []string{of.ID}},
			{"reference", code, []string{of.ID}},
			{"email", "b@example.fi", []string{other.ID}},
			{"email", "nobody@example.fi", nil},
		} {
			s := contact.Search{By: c.by, Value: c.value, Purpose: "return_to_past_event", Reason: "asiakas palasi asiaan"}
			found, err := w.Contacts.Find(t.Context(), desktest.Bertil, s)
			var ids []string
			for _, f := range found {
				ids = append(ids, f.ID)
			}
			if err != nil || fmt.Sprint(ids) != fmt.Sprint(c.want) {
				t.Errorf("%s %s: %v, %v; want %v", c.by, c.value, ids, err, c.want)
			}
		}
	})
}

func TestSearchesAreRefusedAndRecorded(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		closed(t, w, desktest.Advice, map[string]string{"email": "a@example.fi"})
		ok := contact.Search{By: "email", Value: "a@example.fi", Purpose: "return_to_past_event", Reason: "syy"}
		for _, c := range []struct {
			name  string
			spoil func(*contact.Search)
			code  fault.Code
		}{
			{"no reason", func(s *contact.Search) { s.Reason = "" }, fault.Invalid},
			{"an undeclared purpose", func(s *contact.Search) { s.Purpose = "curiosity" }, fault.Denied},
			{"by name", func(s *contact.Search) { s.By = "name" }, fault.Invalid},
			{"a malformed code", func(s *contact.Search) { s.By, s.Value = "reference", "ABC" }, fault.Invalid},
		} {
			s := ok
			c.spoil(&s)
			if _, err := w.Contacts.Find(t.Context(), desktest.Aino, s); !fault.Is(err, c.code) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if _, err := w.Contacts.Find(t.Context(), desktest.Nobody, ok); !fault.Is(err, fault.Denied) {
			t.Errorf("without a grant: %v", err)
		}
		if found, err := w.Contacts.Find(t.Context(), desktest.Foreign, ok); err != nil || len(found) != 0 {
			t.Errorf("from another authority: %v, %v", found, err)
		}
	})
}

// Erasing one person's record leaves nothing of the contact.
func TestErasedContactsLeaveNothing(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of := closed(t, w, desktest.Guardianship, nil)
		kept := closed(t, w, desktest.Guardianship, nil)
		if err := w.Vault.Erase(t.Context(), desktest.Clerk, []vault.RecordID{w.Load(of.ID).Record}, "pyyntö"); err != nil {
			t.Fatal(err)
		}
		w.Read(func(ctx context.Context, tx *store.Tx) error {
			if _, err := contact.Load(ctx, tx, "dvv", of.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%v", err)
			}
			lines, _ := contact.Lines(ctx, tx, contact.Contact{Authority: "dvv", ID: of.ID}, 0, 10)
			if len(lines) > 0 {
				t.Errorf("%d lines are left", len(lines))
			}
			return nil
		})
		if got := w.Events(kept.ID); got != "started taken citizen closed" {
			t.Error(got)
		}
	})
}

// A day is over for the counts when the last contact that closed on it has been counted, not at midnight.
func TestADayIsOverWhenItsContactsAreCounted(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		wants := func(when string, want notice.Day) {
			t.Helper()
			if got, err := w.Contacts.Uncounted(t.Context(), "dvv"); err != nil || got != want {
				t.Errorf("%s: %s, %v, want %s", when, got, err, want)
			}
		}
		first := notice.DayOf(w.Clock.Now(), w.Services.Zone("dvv"))
		wants("at first", first)
		conversation(t, w, desktest.Guardianship)
		w.Clock.Advance(24 * time.Hour)
		wants("while it can still be counted", first)
		_, err := w.Contacts.Settle(t.Context(), "dvv")
		must(t, err)
		wants("once it is counted", first.AddDays(1))
		if got, err := w.Contacts.Uncounted(t.Context(), "mallila"); err != nil || got != first.AddDays(1) {
			t.Errorf("the other authority: %s, %v", got, err)
		}
	})
}
