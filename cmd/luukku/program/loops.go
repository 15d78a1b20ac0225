package program

import (
	"context"
	"sync"
	"time"
)

// Run does what happens by itself while the program serves, until ctx ends: it watches the clock,
// numbers audit entries, ends retention and stores the mark of time. It returns when all of it has
// stopped.
func (p *Program) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { every(ctx, time.Second, func() { p.Keeper.Observe() }) })
	all.Go(func() { every(ctx, time.Minute, func() { p.keepMark(ctx) }) })
	all.Go(func() { p.Audit.Run(ctx) })
	all.Go(func() { p.Retain.Loop(ctx) })
	all.Wait()
}

func (p *Program) keepMark(ctx context.Context) {
	if err := p.saveMark(ctx); err != nil && ctx.Err() == nil {
		p.Log.Warn("the mark of time was not stored; it is tried again in a minute", "reason", err.Error())
	}
}

func every(ctx context.Context, d time.Duration, do func()) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			do()
		}
	}
}
