package store_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

// needsPostgres leaves a test out only when LUUKKU_TEST_ENGINES says so.
func needsPostgres(t *testing.T) {
	t.Helper()
	if !slices.Contains(storetest.Names(), "postgres") {
		t.Skip("LUUKKU_TEST_ENGINES leaves PostgreSQL out")
	}
}

// pearlTable makes the tests' table.
func pearlTable(t *testing.T, db *store.DB) *store.DB {
	t.Helper()
	must(t, db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, makeTable)
		return err
	}))
	return db
}

func TestPostgresKilledAndStartedAgain(t *testing.T) {
	needsPostgres(t)
	c, err := storetest.StartCluster() // durable, and nobody else's
	must(t, err)
	t.Cleanup(func() { c.Stop() })
	ctx := context.Background()
	name, err := c.Create(ctx, "")
	must(t, err)
	db := pearlTable(t, storetest.Reopen(t, c.URL(name)))
	stored := writeUntil(t, db, func(count func() int) {
		for until := time.Now().Add(time.Minute); count() < 20 && time.Now().Before(until); {
			time.Sleep(time.Millisecond)
		}
		must(t, c.Kill())
		wantFault(t, db.Ping(ctx), fault.Busy, "storage-unavailable")
		wantFault(t, db.Read(ctx, adding("x")), fault.Busy, "storage-unavailable")
		must(t, c.Start())
	})
	must(t, db.Ping(ctx)) // no restart of this program, no error left in the pool
	for range 40 {
		must(t, db.Write(ctx, adding(store.NewID("p_"))))
	}
	there := map[string]bool{}
	for _, id := range ids(t, db) {
		there[id] = true
	}
	for _, id := range stored {
		if !there[id] {
			t.Errorf("%s was acknowledged and is lost", id)
		}
	}
	if len(stored) < 10 {
		t.Errorf("only %d writes before the end", len(stored))
	}
}

// writeUntil writes from eight goroutines until fn, which is told how many were acknowledged, returns,
// and gives the acknowledged ids. Every error in between must be Busy.
func writeUntil(t *testing.T, db *store.DB, fn func(count func() int)) (stored []string) {
	t.Helper()
	var mu sync.Mutex
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(context.Background())
	for range 8 {
		wg.Go(func() {
			for ctx.Err() == nil {
				id := store.NewID("p_")
				err := db.Write(context.Background(), adding(id))
				if err != nil && !fault.Is(err, fault.Busy) {
					t.Errorf("%v", err)
				}
				mu.Lock()
				if err == nil {
					stored = append(stored, id)
				}
				mu.Unlock()
			}
		})
	}
	fn(func() int { mu.Lock(); defer mu.Unlock(); return len(stored) })
	cancel()
	wg.Wait()
	return stored
}

func TestADeadlockIsBusyForOneOfTheTwo(t *testing.T) {
	needsPostgres(t)
	ctx, db := context.Background(), pearlTable(t, storetest.Open(t, "postgres"))
	must(t, db.Write(ctx, adding("a")))
	must(t, db.Write(ctx, adding("b")))
	var met sync.WaitGroup
	met.Add(2)
	cross := func(first, second string) store.Func {
		return func(ctx context.Context, tx *store.Tx) error {
			must(t, tx.Row(ctx, next, "dvv", first).Scan(new(int)))
			met.Done()
			met.Wait()
			return tx.Row(ctx, next, "dvv", second).Scan(new(int))
		}
	}
	done := make(chan error)
	go func() { done <- db.Write(ctx, cross("a", "b")) }()
	go func() { done <- db.Write(ctx, cross("b", "a")) }()
	one, other := <-done, <-done
	if one == nil {
		one, other = other, one
	}
	wantFault(t, one, fault.Busy, "storage-contended")
	must(t, other)
}

func TestTwoNodesMigrateAtTheSameTime(t *testing.T) {
	needsPostgres(t)
	url := storetest.Empty(t, "postgres")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			db, err := store.Open(context.Background(), store.Options{URL: url})
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			if err := db.Migrate(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
