package service

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"luukku/fault"
	"luukku/store"
)

// Routing is how the queues of a service reach advisers, and when its lead is warned.
type Routing struct {
	Push  []string      // languages whose queues are offered to advisers; the others are taken by hand
	Offer time.Duration // how long one adviser is offered a contact before the next is; 0 is OfferFor's own
	// Widen is after how long a wait a contact is offered to advisers without its language, if nobody
	// with it is present; 0 is never.
	Widen time.Duration
	Warn  Warn
}

// Warn are the thresholds over which a lead is warned; zero values never warn.
type Warn struct {
	Waiting int           // so many wait
	Wait    time.Duration // somebody has waited so long
	Nobody  bool          // the service is open and no adviser is present
}

// The bounds of what a lead sets.
const (
	offerDefault   = 30 * time.Second
	OfferLeast     = 10 * time.Second
	OfferMost      = 2 * time.Minute
	WidenMost      = time.Hour
	WarnWaitMost   = 2 * time.Hour
	WarnWaitingMax = 1000
)

// OfferFor is how long one adviser is offered a contact.
func (r Routing) OfferFor() time.Duration { return cmp.Or(r.Offer, offerDefault) }

// Pushes tells whether the queue in lang is offered to advisers.
func (r Routing) Pushes(lang string) bool { return slices.Contains(r.Push, lang) }

// routingRow is a routing in its column; durations are whole seconds.
type routingRow struct {
	Push        []string `json:"push,omitempty"`
	OfferS      int64    `json:"offer_s,omitempty"`
	WidenS      int64    `json:"widen_s,omitempty"`
	WarnWaiting int      `json:"warn_waiting,omitempty"`
	WarnWaitS   int64    `json:"warn_wait_s,omitempty"`
	WarnNobody  bool     `json:"warn_nobody,omitempty"`
}

func (r *Routing) scan(text string) error {
	var row routingRow
	err := fromJSON(text, &row)
	*r = Routing{Push: row.Push, Offer: seconds(row.OfferS), Widen: seconds(row.WidenS),
		Warn: Warn{Waiting: row.WarnWaiting, Wait: seconds(row.WarnWaitS), Nobody: row.WarnNobody}}
	return err
}

func seconds(s int64) time.Duration { return time.Duration(s) * time.Second }

// SetRouting replaces how a service's queues are given out and when its lead is warned. Errors:
// fault.Invalid on push ("service-languages"), offer_s, widen_s, warn_waiting and warn_wait_s
// ("number-range"); fault.NotFound "service-not-found".
func (s *Services) SetRouting(ctx context.Context, tx *store.Tx, authority string, one Service, r Routing) error {
	if !known(r.Push) || slices.ContainsFunc(r.Push, func(l string) bool { return !one.Serves(l) }) {
		return fault.New(fault.Invalid, "service-languages").On("push")
	}
	for _, n := range []struct {
		field             string
		value, least, top int64
	}{
		{"offer_s", int64(r.Offer / time.Second), int64(OfferLeast / time.Second), int64(OfferMost / time.Second)},
		{"widen_s", int64(r.Widen / time.Second), 0, int64(WidenMost / time.Second)},
		{"warn_waiting", int64(r.Warn.Waiting), 0, WarnWaitingMax},
		{"warn_wait_s", int64(r.Warn.Wait / time.Second), 0, int64(WarnWaitMost / time.Second)},
	} {
		if n.value < n.least || n.value > n.top {
			return fault.New(fault.Invalid, "number-range", "least", strconv.FormatInt(n.least, 10), "most", strconv.FormatInt(n.top, 10)).On(n.field)
		}
	}
	row := routingRow{r.Push, int64(r.Offer / time.Second), int64(r.Widen / time.Second), r.Warn.Waiting, int64(r.Warn.Wait / time.Second), r.Warn.Nobody}
	return s.set(ctx, tx, qRouting, authority, one.ID, asJSON(row))
}
