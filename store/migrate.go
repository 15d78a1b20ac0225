package store

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

func embedded() fs.FS {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name is a valid one
	}
	return files
}

// migrator applies migrations; both engines read the same files.
func migrator(dialect goose.Dialect, pool *sql.DB, files fs.FS) (*goose.Provider, error) {
	return goose.NewProvider(dialect, pool, files, goose.WithAllowOutofOrder(true))
}

// migrate on SQLite has a connection pool of its own, so that no reader or writer keeps a
// statement prepared for the old schema waiting in front of it.
func (l *lite) migrate(ctx context.Context) error {
	m, err := migrator(goose.DialectSQLite3, l.pool, embedded())
	if err != nil {
		return err
	}
	_, err = m.Up(ctx)
	return err
}

// lockNumber is the advisory lock that keeps two starting nodes from migrating at the same time.
const lockNumber = 7_355_608

func (p *postgres) migrate(ctx context.Context) error {
	pool := p.unlimited()
	defer pool.Close()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() // gives the lock back
	if _, err := conn.ExecContext(ctx, "select pg_advisory_lock($1)", lockNumber); err != nil {
		return err
	}
	m, err := migrator(goose.DialectPostgres, pool, embedded())
	if err != nil {
		return err
	}
	_, err = m.Up(ctx)
	return err
}
