package report

import (
	"context"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// week is how many days a week has.
const week = 7

// inShort are the dimensions of a report of a day or a week, in their order.
var inShort = []string{ByDay, ByService, ByHour, ByLanguage, ByTopic, ByOutcome, ByWait, ByLength}

type monthOf struct{ month, service string }

// Days counts the contacts that closed on one day, or in one week from its Monday, in one service or
// (service "") in all. It is put together from what is told of days and of the parts of weeks, so that it
// tells nothing beside the reports of whole months that they do not tell; see tree.go. Today is as with Contacts. Errors:
// fault.Invalid on from or to ("day", "report-span", "report-week").
func (r *Reports) Days(ctx context.Context, authority string, from, to notice.Day, service string, today notice.Day) (Report, error) {
	first, last, err := wholeMonths(from, to)
	if err == nil && from != to && (to != from.AddDays(week-1) || mondayOf(from) != string(from)) {
		err = fault.New(fault.Invalid, "report-week").On("to")
	}
	if err != nil {
		return Report{}, err
	}
	var months map[monthOf]month
	err = r.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		months = map[monthOf]month{}
		now, err := runs(ctx, tx, authority, service, today)
		if err != nil {
			return err
		}
		return now.days(ctx, tx, authority, service, first, last, func(day, in, dim, value string, n int64) {
			key := monthOf{day[:min(7, len(day))], in}
			if months[key] == nil {
				months[key] = month{}
			}
			months[key].add(dim, day, value, n)
		})
	})
	s := span{from: string(from), to: string(to), sums: map[string]map[string]Row{}, sources: map[string]int{}}
	for key, m := range months {
		s.take(key.service, m)
	}
	return Report{From: from, To: to, Service: service, Tables: s.tables()}, err
}

// span is a report of a day or a week in the making.
type span struct {
	from, to string
	sums     map[string]map[string]Row
	sources  map[string]int // months and services that a dimension is put together from
}

// add adds what is told of a value: a count, or that there is something that is not told.
func (s *span) add(by, value string, n int64, withheld bool) {
	if s.sums[by] == nil {
		s.sums[by] = map[string]Row{}
	}
	row := s.sums[by][value]
	row.Value, row.Withheld = value, row.Withheld || withheld
	if !withheld {
		row.Count += n
	}
	s.sums[by][value] = row
}

// take adds what is told of one month and service.
func (s *span) take(service string, m month) {
	for _, c := range m.totals(Limit) {
		if s.from <= c.value && c.value <= s.to {
			s.add(ByDay, c.value, c.n, c.withheld)
			s.add(ByService, service, c.n, c.withheld)
		}
	}
	for dim := range m {
		if dim == "all" {
			continue
		}
		for _, w := range m.weeks(dim, Limit) {
			for _, u := range append([]*unit{w}, w.days...) {
				if u.from == s.from && (s.from == s.to) == (len(u.days) == 0) {
					s.dimension(dim, u)
				}
			}
		}
	}
}

// dimension adds the table of one unit. What is not told may have any value.
func (s *span) dimension(dim string, u *unit) {
	s.sources[dim]++
	if !u.told {
		s.add(dim, Other, 0, true)
		return
	}
	for category, n := range u.counts {
		s.add(dim, category, n, false)
	}
}

// tables are the report's tables. Where something is not told, or is told as Other by one of several
// months or services, it may have any value: each count is then "at least".
func (s *span) tables() []Table {
	var out []Table
	for _, by := range inShort {
		rows := s.sums[by]
		other, mixed := rows[Other]
		if mixed && (other.Withheld || s.sources[by] > 1) {
			for value, row := range rows {
				row.Withheld = true
				rows[value] = row
			}
		}
		if other.Withheld && len(rows) == 1 && other.Count == 0 {
			rows = nil
		}
		out = append(out, Table{by, sorted(by, rows)})
	}
	return out
}

// Summary is what a lead looks at first. A Row that is Withheld tells at least so many; a band is "" where
// it cannot be told.
type Summary struct {
	Arrived, Answered, Left Row
	Median, Ninety          string // waiting bands that half, and nine in ten, of those who were answered did not exceed
}

// Summary is worked out from what the tables tell, so that it tells nothing more.
func (r Report) Summary() Summary {
	var out Summary
	var waits []Row
	exact, left := true, Row{Value: NotServed}
	for _, t := range r.Tables {
		for _, row := range t.Rows {
			switch t.By {
			case ByDay:
				out.Arrived.Count += row.Count
				out.Arrived.Withheld = out.Arrived.Withheld || row.Withheld
			case ByWait:
				exact = exact && !row.Withheld && row.Value != Other
				if row.Value == NotServed {
					left = row
				} else {
					waits = append(waits, row)
				}
			}
		}
	}
	known := exact && len(waits) > 0 || left.Count > 0 && !left.Withheld
	out.Left, out.Answered = left, Row{Count: out.Arrived.Count - left.Count}
	if !known || out.Arrived.Withheld {
		out.Left.Withheld, out.Answered = true, Row{Withheld: true}
	}
	if exact {
		out.Median, out.Ninety = percentile(waits, 50), percentile(waits, 90)
	}
	return out
}

// percentile is the first band at which at least so many per cent of the counts are reached.
func percentile(rows []Row, percent int64) string {
	var all, so int64
	for _, row := range rows {
		all += row.Count
	}
	for _, row := range rows {
		if so += row.Count; so*100 >= all*percent {
			return row.Value
		}
	}
	return ""
}
