package retain

import (
	"context"
	"sync"
	"time"

	"luukku/core/clock"
	"luukku/core/vault"
)

const (
	beatEvery = time.Second
	// moveEvery is how often, on a bucket's last day, what is still open is moved on.
	moveEvery  = 10 * time.Minute
	eventEvery = time.Minute // the event ring turns at most this often
	watchEvery = time.Minute
)

// Loop runs the clockwork until ctx ends: hooks, moves, the event ring, each day's end within a
// second, missed days first, and reclaiming in the background. Failures become alarms and are
// tried again. Hooks do not wait for a night, and neither waits for rows to be deleted.
func (c *Clockwork) Loop(ctx context.Context) {
	var all sync.WaitGroup
	for _, work := range []func(context.Context, string, *schedule){c.hook, c.endings, c.leftovers} {
		all.Go(func() { c.every(ctx, work) })
	}
	all.Wait()
}

// every does one kind of work for each authority once a second.
func (c *Clockwork) every(ctx context.Context, work func(context.Context, string, *schedule)) {
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	due := c.newSchedule()
	for ctx.Err() == nil {
		for _, authority := range c.o.Authorities() {
			work(ctx, authority, due)
		}
		select {
		case <-ctx.Done():
		case <-beat.C:
		}
	}
}

// hook runs what other packages do as time passes.
func (c *Clockwork) hook(ctx context.Context, authority string, due *schedule) {
	for _, h := range c.hooks {
		if due.now(authority+"/"+h.Name, h.Every) {
			_, err := h.Run(ctx, authority)
			c.outcome(ctx, authority, "retention-"+h.Name, err)
		}
	}
}

// endings moves what is open, ends what has ended, and keeps keys ready.
func (c *Clockwork) endings(ctx context.Context, authority string, due *schedule) {
	if due.now(authority+"/move", moveEvery) {
		_, err := c.o.Vault.MoveOpen(ctx, authority, c.today(authority), 0)
		c.outcome(ctx, authority, "retention-move", err)
	}
	if due.now(authority+"/event", eventEvery) {
		_, err := c.o.Vault.TurnEvents(ctx, authority)
		c.outcome(ctx, authority, "retention-events", err)
	}
	if c.stockEmpty(authority) && due.now(authority+"/stock", beatEvery) {
		c.outcome(ctx, authority, "key-stock-refill", c.o.Vault.Refill(ctx, authority))
	}
	c.nightly(ctx, authority)
}

// stockEmpty tells whether new data are refused because no key is ready.
func (c *Clockwork) stockEmpty(authority string) bool {
	for _, a := range c.o.Vault.Alarms() {
		if a.Authority == authority && a.Kind == vault.AlarmStockEmpty {
			return true
		}
	}
	return false
}

// nightly works through the days that have ended. While the clock is not believed it waits without
// an alarm of its own: the clock has one.
func (c *Clockwork) nightly(ctx context.Context, authority string) {
	if c.o.Keeper.MayDestroy() != nil {
		return
	}
	_, err := c.Nights(ctx, authority)
	c.outcome(ctx, authority, "retention-night", err)
}

// leftovers deletes the rows of what has ended, and tells when that is late.
func (c *Clockwork) leftovers(ctx context.Context, authority string, due *schedule) {
	if !due.now(authority+"/watch", watchEvery) {
		return
	}
	_, err := c.o.Vault.Reclaim(ctx, authority, 0)
	c.outcome(ctx, authority, "retention-reclaim", err)
	c.watch(ctx, authority)
}

// schedule says what is due, by the steady clock: neither the demo's days nor a clock that is set
// make it run wild.
type schedule struct {
	clock clock.Clock
	last  map[string]time.Duration
}

func (c *Clockwork) newSchedule() *schedule {
	return &schedule{clock: c.o.Clock, last: map[string]time.Duration{}}
}

// now tells whether name is due, and if so counts it as done.
func (s *schedule) now(name string, every time.Duration) bool {
	now := s.clock.Steady()
	last, done := s.last[name]
	if done && now-last < every {
		return false
	}
	s.last[name] = now
	return true
}
