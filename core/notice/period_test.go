package notice_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"luukku/core/notice"
)

func helsinki(t testing.TB) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func period(t testing.TB, s string) notice.Period {
	t.Helper()
	p, err := notice.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPeriodsAreCalendarUnitsOfISO8601(t *testing.T) {
	for _, s := range []string{"P2M", "P2Y", "P30D", "P1Y6M", "P2W", "P1Y2M3W4D"} {
		if got := period(t, s).String(); got != s {
			t.Errorf("%s comes back as %s", s, got)
		}
	}
	for _, s := range []string{"", "P", "2M", "P0D", "P2M3Y", "P-1D", "PT5M", "P1.5Y", "p2m", "P2M ", "P2H", "P12345D"} {
		if p, err := notice.ParsePeriod(s); err == nil {
			t.Errorf("%q is taken for %s", s, p)
		}
	}
}

func TestMonthsEndAtTheMonthsEnd(t *testing.T) {
	for _, c := range []struct{ from, period, want notice.Day }{
		{"2026-11-21", "P2M", "2027-01-21"},
		{"2026-12-31", "P2M", "2027-02-28"},
		{"2027-12-31", "P2M", "2028-02-29"},
		{"2028-02-29", "P1Y", "2029-02-28"},
		{"2028-02-29", "P4Y", "2032-02-29"},
		{"2026-08-31", "P1M", "2026-09-30"},
		{"2026-01-31", "P1M1D", "2026-03-01"},
		{"2026-12-30", "P30D", "2027-01-29"},
		{"2026-12-21", "P2W", "2027-01-04"},
		{"2099-12-31", "P2M", "2100-02-28"},
	} {
		if got := c.from.Add(period(t, string(c.period))); got != c.want {
			t.Errorf("%s + %s = %s, want %s", c.from, c.period, got, c.want)
		}
	}
}

func TestAtMostRoundsDownAndAtLeastDoesNot(t *testing.T) { // S3-2, S3-3, S4-10, X-2
	loc := helsinki(t)
	closed := time.Date(2026, 11, 21, 15, 4, 0, 0, loc)
	for _, c := range []struct {
		keep notice.Keep
		want notice.Day
	}{
		{notice.Keep{For: period(t, "P2M"), Bound: notice.AtMost}, "2027-01-20"},
		{notice.Keep{For: period(t, "P2M"), Bound: notice.AtLeast}, "2027-01-21"},
		{notice.Keep{For: period(t, "P2Y"), Bound: notice.AtMost}, "2028-11-20"},
		{notice.Keep{For: period(t, "P1D"), Bound: notice.AtMost}, "2026-11-21"},
	} {
		if got := c.keep.LastDay(closed, loc); got != c.want {
			t.Errorf("%s %s: last day %s, want %s", c.keep.For, c.keep.Bound, got, c.want)
		}
	}
}

func TestADayIsTheAuthoritysDay(t *testing.T) {
	loc := helsinki(t)
	keep := notice.Keep{For: period(t, "P2M"), Bound: notice.AtMost}
	lateInUTC := time.Date(2026, 11, 20, 22, 30, 0, 0, time.UTC) // 00:30 on the 21st in Helsinki
	if got := keep.LastDay(lateInUTC, loc); got != "2027-01-20" {
		t.Errorf("last day %s, want the one counted from Helsinki's date", got)
	}
}

func TestADayEndsAt24LocalTimeAlsoWhenTheClocksChange(t *testing.T) {
	loc := helsinki(t)
	for day, hours := range map[notice.Day]float64{"2026-03-29": 23, "2026-10-25": 25, "2026-11-21": 24} {
		if got := day.End(loc).Sub(day.Start(loc)).Hours(); got != hours {
			t.Errorf("%s has %v hours, want %v", day, got, hours)
		}
		if next := notice.DayOf(day.End(loc), loc); next != day.AddDays(1) {
			t.Errorf("after the end of %s comes %s", day, next)
		}
		if last := notice.DayOf(day.End(loc).Add(-time.Millisecond), loc); last != day {
			t.Errorf("the last millisecond of %s belongs to %s", day, last)
		}
	}
}

func TestDaysOfTheCalendarOnly(t *testing.T) {
	for _, s := range []string{"2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01T00:00:00Z", "", "tomorrow"} {
		if d, err := notice.ParseDay(s); err == nil {
			t.Errorf("%q is taken for the day %s", s, d)
		}
	}
}

func anyPeriod(t *rapid.T, label string) notice.Period {
	p := notice.Period{
		Years:  rapid.IntRange(0, 30).Draw(t, label+".years"),
		Months: rapid.IntRange(0, 30).Draw(t, label+".months"),
		Weeks:  rapid.IntRange(0, 60).Draw(t, label+".weeks"),
		Days:   rapid.IntRange(0, 800).Draw(t, label+".days"),
	}
	if p.Zero() {
		p.Days = 1
	}
	return p
}

func anyInstant(t *rapid.T) time.Time {
	return time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "unix seconds"), 0)
}

// Two ways of reckoning must agree: the day after a clamped month is never in the month after next.
func TestAddingMonthsNeverSkipsAMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := notice.DayOf(anyInstant(t), time.UTC)
		months := rapid.IntRange(0, 400).Draw(t, "months")
		y, m, d := from.Date()
		gy, gm, gd := from.Add(notice.Period{Months: months}).Date()
		if want := y*12 + int(m) + months; gy*12+int(gm) != want {
			t.Fatalf("%s + %d months fell into month %d, want %d", from, months, gy*12+int(gm), want)
		}
		if gd > d {
			t.Fatalf("%s + %d months moved to a later day of the month", from, months)
		}
	})
}

// At most: at the moment of destruction the period has not been exceeded, whatever the time of day.
func TestAtMostNeverKeepsLongerThanThePeriod(t *testing.T) { // S3-3, S4-10
	loc := helsinki(t)
	rapid.Check(t, func(t *rapid.T) {
		from, p := anyInstant(t), anyPeriod(t, "keep")
		keep := notice.Keep{For: p, Bound: notice.AtMost}
		full := notice.DayOf(from, loc).Add(p) // the day on which the period is full
		if end := keep.LastDay(from, loc).End(loc); end.After(full.Start(loc)) {
			t.Fatalf("kept until %s, but %s is full on %s", end, p, full)
		}
	})
}

func TestAtLeastNeverKeepsShorterThanThePeriod(t *testing.T) {
	loc := helsinki(t)
	rapid.Check(t, func(t *rapid.T) {
		from, p := anyInstant(t), anyPeriod(t, "keep")
		keep := notice.Keep{For: p, Bound: notice.AtLeast}
		local := from.In(loc)
		full := notice.DayOf(from, loc).Add(p).Start(loc).Add(local.Sub(notice.DayOf(from, loc).Start(loc)))
		if end := keep.LastDay(from, loc).End(loc); end.Before(full.Add(-2 * time.Hour)) { // DST may take an hour of the day
			t.Fatalf("destroyed at %s, before %s is full at %s", end, p, full)
		}
	})
}

func TestAddIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := notice.DayOf(anyInstant(t), time.UTC)
		b := a.AddDays(rapid.IntRange(0, 500).Draw(t, "later"))
		p := anyPeriod(t, "p")
		if b.Add(p).Before(a.Add(p)) {
			t.Fatalf("%s is before %s, but not after adding %s", a, b, p)
		}
	})
}

func TestPeriodsSurviveWriting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPeriod(t, "p")
		back, err := notice.ParsePeriod(p.String())
		if err != nil || back != p {
			t.Fatalf("%+v is written as %s and read as %+v (%v)", p, p, back, err)
		}
	})
}

func TestLongerComparesByTheCalendar(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"P2M", "P1M", true}, {"P1M", "P1M", false}, {"P1M", "P31D", false}, {"P32D", "P1M", true}, {"P1Y", "P12M", false}, {"P13M", "P1Y", true}} {
		if got := period(t, c.a).Longer(period(t, c.b)); got != c.want {
			t.Errorf("%s longer than %s: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestAHoldNeverReachesBeyondItsCap(t *testing.T) { // S1-37
	loc := helsinki(t)
	h := notice.Hold{For: period(t, "P3Y")}
	if got := h.LastDay(time.Date(2026, 11, 21, 9, 0, 0, 0, loc), loc); got != "2029-11-20" {
		t.Errorf("last day %s", got)
	}
}
