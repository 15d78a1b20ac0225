package keystore_test

import (
	"bytes"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/fault"
)

// restart gives the world's disk a clean power cut and opens the set again.
func (w *world) restart(t *testing.T, noted int64) (*keystore.Set, error) {
	t.Helper()
	w.disk = w.disk.Wakings()[0]
	return keystore.OpenSet(t.Context(), w.options(), noted)
}

// mustRestart is restart where the set must open.
func (w *world) mustRestart(t *testing.T) *keystore.Set {
	t.Helper()
	s, err := w.restart(t, w.noted)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// unplug makes every path with this part unreachable; "" plugs all in again.
func unplug(d *keystoretest.Disk, part string) {
	d.FailWith(func(_, path string) error {
		if part != "" && strings.Contains(path, part) {
			return errors.New("no route to " + part)
		}
		return nil
	})
}

func kinds(alarms []keystore.Alarm) string {
	var all []string
	for _, a := range alarms {
		all = append(all, a.Kind+" "+a.Store)
	}
	return strings.Join(all, ", ")
}

func TestASetHoldsWhatWasPutIntoIt(t *testing.T) {
	s := keystoretest.Open(t, "mallila", nil)
	before := s.Snapshot()
	days, err := s.AddStock(t.Context(), keystore.Day, 14)
	if err != nil || len(days) != 14 {
		t.Fatal(days, err)
	}
	if _, ok := before.Key(days[0]); ok {
		t.Error("an older snapshot changed")
	}
	events, err := s.AddStock(t.Context(), keystore.Event, 2)
	if err != nil || len(events) != 2 {
		t.Fatal(events, err)
	}
	now := s.Snapshot()
	first, ok1 := now.Key(days[0])
	second, ok2 := now.Key(events[0])
	if !ok1 || !ok2 || first == second || first == [32]byte{} {
		t.Error("keys are missing or equal")
	}
	if now.Generation() <= before.Generation() {
		t.Error("the generation did not rise")
	}
	slices.Sort(days)
	if !slices.Equal(now.IDs(keystore.Day), days) {
		t.Error("IDs does not name the day keys")
	}
	if len(s.Signer()) != 64 || len(s.Alarms()) != 0 {
		t.Error("no signing key, or an alarm")
	}
}

func TestATurnDropsKeysAndLeavesTheStockThatWasAskedFor(t *testing.T) {
	w := newWorld(t, 2)
	s := w.mustRestart(t)
	report, err := s.Turn(t.Context(), append(w.days[:2:2], "kd_unknown", w.days[0]), keystore.Stock{Day: 3, Event: 1})
	if err != nil || report.Dropped != 2 || len(report.NewStock) != 3 || len(report.NewEvents) != 1 || len(report.Alarms) != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	snap := s.Snapshot()
	if report.Generation != snap.Generation() {
		t.Error("the report tells another generation")
	}
	if got := len(snap.IDs(keystore.Day)); got != 5-2+3 {
		t.Errorf("%d day keys", got)
	}
	if got := len(snap.IDs(keystore.Event)); got != 4+1 {
		t.Errorf("%d event keys", got)
	}
}

func TestATurnOfEventsWithoutAnEndWritesNothing(t *testing.T) {
	w := newWorld(t, 2)
	s := w.mustRestart(t)
	before := w.disk.Ops()
	if _, err := s.TurnEvents(t.Context(), []string{"ke_unknown", w.days[0]}); err != nil {
		t.Fatal(err)
	}
	if w.disk.Ops() != before {
		t.Error("the disk was written to")
	}
	if _, ok := s.Snapshot().Key(w.days[0]); !ok {
		t.Error("a turn of events dropped a day key")
	}
}

func TestAStoreThatCannotBeReached(t *testing.T) { // design: Each store turns by itself
	for _, part := range []string{"second.keys", "second.kek", "first.keys", "first.kek"} {
		t.Run(part, func(t *testing.T) {
			w := newWorld(t, 2)
			s := w.mustRestart(t)
			away := part[:strings.Index(part, ".")]
			unplug(w.disk, part)
			w.dropped = w.days[:2]
			report, err := s.Turn(t.Context(), w.dropped, keystore.Stock{Day: 3, Event: 3})
			if err != nil || report.Dropped != 2 {
				t.Fatalf("%+v, %v", report, err)
			}
			if got := kinds(report.Alarms); got != "store-unreachable "+away {
				t.Errorf("alarms %q", got)
			}
			if len(report.NewStock) > 0 {
				t.Error("stock was handed out that a store does not hold")
			}
			if _, err := s.AddStock(t.Context(), keystore.Day, 1); !fault.Is(err, fault.Busy) {
				t.Errorf("AddStock: %v", err)
			}
			if w.unreadable() == nil {
				t.Error("the old KEK of the other store died although its file is the old one")
			}
			unplug(w.disk, "")
			report, err = s.Turn(t.Context(), nil, keystore.Stock{Day: 3, Event: 3})
			if err != nil || len(report.Alarms) > 0 || len(report.NewStock) != 3 || len(report.NewEvents) != 3 {
				t.Fatalf("it did not catch up: %+v, %v", report, err)
			}
			if err := w.unreadable(); err != nil {
				t.Error(err)
			}
			if err := w.same(t.Context(), s); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTheLogTellsOnceWhenAnAlarmBegins(t *testing.T) {
	w := newWorld(t, 2)
	w.disk = w.disk.Wakings()[0]
	var log bytes.Buffer
	o := w.options()
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	s, err := keystore.OpenSet(t.Context(), o, w.noted)
	if err != nil {
		t.Fatal(err)
	}
	unplug(w.disk, "second.keys")
	for range 2 {
		if _, err := s.TurnEvents(t.Context(), w.events[:1]); err != nil {
			t.Fatal(err)
		}
	}
	if text := log.String(); strings.Count(text, "\n") != 1 || !strings.Contains(text, "authority=dvv kind=store-unreachable store=second") {
		t.Errorf("the log says:\n%s", text)
	}
}

func TestAnErasureIsAcknowledgedOnlyInEveryStore(t *testing.T) { // design: The journal
	w := newWorld(t, 2)
	s := w.mustRestart(t)
	unplug(w.disk, "second.keys")
	erased := keystore.JournalLine{At: noon.UnixMilli(), Kind: keystore.LineErased, Body: []byte("r_9")}
	if err := s.Append(t.Context(), erased); !fault.Is(err, fault.Busy) {
		t.Fatalf("Append: %v", err)
	}
	if len(s.Journal()) != w.lines {
		t.Error("the line is in the journal all the same")
	}
	for _, kind := range []string{keystore.LineAccountDisabled, keystore.LineHold, keystore.LineCheckpoint} {
		if err := s.Append(t.Context(), keystore.JournalLine{At: noon.UnixMilli(), Kind: kind}); err != nil {
			t.Errorf("%s waits for a store: %v", kind, err)
		}
	}
	if got := kinds(s.Alarms()); got != "store-unreachable second" {
		t.Errorf("alarms %q", got)
	}
	unplug(w.disk, "")
	if err := s.Append(t.Context(), erased); err != nil {
		t.Fatal(err)
	}
	if got := kinds(s.Alarms()); got != "" {
		t.Errorf("alarms %q after it was reached again", got)
	}
	if err := w.same(t.Context(), s); err != nil {
		t.Error(err)
	}
}

func TestNoStoreAtAllIsBusyAndThenWorksAgain(t *testing.T) {
	w := newWorld(t, 2)
	s := w.mustRestart(t)
	unplug(w.disk, "/m/")
	_, err1 := s.Turn(t.Context(), w.days[:1], keystore.Stock{})
	_, err2 := s.TurnEvents(t.Context(), w.events[:1])
	err3 := s.Append(t.Context(), keystore.JournalLine{Kind: keystore.LineHold})
	for i, err := range []error{err1, err2, err3} {
		if !fault.Is(err, fault.Busy) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if _, ok := s.Snapshot().Key(w.days[0]); !ok {
		t.Error("a drop took place that no store holds")
	}
	unplug(w.disk, "")
	if err := s.Append(t.Context(), keystore.JournalLine{Kind: keystore.LineHold}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.TurnEvents(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if report, err := s.Turn(t.Context(), w.days[:1], keystore.Stock{Day: 1}); err != nil || report.Dropped != 1 || len(report.Alarms) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestAClosedSetForgetsItsKeys(t *testing.T) {
	w := newWorld(t, 1)
	s := w.mustRestart(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Snapshot().Key(w.days[0]); ok || s.Signer() != nil {
		t.Error("a key is left")
	}
	if err := s.Append(t.Context(), keystore.JournalLine{Kind: keystore.LineHold}); !fault.Is(err, fault.Busy) {
		t.Errorf("Append: %v", err)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	disk := keystoretest.NewDisk()
	good := (&world{disk: disk, stores: 2}).options()
	for name, spoil := range map[string]func(o *keystore.Options){
		"no authority":        func(o *keystore.Options) { o.Authority = "" },
		"a path as authority": func(o *keystore.Options) { o.Authority = "../x" },
		"a dot":               func(o *keystore.Options) { o.Authority = "dvv.keys" },
		"no store":            func(o *keystore.Options) { o.Stores = nil },
		"one store twice":     func(o *keystore.Options) { o.Stores = []*keystore.Store{o.Stores[0], o.Stores[0]} },
		"no clock":            func(o *keystore.Options) { o.Now = nil },
	} {
		o := good
		spoil(&o)
		if _, err := keystore.CreateSet(t.Context(), o); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
