package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// read is everything that an observer is told of a month by one dimension, of the month, its weeks, its days.
func read(m month, limit int64) string {
	var out strings.Builder
	sum := map[string]int64{}
	var all int64
	for _, values := range m["language"] {
		for v, n := range values {
			sum[v] += n
			all += n
		}
	}
	if all >= limit {
		fmt.Fprint(&out, "all ", all)
	}
	for _, c := range m.totals(limit) {
		fmt.Fprint(&out, " ", c.value[8:], ":", shown(c))
	}
	var cells []cell
	for _, v := range []string{"fi", "sv"} {
		if sum[v] > 0 {
			cells = append(cells, cell{value: v, n: sum[v]})
		}
	}
	for _, c := range suppressBelow(cells, limit) {
		fmt.Fprint(&out, " ", c.value, ":", shown(c))
	}
	for _, w := range m.weeks("language", limit) {
		for _, u := range append([]*unit{w}, w.days...) {
			if u.told {
				fmt.Fprint(&out, " ", len(u.days), " from ", u.from[8:], ": ", u.counts)
			}
		}
	}
	return out.String()
}

func shown(c cell) string {
	if c.withheld {
		return "–"
	}
	return fmt.Sprint(c.n)
}

// shape is how a walked month looks: on which days something was counted, in how many languages, and up to
// which count.
type shape struct {
	days  []string
	langs int
	most  int64
}

func (s shape) month(counts []int64) month {
	m := month{}
	for i, n := range counts {
		if n > 0 {
			m.add("language", s.days[i/s.langs], languages[i%s.langs], n)
			m.add("all", s.days[i/s.langs], "", n)
		}
	}
	return m
}

var languages = []string{"fi", "sv"}

// S3-26: months, weeks and days, compared, tell no small count: an observer who knows this algorithm and
// reads all three finds at least two possible numbers for each small count of a day, and of a week.
func TestComparingDaysWeeksAndMonthsTellsNoSmallCount(t *testing.T) {
	for _, s := range []shape{
		{[]string{"2026-11-05", "2026-11-06"}, 2, 16},
		{[]string{"2026-11-05", "2026-11-09"}, 2, 16},
		{[]string{"2026-11-05", "2026-11-06", "2026-11-07"}, 1, 24},
		{[]string{"2026-11-05", "2026-11-06", "2026-11-09"}, 1, 24},
	} {
		s.walk(t)
	}
}

func (s shape) walk(t *testing.T) {
	type group struct {
		first  []int64
		varied []bool
	}
	groups := map[string]*group{}
	counts := make([]int64, len(s.days)*s.langs)
	walk0(counts, 0, s.most, func(counts []int64) {
		key := read(s.month(counts), Limit)
		g := groups[key]
		if g == nil {
			groups[key] = &group{append([]int64{}, counts...), make([]bool, len(counts))}
			return
		}
		for i, n := range counts {
			g.varied[i] = g.varied[i] || n != g.first[i]
		}
	})
	leaks := 0
	for key, g := range groups {
		m := s.month(g.first)
		if slices.Max(g.first) > s.most-8 || m.totals(Limit) == nil || m.categories("language", Limit) == nil {
			continue // near the edge of the walk; or left out, when not even its days and values are told
		}
		if rest := leftOut(m.weeks("language", Limit)); small(rest, Limit) {
			t.Errorf("%v: what is told leaves %v", g.first, rest)
		}
		for i, n := range g.first {
			if n > 0 && n < Limit && !g.varied[i] && leaks < 5 {
				leaks++
				t.Errorf("%v: %q tells that count %d of %v is %d", s, key, i, g.first, n)
			}
		}
	}
}

// leftOut is what can be worked out of the units that are not told, where others of the same parent are.
func leftOut(units []*unit) map[string]int64 {
	rest, some := map[string]int64{}, false
	for _, u := range units {
		some = some || u.told
		if inner := leftOut(u.days); u.told && small(inner, Limit) {
			return inner
		}
		for category, n := range u.counts {
			if !u.told {
				rest[category] += n
			}
		}
	}
	if !some {
		return nil
	}
	return rest
}

func walk0(counts []int64, at int, most int64, visit func([]int64)) {
	if at == len(counts) {
		visit(counts)
		return
	}
	for n := int64(0); n <= most; n++ {
		counts[at] = n
		walk0(counts, at+1, most, visit)
	}
}
