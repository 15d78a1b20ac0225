package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"luukku/fault"
	"luukku/store"
)

func TestAReaderSeesOneMomentAndNothingUncommitted(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		must(t, db.Write(ctx, adding("a")))
		written, looked := make(chan bool), make(chan bool)
		done := make(chan error)
		go func() {
			done <- db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				err := adding("b")(ctx, tx)
				close(written)
				<-looked
				return err
			})
		}()
		<-written
		wantIDs(t, db, "a") // not committed yet
		must(t, db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
			before := countRows(t, ctx, tx)
			close(looked)
			must(t, <-done)
			if after := countRows(t, ctx, tx); before != 1 || after != 1 {
				t.Errorf("%d rows, then %d in the same moment", before, after)
			}
			return nil
		}))
		wantIDs(t, db, "a", "b")
	})
}

func countRows(t *testing.T, ctx context.Context, tx *store.Tx) (n int) {
	t.Helper()
	must(t, tx.Row(ctx, count).Scan(&n))
	return n
}

func TestReadCannotWrite(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		wantFault(t, db.Read(ctx, adding("a")), fault.Internal, "write-in-read")
		must(t, db.Write(ctx, adding("b")))
		wantIDs(t, db, "b")
	})
}

func TestReadTellsItsOutcome(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		var outcome *store.Outcome
		hooked := false
		keep := func(err error) store.Func {
			return func(ctx context.Context, tx *store.Tx) error {
				outcome = tx.Outcome()
				tx.OnCommit(func() { hooked = true })
				if !tx.ReadOnly() || tx.Engine() != db.Engine() {
					t.Error("not the transaction of a Read")
				}
				return err
			}
		}
		must(t, db.Read(ctx, keep(nil)))
		if !outcome.Committed() || !hooked {
			t.Error("a read without error counts as committed")
		}
		if err := db.Read(ctx, keep(errDenied)); !errors.Is(err, errDenied) || outcome.Committed() || !outcome.Done() {
			t.Error("a read with an error does not")
		}
	})
}

func TestACancelledReaderGivesItsConnectionBack(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		for range 100 { // more than there are connections
			mine, cancel := context.WithCancel(ctx)
			err := db.Read(mine, func(ctx context.Context, tx *store.Tx) error {
				cancel()
				return tx.Row(ctx, count).Scan(new(int))
			})
			wantFault(t, err, fault.Busy, "cancelled")
		}
		wantIDs(t, db)
	})
}

func TestAReaderWaitsForAConnectionOnlyAsLongAsItsContext(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		holding, leave := context.WithCancel(ctx)
		all := sync.WaitGroup{}
		defer func() { leave(); all.Wait() }()
		for range 40 { // as many as either engine has, and more
			all.Go(func() {
				db.Read(holding, func(context.Context, *store.Tx) error { <-holding.Done(); return nil })
			})
		}
		short := func() error {
			mine, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
			defer cancel()
			return db.Read(mine, func(context.Context, *store.Tx) error { return nil })
		}
		err := short()
		for until := time.Now().Add(time.Minute); err == nil && time.Now().Before(until); err = short() {
			time.Sleep(10 * time.Millisecond) // there is still one that nobody holds
		}
		wantFault(t, err, fault.Busy, "cancelled")
	})
}

func TestAPanickingReaderHarmsNobody(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		for range 50 {
			err := db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
				return tx.Each(ctx, all, func(func(...any) error) error { return nil }, nil...)
			})
			wantFault(t, err, fault.Internal, "wrong-arguments")
			err = db.Read(ctx, func(context.Context, *store.Tx) error { panic("x") })
			wantFault(t, err, fault.Internal, "panic")
		}
		wantIDs(t, db)
	})
}

// What no text can be is nobody's id, on either engine: it comes from outside, and is no fault of the program.
func TestWhatIsNoTextIsNotFound(t *testing.T) {
	byID := store.MustQueries("-- name: by-id\nselect id from pearl where authority = 'dvv' and id = ?;").Get("by-id")
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		for _, id := range []string{"a\x00", "\xff"} {
			wantFault(t, db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
				return tx.Row(ctx, byID, id).Scan(&id)
			}), fault.NotFound, "not-found")
		}
	})
}
