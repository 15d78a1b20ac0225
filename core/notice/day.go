package notice

import (
	"fmt"
	"time"
)

// Day is a calendar day "2006-01-02" in the authority's time zone. Days compare as strings.
type Day string

const dayForm = "2006-01-02"

// ParseDay returns the day that s names, or an error when the calendar has no such day.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(dayForm, s)
	if err != nil || t.Format(dayForm) != s {
		return "", fmt.Errorf("%q is not a day of the calendar like 2026-11-21", s)
	}
	return Day(s), nil
}

// DayOf returns the day on which t falls in loc.
func DayOf(t time.Time, loc *time.Location) Day { return Day(t.In(loc).Format(dayForm)) }

// Date returns the day's year, month and day of month. A malformed day gives the zero date.
func (d Day) Date() (year int, month time.Month, day int) {
	t, err := time.Parse(dayForm, string(d))
	if err != nil {
		return 0, 0, 0
	}
	return t.Date()
}

// Before tells whether d is earlier than o.
func (d Day) Before(o Day) bool { return d < o }

// After tells whether d is later than o.
func (d Day) After(o Day) bool { return d > o }

// AddDays returns the day n days later, or earlier when n is negative.
func (d Day) AddDays(n int) Day {
	y, m, day := d.Date()
	return Day(time.Date(y, m, day+n, 0, 0, 0, 0, time.UTC).Format(dayForm))
}

// Add returns the day a period later: years and months first, clamped to the month's end
// (2026-12-31 and P2M give 2027-02-28), then weeks and days. X-2.
func (d Day) Add(p Period) Day {
	y, m, day := d.Date()
	first := time.Date(y+p.Years, m+time.Month(p.Months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	clamped := first.AddDate(0, 0, min(day, last)-1)
	return Day(clamped.AddDate(0, 0, 7*p.Weeks+p.Days).Format(dayForm))
}

// Start is the first instant of the day in loc.
func (d Day) Start(loc *time.Location) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, loc)
}

// End is 24:00 of the day in loc: the first instant that no longer belongs to it.
func (d Day) End(loc *time.Location) time.Time { return d.AddDays(1).Start(loc) }
