package store_test

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"

	"luukku/store"
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

// BenchmarkWrite is the message path without sealing: a number, then a row of 600 bytes.
func BenchmarkWrite(b *testing.B) {
	ctx := context.Background()
	db, err := store.Open(ctx, store.Options{URL: "sqlite:" + filepath.Join(b.TempDir(), "b.db")})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	benchWrite(b, db)
}

func benchWrite(b *testing.B, db *store.DB) {
	ctx := context.Background()
	ids := make([]string, 1000)
	err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
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
	next, add := benchQueries.Get("next"), benchQueries.Get("add-line")
	sealed := make([]byte, 600)
	var turn atomic.Int64
	b.SetParallelism(16) // 32 writers on two cores
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			id := ids[turn.Add(1)%1000]
			err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				var n int64
				if err := tx.Row(ctx, next, "dvv", id).Scan(&n); err != nil {
					return err
				}
				_, err := tx.Exec(ctx, add, "dvv", id, n, sealed)
				return err
			})
			if err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
}
