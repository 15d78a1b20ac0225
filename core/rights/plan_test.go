package rights

import (
	"context"
	"strings"
	"testing"

	"luukku/store"
	"luukku/store/storetest"
)

// Walks over what is never many: requests that run, and, every few minutes, the items of live drafts.
var small = map[string]bool{"items-lost": true, "items-stray": true, "parts-stray": true, "requests-open": true, "requests-over": true}

// Every other query finds its rows by an index.
func TestQueriesWalkNoTable(t *testing.T) {
	db := storetest.Open(t, "sqlite")
	for _, name := range queries.Names() {
		sql := queries.Get(name).SQL(store.SQLite)
		plan := store.MustQueries("-- name: plan\nexplain query plan " + sql).Get("plan")
		args := make([]any, strings.Count(sql, "?"))
		err := db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return tx.Each(ctx, plan, func(scan func(...any) error) error {
				var id, parent, unused int64
				var detail string
				err := scan(&id, &parent, &unused, &detail)
				if !small[name] && (strings.HasPrefix(detail, "SCAN") || strings.HasSuffix(detail, "(authority=?)")) {
					t.Errorf("%s: %s", name, detail)
				}
				return err
			}, args...)
		})
		if err != nil {
			t.Fatal(name, err)
		}
	}
}
