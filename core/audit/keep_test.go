package audit

import (
	"context"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"luukku/core/clock"
	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

// kept returns a log whose authority dvv has real key stores.
func withKeys(t *testing.T, db *store.DB, at clock.Clock) (*Log, *keystore.Set) {
	t.Helper()
	set := keystoretest.Open(t, dvv, at.Now)
	return withSet(db, at, set), set
}

func withSet(db *store.DB, at clock.Clock, set *keystore.Set) *Log {
	l := bare(db, "n_1", at)
	l.proven = map[string]bool{}
	l.keys = func(authority string) *keystore.Set {
		if authority == dvv {
			return set
		}
		return nil
	}
	return l
}

func checkpointsIn(t *testing.T, set *keystore.Set) []Checkpoint {
	t.Helper()
	all, err := kept(set)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAGrowingTreeIsKeptAtMostOnceAMinute(t *testing.T) {
	db, at := storetest.Open(t, "sqlite"), testClock()
	l, set := withKeys(t, db, at)
	ctx := context.Background()
	for second := range 150 {
		if second%2 == 0 {
			addRows(t, db, dvv, 1, "2031-11-20")
		}
		if err := l.Beat(ctx); err != nil {
			t.Fatal(err)
		}
		at.Advance(time.Second)
	}
	if n := len(checkpointsIn(t, set)); n != 3 {
		t.Errorf("%d checkpoints in 150 seconds, want 3", n)
	}
	if err := l.Close(ctx); err != nil {
		t.Fatal(err)
	}
	all := checkpointsIn(t, set)
	if last := all[len(all)-1]; len(all) != 4 || last.Size != 75 {
		t.Errorf("after a graceful stop %d checkpoints, the last of %d leaves", len(all), last.Size)
	}
	if err := l.Close(ctx); err != nil || len(checkpointsIn(t, set)) != 4 {
		t.Errorf("a tree that stands still is kept again (%v)", err)
	}
}

func TestTheLastCheckpointIsPublishedWithItsKey(t *testing.T) {
	db, at := storetest.Open(t, "sqlite"), testClock()
	l, _ := withKeys(t, db, at)
	ctx := context.Background()
	if _, _, err := l.Published(dvv); !fault.Is(err, fault.NotFound) {
		t.Errorf("before the first: %v", err)
	}
	if _, err := l.Checkpoint(ctx, dvv); !fault.Is(err, fault.NotFound) {
		t.Errorf("of nothing: %v", err)
	}
	addRows(t, db, dvv, 2, "2031-11-20")
	if err := l.Close(ctx); err != nil {
		t.Fatal(err)
	}
	c, key, err := l.Published(dvv)
	if err != nil || c.Size != 2 || c.Origin != "luukku.example.fi/dvv/audit/1" {
		t.Fatalf("published %+v, %v", c, err)
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open([]byte(c.Note), note.VerifierList(verifier)); err != nil {
		t.Error(err)
	}
	if _, _, err := l.Published("unknown"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown authority: %v", err)
	}
}

func TestWithoutKeysEntriesWait(t *testing.T) {
	db, at := storetest.Open(t, "sqlite"), testClock()
	l, _ := withKeys(t, db, at)
	addRows(t, db, "mallila", 1, "2031-11-20")
	for _, alarms := range []int{0, 1} {
		if err := l.Beat(context.Background()); err == nil {
			t.Error("numbered without a journal to compare with")
		}
		if a := l.Alarms(); len(a) != alarms {
			t.Errorf("alarms %+v", a)
		}
		at.Advance(time.Minute)
	}
	waiting, err := l.pendingAuthorities(context.Background())
	if err != nil || len(waiting) != 1 {
		t.Errorf("waiting %v, %v", waiting, err)
	}
}
