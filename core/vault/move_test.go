package vault

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// life is what LifeOf says of a chat's one record.
func (w *world) life(ch *chat) Life {
	w.t.Helper()
	var all []Life
	w.write(func(ctx context.Context, tx *store.Tx) (err error) {
		all, err = w.v.LifeOf(ctx, tx, "dvv", "chat", ch.id)
		return err
	})
	if len(all) != 1 {
		w.t.Fatal(len(all), "records")
	}
	return all[0]
}

func (w *world) hold(ch *chat, code string) (id string) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) (err error) {
		id, err = w.v.Hold(ctx, tx, clerk, ch.record, code, "tapaus 7")
		return err
	})
	return id
}

func (w *world) restrict(ch *chat) (id string) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) (err error) {
		id, err = w.v.Restrict(ctx, tx, clerk, ch.record, "pyyntö 7")
		return err
	})
	return id
}

func (w *world) release(id string) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error { return w.v.Release(ctx, tx, clerk, id, "valmis") })
}

// opens wants a chat to open for the adviser with its first text.
func (w *world) opens(ch *chat, text string) {
	w.t.Helper()
	texts, err := w.chats.texts(adviser, "answer", ch, "")
	if err != nil || len(texts) == 0 || texts[0] != text {
		w.t.Fatal("does not open:", texts, err)
	}
}

func (w *world) gone(ch *chat) {
	w.t.Helper()
	_, err := w.chats.texts(adviser, "answer", ch, "")
	if !fault.Is(err, fault.Gone) && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Invalid) {
		w.t.Fatal("still opens, or:", err)
	}
}

// S4-10, S3-2, X-2: retention counts from the close, in calendar months, rounded down.
func TestRetentionCountsFromTheClose(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for closed, last := range map[string]notice.Day{
			"2026-11-21T12:00": "2027-01-20", "2026-12-31T23:59": "2027-02-27", "2027-01-01T00:00": "2027-02-28",
			"2027-03-27T23:30": "2027-05-26", "2027-03-28T03:30": "2027-05-27", // daylight saving begins
		} {
			at, err := time.ParseInLocation("2006-01-02T15:04", closed, helsinki)
			must(t, err)
			w.write(func(ctx context.Context, tx *store.Tx) error {
				ch := &chat{id: store.NewID("c_")}
				if err := w.chats.create(ctx, tx, ch, "guardianship", "conversation"); err != nil {
					return err
				}
				if err := w.v.Settle(ctx, tx, "dvv", ch.record, at, "settled"); err != nil {
					return err
				}
				all, err := w.v.LifeOf(ctx, tx, "dvv", "chat", ch.id)
				if all[0].LastDay != last {
					t.Errorf("closed %s: last day %s, want %s", closed, all[0].LastDay, last)
				}
				return err
			})
		}
	})
}

// Moving is wrapping 32 bytes again: rows stay as they are, tokens are made anew, the move is
// recorded with its reason.
func TestAMoveChangesTheWrapAndTheTokensAndNothingElse(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.token(ch, "email", "maija@example.fi")
		var before, after []Sealed
		rows := func(into *[]Sealed) store.Func {
			return func(ctx context.Context, tx *store.Tx) (err error) {
				*into, err = w.chats.rows(ctx, tx, "dvv", ch)
				return err
			}
		}
		w.read(rows(&before))
		wrap, tokens := w.wrapOf(ch), w.macsOf(ch)
		w.clock.Advance(72 * time.Hour)
		w.chats.close(ch, w.clock.Now())
		w.read(rows(&after))
		if string(before[0].Bytes()) != string(after[0].Bytes()) || string(wrap) == string(w.wrapOf(ch)) || tokens == w.macsOf(ch) {
			t.Error("the wrong things changed")
		}
		if w.last() != "move retention program  "+ch.id+" allowed settled" {
			t.Error("recorded:", w.last())
		}
		w.opens(ch, "Hei")
		if got, err := w.found(adviser, "return", "email", "maija@example.fi", "x"); err != nil || !slices.Equal(got, []string{ch.id}) {
			t.Error("not found where it lies now:", got, err)
		}
		n := len(w.entries("dvv"))
		w.chats.close(ch, w.clock.Now()) // settling again moves nothing
		if len(w.entries("dvv")) != n {
			t.Error("a move to the same bucket:", w.last())
		}
	})
}

func (w *world) wrapOf(ch *chat) (wrap []byte) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) error {
		return tx.Row(ctx, chatQueries.Get("wrap"), "dvv", string(ch.record)).Scan(&wrap)
	})
	return wrap
}

func (w *world) macsOf(ch *chat) (macs string) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, qTokensOf, func(scan func(...any) error) error {
			var field string
			var mac, value []byte
			err := scan(&field, &mac, &value)
			macs += field + string(mac)
			return err
		}, "dvv", string(ch.record))
	})
	return macs
}

// What is still open on the last day of its bucket is moved on, and lives; what is closed does not.
func TestWhatIsStillOpenOutlivesItsBucket(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		open, closed, forgotten := w.chats.guardianship(), w.chats.guardianship(), w.chats.guardianship()
		for _, ch := range []*chat{open, closed, forgotten} {
			w.chats.say(ch, "Hei")
		}
		w.chats.close(closed, noon)
		w.write(func(ctx context.Context, tx *store.Tx) error { // closed, and never settled
			_, err := tx.Exec(ctx, chatQueries.Get("chat-close"), noon.UnixMilli(), "dvv", forgotten.id)
			return err
		})
		w.at(notice2months.Start(helsinki).Add(14 * time.Hour)) // the last day
		moved, err := w.v.MoveOpen(context.Background(), "dvv", notice2months, 0)
		must(t, err)
		if moved != 1 || w.life(open).LastDay != "2027-03-19" {
			t.Error(moved, "moved, to", w.life(open).LastDay)
		}
		if w.last() != "move retention program  "+open.id+" allowed still-open" {
			t.Error("recorded:", w.last())
		}
		w.opens(closed, "Hei") // until 24:00
		w.day(notice2months.AddDays(1))
		w.night()
		w.opens(open, "Hei")
		w.gone(closed)
		w.gone(forgotten)
		if got := w.states("guardianship"); got != "dropped living" || w.alarmed(AlarmUnfinished) {
			t.Error(got, w.v.Alarms())
		}
	})
}

// Without the last day's moves the turn makes them itself: closing admits only those.
func TestAMissedLastDayLosesNothingThatIsOpen(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		open := w.chats.guardianship()
		w.chats.say(open, "Hei")
		w.day(notice2months.AddDays(5))
		w.night()
		w.opens(open, "Hei")
		if w.states("guardianship") != "dropped living" {
			t.Error(w.states("guardianship"))
		}
	})
}

// A move that fails keeps its bucket closing, with an alarm, until the next turn.
func TestAnUnfinishedMoveWaitsForTheNextTurn(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		open := w.chats.guardianship()
		w.chats.say(open, "Hei")
		w.write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, chatQueries.Get("stock-empty"), "dvv")
			return err
		})
		w.day(notice2months.AddDays(1))
		_, err := w.v.Destroy(context.Background(), "dvv")
		wantFault(t, err, fault.Busy, "key-stock-empty")
		if w.states("guardianship") != "closing" || !w.alarmed(AlarmUnfinished) {
			t.Error(w.states("guardianship"), w.v.Alarms())
		}
		must(t, w.v.Refill(context.Background(), "dvv"))
		w.night()
		w.opens(open, "Hei")
		if w.states("guardianship") != "dropped living" || w.alarmed(AlarmUnfinished) {
			t.Error(w.states("guardianship"), w.v.Alarms())
		}
	})
}

func (w *world) alarmed(kind string) bool {
	return slices.ContainsFunc(w.v.Alarms(), func(a Alarm) bool { return a.Kind == kind })
}

// Two moves and a post at once: one after the other, and everything opens at the end.
func TestMovesAndPostsAtOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		done := make(chan error, 12)
		for i := range 12 {
			go func() {
				done <- w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
					if i%3 == 0 {
						return w.v.Settle(ctx, tx, "dvv", ch.record, noon.AddDate(0, 0, i), "settled")
					}
					writer, err := w.v.Writer(ctx, tx, "dvv", ch.record)
					if err != nil {
						return err
					}
					s, err := writer.Seal(rowOf(ch.id, int64(i+2)), []Value{{"text", "x"}})
					_, err2 := tx.Exec(ctx, chatQueries.Get("message-add"), "dvv", ch.id, i+2, string(ch.record), s)
					return errors.Join(err, err2)
				})
			}()
		}
		for range 12 {
			must(t, <-done)
		}
		texts, err := w.chats.texts(adviser, "answer", ch, "")
		if err != nil || len(texts) != 9 {
			t.Error(texts, err)
		}
	})
}
