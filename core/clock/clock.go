// Package clock tells the time and says how far it may be believed. It promises that nothing is
// destroyed on the word of a clock that has not run steadily, that jumped, or that went back, and
// that time which was once accepted never returns: what has passed its expiry stays closed.
package clock

import (
	"sync"
	"time"
)

// Clock is the one source of time; every package that needs it is given one.
type Clock interface {
	// Now is the wall clock in UTC, without Go's monotonic reading.
	Now() time.Time
	// Steady is the time since an arbitrary moment by a clock that nobody can set. It counts
	// while the machine sleeps.
	Steady() time.Duration
}

// Real returns the machine's clocks.
func Real() Clock { return realClock{start: time.Now()} }

type realClock struct{ start time.Time }

func (realClock) Now() time.Time          { return time.Now().Round(0).UTC() }
func (c realClock) Steady() time.Duration { return sinceBoot(c.start) }

// Fake is a clock for tests: it moves only when told. It is safe for concurrent use.
type Fake struct {
	mu     sync.Mutex
	wall   time.Time
	steady time.Duration
}

// NewFake returns a clock that stands at t.
func NewFake(t time.Time) *Fake { return &Fake{wall: t.Round(0).UTC()} }

// Now returns the wall time it was moved to.
func (f *Fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.wall
}

// Steady returns how far it was advanced.
func (f *Fake) Steady() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.steady
}

// Advance lets d pass: both clocks move.
func (f *Fake) Advance(d time.Duration) { f.move(d, d) }

// Step sets the wall clock by d while no time passes, as an administrator or a wrong NTP server would.
func (f *Fake) Step(d time.Duration) { f.move(d, 0) }

// Set puts the wall clock to t while no time passes.
func (f *Fake) Set(t time.Time) { f.Step(t.Sub(f.Now())) }

func (f *Fake) move(wall, steady time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.wall = f.wall.Add(wall)
	f.steady += steady
}

// Shifted is a clock that runs ahead of another by an offset: the demo's time machine. Only the
// wall clock is shifted.
type Shifted struct {
	under Clock
	mu    sync.Mutex
	ahead time.Duration
}

// NewShifted returns a clock that is ahead of under.
func NewShifted(under Clock, ahead time.Duration) *Shifted {
	return &Shifted{under: under, ahead: ahead}
}

// Now returns the shifted wall time.
func (s *Shifted) Now() time.Time { return s.under.Now().Add(s.Ahead()) }

// Steady returns the other clock's steady time.
func (s *Shifted) Steady() time.Duration { return s.under.Steady() }

// Ahead returns how far the clock runs ahead.
func (s *Shifted) Ahead() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ahead
}

// Forward moves the wall clock forward to t; an earlier t changes nothing. The keeper must be told
// with Accept, or it raises an alarm.
func (s *Shifted) Forward(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := t.Sub(s.under.Now()); d > s.ahead {
		s.ahead = d
	}
}
