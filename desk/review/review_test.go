package review_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/report"
	"luukku/desk/review"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var week = review.Wish{Service: desktest.Advice, Purpose: "quality", Days: 7, Size: 5}

// settled are contacts that an adviser answered and closed, and that are settled.
func settled(t *testing.T, w *desktest.World, service string, by access.Caller, n int) (ids []string) {
	t.Helper()
	for i := range n {
		of, who := w.Start(service, nil)
		steps := func() error {
			if _, err := w.Contacts.Take(t.Context(), by, of.ID); err != nil {
				return err
			}
			if _, err := w.Contacts.Post(t.Context(), who, draft(fmt.Sprintf("Olen Maija Meikäläinen, numeroni on 040 555 12%02d. Isäni Aatos kysyy.", i))); err != nil {
				return err
			}
			if _, err := w.Contacts.AddNote(t.Context(), by, of.ID, draft("Muistiinpano Maijasta")); err != nil {
				return err
			}
			w.Clock.Advance(2 * time.Minute)
			if _, err := w.Contacts.Reply(t.Context(), by, of.ID, draft("Hei Maija, täällä Aino. Asia on vireillä Meikäläisellä.")); err != nil {
				return err
			}
			return w.Contacts.Close(t.Context(), by, of.ID, "moving", "answered")
		}
		if err := steps(); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, of.ID)
	}
	w.Clock.Advance(time.Hour)
	if _, err := w.Contacts.Settle(t.Context(), "dvv"); err != nil {
		t.Fatal(err)
	}
	return ids
}

func draft(text string) contact.Draft {
	return contact.Draft{ClientID: desktest.ClientID(), Text: text, Lang: "fi"}
}

func drawn(t *testing.T, w *desktest.World, wish review.Wish) review.Sample {
	t.Helper()
	s, err := w.Reviews.Draw(t.Context(), desktest.Rita, wish)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// said is a shown conversation as text; what is hidden stands in brackets.
func said(s review.Shown) string {
	var b strings.Builder
	for _, l := range s.Lines {
		fmt.Fprintf(&b, "%s%s%s:", l.From, l.Who, l.Event)
		for _, p := range l.Pieces {
			if p.Hidden != "" {
				fmt.Fprintf(&b, "[%s]", p.Hidden)
			}
			b.WriteString(p.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

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

func entriesOf(w *desktest.World, ids []string) (n int) {
	for _, id := range ids {
		n += len(w.Entries(id))
	}
	return n
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

// One cannot draw until it suits, nor from so few that it would be choosing, nor what lies in a sample.
func TestDrawsAreLimited(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		draw := func(wish review.Wish) error {
			_, err := w.Reviews.Draw(t.Context(), desktest.Rita, wish)
			return err
		}
		settled(t, w, desktest.Advice, desktest.Aino, 5)
		desktest.Fails(t, draw(week), fault.Conflict, "sample-pool-small")
		settled(t, w, desktest.Advice, desktest.Aino, 1)
		s := drawn(t, w, week)
		desktest.Fails(t, draw(week), fault.Conflict, "sample-too-soon")
		training := week
		training.Purpose = "training"
		desktest.Fails(t, draw(training), fault.Conflict, "sample-pool-small") // the rest, without the drawn three
		w.Clock.Advance(review.Every)
		desktest.Fails(t, draw(week), fault.Conflict, "sample-pool-small")
		if len(s.Items) != 3 {
			t.Errorf("%d of six were drawn", len(s.Items))
		}
		for field, wish := range map[string]review.Wish{"days": {Service: desktest.Advice, Purpose: "quality", Days: 1, Size: 5},
			"size": {Service: desktest.Advice, Purpose: "quality", Days: 7, Size: 1}} {
			if err := draw(wish); !fault.Is(err, fault.Invalid) || fault.Of(err).Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

func TestWhoMayDraw(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		settled(t, w, desktest.Advice, desktest.Aino, 6)
		for _, who := range []access.Caller{desktest.Aino, desktest.Lea, desktest.Nobody, desktest.Foreign} {
			_, err := w.Reviews.Draw(t.Context(), who, week)
			desktest.Fails(t, err, fault.Denied, "not-allowed")
		}
		wish := week
		wish.Purpose = "answer"
		_, err := w.Reviews.Draw(t.Context(), desktest.Rita, wish)
		desktest.Fails(t, err, fault.Denied, "not-allowed")
		wish.Service = "none"
		_, err = w.Reviews.Draw(t.Context(), desktest.Rita, wish)
		desktest.Fails(t, err, fault.NotFound, "service-not-found")
	})
}

// Nobody reviews what they answered themselves.
func TestNobodyIsGivenTheirOwnWork(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		grant(w, desktest.Aino.ID)
		settled(t, w, desktest.Advice, desktest.Aino, 8)
		_, err := w.Reviews.Draw(t.Context(), desktest.Aino, week)
		desktest.Fails(t, err, fault.Conflict, "sample-pool-small")
		others := settled(t, w, desktest.Advice, desktest.Bertil, 6)
		s, err := w.Reviews.Draw(t.Context(), desktest.Aino, week)
		if err != nil || len(s.Items) != 3 {
			t.Fatalf("%+v, %v", s, err)
		}
		before := entriesOf(w, others)
		for _, i := range s.Items {
			if _, err := w.Reviews.Item(t.Context(), desktest.Aino, s.ID, i.No); err != nil {
				t.Fatal(err)
			}
		}
		if got := entriesOf(w, others) - before; got != 3 {
			t.Errorf("%d of the three were Bertil's", got)
		}
	})
}

// S3-9: whoever was given contacts and answered them over the API alone, without having one open, is not given
// them for review either: the answer leaves the entry that the reading would have left, and only that.
func TestWhoAnsweredUnseenIsNotGivenItEither(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ctx := t.Context()
		grant(w, desktest.Aino.ID)
		if err := w.Queue.Beat(ctx, "dvv", []string{desktest.Aino.ID}); err != nil {
			t.Fatal(err)
		}
		for range 8 {
			of, _ := w.Start(desktest.Advice, nil)
			if err := w.Contacts.Reassign(ctx, desktest.Lea, of.ID, desktest.Aino.ID); err != nil {
				t.Fatal(err)
			}
			before := w.Entries(of.ID)
			if _, err := w.Contacts.Reply(ctx, desktest.Aino, of.ID, draft("Asia on vireillä.")); err != nil {
				t.Fatal(err)
			}
			if got := w.Entries(of.ID)[len(before):]; len(got) != 1 || !strings.HasPrefix(got[0], "write s_aino answer") {
				t.Fatalf("the answer left %q", got)
			}
			if err := w.Contacts.Close(ctx, desktest.Aino, of.ID, "moving", "answered"); err != nil {
				t.Fatal(err)
			}
		}
		taken, _ := w.Taken(desktest.Advice) // the control: who has it open leaves no second entry
		before := len(w.Entries(taken.ID))
		if _, err := w.Contacts.Reply(ctx, desktest.Aino, taken.ID, draft("Hei")); err != nil || len(w.Entries(taken.ID)) != before {
			t.Errorf("%v, %q", err, w.Entries(taken.ID))
		}
		w.Clock.Advance(time.Hour)
		if _, err := w.Contacts.Settle(ctx, "dvv"); err != nil {
			t.Fatal(err)
		}
		_, err := w.Reviews.Draw(ctx, desktest.Aino, week)
		desktest.Fails(t, err, fault.Conflict, "sample-pool-small")
		if _, err := w.Reviews.Draw(ctx, desktest.Rita, week); err != nil {
			t.Error("control: there is nothing to draw:", err)
		}
	})
}

func grant(w *desktest.World, staff string) {
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := w.Register.AddGrant(ctx, tx, access.Grant{Authority: "dvv", Staff: staff, Role: access.RoleReviewer})
		return err
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

func lives(t *testing.T, w *desktest.World, ids []string) string {
	t.Helper()
	var b strings.Builder
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		for _, id := range ids {
			life, err := w.Vault.LifeOf(ctx, tx, "dvv", contact.Type, id)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "%+v\n", life)
		}
		return nil
	})
	return b.String()
}

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

// end lets the buckets of the past die, and reclaims their rows.
func end(t *testing.T, w *desktest.World) {
	t.Helper()
	if _, err := w.Vault.Destroy(t.Context(), "dvv"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Vault.Turn(t.Context(), "dvv"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Vault.Reclaim(t.Context(), "dvv", 50*time.Millisecond); err != nil {
		t.Fatal(err)
	}
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

// The notices say whom a sample is shown to, and only those may draw for only those purposes.
func TestPurposesComeFromTheNotice(t *testing.T) {
	w := desktest.New(t, storetest.Open(t, "sqlite"))
	all, err := w.Services.List(t.Context(), "dvv")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		var ids []string
		for _, p := range w.Reviews.Purposes("dvv", s, notice.RoleReviewer) {
			ids = append(ids, p.ID)
		}
		want := map[string]string{desktest.Advice: "[quality training]", desktest.Guardianship: "[quality development training guidance]"}
		if fmt.Sprint(ids) != want[s.ID] {
			t.Errorf("%s: %v", s.ID, ids)
		}
		if got := w.Reviews.Purposes("dvv", s, notice.RoleLead); len(got) != 0 {
			t.Errorf("%s: leads draw for %v", s.ID, got)
		}
	}
}
