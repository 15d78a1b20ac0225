package proof

import (
	"database/sql"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"luukku/store/storetest"
)

// column is one line of columns.csv: what a column of the database holds, and why it may.
type column struct{ Table, Name, Kind, Why string }

// kinds of columns. Only those that are sealed or cannot be turned back hold anything personal for
// as long as a notice says; running ones are emptied when their contact is settled.
var kinds = []string{
	"id", "ids", "number", "time", "day", "state", "setting", "count", "published",
	"running", "running hash",
	"sealed", "wrap", "mac", "hash",
}

// opaque are the kinds that hold bytes which nobody can read without a key.
var opaque = []string{"sealed", "wrap", "mac", "hash", "running hash"}

// readable are the byte columns that are none of these.
var readable = []string{"notice_version.source", "vault_journal.body"}

// listedColumns reads columns.csv, by "table.column".
func listedColumns(t *testing.T) map[string]column {
	t.Helper()
	file, err := os.Open("columns.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]column{}
	for _, r := range rows[1:] {
		c := column{r[0], r[1], r[2], r[3]}
		key := c.Table + "." + c.Name
		if _, twice := all[key]; twice {
			t.Errorf("columns.csv lists %s twice", key)
		}
		if !slices.Contains(kinds, c.Kind) || c.Why == "" {
			t.Errorf("columns.csv: %s has the kind %q and the reason %q", key, c.Kind, c.Why)
		}
		all[key] = c
	}
	return all
}

const (
	columnsSQLite   = `select m.name, p.name, lower(p.type) from sqlite_master m, pragma_table_info(m.name) p where m.type = 'table' and m.name not like 'sqlite%'`
	columnsPostgres = `select table_name, column_name, data_type from information_schema.columns where table_schema = 'public'`
)

// schema reads "table.column" and type from a migrated database.
func schema(t *testing.T, engine string) map[string]string {
	t.Helper()
	url := database(t, engine)
	storetest.Reopen(t, url)
	pool := rawDatabase(t, url)
	query := columnsPostgres
	if engine == "sqlite" {
		query = columnsSQLite
	}
	return readSchema(t, pool, query)
}

func readSchema(t testing.TB, pool *sql.DB, query string) map[string]string {
	t.Helper()
	rows, err := pool.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	found := map[string]string{}
	for rows.Next() {
		var table, name, typ string
		if err := rows.Scan(&table, &name, &typ); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(table, "goose_") { // the migrations' own
			found[table+"."+name] = typ
		}
	}
	return found
}

// rawDatabase opens a database beside the store, as a thief would.
func rawDatabase(t testing.TB, url string) *sql.DB {
	t.Helper()
	driver, source := "pgx", url
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, source = "sqlite", path
	}
	pool, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	return pool
}

// design.md, "Plain columns": a closed list with a reason for each, on both engines. A column that
// nobody listed fails; so does a listed one that is gone.
func TestEveryColumnIsOnTheClosedList(t *testing.T) {
	list := listedColumns(t)
	for _, engine := range storetest.Names() {
		t.Run(engine, func(t *testing.T) {
			for _, wrong := range compareColumns(list, schema(t, engine)) {
				t.Error(wrong)
			}
		})
	}
}

// compareColumns tells what differs between the list and a schema.
func compareColumns(list map[string]column, found map[string]string) []string {
	var wrong []string
	for _, key := range slices.Sorted(maps.Keys(found)) {
		c, ok := list[key]
		bytes := found[key] == "bytea"
		switch {
		case !ok:
			wrong = append(wrong, fmt.Sprintf("%s is not on the list of columns", key))
		case bytes && !slices.Contains(opaque, c.Kind) && !slices.Contains(readable, key):
			wrong = append(wrong, fmt.Sprintf("%s holds bytes, but is listed as %s", key, c.Kind))
		case !bytes && slices.Contains([]string{"sealed", "wrap", "mac"}, c.Kind):
			wrong = append(wrong, fmt.Sprintf("%s is listed as %s, but is %s", key, c.Kind, found[key]))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(list)) {
		if _, ok := found[key]; !ok {
			wrong = append(wrong, fmt.Sprintf("%s is on the list, but not in the schema", key))
		}
	}
	return wrong
}

// The control of the test above.
func TestUnlistedColumnIsSeen(t *testing.T) {
	list := map[string]column{"a.text": {"a", "text", "sealed", "x"}, "a.gone": {"a", "gone", "id", "x"}, "a.raw": {"a", "raw", "id", "x"}}
	found := map[string]string{"a.text": "text", "a.new": "text", "a.raw": "bytea"}
	if wrong := compareColumns(list, found); len(wrong) != 4 {
		t.Errorf("want an unlisted, a vanished, a readable sealed and an opaque plain column; got %q", wrong)
	}
}
