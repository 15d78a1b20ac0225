package audit

import (
	"context"
	"errors"
	"testing"

	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

// restored has a journal that saw a tree of 10 leaves and a database whose tree has n: one of the
// same leaves, as a backup would bring back.
func restored(t *testing.T, open func(*testing.T) *store.DB, n int) (*store.DB, *Log, *keystore.Set) {
	t.Helper()
	ctx := context.Background()
	before, at := open(t), testClock()
	set := keystoretest.Open(t, dvv, at.Now)
	addRows(t, before, dvv, 10, "2020-01-01")
	if err := withSet(before, at, set).Close(ctx); err != nil {
		t.Fatal(err)
	}
	after := open(t)
	copyRows(t, before, after, n)
	unproven := bare(after, "n_0", at)
	// The backup was numbered when it was taken.
	if err := errors.Join(unproven.drain(ctx, dvv), unproven.release(ctx)); err != nil {
		t.Fatal(err)
	}
	return after, withSet(after, at, set), set
}

// copyRows brings the first n rows to another database.
func copyRows(t *testing.T, from, to *store.DB, n int) {
	t.Helper()
	var rows []row
	err := from.Read(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
		rows, err = store.Select(ctx, tx, qLeafEntries, scanRow, dvv, 1, 0, n)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = to.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		for _, r := range rows {
			if _, err := tx.Exec(ctx, qEntryInsert, dvv, r.id, string(r.record), string(r.expiry), r.inner, r.sealed, nil, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnOlderTreeDoesNotGrowUntilTheGapIsAccepted(t *testing.T) {
	storetest.Run(t, func(t *testing.T, open func(*testing.T) *store.DB) {
		ctx := context.Background()
		db, l, set := restored(t, open, 6)
		if l.Start(ctx, dvv); len(l.Alarms()) != 1 {
			t.Errorf("alarms at the start %v", l.Alarms())
		}
		addRows(t, db, dvv, 1, "2020-01-01")
		if _, err := l.Sequence(ctx, dvv); !fault.Is(err, fault.Conflict) {
			t.Fatalf("numbered on top of an older tree: %v", err)
		}
		before := len(checkpointsIn(t, set))
		if _, err := l.Checkpoint(ctx, dvv); !fault.Is(err, fault.Conflict) || len(checkpointsIn(t, set)) != before {
			t.Errorf("an older tree was signed: %v", err)
		}
		if len(l.Alarms()) != 1 {
			t.Errorf("alarms %v", l.Alarms())
		}
		if report := verified(t, l); !found(report, CheckpointDiffers) {
			t.Errorf("not found before it is accepted: %+v", report.Findings)
		}
		gap, err := l.AcceptGap(ctx, dvv)
		if err != nil || gap.Restored.Size != 6 || gap.Kept.Size != 10 {
			t.Fatalf("accepted %+v, %v", gap, err)
		}
		if n, err := l.Sequence(ctx, dvv); err != nil || n != 1 || len(l.Alarms()) != 0 {
			t.Fatalf("numbered %d after it: %v, alarms %v", n, err, l.Alarms())
		}
		toldForGood(t, l, set)
	})
}

// toldForGood makes sure that the report names the gap now and after the journal has forgotten.
func toldForGood(t *testing.T, l *Log, set *keystore.Set) {
	t.Helper()
	report := verified(t, l)
	if !report.OK() || len(report.Trees) != 2 {
		t.Fatalf("after the gap: %+v", report)
	}
	gap := report.Trees[1].Gap
	if gap == nil || gap.Restored.Size != 6 || gap.Kept.Size != 10 || report.Trees[1].Size != 2 {
		t.Errorf("the second tree begins with %+v", gap)
	}
	if _, err := l.AcceptGap(context.Background(), dvv); !fault.Is(err, fault.Conflict) {
		t.Errorf("accepted twice: %v", err)
	}
	if all := checkpointsIn(t, set); treeNo(all[len(all)-1].Origin) != 2 {
		t.Errorf("the last checkpoint is of %s", all[len(all)-1].Origin)
	}
}

func TestARestoredTreeThatReachesTheCheckpointIsNoGap(t *testing.T) {
	storetest.Run(t, func(t *testing.T, open func(*testing.T) *store.DB) {
		db, l, _ := restored(t, open, 10)
		addRows(t, db, dvv, 3, "2020-01-01")
		if err := l.Close(context.Background()); err != nil {
			t.Fatal(err)
		}
		if _, err := l.AcceptGap(context.Background(), dvv); !fault.Is(err, fault.Conflict) {
			t.Errorf("a gap was accepted where there is none: %v", err)
		}
		if report := verified(t, l); !report.OK() || report.Trees[0].Kept != 2 || report.Trees[0].Size != 13 {
			t.Errorf("report %+v", report)
		}
	})
}

func TestALostDatabaseIsAGapOfEverything(t *testing.T) {
	db, l, _ := restored(t, func(t *testing.T) *store.DB { return storetest.Open(t, "sqlite") }, 0)
	addRows(t, db, dvv, 1, "2020-01-01")
	gap, err := l.AcceptGap(context.Background(), dvv)
	if err != nil || gap.Restored.Size != 0 {
		t.Fatalf("%+v, %v", gap, err)
	}
	if err := l.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if report := verified(t, l); !report.OK() || len(report.Trees) != 1 || report.Trees[0].No != 2 {
		t.Errorf("report %+v", report)
	}
}

func TestAnotherTreeOfTheSameSizeIsAGap(t *testing.T) {
	ctx := context.Background()
	db, l, _ := restored(t, func(t *testing.T) *store.DB { return storetest.Open(t, "sqlite") }, 0)
	addRows(t, db, dvv, 12, "2020-01-01")
	forger := bare(db, "n_0", testClock())
	if err := forger.drain(ctx, dvv); err != nil {
		t.Fatal(err)
	}
	if gap, err := l.GapOf(ctx, dvv); err != nil || gap == nil || gap.Restored.Size != 12 {
		t.Fatalf("%+v, %v", gap, err)
	}
	if report := verified(t, l); !found(report, CheckpointDiffers) {
		t.Errorf("report %+v", report)
	}
}

func TestAnAcceptedGapExcusesNothingElse(t *testing.T) {
	g := Gap{Restored: Head{Origin: "x/dvv/audit/2", Size: 6}, Kept: Checkpoint{Head: Head{Origin: "x/dvv/audit/3", Size: 10}}}
	for _, c := range []struct {
		origin string
		size   int64
		want   bool
	}{
		{"x/dvv/audit/1", 99, false}, {"x/dvv/audit/2", 6, false}, {"x/dvv/audit/2", 7, true},
		{"x/dvv/audit/3", 10, true}, {"x/dvv/audit/3", 11, false}, {"x/dvv/audit/4", 1, false},
	} {
		if got := g.covers(Head{Origin: c.origin, Size: c.size}); got != c.want {
			t.Errorf("%s at %d: %v", c.origin, c.size, got)
		}
	}
}
