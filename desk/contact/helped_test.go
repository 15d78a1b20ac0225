package contact_test

import (
	"testing"

	"luukku/core/notice"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/report"
	"luukku/fault"
)

// S3-9: the citizens' answers are counts; each contact is answered about once, and not before its end.
func TestWhetherAContactHelpedIsCountedOnce(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for range report.Limit {
			of, who := w.Start(desktest.Advice, nil)
			desktest.Fails(t, w.Contacts.SayHelped(t.Context(), who, "yes"), fault.Conflict, "question-not-asked")
			answered(t, w, of)
			desktest.Fails(t, w.Contacts.SayHelped(t.Context(), who, "perhaps"), fault.Invalid, "field-choice")
			if err := w.Contacts.SayHelped(t.Context(), who, "yes"); err != nil {
				t.Fatal(err)
			}
			desktest.Fails(t, w.Contacts.SayHelped(t.Context(), who, "no"), fault.Conflict, "question-not-asked")
			forged := contact.Claim("dvv", of.ID, "another token")
			desktest.Fails(t, w.Contacts.SayHelped(t.Context(), forged, "no"), fault.NotFound, "contact-not-found")
		}
		if got := helps(t, w, "2026-11-30"); got != nil {
			t.Errorf("who asks again after each contact is told %v while the month runs", got)
		}
		if got := helps(t, w, "2026-12-01"); len(got) != 1 || got[0] != (report.Row{Value: "yes", Count: report.Limit}) {
			t.Errorf("counted %v", got)
		}
	})
}

// Who was never served is not asked, and neither is one whom the adviser had to end.
func TestTheQuestionIsAskedOfThoseWhoWereServed(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		_, left := w.Start(desktest.Advice, nil)
		if err := w.Contacts.End(t.Context(), left); err != nil {
			t.Fatal(err)
		}
		desktest.Fails(t, w.Contacts.SayHelped(t.Context(), left, "no"), fault.Conflict, "question-not-asked")
		of, abusive := w.Start(desktest.Advice, nil)
		if _, err := w.Contacts.Take(t.Context(), desktest.Aino, of.ID); err != nil {
			t.Fatal(err)
		}
		if err := w.Contacts.EndAbusive(t.Context(), desktest.Aino, of.ID); err != nil {
			t.Fatal(err)
		}
		desktest.Fails(t, w.Contacts.SayHelped(t.Context(), abusive, "no"), fault.Conflict, "question-not-asked")
		if got := helps(t, w, "2026-12-01"); got != nil {
			t.Errorf("counted %v", got)
		}
	})
}

// What says that a contact has been answered about ends when it is settled.
func TestSettlingForgetsThatTheQuestionWasAnswered(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Start(desktest.Advice, nil)
		answered(t, w, of)
		if err := w.Contacts.SayHelped(t.Context(), who, "partly"); err != nil {
			t.Fatal(err)
		}
		if !w.Load(of.ID).Helped {
			t.Fatal("a second answer would be counted")
		}
		settle(t, w)
		if w.Load(of.ID).Helped {
			t.Error("a settled contact still tells that it was answered about")
		}
	})
}

func answered(t *testing.T, w *desktest.World, of contact.Contact) {
	t.Helper()
	if _, err := w.Contacts.Take(t.Context(), desktest.Aino, of.ID); err != nil {
		t.Fatal(err)
	}
	if err := w.Contacts.Close(t.Context(), desktest.Aino, of.ID, "moving", "answered"); err != nil {
		t.Fatal(err)
	}
}

func helps(t *testing.T, w *desktest.World, today notice.Day) []report.Row {
	t.Helper()
	r, err := report.New(w.DB).Contacts(t.Context(), "dvv", "2026-11-01", "2026-11-30", "", today)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range r.Tables {
		if table.By == report.ByHelp {
			return table.Rows
		}
	}
	return nil
}
