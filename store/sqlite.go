package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
)

// lite is SQLite: one writer with its own connection and a few readers.
type lite struct {
	file    string
	pool    *sql.DB // only used to open connections
	writer  *writer
	readers *readers
}

// Every connection waits for locks, syncs at each commit, overwrites what is deleted and keeps
// temporary tables out of the disk. Only the writer has a large cache: it holds the hot pages.
const (
	always      = "_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=secure_delete(on)&_pragma=temp_store(memory)"
	writerLines = "pragma cache_size = -8000; pragma wal_autocheckpoint = 4000"
	readerLines = "pragma query_only = on"
)

// openSQLite opens or makes the file, readable to its owner only.
func openSQLite(ctx context.Context, file string, o Options) (*lite, error) {
	if err := touch(file); err != nil {
		return nil, err
	}
	connector, err := sqlite.NewConnector(liteURL(file, always))
	if err != nil {
		return nil, err
	}
	l := &lite{file: file, pool: sql.OpenDB(connector)}
	l.pool.SetMaxIdleConns(0) // what is given back is closed: writer and readers keep their own
	l.writer = newWriter(l.pool, or(o.Batch, 64))
	l.readers = newReaders(l.pool, or(o.ReadPool, 4))
	if err := l.ping(ctx); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

func liteURL(file, settings string) string {
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + settings
}

func or(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// touch makes an empty file for SQLite, and its entry in the folder durable.
func touch(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if os.IsExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(file))
}

func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

func (l *lite) write(ctx context.Context, db *DB, fn Func) error {
	return l.writer.write(ctx, db, fn)
}

func (l *lite) path() string { return l.file }

// ping passes once through a reader and once through the writer's queue.
func (l *lite) ping(ctx context.Context) error {
	p, err := l.readers.take(ctx)
	if err != nil {
		return err
	}
	var n int
	err = p.conn.QueryRowContext(ctx, "select count(*) from sqlite_schema").Scan(&n)
	l.readers.give(p, err)
	if err != nil {
		return err
	}
	return l.writer.alone(ctx, func(*prepared) error { return nil })
}

func (l *lite) close() error {
	l.writer.close()
	l.readers.close()
	return l.pool.Close()
}

// prepared is one SQLite connection with its statements, each prepared once.
type prepared struct {
	conn       *sql.Conn
	statements map[*texts]*sql.Stmt
}

// connect takes a new connection from pool and sets it up.
func connect(ctx context.Context, pool *sql.DB, lines string) (*prepared, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, lines); err != nil {
		conn.Close()
		return nil, err
	}
	return &prepared{conn, map[*texts]*sql.Stmt{}}, nil
}

func (p *prepared) statement(ctx context.Context, q Query) (*sql.Stmt, error) {
	if s, ok := p.statements[q.text]; ok {
		return s, nil
	}
	s, err := p.conn.PrepareContext(ctx, q.text.sqlite)
	if err == nil {
		p.statements[q.text] = s
	}
	return s, err
}

func (p *prepared) query(ctx context.Context, q Query, args []any) (*sql.Rows, error) {
	s, err := p.statement(ctx, q)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (p *prepared) exec(ctx context.Context, q Query, args []any) (sql.Result, error) {
	s, err := p.statement(ctx, q)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// do sends a statement of the store's own, which is not counted.
func (p *prepared) do(q Query) error {
	_, err := p.exec(context.Background(), q, nil)
	return err
}

// discard closes the connection for good; whatever it had begun is rolled back. If database/sql has
// closed it already, its statements must not be touched: they point into freed memory.
func (p *prepared) discard() {
	if p.conn.Raw(func(any) error { return nil }) != nil {
		return
	}
	for _, s := range p.statements {
		s.Close()
	}
	p.conn.Raw(func(any) error { return driver.ErrBadConn })
}

// The store's own statements on SQLite.
var (
	beginWrite = MustQueries("-- name: begin\nbegin immediate").Get("begin")
	beginRead  = MustQueries("-- name: begin\nbegin").Get("begin")
	commit     = MustQueries("-- name: commit\ncommit").Get("commit")
	rollback   = MustQueries("-- name: rollback\nrollback").Get("rollback")
	savepoint  = MustQueries("-- name: savepoint\nsavepoint f").Get("savepoint")
	release    = MustQueries("-- name: release\nrelease f").Get("release")
	rewind     = MustQueries("-- name: rewind\nrollback to f").Get("rewind")
)
