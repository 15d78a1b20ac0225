package review

import (
	"context"
	"strings"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

const (
	samplePrefix   = "sa_"
	trainingPrefix = "tr_"
)

// State is where a drawn contact stands.
type State string

// The states. What is gone does not open: its time has passed, it was erased, or its use is restricted.
const (
	Open   State = "open"
	Marked State = "marked"
	Gone   State = "gone"
)

// Sample is what was drawn for one reviewer.
type Sample struct {
	ID, Service, Purpose string
	DrawnAt              int64      // unix milliseconds
	LastDay              notice.Day // on which it can be seen
	Items                []Item
}

// Item is one drawn contact. Its id stays on the server.
type Item struct {
	No       int64
	State    State
	Training string // id of the example that was made of it, "" if none
	LastDay  notice.Day

	contact string
}

// Samples are those of caller that have not ended, newest first. Nothing is opened.
func (r *Reviews) Samples(ctx context.Context, caller access.Caller) (out []Sample, err error) {
	err = r.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		all, err := store.Select(ctx, tx, qSamplesOf, func(scan func(...any) error) (s Sample, err error) {
			return s, scan(&s.ID, &s.Service, &s.Purpose, &s.DrawnAt)
		}, caller.Authority, caller.ID)
		if err != nil {
			return err
		}
		for _, s := range all {
			if err := r.fill(ctx, tx, caller.Authority, &s); err != nil {
				return err
			}
			if s.LastDay >= r.today(caller.Authority) {
				out = append(out, s)
			}
		}
		return nil
	})
	return out, err
}

// Sample is one of caller's. Errors: fault.NotFound "sample-not-found", also for another reviewer's;
// fault.Gone "sample-ended".
func (r *Reviews) Sample(ctx context.Context, caller access.Caller, id string) (s Sample, err error) {
	err = r.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		s, err = r.sample(ctx, tx, caller, id)
		return err
	})
	return s, err
}

func (r *Reviews) sample(ctx context.Context, tx *store.Tx, caller access.Caller, id string) (Sample, error) {
	s := Sample{ID: id}
	err := tx.Row(ctx, qSample, caller.Authority, id, caller.ID).Scan(&s.Service, &s.Purpose, &s.DrawnAt)
	if fault.Is(err, fault.NotFound) {
		return s, fault.New(fault.NotFound, "sample-not-found")
	}
	if err == nil {
		err = r.fill(ctx, tx, caller.Authority, &s)
	}
	if err == nil && s.LastDay < r.today(caller.Authority) {
		err = fault.New(fault.Gone, "sample-ended")
	}
	return s, err
}

// fill adds what was drawn and until when each can be seen.
func (r *Reviews) fill(ctx context.Context, tx *store.Tx, authority string, s *Sample) (err error) {
	if s.LastDay, err = r.lastDay(ctx, tx, authority, s.ID); err != nil {
		return err
	}
	s.Items, err = store.Select(ctx, tx, qItems, func(scan func(...any) error) (i Item, err error) {
		return i, scan(&i.No, &i.contact, &i.State, &i.Training)
	}, authority, s.ID)
	for i := range s.Items {
		if err == nil {
			err = r.see(ctx, tx, authority, s, &s.Items[i])
		}
	}
	return err
}

// see notes that an item does not open any more, or until when it does: its own end or the sample's.
func (r *Reviews) see(ctx context.Context, tx *store.Tx, authority string, s *Sample, i *Item) error {
	i.LastDay = s.LastDay
	if i.contact == "" {
		i.State = Gone
		return nil
	}
	_, last, ok, err := r.living(ctx, tx, authority, i.contact)
	if !ok {
		i.State, i.contact = Gone, ""
	} else if last < i.LastDay {
		i.LastDay = last
	}
	return err
}

// lastDay is the last day of a sample, "" for one whose record is gone.
func (r *Reviews) lastDay(ctx context.Context, tx *store.Tx, authority, sample string) (notice.Day, error) {
	lives, err := r.o.Vault.LifeOf(ctx, tx, authority, Type, sample)
	if err != nil || len(lives) == 0 {
		return "", err
	}
	return lives[0].LastDay, nil
}

// Sampled tells whether a contact lies in a sample of caller's that has not ended, or is an example of
// training. It is what contact tells the gate; the notice decides for which role and purpose it opens.
func (r *Reviews) Sampled(ctx context.Context, tx *store.Tx, caller access.Caller, id, sample string) (bool, error) {
	if caller.Kind != access.Staff {
		return false, nil
	}
	if strings.HasPrefix(sample, trainingPrefix) {
		one, err := example(ctx, tx, caller.Authority, sample)
		if fault.Is(err, fault.NotFound) {
			return false, nil
		}
		return err == nil && one.contact == id, err
	}
	last, err := r.lastDay(ctx, tx, caller.Authority, sample)
	if err != nil || last < r.today(caller.Authority) {
		return false, err
	}
	var n int64
	err = tx.Row(ctx, qHolds, caller.Authority, sample, caller.ID, id).Scan(&n)
	return n > 0, err
}
