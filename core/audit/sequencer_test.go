package audit

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"luukku/core/clock"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/core/vault/keystore"
	"luukku/store"
	"luukku/store/storetest"
)

const dvv = "dvv"

// bare is a log without a vault, for what needs none: its entries are written as rows.
func bare(db *store.DB, node string, at clock.Clock) *Log {
	return &Log{
		db: db, node: node, name: "luukku.example.fi", rand: rand.Reader,
		keeper: clock.NewKeeper(at, time.Time{}, clock.Options{SteadyAtOnce: true}),
		zone:   func(string) *time.Location { return time.UTC },
		log:    slog.New(slog.DiscardHandler),
		growth: map[string]growth{}, halted: map[string]vault.Alarm{}, stuck: map[string]vault.Alarm{},
		proven: map[string]bool{dvv: true, "mallila": true},
	}
}

func testClock() *clock.Fake { return clock.NewFake(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)) }

// addRows commits n entries whose rows were never sealed.
func addRows(t testing.TB, db *store.DB, authority string, n int, expiry notice.Day) {
	t.Helper()
	err := db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		for range n {
			id := store.NewID(entryPrefix)
			inner := Committed{ID: id, Entry: []byte("x")}.Inner()
			if _, err := tx.Exec(ctx, qEntryInsert, authority, id, "r_1", string(expiry), inner[:], []byte("sealed"), nil, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func headOf(t testing.TB, l *Log, authority string) Head {
	t.Helper()
	head, err := l.present(context.Background(), authority)
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func TestEveryCommittedEntryBecomesALeafOnce(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		l := bare(db, "n_1", testClock())
		total := 0
		for _, n := range []int{1, 2, 255, 0, 300, 7} {
			addRows(t, db, dvv, n, "2031-11-20")
			total += n
			if err := l.drain(ctx, dvv); err != nil {
				t.Fatal(err)
			}
			if total > 0 && headOf(t, l, dvv).Size != int64(total) {
				t.Fatalf("after %d entries the tree has %d leaves", total, headOf(t, l, dvv).Size)
			}
		}
		if got, want := headOf(t, l, dvv).Root, rootOfRows(t, db, total); got != want {
			t.Errorf("root %v, want %v", got, want)
		}
	})
}

// rootOfRows computes the root from the table's rows alone, in the order of their numbers.
func rootOfRows(t *testing.T, db *store.DB, total int) tlog.Hash {
	t.Helper()
	var all naive
	n := int64(0)
	err := db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, qLeafEntries, func(scan func(...any) error) error {
			r, err := scanRow(scan)
			if err != nil || r.leaf != n {
				return fmt.Errorf("leaf %d where %d belongs: %w", r.leaf, n, err)
			}
			hashes, err := tlog.StoredHashes(n, LeafData(r.expiry, [32]byte(r.inner)), all)
			all = append(all, hashes...)
			n++
			return err
		}, dvv, 1, 0, total)
	})
	if err != nil || n != int64(total) {
		t.Fatalf("%d rows: %v", n, err)
	}
	root, err := tlog.TreeHash(n, all)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func TestTwoAuthoritiesHaveTwoTrees(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		l := bare(db, "n_1", testClock())
		l.keys = func(string) *keystore.Set { return nil }
		addRows(t, db, dvv, 3, "2031-11-20")
		addRows(t, db, "mallila", 5, "2031-11-20")
		l.Beat(context.Background()) // numbers, then cannot keep a checkpoint
		if d, m := headOf(t, l, dvv), headOf(t, l, "mallila"); d.Size != 3 || m.Size != 5 || d.Origin == m.Origin {
			t.Errorf("dvv %+v, mallila %+v", d, m)
		}
	})
}

func TestNodesShareATreeWithoutAGap(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		var nodes sync.WaitGroup
		for n := range 3 {
			l := bare(db, fmt.Sprint("n_", n), testClock())
			nodes.Go(func() {
				for range 40 {
					addRows(t, db, dvv, 5, "2031-11-20")
					l.Sequence(ctx, dvv) // loses against the holder, or against a lock: both are right
				}
			})
		}
		nodes.Wait()
		late := testClock()
		late.Advance(time.Minute) // the lease of whoever holds it has run out
		l := bare(db, "n_9", late)
		if err := l.drain(ctx, dvv); err != nil {
			t.Fatal(err)
		}
		if got, want := headOf(t, l, dvv).Root, rootOfRows(t, db, 600); got != want {
			t.Errorf("root %v, want %v", got, want)
		}
	})
}

func TestALeaseKeepsOtherNodesAwayUntilItEnds(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		if db.Engine() == store.SQLite {
			t.Skip("one process has the database")
		}
		ctx := context.Background()
		at := testClock()
		first, second := bare(db, "n_1", at), bare(db, "n_2", at)
		for _, step := range []struct {
			node *Log
			wait time.Duration
			want int
		}{{first, 0, 1}, {second, 0, 0}, {first, 9 * time.Second, 2}, {second, 9 * time.Second, 0}, {second, 2 * time.Second, 2}} {
			addRows(t, db, dvv, 1, "2031-11-20")
			at.Advance(step.wait)
			if n, err := step.node.Sequence(ctx, dvv); err != nil || n != step.want {
				t.Fatalf("%s after %v numbered %d, want %d (%v)", step.node.node, step.wait, n, step.want, err)
			}
		}
	})
}

func TestNumberingHoldsTheWriterForOneBatchAtATime(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		l := bare(db, "n_1", testClock())
		const rows, most = 1000, 256
		addRows(t, db, dvv, rows, "2031-11-20")
		batches := 0
		for more := true; more; batches++ {
			began := time.Now()
			var err error
			if _, more, err = l.batch(context.Background(), dvv); err != nil {
				t.Fatal(err)
			}
			t.Logf("batch %d took %v", batches, time.Since(began)) // told, not judged: other tests have the machine too
		}
		if batches < rows/most {
			t.Errorf("%d entries were numbered in %d batches", rows, batches)
		}
	})
}
