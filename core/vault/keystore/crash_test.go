package keystore_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"testing"

	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
)

// cutEverywhere cuts op before each of its operations, checks every disk that may be found then,
// and returns the broken promises and the number of disks.
func cutEverywhere(ctx context.Context, base *world, op operation, spoil func(*keystoretest.Disk)) (broken []error, disks int) {
	clone := func() *world {
		w := base.on(base.disk.Wakings()[0])
		w.secrets = maps.Clone(base.secrets)
		spoil(w.disk)
		return w
	}
	total, err := clone().start(ctx, op, -1)
	if err != nil {
		return []error{err}, 0
	}
	for n := range total + 1 {
		w := clone()
		_, _ = w.start(ctx, op, n) // cut: what it leaves is what counts
		for i, woken := range w.disk.Wakings() {
			disks++
			if err := w.on(woken).check(ctx); err != nil {
				broken = append(broken, fmt.Errorf("%s, cut before operation %d of %d, disk %d: %w", op.name, n, total, i, err))
			}
		}
	}
	return broken, disks
}

func TestNoCutLosesALivingKeyOrLeavesADroppedOne(t *testing.T) { // design: The turn
	for stores, fewest := range map[int]int{1: 5, 2: 10} {
		base := newWorld(t, stores)
		for _, op := range operations {
			t.Run(fmt.Sprintf("%s in %d", op.name, stores), func(t *testing.T) {
				broken, disks := cutEverywhere(t.Context(), base, op, func(*keystoretest.Disk) {})
				for _, err := range broken {
					t.Error(err)
				}
				if disks < fewest {
					t.Errorf("only %d disks were looked at", disks)
				}
			})
		}
	}
}

func TestTheCutsWouldShowALossOnADiskThatLies(t *testing.T) {
	base := newWorld(t, 1)
	for _, lie := range []string{"sync", "syncdir"} {
		broken, _ := cutEverywhere(t.Context(), base, operations[0], func(d *keystoretest.Disk) { d.LieAbout(lie) })
		if len(broken) == 0 {
			t.Errorf("no promise broke although %s did nothing", lie)
		} else {
			t.Logf("%s: %d, the first: %v", lie, len(broken), broken[0])
		}
	}
}

func TestADroppedKeyCanBeReadByWhoKeptTheOldKEK(t *testing.T) { // the control of unreadable
	w := newWorld(t, 2)
	w = w.on(w.disk.Wakings()[0])
	keks := w.disk.Files(".kek/")
	if _, err := w.start(t.Context(), operations[0], -1); err != nil {
		t.Fatal(err)
	}
	if readable(w.disk.Ever(), keks, w.dropped) == "" {
		t.Error("the search for readable keys finds nothing at all")
	}
	if err := w.unreadable(); err != nil {
		t.Error(err)
	}
}

// cutAgain is an operation whose start-up is cut as well, before each of its operations.
func cutAgain(ctx context.Context, base *world, op operation) (broken []error, disks int) {
	clone := func() *world {
		w := base.on(base.disk.Wakings()[0])
		w.secrets = maps.Clone(base.secrets)
		return w
	}
	total, err := clone().start(ctx, op, -1)
	if err != nil {
		return []error{err}, 0
	}
	for n := range total + 1 {
		w := clone()
		_, _ = w.start(ctx, op, n) // cut: what it leaves is what counts
		for _, woken := range w.disk.Wakings() {
			for m := 0; ; m++ {
				again := w.on(woken.Wakings()[0])
				before := again.disk.Ops()
				again.disk.CutBefore(m)
				_, _ = keystore.OpenSet(ctx, again.options(), w.noted) // cut as well
				if again.disk.Ops()-before < m {
					break // the start-up ended before the cut
				}
				for _, last := range again.disk.Wakings() {
					disks++
					if err := w.on(last).check(ctx); err != nil {
						broken = append(broken, fmt.Errorf("%s, cut before operation %d and before operation %d of the start: %w", op.name, n, m, err))
					}
				}
			}
		}
	}
	return broken, disks
}

func TestACutDuringTheStartAfterACutLosesNothing(t *testing.T) {
	for stores := 1; stores <= 2; stores++ {
		base := newWorld(t, stores)
		for _, op := range operations[:2] {
			broken, disks := cutAgain(t.Context(), base, op)
			for _, err := range broken {
				t.Error(err)
			}
			t.Logf("%s in %d: %d disks", op.name, stores, disks)
		}
	}
}

func TestACutDuringTheFirstStartLeavesItToBeRepeated(t *testing.T) {
	for n := 0; ; n++ {
		w := &world{disk: keystoretest.NewDisk(), stores: 2}
		w.disk.CutBefore(n)
		if s, err := keystore.CreateSet(t.Context(), w.options()); err == nil && len(s.Alarms()) == 0 {
			if n < 30 {
				t.Errorf("only %d operations", n)
			}
			return
		}
		for i, woken := range w.disk.Wakings() {
			s, err := keystore.CreateSet(t.Context(), w.on(woken).options())
			if err != nil {
				t.Fatalf("cut before operation %d, disk %d: %v", n, i, err)
			}
			if _, err := s.AddStock(t.Context(), keystore.Day, 1); err != nil {
				t.Errorf("cut before operation %d, disk %d: %v", n, i, err)
			}
		}
	}
}

func TestAnErrorOfTheDiskLosesNothing(t *testing.T) {
	full := errors.New("no space left on device")
	for stores := 1; stores <= 2; stores++ {
		base := newWorld(t, stores)
		for _, op := range operations {
			for n := 0; ; n++ {
				w := base.on(base.disk.Wakings()[0])
				w.secrets = maps.Clone(base.secrets)
				if !failOnce(t, w, op, n, full) {
					break
				}
			}
		}
	}
}

// failOnce lets the n-th operation of op fail, repeats op without failure, and checks all
// promises. It returns false when op has fewer operations.
func failOnce(t *testing.T, w *world, op operation, n int, failure error) bool {
	t.Helper()
	s, err := keystore.OpenSet(t.Context(), w.options(), w.noted)
	if err != nil {
		t.Fatal(err)
	}
	if op.drop != nil {
		w.dropped = op.drop(w)
	}
	count, failed := 0, false
	w.disk.FailWith(func(what, path string) error {
		count++
		if count != n+1 {
			return nil
		}
		failed = true
		return failure
	})
	name := fmt.Sprintf("%s in %d, failure of operation %d", op.name, w.stores, n)
	first := op.do(t.Context(), w, s)
	w.disk.FailWith(nil)
	if err := w.kept(s); err != nil {
		t.Errorf("%s: before it is repeated: %v", name, err)
	}
	if err := op.do(t.Context(), w, s); err != nil {
		t.Errorf("%s: repeated: %v (at first: %v)", name, err, first)
	}
	if op.drop == nil {
		if _, err := s.Turn(t.Context(), nil, keystore.Stock{}); err != nil {
			t.Errorf("%s: turn: %v", name, err)
		}
		if _, err := s.TurnEvents(t.Context(), nil); err != nil {
			t.Errorf("%s: turn of events: %v", name, err)
		}
	}
	if alarms := s.Alarms(); len(alarms) > 0 {
		t.Errorf("%s: %+v stands after it was repeated", name, alarms)
	}
	w.know(s)
	if len(w.dropped) > 0 {
		if err := w.unreadable(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, woken := range w.disk.Wakings() {
		if err := w.on(woken).check(t.Context()); err != nil {
			t.Errorf("%s: after a restart: %v", name, err)
		}
	}
	return failed
}
