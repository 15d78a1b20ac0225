package store_test

import (
	"context"
	"errors"
	"testing"

	"luukku/fault"
	"luukku/store"
)

func TestNoRowIsNotFoundAndEndsNothing(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		must(t, db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			var n int64
			wantFault(t, tx.Row(ctx, next, "dvv", "none").Scan(&n), fault.NotFound, "not-found")
			return adding("a")(ctx, tx)
		}))
		wantIDs(t, db, "a")
	})
}

func TestExecCountsTheRowsItTouched(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		for _, id := range []string{"a", "b", "c"} {
			must(t, db.Write(ctx, adding(id)))
		}
		must(t, db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			n, err := tx.Exec(ctx, remove, "dvv")
			if n != 3 {
				t.Errorf("%d rows", n)
			}
			return err
		}))
	})
}

func TestStatementsAreCountedWithoutTheirTransaction(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		before := db.Statements()
		must(t, db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			must(t, adding("a")(ctx, tx))
			var n int64
			must(t, tx.Row(ctx, next, "dvv", "a").Scan(&n))
			if tx.Statements() != 2 {
				t.Errorf("%d statements in the transaction", tx.Statements())
			}
			return nil
		}))
		if sent := db.Statements() - before; sent != 2 {
			t.Errorf("%d statements in the database", sent)
		}
	})
}

func TestNothingIsSentWhileAResultIsOpen(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		must(t, db.Write(ctx, adding("a")))
		cases := map[string]store.Func{
			"inside Each": func(ctx context.Context, tx *store.Tx) error {
				return tx.Each(ctx, all, func(func(...any) error) error { return adding("b")(ctx, tx) }, "dvv")
			},
			"a row not scanned": func(ctx context.Context, tx *store.Tx) error {
				tx.Row(ctx, count)
				return adding("b")(ctx, tx)
			},
			"a row left behind": func(ctx context.Context, tx *store.Tx) error {
				tx.Row(ctx, count)
				return nil
			},
			"a row scanned twice": func(ctx context.Context, tx *store.Tx) error {
				r := tx.Row(ctx, count)
				must(t, r.Scan(new(int)))
				return r.Scan(new(int))
			},
		}
		for name, fn := range cases {
			t.Run(name, func(t *testing.T) {
				wantFault(t, db.Write(ctx, fn), fault.Internal, "row-not-scanned")
				wantIDs(t, db, "a")
			})
		}
	})
}

func TestAnErrorInsideEachEndsItAndComesBackAsItIs(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		must(t, db.Write(ctx, adding("a")))
		must(t, db.Write(ctx, adding("b")))
		own, rows := errors.New("own"), 0
		must(t, db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			err := tx.Each(ctx, all, func(func(...any) error) error { rows++; return own }, "dvv")
			if !errors.Is(err, own) || rows != 1 {
				t.Errorf("err %v after %d rows", err, rows)
			}
			return adding("c")(ctx, tx)
		}))
		wantIDs(t, db, "a", "b", "c")
	})
}

func TestATransactionIsDeadAfterItsEnd(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		var kept *store.Tx
		must(t, db.Write(ctx, func(ctx context.Context, tx *store.Tx) error { kept = tx; return nil }))
		wantFault(t, adding("a")(ctx, kept), fault.Internal, "transaction-ended")
		wantFault(t, kept.Refuse(errDenied, adding("a")), fault.Internal, "write-in-read")
		wantIDs(t, db)
	})
}

func TestWrongNumberOfArgumentsIsRefusedBeforeItIsSent(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		for _, args := range [][]any{{}, {"dvv", "x"}} {
			wantFault(t, db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Exec(ctx, remove, args...)
				return err
			}), fault.Internal, "wrong-arguments")
		}
	})
}

func TestAnErrorsTextHoldsNoValue(t *testing.T) {
	engines(t, func(t *testing.T, ctx context.Context, db *store.DB) {
		secret := "Aino Virtanen"
		must(t, db.Write(ctx, adding(secret)))
		cases := map[string]store.Func{
			"conflict": adding(secret),
			"a string where a number belongs": func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Exec(ctx, add, "dvv", "b", secret, nil)
				return firstError(err, errDenied)
			},
			"a value that does not fit": func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Exec(ctx, add, "dvv", "b", struct{ Name string }{secret}, nil)
				return err
			},
			"a column that does not fit": func(ctx context.Context, tx *store.Tx) error {
				var n int
				return tx.Each(ctx, all, func(scan func(...any) error) error { return scan(&n, &n) }, "dvv")
			},
		}
		for name, fn := range cases {
			t.Run(name, func(t *testing.T) {
				err := db.Write(ctx, fn)
				if err == nil || contains(err.Error(), "Aino") {
					t.Errorf("text %v", err)
				}
			})
		}
	})
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
