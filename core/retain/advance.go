package retain

import (
	"context"
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
// does, then midnight, and every authority's night through the same code as the real one.
func (c *Clockwork) AdvanceDay(ctx context.Context) ([]DayReport, error) {
	if c.o.Forward == nil {
		return nil, fault.New(fault.Denied, "not-a-demo")
	}
	c.night.Lock() // from before midnight, so that no other night slips in
	defer c.night.Unlock()
	midnight := c.midnight()
	c.o.Forward(midnight.Add(-time.Minute))
	if err := c.evening(ctx); err != nil {
		return nil, err
	}
	c.o.Forward(midnight.Add(time.Second))
	var all []DayReport
	for _, authority := range c.o.Authorities() {
		reports, err := c.run(ctx, authority)
		all = append(all, reports...)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// evening does what a running day does again and again.
func (c *Clockwork) evening(ctx context.Context) error {
	due := c.newSchedule()
	for _, authority := range c.o.Authorities() {
		c.hook(ctx, authority, due)
		if _, err := c.o.Vault.MoveOpen(ctx, authority, c.today(authority), 0); err != nil {
			return err
		}
		if _, err := c.o.Vault.TurnEvents(ctx, authority); err != nil {
			return err
		}
	}
	return ctx.Err()
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
