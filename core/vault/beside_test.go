package vault

import (
	"context"
	"testing"
	"time"

	"luukku/fault"
	"luukku/store"
)

// copied makes a copy of the first chat, taken from all of them, with one row.
func (w *world) copied(text string, from ...*chat) *chat {
	w.t.Helper()
	c := &chat{id: store.NewID("c_")}
	w.write(func(ctx context.Context, tx *store.Tx) (err error) {
		if c.record, err = w.beside(ctx, tx, c.id, from...); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, chatQueries.Get("chat-add"), "dvv", c.id, string(c.record), "advice", adviser.ID)
		return err
	})
	w.chats.say(c, text)
	return c
}

func (w *world) beside(ctx context.Context, tx *store.Tx, row string, from ...*chat) (RecordID, error) {
	var ids []RecordID
	for _, f := range from {
		ids = append(ids, f.record)
	}
	return w.v.CreateBeside(ctx, tx, Copying{Authority: "dvv", Type: "chat", Row: row, Of: from[0].record, From: ids})
}

// a copy dies with the earliest bucket of what it was taken from, whatever register it is in.
func TestACopyDiesWithTheEarliestOfItsSources(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		advice, guardian := w.chats.advice(), w.chats.guardianship()
		w.chats.say(advice, "elää")
		w.chats.close(advice, noon)
		w.chats.close(guardian, noon)
		alone, both := w.copied("yksin", advice), w.copied("molemmat", advice, guardian)
		if got := w.life(alone).LastDay; got != "2028-11-20" {
			t.Error("alone:", got)
		}
		if got := w.life(both).LastDay; got != "2027-01-20" {
			t.Error("of both:", got)
		}
		w.opens(both, "molemmat")
		w.day("2027-01-21")
		w.gone(both)
		w.opens(advice, "elää")
		w.night()
		w.gone(both)
		for range 3 {
			_, err := w.v.Reclaim(t.Context(), "dvv", 0)
			must(t, err)
		}
		if n := len(w.rowsOf(both)); n != 0 {
			t.Error("rows of the dead copy are left:", n)
		}
		w.opens(alone, "yksin")
		w.fails(fault.Gone, "retention-ended", func(ctx context.Context, tx *store.Tx) error {
			_, err := w.beside(ctx, tx, "c_late", advice, guardian)
			if fault.Is(err, fault.NotFound) { // reclaimed
				err = retentionEnded()
			}
			return err
		})
		w.verified()
	})
}

func (w *world) rowsOf(ch *chat) (rows []Sealed) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) (err error) {
		rows, err = w.chats.rows(ctx, tx, "dvv", ch)
		return err
	})
	return rows
}

func (w *world) verified() {
	w.t.Helper()
	findings, err := w.v.Verify(w.t.Context(), "dvv")
	must(w.t, err)
	for _, f := range findings {
		w.t.Errorf("%+v", f)
	}
}

// A copy never outlives its source: not when a hold that the source lived by is released, nor when the
// source is erased. It never lives longer either: a hold placed later does not reach it.
func TestACopyFollowsItsSourceToAnEarlierEnd(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.chats.close(ch, noon)
		before := w.copied("ennen", ch)
		hold := w.hold(ch, "complaint")
		under := w.copied("pidossa", ch)
		if got := w.life(under).LastDay; got != "2029-11-20" {
			t.Error("under the hold:", got)
		}
		if got := w.life(before).LastDay; got != "2028-11-20" {
			t.Error("a hold lengthened the life of a copy:", got)
		}
		w.verified()
		w.release(hold)
		if got := w.life(under).LastDay; got != "2028-11-20" {
			t.Error("after the release:", got)
		}
		w.opens(under, "pidossa")
		w.holdRefused(under.record, "complaint", fault.Conflict, "copy-stays")
		w.restart()
		w.opens(under, "pidossa")
		w.verified()
		must(t, w.v.Erase(t.Context(), clerk, []RecordID{ch.record}, "pyyntö"))
		w.gone(before)
		w.gone(under)
		if n := w.count("records-count", "dvv"); n != 0 {
			t.Error("records are left:", n)
		}
	})
}

// When the hold ends after the ordinary time, the source ends with its bucket, and the copies with it.
func TestACopyEndsWithTheHoldThatItsSourceLivedBy(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch, other := w.chats.advice(), w.chats.advice()
		w.chats.say(ch, "Hei")
		w.chats.close(ch, noon)
		w.clock.Advance(40 * 24 * time.Hour)
		hold := w.hold(ch, "complaint")
		w.day("2028-12-01")
		w.night()
		w.chats.say(other, "toinen") // still open: its own end is later than the hold's
		c := w.copied("pidossa", ch)
		w.release(hold)
		w.gone(ch)
		w.gone(c)
		w.night()
		w.verified()
	})
}

// Another authority's records are not there to be copied.
func TestACopyOfForeignRecordsIsRefused(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.fails(fault.NotFound, "not-found", func(ctx context.Context, tx *store.Tx) error {
			_, err := w.v.CreateBeside(ctx, tx, Copying{Authority: "mallila", Type: "chat", Row: "c_x", Of: ch.record, From: []RecordID{ch.record}})
			return err
		})
		w.fails(fault.Invalid, "record-without-owner", func(ctx context.Context, tx *store.Tx) error {
			_, err := w.v.CreateBeside(ctx, tx, Copying{Authority: "dvv", Type: "chat", Row: "c_x", Of: "r_none", From: []RecordID{ch.record}})
			return err
		})
	})
}
