package contact

import (
	"context"
	"errors"
	"time"

	"luukku/fault"
	"luukku/store"
)

// due is a contact that time may have changed; whether it has is asked again by the update itself,
// so that a sweep on another node, or a message in between, makes no harm.
type due struct{ authority, id, adviser string }

// Sweep does what time does to contacts: it queues those whose adviser is gone or whose adviser's grant
// has run out, ends questions to colleagues that nobody answers, warns the silent, closes them after the warning, and closes those who left the queue. Each contact is a transaction
// of its own; an error of one does not keep the others. Call it every few seconds, on any node.
func (c *Contacts) Sweep(ctx context.Context) error {
	now := c.o.Now()
	l := c.o.Limits
	var errs []error
	for _, s := range []step{
		{qSweepGone, l.Gone, c.adviserGone}, {qSweepWarn, l.Warn, c.warn}, {qSweepIdle, l.Grace, c.closeIdle}, {qSweepLeft, l.Left, c.abandon},
	} {
		if s.find == qSweepGone && now.Sub(c.began) < l.Gone {
			continue // who was not seen while the program did not run had nobody to be seen by
		}
		errs = append(errs, c.walk(ctx, s, now))
	}
	errs = append(errs, c.sweepHandovers(ctx, now), c.sweepUngranted(ctx, now), c.sweepHours(ctx, now), c.o.Queue.Forget(ctx))
	return errors.Join(errs...)
}

// step is one thing that time does, to what find gives for a moment so long ago.
type step struct {
	find  store.Query
	after time.Duration
	do    func(ctx context.Context, tx *store.Tx, d due, at, ago int64) error
}

func (c *Contacts) walk(ctx context.Context, s step, now time.Time) error {
	ago := now.Add(-s.after).UnixMilli()
	found, err := c.due(ctx, s.find, ago)
	errs := []error{err}
	for _, d := range found {
		errs = append(errs, c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			return s.do(ctx, tx, d, now.UnixMilli(), ago)
		}))
	}
	return errors.Join(errs...)
}

// sweepHours closes who still waits long after the service hours. A closure by hand keeps whoever
// waits already.
func (c *Contacts) sweepHours(ctx context.Context, now time.Time) error {
	waiting, err := c.due(ctx, qQueuesWaiting)
	if err != nil {
		return err
	}
	var errs []error
	for _, queue := range waiting {
		s, err := c.o.Services.Get(ctx, queue.authority, queue.id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		s.Closure = nil
		zone := c.o.Services.Zone(queue.authority)
		if err != nil || s.At(now, zone).Open || s.At(now.Add(-c.o.Limits.Hours), zone).Open {
			errs = append(errs, err)
			continue
		}
		found, err := c.due(ctx, qSweepHours, queue.authority, queue.id)
		errs = append(errs, err)
		for _, d := range found {
			errs = append(errs, c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				return c.afterHours(ctx, tx, d, now.UnixMilli())
			}))
		}
	}
	return errors.Join(errs...)
}

func (c *Contacts) afterHours(ctx context.Context, tx *store.Tx, d due, at int64) error {
	of, found, err := one(ctx, tx, d.authority, qAfterHours, at, at, d.authority, d.id)
	if err != nil || !found {
		return err
	}
	return c.closed(ctx, tx, of, at)
}

func (c *Contacts) due(ctx context.Context, q store.Query, args ...any) (found []due, err error) {
	err = c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		found, err = store.Select(ctx, tx, q, func(scan func(...any) error) (due, error) {
			var d due
			return d, scan(&d.authority, &d.id, &d.adviser)
		}, args...)
		return err
	})
	return found, err
}

func (c *Contacts) adviserGone(ctx context.Context, tx *store.Tx, d due, at, ago int64) error {
	if back, err := c.comesBack(ctx, tx, d, at, ago); err != nil || back {
		return err
	}
	of, found, err := one(ctx, tx, d.authority, qGone, at, at, d.authority, d.id, d.adviser, ago)
	if err != nil || !found {
		return err
	}
	if err := c.dropHandover(ctx, tx, of.Authority, of.ID); err != nil {
		return err
	}
	c.change(tx, of, d.adviser, EventAdviserGone)
	if err := c.event(ctx, tx, of, at, EventAdviserGone, nil); err != nil {
		return err
	}
	return c.endOthers(ctx, tx, of, "adviser-gone")
}

func (c *Contacts) warn(ctx context.Context, tx *store.Tx, d due, at, ago int64) error {
	of, found, err := one(ctx, tx, d.authority, qWarn, at, d.authority, d.id, ago)
	if err != nil || !found {
		return err
	}
	c.change(tx, of, of.Adviser, EventIdleWarning)
	return c.event(ctx, tx, of, at, EventIdleWarning, nil)
}

func (c *Contacts) closeIdle(ctx context.Context, tx *store.Tx, d due, at, ago int64) error {
	of, found, err := one(ctx, tx, d.authority, qIdle, at, at, d.authority, d.id, ago)
	if err != nil || !found {
		return err
	}
	return c.closed(ctx, tx, of, at)
}

func (c *Contacts) abandon(ctx context.Context, tx *store.Tx, d due, at, ago int64) error {
	of, found, err := one(ctx, tx, d.authority, qAbandon, at, at, d.authority, d.id, ago)
	if err != nil || !found {
		return err
	}
	return c.closed(ctx, tx, of, at)
}
