package store_test

import (
	"context"
	"errors"
	"testing"

	"luukku/fault"
	"luukku/store"
)

var errDenied = fault.New(fault.Denied, "no")

// refusing adds a row, and then refuses and leaves a record named id.
func refusing(id string) store.Func {
	return func(ctx context.Context, tx *store.Tx) error {
		if err := adding("undone-"+id)(ctx, tx); err != nil {
			return err
		}
		return tx.Refuse(errDenied, adding(id))
	}
}

func TestARefusalIsRecordedAndWhatItRefusedIsUndone(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		if err := db.Write(ctx, refusing("a")); !errors.Is(err, errDenied) {
			t.Errorf("err %v", err)
		}
		wantIDs(t, db, "a")
	})
}

func TestRefusalsInABatchAreRecordedBesideWritesAndFailures(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		errs := store.Together(db, adding("a"), refusing("b"), adding("a"), refusing("c"), adding("d"))
		wantFault(t, errs[1], fault.Denied, "no")
		wantFault(t, errs[2], fault.Conflict, "conflict")
		wantFault(t, errs[3], fault.Denied, "no")
		wantIDs(t, db, "a", "b", "c", "d")
	})
}

func TestARefusalCannotBeDropped(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			refusing("a")(ctx, tx)
			return nil
		})
		wantFault(t, err, fault.Denied, "no")
		wantIDs(t, db, "a")
	})
}

func TestARefusalAfterAFailedStatementIsRecorded(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		must(t, db.Write(ctx, adding("a")))
		err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			adding("a")(ctx, tx)
			return tx.Refuse(errDenied, adding("b"))
		})
		wantFault(t, err, fault.Denied, "no")
		wantIDs(t, db, "a", "b")
	})
}

func TestARefusalThatCannotBeRecordedIsInternal(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		must(t, db.Write(ctx, adding("a")))
		again := func(ctx context.Context, tx *store.Tx) error { return tx.Refuse(errDenied, adding("x")) }
		faulty := map[string]store.Func{
			"a conflict":       adding("a"),
			"a panic":          func(context.Context, *store.Tx) error { panic("x") },
			"a second refusal": again,
		}
		for name, record := range faulty {
			errs := store.Together(db,
				func(ctx context.Context, tx *store.Tx) error { return tx.Refuse(errDenied, record) },
				refusing("b-"+name))
			if !fault.Is(errs[0], fault.Internal) {
				t.Errorf("%s: %v", name, errs[0])
			}
			wantFault(t, errs[1], fault.Denied, "no")
		}
		wantIDs(t, db, "a", "b-a conflict", "b-a panic", "b-a second refusal")
	})
}

func TestHooksOfARefusal(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		var order []string
		note := func(what string) func() { return func() { order = append(order, what) } }
		var outcome *store.Outcome
		err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			outcome = tx.Outcome()
			tx.OnCommit(note("committed"))
			tx.OnRollback(note("undone"))
			return tx.Refuse(errDenied, func(ctx context.Context, tx *store.Tx) error {
				tx.OnCommit(note("recorded"))
				return adding("a")(ctx, tx)
			})
		})
		wantFault(t, err, fault.Denied, "no")
		if len(order) != 2 || order[0] != "undone" || order[1] != "recorded" || outcome.Committed() || !outcome.Done() {
			t.Errorf("order %v", order)
		}
	})
}

func TestReadCannotRefuse(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		err := db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
			return tx.Refuse(errDenied, adding("a"))
		})
		wantFault(t, err, fault.Internal, "write-in-read")
		wantIDs(t, db)
	})
}

func TestARefusalWhileManyWriteDoesNotWaitForItself(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		done := make(chan error)
		for i := range 200 {
			id := store.NewID("p_")
			go func() {
				if i%3 == 0 {
					done <- db.Write(ctx, refusing(id))
					return
				}
				done <- db.Write(ctx, adding(id))
			}()
		}
		refused := 0
		for range 200 {
			if err := <-done; err != nil {
				wantFault(t, err, fault.Denied, "no")
				refused++
			}
		}
		if got := len(ids(t, db)); got != 200 || refused != 67 {
			t.Errorf("%d rows, %d refused", got, refused)
		}
	})
}
