package report

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestQueriesOnBothEngines(t *testing.T) { storetest.Prepare(t, queries) }

// S3-26: statistics are told of many, never of one. An observer who knows this algorithm, the values that a
// dimension can have, the total and everything that is told must find at least two possible numbers for each
// count that is not told, also where the table was left out whole and that is all there is to see.
func TestNoWithheldCountCanBeWorkedOut(t *testing.T) {
	for size, most := range map[int]int64{1: 40, 2: 40, 3: 24, 4: 16} {
		told := map[string][][]int64{} // everything that is told, to the tables that tell it
		walk(make([]int64, size), 0, most, func(counts []int64) {
			told[tell(counts)] = append(told[tell(counts)], append([]int64(nil), counts...))
		})
		judged := 0
		for shown, tables := range told {
			for i := range size {
				// Tables near the edge of the walk have neighbours beyond it.
				if slices.Max(tables[0]) > most-8 || isTold(tables[0], i) {
					continue
				}
				if judged++; !varies(tables, i) {
					t.Errorf("%s tells that cell %d is %d", shown, i, tables[0][i])
				}
			}
		}
		if judged == 0 {
			t.Errorf("nothing is withheld from %d values", size)
		}
	}
}

// walk visits every table with counts from none to most.
func walk(counts []int64, at int, most int64, visit func([]int64)) {
	if at == len(counts) {
		visit(counts)
		return
	}
	for n := int64(0); n <= most; n++ {
		counts[at] = n
		walk(counts, at+1, most, visit)
	}
}

// cellsOf are the cells of a table; a value that nobody had has none.
func cellsOf(counts []int64) (cells []cell, total int64) {
	for i, n := range counts {
		if n > 0 {
			cells = append(cells, cell{value: fmt.Sprint(i), n: n})
			total += n
		}
	}
	return cells, total
}

// suppressed is what is told of a table's cells; nil where it is left out.
func suppressed(counts []int64) (told []cell, total int64) {
	cells, total := cellsOf(counts)
	if len(cells) == 0 {
		return nil, 0
	}
	return suppress(cells), total
}

// tell is what a reader sees of one month, service and dimension.
func tell(counts []int64) string {
	shown := make([]string, len(counts))
	result, total := suppressed(counts)
	for _, c := range result {
		text := fmt.Sprint(c.n)
		if c.withheld {
			text = "–"
		}
		shown[c.value[0]-'0'] = text
	}
	if total < Limit {
		return fmt.Sprint("total –", len(result), shown)
	}
	return fmt.Sprint("total ", total, shown)
}

// isTold tells whether a count is told, be it that nobody had the value.
func isTold(counts []int64, i int) bool {
	told, _ := suppressed(counts)
	at := slices.IndexFunc(told, func(c cell) bool { return c.value == fmt.Sprint(i) })
	return len(told) > 0 && (at < 0 || !told[at].withheld)
}

func varies(tables [][]int64, i int) bool {
	for _, one := range tables {
		if one[i] != tables[0][i] {
			return true
		}
	}
	return false
}

// S3-26: no count below five is told.
func TestSmallCountsAreWithheld(t *testing.T) {
	for _, c := range []struct {
		counts []int64
		want   []string // nil: the table is left out
	}{
		{[]int64{4}, nil},
		{[]int64{5}, []string{"5"}},
		{[]int64{1, 2}, nil},
		{[]int64{7, 9}, []string{"7", "9"}},
		{[]int64{4, 20}, []string{"–", "–"}},
		{[]int64{4, 20, 30}, []string{"–", "–", "30"}},
		{[]int64{30, 20, 4}, []string{"30", "–", "–"}},
		{[]int64{1, 1, 20, 30}, []string{"–", "–", "–", "30"}},
		{[]int64{4, 30, 3}, []string{"–", "30", "–"}},
		{[]int64{4, 30, 4, 40}, []string{"–", "30", "–", "–"}},
		{[]int64{4, 4}, []string{"–", "–"}},
		{[]int64{4, 4, 4}, []string{"–", "–", "–"}},
		{[]int64{1, 1, 1, 1, 1}, nil},
	} {
		cells, _ := cellsOf(c.counts)
		got := suppress(cells)
		if len(got) != len(c.want) {
			t.Fatalf("%v: %d cells, want %v", c.counts, len(got), c.want)
		}
		for i, one := range got {
			text := fmt.Sprint(one.n)
			if one.withheld {
				text = "–"
			}
			if text != c.want[i] {
				t.Errorf("%v: cell %d is %s, want %s", c.counts, i, text, c.want[i])
			}
		}
	}
}

// contacts are counted by day, service, language, topic, outcome and waiting band.
func TestContactsAreCountedByEachDimension(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		count(t, db, 6, Fact{Authority: "dvv", Day: "2026-11-21", Service: "citizens-advice", Language: "fi",
			Topic: "moving", Outcome: "answered", Wait: 90 * time.Second, Hour: 9, Length: 5 * time.Minute})
		count(t, db, 7, Fact{Authority: "dvv", Day: "2026-11-22", Service: "citizens-advice", Language: "sv",
			Outcome: "left", Wait: -1, Hour: 15})
		count(t, db, 9, Fact{Authority: "mallila", Day: "2026-11-22", Service: "citizens-advice", Language: "fi"})
		r, err := New(db).Contacts(t.Context(), "dvv", "2026-11-21", "2026-11-21", "", "2026-12-01")
		if err != nil {
			t.Fatal(err)
		}
		if r.From != "2026-11-01" || r.To != "2026-11-30" {
			t.Errorf("spans %s to %s, want the whole month", r.From, r.To)
		}
		want := map[string]string{
			ByDay:      "[{2026-11-21 6 false} {2026-11-22 7 false}]",
			ByService:  "[{citizens-advice 13 false}]",
			ByLanguage: "[{fi 6 false} {sv 7 false}]",
			ByTopic:    "[{moving 6 false} {none 7 false}]",
			ByOutcome:  "[{answered 6 false} {left 7 false}]",
			ByWait:     "[{1_to_5_min 6 false} {not_served 7 false}]",
			ByHour:     "[{09 6 false} {15 7 false}]",
			ByLength:   "[{under_5_min 7 false} {5_to_15_min 6 false}]",
		}
		for _, table := range r.Tables {
			if got := fmt.Sprint(table.Rows); got != want[table.By] {
				t.Errorf("%s: %s, want %s", table.By, got, want[table.By])
			}
		}
	})
}

func TestRecordsOfAReport(t *testing.T) {
	r := Report{Tables: []Table{{By: ByLanguage, Rows: []Row{{"fi", 40, false}, {"sv", 0, true}}}}}
	if got := fmt.Sprint(r.Records()); got != "[[by value count told] [language fi 40 exact] [language sv 0 at least]]" {
		t.Error(got)
	}
}

// S3-26: reports of two spans or services, compared, tell nothing that one of them does not.
func TestComparingReportsTellsNothing(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		big := Fact{Authority: "dvv", Day: "2026-10-02", Service: "a", Language: "fi", Outcome: "answered"}
		count(t, db, 40, big)
		few := big
		few.Day, few.Service, few.Language = "2026-11-03", "b", "sv"
		count(t, db, 2, few)
		one, _ := New(db).Contacts(t.Context(), "dvv", "2026-10-01", "2026-10-31", "a", "2026-12-01")
		all, _ := New(db).Contacts(t.Context(), "dvv", "2026-10-01", "2026-11-30", "", "2026-12-01")
		for i, table := range all.Tables {
			for _, row := range table.Rows {
				for _, before := range one.Tables[i].Rows {
					if before.Value == row.Value && before.Count != row.Count {
						t.Errorf("%s %s grew from %d to %d: the difference is the two", table.By, row.Value, before.Count, row.Count)
					}
				}
				if !row.Withheld && row.Count < Limit {
					t.Errorf("%s %s tells %d", table.By, row.Value, row.Count)
				}
			}
		}
	})
}

func TestReportSpansAreChecked(t *testing.T) {
	for _, c := range [][2]notice.Day{{"2026-13-01", "2026-12-01"}, {"2026-11-02", "2026-10-01"}, {"2020-01-01", "2026-01-01"}, {"", ""}} {
		if _, _, err := wholeMonths(c[0], c[1]); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", c, err)
		}
	}
}

func count(t *testing.T, db *store.DB, times int, f Fact) {
	t.Helper()
	err := db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for range times {
			if err := Count(ctx, tx, f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
