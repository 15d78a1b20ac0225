package queue

import (
	"context"
	"strings"
	"testing"

	"luukku/store"
	"luukku/store/storetest"
)

// small are walks over what is never many: the staff of a day and their grants, what is offered to them,
// the minutes of an hour.
var small = map[string]bool{"SCAN wait_count": true, "SCAN presence": true,
	"SEARCH p USING INDEX sqlite_autoindex_presence_1 (authority=?)":            true,
	"SEARCH g USING INDEX role_grant_staff (authority=?)":                       true,
	"SEARCH contact_offer USING INDEX contact_offer_staff (authority=?)":        true,
	"SEARCH offer_roll USING INDEX sqlite_autoindex_offer_roll_1 (authority=?)": true}

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
