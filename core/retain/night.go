package retain

import (
	"context"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// DayReport tells what the end of one day did to one authority's data.
type DayReport struct {
	Authority string
	Day       notice.Day
	Settled   int                // rows that registered hooks changed
	Moved     int                // records that were still open and live on
	Ended     []vault.BucketInfo // buckets that died
	Dropped   []string           // buckets whose keys are destroyed
	Reclaimed int64              // rows deleted
}

// Run works through every day of an authority that has ended and was not worked through, oldest
// first, and reclaims what they left: `luukku retain run`. Without such a day it ends what was
// left over. fault.Busy while the clock does not allow destroying.
func (c *Clockwork) Run(ctx context.Context, authority string) ([]DayReport, error) {
	c.night.Lock()
	defer c.night.Unlock()
	return c.run(ctx, authority)
}

func (c *Clockwork) run(ctx context.Context, authority string) ([]DayReport, error) {
	reports, err := c.nights(ctx, authority)
	if err != nil {
		return reports, err
	}
	if len(reports) == 0 {
		report, err := c.end(ctx, authority, c.today(authority).AddDays(-1))
		if err != nil {
			return nil, err
		}
		reports = []DayReport{report}
	}
	last := &reports[len(reports)-1]
	last.Reclaimed, err = c.o.Vault.Reclaim(ctx, authority, 0)
	return reports, err
}

// Nights works through the days that have ended since the last one that was, oldest first. It is
// none when there is no such day.
func (c *Clockwork) Nights(ctx context.Context, authority string) ([]DayReport, error) {
	c.night.Lock()
	defer c.night.Unlock()
	return c.nights(ctx, authority)
}

func (c *Clockwork) nights(ctx context.Context, authority string) ([]DayReport, error) {
	var reports []DayReport
	for {
		day, due, err := c.next(ctx, authority)
		if err != nil || !due {
			return reports, err
		}
		report, err := c.end(ctx, authority, day)
		if err != nil {
			return reports, err
		}
		reports = append(reports, report)
	}
}

// next is the oldest day that has ended and was not worked through. An authority that is new here
// begins with yesterday.
func (c *Clockwork) next(ctx context.Context, authority string) (day notice.Day, due bool, err error) {
	yesterday := c.today(authority).AddDays(-1)
	err = c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		return tx.Row(ctx, qEnded, authority).Scan((*string)(&day))
	})
	if fault.Is(err, fault.NotFound) {
		return yesterday, true, nil
	}
	return day.AddDays(1), err == nil && day < yesterday, err
}

// end works through the end of one day: what hooks do at its end, the moves that are still to be
// made, the death of buckets, the audit's checkpoint, and the turn of the keys. Each step can be
// repeated, and the day counts as ended only when all are done.
func (c *Clockwork) end(ctx context.Context, authority string, day notice.Day) (DayReport, error) {
	report := DayReport{Authority: authority, Day: day}
	if err := c.o.Keeper.MayDestroy(); err != nil {
		return report, err
	}
	for _, step := range []func(context.Context, *DayReport) error{
		c.settle, c.move, c.destroy, c.checkpoint, c.turn, c.note,
	} {
		if err := step(ctx, &report); err != nil {
			return report, err
		}
	}
	return report, nil
}

// settle runs the hooks, so that what closed during the day lies in its final bucket. One that
// fails does not keep keys alive: its rows are open and are moved, or it has its own next day.
func (c *Clockwork) settle(ctx context.Context, r *DayReport) error {
	for _, h := range c.hooks {
		n, err := h.Run(ctx, r.Authority)
		r.Settled += n
		c.outcome(ctx, r.Authority, "retention-"+h.Name, err)
	}
	return ctx.Err()
}

func (c *Clockwork) move(ctx context.Context, r *DayReport) (err error) {
	r.Moved, err = c.o.Vault.MoveOpen(ctx, r.Authority, r.Day, 0)
	return err
}

func (c *Clockwork) destroy(ctx context.Context, r *DayReport) (err error) {
	r.Ended, err = c.o.Vault.Destroy(ctx, r.Authority)
	return err
}

// checkpoint keeps the audit's head beside the keys before they turn, so that what a restored
// database lacks is known to the day.
func (c *Clockwork) checkpoint(ctx context.Context, r *DayReport) error {
	err := c.o.Audit.Number(ctx, r.Authority)
	if err == nil {
		_, err = c.o.Audit.Checkpoint(ctx, r.Authority)
	}
	if fault.Is(err, fault.NotFound) {
		err = nil // nothing was ever recorded
	}
	// Keys end in time even when the audit cannot sign: the alarm stands until it can.
	c.outcome(ctx, r.Authority, "audit-no-checkpoint", err)
	return ctx.Err()
}

func (c *Clockwork) turn(ctx context.Context, r *DayReport) error {
	turned, err := c.o.Vault.Turn(ctx, r.Authority)
	r.Dropped = turned.Buckets
	return err
}

func (c *Clockwork) note(ctx context.Context, r *DayReport) error {
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, qSetDone, r.Authority, string(r.Day), c.o.Keeper.Now().UnixMilli())
		return err
	})
}
