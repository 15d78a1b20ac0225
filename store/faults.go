package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"luukku/fault"
)

// named says which query an error came from.
func named(q Query, err error) error {
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	return fmt.Errorf("query %s: %w", q.Name(), err)
}

// translated is mend for a statement of tx: a write that the database refused because tx only
// reads is a defect of the program and no sign of a read-only disk.
func (tx *Tx) translated(err error) error {
	if tx.readOnly && isReadOnly(err) {
		return fault.New(fault.Internal, "write-in-read").Wrap(clean(err))
	}
	return mend(err)
}

// unavailable is the key of a full disk or a database that is gone.
const unavailable = "storage-unavailable"

// mend turns any error of a driver into a fault whose text holds no value of a row.
func mend(err error) error {
	var known *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return fault.New(fault.NotFound, "not-found")
	case errors.Is(err, context.Canceled):
		return cancelled(err)
	case isUnique(err):
		return fault.New(fault.Conflict, "conflict").Wrap(clean(err))
	case state(err) == "22021": // PostgreSQL takes no NUL and nothing that is not UTF-8, and has nothing by such a name
		return fault.New(fault.NotFound, "not-found")
	case isContended(err):
		return fault.New(fault.Busy, "storage-contended").Wrap(clean(err))
	case isGone(err):
		return fault.New(fault.Busy, unavailable).Wrap(clean(err))
	}
	return fault.New(fault.Internal, "storage").Wrap(clean(err))
}

// liteCode is SQLite's extended result code, 0 for another error.
func liteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// state is PostgreSQL's SQLSTATE, "" for another error.
func state(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func isUnique(err error) bool {
	switch liteCode(err) {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return true
	}
	return state(err) == "23505"
}

func isReadOnly(err error) bool {
	return liteCode(err)&0xff == sqlite3.SQLITE_READONLY || state(err) == "25006"
}

// isContended: a lock was not to be had in time, or a deadlock was broken.
func isContended(err error) bool {
	switch liteCode(err) & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return true
	}
	switch state(err) {
	case "40001", "40P01", "55P03", "57014":
		return true
	}
	return false
}

// isGone: the disk is full, the file or the server cannot be reached, or the server is closing,
// starting, read-only or out of connections.
func isGone(err error) bool {
	switch liteCode(err) & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOMEM:
		return true
	}
	if s := state(err); s != "" {
		return strings.HasPrefix(s, "08") || strings.HasPrefix(s, "53") || strings.HasPrefix(s, "57P") ||
			strings.HasPrefix(s, "58") || s == "25006"
	}
	var network net.Error
	var connect *pgconn.ConnectError
	return errors.As(err, &connect) || errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network) || pgconn.SafeToRetry(err) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}

var quoted = regexp.MustCompile(`"[^"]*"`)

// clean makes the cause that may be logged. Drivers quote arguments and columns in their texts,
// so quoted parts go; of PostgreSQL's message only the names are kept, and the whole text where it
// can only speak of the query itself (class 42).
func clean(err error) error {
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	switch {
	case errors.As(err, &connect):
		return errors.New(strings.TrimSpace("cannot connect to PostgreSQL " + state(err)))
	case errors.As(err, &pg) && strings.HasPrefix(pg.Code, "42"):
		return err
	case errors.As(err, &pg):
		at := strings.Trim(pg.TableName+"."+pg.ColumnName+" "+pg.ConstraintName, ". ")
		return fmt.Errorf("%s SQLSTATE %s %s", before(err, pg), pg.Code, at)
	case liteCode(err) != 0:
		return err
	}
	return errors.New(quoted.ReplaceAllString(err.Error(), `"…"`))
}

// before is what was said in front of the cause: the query's name.
func before(err, cause error) string {
	text, _, _ := strings.Cut(err.Error(), cause.Error())
	return strings.TrimSuffix(text, ": ")
}
