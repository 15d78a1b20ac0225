package service

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"luukku/core/notice"
	"luukku/fault"
)

var (
	idForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,63}$`)
)

// Check refuses, before anything is written, what Put would refuse: fault.Invalid on the field.
func (s Service) Check() error {
	_, hours := sortedHours(s.Hours)
	_, holidays := sortedHolidays(s.Holidays)
	_, origins := sortedOrigins(s.Origins)
	return cmp.Or(s.check(), hours, holidays, origins)
}

// check refuses a service that could not be shown or reached. It returns fault.Invalid on the field.
func (s Service) check() error {
	switch {
	case !idForm.MatchString(s.ID):
		return fault.New(fault.Invalid, "service-id").On("id")
	case s.Notice == "":
		return fault.New(fault.Invalid, "service-notice").On("notice")
	case whole(s.Name) != nil:
		return fault.New(fault.Invalid, "text-in-every-language").On("name")
	case len(s.Languages) == 0 || !known(s.Languages):
		return fault.New(fault.Invalid, "service-languages").On("languages")
	}
	seen := map[string]bool{}
	for _, t := range s.Topics {
		if !idForm.MatchString(t.ID) || seen[t.ID] || whole(t.Name) != nil {
			return fault.New(fault.Invalid, "service-topic").On("topics")
		}
		seen[t.ID] = true
	}
	return nil
}

func known(languages []string) bool {
	for i, l := range languages {
		if !slices.Contains(notice.Languages(), l) || slices.Contains(languages[:i], l) {
			return false
		}
	}
	return true
}

// whole refuses a text that a speaker of one of the three languages could not read, or that is too
// long to be shown.
func whole(t notice.Text) error {
	for _, lang := range notice.Languages() {
		if text := t.In(lang); strings.TrimSpace(text) == "" || len(text) > 2000 {
			return fault.New(fault.Invalid, "text-in-every-language")
		}
	}
	return nil
}

// sortedHours refuses spans outside a day and returns them by weekday and opening.
func sortedHours(spans []Span) ([]Span, error) {
	for _, s := range spans {
		if s.Weekday < time.Sunday || s.Weekday > time.Saturday || !within(s.Opens, s.Closes) || s.Opens == s.Closes {
			return nil, fault.New(fault.Invalid, "service-hours").On("hours")
		}
	}
	out := slices.Clone(spans)
	slices.SortFunc(out, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Opens, b.Opens), cmp.Compare(a.Closes, b.Closes))
	})
	return out, nil
}

// sortedHolidays refuses days that the calendar does not have and days named twice.
func sortedHolidays(days []Holiday) ([]Holiday, error) {
	out := slices.Clone(days)
	slices.SortFunc(out, func(a, b Holiday) int { return cmp.Compare(a.Day, b.Day) })
	for i, h := range out {
		_, err := notice.ParseDay(string(h.Day))
		if err != nil || !within(h.Opens, h.Closes) || i > 0 && out[i-1].Day == h.Day {
			return nil, fault.New(fault.Invalid, "service-holiday").On("holidays")
		}
	}
	return out, nil
}

func within(opens, closes int) bool { return 0 <= opens && opens <= closes && closes <= 24*60 }
