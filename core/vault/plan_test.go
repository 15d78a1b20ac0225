package vault

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"luukku/store"
	"luukku/store/storetest"
)

// walks are the queries that may look at every row of an authority in a table: once at a start, a
// restore, a night or a verification, over buckets, stock and sessions, which are few.
var walks = regexp.MustCompile(`^(verify-.*|buckets-.*|stock|stock-take|lines|generation|readings-end-node|stock-doubted|readings-restored)$`)

// A query that looks at every row of an authority is found here and not in service. SQLite plans
// without knowing the data, so its plan for an empty database is its plan for ever.
func TestNoQueryWalksAnAuthority(t *testing.T) {
	db := storetest.Open(t, "sqlite")
	all := store.MustQueries(queryText + "\n" + entriesText)
	for _, name := range all.Names() {
		if walks.MatchString(name) {
			continue
		}
		for _, step := range plan(t, db, all.Get(name)) {
			if strings.HasPrefix(step, "SCAN") || strings.HasSuffix(step, "(authority=?)") {
				t.Errorf("%s: %s", name, step)
			}
		}
	}
}

func plan(t *testing.T, db *store.DB, q store.Query) (steps []string) {
	t.Helper()
	text := q.SQL(store.SQLite)
	explain := store.MustQueries("-- name: explain\nexplain query plan " + text + ";").Get("explain")
	args := make([]any, strings.Count(text, "?"))
	for i := range args {
		args[i] = "x"
	}
	must(t, db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, explain, func(scan func(...any) error) error {
			var id, parent, unused int64
			var step string
			err := scan(&id, &parent, &unused, &step)
			steps = append(steps, step)
			return err
		}, args...)
	}))
	return steps
}
