package audit

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestAnUntouchedLogVerifies(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		if r := h.verify(); !r.OK() || r.Waiting != 1 {
			t.Fatalf("an empty log, with the entry of its own verification: %+v", r)
		}
		h.work(600)
		h.must(h.log.Close(context.Background()))
		h.record(h.act("s_1", "c_1"))
		r := h.verify()
		if !r.OK() || len(r.Trees) != 1 || r.Trees[0].Living != 601 || r.Trees[0].Kept == 0 || r.Waiting != 2 {
			t.Errorf("%+v", r)
		}
		if head := headOf(t, h.log, dvv); head.Root != r.Trees[0].Root || head.Size != 601 {
			t.Errorf("head %+v", head)
		}
	})
}

func TestVerifyingIsOneEntryOfTheProgram(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.work(300)
		before := h.count()
		h.verify()
		if n := h.count() - before; n != 1 {
			t.Errorf("%d entries", n)
		}
	})
}

func TestEntriesEndWithTheirRetentionAndEveryProofHolds(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.work(300)
		h.at.Advance(40 * 24 * time.Hour)
		h.work(10)
		h.must(h.log.Close(context.Background()))
		h.at.Advance(5*365*24*time.Hour - 20*24*time.Hour) // the first day's bucket has ended
		h.night()
		if n := h.count(); n > 11 {
			t.Errorf("%d entries are left", n)
		}
		r := h.verify()
		if !r.OK() || r.Trees[0].Ended != 300 || r.Trees[0].Living < 10 || r.Trees[0].Kept == 0 {
			t.Errorf("%+v", r)
		}
	})
}

func TestAMissingEntryIsFoundBeforeItsTimeAndNotAfter(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.work(20)
		h.exec("delete from audit_entry where leaf = 7")
		if r := h.verify(); len(r.Findings) != 1 || r.Findings[0].Kind != EntryMissing || r.Findings[0].Leaf != 7 {
			t.Errorf("%+v", r.Findings)
		}
		h.at.Advance(5*365*24*time.Hour + 72*time.Hour)
		h.night()
		if r := h.verify(); !r.OK() {
			t.Errorf("after its retention: %+v", r.Findings)
		}
	})
}

func TestAnEntryHiddenFromTheOfficerIsFound(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.work(20)
		h.exec("update audit_entry set actor_mac = null where leaf = 3")
		h.exec("update audit_entry set row_mac = (select row_mac from audit_entry where row_mac <> (select row_mac from audit_entry where leaf = 4) order by leaf limit 1) where leaf = 4")
		if r := h.verify(); len(r.Findings) != 2 || r.Findings[0].Kind != EntryAltered || r.Findings[0].Leaf != 3 || r.Findings[1].Leaf != 4 {
			t.Errorf("%+v", r.Findings)
		}
	})
}

func TestSwappedEntriesAreFound(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.work(20)
		for _, step := range []string{"leaf = 99 where leaf = 3", "leaf = 3 where leaf = 4", "leaf = 4 where leaf = 99"} {
			h.exec("update audit_entry set " + step)
		}
		if r := h.verify(); len(r.Findings) != 2 {
			t.Errorf("%+v", r.Findings)
		}
	})
}

// exec runs a statement that the program has not.
func (h *house) exec(statement string, args ...any) {
	h.t.Helper()
	h.must(h.try(statement, args...))
}

func (h *house) try(statement string, args ...any) error {
	q := store.MustQueries("-- name: x\n" + statement).Get("x")
	return h.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, q, args...)
		return err
	})
}

// column is a column whose every byte matters, and the columns that name a row.
type column struct {
	table, name, key string
	kind             byte // t text, b bytes, n number
}

func columns() []column {
	const entry, tile, tree = "id", "level, n", "tree"
	return []column{
		{"audit_entry", "authority", entry, 't'}, {"audit_entry", "id", entry, 't'}, {"audit_entry", "record", entry, 't'},
		{"audit_entry", "expiry", entry, 't'}, {"audit_entry", "inner_hash", entry, 'b'}, {"audit_entry", "sealed", entry, 'b'},
		{"audit_entry", "actor_mac", entry, 'b'}, {"audit_entry", "row_mac", entry, 'b'},
		{"audit_entry", "tree", entry, 'n'}, {"audit_entry", "leaf", entry, 'n'},
		{"audit_tile", "authority", tile, 't'}, {"audit_tile", "tree", tile, 'n'}, {"audit_tile", "level", tile, 'n'},
		{"audit_tile", "n", tile, 'n'}, {"audit_tile", "data", tile, 'b'},
		{"audit_tree", "authority", tree, 't'}, {"audit_tree", "tree", tree, 'n'}, {"audit_tree", "size", tree, 'n'},
	}
}

func TestAChangedByteAnywhereIsFound(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.work(290)
		h.at.Advance(24 * time.Hour)
		h.work(40)
		h.must(h.log.Close(context.Background()))
		if r := h.verify(); !r.OK() {
			t.Fatalf("untouched: %+v", r.Findings)
		}
		h.must(h.log.Close(context.Background()))
		chance := chance(t)
		for _, c := range columns() {
			t.Run(c.table+"."+c.name, func(t *testing.T) { h.mutate(t, c, chance) })
		}
		if r := h.verify(); !r.OK() {
			t.Fatalf("mended: %+v", r.Findings)
		}
	})
}

// mutate changes one byte of a column in rows drawn by chance, and changes it back.
func (h *house) mutate(t *testing.T, c column, chance *rand.Rand) {
	for range trials() {
		before, where := h.draw(c, chance)
		after := changed(chance, c.kind, before)
		if !h.put(c, after, where) {
			continue // the database itself refuses it
		}
		if r := h.verifyQuietly(); r.OK() {
			t.Errorf("%v became %v in %v and nobody noticed", before, after, where)
		}
		h.put(c, before, h.movedKey(c, after, where))
	}
}

// trials is how often each column is tried; -short is for a quick look.
func trials() int {
	if testing.Short() {
		return 2
	}
	return 12
}

// chance is a source of randomness that a failing test can be repeated with.
func chance(t *testing.T) *rand.Rand {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// verifyQuietly verifies and takes its own entry away again, so that the next one finds the same.
func (h *house) verifyQuietly() Report {
	h.t.Helper()
	report, err := h.log.Verify(context.Background(), dvv)
	if err != nil {
		report.find("error", 0, -1, err.Error())
	}
	h.exec("delete from audit_entry where leaf is null and tree is null")
	return report
}

// draw picks a row and returns the column's value in it and the values of its key.
func (h *house) draw(c column, chance *rand.Rand) (value any, where []any) {
	h.t.Helper()
	keys := strings.Split(c.key, ", ")
	var rows [][]any
	q := store.MustQueries(fmt.Sprintf("-- name: x\nselect %s, %s from %s where authority = 'dvv' and %s is not null order by %s",
		c.name, c.key, c.table, c.name, c.key)).Get("x")
	h.must(h.db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, q, func(scan func(...any) error) error {
			row := make([]any, 1+len(keys))
			into := make([]any, len(row))
			for i := range row {
				into[i] = &row[i]
			}
			rows = append(rows, row)
			return scan(into...)
		})
	}))
	row := rows[chance.IntN(len(rows))]
	return row[0], row[1:]
}

func changed(chance *rand.Rand, kind byte, before any) any {
	switch kind {
	case 'n':
		return before.(int64) ^ 1<<chance.IntN(41)
	case 't':
		b := []byte(before.(string))
		i := chance.IntN(len(b))
		b[i] = b[i]&0x7f ^ 1 | 0x20
		if string(b) == before.(string) {
			b[i] ^= 2
		}
		return string(b)
	}
	b := append([]byte(nil), before.([]byte)...)
	b[chance.IntN(len(b))] ^= 1 << chance.IntN(8)
	return b
}

// put is false when a constraint of the table is against it.
func (h *house) put(c column, value any, where []any) bool {
	h.t.Helper()
	conditions := strings.ReplaceAll(c.key, ", ", " = ? and ") + " = ?"
	err := h.try(fmt.Sprintf("update %s set %s = ? where %s", c.table, c.name, conditions), append([]any{value}, where...)...)
	if !fault.Is(err, fault.Conflict) {
		h.must(err)
	}
	return err == nil
}

// movedKey is where the row lies after its own key was changed.
func (h *house) movedKey(c column, value any, where []any) []any {
	moved := append([]any(nil), where...)
	for i, key := range strings.Split(c.key, ", ") {
		if key == c.name {
			moved[i] = value
		}
	}
	return moved
}

func TestALogWithChanceBatchesDaysAndRetentionVerifies(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h, chance := newHouse(t, db), chance(t)
		for range 2 * trials() {
			switch chance.IntN(5) {
			case 0:
				h.work(1 + chance.IntN(300))
			case 1:
				h.record(h.act("s_1", "c_1"))
			case 2:
				h.must(h.log.Close(context.Background()))
			case 3:
				h.at.Advance(time.Duration(1+chance.IntN(400)) * 24 * time.Hour)
				h.night()
			default:
				h.work(3)
			}
			if r := h.verify(); !r.OK() {
				t.Fatalf("%+v", r)
			}
		}
	})
}
