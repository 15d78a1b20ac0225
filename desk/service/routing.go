package service

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"luukku/core/ledger"
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

func (r Routing) row() routingRow {
	return routingRow{r.Push, int64(r.Offer / time.Second), int64(r.Widen / time.Second), r.Warn.Waiting, int64(r.Warn.Wait / time.Second), r.Warn.Nobody}
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
func (s *Services) SetRouting(ctx context.Context, tx *store.Tx, pen ledger.Pen, id string, r Routing) error {
	return s.change(ctx, tx, pen, id, PartRouting, func(one *Service) error {
		one.Routing = r
		if !known(r.Push) || slices.ContainsFunc(r.Push, func(l string) bool { return !one.Serves(l) }) {
			return fault.New(fault.Invalid, "service-languages").On("push")
		}
		return r.check()
	})
}

// check holds each number to its bounds.
func (r Routing) check() error {
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
	return nil
}

// facts tell what differs from the program's own way; zero tells nothing.
func (r Routing) facts() []ledger.Fact {
	out := each("push", r.Push)
	if r.Offer != 0 {
		out = append(out, ledger.Fact{Field: "offer", Value: seconded(r.Offer)})
	}
	for _, one := range []struct {
		field string
		is    bool
		value string
	}{{"widen", r.Widen > 0, seconded(r.Widen)}, {"warn-waiting", r.Warn.Waiting > 0, strconv.Itoa(r.Warn.Waiting)}, {"warn-wait", r.Warn.Wait > 0, seconded(r.Warn.Wait)}, {"warn-nobody", r.Warn.Nobody, yes}} {
		if one.is {
			out = append(out, ledger.Fact{Field: one.field, Value: one.value})
		}
	}
	return out
}

// seconded writes whole seconds; a page words them.
func seconded(d time.Duration) string { return strconv.FormatInt(int64(d/time.Second), 10) }
