package audit

import (
	"context"
	"sync"
	"testing"
	"time"

	"luukku/store"
	"luukku/store/storetest"
)

// verified runs the walk without a vault: for logs whose entries have all ended.
func verified(t *testing.T, l *Log) Report {
	t.Helper()
	ctx := context.Background()
	v := &verifier{log: l, authority: dvv, today: l.today(dvv)}
	for _, step := range []func(context.Context) error{v.trees, v.strays, v.checkpoints} {
		if err := step(ctx); err != nil {
			t.Fatal(err)
		}
	}
	return v.report
}

func found(r Report, kind string) bool {
	for _, f := range r.Findings {
		if f.Kind == kind {
			return true
		}
	}
	return false
}

func TestALogThatGrowsMeanwhileVerifies(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.work(250)
		ctx, cancel := context.WithCancel(context.Background())
		var busy sync.WaitGroup
		busy.Go(func() {
			for ctx.Err() == nil {
				h.record(h.act("s_1", "c_1"), h.act("s_2", "c_2"), h.act("s_1", "c_3"))
			}
		})
		busy.Go(func() {
			for ctx.Err() == nil {
				if err := h.log.Beat(context.Background()); err != nil {
					t.Error(err)
				}
				time.Sleep(time.Millisecond)
			}
		})
		for range 12 {
			if r := h.verify(); !r.OK() {
				t.Errorf("%+v", r)
			}
		}
		cancel()
		busy.Wait()
		h.must(h.log.Close(context.Background()))
		if r := h.verify(); !r.OK() || r.Trees[0].Size < 256 {
			t.Errorf("%d leaves: %+v", r.Trees[0].Size, r.Findings)
		}
	})
}
