package report

import (
	"context"
	"testing"

	"luukku/core/notice"
	"luukku/store"
	"luukku/store/storetest"
)

// Two readings of a running month differ by nothing, or by what at least five contacts added; a day and a week
// tell no more. Nothing is told of the day that runs, and everything once the month is over.
func TestTwoReadingsOfARunningMonthTellOfSeveralContacts(t *testing.T) {
	added := []int{1, 1, 4, 0, 12, 2, 2, 0, 1, 7, 1} // on each day from the first
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := int64(0)
		for i, n := range added {
			day := notice.Day("2026-11-01").AddDays(i)
			count(t, db, n, Fact{Authority: "dvv", Day: day, Service: "slow", Language: "fi", Outcome: "answered"})
			count(t, db, 40, Fact{Authority: "dvv", Day: day, Service: "busy", Language: "fi", Outcome: "answered"})
			all += int64(n)
		}
		count(t, db, 9, Fact{Authority: "dvv", Day: "2026-10-31", Service: "slow", Language: "sv"})
		reports, before, grew := New(db), int64(9), 0
		for i := range len(added) + 1 {
			today := notice.Day("2026-11-01").AddDays(i)
			r, err := reports.Contacts(t.Context(), "dvv", "2026-10-01", "2026-11-30", "slow", today)
			if err != nil {
				t.Fatal(err)
			}
			now := sum(r, ByLanguage)
			if more := now - before; more != 0 && more < Limit {
				t.Errorf("on %s %d contacts are told, one day before %d", today, now, before)
			} else if more > 0 {
				grew++
			}
			before = now
			for _, of := range []string{"slow", "busy"} {
				if one, err := reports.Days(t.Context(), "dvv", today, today, of, today); err != nil || sum(one, ByDay) != 0 {
					t.Errorf("%s itself: %v, %v", today, one, err)
				}
			}
			if one, err := reports.Days(t.Context(), "dvv", today.AddDays(-1), today.AddDays(-1), "busy", today); err != nil || i > 0 && sum(one, ByDay) != 40 {
				t.Errorf("the day before %s: %v, %v", today, one, err)
			}
		}
		if grew != 4 { // after the third, the fifth, the ninth and the tenth day
			t.Errorf("the month grew %d times", grew)
		}
		r, err := reports.Contacts(t.Context(), "dvv", "2026-11-01", "2026-11-30", "slow", "2026-12-01")
		if err != nil || sum(r, ByLanguage) != all {
			t.Errorf("over: %v, %v", r, err)
		}
		if r, err = reports.Contacts(t.Context(), "dvv", "2026-12-01", "2026-12-31", "", "2026-11-12"); err != nil || sum(r, ByLanguage) != 0 {
			t.Errorf("of a month to come: %v, %v", r, err)
		}
	})
}

// What citizens answered and reviewers marked is told when its month is over.
func TestAnswersAndMarksAreToldWhenTheMonthIsOver(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		for _, by := range []string{ByHelp, Criteria()[0]} {
			must(t, db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
				for range 8 {
					if err == nil {
						err = CountMonth(ctx, tx, Monthly{Authority: "dvv", Day: "2026-11-03", Service: "a", By: by, Value: "yes"})
					}
				}
				return err
			}))
			for today, want := range map[notice.Day]string{"2026-11-30": "no table", "2026-12-01": "[{yes 8 false}]"} {
				r, err := New(db).Contacts(t.Context(), "dvv", "2026-11-01", "2026-12-31", "", today)
				if got := rowsOf(r, by); err != nil || got != want {
					t.Errorf("%s on %s: %s, want %s (%v)", by, today, got, want, err)
				}
			}
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func sum(r Report, by string) (n int64) {
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			if table.By == by {
				n += row.Count
			}
		}
	}
	return n
}
