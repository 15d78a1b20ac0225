package queue

import (
	"cmp"
	"slices"
	"time"

	"luukku/desk/service"
)

// waiter is a contact that waits in a queue whose contacts are offered. since is unix milliseconds.
type waiter struct {
	contact, service, lang string
	rank, since            int64
}

// seat is an adviser who is available: present, with their commitment on record.
type seat struct {
	staff          string
	grants         []string // services; "" is every one
	languages      []string
	services       []string // in which they are offered contacts; none is all that their grants reach
	capacity, load int
	idle           int64 // since when nothing has happened in their contacts, unix milliseconds
	offered        bool  // something is offered to them now
}

func (s seat) serves(service string) bool {
	return (slices.Contains(s.grants, "") || slices.Contains(s.grants, service)) &&
		(len(s.services) == 0 || slices.Contains(s.services, service))
}

func (s seat) speaks(lang string) bool { return slices.Contains(s.languages, lang) }

func (s seat) free() bool { return !s.offered && s.load < s.capacity }

// before orders advisers: the least loaded for what they can have, then who has been idle longest.
// Ids make it the same on every node.
func (s seat) before(o seat) bool {
	return cmp.Or(cmp.Compare(s.load*o.capacity, o.load*s.capacity), cmp.Compare(s.idle, o.idle), cmp.Compare(s.staff, o.staff)) < 0
}

// pair is a contact for an adviser.
type pair struct {
	contact, staff string
	until          int64
}

// match gives those who wait, from the head of all queues, to the seats that suit them best. One for
// whom there is nobody keeps their place, and those behind are looked at. It changes seats.
func match(waiting []waiter, seats []seat, routing func(string) service.Routing, now time.Time) []pair {
	var out []pair
	slices.SortFunc(waiting, func(a, b waiter) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.since, b.since), cmp.Compare(a.contact, b.contact))
	})
	for _, w := range waiting {
		r := routing(w.service)
		if best := choose(w, seats, r, now); best != nil {
			best.offered = true
			out = append(out, pair{w.contact, best.staff, now.Add(r.OfferFor()).UnixMilli()})
		}
	}
	return out
}

// choose is the seat for one who waits, nil if there is none. Those without the language are asked only
// when nobody with it is available, not even one with full hands, and the wait has lasted.
func choose(w waiter, seats []seat, r service.Routing, now time.Time) *seat {
	skilled := slices.ContainsFunc(seats, func(s seat) bool { return s.serves(w.service) && s.speaks(w.lang) })
	anyone := !skilled && r.Widen > 0 && now.UnixMilli()-w.since >= r.Widen.Milliseconds()
	var best *seat
	for i := range seats {
		s := &seats[i]
		if s.serves(w.service) && s.free() && (anyone || s.speaks(w.lang)) && (best == nil || s.before(*best)) {
			best = s
		}
	}
	return best
}
