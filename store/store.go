// Package store promises that what Write acknowledged survives a power cut, and that a function
// which failed has left nothing behind. It puts SQLite and PostgreSQL behind one transaction type
// with one SQL text per query; nothing else in the program imports a database driver.
package store

import (
	"context"

	"luukku/fault"
)

// Options of Open. Zero values are good.
type Options struct {
	URL      string // "sqlite:/path/luukku.db" or "postgres://…"
	ReadPool int    // readers at the same time; 0 is 4 on SQLite, 16 on PostgreSQL
	Batch    int    // most functions in one SQLite transaction; 0 is 64
}

// DB is an open database. It is safe for any number of goroutines.
type DB struct{ engine Engine }

func notBuilt() error { return fault.New(fault.Internal, "not-built") }

// Open opens the database at o.URL and makes the file if there is none.
func Open(ctx context.Context, o Options) (*DB, error) { return nil, notBuilt() }

// Engine tells which database this is.
func (db *DB) Engine() Engine { return db.engine }

// Close waits for the running writes and closes every connection.
func (db *DB) Close() error { return nil }

// Ping fails with fault.Busy "storage-unavailable" while the database cannot be reached.
func (db *DB) Ping(ctx context.Context) error { return notBuilt() }

// Migrate brings the schema up to date.
func (db *DB) Migrate(ctx context.Context) error { return notBuilt() }

// Statements counts the statements sent since Open, without BEGIN, COMMIT and SAVEPOINT.
func (db *DB) Statements() int64 { return 0 }

// Write runs fn in a transaction; it is the only way to write.
func (db *DB) Write(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error {
	return notBuilt()
}

// Read runs fn in a read-only snapshot.
func (db *DB) Read(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error {
	return notBuilt()
}

// Truncate empties SQLite's write-ahead log into the database file; nothing on PostgreSQL.
func (db *DB) Truncate(ctx context.Context) error { return notBuilt() }

// Path is the SQLite file, "" on PostgreSQL.
func (db *DB) Path() string { return "" }

// Snapshot writes a consistent copy of the whole database into the folder toDir.
func (db *DB) Snapshot(ctx context.Context, toDir string) error { return notBuilt() }

// Restore fills this empty database from a folder that Snapshot wrote.
func (db *DB) Restore(ctx context.Context, fromDir string) error { return notBuilt() }
