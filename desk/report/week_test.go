package report

import (
	"fmt"
	"testing"
	"time"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func rowsOf(r Report, by string) string {
	for _, t := range r.Tables {
		if t.By == by {
			return fmt.Sprint(t.Rows)
		}
	}
	return "no table"
}

// A day and a week are counted by hour, language, topic, outcome, wait and length, and told as far as the
// month's report and its parts let it.
func TestDaysAndWeeksAreCounted(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		fact := func(day notice.Day, times int, lang string, wait time.Duration) {
			count(t, db, times, Fact{Authority: "dvv", Day: day, Service: "a", Language: lang, Topic: "moving", Outcome: "answered",
				Wait: wait, Hour: 9, Length: 20 * time.Minute})
		}
		fact("2026-11-09", 20, "fi", 30*time.Second)
		fact("2026-11-10", 20, "fi", 2*time.Minute)
		fact("2026-11-10", 6, "fi", -1)
		fact("2026-11-11", 10, "sv", 20*time.Minute)
		fact("2026-11-17", 30, "fi", time.Minute) // another week
		reports := New(db)
		r, err := reports.Days(t.Context(), "dvv", "2026-11-09", "2026-11-15", "a", "2026-12-01")
		if err != nil {
			t.Fatal(err)
		}
		for by, want := range map[string]string{
			ByDay:      "[{2026-11-09 20 false} {2026-11-10 26 false} {2026-11-11 10 false}]",
			ByService:  "[{a 56 false}]",
			ByHour:     "[{09 56 false}]",
			ByLanguage: "[{fi 46 false} {sv 10 false}]",
			ByWait:     "[{under_1_min 20 false} {1_to_5_min 20 false} {15_to_30_min 10 false} {not_served 6 false}]",
			ByLength:   "[{15_to_30_min 56 false}]",
		} {
			if got := rowsOf(r, by); got != want {
				t.Errorf("the week by %s: %s, want %s", by, got, want)
			}
		}
		if got := fmt.Sprint(r.Summary()); got != "{{ 56 false} { 50 false} {not_served 6 false} 1_to_5_min 15_to_30_min}" {
			t.Error(got)
		}
		r, err = reports.Days(t.Context(), "dvv", "2026-11-10", "2026-11-10", "a", "2026-12-01")
		if err != nil || rowsOf(r, ByWait) != "[{1_to_5_min 20 false} {not_served 6 false}]" || rowsOf(r, ByDay) != "[{2026-11-10 26 false}]" {
			t.Errorf("the day: %v, %v", r, err)
		}
	})
}

// S3-26: a small count of a day or a week is not told, nor is the one beside it.
func TestSmallCountsOfADayAreWithheld(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		for i, n := range []int{30, 30, 30, 30} {
			day := []notice.Day{"2026-11-02", "2026-11-03", "2026-11-09", "2026-11-10"}[i]
			count(t, db, n, Fact{Authority: "dvv", Day: day, Service: "a", Language: "fi"})
		}
		count(t, db, 3, Fact{Authority: "dvv", Day: "2026-11-03", Service: "a", Language: "sv"})
		count(t, db, 6, Fact{Authority: "dvv", Day: "2026-11-10", Service: "a", Language: "sv"})
		reports := New(db)
		for day, want := range map[notice.Day]string{"2026-11-02": "[]", "2026-11-03": "[]", "2026-11-09": "[]", "2026-11-10": "[]"} {
			r, err := reports.Days(t.Context(), "dvv", day, day, "a", "2026-12-01")
			if err != nil || rowsOf(r, ByLanguage) != want {
				t.Errorf("%s: %s, %v", day, rowsOf(r, ByLanguage), err)
			}
		}
		r, err := reports.Days(t.Context(), "dvv", "2026-11-02", "2026-11-08", "a", "2026-12-01")
		if err != nil || rowsOf(r, ByLanguage) != "[]" || rowsOf(r, ByTopic) != "[{none 63 false}]" {
			t.Errorf("the week: %s, %s, %v", rowsOf(r, ByLanguage), rowsOf(r, ByTopic), err)
		}
		if s := r.Summary(); s.Arrived.Count != 63 || s.Arrived.Withheld {
			t.Errorf("%+v", s)
		}
		// The second week's own counts are not small, but with the month they would tell the first's.
		r, err = reports.Days(t.Context(), "dvv", "2026-11-09", "2026-11-15", "a", "2026-12-01")
		if err != nil || rowsOf(r, ByLanguage) != "[]" {
			t.Errorf("the other week: %s, %v", rowsOf(r, ByLanguage), err)
		}
	})
}

func TestSpansOfDaysAreChecked(t *testing.T) {
	for _, c := range [][2]notice.Day{{"2026-11-10", "2026-11-16"}, {"2026-11-09", "2026-11-14"}, {"2026-11-09", "2026-11-08"}, {"x", "x"}} {
		if _, err := New(nil).Days(t.Context(), "dvv", c[0], c[1], "", "2026-12-01"); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", c, err)
		}
	}
}
