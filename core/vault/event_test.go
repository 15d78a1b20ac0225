package vault

import (
	"context"
	"testing"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// bookingNotice keeps data until an appointment ends, at most a month.
func bookingNotice() *notice.Notice {
	n := guardianNotice()
	n.ID, n.Channels = "booking", []string{"chat"}
	n.Groups[0].Keep = notice.Keep{For: notice.Period{Months: 1}, Bound: notice.AtMost, From: "appointment.made", Until: "appointment.ended"}
	return n
}

// S0-13: what lives until an event ends with it, at once; its key goes with the next minute's turn
// of the events' ring. Another appointment of the same day lives on.
func TestAnEventEndsItsBucketAtOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.shelveThese(adviceNotice(1), guardianNotice(), bookingNotice(), auditNoticeOf())
		must(t, w.v.Refill(context.Background(), "dvv"))
		ends, lives := w.chats.open("booking", "conversation"), w.chats.open("booking", "conversation")
		for _, ch := range []*chat{ends, lives} {
			w.chats.say(ch, "Hei")
		}
		key := w.keyOf(ends)
		w.opens(ends, "Hei")
		turned, err := w.v.TurnEvents(context.Background(), "dvv")
		if err != nil || turned.Buckets != nil {
			t.Error("nothing has ended:", turned, err)
		}
		r := w.mustBegin(subject(ends.id), ends)
		w.write(func(ctx context.Context, tx *store.Tx) error { return w.v.EndEvent(ctx, tx, "dvv", "chat", ends.id) })
		w.gone(ends)
		_, err = w.readIn(r, ends, w.db.Read)
		wantFault(t, err, fault.Denied, "reading-ended")
		turned, err = w.v.TurnEvents(context.Background(), "dvv")
		must(t, err)
		if _, held := w.sets["dvv"].Snapshot().Key(key); held || len(turned.Buckets) != 1 {
			t.Error("the key outlived the turn:", turned)
		}
		w.opens(lives, "Hei")
		if got := w.states("booking"); got != "dropped living" && got != "living dropped" {
			t.Error(got)
		}
		w.day("2026-12-21") // the cap, for an appointment that nobody closed
		w.gone(lives)
		w.night()
		if _, err := w.v.TurnEvents(context.Background(), "dvv"); err != nil {
			t.Error(err)
		}
		w.consistent()
	})
}
