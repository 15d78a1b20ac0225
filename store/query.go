package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Engine is the database that a DB stands on.
type Engine int

// The engines.
const (
	SQLite Engine = iota + 1
	PostgreSQL
)

// String gives the engine's name as it is written.
func (e Engine) String() string {
	switch e {
	case SQLite:
		return "SQLite"
	case PostgreSQL:
		return "PostgreSQL"
	}
	return "no engine"
}

// Query is one named SQL text for both engines. It is a pointer in disguise: it is copied freely,
// and a prepared statement is found by it.
type Query struct{ text *texts }

// texts are the two dialects of one query.
type texts struct {
	name             string
	sqlite, postgres string
	reading          string // PostgreSQL's in a read-only transaction, which may not lock
	params           int
}

// Name is the name that the query has in its file.
func (q Query) Name() string { return q.text.name }

// SQL is what is sent to the engine.
func (q Query) SQL(e Engine) string {
	if e == PostgreSQL {
		return q.text.postgres
	}
	return q.text.sqlite
}

// Queries are the queries of one file by their names.
type Queries map[string]Query

// MustQueries reads the queries of an embedded file and panics at start-up if it is malformed.
//
//	-- name: contact-close
//	-- Any comment.
//	update contact set status = 'closed' where authority = ? and id = ?;
//
// Parameters are ? and become $1, $2… on PostgreSQL; the tokens {share}, {update} and {skip}
// become "for share", "for update" and "for update skip locked" there and nothing on SQLite,
// where one writer holds the whole database, and nothing inside Read. PostgreSQL answers sum(bigint) as numeric: write
// cast(sum(n) as bigint).
func MustQueries(text string) Queries {
	queries := Queries{}
	for block := range strings.SplitSeq("\n"+text, "\n-- name:") {
		name, body, _ := strings.Cut(block, "\n")
		name, body = strings.TrimSpace(name), bare(body)
		if name == "" && body == "" {
			continue
		}
		if name == "" || body == "" || queries[name].text != nil {
			panic(fmt.Sprintf("store: query %q has no name, no text, or a twin", name))
		}
		queries[name] = Query{newTexts(name, body)}
	}
	return queries
}

// Get returns the query named name and panics if there is none, so that a wrong name stops the
// program at its start.
func (q Queries) Get(name string) Query {
	query, ok := q[name]
	if !ok {
		panic(fmt.Sprintf("store: no query %q", name))
	}
	return query
}

// Names lists the queries in alphabetical order, for tests that walk them.
func (q Queries) Names() []string {
	names := make([]string, 0, len(q))
	for name := range q {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// bare takes comment lines, the closing semicolon and space around away.
func bare(body string) string {
	var kept []string
	for line := range strings.SplitSeq(body, "\n") {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			kept = append(kept, line)
		}
	}
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(strings.Join(kept, "\n")), ";"))
}

// newTexts makes both dialects of a text.
func newTexts(name, body string) *texts {
	none := strings.NewReplacer("{share}", "", "{update}", "", "{skip}", "")
	locks := strings.NewReplacer("{share}", "for share", "{update}", "for update", "{skip}", "for update skip locked")
	t := &texts{name: name, sqlite: strings.TrimSpace(none.Replace(body))}
	t.postgres, t.params = numbered(locks.Replace(body))
	t.reading, _ = numbered(none.Replace(body))
	return t
}

// numbered replaces each ? outside quotes by $1, $2… and counts them.
func numbered(body string) (string, int) {
	var out strings.Builder
	n, quoted := 0, false
	for _, c := range body {
		if c == '\'' {
			quoted = !quoted
		}
		if c != '?' || quoted {
			out.WriteRune(c)
			continue
		}
		n++
		out.WriteString("$" + strconv.Itoa(n))
	}
	return out.String(), n
}
