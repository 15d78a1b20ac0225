package storetest

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"luukku/store"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx
	_ "modernc.org/sqlite"             // the driver named sqlite
)

// Prepare proves that both engines understand every query of a file: names of tables and columns,
// number of parameters, grammar. What a query means is for the package's own tests.
func Prepare(t *testing.T, queries store.Queries) {
	t.Helper()
	for _, engine := range Names() {
		t.Run("prepare/"+engine, func(t *testing.T) {
			url := URL(t, engine)
			e := Reopen(t, url).Engine()
			pool := raw(t, url, e)
			for _, name := range queries.Names() {
				s, err := pool.PrepareContext(context.Background(), queries.Get(name).SQL(e))
				if err != nil {
					t.Errorf("query %s on %s: %v", name, e, err)
					continue
				}
				s.Close()
			}
		})
	}
}

// raw opens the database without the store, which sends no statement unasked.
func raw(t *testing.T, url string, e store.Engine) *sql.DB {
	t.Helper()
	driver, source := "pgx", url
	if e == store.SQLite {
		driver, source = "sqlite", strings.TrimPrefix(url, "sqlite:")
	}
	pool, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	return pool
}
