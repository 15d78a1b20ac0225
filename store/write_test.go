package store_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"

	"luukku/fault"
	"luukku/store"
)

func TestWhatWriteAcknowledgedIsRead(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		must(t, db.Write(ctx, adding("a")))
		wantIDs(t, db, "a")
		must(t, db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
			var n int64
			var sealed []byte
			must(t, tx.Row(ctx, one, "dvv", "a").Scan(&n, &sealed))
			if n != 0 || string(sealed) != "a" {
				t.Errorf("read %d %q", n, sealed)
			}
			return nil
		}))
	})
}

func TestAnErrorLeavesNothingBehindAndComesBackAsItIs(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		own := errors.New("own")
		committed, undone := false, false
		err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			tx.OnCommit(func() { committed = true })
			tx.OnRollback(func() { undone = true })
			must(t, adding("a")(ctx, tx))
			return own
		})
		if !errors.Is(err, own) || committed || !undone {
			t.Errorf("err %v, committed %v, undone %v", err, committed, undone)
		}
		wantIDs(t, db)
	})
}

func TestUpdateReturningGivesEachWriterItsOwnNumber(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		must(t, db.Write(ctx, adding("a")))
		var mu sync.Mutex
		seen := map[int64]bool{}
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				var n int64
				err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
					return tx.Row(ctx, next, "dvv", "a").Scan(&n)
				})
				mu.Lock()
				defer mu.Unlock()
				if err != nil || seen[n] {
					t.Errorf("number %d again, or %v", n, err)
				}
				seen[n] = true
			})
		}
		wg.Wait()
		if len(seen) != 100 || !seen[1] || !seen[100] {
			t.Errorf("%d numbers", len(seen))
		}
	})
}

func TestOneFailingFunctionLeavesItsNeighboursStanding(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		errs := store.Together(db,
			adding("a"),
			adding("a"), // conflict
			func(context.Context, *store.Tx) error { panic("personal data") },
			func(ctx context.Context, tx *store.Tx) error { _, err := tx.Exec(ctx, missing); return err },
			func(ctx context.Context, tx *store.Tx) error {
				must(t, adding("c")(ctx, tx))
				return fault.New(fault.Denied, "no")
			},
			adding("b"),
		)
		must(t, errs[0])
		wantFault(t, errs[1], fault.Conflict, "conflict")
		wantFault(t, errs[2], fault.Internal, "panic")
		wantFault(t, errs[3], fault.Internal, "storage")
		wantFault(t, errs[4], fault.Denied, "no")
		must(t, errs[5])
		wantIDs(t, db, "a", "b")
	})
}

func TestAPanicDoesNotCarryItsValue(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		err := db.Write(ctx, func(context.Context, *store.Tx) error { panic("Aino Virtanen") })
		wantFault(t, err, fault.Internal, "panic")
		if text := err.Error(); contains(text, "Aino") || !contains(text, "write_test.go") {
			t.Errorf("text %q", text)
		}
	})
}

func TestAGoroutineEndedInAFunctionDoesNotStopTheOthers(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		done := make(chan bool)
		go func() {
			defer close(done)
			db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				adding("a")(ctx, tx)
				runtime.Goexit()
				return nil
			})
		}()
		<-done
		must(t, db.Write(ctx, adding("b")))
		wantIDs(t, db, "b")
	})
}

func TestAfterAFailedStatementTheFunctionCanOnlyFail(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		must(t, db.Write(ctx, adding("a")))
		err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			wantFault(t, adding("a")(ctx, tx), fault.Conflict, "conflict")
			wantFault(t, adding("b")(ctx, tx), fault.Conflict, "conflict")
			return nil
		})
		wantFault(t, err, fault.Conflict, "conflict")
		wantIDs(t, db, "a")
	})
}

func TestATransactionInsideATransactionIsRefused(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		nested := func(ctx context.Context, _ *store.Tx) error {
			wantFault(t, db.Write(ctx, adding("a")), fault.Internal, "nested-transaction")
			wantFault(t, db.Read(ctx, adding("a")), fault.Internal, "nested-transaction")
			return nil
		}
		must(t, db.Write(ctx, nested))
		must(t, db.Read(ctx, nested))
		wantIDs(t, db)
	})
}

func TestHooksRunAfterTheOutcomeIsKnown(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		var outcome *store.Outcome
		hooked := false
		must(t, db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			outcome = tx.Outcome()
			tx.OnCommit(func() {
				hooked = outcome.Committed() && tx.Done()
				wantIDs(t, db, "a") // readable already, and the writer is free
				must(t, db.Write(context.Background(), adding("b")))
			})
			tx.OnRollback(func() { t.Error("rolled back") })
			if outcome.Done() || outcome.Committed() {
				t.Error("done before the end")
			}
			return adding("a")(ctx, tx)
		}))
		if !hooked || !outcome.Committed() {
			t.Error("the hook did not see the commit")
		}
		wantIDs(t, db, "a", "b")
	})
}

func TestTheCallersValuesReachTheFunctionButNotItsEnd(t *testing.T) {
	type key struct{}
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		mine, cancel := context.WithCancel(context.WithValue(ctx, key{}, "trace"))
		must(t, db.Write(mine, func(ctx context.Context, tx *store.Tx) error {
			cancel()
			if ctx.Value(key{}) != "trace" || ctx.Err() != nil {
				t.Errorf("value %v, err %v", ctx.Value(key{}), ctx.Err())
			}
			return adding("a")(mine, tx) // the wrong context is harmless, too
		}))
		wantIDs(t, db, "a")
		wantFault(t, db.Write(mine, adding("b")), fault.Busy, "cancelled")
	})
}
