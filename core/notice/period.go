package notice

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Period is a length in calendar units, written as in ISO 8601: P2M, P1Y6M, P2W, P30D.
// It has no hours: two months are not a number of seconds.
type Period struct{ Years, Months, Weeks, Days int }

var periodForm = regexp.MustCompile(`^P(?:([0-9]{1,3})Y)?(?:([0-9]{1,3})M)?(?:([0-9]{1,3})W)?(?:([0-9]{1,4})D)?$`)

// ParsePeriod reads an ISO 8601 period of years, months, weeks and days. Zero is not a period.
func ParsePeriod(s string) (Period, error) {
	m := periodForm.FindStringSubmatch(s)
	if m == nil {
		return Period{}, fmt.Errorf("%q is not a period like P2M, P2Y or P30D", s)
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1]) // an absent unit is zero
	}
	p := Period{n[0], n[1], n[2], n[3]}
	if p.Zero() {
		return Period{}, fmt.Errorf("%q has no length", s)
	}
	return p, nil
}

// Zero tells whether the period has no length.
func (p Period) Zero() bool { return p == Period{} }

// String writes the period as ISO 8601; the zero period is "P0D".
func (p Period) String() string {
	if p.Zero() {
		return "P0D"
	}
	var b strings.Builder
	b.WriteByte('P')
	for _, u := range []struct {
		n    int
		unit byte
	}{{p.Years, 'Y'}, {p.Months, 'M'}, {p.Weeks, 'W'}, {p.Days, 'D'}} {
		if u.n != 0 {
			fmt.Fprintf(&b, "%d%c", u.n, u.unit)
		}
	}
	return b.String()
}

// Longer tells whether p can end later than q when both begin on the same day.
func (p Period) Longer(q Period) bool {
	for _, d := range []Day{"2026-01-31", "2027-12-31", "2028-02-29", "2026-07-01"} {
		if d.Add(p) > d.Add(q) {
			return true
		}
	}
	return false
}
