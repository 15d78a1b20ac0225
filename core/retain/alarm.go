package retain

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/store"
)

// lateAfter is how long what has ended may wait to be deleted (promise 3: within 24 hours).
const lateAfter = 24 * time.Hour

// Alarms are what an administrator must look at: those of the clock, the vault, the audit, and of
// retention itself, oldest first.
func (c *Clockwork) Alarms() []vault.Alarm {
	alarms := append(c.o.Vault.Alarms(), c.o.Audit.Alarms()...)
	if a := c.o.Keeper.Alarm(); a != nil {
		alarms = append(alarms, vault.Alarm{Kind: "clock-alarm", Since: a.Since, Detail: string(a.Kind)})
	}
	c.mu.Lock()
	for _, a := range c.failed {
		alarms = append(alarms, a)
	}
	c.mu.Unlock()
	slices.SortFunc(alarms, func(a, b vault.Alarm) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Authority, b.Authority), cmp.Compare(a.Kind, b.Kind))
	})
	return alarms
}

// outcome raises an alarm when err is one, and ends it when it is not.
func (c *Clockwork) outcome(ctx context.Context, authority, kind string, err error) {
	if ctx.Err() != nil {
		return // the program stops: nothing failed
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	key := failure{authority, kind}
	_, stands := c.failed[key]
	switch {
	case err == nil && stands:
		delete(c.failed, key)
		c.o.Log.Info("retention works again", "authority", authority, "kind", kind)
	case err != nil && !stands:
		c.failed[key] = vault.Alarm{Authority: authority, Kind: kind, Since: c.o.Keeper.Now(), Detail: err.Error()}
		c.o.Log.Error("retention fails and tries again", "authority", authority, "kind", kind, "error", err)
	}
}

// watch raises alarms for what has ended and is not gone in time.
func (c *Clockwork) watch(ctx context.Context, authority string) {
	var late error
	err := c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		ended, err := c.o.Vault.Plan(ctx, tx, authority, c.today(authority).AddDays(-1))
		late = c.late(ended)
		return err
	})
	c.outcome(ctx, authority, "retention-unreadable", err)
	if err == nil {
		c.outcome(ctx, authority, "retention-late", late)
	}
}

// late is an error when something waits longer than it may.
func (c *Clockwork) late(ended []vault.BucketInfo) error {
	now := c.o.Keeper.Now()
	for _, b := range ended {
		if b.State != vault.Gone && now.Sub(time.UnixMilli(b.EndsAt)) > lateAfter {
			return &lateError{b.ID, b.LastDay, b.State}
		}
	}
	return nil
}

// lateError names a bucket that should be gone.
type lateError struct {
	bucket string
	day    notice.Day
	state  vault.State
}

func (e *lateError) Error() string {
	return "bucket " + e.bucket + " ended on " + string(e.day) + " and is still " + string(e.state)
}
