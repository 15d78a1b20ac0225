package review_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/review"
	"luukku/fault"
	"luukku/store"
)

var week = review.Wish{Service: desktest.Advice, Purpose: "quality", Days: 7, Size: 5}

// S3-9, X-13: chance chooses, at most half of what there is, recorded; and what leaves is pseudonymised.
func TestASampleIsDrawnAndSeenPseudonymised(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		settled(t, w, desktest.Advice, desktest.Aino, 8)
		s := drawn(t, w, week)
		if len(s.Items) != 4 || s.LastDay != "2026-12-22" {
			t.Fatalf("drawn %+v", s)
		}
		shown, err := w.Reviews.Item(t.Context(), desktest.Rita, s.ID, s.Items[0].No)
		if err != nil {
			t.Fatal(err)
		}
		got := said(shown)
		for _, want := range []string{"citizen:Olen [name], numeroni on [phone]. Isäni [name] kysyy.",
			"adviserA:Hei [name], täällä [adviser]. Asia on vireillä [name].", "eventAtaken:"} {
			if !strings.Contains(got, want) {
				t.Errorf("%q is not shown in\n%s", want, got)
			}
		}
		if strings.Contains(got, "uistiinpano") || shown.Lines[len(shown.Lines)-1].Minute < 2 {
			t.Errorf("shown\n%s", got)
		}
	})
}

// Promise 2: the draw and each reading are recorded, with role, purpose and the sample.
func TestDrawsAndReadingsAreRecorded(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ids := settled(t, w, desktest.Advice, desktest.Aino, 6)
		s := drawn(t, w, week)
		if got := w.Entries(s.ID); len(got) != 1 || !strings.HasPrefix(got[0], "sample-draw s_rita quality") {
			t.Errorf("the draw left %q", got)
		}
		before := entriesOf(w, ids)
		if _, err := w.Reviews.Item(t.Context(), desktest.Rita, s.ID, 1); err != nil {
			t.Fatal(err)
		}
		if after := entriesOf(w, ids); after != before+1 {
			t.Errorf("the reading left %d entries", after-before)
		}
	})
}

// A reviewer opens nothing but what was drawn: not by id, not another reviewer's, not another purpose.
func TestNothingOpensOutsideTheSample(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ids := settled(t, w, desktest.Advice, desktest.Aino, 6)
		s := drawn(t, w, week)
		for _, sample := range []string{"", s.ID, "tr_x", "sa_x"} {
			outside := 0
			for _, id := range ids {
				err := w.DB.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
					of, err := contact.Load(ctx, tx, "dvv", id)
					if err != nil {
						return err
					}
					lines, err := contact.Lines(ctx, tx, of, 1, 2)
					if err != nil {
						return err
					}
					for _, l := range lines {
						if len(l.Sealed.Bytes()) > 0 {
							_, err = w.Vault.Open(ctx, tx, desktest.Rita, "quality", l.Sealed, vault.Why{Reason: "syy", Sample: sample})
						}
					}
					return err
				})
				if fault.Is(err, fault.Denied) {
					outside++
				}
			}
			want := len(ids)
			if sample == s.ID {
				want -= len(s.Items)
			}
			if outside != want {
				t.Errorf("with sample %q, %d of %d were refused", sample, outside, len(ids))
			}
		}
		_, err := w.Reviews.Item(t.Context(), desktest.Lea, s.ID, 1)
		desktest.Fails(t, err, fault.NotFound, "sample-not-found")
		_, err = w.Reviews.Item(t.Context(), desktest.Rita, s.ID, 99)
		desktest.Fails(t, err, fault.NotFound, "sample-item-not-found")
	})
}

// being drawn, seen, marked and put forward changes nothing of a contact's life.
func TestASampleLengthensNoLife(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ids := settled(t, w, desktest.Guardianship, desktest.Aino, 6)
		before := lives(t, w, ids)
		s := drawn(t, w, review.Wish{Service: desktest.Guardianship, Purpose: "training", Days: 7, Size: 5})
		for _, i := range s.Items {
			if _, err := w.Reviews.Item(t.Context(), desktest.Rita, s.ID, i.No); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Reviews.PutForward(t.Context(), desktest.Rita, s.ID, i.No, nil); err != nil {
				t.Fatal(err)
			}
			if err := w.Reviews.Mark(t.Context(), desktest.Rita, s.ID, i.No, marks("yes")); err != nil {
				t.Fatal(err)
			}
		}
		if after := lives(t, w, ids); after != before || !strings.Contains(before, "2027-01-22") {
			t.Errorf("lives were\n%s\nand are\n%s", before, after)
		}
	})
}

// what has ended is gone from the sample, which says so, and from training; the sample ends too.
func TestWhatHasEndedIsGoneFromTheSample(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		settled(t, w, desktest.Guardianship, desktest.Aino, 6)
		w.Clock.Advance(40 * 24 * time.Hour)
		s := drawn(t, w, review.Wish{Service: desktest.Guardianship, Purpose: "quality", Days: 90, Size: 5})
		id, err := w.Reviews.PutForward(t.Context(), desktest.Rita, s.ID, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		if s.Items[0].LastDay != "2027-01-22" || s.LastDay != "2027-01-31" {
			t.Errorf("%+v", s)
		}
		w.Clock.Advance(21 * 24 * time.Hour) // 23 January: the contacts have ended, the sample has not
		for _, reclaimed := range []bool{false, true} {
			if reclaimed {
				end(t, w)
			}
			again, err := w.Reviews.Sample(t.Context(), desktest.Rita, s.ID)
			if err != nil || len(again.Items) != 3 || again.Items[0].State != review.Gone || again.Items[2].State != review.Gone {
				t.Fatalf("reclaimed %v: %+v, %v", reclaimed, again, err)
			}
			_, err = w.Reviews.Item(t.Context(), desktest.Rita, s.ID, 1)
			desktest.Fails(t, err, fault.Gone, "sample-item-gone")
			if all, _ := w.Reviews.Examples(t.Context(), desktest.Aino); len(all) != 0 {
				t.Errorf("reclaimed %v: training shows %+v", reclaimed, all)
			}
			if _, err := w.Reviews.Example(t.Context(), desktest.Aino, id); err == nil {
				t.Errorf("reclaimed %v: the example opens", reclaimed)
			}
		}
		w.Clock.Advance(9 * 24 * time.Hour)
		_, err = w.Reviews.Sample(t.Context(), desktest.Rita, s.ID)
		desktest.Fails(t, err, fault.Gone, "sample-ended")
		end(t, w)
		_, err = w.Reviews.Sample(t.Context(), desktest.Rita, s.ID)
		desktest.Fails(t, err, fault.NotFound, "sample-not-found")
	})
}

// An erased contact leaves the sample at once.
func TestErasureTakesAContactOutOfItsSample(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ids := settled(t, w, desktest.Advice, desktest.Aino, 6)
		s := drawn(t, w, week)
		for _, id := range ids {
			if err := w.Vault.Erase(t.Context(), desktest.Clerk, []vault.RecordID{w.Load(id).Record}, "pyyntö"); err != nil {
				t.Fatal(err)
			}
		}
		again, err := w.Reviews.Sample(t.Context(), desktest.Rita, s.ID)
		if err != nil || again.Items[0].State != review.Gone {
			t.Errorf("%+v, %v", again, err)
		}
	})
}
