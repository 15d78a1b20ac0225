package web

import (
	"fmt"
	"time"

	"luukku/core/notice"
	"luukku/desk/service"
	"luukku/web/pages"
)

// clock writes a time of day as the language does: 9.00 in Finnish and Swedish, 9:00 in English.
func (v *Visit) clock(t time.Time) string {
	local := t.In(v.Authority.Zone)
	return v.minute(local.Hour()*60 + local.Minute())
}

func (v *Visit) minute(m int) string {
	sign := "."
	if v.lang() == "en" {
		sign = ":"
	}
	return fmt.Sprintf("%d%s%02d", m/60, sign, m%60)
}

// dayOf names a day: its weekday and date.
func (v *Visit) dayOf(t time.Time) string {
	local := t.In(v.Authority.Zone)
	return v.text().Get(fmt.Sprintf("on-weekday-%d", local.Weekday()), nil) + " " + notice.DayIn(notice.DayOf(t, v.Authority.Zone), v.lang())
}

// span writes an opening, 9.00–16.00, and a whole day as such.
func (v *Visit) span(opens, closes int) string {
	if opens == 0 && closes == 24*60 {
		return v.text().Get("page-all-day", nil)
	}
	return v.minute(opens) + "–" + v.minute(closes)
}

// weekRows are the weekly hours from Monday on; a day without any is closed.
func (v *Visit) weekRows(hours []service.Span) []pages.Row {
	if len(hours) == 0 {
		return nil
	}
	var rows []pages.Row
	for i := range 7 {
		day := time.Weekday((i + 1) % 7)
		row := pages.Row{Name: v.text().Get(fmt.Sprintf("weekday-%d", day), nil)}
		for _, h := range hours {
			if h.Weekday != day {
				continue
			}
			if row.Value != "" {
				row.Value += ", "
			}
			row.Value += v.span(h.Opens, h.Closes)
		}
		if row.Value == "" {
			row.Value = v.text().Get("page-closed-day", nil)
		}
		rows = append(rows, row)
	}
	return rows
}

// exceptionRows are the exceptional days of the next 60 days.
func (v *Visit) exceptionRows(days []service.Holiday, today notice.Day) []pages.Row {
	var rows []pages.Row
	for _, h := range days {
		if h.Day.Before(today) || h.Day.After(today.AddDays(60)) {
			continue
		}
		value := v.text().Get("page-closed-day", nil)
		if h.Opens != h.Closes {
			value = v.span(h.Opens, h.Closes)
		}
		name := notice.DayIn(h.Day, v.lang())
		if !h.Name.Empty() {
			name += " (" + v.in(h.Name) + ")"
		}
		rows = append(rows, pages.Row{Name: name, Value: value})
	}
	return rows
}
