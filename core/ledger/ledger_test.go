package ledger_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/ledger"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var noon = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// log is a recorder that remembers, and that can be made to fail.
type log struct {
	entries []vault.Entry
	fails   error
}

func (l *log) Record(_ context.Context, _ *store.Tx, e vault.Entry) error {
	l.entries = append(l.entries, e)
	return l.fails
}

// world is a ledger over one engine, of which the kind "service" can be set back.
type world struct {
	*testing.T
	db       *store.DB
	log      *log
	ledger   *ledger.Ledger
	restored string
}

func newWorld(t *testing.T, db *store.DB) *world {
	w := &world{T: t, db: db, log: &log{}}
	w.ledger = ledger.New(w.log, func() time.Time { return noon })
	facts := func(_, value string) (out []ledger.Fact, err error) {
		for pair := range strings.FieldsSeq(value) {
			item, is, _ := strings.Cut(pair, "=")
			out = append(out, ledger.Fact{Field: "x", Item: item, Value: is})
		}
		return out, nil
	}
	restore := func(ctx context.Context, tx *store.Tx, pen ledger.Pen, it ledger.Thing, value string) error {
		w.restored = value
		return pen.Write(ctx, tx, ledger.Change{Thing: it, Services: []string{"a"}, Before: "?", After: value})
	}
	if err := errors.Join(w.ledger.Bind(ledger.Book{Kind: ledger.Service, Facts: facts, Restore: restore}), w.ledger.Bind(ledger.Book{Kind: ledger.Answer, Facts: facts})); err != nil {
		t.Fatal(err)
	}
	return w
}

var hours = ledger.Thing{Kind: ledger.Service, ID: "a", Part: "hours"}

func by(authority, id string) access.Caller {
	return access.Caller{Authority: authority, Kind: access.Staff, ID: id}
}

// write changes a thing as somebody who had read version base.
func (w *world) write(who access.Caller, base int64, it ledger.Thing, before, after string) error {
	return w.db.Write(w.Context(), func(ctx context.Context, tx *store.Tx) error {
		return w.ledger.Pen(who, base).Write(ctx, tx, ledger.Change{Thing: it, Services: []string{it.ID}, Before: before, After: after})
	})
}

func (w *world) list(authority string, a ledger.Asked) (out []ledger.Change, next string) {
	w.Helper()
	if a.Limit == 0 {
		a.Limit = 50
	}
	err := w.db.Read(w.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		out, next, err = ledger.List(ctx, tx, authority, a)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return out, next
}

func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// Of two who have read the same version the second is told, and nothing of theirs is written.
func TestNobodyWritesOverWhatTheyHaveNotSeen(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.ok(w.write(by("dvv", "s_anna"), 0, hours, "mon=9", "mon=10"))
		if err := w.write(by("dvv", "s_bo"), 0, hours, "mon=9", "mon=8"); !fault.Is(err, fault.Conflict) || fault.Of(err).Key != "setting-changed" {
			t.Errorf("written over: %v", err)
		}
		w.ok(w.write(by("dvv", "s_bo"), 1, hours, "mon=10", "mon=8"))
		w.ok(w.write(by("dvv", "s_bo"), 0, ledger.Thing{Kind: ledger.Service, ID: "a", Part: "texts"}, "", "x=1"))
		w.ok(w.write(by("mallila", "s_cid"), 0, hours, "", "x=1"))
		got, _ := w.list("dvv", ledger.Asked{ID: "a", Part: "hours"})
		slices.SortFunc(got, func(x, y ledger.Change) int { return int(y.Version - x.Version) }) // both within a millisecond
		if len(got) != 2 || got[0].Version != 2 || got[0].By != "s_bo" || got[0].After != "mon=8" || got[1].Before != "mon=9" || !got[1].At.Equal(noon) || got[1].Restored != -1 {
			t.Errorf("lines: %+v", got)
		}
	})
}

// Promise 2's shape: no entry, no change; and the entry names the setting without its values.
func TestAChangeIsRecordedWithoutItsValues(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.ok(w.write(by("dvv", "s_anna"), 0, hours, "secret=before", "secret=after"))
		e := w.log.entries[0]
		if len(w.log.entries) != 1 || e.Action != ledger.ActionChange || e.Row != "service:a" || e.Reason != "hours 1" || e.Caller.ID != "s_anna" || e.At != noon.UnixMilli() {
			t.Errorf("entries: %+v", w.log.entries)
		}
		if strings.Contains(e.Row+e.Reason+e.Type+string(e.Action), "secret") {
			t.Error("a value is in the audit")
		}
		w.log.fails = errors.New("no room")
		if err := w.write(by("dvv", "s_anna"), 1, hours, "x=1", "x=2"); err == nil {
			t.Error("changed without an entry")
		}
		if got, _ := w.list("dvv", ledger.Asked{}); len(got) != 1 {
			t.Errorf("a line without an entry: %+v", got)
		}
		w.log.fails = nil
		w.ok(w.write(by("dvv", "s_anna"), 1, hours, "x=1", "x=1"))
		if got, _ := w.list("dvv", ledger.Asked{}); len(got) != 1 {
			t.Errorf("a change that changes nothing has a line: %+v", got)
		}
		var zero ledger.Pen
		if err := db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error { return zero.Write(ctx, tx, ledger.Change{}) }); err == nil {
			t.Error("the zero pen wrote")
		}
	})
}

func TestLinesAreChosenAndPaged(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		for i := range 5 {
			w.ok(w.write(by("dvv", "s_anna"), int64(i), hours, "x=0", "x="+strings.Repeat("1", i+1)))
			time.Sleep(2 * time.Millisecond) // lines sort by the millisecond
		}
		w.ok(w.write(by("dvv", "s_anna"), 0, ledger.Thing{Kind: ledger.Answer, ID: "b", Part: "content"}, "", "y=1"))
		first, next := w.list("dvv", ledger.Asked{Kind: ledger.Service, Limit: 3})
		rest, end := w.list("dvv", ledger.Asked{Kind: ledger.Service, Limit: 3, Before: next})
		if len(first) != 3 || len(rest) != 2 || first[0].Version != 5 || rest[1].Version != 1 || next == "" || end != "" {
			t.Errorf("pages: %d and %d, %q, %q", len(first), len(rest), next, end)
		}
		for what, c := range map[string]struct {
			asked ledger.Asked
			want  int
		}{
			"everything":          {ledger.Asked{}, 6},
			"of a service":        {ledger.Asked{Within: func(c ledger.Change) bool { return slices.Contains(c.Services, "b") }}, 1},
			"after a version":     {ledger.Asked{ID: "a", After: 3}, 2},
			"until then":          {ledger.Asked{To: noon}, 0},
			"from then":           {ledger.Asked{From: noon, To: noon.Add(time.Second)}, 6},
			"of no kind that is":  {ledger.Asked{Kind: "other"}, 0},
			"of a part of a kind": {ledger.Asked{Kind: ledger.Answer, Part: "content"}, 1},
		} {
			if got, _ := w.list("dvv", c.asked); len(got) != c.want {
				t.Errorf("%s: %d lines", what, len(got))
			}
		}
	})
}

func (w *world) restore(base, to int64, it ledger.Thing, mine bool) error {
	return w.db.Write(w.Context(), func(ctx context.Context, tx *store.Tx) error {
		return w.ledger.Restore(ctx, tx, w.ledger.Pen(by("dvv", "s_anna"), base), it, to, func(ledger.Kind, []string) bool { return mine })
	})
}

func TestRestoringIsAChangeOfItsOwn(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		answer := ledger.Thing{Kind: ledger.Answer, ID: "b", Part: "content"}
		w.ok(w.write(by("dvv", "s_anna"), 0, hours, "mon=9", "mon=10 tue=8"))
		w.ok(w.write(by("dvv", "s_anna"), 1, hours, "mon=10 tue=8", "mon=11"))
		w.ok(w.write(by("dvv", "s_anna"), 0, answer, "", "y=1"))
		for what, c := range map[string]struct {
			err  error
			want string
		}{
			"a version that never was": {w.restore(2, 9, hours, true), "setting-version-not-found"},
			"one not mine":             {w.restore(2, 1, hours, false), "setting-of-others"},
			"read too early":           {w.restore(1, 0, hours, true), "setting-changed"},
			"a kind with no way back":  {w.restore(1, 1, answer, true), "setting-not-restorable"},
		} {
			if fault.Of(c.err) == nil || fault.Of(c.err).Key != c.want {
				t.Errorf("%s: %v", what, c.err)
			}
		}
		w.ok(w.restore(2, 0, hours, true))
		got, _ := w.list("dvv", ledger.Asked{Kind: ledger.Service, After: 2})
		if w.restored != "mon=9" || got[0].Version != 3 || got[0].Restored != 0 || len(w.log.entries) != 4 {
			t.Errorf("restored %q as %+v, %d entries", w.restored, got[0], len(w.log.entries))
		}
	})
}

func TestDifferencesTellWhatCameWentAndChanged(t *testing.T) {
	w := newWorld(t, nil)
	got, err := w.ledger.Compare(hours, "mon=9 tue=8 wed=7", "mon=10 wed=7 thu=6")
	want := []ledger.Difference{{Field: "x", Item: "mon", Before: "9", After: "10"}, {Field: "x", Item: "tue", Before: "8"}, {Field: "x", Item: "thu", After: "6"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

// When an account ends nothing tells any more what its holder changed, or what was done to it.
func TestAnAccountThatEndsLeavesTheLines(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.ok(w.write(by("dvv", "s_anna"), 0, hours, "x=1", "x=2"))
		w.ok(w.write(by("mallila", "s_anna"), 0, hours, "x=1", "x=2"))
		w.ok(db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(w.ledger.Refer(ctx, tx, by("dvv", "s_bo"), ledger.Thing{Kind: ledger.Staff, ID: "s_anna", Part: "role-grant"}),
				w.ledger.Refer(ctx, tx, by("dvv", "s_bo"), ledger.Thing{Kind: ledger.Staff, ID: "s_cid", Part: "role-grant"}),
				ledger.Forget(ctx, tx, "dvv", "s_anna"))
		}))
		got, _ := w.list("dvv", ledger.Asked{})
		for _, c := range got {
			if c.By == "s_anna" || c.ID == "s_anna" {
				t.Errorf("still there: %+v", c)
			}
		}
		if len(got) != 2 {
			t.Errorf("%d lines are left, not the change and the other's", len(got))
		}
		if other, _ := w.list("mallila", ledger.Asked{}); other[0].By != "s_anna" {
			t.Error("another authority's line was touched")
		}
	})
}
