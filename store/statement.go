package store

import (
	"context"
	"database/sql"

	"luukku/fault"
)

// Exec runs q and returns how many rows it inserted, changed or deleted.
func (tx *Tx) Exec(ctx context.Context, q Query, args ...any) (int64, error) {
	if err := tx.admit(ctx, q, args); err != nil {
		return 0, err
	}
	result, err := tx.session.exec(tx.driver, q, args)
	if err != nil {
		return 0, tx.fail(named(q, err))
	}
	rows, err := result.RowsAffected()
	if err != nil {
		return 0, tx.fail(named(q, err))
	}
	return rows, nil
}

// Row runs q, which gives at most one row (a further one is not looked at). It must be scanned
// before the next statement.
func (tx *Tx) Row(ctx context.Context, q Query, args ...any) *Row {
	rows, err := tx.ask(ctx, q, args)
	if err != nil {
		return &Row{err: err}
	}
	tx.row = Row{tx: tx, q: q, rows: rows}
	return &tx.row
}

// Row is the answer to a query that gives at most one row. It is valid until the next statement.
type Row struct {
	tx   *Tx
	q    Query
	rows *sql.Rows
	err  error
}

// Scan reads the columns into pointers, as database/sql does. Without a row it returns
// fault.NotFound "not-found", which does not end the transaction.
func (r *Row) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	if r.rows == nil || r.tx.open != r.rows {
		return r.tx.fail(fault.New(fault.Internal, "row-not-scanned"))
	}
	defer r.tx.leave(r.rows)
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return r.tx.fail(named(r.q, err))
		}
		return fault.New(fault.NotFound, "not-found")
	}
	if err := r.rows.Scan(into...); err != nil {
		return r.tx.fail(named(r.q, err))
	}
	return r.rest()
}

// rest reads what is left: PostgreSQL tells an error of insert … returning only at the end.
func (r *Row) rest() error {
	if r.tx.db.engine == PostgreSQL {
		for r.rows.Next() {
			continue
		}
	}
	if err := r.rows.Err(); err != nil {
		return r.tx.fail(named(r.q, err))
	}
	return nil
}

// Each runs q and calls fn for each row. An error of fn ends it and is returned as it is. No other
// statement may be sent on tx until Each has returned.
func (tx *Tx) Each(ctx context.Context, q Query, fn func(scan func(...any) error) error, args ...any) error {
	rows, err := tx.ask(ctx, q, args)
	if err != nil {
		return err
	}
	defer tx.leave(rows)
	scan := func(into ...any) error {
		if err := rows.Scan(into...); err != nil {
			return tx.fail(named(q, err))
		}
		return nil
	}
	for rows.Next() {
		if err := fn(scan); err != nil {
			return err
		}
		if tx.readOnly && ctx.Err() != nil {
			return cancelled(ctx.Err())
		}
	}
	if err := rows.Err(); err != nil {
		return tx.fail(named(q, err))
	}
	return nil
}

// Select collects what fn makes of each row of q; no row gives nil.
func Select[T any](ctx context.Context, tx *Tx, q Query, fn func(scan func(...any) error) (T, error), args ...any) ([]T, error) {
	var all []T
	err := tx.Each(ctx, q, func(scan func(...any) error) error {
		one, err := fn(scan)
		if err == nil {
			all = append(all, one)
		}
		return err
	}, args...)
	if err != nil {
		return nil, err
	}
	return all, nil
}

// ask sends a query and notes its open result.
func (tx *Tx) ask(ctx context.Context, q Query, args []any) (*sql.Rows, error) {
	if err := tx.admit(ctx, q, args); err != nil {
		return nil, err
	}
	rows, err := tx.session.query(tx.driver, q, args)
	if err != nil {
		return nil, tx.fail(named(q, err))
	}
	tx.open = rows
	return rows, nil
}

// leave closes an open result.
func (tx *Tx) leave(rows *sql.Rows) {
	rows.Close()
	if tx.open == rows {
		tx.open = nil
	}
}

// admit lets a statement pass and counts it. Both engines behave alike: after an error, inside an
// open result, or with another number of arguments than parameters nothing is sent.
func (tx *Tx) admit(ctx context.Context, q Query, args []any) error {
	switch {
	case tx.failed != nil:
		return tx.failed
	case tx.Done():
		return fault.New(fault.Internal, "transaction-ended")
	case tx.open != nil:
		return tx.fail(named(q, fault.New(fault.Internal, "row-not-scanned")))
	case len(args) != q.text.params:
		return tx.fail(named(q, fault.New(fault.Internal, "wrong-arguments")))
	case tx.readOnly && ctx.Err() != nil:
		return cancelled(ctx.Err())
	}
	tx.sent++
	tx.db.statements.Add(1)
	return nil
}

// fail remembers the first error, translated, and returns it.
func (tx *Tx) fail(err error) error {
	err = tx.translated(err)
	if tx.failed == nil {
		tx.failed = err
	}
	return err
}
