package notice

import "time"

// Bound says to which side a retention rounds to whole days.
type Bound string

// The bounds.
const (
	AtMost  Bound = "at_most"  // "only", "at most": destroyed before the time is full
	AtLeast Bound = "at_least" // kept until the time is full
)

// Keep is how long a group lives.
type Keep struct {
	For   Period // from From; with Until the cap
	Bound Bound
	From  string // the event that it counts from: "contact.closed"
	Until string // an event that ends it earlier: "appointment.ended"
	Law   []string
}

// LastDay is the last calendar day in loc on which a group may be opened that counts from the
// instant from; its key is destroyed at 24:00 of that day. At most rounds down: closed on
// 2026-11-21 and P2M give 2027-01-20; at least gives 2027-01-21. X-2, S3-2, S4-10.
func (k Keep) LastDay(from time.Time, loc *time.Location) Day {
	return lastDay(DayOf(from, loc), k.For, k.Bound)
}

func lastDay(from Day, p Period, b Bound) Day {
	last := from.Add(p)
	if b == AtLeast {
		return last
	}
	return last.AddDays(-1)
}

// Hold is a declared reason to keep a record of a group longer, with the latest day it can reach.
type Hold struct {
	ID   string
	For  Period // the cap, counted from From and never from the day of the hold (S1-37)
	From string
	Law  []string
	Name Text
}

// LastDay is the cap as a day: a hold never reaches beyond it, whenever it was placed.
func (h Hold) LastDay(from time.Time, loc *time.Location) Day {
	return lastDay(DayOf(from, loc), h.For, AtMost)
}
