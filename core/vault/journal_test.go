package vault

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/core/notice"
	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

// backup copies the data, never the keys.
func (w *world) backup() string {
	w.t.Helper()
	dir := filepath.Join(w.t.TempDir(), "backup")
	must(w.t, w.db.Snapshot(context.Background(), dir))
	return dir
}

// restore brings a backup back beside today's key stores and starts.
func (w *world) restore(dir string) {
	w.t.Helper()
	w.v.Close()
	must(w.t, w.db.Close())
	w.url = storetest.Empty(w.t, map[store.Engine]string{store.SQLite: "sqlite", store.PostgreSQL: "postgres"}[w.db.Engine()])
	if w.db.Engine() == store.PostgreSQL {
		w.makeTables(w.url) // a restore there makes the program's tables, not the tests'
	}
	must(w.t, store.Restore(context.Background(), store.Options{URL: w.url}, dir))
	w.db = storetest.Reopen(w.t, w.url)
	must(w.t, AfterRestore(context.Background(), w.db, w.clock.Now()))
	w.start()
}

func (w *world) flush() {
	w.t.Helper()
	must(w.t, w.v.Flush(context.Background(), "dvv"))
}

func (w *world) lines(kind string) (n int) {
	for _, l := range w.sets["dvv"].Journal() {
		if l.Kind == kind {
			n++
		}
	}
	return n
}

func (w *world) erase(chats ...*chat) {
	w.t.Helper()
	var ids []RecordID
	for _, ch := range chats {
		ids = append(ids, ch.record)
	}
	must(w.t, w.v.Erase(context.Background(), clerk, ids, "pyyntö 3"))
}

func TestErasureTakesOnePersonsRowsWrapAndTokens(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch, stays := w.chats.advice(), w.chats.advice()
		for _, c := range []*chat{ch, stays} {
			w.chats.say(c, "Hei")
			w.token(c, "email", "maija@example.fi")
		}
		w.erase(ch)
		w.gone(ch)
		w.opens(stays, "Hei")
		if got, err := w.found(adviser, "return", "email", "maija@example.fi", "x"); err != nil || !slices.Equal(got, []string{stays.id}) {
			t.Error(got, err)
		}
		if w.count("messages-count", "dvv") != 1 || w.lines(keystore.LineErased) != 1 {
			t.Error("rows or journal:", w.count("messages-count", "dvv"), w.lines(keystore.LineErased))
		}
		if lines := strings.Join(w.entries("dvv"), "\n"); !strings.Contains(lines, "erase s_clerk registry_clerk  "+ch.id+" allowed pyyntö 3") {
			t.Error("not recorded:", lines)
		}
		wantFault(t, w.v.Erase(context.Background(), clerk, []RecordID{ch.record}, "x"), fault.NotFound, "not-found")
	})
}

// The journal reaches the stores before the rows go: what cannot be journalled is not erased.
func TestErasureIsJournalledInEveryStoreBeforeRowsGo(t *testing.T) {
	w := newWorldOn(t, "sqlite", keystoretest.NewDisk())
	ch := w.chats.advice()
	w.chats.say(ch, "Hei")
	w.disk.FailWith(func(op, path string) error {
		if strings.Contains(path, "second") {
			return errors.New("out of reach")
		}
		return nil
	})
	err := w.v.Erase(context.Background(), clerk, []RecordID{ch.record}, "pyyntö 3")
	wantFault(t, err, fault.Busy, "journal-unreachable")
	w.opens(ch, "Hei")
	w.disk.FailWith(nil)
	w.erase(ch)
	w.gone(ch)
}

// A crash between the journal and the rows: the next start finishes it.
func TestStartFinishesAnErasureThatACrashCutOff(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		body, _ := json.Marshal(idsLine{[]string{string(ch.record)}})
		must(t, w.sets["dvv"].Append(context.Background(), keystore.JournalLine{At: 1, Kind: keystore.LineErased, Body: body}))
		w.opens(ch, "Hei")
		w.restart()
		w.gone(ch)
		if w.count("messages-count", "dvv") != 0 || !strings.HasSuffix(w.last(), "replayed") {
			t.Error(w.last())
		}
	})
}

// Promise 3 and the journal: a restore brings back neither the destroyed nor the erased.
func TestARestoreBringsBackNeitherTheDestroyedNorTheErased(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		destroyed, erased, lives := w.chats.guardianship(), w.chats.advice(), w.chats.advice()
		for _, ch := range []*chat{destroyed, erased, lives} {
			w.chats.say(ch, "Hei")
		}
		w.chats.close(destroyed, noon)
		w.at(notice2months.Start(helsinki)) // its last day
		dir := w.backup()
		w.opens(destroyed, "Hei")
		w.erase(erased)
		w.day(notice2months.AddDays(1))
		w.night()
		_, err := w.v.Reclaim(context.Background(), "dvv", 0)
		must(t, err)

		w.restore(dir)
		if w.count("messages-count", "dvv") != 2 {
			t.Error("the erased row came back:", w.count("messages-count", "dvv"))
		}
		w.gone(destroyed)
		w.gone(erased)
		w.opens(lives, "Hei")
		if got := w.states("guardianship"); got != "dropped" {
			t.Error("the destroyed bucket is", got)
		}
		_, err = w.v.Reclaim(context.Background(), "dvv", 0)
		must(t, err)
		w.opens(lives, "Hei")
		w.consistent()
	})
}

// consistent wants Verify to find nothing.
func (w *world) consistent() {
	w.t.Helper()
	for _, a := range authorities {
		findings, err := w.v.Verify(context.Background(), a)
		if err != nil || findings != nil {
			w.t.Error(findings, err)
		}
	}
}

// A hold, a restriction, a release and a late move are known to an older backup, although the
// buckets that its records lie in have died since.
func TestARestoreKnowsHoldsAndMovesThatItDoesNotHave(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		n := guardianNotice()
		n.Groups[0].Holds = adviceNotice(1).Groups[0].Holds
		w.shelveAll(n)
		held, restricted, open, released := w.chats.guardianship(), w.chats.guardianship(), w.chats.guardianship(), w.chats.guardianship()
		for _, ch := range []*chat{held, restricted, open, released} {
			w.chats.say(ch, "Hei")
		}
		for _, ch := range []*chat{held, restricted, released} {
			w.chats.close(ch, noon)
		}
		w.at(notice2months.Start(helsinki).Add(-48 * time.Hour))
		dir := w.backup()
		w.hold(held, "complaint")
		w.restrict(restricted)
		w.release(w.hold(released, "complaint"))
		_, err := w.v.MoveOpen(context.Background(), "dvv", notice2months, 0)
		must(t, err)
		w.day(notice2months.AddDays(3))
		w.night() // the bucket that the backup has them in is dead and its key gone
		w.flush()

		for range 2 { // a second start changes nothing
			w.restore(dir)
			w.shelveAll(n)
			w.opens(held, "Hei")
			w.opens(open, "Hei")
			if texts, err := w.chats.texts(subject(restricted.id), "answer", restricted, ""); err != nil || texts[0] != "Hei" {
				t.Error("restricted:", texts, err)
			}
			_, err = w.chats.texts(adviser, "answer", restricted, "")
			wantFault(t, err, fault.Denied, "restricted")
			w.gone(released)
			if l := w.life(held); !l.Held || l.LastDay != "2029-11-20" {
				t.Errorf("%+v", l)
			}
			w.restart()
			w.shelveAll(n)
			w.opens(held, "Hei")
			w.consistent()
		}
	})
}

func (w *world) shelveAll(guardian *notice.Notice) {
	w.t.Helper()
	w.shelveThese(adviceNotice(1), guardian, auditNoticeOf())
}

// What was taken away from somebody stays so after a restore; what was given back later does too.
func TestARestoreGivesNoRightBack(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		dir := w.backup()
		w.clock.Advance(time.Minute)
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.reg.Disable(ctx, tx, "dvv", adviser.ID, w.clock.Now())
		})
		w.flush()
		w.restore(dir)
		_, err := w.chats.texts(adviser, "answer", ch, "")
		wantFault(t, err, fault.Denied, "no-grant")
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.reg.Enable(ctx, tx, "dvv", adviser.ID, w.clock.Now().Add(time.Second))
		})
		w.restart()
		w.opens(ch, "Hei")
	})
}

// A line that was left in a transaction reaches the stores by itself, soon after the commit.
func TestTheCourierDeliversLinesByItself(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.hold(ch, "complaint")
		for until := time.Now().Add(time.Minute); w.lines(keystore.LineHold) == 0; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(until) {
				t.Fatal("not delivered")
			}
		}
	})
}

// Lines that wait while no store can be reached raise an alarm, and arrive with the next start at
// the latest, once.
func TestLinesWaitForTheStores(t *testing.T) {
	w := newWorldOn(t, "sqlite", keystoretest.NewDisk())
	ch := w.chats.advice()
	w.disk.FailWith(func(op, path string) error { return errors.New("out of reach") })
	w.hold(ch, "complaint")
	if err := w.v.deliver(context.Background(), "dvv"); err == nil {
		t.Fatal("delivered to nobody")
	}
	if !w.alarmed(AlarmJournalWaits) {
		t.Error("no alarm:", w.v.Alarms())
	}
	w.disk.FailWith(nil)
	w.restart()
	w.restart()
	if n := w.lines(keystore.LineHold); n != 1 {
		t.Error(n, "lines")
	}
}

// One key store is out of reach when the program starts: it serves from the other one, with the
// stock that is left, and what waits arrives by itself.
func TestAStartGoesOnWithoutOneKeyStore(t *testing.T) {
	for _, gone := range []string{"first", "second"} {
		t.Run(gone, func(t *testing.T) {
			w := newWorldOn(t, "sqlite", keystoretest.NewDisk())
			ch := w.chats.advice()
			w.chats.say(ch, "Hei")
			w.disk.FailWith(func(op, path string) error {
				if strings.Contains(path, gone) {
					return errors.New("out of reach")
				}
				return nil
			})
			w.hold(ch, "complaint")
			w.restart()
			w.opens(ch, "Hei")
			w.chats.say(w.chats.advice(), "Moi")
			w.disk.FailWith(nil)
			must(t, w.v.Flush(context.Background(), "dvv"))
			must(t, w.v.Refill(context.Background(), "dvv"))
			if n := w.lines(keystore.LineHold); n != 1 {
				t.Error(n, "lines")
			}
		})
	}
}

// Nothing of the key stores is touched inside a transaction.
func TestNoKeyStoreIsTouchedInsideATransaction(t *testing.T) {
	w := newWorldOn(t, "sqlite", keystoretest.NewDisk())
	ch := w.chats.advice()
	w.chats.say(ch, "Hei")
	w.v.courier.stop() // or it would deliver at any moment
	inside := func(name string, fn store.Func) {
		w.write(func(ctx context.Context, tx *store.Tx) error {
			w.disk.FailWith(func(op, path string) error {
				t.Errorf("%s: %s of %s", name, op, path)
				return nil
			})
			defer w.disk.FailWith(nil)
			return fn(ctx, tx)
		})
	}
	inside("create", func(ctx context.Context, tx *store.Tx) error {
		return w.chats.create(ctx, tx, &chat{id: "c_new"}, "guardianship", "conversation")
	})
	inside("open", func(ctx context.Context, tx *store.Tx) error {
		rows, err := w.chats.rows(ctx, tx, "dvv", ch)
		_, err2 := w.v.OpenAll(ctx, tx, adviser, "answer", rows, Why{})
		return errors.Join(err, err2)
	})
	inside("hold", func(ctx context.Context, tx *store.Tx) error {
		_, err := w.v.Hold(ctx, tx, clerk, ch.record, "complaint", "x")
		return err
	})
	inside("withdraw", func(ctx context.Context, tx *store.Tx) error {
		return w.reg.Disable(ctx, tx, "dvv", "s_other", w.clock.Now())
	})
	w.v.courier.start(w.v.deliver)
}

// A start replays lines that the database has long gone beyond: nothing goes back.
func TestReplayingOldLinesTakesNothingBack(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.release(w.hold(ch, "complaint"))
		w.clock.Advance(5 * 24 * time.Hour)
		w.chats.close(ch, w.clock.Now()) // far from its end: no line tells of this move
		w.flush()
		before := w.life(ch)
		w.restart()
		if after := w.life(ch); after != before || after.LastDay != "2028-11-25" {
			t.Errorf("%+v, was %+v", after, before)
		}
		w.opens(ch, "Hei")
	})
}

// A line that waits in a backup and was delivered since is not written again after what came later.
func TestARestoredLineIsNotWrittenTwice(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.v.courier.stop()
		id := w.hold(ch, "complaint")
		dir := w.backup() // with the line still on its way
		w.release(id)
		w.flush()
		w.v.courier.start(w.v.deliver)
		for range 2 {
			w.restore(dir)
			w.restart()
			if l := w.life(ch); l.Held || w.lines(keystore.LineHold) != 1 {
				t.Errorf("%+v, %d lines", l, w.lines(keystore.LineHold))
			}
		}
	})
}
