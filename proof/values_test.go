package proof

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// inDatabase looks through every value of every table as the engine reads it, and tells what was found where.
// PostgreSQL packs long values: in its files a text may stand that nobody would find there.
func (h *house) inDatabase(f *finder) (found []string, values int) {
	h.t.Helper()
	db := rawDatabase(h.t, h.url())
	defer db.Close()
	query := columnsPostgres
	if h.engine == "sqlite" {
		query = columnsSQLite
	}
	for _, column := range slices.Sorted(maps.Keys(readSchema(h.t, db, query))) {
		table, name, _ := strings.Cut(column, ".")
		for _, value := range valuesOf(h.t, db, table, name) {
			values++
			for _, what := range f.inText(value) {
				found = append(found, what+" in "+column)
			}
		}
	}
	return found, values
}

// valuesOf is every value of a column that is not null.
func valuesOf(t testing.TB, db *sql.DB, table, name string) (values [][]byte) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), fmt.Sprintf(`select "%s" from "%s" where "%s" is not null`, name, table, name))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var value []byte
		if err := rows.Scan(&value); err != nil {
			t.Fatal(err)
		}
		values = append(values, value)
	}
	return values
}

// packedIsFound is the control: a secret in a long value of the row that it belongs to is found, also where the
// engine packs the value so that no file shows it.
func packedIsFound(t *testing.T, h *house, f *finder, secret string) {
	t.Helper()
	h.alter(fmt.Sprintf("update staff_federation set value = '%s'", secret+strings.Repeat(" täyte", 2000)))
	if found, _ := h.inDatabase(f); !slices.Contains(found, "client secret as itself in staff_federation.value") {
		t.Errorf("a secret in a long value was not found; found was %q", found)
	}
}
