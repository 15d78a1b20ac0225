package report

import (
	"context"

	"luukku/core/notice"
	"luukku/store"
)

var (
	qTotals = queries.Get("totals")
	qMonths = queries.Get("months")
)

// Whoever reads the counts of a running month before and after one contact sees what that contact added, however
// well small counts are withheld in each reading. So a day is told when it is over, and together with days before
// it that held few contacts, as soon as they are Limit: two readings differ by nothing or by the contacts of whole
// days that are so many. What citizens answered and reviewers marked is told when the month is over. See decision
// 0019.

// running is what is told of the month that is not over.
type running struct {
	first notice.Day        // of the month
	told  map[string]string // the last day that is told, by service; none of a service without one
}

// tells tells whether the counts of a service's day are told. Months that are over are told whole.
func (r running) tells(day, service string) bool {
	return day < string(r.first) || day <= r.told[service]
}

// runs finds out what is told on the day after which nothing is counted yet.
func runs(ctx context.Context, tx *store.Tx, authority, service string, today notice.Day) (running, error) {
	out := running{first: today[:8] + "01", told: map[string]string{}}
	since := map[string]int64{} // contacts of days that are over and not told, by service
	err := tx.Each(ctx, qTotals, func(scan func(...any) error) error {
		var day, in string
		var n int64
		err := scan(&day, &in, &n)
		if since[in] += n; since[in] >= Limit {
			out.told[in], since[in] = day, 0
		}
		return err
	}, authority, string(out.first), string(today), service, service)
	return out, err
}

// past adds the counts of months that are over.
func (r running) past(ctx context.Context, tx *store.Tx, authority, service string, from, to notice.Day, months map[monthKey][]cell) error {
	a, b := string(from), string(min(to, r.first.AddDays(-1)))
	return tx.Each(ctx, qMonths, func(scan func(...any) error) error {
		var key monthKey
		var c cell
		err := scan(&key.month, &key.service, &key.dim, &c.value, &c.n)
		months[key] = append(months[key], c)
		return err
	}, authority, a, b, service, service, authority, a, b, service, service, authority, a[:7], b[:7], service, service)
}

// soFar adds what is told of the running month.
func (r running) soFar(ctx context.Context, tx *store.Tx, authority, service string, months map[monthKey][]cell) error {
	sums := map[monthKey]map[string]int64{}
	err := r.days(ctx, tx, authority, service, r.first, r.last(), func(day, in, dim, value string, n int64) {
		key := monthKey{day[:7], in, dim}
		if sums[key] == nil {
			sums[key] = map[string]int64{}
		}
		sums[key][value] += n
		if dim == "all" {
			key.dim = ByDay
			months[key] = append(months[key], cell{value: day, n: n})
		}
	})
	for key, values := range sums {
		for value, n := range values {
			months[key] = append(months[key], cell{value: value, n: n})
		}
	}
	return err
}

// last is the month's last day.
func (r running) last() notice.Day { return r.first.Add(notice.Period{Months: 1}).AddDays(-1) }

// within tells whether the month is one of whole months.
func (r running) within(from, to notice.Day) bool {
	return !r.first.Before(from) && !r.first.After(to)
}

// days gives every count that is told of the days from from to to.
func (r running) days(ctx context.Context, tx *store.Tx, authority, service string, from, to notice.Day, add func(day, service, dim, value string, n int64)) error {
	return tx.Each(ctx, qDays, func(scan func(...any) error) error {
		var day, in, dim, value string
		var n int64
		err := scan(&day, &in, &dim, &value, &n)
		if err == nil && r.tells(day, in) {
			add(day, in, dim, value, n)
		}
		return err
	}, authority, string(from), string(to), service, service)
}
