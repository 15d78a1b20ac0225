// Package store promises that what Write acknowledged survives a power cut, and that a function
// which failed has left nothing behind. It puts SQLite and PostgreSQL behind one transaction type
// with one SQL text per query; nothing else in the program imports a database driver.
//
// Its faults have these keys: "storage-unavailable" (disk full, database gone; works again without
// a restart), "storage-contended", "storage-closed", "cancelled" (all Busy), "not-found",
// "conflict", and for defects of the program the Internal "storage", "write-in-read",
// "nested-transaction", "transaction-ended", "row-not-scanned", "wrong-arguments", "panic" and
// "refusal-unrecorded".
package store

import (
	"context"
	"strings"
	"sync/atomic"

	"luukku/fault"
)

// Options of Open. Zero values are good.
type Options struct {
	URL      string // "sqlite:/path/luukku.db" or "postgres://…"
	ReadPool int    // readers at the same time; 0 is 4 on SQLite, 16 on PostgreSQL
	Batch    int    // most functions in one SQLite transaction; 0 is 64
}

// DB is an open database. It is safe for any number of goroutines.
type DB struct {
	engine     Engine
	house      house
	statements atomic.Int64
	failing    atomic.Bool
	closed     atomic.Bool
}

// house is what the two engines do differently.
type house interface {
	write(ctx context.Context, db *DB, fn Func) error
	read(ctx context.Context, db *DB, fn Func) error
	ping(ctx context.Context) error
	migrate(ctx context.Context) error
	snapshot(ctx context.Context, toDir string) error
	checkpoint(ctx context.Context) error
	truncate(ctx context.Context) error
	path() string
	close() error
}

// Func is the body of a transaction. It must use tx from its own goroutine only, and not after it
// returned.
type Func = func(ctx context.Context, tx *Tx) error

// Open opens the database at o.URL. A SQLite file is made if there is none, readable to its owner
// only; a PostgreSQL database must exist.
func Open(ctx context.Context, o Options) (*DB, error) {
	scheme, rest, _ := strings.Cut(o.URL, ":")
	switch scheme {
	case "sqlite":
		s, err := openSQLite(ctx, strings.TrimPrefix(rest, "//"), o)
		if err != nil {
			return nil, mend(err)
		}
		return &DB{engine: SQLite, house: s}, nil
	case "postgres", "postgresql":
		p, err := openPostgres(ctx, o)
		if err != nil {
			return nil, mend(err)
		}
		return &DB{engine: PostgreSQL, house: p}, nil
	}
	return nil, fault.New(fault.Invalid, "storage-url")
}

// Engine tells which database this is.
func (db *DB) Engine() Engine { return db.engine }

// Close waits for the running writes and closes every connection. Later calls of Write and Read
// return fault.Busy "storage-closed".
func (db *DB) Close() error {
	db.closed.Store(true)
	return mend(db.house.close())
}

// Ping fails with fault.Busy "storage-unavailable" while the database cannot be reached.
func (db *DB) Ping(ctx context.Context) error {
	if db.closed.Load() {
		return errClosed
	}
	return mend(db.house.ping(ctx))
}

// Migrate brings the schema up to date. It is called at every start. A migration that is older
// than the newest one applied is applied as well.
func (db *DB) Migrate(ctx context.Context) error { return mend(db.house.migrate(ctx)) }

// Statements counts the statements sent since Open, without BEGIN, COMMIT and SAVEPOINT.
func (db *DB) Statements() int64 { return db.statements.Load() }

// Write runs fn in a transaction and returns once it is durable; it is the only way to write.
//
// On SQLite up to Options.Batch waiting functions share one transaction, each in a savepoint: an
// error of one rolls back that one alone, and an error of the common COMMIT reaches all. On
// PostgreSQL each function has its own transaction. The ctx given to fn carries the values of the
// caller's ctx but not its cancellation: a caller who gives up while waiting has written nothing
// (fault.Busy "cancelled"), one whose function has begun gets its result. A panic in fn is rolled
// back and becomes fault.Internal. After a statement of fn has failed, fn can only fail: the
// transaction is rolled back even if fn returns nil. Write or Read inside fn is refused.
func (db *DB) Write(ctx context.Context, fn Func) error {
	if err := db.enter(ctx); err != nil {
		return err
	}
	err := db.house.write(ctx, db, fn)
	if f := fault.Of(err); f != nil && f.Key == unavailable {
		db.failing.Store(true)
	}
	return err
}

// Failing tells that a write met a full disk or a database that is gone, and that Probe has not
// succeeded since. A write that happened to be small enough for the last bytes proves nothing.
func (db *DB) Failing() bool { return db.failing.Load() }

// Read runs fn in a read-only transaction that sees one moment of the database. It does not wait
// for writers, nor they for it.
func (db *DB) Read(ctx context.Context, fn Func) error {
	if err := db.enter(ctx); err != nil {
		return err
	}
	return db.house.read(ctx, db, fn)
}

// enter refuses a transaction inside a transaction: on SQLite it would wait for itself, on
// PostgreSQL it could take the pool's last connection.
func (db *DB) enter(ctx context.Context) error {
	if ctx.Value(inside{}) == db {
		return fault.New(fault.Internal, "nested-transaction")
	}
	if err := ctx.Err(); err != nil {
		return cancelled(err)
	}
	if db.closed.Load() {
		return errClosed
	}
	return nil
}

func cancelled(err error) error { return fault.New(fault.Busy, "cancelled").Wrap(err) }

var errClosed = fault.New(fault.Busy, "storage-closed")

// Checkpoint moves SQLite's write-ahead log into the database file between two transactions. Whoever
// writes much calls it now and then: a full log is moved in somebody's commit. On PostgreSQL it does
// nothing.
func (db *DB) Checkpoint(ctx context.Context) error { return mend(db.house.checkpoint(ctx)) }

// Truncate empties SQLite's write-ahead log into the database file, so that deleted rows are in
// neither. It waits for running reads and returns fault.Busy "storage-contended" if they take too
// long. On PostgreSQL it does nothing: its log is recycled by the server.
func (db *DB) Truncate(ctx context.Context) error { return mend(db.house.truncate(ctx)) }

// Path is the SQLite file, "" on PostgreSQL.
func (db *DB) Path() string { return db.house.path() }

// Snapshot writes a consistent copy of the whole database, as of one moment, into the folder
// toDir, without stopping writers. Restore reads it.
func (db *DB) Snapshot(ctx context.Context, toDir string) error {
	return mend(db.house.snapshot(ctx, toDir))
}
