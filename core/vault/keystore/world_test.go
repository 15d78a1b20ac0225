package keystore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// world is a key store that stood before a power cut, and what the program was promised of it.
type world struct {
	disk         *keystoretest.Disk
	stores       int
	days, events []string
	secrets      map[string][32]byte
	signer       []byte
	noted        int64
	dropped      []string // that the operation under test drops
	lines        int      // that must be in the journal
	gone         bool     // the drop was acknowledged, without an alarm
	newIDs       []string // that the operation handed out
	acknowledged []keystore.JournalLine
}

func (w *world) options() keystore.Options {
	return keystore.Options{Authority: "dvv", Stores: keystoretest.Two("/m", w.disk)[:w.stores], Now: func() time.Time { return noon }}
}

// newWorld has five day keys, four event keys and two lines in so many stores.
func newWorld(t *testing.T, stores int) *world {
	t.Helper()
	w := &world{disk: keystoretest.NewDisk(), stores: stores, secrets: map[string][32]byte{}}
	s, err := keystore.CreateSet(t.Context(), w.options())
	if err != nil {
		t.Fatal(err)
	}
	w.days, err = s.AddStock(t.Context(), keystore.Day, 5)
	if err != nil {
		t.Fatal(err)
	}
	if w.events, err = s.AddStock(t.Context(), keystore.Event, 4); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{keystore.LineErased, keystore.LineHold} {
		if err := s.Append(t.Context(), keystore.JournalLine{At: noon.UnixMilli(), Kind: kind, Body: []byte("r_1")}); err != nil {
			t.Fatal(err)
		}
	}
	w.know(s)
	return w
}

// know takes the set's present state as what must stay true.
func (w *world) know(s *keystore.Set) {
	snap := s.Snapshot()
	for _, id := range append(snap.IDs(keystore.Day), snap.IDs(keystore.Event)...) {
		w.secrets[id], _ = snap.Key(id)
	}
	w.signer, w.noted, w.lines = s.Signer(), snap.Generation(), len(s.Journal())
}

// on returns the same promises about another disk.
func (w *world) on(d *keystoretest.Disk) *world {
	other := *w
	other.disk = d
	return &other
}

// operation is what the power cut interrupts. It notes in w what was acknowledged.
type operation struct {
	name string
	drop func(w *world) []string
	do   func(ctx context.Context, w *world, s *keystore.Set) error
}

var operations = []operation{
	{"turn", func(w *world) []string { return w.days[:2] }, turn},
	{"events", func(w *world) []string { return w.events[:1] }, func(ctx context.Context, w *world, s *keystore.Set) error {
		_, err := s.TurnEvents(ctx, w.dropped)
		w.gone = err == nil
		return err
	}},
	{"stock", nil, func(ctx context.Context, w *world, s *keystore.Set) (err error) {
		w.newIDs, err = s.AddStock(ctx, keystore.Day, 3)
		return err
	}},
	{"event stock", nil, func(ctx context.Context, w *world, s *keystore.Set) (err error) {
		w.newIDs, err = s.AddStock(ctx, keystore.Event, 3)
		return err
	}},
	{"erasure", nil, journal(keystore.LineErased)},
	{"hold", nil, journal(keystore.LineHold)},
	{"two turns", func(w *world) []string { return w.days[:2] }, func(ctx context.Context, w *world, s *keystore.Set) error {
		if err := turn(ctx, w, s); err != nil {
			return err
		}
		return turn(ctx, w, s)
	}},
}

func turn(ctx context.Context, w *world, s *keystore.Set) error {
	report, err := s.Turn(ctx, w.dropped, keystore.Stock{Day: 2, Event: 1})
	if err == nil {
		w.gone = true
		w.newIDs = append(append(w.newIDs, report.NewStock...), report.NewEvents...)
	}
	return err
}

func journal(kind string) func(context.Context, *world, *keystore.Set) error {
	return func(ctx context.Context, w *world, s *keystore.Set) error {
		line := keystore.JournalLine{ID: "jl_new", At: noon.UnixMilli(), Kind: kind, Body: []byte("r_2")}
		err := s.Append(ctx, line)
		if err == nil {
			w.acknowledged = append(w.acknowledged, line)
		}
		return err
	}
}

// start opens the set on w's disk and does op, with the power cut before its n-th operation; n < 0
// is no cut. It returns how many operations were done.
func (w *world) start(ctx context.Context, op operation, n int) (int, error) {
	s, err := keystore.OpenSet(ctx, w.options(), w.noted)
	if err != nil {
		return 0, err
	}
	if op.drop != nil {
		w.dropped = op.drop(w)
	}
	before := w.disk.Ops()
	if n >= 0 {
		w.disk.CutBefore(n)
	}
	err = op.do(ctx, w, s)
	snap := s.Snapshot()
	for _, id := range w.newIDs {
		w.secrets[id], _ = snap.Key(id)
	}
	if err == nil {
		w.noted = snap.Generation()
	}
	return w.disk.Ops() - before, err
}

// check opens the set on w's disk after a cut and says which promise is broken.
func (w *world) check(ctx context.Context) error {
	s, err := keystore.OpenSet(ctx, w.options(), w.noted)
	if err != nil {
		return fmt.Errorf("it does not open: %w", err)
	}
	if err := w.kept(s); err != nil {
		return err
	}
	for _, a := range s.Alarms() {
		if a.Kind != keystore.TailDropped {
			return fmt.Errorf("alarm after a clean start: %+v", a)
		}
	}
	if err := w.same(ctx, s); err != nil {
		return err
	}
	if err := w.ended(ctx, s); err != nil {
		return err
	}
	return w.goesOn(ctx, s)
}

// goesOn: what is written after the start is found after the next.
func (w *world) goesOn(ctx context.Context, s *keystore.Set) error {
	if err := s.Append(ctx, keystore.JournalLine{ID: "jl_later", At: noon.UnixMilli(), Kind: keystore.LineErased}); err != nil {
		return err
	}
	again := w.on(w.disk.Wakings()[0])
	next, err := keystore.OpenSet(ctx, again.options(), s.Snapshot().Generation())
	if err != nil {
		return fmt.Errorf("the next start: %w", err)
	}
	again.acknowledged = append(slices.Clone(w.acknowledged), keystore.JournalLine{ID: "jl_later", Kind: keystore.LineErased})
	if len(next.Alarms()) > 0 {
		return fmt.Errorf("the next start: %+v", next.Alarms())
	}
	return again.kept(next)
}

// kept: no living key is lost, no acknowledged line, and the signing key is the same.
func (w *world) kept(s *keystore.Set) error {
	snap := s.Snapshot()
	for id, secret := range w.secrets {
		if slices.Contains(w.dropped, id) {
			continue
		}
		if found, ok := snap.Key(id); !ok || found != secret {
			return fmt.Errorf("living key %s is lost", id)
		}
	}
	if !bytes.Equal(s.Signer(), w.signer) {
		return errors.New("the signing key is lost")
	}
	if n := len(s.Journal()); n < w.lines {
		return fmt.Errorf("%d of %d journal lines left", n, w.lines)
	}
	for _, line := range w.acknowledged {
		if !slices.ContainsFunc(s.Journal(), func(l keystore.JournalLine) bool { return l.ID == line.ID }) {
			return fmt.Errorf("acknowledged line %s is lost", line.Kind)
		}
	}
	return nil
}

// same: either store alone has all of it.
func (w *world) same(ctx context.Context, s *keystore.Set) error {
	for i, name := range []string{"first", "second"}[:w.stores] {
		alone := w.on(w.disk.Wakings()[0]).options()
		alone.Stores = alone.Stores[i : i+1]
		one, err := keystore.OpenSet(ctx, alone, s.Snapshot().Generation())
		if err != nil {
			return fmt.Errorf("store %s alone: %w", name, err)
		}
		if !slices.Equal(one.Snapshot().IDs(keystore.Day), s.Snapshot().IDs(keystore.Day)) ||
			!slices.Equal(one.Snapshot().IDs(keystore.Event), s.Snapshot().IDs(keystore.Event)) ||
			len(one.Journal()) != len(s.Journal()) {
			return fmt.Errorf("store %s alone differs", name)
		}
	}
	return nil
}

// ended: a dropped key is not among the living, and nobody can read it from all that ever stood in
// any key file with all KEKs that are left. A drop that had not begun is repeated first, as the
// program does.
func (w *world) ended(ctx context.Context, s *keystore.Set) error {
	if len(w.dropped) == 0 {
		return nil
	}
	if _, living := s.Snapshot().Key(w.dropped[0]); living {
		if w.gone {
			return errors.New("a key whose drop was acknowledged lives again")
		}
		if _, err := s.Turn(ctx, w.dropped, keystore.Stock{}); err != nil {
			return err
		}
		if _, err := s.TurnEvents(ctx, w.dropped); err != nil {
			return err
		}
	}
	return w.unreadable()
}

func (w *world) unreadable() error {
	for _, later := range w.disk.Wakings() {
		if id := readable(w.disk.Ever(), later.Files(".kek/"), w.dropped); id != "" {
			return fmt.Errorf("dropped key %s can still be read", id)
		}
	}
	return nil
}

// readable returns one of ids that can be read from contents with a KEK in files, or "".
func readable(contents [][]byte, files map[string][]byte, ids []string) string {
	for path, file := range files {
		kek := keystore.KEKIn(file)
		if kek == nil || !strings.HasSuffix(path, ".kek") {
			continue
		}
		for _, content := range contents {
			found := keystore.KeysIn(content, kek)
			for _, id := range ids {
				if found[id] {
					return id
				}
			}
		}
	}
	return ""
}
