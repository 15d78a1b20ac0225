package review_test

import (
	"fmt"
	"strings"
	"testing"

	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/report"
	"luukku/desk/review"
	"luukku/fault"
)

func marks(value string) map[string]string {
	out := map[string]string{}
	for _, one := range report.Criteria() {
		out[one] = value
	}
	return out
}

// Marks are counts by the month; an item is marked once, and nothing says what it got.
func TestMarksAreCounts(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		settled(t, w, desktest.Advice, desktest.Aino, 12)
		s := drawn(t, w, week)
		for _, i := range s.Items {
			if err := w.Reviews.Mark(t.Context(), desktest.Rita, s.ID, i.No, marks("partly")); err != nil {
				t.Fatal(err)
			}
			desktest.Fails(t, w.Reviews.Mark(t.Context(), desktest.Rita, s.ID, i.No, marks("no")), fault.Conflict, "sample-item-marked")
		}
		bad := marks("yes")
		delete(bad, "polite")
		if err := w.Reviews.Mark(t.Context(), desktest.Rita, s.ID, 1, bad); fault.Of(err).Field != "polite" {
			t.Error(err)
		}
		r, err := report.New(w.DB).Contacts(t.Context(), "dvv", "2026-11-01", "2026-11-30", "", "2026-12-01")
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, table := range r.Tables {
			for _, one := range report.Criteria() {
				if table.By == one && fmt.Sprint(table.Rows) == "[{partly 5 false}]" {
					told++
				}
			}
		}
		if again, _ := w.Reviews.Sample(t.Context(), desktest.Rita, s.ID); told != 4 || again.Items[0].State != review.Marked {
			t.Errorf("%d criteria are told; %+v", told, again.Items)
		}
	})
}

// S4-5: advisers see what was put forward, with what a human hid; a reviewer can take it back.
func TestTrainingShowsWhatWasPutForward(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		settled(t, w, desktest.Advice, desktest.Aino, 6)
		s := drawn(t, w, week)
		line := int64(0)
		shown, err := w.Reviews.Item(t.Context(), desktest.Rita, s.ID, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range shown.Lines {
			if l.From == contact.FromAdviser {
				line = l.N
			}
		}
		hide := []review.Hidden{{Line: line, Words: []int{4, 6}}}
		id, err := w.Reviews.PutForward(t.Context(), desktest.Rita, s.ID, 1, hide)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Reviews.PutForward(t.Context(), desktest.Rita, s.ID, 1, hide)
		desktest.Fails(t, err, fault.Conflict, "training-put-already")
		_, err = w.Reviews.PutForward(t.Context(), desktest.Rita, s.ID, 2, []review.Hidden{{Line: 0, Words: []int{1}}})
		desktest.Fails(t, err, fault.Invalid, "field-invalid")
		all, err := w.Reviews.Examples(t.Context(), desktest.Bertil)
		if err != nil || len(all) != 1 || all[0].ID != id {
			t.Fatalf("%+v, %v", all, err)
		}
		got, err := w.Reviews.Example(t.Context(), desktest.Bertil, id)
		if err != nil || !strings.Contains(said(got), "adviserA:Hei [name], täällä [adviser]. [by_hand] on [by_hand] [name].") {
			t.Errorf("%v\n%s", err, said(got))
		}
		// The contact's own last day, 2028-11-22 or so, would tell on which day it was closed.
		if all[0].LastDay != "2028-10-31" || got.LastDay != "2028-10-31" {
			t.Errorf("seen until %s and %s", all[0].LastDay, got.LastDay)
		}
		_, err = w.Reviews.Example(t.Context(), desktest.Nobody, id)
		desktest.Fails(t, err, fault.Denied, "no-grant")
		_, err = w.Reviews.Example(t.Context(), desktest.Foreign, id)
		desktest.Fails(t, err, fault.NotFound, "training-not-found")
		desktest.Fails(t, w.Reviews.TakeBack(t.Context(), desktest.Bertil, id), fault.Denied, "not-allowed")
		if err := w.Reviews.TakeBack(t.Context(), desktest.Rita, id); err != nil {
			t.Fatal(err)
		}
		_, err = w.Reviews.Example(t.Context(), desktest.Bertil, id)
		desktest.Fails(t, err, fault.NotFound, "training-not-found")
	})
}
