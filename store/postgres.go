package store

import (
	"cmp"
	"context"
	"database/sql"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"luukku/fault"
)

// postgres is PostgreSQL: each function has its own transaction on a pooled connection.
type postgres struct {
	pool   *sql.DB
	config *pgx.ConnConfig
	most   int // connections
}

// limit ends a transaction whose server has stopped answering.
const limit = time.Minute

// openPostgres does not connect yet but once, to tell a wrong URL at start-up. What the URL does
// not set gets a limit: a lock or a statement that hangs must not take the pool with it.
func openPostgres(ctx context.Context, o Options) (*postgres, error) {
	config, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return nil, fault.New(fault.Invalid, "storage-url") // its text would hold the password
	}
	for name, value := range map[string]string{
		"application_name": "luukku", "synchronous_commit": "on", "lock_timeout": "10s",
		"statement_timeout": "30s", "idle_in_transaction_session_timeout": "60s", "timezone": "UTC",
	} {
		if config.RuntimeParams[name] == "" {
			config.RuntimeParams[name] = value
		}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	p := &postgres{pool: stdlib.OpenDB(*config), config: config, most: 2 * or(o.ReadPool, 16)}
	p.pool.SetMaxOpenConns(p.most)
	p.pool.SetMaxIdleConns(p.most)
	p.pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := p.ping(ctx); err != nil {
		p.pool.Close()
		return nil, err
	}
	return p, nil
}

func (p *postgres) ping(ctx context.Context) error {
	var one int
	return mend(p.pool.QueryRowContext(ctx, "select 1").Scan(&one))
}

func (p *postgres) path() string                     { return "" }
func (p *postgres) checkpoint(context.Context) error { return nil }

func (p *postgres) truncate(context.Context) error { return nil }
func (p *postgres) close() error                   { return p.pool.Close() }

// unlimited is a pool for work that may take long: migrations and copies of the whole.
func (p *postgres) unlimited() *sql.DB {
	config := p.config.Copy()
	for _, name := range []string{"lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"} {
		config.RuntimeParams[name] = "0"
	}
	return stdlib.OpenDB(*config)
}

// pgSession sends statements in one transaction; pgx keeps them prepared per connection.
type pgSession struct {
	tx      *sql.Tx
	reading bool
}

func (s pgSession) text(q Query) string {
	if s.reading {
		return q.text.reading
	}
	return q.text.postgres
}

func (s pgSession) query(ctx context.Context, q Query, args []any) (*sql.Rows, error) {
	return s.tx.QueryContext(ctx, s.text(q), args...)
}

func (s pgSession) exec(ctx context.Context, q Query, args []any) (sql.Result, error) {
	return s.tx.ExecContext(ctx, s.text(q), args...)
}

// write waits for a connection as long as ctx lets it; from then on the transaction stands, so
// that a caller who goes away never leaves a commit in doubt.
func (p *postgres) write(ctx context.Context, db *DB, fn Func) error {
	tx := begun(ctx, db, nil)
	err := p.once(ctx, tx, fn)
	if tx.records == nil {
		tx.hooks()
		return err
	}
	record := begun(ctx, db, nil)
	err = cmp.Or(unrecorded(p.once(&tx.ctx, record, tx.recorder())), err)
	tx.hooks()
	record.hooks()
	return err
}

// once runs fn in tx, from begin to commit or rollback.
func (p *postgres) once(ctx context.Context, tx *Tx, fn Func) (err error) {
	err = errGoexit
	defer func() { tx.settle(err) }()
	own, cancel := context.WithTimeout(&tx.ctx, limit)
	defer cancel() // also rolls back what a runtime.Goexit in fn left open
	conn, within, failure := p.begin(ctx, own)
	if failure != nil {
		return failure
	}
	defer conn.Close()
	defer within.Rollback()
	tx.session, tx.driver = pgSession{tx: within}, own
	if failure := tx.run(own, fn); failure != nil {
		return failure
	}
	return mend(within.Commit())
}

// begin takes a connection while ctx lasts and begins a transaction that lives as long as own.
// After a restart of the server every pooled connection is dead and says so only here, so it goes
// on to the next: when the server is still gone, making a new connection ends the loop.
func (p *postgres) begin(ctx, own context.Context) (*sql.Conn, *sql.Tx, error) {
	for try := 0; ; try++ {
		conn, err := p.pool.Conn(ctx)
		if err != nil {
			return nil, nil, awaited(ctx, err)
		}
		within, err := conn.BeginTx(own, nil)
		if err == nil {
			return conn, within, nil
		}
		conn.Close()
		if !isGone(err) || try > p.most {
			return nil, nil, mend(err)
		}
	}
}

// awaited tells a caller who went away from a database that did.
func awaited(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return cancelled(ctx.Err())
	}
	return mend(err)
}

func (p *postgres) read(ctx context.Context, db *DB, fn Func) (err error) {
	within, err := p.pool.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return awaited(ctx, err)
	}
	defer within.Rollback()
	tx := begun(ctx, db, pgSession{within, true})
	tx.readOnly, tx.driver = true, ctx
	err = tx.run(context.WithValue(ctx, inside{}, db), fn)
	tx.settle(err)
	tx.hooks()
	return err
}
