// Package report counts what happened, so that statistics outlive what they count. It promises that
// its tables hold no identifier and no combination of values of one contact, and that no count below
// five is told or can be worked out from the counts that are (S3-26, X-16). Of a month that runs, who
// reads it twice learns what several contacts added together, never one.
//
// What is withheld is decided once for each whole month and service; every report is put together
// from what is told of those. So two reports of different spans or services, compared, tell nothing
// that one of them does not.
package report

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// Limit is the smallest count that is told.
const Limit = 5

// The dimensions by which contacts are counted.
const (
	ByDay      = "day"
	ByService  = "service"
	ByLanguage = "language"
	ByTopic    = "topic"
	ByOutcome  = "outcome"
	ByWait     = "wait"
	ByHour     = "hour"   // of the day at which it began
	ByLength   = "length" // from its beginning to its end
	ByHelp     = "help"   // the citizens' answers, by the month
)

// longest is how many months one report may span.
const longest = 60

// Fact is what is counted of one contact; it is forgotten once it has been counted.
type Fact struct {
	Authority string
	Day       notice.Day // on which it closed
	Service   string
	Language  string // as all values: "" counts as "none"
	Topic     string
	Outcome   string
	Wait      time.Duration // in the queue; negative: never taken
	Hour      int           // of its day at which it began, in the authority's zone
	Length    time.Duration // from its beginning to its end
}

// Reports are the counts of all authorities.
type Reports struct{ db *store.DB }

// New gives access to the counts in db.
func New(db *store.DB) *Reports { return &Reports{db} }

// Report is counted facts of whole months.
type Report struct {
	From, To notice.Day // first and last day of the whole months that the asked days touch
	Service  string
	Tables   []Table
}

// Table counts contacts by one dimension, in the order of its values.
type Table struct {
	By   string
	Rows []Row
}

// Row is one count. Where Withheld, Count is what can be told of it: at least so many, 0 if nothing.
type Row struct {
	Value    string
	Count    int64
	Withheld bool
}

// Contacts counts the contacts that closed in the months that from to to touch, in one service or
// (service "") in all. Today is the first day that is not over: what is told of its month is in running.go.
// Errors: fault.Invalid on from or to ("day", "report-span").
func (r *Reports) Contacts(ctx context.Context, authority string, from, to notice.Day, service string, today notice.Day) (Report, error) {
	out := Report{Service: service}
	var err error
	if out.From, out.To, err = wholeMonths(from, to); err != nil {
		return Report{}, err
	}
	var months map[monthKey][]cell
	err = r.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		months = map[monthKey][]cell{}
		now, err := runs(ctx, tx, authority, service, today)
		if err != nil {
			return err
		}
		if err := now.past(ctx, tx, authority, service, out.From, out.To, months); err != nil || !now.within(out.From, out.To) {
			return err
		}
		return now.soFar(ctx, tx, authority, service, months)
	})
	out.Tables = tables(months)
	return out, err
}

// Records are the report as lines of a CSV file, the heading first: what is counted by, the value, the
// count and whether it is "exact", or "at least" so many because a part of it is withheld.
func (r Report) Records() [][]string {
	out := [][]string{{"by", "value", "count", "told"}}
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			told := "exact"
			if row.Withheld {
				told = "at least"
			}
			out = append(out, []string{table.By, row.Value, strconv.FormatInt(row.Count, 10), told})
		}
	}
	return out
}

type monthKey struct{ month, service, dim string }

// wholeMonths widens a span to the months it touches.
func wholeMonths(from, to notice.Day) (first, last notice.Day, err error) {
	for field, day := range map[string]notice.Day{"from": from, "to": to} {
		if _, err := notice.ParseDay(string(day)); err != nil {
			return "", "", fault.New(fault.Invalid, "day").On(field)
		}
	}
	first = from[:8] + "01"
	last = (to[:8] + "01").Add(notice.Period{Months: 1}).AddDays(-1)
	if to < from || first.Add(notice.Period{Months: longest}) <= last {
		return "", "", fault.New(fault.Invalid, "report-span").On("to")
	}
	return first, last, nil
}

// tables puts the six tables together from what is told of each month and service.
func tables(months map[monthKey][]cell) []Table {
	sums, counted := map[string]map[string]Row{}, map[string]bool{}
	add := func(by, value string, c cell) {
		if sums[by] == nil {
			sums[by] = map[string]Row{}
		}
		row := sums[by][value]
		row.Value = value
		if c.withheld {
			row.Withheld = true
		} else {
			row.Count += c.n
		}
		sums[by][value] = row
	}
	for key, cells := range months {
		counted[key.dim] = true
		if key.dim == "all" {
			total := cells[0]
			total.withheld = total.n < Limit
			add(ByService, key.service, total)
			continue
		}
		slices.SortFunc(cells, func(a, b cell) int { return compare(key.dim, a.value, b.value) })
		for _, c := range suppress(cells) {
			add(key.dim, c.value, c)
		}
	}
	var out []Table
	for _, by := range []string{ByDay, ByService, ByLanguage, ByTopic, ByOutcome, ByWait, ByHour, ByLength} {
		out = append(out, Table{by, sorted(by, sums[by])})
	}
	for _, by := range monthly {
		if counted[by] {
			out = append(out, Table{by, sorted(by, sums[by])})
		}
	}
	return out
}

func sorted(by string, rows map[string]Row) []Row {
	out := make([]Row, 0, len(rows))
	for _, row := range rows {
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b Row) int { return compare(by, a.Value, b.Value) })
	return out
}

// compare orders the values of a dimension: languages as everywhere, waiting bands by their length,
// "none" last, the rest by the alphabet.
func compare(by, a, b string) int {
	return cmp.Or(rank(by, a)-rank(by, b), strings.Compare(a, b))
}

func rank(by, value string) int {
	switch {
	case value == none:
		return 1000
	case by == ByWait:
		return slices.Index(Bands(), value)
	case slices.Contains(monthly, by):
		return slices.Index(Helps(), value)
	case by == ByLength:
		return slices.Index(Lengths(), value)
	case value == Other:
		return 999
	case by == ByLanguage:
		return slices.Index(notice.Languages(), value)
	}
	return 0
}
