package vault

import (
	"context"
	"errors"
	"testing"
	"time"

	"luukku/core/clock"
	"luukku/core/notice"
	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/fault"
	"luukku/store"
)

// two makes one conversation that ends on 20 January 2027 and one that lives on.
func (w *world) two() (ends, lives *chat) {
	w.t.Helper()
	ends, lives = w.chats.guardianship(), w.chats.advice()
	for _, ch := range []*chat{ends, lives} {
		w.chats.say(ch, "Hei")
		w.chats.close(ch, noon)
	}
	return ends, lives
}

// wantDone is how the night must end, whatever happened on the way.
func (w *world) wantDone(ends, lives *chat, key string) {
	w.t.Helper()
	w.gone(ends)
	w.opens(lives, "Hei")
	if _, held := w.sets["dvv"].Snapshot().Key(key); held {
		w.t.Error("the key outlived the night")
	}
	_, err := w.v.Reclaim(context.Background(), "dvv", 0)
	must(w.t, err)
	if got := w.states("guardianship"); got != "gone" {
		w.t.Error("the bucket is", got)
	}
	w.opens(lives, "Hei")
	w.consistent()
}

// A crash after any step is resumed by the next start and night.
func TestDestroyingResumesAfterACrashAtEveryState(t *testing.T) {
	ctx := context.Background()
	steps := []struct {
		name string
		do   func(w *world)
	}{
		{"nothing", func(w *world) {}},
		{"closing", func(w *world) { _, err := w.v.close(ctx, "dvv"); must(w.t, err) }},
		{"dead", func(w *world) { _, err := w.v.Destroy(ctx, "dvv"); must(w.t, err) }},
		{"foretold", func(w *world) {
			must(w.t, w.v.foretell(ctx, "dvv", w.sets["dvv"], w.mustDoomed().buckets))
		}},
		{"dropped in the stores only", func(w *world) {
			_, err := w.v.drop(ctx, "dvv", w.sets["dvv"], w.mustDoomed(), false)
			must(w.t, err)
		}},
		{"dropped", func(w *world) { _, err := w.v.Turn(ctx, "dvv"); must(w.t, err) }},
		{"half reclaimed", func(w *world) {
			w.write(func(ctx context.Context, tx *store.Tx) error {
				_, _, err := w.v.reclaimSome(ctx, tx, "dvv", 1)
				return err
			})
		}},
	}
	for last := range steps {
		t.Run(steps[last].name, func(t *testing.T) {
			worlds(t, func(t *testing.T, w *world) {
				ends, lives := w.two()
				key := w.keyOf(ends)
				w.day(notice2months.AddDays(1))
				for _, step := range steps[:last+1] {
					step.do(w)
				}
				w.gone(ends)
				w.restart()
				w.gone(ends)
				w.night()
				w.wantDone(ends, lives, key)
			})
		})
	}
}

func (w *world) mustDoomed() doomed {
	w.t.Helper()
	d, err := w.v.doomed(context.Background(), "dvv", w.sets["dvv"], false)
	must(w.t, err)
	return d
}

// A power cut at any operation of the key stores during a turn: what lives opens afterwards, what
// died does not, and the next night ends it.
func TestAPowerCutDuringTheTurnLosesNothingThatLives(t *testing.T) {
	for n := 0; ; n++ {
		disk := keystoretest.NewDisk()
		w := newWorldOn(t, "sqlite", disk)
		ends, lives := w.two()
		key := w.keyOf(ends)
		w.day(notice2months.AddDays(1))
		_, err := w.v.Destroy(context.Background(), "dvv")
		must(t, err)
		disk.CutBefore(n)
		_, turned := w.v.Turn(context.Background(), "dvv")
		for i, waking := range disk.Wakings() {
			if i > 0 && i%7 != 0 {
				continue // the key store's own tests look at every one
			}
			w.rekey(waking)
			w.opens(lives, "Hei")
			w.gone(ends)
		}
		w.night()
		w.wantDone(ends, lives, key)
		w.stop()
		if turned == nil {
			if n < 5 {
				t.Error("the turn had only", n, "operations")
			}
			return
		}
	}
}

// rekey starts again with the key stores as they are on a disk.
func (w *world) rekey(disk *keystoretest.Disk) {
	w.t.Helper()
	w.stop()
	w.disk = disk
	w.openKeys()
	w.start()
}

// openKeys opens the key stores as cmd does, by what the database noted.
func (w *world) openKeys() {
	w.t.Helper()
	for _, a := range authorities {
		noted, err := Noted(context.Background(), w.db, a)
		must(w.t, err)
		set, err := keystore.OpenSet(context.Background(), w.setOptions(a), noted.Generation)
		if err != nil {
			w.t.Fatal(a, err)
		}
		w.sets[a] = set
	}
}

// A failing database between the stores' turn and its noting.
func TestATurnThatCannotBeNotedIsRepeated(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ends, lives := w.two()
		key := w.keyOf(ends)
		w.day(notice2months.AddDays(1))
		_, err := w.v.Destroy(context.Background(), "dvv")
		must(t, err)
		d := w.mustDoomed()
		_, err = w.v.drop(context.Background(), "dvv", w.sets["dvv"], d, false)
		must(t, err)
		w.night() // without a restart in between
		w.wantDone(ends, lives, key)
	})
}

// Destroying waits for a clock that can be believed; opening does not.
func TestNothingIsDestroyedOnTheWordOfADoubtfulClock(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ends, _ := w.two()
		w.mark = noon
		w.clock.Step(400 * 24 * time.Hour)
		w.v.o.Keeper = clock.NewKeeper(w.clock, w.mark, clock.Options{SteadyAtOnce: true})
		w.fails(fault.Busy, "clock-alarm", func(context.Context, *store.Tx) error {
			return w.v.o.Keeper.MayDestroy()
		})
		_, err := w.v.Destroy(context.Background(), "dvv")
		wantFault(t, err, fault.Busy, "clock-alarm")
		if w.states("guardianship") != "living" {
			t.Error(w.states("guardianship"))
		}
		w.gone(ends)
	})
}

// From dead on nothing opens, whatever a cache holds: a session that read a moment ago too.
func TestDeadIsDeadForWhoReadAMomentAgo(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.guardianship()
		w.chats.say(ch, "Hei")
		w.chats.close(ch, noon)
		r := w.mustBegin(subject(ch.id), ch)
		w.opens(ch, "Hei")
		w.write(func(ctx context.Context, tx *store.Tx) error {
			rec, err := w.v.recordShared(ctx, tx, "dvv", ch.record)
			return errors.Join(err, w.v.kill(ctx, tx, "dvv", rec.bucket.id, causeExpired))
		})
		w.gone(ch)
		_, err := w.readIn(r, ch, w.db.Read)
		wantFault(t, err, fault.Gone, "retention-ended")
		w.fails(fault.Gone, "retention-ended", func(ctx context.Context, tx *store.Tx) error {
			return w.v.Settle(ctx, tx, "dvv", ch.record, noon.AddDate(0, 1, 0), "settled")
		})
	})
}

// A bucket dies while others seal and open in it: each of them is before or after, none in between.
func TestDyingWaitsForThoseWhoOpen(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.guardianship()
		w.chats.say(ch, "Hei")
		var rec *record
		w.write(func(ctx context.Context, tx *store.Tx) (err error) {
			rec, err = w.v.recordShared(ctx, tx, "dvv", ch.record)
			return err
		})
		inside, dead := make(chan bool), make(chan error, 1)
		go func() {
			<-inside
			dead <- w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
				return w.v.kill(ctx, tx, "dvv", rec.bucket.id, causeExpired)
			})
		}()
		w.write(func(ctx context.Context, tx *store.Tx) error {
			if _, err := w.v.Writer(ctx, tx, "dvv", ch.record); err != nil {
				return err
			}
			inside <- true
			select {
			case <-dead:
				t.Error("died under a writer")
			case <-time.After(50 * time.Millisecond):
			}
			return nil
		})
		must(t, <-dead)
		w.gone(ch)
	})
}

func TestPlanTellsWhatEndsAndWhen(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ends, _ := w.two()
		plan := func(until notice.Day) (all []BucketInfo) {
			w.read(func(ctx context.Context, tx *store.Tx) (err error) {
				all, err = w.v.Plan(ctx, tx, "dvv", until)
				return err
			})
			return all
		}
		if got := plan(notice2months.AddDays(-1)); got != nil {
			t.Error("too early:", got)
		}
		got := plan(notice2months)
		if len(got) != 1 || got[0].Notice != "guardianship" || got[0].LastDay != notice2months || got[0].Records != 1 || got[0].State != Living {
			t.Fatalf("%+v", got)
		}
		w.day(notice2months.AddDays(1))
		w.night()
		got = plan("2027-01-01")
		if len(got) != 1 || got[0].State != Dropped || got[0].Cause != causeExpired || got[0].DeadAt == 0 {
			t.Errorf("%+v", got)
		}
		w.gone(ends)
	})
}

// Reclaiming works in slices, and what lives beside it stays.
func TestReclaimingTakesSlices(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		var ends []*chat
		for range 60 {
			ch := w.chats.guardianship()
			w.chats.say(ch, "Hei")
			w.chats.say(ch, "Hei taas")
			w.chats.close(ch, noon)
			ends = append(ends, ch)
		}
		lives := w.chats.advice()
		w.chats.say(lives, "Hei")
		w.day(notice2months.AddDays(1))
		w.night()
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		before, err := w.v.Reclaim(ctx, "dvv", time.Millisecond)
		if err != nil {
			t.Error("stopped:", before, err)
		}
		rows, err := w.v.Reclaim(context.Background(), "dvv", time.Millisecond)
		must(t, err)
		if before+rows < 60 || w.count("messages-count", "dvv") != 1 || w.states("guardianship") != "gone" {
			t.Error(before, rows, w.count("messages-count", "dvv"), w.states("guardianship"))
		}
		w.opens(lives, "Hei")
		w.consistent()
		_ = ends
	})
}

func TestPaceKeepsToItsBudget(t *testing.T) {
	p := newPace(50 * time.Millisecond)
	cost := 3 * time.Millisecond // for one thing
	longest := time.Duration(0)
	for range 50 {
		took := time.Duration(p.size) * cost
		longest = max(longest, took)
		p.learn(took)
	}
	if longest > 30*time.Millisecond || p.size < 3 {
		t.Error("longest slice", longest, "size", p.size)
	}
	p.learn(10 * time.Second)
	if p.size != 1 {
		t.Error("one slow slice leaves size", p.size)
	}
}

// The death of a bucket touches one row, whatever it contains.
func TestDyingTakesAsManyStatementsForOneRecordAsForMany(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		counts := map[int]int64{}
		for i, n := range []int{1, 200} {
			for range n {
				w.write(func(ctx context.Context, tx *store.Tx) error {
					_, err := w.v.Create(ctx, tx, Birth{Authority: "dvv", Notice: "guardianship", Group: "conversation", Type: "chat",
						Row: store.NewID("c_"), Final: true})
					return err
				})
			}
			w.clock.Advance(70 * 24 * time.Hour)
			before := w.db.Statements()
			dead, err := w.v.Destroy(context.Background(), "dvv")
			must(t, err)
			if len(dead) != 1 {
				t.Fatal(dead)
			}
			counts[i] = w.db.Statements() - before
		}
		if counts[0] != counts[1] {
			t.Error("statements:", counts)
		}
	})
}
