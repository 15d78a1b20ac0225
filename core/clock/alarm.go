package clock

import (
	"time"

	"luukku/fault"
)

// Kind says what the clock did.
type Kind string

// The kinds of alarm.
const (
	Jump  Kind = "jump"  // at the start, further ahead of the mark than MaxJump
	Back  Kind = "back"  // at the start, behind the mark by more than Step
	Step  Kind = "step"  // while running, moved by more than Step from one look to the next
	Drift Kind = "drift" // while running, moved by more than Step in small steps within a day
)

// Alarm is a clock that is not believed. It stands until an administrator settles it; until then
// nothing is destroyed. The caller stores it (see Options.Alarm).
type Alarm struct {
	Kind  Kind      `json:"kind"`
	Since time.Time `json:"since"` // when it was raised, by Keeper.Now
	From  time.Time `json:"from"`  // what the clock should have said
	To    time.Time `json:"to"`    // what it said
}

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

// Settle ends the alarm on an administrator's word; without an alarm it does nothing. With accept
// the wall clock as it stands is right: the mark moves to it, back as well. Without, the clock was
// wrong and has been set right: the mark stays, and the clock is judged again. fault.Conflict
// "clock-still-wrong" says that the alarm stands. After either, destroying waits for steadiness.
func (k *Keeper) Settle(accept bool) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.alarm == nil {
		return nil
	}
	now := k.look()
	if accept {
		k.mark = now.wall
		k.start(now)
		return nil
	}
	return k.reject(now)
}

// reject judges the clock again: against accepted time as it ran on in this run, or by the rules
// of a start when none was accepted in it.
func (k *Keeper) reject(now reading) error {
	should, since, ran := k.runOn(now), k.alarm.Since, k.ran
	if ran && now.wall.Sub(should).Abs() > k.opt.Step {
		k.alarm.To, k.alarm.From = now.wall, should
		return fault.New(fault.Conflict, "clock-still-wrong")
	}
	if !k.mark.IsZero() {
		k.mark = should
	}
	k.start(now)
	if k.alarm != nil {
		k.alarm.Since, k.ran = since, ran
		return fault.New(fault.Conflict, "clock-still-wrong")
	}
	return nil
}

// Accept moves the mark to t, ends any alarm and takes the clock as steady: the demo's time
// machine. A t before the mark leaves the mark. The wall clock must be moved first.
func (k *Keeper) Accept(t time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.look()
	mark := k.now(now)
	if t.After(mark) {
		mark = t.Round(0).UTC()
	}
	k.mark = mark
	k.start(now)
	k.alarm, k.ready, k.ran = nil, true, true
}
