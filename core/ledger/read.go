package ledger

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"luukku/fault"
	"luukku/store"
)

// Asked chooses lines; what is empty chooses all.
type Asked struct {
	Kind     Kind
	ID, Part string
	From, To time.Time         // To is not included
	After    int64             // only versions above it
	Before   string            // only lines older than this one
	Within   func(Change) bool // a line that is not within is left out
	Limit    int
}

// batch is how many lines are read at a time: some are not within what was asked.
const batch = 200

// List returns lines, the newest first, in the given transaction, and the line to go on before; "" when
// there are no more.
func List(ctx context.Context, tx *store.Tx, authority string, a Asked) (lines []Change, next string, err error) {
	to := int64(math.MaxInt64)
	if !a.To.IsZero() {
		to = a.To.UnixMilli()
	}
	for at := before(a.Before); ; {
		found, err := store.Select(ctx, tx, qList, scanChange, authority, at, string(a.Kind), string(a.Kind), a.ID, a.ID, a.Part, a.Part,
			a.After, from(a.From), to, batch)
		if err != nil {
			return nil, "", err
		}
		for _, c := range found {
			if a.Within != nil && !a.Within(c) {
				continue
			}
			if len(lines) == a.Limit {
				return lines, lines[len(lines)-1].Line, nil
			}
			lines = append(lines, c)
		}
		if len(found) < batch {
			return lines, "", nil
		}
		at = found[len(found)-1].Line
	}
}

// before is the line to go on before: at first one that would stand above every line.
func before(line string) string {
	if line == "" {
		return "z"
	}
	return line
}

func from(t time.Time) int64 {
	if t.IsZero() {
		return math.MinInt64
	}
	return t.UnixMilli()
}

// Get returns the line of one version. It is fault.NotFound "setting-version-not-found" when there is none.
func Get(ctx context.Context, tx *store.Tx, authority string, t Thing, version int64) (Change, error) {
	found, err := store.Select(ctx, tx, qVersion, scanChange, authority, string(t.Kind), t.ID, t.Part, version)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "setting-version-not-found").On("version")
	}
	if err != nil {
		return Change{}, err
	}
	return found[0], nil
}

// Newest returns the last line of a thing; fault.NotFound as with Get when it has none.
func Newest(ctx context.Context, tx *store.Tx, authority string, t Thing) (Change, error) {
	version, err := newest(ctx, tx, authority, t)
	if err != nil {
		return Change{}, err
	}
	return Get(ctx, tx, authority, t, version)
}

// Versions are the newest versions of all things of one kind, by id and part. What has never changed is
// not in it and has version 0.
func Versions(ctx context.Context, tx *store.Tx, authority string, kind Kind) (map[string]map[string]int64, error) {
	out := map[string]map[string]int64{}
	err := tx.Each(ctx, qVersions, func(scan func(...any) error) error {
		var id, part string
		var version int64
		if err := scan(&id, &part, &version); err != nil {
			return err
		}
		if out[id] == nil {
			out[id] = map[string]int64{}
		}
		out[id][part] = version
		return nil
	}, authority, string(kind))
	return out, err
}

func scanChange(scan func(...any) error) (Change, error) {
	var c Change
	var kind, services string
	var at int64
	err := scan(&c.Line, &kind, &c.ID, &c.Part, &c.Version, &at, &c.By, &services, &c.Before, &c.After, &c.Restored)
	c.Kind, c.At = Kind(kind), time.UnixMilli(at)
	c.Services = slices.DeleteFunc(strings.Split(services, ","), func(id string) bool { return id == "" })
	return c, err
}
