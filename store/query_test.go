package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/store"
	"luukku/store/storetest"
)

func TestAQueryIsWrittenOnceForBothEngines(t *testing.T) {
	q := store.MustQueries(`-- A file may begin with a comment that names nothing.
-- name: first
-- Why: a ? in a comment or in a string is no parameter.
select 'why?' from a
  -- a comment inside
where x = ? and y = ? {share};

-- name: second
select 1 from a {update}
-- name: third
select 1 from a limit 1 {skip};
`)
	cases := []struct{ name, sqlite, postgres string }{
		{"first", "select 'why?' from a\nwhere x = ? and y = ?", "select 'why?' from a\nwhere x = $1 and y = $2 for share"},
		{"second", "select 1 from a", "select 1 from a for update"},
		{"third", "select 1 from a limit 1", "select 1 from a limit 1 for update skip locked"},
	}
	for _, c := range cases {
		query := q.Get(c.name)
		if query.Name() != c.name || query.SQL(store.SQLite) != c.sqlite || query.SQL(store.PostgreSQL) != c.postgres {
			t.Errorf("%s:\n%s\n%s", query.Name(), query.SQL(store.SQLite), query.SQL(store.PostgreSQL))
		}
	}
	if !slices.Equal(q.Names(), []string{"first", "second", "third"}) {
		t.Errorf("names %v", q.Names())
	}
}

func TestAMalformedFileStopsTheProgramAtItsStart(t *testing.T) {
	cases := map[string]func(){
		"a twin":     func() { store.MustQueries("-- name: a\nselect 1\n-- name: a\nselect 2") },
		"no text":    func() { store.MustQueries("-- name: a\n-- only a comment") },
		"no name":    func() { store.MustQueries("-- name:\nselect 1") },
		"none named": func() { store.MustQueries("select 1") },
		"unknown":    func() { store.MustQueries("-- name: a\nselect 1").Get("b") },
	}
	for name, fn := range cases {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("it was accepted")
				}
			}()
			fn()
		})
	}
}

func TestBothEnginesUnderstandEveryQuery(t *testing.T) {
	storetest.Prepare(t, store.MustQueries(`
-- name: a
select id from authority where slug = ? and created_at > ? {share};
-- name: b
insert into instance (id, demo, created_at, clock_mark) values (?, ?, ?, ?) on conflict (id) do update set clock_mark = excluded.clock_mark;
`))
}

func TestIDsAreDifferentAndSortByTime(t *testing.T) {
	seen, last := map[string]bool{}, ""
	for range 50 {
		id := store.NewID("c_")
		if len(id) != 28 || seen[id] || !strings.HasPrefix(id, "c_0") || strings.Trim(id[2:], "0123456789abcdefghjkmnpqrstvwxyz") != "" {
			t.Fatalf("id %q", id)
		}
		if id[:12] <= last {
			t.Errorf("%s does not follow %s", id, last)
		}
		seen[id], last = true, id[:12]
		time.Sleep(2 * time.Millisecond)
	}
}

func TestTheFirstTenCharactersAreTheMillisecond(t *testing.T) {
	before := time.Now().UnixMilli()
	id := store.NewID("")
	after := time.Now().UnixMilli()
	var ms int64
	for _, c := range id[:10] {
		ms = ms<<5 | int64(strings.IndexRune("0123456789abcdefghjkmnpqrstvwxyz", c))
	}
	if ms < before || ms > after {
		t.Errorf("%d is not between %d and %d", ms, before, after)
	}
}
