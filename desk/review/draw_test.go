package review_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/desk/desktest"
	"luukku/desk/review"
	"luukku/fault"
	"luukku/store/storetest"
)

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
