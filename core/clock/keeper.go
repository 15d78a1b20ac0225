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
	// SteadyAtOnce skips the waiting for steadiness: for tests and for the demo.
	SteadyAtOnce bool
	// Alarm is one that stood when the program last ended; it stands until it is settled, or a
	// restart would be a way around it.
	Alarm *Alarm
}

// slip is how far the wall clock may move by itself without the waiting for steadiness beginning
// anew: the size of a correction that network time makes to a running clock.
const slip = 2 * time.Second

// driftWindow is the time within which small steps are added up.
const driftWindow = 24 * time.Hour

// Keeper keeps the high-water mark of accepted time. It is safe for concurrent use.
type Keeper struct {
	mu    sync.Mutex
	clock Clock
	opt   Options
	mark  time.Time // latest accepted time; zero when none was ever accepted
	seen  reading   // the look at which mark was set, or the start
	base  reading   // where drift is measured from
	last  reading   // the look before this one, for steps
	wait  reading   // where waiting for steadiness began
	ready bool      // time has run steadily for long enough
	ran   bool      // mark was set in this run
	alarm *Alarm
}

// reading is one look at both clocks.
type reading struct {
	wall   time.Time
	steady time.Duration
}

// strayed is how far the wall clock has moved by itself between two looks.
func (r reading) strayed(to reading) time.Duration {
	return to.wall.Sub(r.wall) - (to.steady - r.steady)
}

// at is what the wall clock should say at a later look.
func (r reading) at(later reading) time.Time { return r.wall.Add(later.steady - r.steady) }

// NewKeeper starts keeping time. The mark is the one that was last stored (see Mark), zero on the
// first start ever. A clock that is further ahead of it than Options.MaxJump, or behind it by more
// than Options.Step, raises an alarm at once.
func NewKeeper(c Clock, mark time.Time, opt Options) *Keeper {
	k := &Keeper{clock: c, opt: opt.filled()}
	if !mark.IsZero() {
		k.mark = mark.Round(0).UTC()
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
	k.seen, k.base, k.last, k.wait = now, now, now, now
	k.ready, k.ran, k.alarm = k.opt.SteadyAtOnce, false, nil
	switch ahead := now.wall.Sub(k.mark); {
	case k.mark.IsZero():
	case ahead > k.opt.MaxJump:
		k.raise(Jump, k.mark, now)
	case -ahead > k.opt.Step:
		k.raise(Back, k.mark, now)
	}
}

func (k *Keeper) raise(kind Kind, should time.Time, now reading) {
	k.alarm = &Alarm{Kind: kind, Since: k.now(now), From: should, To: now.wall}
}

// Now is the later of the wall clock and of accepted time, which runs on by the steady clock. What
// has passed its expiry therefore stays closed when the wall clock is set back.
func (k *Keeper) Now() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now(k.look())
}

func (k *Keeper) now(r reading) time.Time {
	if ran := k.runOn(r); ran.After(r.wall) {
		return ran
	}
	return r.wall
}

// runOn is accepted time moved on by the steady clock. While an alarm stands it runs at full speed,
// because the wall clock is not believed. Otherwise the wall clock is right and at most a minute
// behind: half speed lets it catch up without time ever going back.
func (k *Keeper) runOn(r reading) time.Time {
	if k.mark.IsZero() {
		return r.wall
	}
	ran := r.steady - k.seen.steady
	if k.alarm == nil {
		ran /= 2
	}
	return k.mark.Add(ran)
}

// MayDestroy returns nil when the clock may be believed, and else fault.Busy: "clock-alarm" while
// an alarm stands, "clock-not-steady" until time has run steadily for Options.Steady.
func (k *Keeper) MayDestroy() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.observe(k.look())
	switch {
	case k.alarm != nil:
		return fault.New(fault.Busy, "clock-alarm")
	case !k.ready:
		return fault.New(fault.Busy, "clock-not-steady")
	}
	return nil
}

// Observe looks at the clocks: it raises alarms and moves the mark. The program calls it once a second.
func (k *Keeper) Observe() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.observe(k.look())
}

func (k *Keeper) observe(now reading) {
	if k.alarm == nil {
		k.judge(now)
	}
	k.last = now
	if k.alarm != nil {
		return
	}
	if now.steady-k.base.steady >= driftWindow {
		k.base = now
	}
	k.settleDown(now)
	if k.ready {
		k.mark, k.seen, k.ran = k.now(now), now, true
	}
}

// judge raises an alarm when the wall clock has moved by itself.
func (k *Keeper) judge(now reading) {
	switch {
	case k.last.strayed(now).Abs() > k.opt.Step:
		k.raise(Step, k.last.at(now), now)
	case k.base.strayed(now).Abs() > k.opt.Step:
		k.raise(Drift, k.base.at(now), now)
	}
}

// settleDown waits for Options.Steady without a slip. Once it is ready, only an alarm ends that.
func (k *Keeper) settleDown(now reading) {
	if k.wait.strayed(now).Abs() > slip {
		k.wait = now
	}
	if now.steady-k.wait.steady >= k.opt.Steady {
		k.ready = true
	}
}

// Mark is the latest accepted time, to be stored at least once an hour; zero when none was accepted yet.
func (k *Keeper) Mark() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.mark
}
