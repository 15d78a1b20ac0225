package keystore

import (
	"context"
	"errors"
	"slices"

	"luukku/fault"
)

// Stock counts ready, unassigned keys.
type Stock struct{ Day, Event int }

// TurnReport says what a turn did.
type TurnReport struct {
	NewStock   []string // ids of new day keys, in every store by now; empty while a store is unreachable
	NewEvents  []string // ids of new event keys, likewise
	Dropped    int      // keys that were there and are no more
	Generation int64    // to be noted in the database
	Alarms     []Alarm  // what stands after the turn; empty: no copy of any key file opens a dropped key
}

// Turn ends a day: it drops the day keys named, writes the rest and the journal under a new KEK in
// every store, destroys the old KEKs, and adds stock. An id that is not there is no error, so a
// turn may be repeated. Journal lines past their life end with it.
//
// Each store turns by itself. One that cannot be reached keeps its old KEK, raises an alarm, and
// catches up at the next turn; the turn holds if one store could be written, else it returns
// fault.Busy "keystore-unreachable" and nothing has changed for the program (a restart may find
// that it took place). It does network and disk I/O: never call it inside a transaction.
func (s *Set) Turn(ctx context.Context, drop []string, add Stock) (TurnReport, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.usable(); err != nil {
		return TurnReport{}, err
	}
	ctx = context.WithoutCancel(ctx) // a turn that began is not left half done because somebody hung up
	next, dropped := s.keys.now.without(drop)
	next.lines = prune(next.lines, s.o.Now())
	if err := s.turn(ctx, s.keys, next); err != nil {
		return TurnReport{Alarms: s.standing()}, err
	}
	report := TurnReport{Dropped: dropped}
	report.NewStock = s.restock(ctx, Day, add.Day)
	report.NewEvents = s.restock(ctx, Event, add.Event)
	return s.finish(report), nil
}

// TurnEvents drops the event keys named and writes the rest of their ring under new KEKs. Without
// anything to drop, to catch up with or to destroy it does nothing, so it may be called every minute.
func (s *Set) TurnEvents(ctx context.Context, drop []string) (TurnReport, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.usable(); err != nil {
		return TurnReport{}, err
	}
	next, dropped := s.events.now.without(drop)
	behind := slices.ContainsFunc(s.events.replicas, func(r *replica) bool { return r.file == nil || r.old })
	if dropped == 0 && !behind {
		return s.finish(TurnReport{}), nil
	}
	if err := s.turn(context.WithoutCancel(ctx), s.events, next); err != nil {
		return TurnReport{Alarms: s.standing()}, err
	}
	return s.finish(TurnReport{Dropped: dropped}), nil
}

// turn writes next whole in every store, and only then destroys KEKs.
func (s *Set) turn(ctx context.Context, r *ring, next state) error {
	next = s.stamp(r, next)
	var failed error
	for _, rep := range r.replicas {
		err := rep.rewrite(ctx, next)
		s.outcome(rep, err)
		failed = errors.Join(failed, err)
	}
	if !r.holds(next) {
		return fault.New(fault.Busy, "keystore-unreachable").Wrap(failed)
	}
	r.now = next
	s.publish()
	for _, rep := range r.replicas {
		if rep.gen != next.gen {
			rep.drop()
		}
		s.forget(ctx, rep)
	}
	return nil
}

// restock adds stock if every store can take it. If not, the alarm is standing already.
func (s *Set) restock(ctx context.Context, kind Kind, n int) []string {
	ids, err := s.addStock(ctx, kind, n)
	if err != nil {
		return nil
	}
	return ids
}

func (s *Set) finish(report TurnReport) TurnReport {
	report.Generation, report.Alarms = s.Snapshot().Generation(), s.standing()
	return report
}
