package retain

import (
	"context"
	"time"
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
// tried again.
func (c *Clockwork) Loop(ctx context.Context) {
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	due := &schedule{last: map[string]time.Duration{}}
	for ctx.Err() == nil {
		for _, authority := range c.o.Authorities() {
			c.beat(ctx, authority, due)
		}
		select {
		case <-ctx.Done():
		case <-beat.C:
		}
	}
}

// beat does for one authority what is due now.
func (c *Clockwork) beat(ctx context.Context, authority string, due *schedule) {
	for _, h := range c.hooks {
		if due.now(authority+"/"+h.Name, h.Every) {
			_, err := h.Run(ctx, authority)
			c.outcome(ctx, authority, "retention-"+h.Name, err)
		}
	}
	if due.now(authority+"/move", moveEvery) {
		_, err := c.o.Vault.MoveOpen(ctx, authority, c.today(authority), 0)
		c.outcome(ctx, authority, "retention-move", err)
	}
	if due.now(authority+"/event", eventEvery) {
		_, err := c.o.Vault.TurnEvents(ctx, authority)
		c.outcome(ctx, authority, "retention-events", err)
	}
	c.nightly(ctx, authority)
	if due.now(authority+"/watch", watchEvery) {
		_, err := c.Reclaim(ctx, authority)
		c.outcome(ctx, authority, "retention-reclaim", err)
		c.watch(ctx, authority)
	}
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

// schedule says what is due by the steady clock of this process.
type schedule struct {
	start time.Time
	last  map[string]time.Duration
}

// now tells whether name is due, and if so counts it as done.
func (s *schedule) now(name string, every time.Duration) bool {
	if s.start.IsZero() {
		s.start = time.Now()
	}
	ran := time.Since(s.start)
	last, done := s.last[name]
	if done && ran-last < every {
		return false
	}
	s.last[name] = ran
	return true
}
