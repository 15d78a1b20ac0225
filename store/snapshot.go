package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"luukku/fault"
)

// Restore fills the database at o.URL from a folder that Snapshot wrote. The SQLite file must not
// exist, the PostgreSQL database must hold no row (fault.Conflict "database-not-empty"). A snapshot
// that is damaged, of the other engine or of a newer program is fault.Invalid "snapshot-damaged",
// "snapshot-engine" or "snapshot-version". Open and Migrate it afterwards.
func Restore(ctx context.Context, o Options, fromDir string) error {
	scheme, rest, _ := strings.Cut(o.URL, ":")
	switch scheme {
	case "sqlite":
		return mend(restoreSQLite(ctx, strings.TrimPrefix(rest, "//"), fromDir))
	case "postgres", "postgresql":
		p, err := openPostgres(ctx, o)
		if err != nil {
			return mend(err)
		}
		defer p.close()
		return mend(p.restore(ctx, fromDir))
	}
	return fault.New(fault.Invalid, "storage-url")
}

// Discard takes back what Restore filled, where more of a restore failed: the SQLite file is removed,
// every table of the PostgreSQL database emptied. Only who saw Restore succeed may call it.
func Discard(ctx context.Context, o Options) error {
	scheme, rest, _ := strings.Cut(o.URL, ":")
	if scheme == "sqlite" {
		file := strings.TrimPrefix(rest, "//")
		return mend(errors.Join(removed(file), removed(file+"-wal"), removed(file+"-shm")))
	}
	p, err := openPostgres(ctx, o)
	if err != nil {
		return mend(err)
	}
	defer p.close()
	return mend(p.empty(ctx))
}

func removed(file string) error {
	if err := os.Remove(file); !os.IsNotExist(err) {
		return err
	}
	return nil
}

// snapshotFile is SQLite's snapshot: a whole database.
const snapshotFile = "luukku.db"

// snapshot has SQLite write a defragmented copy of the file. It reads one moment and lets writers
// go on; what was deleted is not in it.
func (l *lite) snapshot(ctx context.Context, toDir string) error {
	file, err := prepareFolder(toDir, snapshotFile)
	if err != nil {
		return err
	}
	if err := touch(file); err != nil {
		return err
	}
	p, err := connect(ctx, l.pool, "select 1")
	if err != nil {
		return err
	}
	defer p.discard()
	if _, err := p.conn.ExecContext(ctx, "vacuum into ?", file); err != nil {
		os.Remove(file)
		return err
	}
	return syncFile(file)
}

// prepareFolder makes toDir and gives the path of name in it, which must not exist.
func prepareFolder(toDir, name string) (string, error) {
	if err := os.MkdirAll(toDir, 0o700); err != nil {
		return "", err
	}
	file := filepath.Join(toDir, name)
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		return "", fault.New(fault.Conflict, "snapshot-exists")
	}
	return file, nil
}

func syncFile(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(file))
}

// restoreSQLite copies the snapshot beside its place, checks it, and only then gives it its name.
func restoreSQLite(ctx context.Context, file, fromDir string) error {
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		return fault.New(fault.Conflict, "database-not-empty")
	}
	from, err := os.Open(filepath.Join(fromDir, snapshotFile))
	if os.IsNotExist(err) {
		return fault.New(fault.Invalid, "snapshot-engine")
	}
	if err != nil {
		return err
	}
	defer from.Close()
	beside := file + ".restoring"
	defer os.Remove(beside)
	if err := copyTo(beside, from); err != nil {
		return err
	}
	if err := checkSQLite(ctx, beside); err != nil {
		return fault.New(fault.Invalid, "snapshot-damaged").Wrap(err)
	}
	if err := os.Rename(beside, file); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(file))
}

func copyTo(file string, from io.Reader) error {
	to, err := os.OpenFile(file, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer to.Close()
	if _, err := io.Copy(to, from); err != nil {
		return err
	}
	return to.Sync()
}

// checkSQLite has SQLite look for damage, without changing the file.
func checkSQLite(ctx context.Context, file string) error {
	pool, err := sql.Open("sqlite", liteURL(file, "mode=ro&immutable=1"))
	if err != nil {
		return err
	}
	defer pool.Close()
	var verdict string
	if err := pool.QueryRowContext(ctx, "pragma integrity_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fault.New(fault.Invalid, "snapshot-damaged")
	}
	return nil
}

// truncate moves what can be moved beside the writer first, so that the writer is held only for
// the rest. A reader that still looks at an old moment is waited for in short tries.
func (l *lite) truncate(ctx context.Context) error {
	if err := l.beside(ctx); err != nil {
		return err
	}
	for range 40 {
		left := true
		err := l.writer.alone(ctx, func(p *prepared) error { return p.truncate(&left) })
		if err != nil || !left {
			return err
		}
		select {
		case <-ctx.Done():
			return cancelled(ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
	return fault.New(fault.Busy, "storage-contended")
}

// checkpoint moves what the log holds into the file, between two transactions.
func (l *lite) checkpoint(ctx context.Context) error {
	return l.writer.alone(ctx, func(p *prepared) error {
		_, err := p.conn.ExecContext(ctx, "pragma wal_checkpoint(passive)")
		return err
	})
}

// beside moves pages from the log into the file while writers go on.
func (l *lite) beside(ctx context.Context) error {
	p, err := connect(ctx, l.pool, "pragma busy_timeout = 20")
	if err != nil {
		return err
	}
	defer p.discard()
	_, err = p.conn.ExecContext(ctx, "pragma wal_checkpoint(passive)")
	return err
}

// truncate tries once, for 20 ms at most, and tells whether something is left in the log.
func (p *prepared) truncate(left *bool) error {
	ctx := context.Background()
	if _, err := p.conn.ExecContext(ctx, "pragma busy_timeout = 20"); err != nil {
		return err
	}
	defer p.conn.ExecContext(ctx, "pragma busy_timeout = 5000")
	var busy, log, moved int
	if err := p.conn.QueryRowContext(ctx, "pragma wal_checkpoint(truncate)").Scan(&busy, &log, &moved); err != nil {
		return err
	}
	*left = busy != 0
	return nil
}
