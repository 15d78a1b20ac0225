package clock_test

import (
	"testing"
	"time"

	"luukku/core/clock"
	"luukku/fault"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// run lets d pass with a look every second (every minute when it is long).
func run(k *clock.Keeper, c *clock.Fake, d time.Duration) {
	tick := time.Second
	if d > time.Hour {
		tick = time.Minute
	}
	for ; d > 0; d -= tick {
		c.Advance(tick)
		k.Observe()
	}
}

// step moves the wall clock by itself, seen at the next look.
func step(k *clock.Keeper, c *clock.Fake, d time.Duration) {
	c.Step(d)
	k.Observe()
}

func TestClockRules(t *testing.T) { // X-2 and the design's "The clock"
	for _, test := range []struct {
		name  string
		mark  time.Time
		opt   clock.Options
		do    func(k *clock.Keeper, c *clock.Fake)
		alarm clock.Kind // "" none
		key   string     // of MayDestroy; "" it may
		now   time.Time  // Now afterwards; zero: the wall clock
	}{
		{name: "first start waits ten minutes",
			do: func(k *clock.Keeper, c *clock.Fake) { run(k, c, 10*time.Minute-time.Second) }, key: "clock-not-steady"},
		{name: "first start is ready after ten minutes",
			do: func(k *clock.Keeper, c *clock.Fake) { run(k, c, 10*time.Minute) }},
		{name: "stopped for a night", mark: noon.Add(-8 * time.Hour),
			do: func(k *clock.Keeper, c *clock.Fake) { run(k, c, 10*time.Minute) }},
		{name: "stopped for 35 days", mark: noon.Add(-35 * day),
			do: func(k *clock.Keeper, c *clock.Fake) { run(k, c, 10*time.Minute) }},
		{name: "stopped for longer than 35 days", mark: noon.Add(-35*day - time.Second),
			do: func(k *clock.Keeper, c *clock.Fake) { run(k, c, 20*time.Minute) }, alarm: clock.Jump, key: "clock-alarm"},
		{name: "the jump is configurable", mark: noon.Add(-3 * day), opt: clock.Options{MaxJump: 2 * day},
			alarm: clock.Jump, key: "clock-alarm"},
		{name: "started behind the mark", mark: noon.Add(time.Hour),
			do:    func(k *clock.Keeper, c *clock.Fake) { run(k, c, 20*time.Minute) },
			alarm: clock.Back, key: "clock-alarm", now: noon.Add(80 * time.Minute)},
		{name: "started a little behind the mark", mark: noon.Add(30 * time.Second),
			do: func(k *clock.Keeper, c *clock.Fake) { run(k, c, 12*time.Minute) }},
		{name: "stepped forward by two minutes",
			do:    func(k *clock.Keeper, c *clock.Fake) { run(k, c, 15*time.Minute); step(k, c, 2*time.Minute) },
			alarm: clock.Step, key: "clock-alarm"},
		{name: "stepped back by an hour",
			do: func(k *clock.Keeper, c *clock.Fake) {
				run(k, c, 15*time.Minute)
				step(k, c, -time.Hour)
				run(k, c, 5*time.Minute)
			},
			alarm: clock.Step, key: "clock-alarm", now: noon.Add(20 * time.Minute)},
		{name: "stepped within the limit",
			do: func(k *clock.Keeper, c *clock.Fake) { run(k, c, 15*time.Minute); step(k, c, 59*time.Second) }},
		{name: "stepped while waiting, the waiting begins anew",
			do: func(k *clock.Keeper, c *clock.Fake) {
				run(k, c, 9*time.Minute)
				step(k, c, 30*time.Second)
				run(k, c, 9*time.Minute)
			}, key: "clock-not-steady"},
		{name: "drifting in small steps",
			do: func(k *clock.Keeper, c *clock.Fake) {
				run(k, c, 15*time.Minute)
				for range 7 {
					step(k, c, 10*time.Second)
					run(k, c, time.Minute)
				}
			}, alarm: clock.Drift, key: "clock-alarm"},
		{name: "a second's correction every day is no drift",
			do: func(k *clock.Keeper, c *clock.Fake) {
				for range 100 {
					run(k, c, day)
					step(k, c, time.Second)
				}
			}},
		{name: "an alarm survives a restart", mark: noon.Add(-time.Hour), opt: clock.Options{Alarm: &clock.Alarm{Kind: clock.Step}},
			do: func(k *clock.Keeper, c *clock.Fake) { run(k, c, 20*time.Minute) }, alarm: clock.Step, key: "clock-alarm"},
		{name: "steady at once", opt: clock.Options{SteadyAtOnce: true}},
		{name: "a machine that slept", do: func(k *clock.Keeper, c *clock.Fake) { run(k, c, 15*time.Minute); c.Advance(9 * time.Hour) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := clock.NewFake(noon)
			k := clock.NewKeeper(c, test.mark, test.opt)
			if test.do != nil {
				test.do(k, c)
			}
			check(t, k, test.alarm, test.key)
			want := test.now
			if want.IsZero() {
				want = c.Now()
			}
			if got := k.Now(); !got.Equal(want) {
				t.Errorf("Now is %v, want %v", got, want)
			}
		})
	}
}

func check(t *testing.T, k *clock.Keeper, kind clock.Kind, key string) {
	t.Helper()
	err := k.MayDestroy()
	if key == "" && err != nil || key != "" && (!fault.Is(err, fault.Busy) || fault.Of(err).Key != key) {
		t.Errorf("MayDestroy: %v, want %q", err, key)
	}
	switch a := k.Alarm(); {
	case a == nil && kind != "":
		t.Errorf("no alarm, want %s", kind)
	case a != nil && a.Kind != kind:
		t.Errorf("alarm %s, want %q", a.Kind, kind)
	}
}

func TestAnAlarmIsSettled(t *testing.T) {
	for _, test := range []struct {
		name   string
		mend   time.Duration // what the administrator does to the wall clock first
		accept bool
		stands bool
		mark   time.Duration // from noon, after the settling
	}{
		{name: "the step was right", accept: true, mark: 2*time.Hour + 20*time.Minute},
		{name: "the step was wrong and is mended", mend: -2 * time.Hour, mark: 20 * time.Minute},
		{name: "the step was wrong and is not mended", stands: true, mark: 15 * time.Minute},
		{name: "mended, but not to the minute", mend: -2*time.Hour + 2*time.Minute, stands: true, mark: 15 * time.Minute},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := clock.NewFake(noon)
			k := clock.NewKeeper(c, time.Time{}, clock.Options{})
			run(k, c, 15*time.Minute)
			step(k, c, 2*time.Hour)
			run(k, c, 5*time.Minute)
			c.Step(test.mend)
			err := k.Settle(test.accept)
			if fault.Is(err, fault.Conflict) != test.stands {
				t.Fatalf("Settle: %v", err)
			}
			if got := k.Mark().Sub(noon); got != test.mark {
				t.Errorf("the mark is at %v, want %v", got, test.mark)
			}
			if test.stands {
				check(t, k, clock.Step, "clock-alarm")
				return
			}
			check(t, k, "", "clock-not-steady")
			run(k, c, 10*time.Minute)
			check(t, k, "", "")
		})
	}
}

func TestAClockSetBackIsAcceptedOnlyByAnAdministrator(t *testing.T) {
	c := clock.NewFake(noon)
	k := clock.NewKeeper(c, noon.Add(5*day), clock.Options{})
	if k.Settle(false) == nil {
		t.Error("a clock behind the mark is not mended by saying so")
	}
	if err := k.Settle(true); err != nil || !k.Now().Equal(noon) || !k.Mark().Equal(noon) {
		t.Errorf("accepted: %v, now %v, mark %v", err, k.Now(), k.Mark())
	}
}

func TestTheMarkMovesOnlyWithAcceptedTime(t *testing.T) {
	c := clock.NewFake(noon)
	k := clock.NewKeeper(c, noon.Add(-day), clock.Options{})
	run(k, c, 9*time.Minute)
	if got := k.Mark(); !got.Equal(noon.Add(-day)) {
		t.Errorf("moved to %v before time ran steadily", got)
	}
	run(k, c, 2*time.Minute)
	if got := k.Mark(); !got.Equal(c.Now()) {
		t.Errorf("the mark is %v, the clock %v", got, c.Now())
	}
	before := k.Mark()
	step(k, c, 40*day)
	run(k, c, time.Hour)
	if got := k.Mark(); !got.Equal(before) {
		t.Errorf("moved by %v while an alarm stood", got.Sub(before))
	}
}

func TestTimeNeverGoesBack(t *testing.T) {
	c := clock.NewFake(noon)
	k := clock.NewKeeper(c, time.Time{}, clock.Options{})
	run(k, c, 11*time.Minute)
	before := k.Now()
	for i := range 600 {
		if i == 10 {
			c.Step(-50 * time.Second)
		}
		c.Advance(time.Second)
		k.Observe()
		if now := k.Now(); now.Before(before) {
			t.Fatalf("after %d s: %v, before it %v", i, now, before)
		}
		before = k.Now()
	}
	if !before.Equal(c.Now()) {
		t.Errorf("ten minutes later Now is %v, the clock %v", before, c.Now())
	}
}

func TestTheDemosStepsAreAcceptedAndSteady(t *testing.T) {
	c := clock.NewFake(noon)
	s := clock.NewShifted(c, 0)
	k := clock.NewKeeper(s, time.Time{}, clock.Options{SteadyAtOnce: true})
	for day := noon; day.Before(noon.AddDate(2, 2, 0)); day = day.AddDate(0, 0, 1) {
		s.Forward(day)
		k.Accept(s.Now())
		if err := k.MayDestroy(); err != nil {
			t.Fatal(day, err)
		}
		if !k.Now().Equal(day) || !k.Mark().Equal(day) {
			t.Fatalf("%v: now %v, mark %v", day, k.Now(), k.Mark())
		}
	}
	s.Forward(noon)
	if s.Now().Before(noon.AddDate(2, 1, 0)) {
		t.Error("the time machine went back")
	}
}

func TestAcceptingEndsAnAlarm(t *testing.T) {
	c := clock.NewFake(noon)
	k := clock.NewKeeper(c, noon.Add(-100*day), clock.Options{})
	check(t, k, clock.Jump, "clock-alarm")
	k.Accept(noon)
	check(t, k, "", "")
	if !k.Mark().Equal(noon) {
		t.Errorf("the mark is %v", k.Mark())
	}
}

func TestRealClockRuns(t *testing.T) {
	c := clock.Real()
	wall, steady := c.Now(), c.Steady()
	time.Sleep(2 * time.Millisecond)
	if d := c.Steady() - steady; d < 2*time.Millisecond || d > time.Minute {
		t.Errorf("steady moved by %v", d)
	}
	if !c.Now().After(wall) || c.Now().Location() != time.UTC {
		t.Error("the wall clock stands still or is not UTC")
	}
}
