package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

// cluster is a PostgreSQL of this test alone, durable, with the tests' table in it.
func cluster(t *testing.T) (*storetest.Cluster, *store.DB) {
	t.Helper()
	for _, name := range storetest.Names() {
		if name == "postgres" {
			c, err := storetest.StartCluster()
			must(t, err)
			t.Cleanup(func() { c.Stop() })
			return c, openIn(t, c)
		}
	}
	t.Skip("LUUKKU_TEST_ENGINES leaves PostgreSQL out")
	return nil, nil
}

func openIn(t *testing.T, c *storetest.Cluster) *store.DB {
	t.Helper()
	name, err := c.Create(context.Background(), "")
	must(t, err)
	db := storetest.Reopen(t, c.URL(name))
	must(t, db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, makeTable)
		return err
	}))
	return db
}

func TestPostgresKilledAndStartedAgain(t *testing.T) {
	c, db := cluster(t)
	ctx := context.Background()
	stored := writeUntil(t, db, func() {
		time.Sleep(100 * time.Millisecond)
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

// writeUntil writes from eight goroutines until fn returns, and gives the acknowledged ids. Every
// error in between must be Busy.
func writeUntil(t *testing.T, db *store.DB, fn func()) (stored []string) {
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
	fn()
	cancel()
	wg.Wait()
	return stored
}

func TestADeadlockIsBusyForOneOfTheTwo(t *testing.T) {
	_, db := cluster(t)
	ctx := context.Background()
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
	c, _ := cluster(t)
	name, err := c.Create(context.Background(), "")
	must(t, err)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			db, err := store.Open(context.Background(), store.Options{URL: c.URL(name)})
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
