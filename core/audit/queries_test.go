package audit

import (
	"context"
	"strings"
	"testing"

	"luukku/store"
	"luukku/store/storetest"
)

// TestQueriesWalkTheIndexThatTheyAreMadeFor: on SQLite, which has no statistics to go by, a query
// that walks the primary key instead takes minutes once there are millions of entries.
func TestQueriesWalkTheIndexThatTheyAreMadeFor(t *testing.T) {
	db := storetest.Open(t, "sqlite")
	for name, index := range map[string]string{
		"pending-authorities": "audit_entry_pending", "pending-entries": "audit_entry_pending",
		"unnumbered-entries": "audit_entry_pending", "leaf-entries": "audit_entry_leaf",
		"entries-beyond": "audit_entry_leaf", "entries-of-actor": "audit_entry_actor",
		"entries-of-row": "audit_entry_row", "record-entries": "audit_entry_record",
		"record-waits": "audit_entry_", "record-reclaim": "audit_entry_record",
	} {
		q := queries.Get(name)
		plan := explained(t, db, q)
		if !strings.Contains(plan, "INDEX "+index) {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}

func explained(t *testing.T, db *store.DB, q store.Query) string {
	t.Helper()
	text := q.SQL(store.SQLite)
	explain := store.MustQueries("-- name: x\nexplain query plan " + text).Get("x")
	args := make([]any, strings.Count(text, "?"))
	for i := range args {
		args[i] = ""
	}
	var plan strings.Builder
	err := db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, explain, func(scan func(...any) error) error {
			var id, parent, unused int
			var step string
			err := scan(&id, &parent, &unused, &step)
			plan.WriteString(step + "\n")
			return err
		}, args...)
	})
	if err != nil {
		t.Fatal(err)
	}
	return plan.String()
}
