package store

import (
	"context"
	"sync/atomic"
)

// Tx is one function's transaction. It belongs to that function's goroutine.
type Tx struct{ outcome *Outcome }

// Outcome tells how a transaction ended, also after the Tx itself is forgotten.
type Outcome struct{ state atomic.Int32 }

// Committed is true once the transaction has been committed.
func (o *Outcome) Committed() bool { return false }

// Done is true once the transaction has ended, either way.
func (o *Outcome) Done() bool { return false }

// Row is the answer to a query that gives at most one row.
type Row struct{ err error }

// Scan reads the columns; without a row it returns fault.NotFound "not-found".
func (r *Row) Scan(into ...any) error { return notBuilt() }

// Engine tells which database this is.
func (tx *Tx) Engine() Engine { return 0 }

// ReadOnly is true inside Read.
func (tx *Tx) ReadOnly() bool { return false }

// Outcome is shared by everything that must know whether this transaction was committed.
func (tx *Tx) Outcome() *Outcome { return tx.outcome }

// Committed is true once the transaction has been committed.
func (tx *Tx) Committed() bool { return tx.outcome.Committed() }

// Done is true once the transaction has ended, either way.
func (tx *Tx) Done() bool { return tx.outcome.Done() }

// Statements counts this transaction's statements.
func (tx *Tx) Statements() int64 { return 0 }

// Exec runs q and returns the number of rows it touched.
func (tx *Tx) Exec(ctx context.Context, q Query, args ...any) (int64, error) { return 0, notBuilt() }

// Row runs q, which gives at most one row.
func (tx *Tx) Row(ctx context.Context, q Query, args ...any) *Row { return &Row{notBuilt()} }

// Each runs q and calls fn for each row.
func (tx *Tx) Each(ctx context.Context, q Query, fn func(scan func(...any) error) error, args ...any) error {
	return notBuilt()
}

// Select collects what fn makes of each row of q.
func Select[T any](ctx context.Context, tx *Tx, q Query, fn func(scan func(...any) error) (T, error), args ...any) ([]T, error) {
	return nil, notBuilt()
}

// OnCommit has fn called after the commit.
func (tx *Tx) OnCommit(fn func()) {}

// OnRollback has fn called after the rollback.
func (tx *Tx) OnRollback(fn func()) {}

// Refuse returns err and leaves record to be written in a transaction of its own.
func (tx *Tx) Refuse(err error, record func(ctx context.Context, tx *Tx) error) error { return err }
