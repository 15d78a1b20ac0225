package vault

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"luukku/core/access"
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

// S1-37: a hold keeps a record for a declared reason, at most until the cap counted from the event
// and never from the day of the hold.
func TestAHoldIsCappedFromTheEvent(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.token(ch, "email", "maija@example.fi")
		w.chats.close(ch, noon)
		w.clock.Advance(100 * 24 * time.Hour)
		w.night()
		w.hold(ch, "complaint")
		if l := w.life(ch); l.LastDay != "2029-11-20" || !l.Held || l.Restrict {
			t.Errorf("%+v", l)
		}
		if w.last() != "hold s_clerk registry_clerk  "+ch.id+" allowed tapaus 7" {
			t.Error("recorded:", w.last())
		}
		w.day("2028-11-21") // the ordinary time is over
		w.night()
		w.opens(ch, "Hei")
		if got, err := w.found(adviser, "return", "email", "maija@example.fi", "x"); err != nil || len(got) != 1 {
			t.Error("not found under the hold:", got, err)
		}
		w.day("2029-11-21")
		w.gone(ch)
		w.night()
		w.gone(ch)
		w.holdRefused(ch.record, "complaint", fault.Gone, "retention-ended")
	})
}

func (w *world) holdRefused(id RecordID, code string, want fault.Code, key string) {
	w.t.Helper()
	w.fails(want, key, func(ctx context.Context, tx *store.Tx) error {
		_, err := w.v.Hold(ctx, tx, clerk, id, code, "tapaus")
		return err
	})
}

func TestHoldsAreForThoseWhoDecideAndForDeclaredReasons(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.holdRefused(ch.record, "curiosity", fault.Invalid, "undeclared-hold")
		w.holdRefused("r_none", "complaint", fault.NotFound, "not-found")
		for _, c := range []struct {
			caller access.Caller
			why    string
			code   fault.Code
			key    string
		}{
			{adviser, "x", fault.Denied, "not-allowed"}, {subject(ch.id), "x", fault.Denied, "no-grant"},
			{clerk, "", fault.Invalid, "reason-missing"}, {foreign, "x", fault.NotFound, "not-found"},
		} {
			for _, act := range []store.Func{
				func(ctx context.Context, tx *store.Tx) error {
					_, err := w.v.Hold(ctx, tx, c.caller, ch.record, "complaint", c.why)
					return err
				},
				func(ctx context.Context, tx *store.Tx) error {
					_, err := w.v.Restrict(ctx, tx, c.caller, ch.record, c.why)
					return err
				},
			} {
				w.fails(c.code, c.key, act)
			}
			wantFault(t, w.v.Erase(context.Background(), c.caller, []RecordID{ch.record}, c.why), c.code, c.key)
		}
		if l := w.life(ch); l.Held || l.Restrict {
			t.Errorf("%+v", l)
		}
	})
}

// A record lives while one of its reasons stands; releasing one leaves the others.
func TestReleasingOneHoldLeavesTheOthers(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.chats.close(ch, noon)
		complaint, quality := w.hold(ch, "complaint"), w.hold(ch, "quality")
		if l := w.life(ch); l.LastDay != "2030-11-20" {
			t.Errorf("not the longest: %+v", l)
		}
		w.release(quality)
		if l := w.life(ch); l.LastDay != "2029-11-20" || !l.Held {
			t.Errorf("not the other: %+v", l)
		}
		w.release(complaint)
		if l := w.life(ch); l.LastDay != "2028-11-20" || l.Held {
			t.Errorf("not the ordinary: %+v", l)
		}
		w.opens(ch, "Hei")
		if got := w.states("advice"); got != "living dead dead dead" { // the complaint had two: it was left empty once
			t.Error("the holds' own buckets:", got)
		}
		w.fails(fault.NotFound, "not-found", func(ctx context.Context, tx *store.Tx) error {
			return w.v.Release(ctx, tx, clerk, complaint, "x")
		})
	})
}

// A hold released after the ordinary time ends the record with its own bucket.
func TestAReleaseAfterTheOrdinaryTimeEndsTheRecord(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.chats.close(ch, noon)
		id := w.hold(ch, "complaint")
		w.day("2028-12-01")
		w.night()
		w.opens(ch, "Hei")
		key := w.keyOf(ch)
		w.release(id)
		w.gone(ch)
		w.night()
		if _, held := w.sets["dvv"].Snapshot().Key(key); held {
			t.Error("the key outlived the turn")
		}
	})
}

// A hold that is released while the conversation is still open does not end it.
func TestAReleaseOfWhatIsStillOpenKeepsIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		id := w.hold(ch, "complaint")
		w.day("2028-12-01")
		w.night()
		w.release(id)
		w.opens(ch, "Hei")
		if l := w.life(ch); l.LastDay != "2030-11-30" || l.Held {
			t.Errorf("%+v", l)
		}
	})
}

// GDPR Art. 18: what is restricted opens for the person and for rights requests only.
func TestRestrictedDataOpenForThePersonAndForRightsOnly(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.token(ch, "email", "maija@example.fi")
		w.chats.close(ch, noon)
		id := w.restrict(ch)
		for _, c := range []struct {
			caller  access.Caller
			purpose string
			key     string
		}{{adviser, "answer", "restricted"}, {adviser, "return", "restricted"}, {clerk, "rights_fulfilment", ""}, {subject(ch.id), "answer", ""}} {
			texts, err := w.chats.texts(c.caller, c.purpose, ch, "x")
			if c.key != "" {
				wantFault(t, err, fault.Denied, c.key)
			} else if err != nil || texts[0] != "Hei" {
				t.Error(c.caller.ID, texts, err)
			}
		}
		if got, err := w.found(adviser, "return", "email", "maija@example.fi", "x"); err != nil || got != nil {
			t.Error("an adviser finds it:", got, err)
		}
		if got, err := w.found(clerk, "rights_fulfilment", "email", "maija@example.fi", "x"); err != nil || len(got) != 1 {
			t.Error("the clerk does not find it:", got, err)
		}
		_, err := w.begin(adviser, "answer", ch, "")
		wantFault(t, err, fault.Denied, "restricted")
		w.day("2031-01-01") // long after its time: it is kept
		w.night()
		if _, err := w.chats.texts(subject(ch.id), "answer", ch, ""); err != nil {
			t.Error("the restriction did not keep it:", err)
		}
		w.release(id)
		_, err = w.chats.texts(subject(ch.id), "answer", ch, "")
		wantFault(t, err, fault.Gone, "retention-ended")
	})
}

func TestARestrictionGoesBeforeAHold(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.close(ch, noon)
		w.hold(ch, "complaint")
		id := w.restrict(ch)
		w.hold(ch, "quality")
		if l := w.life(ch); !l.Restrict {
			t.Errorf("%+v", l)
		}
		w.release(id)
		if l := w.life(ch); l.Restrict || l.LastDay != "2030-11-20" {
			t.Errorf("%+v", l)
		}
	})
}

// A notice caps a restriction by declaring a hold of that name.
func TestADeclaredRestrictionIsCapped(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		n := adviceNotice(1)
		n.Groups[0].Holds = append(n.Groups[0].Holds, notice.Hold{ID: restrictionCode, For: notice.Period{Years: 3}})
		w.shelve(n)
		ch := w.chats.advice()
		w.chats.close(ch, noon)
		w.restrict(ch)
		if l := w.life(ch); !l.Restrict || l.LastDay != "2029-11-20" {
			t.Errorf("%+v", l)
		}
		w.day("2029-11-21")
		_, err := w.chats.texts(subject(ch.id), "answer", ch, "")
		if !fault.Is(err, fault.Gone) && !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	})
}

// Settling what is held keeps it held, its cap counting from the close.
func TestSettlingUnderAHoldMovesTheCap(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.hold(ch, "complaint")
		w.clock.Advance(10 * 24 * time.Hour)
		w.chats.close(ch, w.clock.Now())
		if l := w.life(ch); l.LastDay != "2029-11-30" || !l.Held {
			t.Errorf("%+v", l)
		}
	})
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
