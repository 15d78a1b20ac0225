package contact

import (
	"context"
	"strings"
	"testing"

	"luukku/store"
	"luukku/store/storetest"
)

// small are walks over what is never many: the index holds live contacts only.
var small = map[string]bool{"SCAN c USING INDEX contact_assigned": true, "SCAN h": true, "SCAN contact USING INDEX contact_assigned": true,
	"SCAN contact USING INDEX contact_queued": true, "SCAN contact USING COVERING INDEX contact_waiting": true}

// Every query finds its rows by an index, whatever the number of contacts: none walks a table, nor
// all contacts of an authority.
func TestQueriesWalkNoTable(t *testing.T) {
	db := storetest.Open(t, "sqlite")
	err := db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for _, name := range queries.Names() {
			sql := queries.Get(name).SQL(store.SQLite)
			plan := store.MustQueries("-- name: plan\nexplain query plan " + sql).Get("plan")
			args := make([]any, strings.Count(sql, "?"))
			err := tx.Each(ctx, plan, func(scan func(...any) error) error {
				var id, parent, unused int64
				var detail string
				err := scan(&id, &parent, &unused, &detail)
				if !small[detail] && (strings.HasPrefix(detail, "SCAN") || strings.HasSuffix(detail, "(authority=?)")) {
					t.Errorf("%s: %s", name, detail)
				}
				return err
			}, args...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
