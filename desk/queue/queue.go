// Package queue tells who waits, how long, and who is there to answer, and offers who waits to them. It
// promises that nobody is told a time of waiting unless at least twenty contacts of the last hour support
// it, that what it counts for that holds no identifier, and that of those who wait none is offered to two
// advisers, and no adviser two of them, whatever happens at the same moment.
package queue

import (
	"context"
	_ "embed"
	"time"

	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries         = store.MustQueries(queryText)
	qLength         = queries.Get("length")
	qAhead          = queries.Get("ahead")
	qOrder          = queries.Get("order")
	qCountTaken     = queries.Get("count-taken")
	qTakenSince     = queries.Get("taken-since")
	qForgetCounts   = queries.Get("forget-counts")
	qForgetPresence = queries.Get("forget-presence")
	qAlive          = queries.Get("alive")
	qSay            = queries.Get("say")
	qIsPresent      = queries.Get("is-present")
	qMine           = queries.Get("board-mine")
	qActive         = queries.Get("board-active")
	qWaiting        = queries.Get("board-waiting")
	qStaff          = queries.Get("board-staff")
	qServes         = queries.Get("board-serves")
	qRollBegin      = queries.Get("roll-begin")
	qRoll           = queries.Get("roll")
	qOffersPassed   = queries.Get("offers-passed")
	qAwayAfterOffer = queries.Get("away-after-offer")
	qOffersBack     = queries.Get("offers-back")
	qOfferNext      = queries.Get("offer-next")
	qOfferWaiting   = queries.Get("offer-waiting")
	qSeats          = queries.Get("seats")
	qOfferLock      = queries.Get("offer-lock")
	qPresenceLock   = queries.Get("presence-lock")
	qOfferAdd       = queries.Get("offer-add")
	qOfferDrop      = queries.Get("offer-drop")
	qDecline        = queries.Get("offer-decline")
)

// Enough is how many contacts of the last hour an estimate needs.
const Enough = 20

// Queue is the queues of all authorities. Safe for concurrent use.
type Queue struct {
	db       *store.DB
	services *service.Services
	now      func() time.Time
}

// New returns the queues. Now is the program's accepted time.
func New(db *store.DB, services *service.Services, now func() time.Time) (*Queue, error) {
	if db == nil || services == nil || now == nil {
		return nil, fault.New(fault.Internal, "queue-options")
	}
	return &Queue{db, services, now}, nil
}

// Place is where a contact stands.
type Place struct {
	Position        int // from 1
	EstimateMinutes int // 0: not told
}

// Length is how many wait in a queue.
func (q *Queue) Length(ctx context.Context, tx *store.Tx, authority, service, lang string) (n int64, err error) {
	return n, tx.Row(ctx, qLength, authority, service, lang).Scan(&n)
}

// PlaceOf tells where one contact stands that waits, in two statements. Rank and queued are the
// contact's own.
func (q *Queue) PlaceOf(ctx context.Context, authority, service, lang, contact string, rank, queued int64) (Place, error) {
	var out Place
	err := q.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		pace, err := q.pace(ctx, tx, authority, service, lang)
		if err != nil {
			return err
		}
		var ahead int
		err = tx.Row(ctx, qAhead, authority, service, lang, rank, queued, contact).Scan(&ahead)
		out = Place{ahead + 1, pace.minutes(ahead + 1)}
		return err
	})
	return out, err
}

// Places tells where everyone who waits in a queue stands, in two statements.
func (q *Queue) Places(ctx context.Context, authority, service, lang string) (map[string]Place, error) {
	out := map[string]Place{}
	err := q.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		pace, err := q.pace(ctx, tx, authority, service, lang)
		if err != nil {
			return err
		}
		return tx.Each(ctx, qOrder, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			position := len(out) + 1
			out[id] = Place{position, pace.minutes(position)}
			return err
		}, authority, service, lang)
	})
	return out, err
}

// CountTaken counts a contact that has been taken for the first time, so that those who wait can be
// told how long it takes. Instants are unix milliseconds; place is where it began.
func (q *Queue) CountTaken(ctx context.Context, tx *store.Tx, authority, service, lang string, started, taken, place int64) error {
	minute := taken / time.Minute.Milliseconds()
	_, err := tx.Exec(ctx, qCountTaken, authority, service, lang, minute, max(taken-started, 0), max(place, 1))
	return err
}

// pace is how long the last hour's contacts waited for each place in the queue that they began at.
type pace struct{ taken, waitMS, places int64 }

func (q *Queue) pace(ctx context.Context, tx *store.Tx, authority, service, lang string) (p pace, err error) {
	since := q.now().Add(-time.Hour).UnixMilli() / time.Minute.Milliseconds()
	return p, tx.Row(ctx, qTakenSince, authority, service, lang, since).Scan(&p.taken, &p.waitMS, &p.places)
}

// minutes estimates a wait, rounded up, at least 1; 0 when too few support it.
func (p pace) minutes(position int) int {
	if p.taken < Enough || p.places == 0 {
		return 0
	}
	ms := p.waitMS * int64(position) / p.places
	return max(int((ms+time.Minute.Milliseconds()-1)/time.Minute.Milliseconds()), 1)
}

// Forget deletes counts older than an hour and presence older than a day.
func (q *Queue) Forget(ctx context.Context) error {
	return q.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		now := q.now()
		if _, err := tx.Exec(ctx, qForgetCounts, now.Add(-time.Hour).UnixMilli()/time.Minute.Milliseconds()); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, qForgetPresence, now.Add(-24*time.Hour).UnixMilli())
		return err
	})
}
