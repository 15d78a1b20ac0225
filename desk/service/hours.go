package service

import (
	"time"

	"luukku/core/notice"
)

// lookAhead is how many days are searched for the next opening: a year and a day, so that a service
// that opens on one day a year is found too.
const lookAhead = 367

// Opening tells how a service stands at one moment.
type Opening struct {
	Open     bool
	OpensAt  time.Time // the next opening by the hours; zero when open or none within a year
	ClosesAt time.Time // the end of the running opening; zero when closed
	Closure  *Closure  // set when it is closed by hand, whatever the hours say
}

// At tells how the service stands at t. A service without any hours is never open. Openings that
// touch, such as 8–16 and 16–20, or one until 24:00 and one from 00:00, are one opening.
func (s Service) At(t time.Time, loc *time.Location) Opening {
	if s.Closure != nil {
		return Opening{Closure: s.Closure}
	}
	day := notice.DayOf(t, loc)
	for range lookAhead {
		for _, o := range s.openings(day, loc) {
			switch {
			case t.Before(o.from):
				return Opening{OpensAt: o.from}
			case t.Before(o.to):
				return Opening{Open: true, ClosesAt: s.extend(day, o, loc)}
			}
		}
		day = day.AddDays(1)
	}
	return Opening{}
}

type opening struct{ from, to time.Time }

// openings of one day in ascending order, joined where they touch.
func (s Service) openings(day notice.Day, loc *time.Location) []opening {
	var out []opening
	for _, span := range s.spans(day) {
		o := opening{at(day, span.Opens, loc), at(day, span.Closes, loc)}
		if n := len(out); n > 0 && !o.from.After(out[n-1].to) {
			out[n-1].to = later(out[n-1].to, o.to)
			continue
		}
		out = append(out, o)
	}
	return out
}

// spans of one day: a holiday's own, otherwise the weekday's. They are kept sorted by the store.
func (s Service) spans(day notice.Day) []Span {
	for _, h := range s.Holidays {
		if h.Day != day {
			continue
		}
		if h.Opens == h.Closes {
			return nil
		}
		return []Span{{Opens: h.Opens, Closes: h.Closes}}
	}
	var out []Span
	weekday := day.Start(time.UTC).Weekday()
	for _, span := range s.Hours {
		if span.Weekday == weekday {
			out = append(out, span)
		}
	}
	return out
}

// extend follows an opening over midnight, for a service that does not close.
func (s Service) extend(day notice.Day, o opening, loc *time.Location) time.Time {
	for range lookAhead {
		if o.to.Before(day.End(loc)) {
			return o.to
		}
		day = day.AddDays(1)
		next := s.openings(day, loc)
		if len(next) == 0 || next[0].from.After(o.to) {
			return o.to
		}
		o = next[0]
	}
	return time.Time{} // it never closes
}

// at is the instant when clocks on the wall show that minute, on days of summer time's change too.
func at(day notice.Day, minute int, loc *time.Location) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, minute, 0, 0, loc)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
