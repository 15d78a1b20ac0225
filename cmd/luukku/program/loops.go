package program

import (
	"context"
	"sync"
	"time"
)

// Run does what happens by itself while the program serves, until ctx ends: it watches the clock,
// numbers audit entries, ends retention, sends mail and stores the mark of time. It returns when all of it has
// stopped.
func (p *Program) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { every(ctx, time.Second, func() { p.watchClock(ctx) }) })
	all.Go(func() { every(ctx, time.Minute, func() { p.keep(ctx, p.saveMark) }) })
	all.Go(func() { every(ctx, time.Hour, func() { p.keep(ctx, p.journalMark) }) })
	all.Go(func() { p.Audit.Run(ctx) })
	all.Go(func() { p.Retain.Loop(ctx) })
	all.Go(func() { every(ctx, time.Minute, func() { p.watchMail(ctx) }) })
	if p.Mail != nil {
		all.Go(func() { p.Mail.Run(ctx) })
	}
	all.Wait()
}

// watchClock looks at the clock, and stores an alarm as soon as it is raised.
func (p *Program) watchClock(ctx context.Context) {
	before := p.Keeper.Alarm()
	p.Keeper.Observe()
	if after := p.Keeper.Alarm(); after != nil && before == nil {
		p.Log.Error("the clock is not believed; nothing is destroyed until an administrator settles it", "kind", string(after.Kind))
		p.keep(ctx, p.saveMark)
	}
}

func (p *Program) keep(ctx context.Context, what func(context.Context) error) {
	if err := what(ctx); err != nil && ctx.Err() == nil {
		p.Log.Warn("the mark of time was not stored; it is tried again", "reason", err.Error())
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
