package retain

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"luukku/core/vault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestARunningProgramEndsTheDayByItself(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		var settled atomic.Int64
		h.work.Register(Hook{Name: "settle", Every: time.Hour, Run: func(context.Context, string) (int, error) { settled.Add(1); return 0, nil }})
		h.say(dvv, guardianship, "t_1", false)
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() { defer close(done); h.work.Loop(ctx) }()
		await(t, "the first hooks", func() bool { return settled.Load() >= 2 })
		h.at.Advance(61 * 24 * time.Hour)
		await(t, "the end of the bucket", func() bool { return h.buckets(dvv, guardianship)[vault.Living] == 0 })
		await(t, "the rows' end", func() bool { h.at.Advance(time.Minute); return h.rows(dvv) == 0 })
		cancel()
		<-done
		if a := h.work.Alarms(); len(a) != 0 {
			t.Errorf("alarms %+v", a)
		}
	})
}

// await waits for what another goroutine does.
func await(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(3 * time.Minute); !so(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s did not come", what)
		}
	}
}

var stockEmpty = store.MustQueries("-- name: x\ndelete from vault_stock where authority = ?").Get("x")

func TestAnEmptyStockIsFilledWhileRunning(t *testing.T) {
	h := newHouse(t, storetest.Open(t, "sqlite"))
	h.write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, stockEmpty, dvv)
		return err
	})
	err := h.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		_, err := h.vault.Create(ctx, tx, vault.Birth{Authority: dvv, Notice: "citizens-advice", Group: "service_event", Type: "talk", Row: "t_1"})
		return err
	})
	if err == nil || !h.work.stockEmpty(dvv) {
		t.Fatalf("a key came from nowhere: %v", err)
	}
	h.work.endings(context.Background(), dvv, h.work.newSchedule())
	if h.work.stockEmpty(dvv) {
		t.Fatalf("alarms %+v", h.work.Alarms())
	}
	h.say(dvv, advice, "t_1", false)
}

func TestWhatWaitsLongerThanADayIsToldOf(t *testing.T) { // promise 3: within 24 hours
	h := newHouse(t, storetest.Open(t, "sqlite"))
	h.say(dvv, guardianship, "t_1", false)
	h.at.Advance(63 * 24 * time.Hour) // and no night comes
	h.work.watch(context.Background(), dvv)
	if a := h.work.Alarms(); len(a) != 1 || a[0].Kind != "retention-late" || a[0].Authority != dvv {
		t.Fatalf("alarms %+v", a)
	}
	if _, err := h.work.Run(context.Background(), dvv); err != nil {
		t.Fatal(err)
	}
	h.work.watch(context.Background(), dvv)
	if a := h.work.Alarms(); len(a) != 0 {
		t.Errorf("alarms %+v", a)
	}
}
