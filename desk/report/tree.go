package report

import (
	"maps"
	"slices"
	"time"

	"luukku/core/notice"
)

// Other stands for the values that the month's own report withholds, taken together. No value has this id.
const Other = "_other"

// A month's report tells its counts by one dimension, and the sum of the parts is the whole: whoever is
// told the month and three of its four weeks knows the fourth. So what is told of parts is decided with
// the whole month at hand, as a tree: month, the part of a week that lies in it, day. A unit's table is
// told whole or not at all, and told only if
//   - its total is told by day already, so that a table says nothing new of totals,
//   - none of its counts is small, the values that the month withholds being taken together as Other,
//   - the units of the same parent that are not told are several, and their sum has no small count either;
//     otherwise the next one by place is not told, and so on.
//
// Then every number that can be worked out by adding and subtracting what is told, of days, weeks and
// months, is the month's own, or a sum over several units that is not small. Which unit is left out for
// another's sake follows from its place, as in suppress; a test walks all small months.

// month is what was counted in one month and service: by dimension, day and value.
type month map[string]map[string]map[string]int64

func (m month) add(dim, day, value string, n int64) {
	if m[dim] == nil {
		m[dim] = map[string]map[string]int64{}
	}
	if m[dim][day] == nil {
		m[dim][day] = map[string]int64{}
	}
	m[dim][day][value] += n
}

// unit is one day, or the days of one week that lie in the month, with its counts by category.
type unit struct {
	from   string // a day; of a week its Monday, which may lie in the month before
	counts map[string]int64
	may    bool // its total is told
	told   bool
	days   []*unit // of a week
}

// totals are the counts of each day as the month's report tells them; nil where it tells none.
func (m month) totals(limit int64) []cell {
	var cells []cell
	for _, day := range slices.Sorted(maps.Keys(m["all"])) {
		cells = append(cells, cell{value: day, n: m["all"][day][""]})
	}
	return suppressBelow(cells, limit)
}

// weeks are the parts of the weeks of a month with what is told of them and of their days, by one
// dimension; nil where the month's report leaves it out.
func (m month) weeks(dim string, limit int64) []*unit {
	category := m.categories(dim, limit)
	if category == nil {
		return nil
	}
	known := map[string]bool{}
	for _, c := range m.totals(limit) {
		known[c.value] = !c.withheld
	}
	var weeks []*unit
	for _, day := range slices.Sorted(maps.Keys(m[dim])) {
		d := &unit{from: day, counts: map[string]int64{}, may: known[day]}
		for value, n := range m[dim][day] {
			d.counts[category[value]] += n
		}
		monday := mondayOf(notice.Day(day))
		if len(weeks) == 0 || weeks[len(weeks)-1].from != monday {
			weeks = append(weeks, &unit{from: monday, counts: map[string]int64{}, may: true})
		}
		weeks[len(weeks)-1].join(d)
	}
	tellUnits(weeks, limit)
	for _, w := range weeks {
		if w.told {
			tellUnits(w.days, limit)
		}
	}
	return weeks
}

func (u *unit) join(day *unit) {
	u.days = append(u.days, day)
	u.may = u.may && day.may
	for category, n := range day.counts {
		u.counts[category] += n
	}
}

// categories are the values that the month's report tells, each as itself, and the others as Other.
func (m month) categories(dim string, limit int64) map[string]string {
	sums := map[string]int64{}
	for _, values := range m[dim] {
		for value, n := range values {
			sums[value] += n
		}
	}
	var cells []cell
	for value, n := range sums {
		cells = append(cells, cell{value: value, n: n})
	}
	slices.SortFunc(cells, func(a, b cell) int { return compare(dim, a.value, b.value) })
	told := suppressBelow(cells, limit)
	if told == nil {
		return nil
	}
	out := map[string]string{}
	for _, c := range told {
		out[c.value] = map[bool]string{true: Other, false: c.value}[c.withheld]
	}
	return out
}

// tellUnits decides which of all the units of one parent are told.
func tellUnits(units []*unit, limit int64) {
	for _, u := range units {
		u.told = u.may && !small(u.counts, limit)
	}
	for {
		rest, untold := map[string]int64{}, 0
		for _, u := range units {
			if !u.told {
				untold++
				for category, n := range u.counts {
					rest[category] += n
				}
			}
		}
		if untold == 0 || untold == len(units) || untold > 1 && !small(rest, limit) {
			return
		}
		units[next(units)].told = false
	}
}

func small(counts map[string]int64, limit int64) bool {
	for _, n := range counts {
		if n < limit {
			return true
		}
	}
	return false
}

// next is the next unit to leave out: the one after the last that is not told, or else the last told.
func next(units []*unit) int {
	for i := len(units) - 2; i >= 0; i-- {
		if !units[i].told && units[i+1].told {
			return i + 1
		}
	}
	for i := len(units) - 1; i > 0; i-- {
		if units[i].told {
			return i
		}
	}
	return 0
}

// mondayOf is the first day of a day's week (ISO 8601).
func mondayOf(day notice.Day) string {
	year, m, d := day.Date()
	back := (int(time.Date(year, m, d, 0, 0, 0, 0, time.UTC).Weekday()) + 6) % 7
	return string(day.AddDays(-back))
}
