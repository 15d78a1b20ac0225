package vault

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/fault"
	"luukku/store"
)

// The stock is filled up by each turn, and every key of it is in every store before it is used.
func TestATurnLeavesDaysOfKeysReady(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		want := w.v.wanted("dvv")
		ready, err := w.v.ready(context.Background(), "dvv")
		must(t, err)
		if ready != want || want.Day < 3*3 {
			t.Errorf("ready %+v, want %+v", ready, want)
		}
		w.two()
		w.night()
		if ready, err = w.v.ready(context.Background(), "dvv"); err != nil || ready != want {
			t.Errorf("ready %+v, want %+v (%v)", ready, want, err)
		}
	})
}

// A key that a lost bucket had is never used again, is kept as long as a backup may need it, and
// then goes.
func TestKeysThatALostBucketHadGoWhenNoBackupCanNeedThem(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		dir := w.backup()
		key := w.keyOf(w.chats.guardianship()) // its bucket is in no backup; its key is in the backup's stock
		w.mustBegin(adviser, w.chats.advice())
		w.restore(dir)
		if again := w.keyOf(w.chats.guardianship()); again == key {
			t.Fatal("used for two buckets")
		}
		w.night()
		if _, held := w.sets["dvv"].Snapshot().Key(key); !held {
			t.Fatal("dropped at once")
		}
		w.consistent()
		w.clock.Advance(37 * 24 * time.Hour)
		w.night()
		if _, held := w.sets["dvv"].Snapshot().Key(key); held {
			t.Error("kept for ever")
		}
		if left := w.mustDoomed(); len(left.strays) > 0 {
			t.Error("strays:", left.strays)
		}
	})
}

// A reading session of a backup does not go on in the restored database.
func TestARestoreEndsReadings(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.v.o.Node = "n1"
		ch := w.chats.advice()
		r := w.mustBegin(adviser, ch)
		w.restore(w.backup())
		_, err := w.readIn(r, ch, w.db.Read)
		wantFault(t, err, fault.Denied, "reading-ended")
	})
}

// Design: a missing or older key store is never replaced silently; keys lost says what is lost.
func TestMissingKeysStopSealingUntilTheyAreGivenUp(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		set := w.sets["dvv"]
		w.sets["dvv"] = nil
		w.restart()
		if !w.alarmed(AlarmKeysMissing) {
			t.Error("no alarm:", w.v.Alarms())
		}
		for _, fn := range []store.Func{
			func(ctx context.Context, tx *store.Tx) error {
				return w.chats.create(ctx, tx, &chat{id: "c_new"}, "advice", "event")
			},
			func(ctx context.Context, tx *store.Tx) error { return w.chats.post(ctx, tx, ch, Value{"text", "x"}) },
		} {
			w.fails(fault.Busy, "keys-unavailable", fn)
		}
		_, err := w.chats.texts(adviser, "answer", ch, "")
		wantFault(t, err, fault.Busy, "keys-unavailable")
		lost, err := w.v.KeysLost(context.Background(), "dvv", false)
		must(t, err)
		if len(lost.Buckets) != 1 || lost.Buckets[0].Notice != "advice" || lost.Buckets[0].Records != 1 {
			t.Errorf("%+v", lost)
		}
		_, err = w.v.KeysLost(context.Background(), "dvv", true)
		wantFault(t, err, fault.Busy, "keys-unavailable")
		w.sets["dvv"] = set // found again: nothing was given up
		w.restart()
		w.opens(ch, "Hei")
	})
}

// With new, empty key stores what was sealed before stays closed, and everything new works.
func TestKeysLostGoesOnWithWhatIsLeft(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.night()
		w.v.Close()
		must(t, w.sets["dvv"].Close())
		w.dir = t.TempDir() // a new machine without the old keys
		fresh, err := keystore.CreateSet(context.Background(), w.setOptions("dvv"))
		must(t, err)
		w.sets["dvv"] = fresh
		w.start()
		if !w.alarmed(AlarmKeysOlder) {
			t.Error("taken for the right ones:", w.v.Alarms())
		}
		w.fails(fault.Busy, "keys-unavailable", func(ctx context.Context, tx *store.Tx) error {
			return w.chats.create(ctx, tx, &chat{id: "c_new"}, "advice", "event")
		})
		lost, err := w.v.KeysLost(context.Background(), "dvv", true)
		must(t, err)
		if len(lost.Buckets) != 1 || w.alarmed(AlarmKeysOlder) {
			t.Errorf("%+v, %v", lost, w.v.Alarms())
		}
		w.gone(ch)
		again := w.chats.advice() // of the same day: its bucket follows the lost one
		w.chats.say(again, "Hei taas")
		w.opens(again, "Hei taas")
		w.restart()
		w.opens(again, "Hei taas")
		w.night()
		w.consistent()
		if w.count("messages-count", "dvv") != 2 {
			t.Error("rows of the lost bucket went before their time")
		}
	})
}

// Older stores would bring dropped keys back: they are refused by their generation.
func TestOlderKeyStoresAreKnown(t *testing.T) {
	w := newWorldOn(t, "sqlite", keystoretest.NewDisk())
	w.two()
	old := w.disk.Wakings()[0]
	w.day(notice2months.AddDays(1))
	w.night()
	w.stop()
	w.disk = old
	noted, err := Noted(context.Background(), w.db, "dvv")
	must(t, err)
	var older keystore.ErrOlder
	if _, err := keystore.OpenSet(context.Background(), w.setOptions("dvv"), noted.Generation); !errors.As(err, &older) {
		t.Error("opened:", err)
	}
	if len(noted.Keys) == 0 || slices.Contains(noted.Keys, "") {
		t.Error("named keys:", noted.Keys)
	}
}

func TestVerifyFindsWhatDoesNotFit(t *testing.T) {
	breakage := store.MustQueries(`
-- name: bucket-without-key
update vault_bucket set key_id = 'kd_none' where authority = ? and notice = 'advice';
-- name: record-without-bucket
update vault_record set bucket = 'b_none' where authority = ? and notice = 'advice';
-- name: record-in-gone-bucket
update vault_bucket set state = 'gone' where authority = ? and notice = 'advice';
-- name: token-without-record
update vault_token set record = 'r_none' where authority = ?;
-- name: hold-without-record
update vault_hold set record = 'r_none' where authority = ?;
-- name: reading-without-record
update vault_reading set thing = 'c_none' where authority = ?;
-- name: row-without-record
update test_message set record = 'r_none' where authority = ?;
-- name: bucket-overdue
update vault_bucket set ends_at = 5 where authority = ? and notice = 'advice';
-- name: key-without-bucket
update vault_bucket set state = 'dropped' where authority = ? and notice = 'advice';
`)
	for _, kind := range breakage.Names() {
		t.Run(kind, func(t *testing.T) {
			worlds(t, func(t *testing.T, w *world) {
				ch := w.chats.advice()
				w.chats.say(ch, "Hei")
				w.token(ch, "email", "maija@example.fi")
				w.mustBegin(adviser, ch)
				w.consistent()
				if kind == "hold-without-record" {
					w.hold(ch, "complaint")
				}
				w.write(func(ctx context.Context, tx *store.Tx) error {
					_, err := tx.Exec(ctx, breakage.Get(kind), "dvv")
					return err
				})
				findings, err := w.v.Verify(context.Background(), "dvv")
				must(t, err)
				if !slices.ContainsFunc(findings, func(f Finding) bool { return f.Kind == kind && f.Authority == "dvv" && f.Count > 0 }) {
					t.Error("not found among", findings)
				}
				if other, err := w.v.Verify(context.Background(), "mallila"); err != nil || other != nil {
					t.Error("found at the other authority:", other, err)
				}
			})
		})
	}
}
