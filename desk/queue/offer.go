package queue

import (
	"context"
	"strings"
	"time"

	"luukku/core/notice"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

// Capacity is how many contacts an adviser is offered at once until their lead has said otherwise.
const Capacity = 5

// ahead is how many of one queue are looked at in a round.
const ahead = 50

// Round is what a round of offers did: whether boards have changed, and when to come again at the
// latest (zero: when something changes).
type Round struct {
	Changed bool
	Next    time.Time
}

// Offer offers those who wait in the queues whose lead has chosen so to the advisers who are available,
// one to each, and takes back what nobody took in time: whoever let an offer pass is away from then on,
// and the contact, which has kept its place, is offered to the next. Call it whenever a queue, a load or
// a presence has changed, on any node: one lock orders the rounds of an authority. Nothing is opened; who
// takes what is offered takes it as any other contact, and their reading is recorded then.
func (q *Queue) Offer(ctx context.Context, authority string) (Round, error) {
	all, err := q.services.List(ctx, authority)
	if err != nil || !pushes(all) {
		return Round{}, err
	}
	var out Round
	err = q.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		out = Round{}
		for _, lock := range []store.Query{qRollBegin, qRoll} {
			if _, err := tx.Exec(ctx, lock, authority); err != nil {
				return err
			}
		}
		now := q.now()
		back, err := q.takeBack(ctx, tx, authority, now)
		if err != nil {
			return err
		}
		made, err := q.offer(ctx, tx, authority, all, now)
		if err != nil {
			return err
		}
		var next int64
		err = tx.Row(ctx, qOfferNext, authority).Scan(&next)
		if next > 0 {
			out.Next = time.UnixMilli(next)
		}
		out.Changed = back || made
		return err
	})
	return out, err
}

func pushes(all []service.Service) bool {
	for _, s := range all {
		if len(s.Routing.Push) > 0 {
			return true
		}
	}
	return false
}

// takeBack ends offers whose time is over, whose adviser is not available any more, or whose contact
// does not wait any more.
func (q *Queue) takeBack(ctx context.Context, tx *store.Tx, authority string, now time.Time) (bool, error) {
	at := now.UnixMilli()
	passed, err := store.Select(ctx, tx, qOffersPassed, func(scan func(...any) error) (staff string, err error) {
		return staff, scan(&staff)
	}, authority, at)
	if err != nil {
		return false, err
	}
	for _, staff := range passed {
		if _, err := tx.Exec(ctx, qAwayAfterOffer, at, authority, staff); err != nil {
			return false, err
		}
	}
	n, err := tx.Exec(ctx, qOffersBack, authority, at, now.Add(-quiet).UnixMilli())
	return n > 0, err
}

// offer makes the offers of a round.
func (q *Queue) offer(ctx context.Context, tx *store.Tx, authority string, all []service.Service, now time.Time) (bool, error) {
	waiting, err := waiters(ctx, tx, authority, all)
	if err != nil || len(waiting) == 0 {
		return false, err
	}
	seats, err := seatsOf(ctx, tx, authority, now)
	if err != nil {
		return false, err
	}
	routing := map[string]service.Routing{}
	for _, s := range all {
		routing[s.ID] = s.Routing
	}
	made := false
	for _, p := range match(waiting, seats, func(id string) service.Routing { return routing[id] }, now) {
		ok, err := q.reserve(ctx, tx, authority, p, now)
		if err != nil {
			return made, err
		}
		made = made || ok
	}
	return made, nil
}

// waiters are those who wait and are offered to nobody, in every queue that is offered.
func waiters(ctx context.Context, tx *store.Tx, authority string, all []service.Service) (out []waiter, err error) {
	for _, s := range all {
		for _, lang := range s.Routing.Push {
			err := tx.Each(ctx, qOfferWaiting, func(scan func(...any) error) error {
				w := waiter{service: s.ID, lang: lang}
				err := scan(&w.contact, &w.rank, &w.since)
				out = append(out, w)
				return err
			}, authority, s.ID, lang, ahead)
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// seatsOf are the advisers who are available: they say so, and there was a sign of life within a minute.
func seatsOf(ctx context.Context, tx *store.Tx, authority string, now time.Time) (out []seat, err error) {
	at := now.UnixMilli()
	err = tx.Each(ctx, qSeats, func(scan func(...any) error) error {
		var s seat
		var grant, languages, services string
		var offered int
		if err := scan(&s.staff, &grant, &languages, &services, &s.capacity, &s.load, &s.idle, &offered); err != nil {
			return err
		}
		if len(out) == 0 || out[len(out)-1].staff != s.staff {
			s.languages, s.services, s.capacity = skill(languages, services, s.capacity)
			s.offered = offered > 0
			out = append(out, s)
		}
		last := &out[len(out)-1]
		last.grants = append(last.grants, grant)
		return nil
	}, authority, now.Add(-quiet).UnixMilli(), at, at)
	return out, err
}

// skill reads what an adviser is offered; where nothing was set, everything.
func skill(languages, services string, capacity int) ([]string, []string, int) {
	if capacity == 0 {
		return notice.Languages(), nil, Capacity
	}
	split := func(list string) []string {
		return strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
	}
	return split(languages), split(services), capacity
}

// reserve writes one offer unless the adviser has left, or the contact has been taken, in between. Both
// rows are locked: whoever leaves after it takes the offer back in their own transaction.
func (q *Queue) reserve(ctx context.Context, tx *store.Tx, authority string, p pair, now time.Time) (bool, error) {
	var id string
	var state Presence
	var seen int64
	err := tx.Row(ctx, qOfferLock, authority, p.contact).Scan(&id)
	if err == nil {
		err = tx.Row(ctx, qPresenceLock, authority, p.staff).Scan(&state, &seen)
	}
	if fault.Is(err, fault.NotFound) || err == nil && (state != Present || seen < now.Add(-quiet).UnixMilli()) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	n, err := tx.Exec(ctx, qOfferAdd, authority, p.contact, p.staff, p.until)
	return n == 1, err
}

// Unoffer ends the offer of a contact that has been taken or has ended, in its transaction.
func (q *Queue) Unoffer(ctx context.Context, tx *store.Tx, authority, contact string) error {
	_, err := tx.Exec(ctx, qOfferDrop, authority, contact)
	return err
}
