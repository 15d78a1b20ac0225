package vault

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luukku/store"
	"luukku/store/storetest"
)

// body is a message of 500 bytes.
var body = strings.Repeat("Hei, miten haen lupaa? ", 22)[:500]

func BenchmarkToken(b *testing.B) {
	key := newBucketKey([keySize]byte{1})
	for b.Loop() {
		key.mac("email", "maija.meikalainen@example.fi")
	}
}

// parallel runs do with many callers at once and reports operations a second.
func parallel(b *testing.B, callers int, do func(i int64) error) {
	b.Helper()
	var i atomic.Int64
	var wg sync.WaitGroup
	began := time.Now()
	for range callers {
		wg.Go(func() {
			for n := i.Add(1); n <= int64(b.N); n = i.Add(1) {
				if err := do(n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "ops/s")
}

// The whole gate: authorise, record (sealed, as the audit does), open. At least 2,000 a second on
// SQLite.
func BenchmarkGate(b *testing.B) {
	for _, engine := range storetest.Names() {
		b.Run(engine, func(b *testing.B) {
			w := newWorld(b, engine)
			w.seals = true
			var rows []Sealed
			for range 64 {
				ch := w.chats.advice()
				w.chats.say(ch, body)
				w.read(func(ctx context.Context, tx *store.Tx) error {
					some, err := w.chats.rows(ctx, tx, "dvv", ch)
					rows = append(rows, some...)
					return err
				})
			}
			b.ResetTimer()
			parallel(b, 32, func(i int64) error {
				return w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
					_, err := w.v.Open(ctx, tx, adviser, "answer", rows[i%int64(len(rows))], Why{})
					return err
				})
			})
		})
	}
}

// The vault's part of storing a message, with its insert.
func BenchmarkPost(b *testing.B) {
	for _, engine := range storetest.Names() {
		b.Run(engine, func(b *testing.B) {
			w := newWorld(b, engine)
			var all []*chat
			for range 32 {
				all = append(all, w.chats.advice())
			}
			var n [32]atomic.Int64
			b.ResetTimer()
			parallel(b, 32, func(i int64) error {
				ch := all[i%32]
				return w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
					writer, err := w.v.Writer(ctx, tx, "dvv", ch.record)
					if err != nil {
						return err
					}
					at := n[i%32].Add(1)
					values := []Value{{"text", body}}
					s, err := writer.Seal(rowOf(ch.id, at), values)
					if err != nil {
						return err
					}
					if _, err := tx.Exec(ctx, chatQueries.Get("message-add"), "dvv", ch.id, at, string(ch.record), s); err != nil {
						return err
					}
					_, err = w.v.Push(ctx, tx, writer, rowOf(ch.id, at), at, values)
					return err
				})
			})
		})
	}
}

// manyRecords fills one bucket of dvv by copying rows, as fast as the engine goes.
func manyRecords(b *testing.B, w *world, n int) {
	b.Helper()
	first := w.chats.guardianship()
	w.chats.close(first, noon)
	fill := store.MustQueries(`
-- name: fill
insert into vault_record (authority, id, bucket, notice, version, grp, typ, thing, wrap, counts_from, ordinary, settled, moves)
with recursive k(n) as (select 1 union all select n + 1 from k where n < ?)
select r.authority, 'r_copy' || n, r.bucket, r.notice, r.version, r.grp, r.typ, 'c_copy' || n, r.wrap, r.counts_from, r.ordinary, 1, 0
from vault_record r cross join k where r.authority = ? and r.id = ?;`).Get("fill")
	w.write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, fill, n-1, "dvv", string(first.record))
		return err
	})
}

// A bucket of 1,000,000 records is unreadable within 100 ms: closing, dead and committed, before
// any row is touched.
func BenchmarkBucketDies(b *testing.B) {
	for _, engine := range storetest.Names() {
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w := newWorld(b, engine)
				manyRecords(b, w, 1_000_000)
				w.day(notice2months.AddDays(1))
				b.StartTimer()
				dead, err := w.v.Destroy(context.Background(), "dvv")
				if err != nil || len(dead) != 1 {
					b.Fatal(dead, err)
				}
			}
		})
	}
}

// Reclaiming holds the writer at most 25 ms at a time. While it runs, another writer measures how
// long it waits.
func BenchmarkReclaim(b *testing.B) {
	const records = 100_000
	for _, engine := range storetest.Names() {
		b.Run(engine, func(b *testing.B) {
			w := newWorld(b, engine)
			manyRecords(b, w, records)
			w.day(notice2months.AddDays(1))
			w.night()
			ctx, stop := context.WithCancel(context.Background())
			var longest atomic.Int64
			var wg sync.WaitGroup
			wg.Go(func() {
				for ctx.Err() == nil {
					began := time.Now()
					_ = w.db.Write(ctx, func(context.Context, *store.Tx) error { return nil })
					longest.Store(max(longest.Load(), int64(time.Since(began))))
					time.Sleep(time.Millisecond)
				}
			})
			b.ResetTimer()
			began := time.Now()
			_, err := w.v.Reclaim(context.Background(), "dvv", 0)
			took := time.Since(began)
			stop()
			wg.Wait()
			must(b, err)
			b.ReportMetric(records/took.Seconds(), "records/s")
			b.ReportMetric(float64(longest.Load())/1e6, "longest-wait-ms")
		})
	}
}

// analyze is what PostgreSQL's autovacuum does within a minute of a large change.
func (w *world) analyze() {
	w.t.Helper()
	if w.db.Engine() != store.PostgreSQL {
		return
	}
	w.write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.MustQueries("-- name: analyze\nanalyze;").Get("analyze"))
		return err
	})
}

// A search over 730 buckets with half a million tokens: 3 ms were measured for the bare look-up.
func BenchmarkFind(b *testing.B) {
	for _, engine := range storetest.Names() {
		b.Run(engine, func(b *testing.B) {
			w := newWorld(b, engine)
			w.v.o.StockDays = 800
			must(b, w.v.Refill(context.Background(), "dvv"))
			for day := range 730 {
				w.write(func(ctx context.Context, tx *store.Tx) error {
					id, err := w.v.Create(ctx, tx, Birth{Authority: "dvv", Notice: "advice", Group: "event", Type: "chat",
						Row: fmt.Sprint("c_", day), At: noon.AddDate(0, 0, -day), Final: true})
					if err != nil {
						return err
					}
					writer, err := w.v.Writer(ctx, tx, "dvv", id)
					if err != nil {
						return err
					}
					return writer.Token(ctx, tx, "email", fmt.Sprintf("%d@example.fi", day))
				})
			}
			fill := store.MustQueries(`
-- name: fill
insert into vault_token (authority, record, field, mac, value)
with recursive k(n) as (select 1 union all select n + 1 from k where n < 500)
select t.authority, t.record || n, t.field, t.mac || t.mac, t.value from vault_token t cross join k where t.authority = ?;`).Get("fill")
			w.write(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Exec(ctx, fill, "dvv")
				return err
			})
			w.analyze()
			for b.Loop() {
				if _, err := w.found(adviser, "return", "email", "400@example.fi", "x"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
