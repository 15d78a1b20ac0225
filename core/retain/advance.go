package retain

import (
	"context"
	"errors"
	"time"

	"luukku/core/notice"
	"luukku/fault"
)

// Advanced tells how far the demo's time was moved and what ended on the way.
type Advanced struct {
	Now       time.Time
	Days      int
	Destroyed int // buckets whose keys were destroyed
}

// Advance moves the demo's time forward by a period, day by day through every turn. It may be
// ended between two days by ctx; what was done stays done. fault.Denied "not-a-demo" elsewhere.
func (c *Clockwork) Advance(ctx context.Context, by notice.Period) (Advanced, error) {
	a := Advanced{Now: c.o.Keeper.Now()}
	authorities := c.o.Authorities()
	if len(authorities) == 0 {
		return a, fault.New(fault.Conflict, "no-authority")
	}
	first := authorities[0]
	for target := c.today(first).Add(by); c.today(first) < target; a.Days++ {
		if err := ctx.Err(); err != nil {
			return a, err
		}
		before := c.today(first)
		reports, err := c.AdvanceDay(ctx)
		for _, r := range reports {
			a.Destroyed += len(r.Dropped)
		}
		a.Now = c.o.Keeper.Now()
		if err == nil && c.today(first) == before {
			err = fault.New(fault.Internal, "time-stands-still")
		}
		if err != nil {
			return a, err
		}
	}
	return a, nil
}

// AdvanceDay lets the demo's present day end: the last minute of the day comes, with what a day
// does, then midnight, and every authority's night through the same code as the real one. What fails
// for one authority is an error, but keeps no other's night from coming.
func (c *Clockwork) AdvanceDay(ctx context.Context) ([]DayReport, error) {
	if c.o.Forward == nil {
		return nil, fault.New(fault.Denied, "not-a-demo")
	}
	c.night.Lock() // from before midnight, so that no other night slips in
	defer c.night.Unlock()
	midnight := c.midnight()
	c.o.Forward(midnight.Add(-time.Minute))
	failed := c.evening(ctx)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c.o.Forward(midnight.Add(time.Second))
	var all []DayReport
	for _, authority := range c.o.Authorities() {
		reports, err := c.run(ctx, authority)
		all, failed = append(all, reports...), errors.Join(failed, err)
	}
	return all, failed
}

// evening does what a running day does again and again.
func (c *Clockwork) evening(ctx context.Context) error {
	due := c.newSchedule()
	var failed error
	for _, authority := range c.o.Authorities() {
		c.hook(ctx, authority, due)
		_, moved := c.o.Vault.MoveOpen(ctx, authority, c.today(authority), 0)
		_, turned := c.o.Vault.TurnEvents(ctx, authority)
		failed = errors.Join(failed, moved, turned)
	}
	return failed
}

// midnight is the moment at which the present day has ended for every authority.
func (c *Clockwork) midnight() time.Time {
	var latest time.Time
	for _, authority := range c.o.Authorities() {
		if end := c.today(authority).End(c.o.Zone(authority)); end.After(latest) {
			latest = end
		}
	}
	return latest
}
