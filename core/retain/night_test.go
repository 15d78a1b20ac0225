package retain

import (
	"context"
	"errors"
	"testing"
	"time"

	"luukku/core/clock"
	"luukku/core/vault"
	"luukku/fault"
)

func TestAConversationEndsOnTheDayThatItsNoticeNames(t *testing.T) { // S4-10, S3-2, X-2
	houses(t, func(t *testing.T, h *house) {
		h.say(dvv, guardianship, "t_1", false)
		h.say(dvv, advice, "t_2", false)
		h.say(mallila, guardianship, "t_3", false)
		h.sleep(60) // 2027-01-20, the last day of two months at most
		h.opens(dvv, "t_1")
		reports := h.sleep(1)
		h.closed(dvv, "t_1")
		h.closed(mallila, "t_3")
		h.opens(dvv, "t_2")
		ended := reports[0]
		if ended.Day != "2027-01-20" || len(ended.Ended) != 1 || len(ended.Dropped) != 1 || ended.Reclaimed != 2 { // its row and its record
			t.Errorf("the night of dvv: %+v", ended)
		}
		if h.rows(dvv) != 1 || h.rows(mallila) != 0 {
			t.Errorf("%d and %d rows are left", h.rows(dvv), h.rows(mallila))
		}
		if r, err := h.log.Verify(context.Background(), dvv); err != nil || !r.OK() {
			t.Errorf("the audit: %+v, %v", r, err)
		}
	})
}

func TestWhatIsOpenOnTheLastDayLivesOn(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.say(dvv, guardianship, "t_open", true)
		h.say(dvv, guardianship, "t_closed", false)
		h.sleep(70)
		h.opens(dvv, "t_open")
		h.closed(dvv, "t_closed")
	})
}

func TestMissedDaysAreWorkedThroughInOrder(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.say(dvv, guardianship, "t_1", false)
		h.sleep(1)
		h.say(dvv, guardianship, "t_2", false)
		h.at.Advance(66 * 24 * time.Hour)
		h.closed(dvv, "t_1") // before any night: what has passed does not open
		h.start(clock.Options{SteadyAtOnce: true, MaxJump: 100 * 24 * time.Hour})
		reports, err := h.work.Run(context.Background(), dvv)
		h.must(err)
		if len(reports) != 66 || reports[0].Day != "2026-11-22" || reports[65].Day != "2027-01-26" {
			t.Fatalf("%d days from %s", len(reports), reports[0].Day)
		}
		if s := h.buckets(dvv, guardianship); s[vault.Living]+s[vault.Closing]+s[vault.Dead]+s[vault.Dropped] != 0 {
			t.Errorf("buckets %v", s)
		}
		again, err := h.work.Nights(context.Background(), dvv)
		if err != nil || len(again) != 0 {
			t.Errorf("a day was worked through twice: %+v, %v", again, err)
		}
	})
}

func TestANightThatWasCutOffGoesOnAtTheNextStart(t *testing.T) { // promise 1, promise 3
	houses(t, func(t *testing.T, h *house) {
		for steps := range 7 {
			closed, open, later := name("t_closed", steps), name("t_open", steps), name("t_later", steps)
			h.say(dvv, guardianship, closed, false)
			h.say(dvv, guardianship, open, true)
			h.at.Advance(63 * 24 * time.Hour)
			h.say(dvv, guardianship, later, false)
			h.cutOff(steps)
			h.start(clock.Options{SteadyAtOnce: true, MaxJump: 100 * 24 * time.Hour})
			if _, err := h.work.Run(context.Background(), dvv); err != nil {
				t.Fatalf("after %d steps: %v", steps, err)
			}
			h.closed(dvv, closed)
			h.opens(dvv, open)
			h.opens(dvv, later)
			if s := h.buckets(dvv, guardianship); s[vault.Closing]+s[vault.Dead]+s[vault.Dropped] != 0 {
				t.Errorf("after %d steps: %v", steps, s)
			}
		}
	})
}

func name(s string, n int) string { return s + string(rune('a'+n)) }

// cutOff does the first steps of a night and then nothing, as a killed program does.
func (h *house) cutOff(steps int) {
	h.t.Helper()
	r := &DayReport{Authority: dvv, Day: h.work.today(dvv).AddDays(-1)}
	all := []func(context.Context, *DayReport) error{
		h.work.settle, h.work.move, h.work.destroy, h.work.checkpoint, h.work.turn, h.work.note,
	}
	for _, step := range all[:min(steps, len(all))] {
		h.must(step(context.Background(), r))
	}
}

func TestNothingIsDestroyedOnTheWordOfAClockThatJumped(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.say(dvv, guardianship, "t_1", false)
		h.keeper.Accept(h.at.Now())
		h.start(clock.Options{SteadyAtOnce: true})
		h.at.Step(70 * 24 * time.Hour)
		if _, err := h.work.Run(context.Background(), dvv); !fault.Is(err, fault.Busy) {
			t.Fatalf("a night after a step of the clock: %v", err)
		}
		if s := h.buckets(dvv, guardianship); s[vault.Living] != 1 {
			t.Errorf("buckets %v", s)
		}
		if a := h.work.Alarms(); len(a) != 1 || a[0].Kind != "clock-alarm" {
			t.Errorf("alarms %+v", a)
		}
		h.must(h.keeper.Settle(true))
		if _, err := h.work.Run(context.Background(), dvv); err != nil {
			t.Fatal(err)
		}
		if s := h.buckets(dvv, guardianship); s[vault.Living] != 0 {
			t.Errorf("after it was settled: %v", s)
		}
	})
}

func TestAHookThatFailsRaisesAnAlarmAndKeepsNoKeyAlive(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		broken := errors.New("it does not settle")
		ran := 0
		h.work.Register(Hook{Name: "settle", Run: func(context.Context, string) (int, error) { ran++; return 1, broken }})
		h.say(dvv, guardianship, "t_1", false)
		reports := h.sleep(61)
		h.closed(dvv, "t_1")
		if ran == 0 || reports[0].Settled != 1 {
			t.Errorf("the hook ran %d times, settled %d", ran, reports[0].Settled)
		}
		if a := h.work.Alarms(); len(a) != 2 || a[0].Kind != "retention-settle" {
			t.Errorf("alarms %+v", a)
		}
		broken = nil
		h.sleep(1)
		if a := h.work.Alarms(); len(a) != 0 {
			t.Errorf("alarms %+v", a)
		}
	})
}

// Whose keys cannot be reached has no nights; everybody else's come, with their checkpoints.
func TestOneAuthoritysFailingNightStopsNoOthers(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.say(dvv, guardianship, "t_1", false)
		h.opens(dvv, "t_1") // an entry that cannot be numbered
		h.say(mallila, guardianship, "t_2", false)
		h.opens(mallila, "t_2")
		h.away.Store(true)
		for range 61 {
			if _, err := h.work.AdvanceDay(context.Background()); !fault.Is(err, fault.Busy) {
				t.Fatalf("the failing night was not told: %v", err)
			}
		}
		h.closed(mallila, "t_2")
		if h.rows(mallila) != 0 {
			t.Errorf("%d rows are left", h.rows(mallila))
		}
		if c, _, err := h.log.Published(mallila); err != nil || c.Size == 0 {
			t.Errorf("published %+v, %v", c, err)
		}
		for _, a := range h.work.Alarms() {
			if a.Authority != dvv {
				t.Errorf("alarm %+v", a)
			}
		}
		h.away.Store(false)
		_, err := h.work.Run(context.Background(), dvv)
		h.must(err)
		h.closed(dvv, "t_1")
		if h.rows(dvv) != 0 {
			t.Errorf("%d rows are left", h.rows(dvv))
		}
	})
}

func TestTheTurnKeepsTheAuditsCheckpoint(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.say(dvv, guardianship, "t_1", false)
		h.opens(dvv, "t_1")
		h.sleep(1)
		c, key, err := h.log.Published(dvv)
		if err != nil || c.Size == 0 || key == "" {
			t.Errorf("published %+v, %q, %v", c, key, err)
		}
	})
}
