package clock

import (
	"sync"
	"time"

	"luukku/fault"
)

// Options are the limits of belief; zero values mean the defaults.
type Options struct {
	Steady  time.Duration // how long time must run steadily before anything is destroyed; 10 minutes
	Step    time.Duration // how far the wall clock may move by itself while running; 1 minute
	MaxJump time.Duration // how long the program may have been stopped; 35 days
	// SteadyAtOnce skips the waiting at the start: for tests and for the demo.
	SteadyAtOnce bool
	// Alarm is one that stood when the program last ended; it stands until it is settled.
	Alarm *Alarm
}

// Kind says what the clock did.
type Kind string

// The kinds of alarm.
const (
	Jump  Kind = "jump"  // at the start, further ahead of the mark than MaxJump
	Back  Kind = "back"  // at the start, behind the mark by more than Step
	Step  Kind = "step"  // while running, moved by more than Step from one look to the next
	Drift Kind = "drift" // while running, moved by more than Step in small steps within a day
)

// Alarm is a clock that is not believed. It stands until an administrator settles it.
type Alarm struct {
	Kind  Kind      `json:"kind"`
	Since time.Time `json:"since"` // the accepted time at which it was seen
	From  time.Time `json:"from"`  // what the clock should have said
	To    time.Time `json:"to"`    // what it said
}

// Keeper keeps the high-water mark of accepted time. It is safe for concurrent use.
type Keeper struct {
	mu    sync.Mutex
	clock Clock
	opt   Options
	mark  time.Time // accepted; zero when nothing was ever accepted
	seen  reading   // when mark was set, or the start
	base  reading   // where steady running is measured from, for drift
	last  reading   // the last look, for steps
	since time.Duration
	alarm *Alarm
}

// reading is one look at both clocks.
type reading struct {
	wall   time.Time
	steady time.Duration
}

// wander is how far the wall clock has moved by itself between two looks.
func (r reading) wander(to reading) time.Duration {
	return to.wall.Sub(r.wall) - (to.steady - r.steady)
}

// NewKeeper starts keeping time. The mark is the one that was last stored (the caller's to store,
// see Mark), zero on the first start ever.
func NewKeeper(c Clock, mark time.Time, opt Options) *Keeper {
	k := &Keeper{clock: c, opt: opt.filled(), mark: mark.Round(0).UTC()}
	if mark.IsZero() {
		k.mark = time.Time{}
	}
	k.start(k.look())
	if opt.Alarm != nil {
		stands := *opt.Alarm
		k.alarm = &stands
	}
	return k
}

func (o Options) filled() Options {
	if o.Steady == 0 {
		o.Steady = 10 * time.Minute
	}
	if o.Step == 0 {
		o.Step = time.Minute
	}
	if o.MaxJump == 0 {
		o.MaxJump = 35 * 24 * time.Hour
	}
	return o
}

func (k *Keeper) look() reading { return reading{wall: k.clock.Now(), steady: k.clock.Steady()} }

// start begins to wait for steadiness and judges the clock against the mark.
func (k *Keeper) start(now reading) {
	k.seen, k.base, k.last, k.since, k.alarm = now, now, now, now.steady, nil
	switch {
	case k.mark.IsZero():
	case now.wall.Sub(k.mark) > k.opt.MaxJump:
		k.raise(Jump, k.mark, now)
	case k.mark.Sub(now.wall) > k.opt.Step:
		k.raise(Back, k.mark, now)
	}
	if k.opt.SteadyAtOnce {
		k.since = now.steady - k.opt.Steady
	}
}

func (k *Keeper) raise(kind Kind, from time.Time, now reading) {
	if k.alarm == nil {
		k.alarm = &Alarm{Kind: kind, Since: from, From: from, To: now.wall}
	}
}

// Now is the later of the clock and of accepted time, which runs on by the steady clock. So what
// has passed its expiry does not open again when the wall clock is set back.
func (k *Keeper) Now() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now(k.look())
}

func (k *Keeper) now(r reading) time.Time {
	if ran := k.expected(r); ran.After(r.wall) {
		return ran
	}
	return r.wall
}

// expected is accepted time, run on by the steady clock.
func (k *Keeper) expected(r reading) time.Time {
	if k.mark.IsZero() {
		return r.wall
	}
	return k.mark.Add(r.steady - k.seen.steady)
}

// MayDestroy returns nil when the clock may be believed, and else fault.Busy: "clock-alarm" while
// an alarm stands, "clock-not-steady" until time has run steadily for Options.Steady.
func (k *Keeper) MayDestroy() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.observe(k.look())
	if k.alarm != nil {
		return fault.New(fault.Busy, "clock-alarm")
	}
	if !k.steady(k.last) {
		return fault.New(fault.Busy, "clock-not-steady")
	}
	return nil
}

// Observe looks at the clocks. The program calls it once a second.
func (k *Keeper) Observe() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.observe(k.look())
}

func (k *Keeper) steady(now reading) bool { return now.steady-k.since >= k.opt.Steady }

func (k *Keeper) observe(now reading) {}

// Alarm returns a copy of the alarm that stands, or nil.
func (k *Keeper) Alarm() *Alarm {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.alarm == nil {
		return nil
	}
	stands := *k.alarm
	return &stands
}

// Settle ends the alarm on an administrator's word.
func (k *Keeper) Settle(accept bool) {}

// Accept moves the mark to t.
func (k *Keeper) Accept(t time.Time) {}

// Mark is the latest accepted time, to be stored; zero when none was accepted yet.
func (k *Keeper) Mark() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.mark
}
