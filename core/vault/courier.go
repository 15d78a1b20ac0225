package vault

import (
	"context"
	"sync"
	"time"
)

// courier carries journal lines from the database to the key stores beside the requests, because
// no key store may be touched inside a transaction.
type courier struct {
	mu      sync.Mutex // one delivery at a time, by whomever
	waiting sync.Map   // authorities
	wake    chan struct{}
	quit    context.CancelFunc
	ended   chan struct{}
}

// retryAfter is how long the courier waits after a store could not be reached.
const retryAfter = 5 * time.Second

func (c *courier) start(deliver func(ctx context.Context, authority string) error) {
	ctx, quit := context.WithCancel(context.Background())
	c.wake, c.quit, c.ended = make(chan struct{}, 1), quit, make(chan struct{})
	go c.loop(ctx, deliver)
}

// send asks for a delivery soon. It never waits.
func (c *courier) send(authority string) {
	c.waiting.Store(authority, nil)
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *courier) stop() {
	c.quit()
	<-c.ended
}

func (c *courier) loop(ctx context.Context, deliver func(ctx context.Context, authority string) error) {
	defer close(c.ended)
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.wake:
		}
		if !c.round(ctx, deliver) {
			time.AfterFunc(retryAfter, func() { c.send("") })
		}
	}
}

// round delivers for every authority that waits; false when one must be tried again.
func (c *courier) round(ctx context.Context, deliver func(ctx context.Context, authority string) error) bool {
	all := true
	c.waiting.Range(func(key, _ any) bool {
		c.waiting.Delete(key)
		authority := key.(string)
		if authority != "" && deliver(ctx, authority) != nil {
			c.waiting.Store(authority, nil)
			all = false
		}
		return ctx.Err() == nil
	})
	return all
}

// deliver is Flush with an alarm while it does not succeed.
func (v *Vault) deliver(ctx context.Context, authority string) error {
	err := v.Flush(ctx, authority)
	switch {
	case err == nil:
		v.calm(authority, AlarmJournalWaits)
	case ctx.Err() == nil:
		v.raise(authority, AlarmJournalWaits, "")
	}
	return err
}
