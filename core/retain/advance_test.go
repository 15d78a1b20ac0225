package retain

import (
	"context"
	"testing"
	"time"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestTheDemosTimePassesThroughEveryNight(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.say(dvv, guardianship, "t_1", false)
		h.say(dvv, guardianship, "t_open", true)
		h.say(mallila, advice, "t_2", false)
		done, err := h.work.Advance(context.Background(), notice.Period{Months: 2})
		h.must(err)
		// The open one keeps its bucket's key no longer than its conversation does: it has moved.
		if done.Days != 61 || done.Destroyed != 1 || notice.DayOf(done.Now, helsinki) != "2027-01-21" {
			t.Errorf("%+v", done)
		}
		h.closed(dvv, "t_1")
		h.opens(dvv, "t_open")
		h.opens(mallila, "t_2")
		if a := h.work.Alarms(); len(a) != 0 {
			t.Errorf("alarms %+v", a)
		}
	})
}

func TestTwoYearsMoreEndTheAdviceToo(t *testing.T) {
	if testing.Short() {
		t.Skip("lets 791 days pass")
	}
	h := newHouse(t, storetest.Open(t, "sqlite"))
	h.say(dvv, advice, "t_1", false)
	began := time.Now()
	_, err := h.work.Advance(context.Background(), notice.Period{Years: 2})
	h.must(err)
	t.Logf("two years of two authorities took %v", time.Since(began))
	h.closed(dvv, "t_1")
	if h.rows(dvv) != 0 {
		t.Errorf("%d rows are left", h.rows(dvv))
	}
}

func TestAnInstanceThatIsNoDemoHasNoTimeMachine(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.work.o.Forward = nil
		before := h.keeper.Now()
		if _, err := h.work.Advance(context.Background(), notice.Period{Days: 1}); !fault.Is(err, fault.Denied) {
			t.Error(err)
		}
		if !h.keeper.Now().Equal(before) {
			t.Error("time moved")
		}
	})
}

func TestAdvancingStopsBetweenTwoDays(t *testing.T) {
	h := newHouse(t, storetest.Open(t, "sqlite"))
	ctx, cancel := context.WithCancel(context.Background())
	nights := 0
	h.work.Register(Hook{Name: "count", Run: func(context.Context, string) (int, error) {
		if nights++; nights == 8 { // two authorities, evening and night
			cancel()
		}
		return 0, nil
	}})
	done, err := h.work.Advance(ctx, notice.Period{Months: 1})
	if err == nil || done.Days > 2 {
		t.Errorf("%+v, %v", done, err)
	}
}
