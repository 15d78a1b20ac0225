package store_test

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luukku/store"
	"luukku/store/storetest"
)

var benchQueries = store.MustQueries(`
-- name: make-counter
create table counter (authority text not null, id text not null, n bigint not null, primary key (authority, id));
-- name: make-line
create table line (authority text not null, contact text not null, n bigint not null, sealed bytea not null, primary key (authority, contact, n));
-- name: add-counter
insert into counter (authority, id, n) values (?, ?, 0);
-- name: next
update counter set n = n + 1 where authority = ? and id = ? returning n;
-- name: add-line
insert into line (authority, contact, n, sealed) values (?, ?, ?, ?);
-- name: one
select n from counter where authority = ? and id = ?;
`)

// onBoth runs a benchmark on a durable database of each engine with the ids of 1,000 counters.
func onBoth(b *testing.B, fn func(b *testing.B, db *store.DB, ids []string)) {
	urls := map[string]func(b *testing.B) string{
		"sqlite":   func(b *testing.B) string { return "sqlite:" + filepath.Join(b.TempDir(), "bench.db") },
		"postgres": durable,
	}
	for _, engine := range storetest.Names() {
		url := urls[engine](b)
		db := storetest.Reopen(b, url)
		ids := prepareBench(b, db)
		b.Run(engine, func(b *testing.B) { fn(b, db, ids) })
	}
}

// durable is a database of a PostgreSQL that syncs at each commit.
func durable(b *testing.B) string {
	c, err := storetest.StartCluster()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { c.Stop() })
	name, err := c.Create(context.Background(), "")
	if err != nil {
		b.Fatal(err)
	}
	return c.URL(name)
}

// BenchmarkWrite is the message path without sealing: a number, then a row of 600 bytes, from 32
// writers. p50 and p99 are what one of them waits.
func BenchmarkWrite(b *testing.B) {
	onBoth(b, func(b *testing.B, db *store.DB, ids []string) {
		next, add := benchQueries.Get("next"), benchQueries.Get("add-line")
		sealed := make([]byte, 600)
		closedLoop(b, func(i int64) error {
			id := ids[i%1000]
			return db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
				var n int64
				if err := tx.Row(ctx, next, "dvv", id).Scan(&n); err != nil {
					return err
				}
				_, err := tx.Exec(ctx, add, "dvv", id, n, sealed)
				return err
			})
		})
	})
}

// BenchmarkRead is one point read in a transaction of its own, from 32 readers.
func BenchmarkRead(b *testing.B) {
	onBoth(b, func(b *testing.B, db *store.DB, ids []string) {
		one := benchQueries.Get("one")
		closedLoop(b, func(i int64) error {
			return db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) error {
				return tx.Row(ctx, one, "dvv", ids[i%1000]).Scan(new(int64))
			})
		})
	})
}

// closedLoop calls fn from 32 goroutines and reports what a call waits.
func closedLoop(b *testing.B, fn func(i int64) error) {
	var turn atomic.Int64
	var mu sync.Mutex
	var waits []time.Duration
	b.SetParallelism(16) // times two cores
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		var own []time.Duration
		for pb.Next() {
			began := time.Now()
			if err := fn(turn.Add(1)); err != nil {
				b.Error(err)
				return
			}
			own = append(own, time.Since(began))
		}
		mu.Lock()
		waits = append(waits, own...)
		mu.Unlock()
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
	slices.Sort(waits)
	b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds())/1000, "p99-ms")
}

// prepareBench makes the tables and 1,000 counters.
func prepareBench(b *testing.B, db *store.DB) []string {
	ids := make([]string, 1000)
	err := db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		for _, name := range []string{"make-counter", "make-line"} {
			if _, err := tx.Exec(ctx, benchQueries.Get(name)); err != nil {
				return err
			}
		}
		for i := range ids {
			ids[i] = store.NewID("c_")
			if _, err := tx.Exec(ctx, benchQueries.Get("add-counter"), "dvv", ids[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return ids
}
