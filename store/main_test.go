package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// queries of the tests, on a table of their own.
var queries = store.MustQueries(`
-- name: make
create table pearl (authority text not null, id text not null, n bigint not null default 0, sealed bytea, primary key (authority, id));
-- name: add
insert into pearl (authority, id, n, sealed) values (?, ?, ?, ?);
-- name: next
update pearl set n = n + 1 where authority = ? and id = ? returning n;
-- name: one
select n, sealed from pearl where authority = ? and id = ? {share};
-- name: all
select id, n from pearl where authority = ? order by id;
-- name: count
select count(*) from pearl;
-- name: remove
delete from pearl where authority = ?;
-- name: wrong
select n from pearl where authority = ? and n = 'no number';
-- name: missing-table
select 1 from no_such_table;
`)

var (
	makeTable = queries.Get("make")
	add       = queries.Get("add")
	next      = queries.Get("next")
	one       = queries.Get("one")
	all       = queries.Get("all")
	count     = queries.Get("count")
	remove    = queries.Get("remove")
	missing   = queries.Get("missing-table")
)

// engines runs fn on both engines with the tests' table made.
func engines(t *testing.T, fn func(t *testing.T, ctx context.Context, db *store.DB)) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		must(t, db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, makeTable)
			return err
		}))
		fn(t, ctx, db)
	})
}

// adding is a function that adds one row.
func adding(id string) store.Func {
	return func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, add, "dvv", id, 0, []byte(id))
		return err
	}
}

// ids reads what is there.
func ids(t *testing.T, db *store.DB) []string {
	t.Helper()
	var found []string
	must(t, db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
		found, err = store.Select(ctx, tx, all, func(scan func(...any) error) (string, error) {
			var id string
			var n int64
			return id, scan(&id, &n)
		}, "dvv")
		return err
	}))
	return found
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantFault checks code and key.
func wantFault(t *testing.T, err error, code fault.Code, key string) {
	t.Helper()
	var e *fault.Error
	if !errors.As(err, &e) || e.Code != code || e.Key != key {
		t.Fatalf("got %v, want %s %s", err, code, key)
	}
}

// wantIDs checks which rows are there.
func wantIDs(t *testing.T, db *store.DB, want ...string) {
	t.Helper()
	got := ids(t, db)
	if len(got) != len(want) {
		t.Fatalf("rows %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("rows %v, want %v", got, want)
		}
	}
}

func contains(text, part string) bool { return strings.Contains(text, part) }
