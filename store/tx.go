package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"luukku/fault"
)

// Tx is one function's transaction. It belongs to that function's goroutine.
type Tx struct {
	db       *DB
	session  session
	ctx      batchContext    // what the driver gets on SQLite, and fn inside Write
	driver   context.Context // what the driver gets: &ctx, or ctx with a time limit
	readOnly bool
	sent     int64
	open     *sql.Rows // the one result that is being read
	row      Row
	failed   error // the first statement error; ends the transaction's hopes
	refused  error
	records  []Func
	commits  []func()
	undos    []func()
	outcome  *Outcome
}

// session sends statements on one connection.
type session interface {
	query(ctx context.Context, q Query, args []any) (*sql.Rows, error)
	exec(ctx context.Context, q Query, args []any) (sql.Result, error)
}

// inside is the context key under which a running transaction's DB is found.
type inside struct{}

// batchContext gives the values of a caller's context, never its end: in a batch one cancelled
// request must not interrupt a statement, since SQLite would roll all functions back.
type batchContext struct {
	values context.Context
	db     *DB
}

func (c *batchContext) Deadline() (time.Time, bool) { return time.Time{}, false }
func (c *batchContext) Done() <-chan struct{}       { return nil }
func (c *batchContext) Err() error                  { return nil }
func (c *batchContext) Value(key any) any {
	if key == (inside{}) {
		return c.db
	}
	return c.values.Value(key)
}

// begun makes the Tx of a transaction that has begun on session s.
func begun(ctx context.Context, db *DB, s session) *Tx {
	tx := &Tx{db: db, session: s, outcome: &Outcome{}}
	tx.ctx = batchContext{values: ctx, db: db}
	tx.driver = &tx.ctx
	return tx
}

// run calls fn and gives the verdict: nil may be committed, an error must be rolled back. A panic
// is an error; its value may hold personal data, so only a runtime error's text is kept.
func (tx *Tx) run(ctx context.Context, fn Func) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = panicked(cause)
		}
		if tx.open != nil {
			tx.leave(tx.open)
			err = cmp.Or[error](err, fault.New(fault.Internal, "row-not-scanned"))
		}
	}()
	err = fn(ctx, tx)
	return cmp.Or(err, tx.failed, tx.refused)
}

func panicked(cause any) error {
	text := fmt.Sprintf("%T", cause)
	if e, ok := cause.(runtime.Error); ok {
		text = e.Error()
	}
	return fault.New(fault.Internal, "panic").Wrap(fmt.Errorf("%s\n%s", text, debug.Stack()))
}

// settle makes the outcome known. The hooks are called later, by the caller's own goroutine.
func (tx *Tx) settle(err error) {
	if err == nil {
		tx.outcome.set(committed)
		return
	}
	tx.outcome.set(rolledBack)
}

// hooks calls what waits for the outcome.
func (tx *Tx) hooks() {
	waiting := tx.undos
	if tx.Committed() {
		waiting = tx.commits
	}
	for _, fn := range waiting {
		fn()
	}
}

// Engine tells which database this is.
func (tx *Tx) Engine() Engine { return tx.db.engine }

// ReadOnly is true inside Read.
func (tx *Tx) ReadOnly() bool { return tx.readOnly }

// Outcome is shared by everything that must know whether this transaction was committed.
func (tx *Tx) Outcome() *Outcome { return tx.outcome }

// Committed is true once the transaction is durable.
func (tx *Tx) Committed() bool { return tx.outcome.Committed() }

// Done is true once the transaction has ended, either way.
func (tx *Tx) Done() bool { return tx.outcome.Done() }

// Statements counts this transaction's statements, without BEGIN, COMMIT and SAVEPOINT.
func (tx *Tx) Statements() int64 { return tx.sent }

// OnCommit has fn called after the transaction is durable and before Write returns, by the
// goroutine that called Write. Two transactions' hooks may run in another order than their commits.
func (tx *Tx) OnCommit(fn func()) { tx.commits = append(tx.commits, fn) }

// OnRollback has fn called after the rollback and before Write returns.
func (tx *Tx) OnRollback(fn func()) { tx.undos = append(tx.undos, fn) }

// Refuse returns err, which the function should return: Write then rolls this transaction back,
// runs record in a new one, and returns err. Even a function that drops err is rolled back. If the
// record cannot be written, Write returns fault.Internal "refusal-unrecorded", or fault.Busy when
// the database is unavailable. Refuse inside Read or inside a record is a defect of the program.
func (tx *Tx) Refuse(err error, record Func) error {
	if tx.readOnly || tx.Done() {
		return tx.fail(fault.New(fault.Internal, "write-in-read"))
	}
	tx.refused = cmp.Or(tx.refused, err)
	tx.records = append(tx.records, record)
	return err
}

// recorder is the function that writes tx's refusals. A refusal of a refusal is not allowed.
func (tx *Tx) recorder() Func {
	return func(ctx context.Context, next *Tx) error {
		for _, record := range tx.records {
			if err := record(ctx, next); err != nil {
				return err
			}
		}
		if next.records != nil {
			return fault.New(fault.Internal, "refusal-unrecorded")
		}
		return nil
	}
}

// unrecorded is what a caller gets whose refusal could not be recorded.
func unrecorded(err error) error {
	if err == nil || fault.Is(err, fault.Busy) {
		return err
	}
	return fault.New(fault.Internal, "refusal-unrecorded").Wrap(err)
}
