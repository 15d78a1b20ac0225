package keystore_test

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/fault"
)

const firstKeys, firstEvents = "/m/first.keys/dvv.keys", "/m/first.keys/dvv.events"

// copyOf returns the file path of the world's disk.
func (w *world) copyOf(path string) []byte { return w.disk.Files(path)[path] }

func TestAKeyFileThatIsDamagedIsFoundOut(t *testing.T) {
	base := newWorld(t, 1)
	for _, path := range []string{firstKeys, firstEvents} {
		whole := base.copyOf(path)
		for i := range whole {
			w := base.on(base.disk.Wakings()[0])
			spoilt := bytes.Clone(whole)
			spoilt[i] ^= 0x10
			w.disk.Put(path, spoilt)
			_, err := w.restart(t, w.noted)
			if !fault.Is(err, fault.Busy) {
				t.Fatalf("%s: byte %d of %d changed: %v", path, i, len(whole), err)
			}
			if left := w.copyOf(path); !bytes.Equal(left, spoilt) {
				t.Fatalf("byte %d: the damaged file was replaced", i)
			}
		}
	}
}

func TestDamageBeforeAWholeFrameIsNoTornEnd(t *testing.T) {
	w := newWorld(t, 1)
	content := w.copyOf(firstKeys)
	s := w.mustRestart(t)
	if err := s.Append(t.Context(), keystore.JournalLine{Kind: keystore.LineHold}); err != nil {
		t.Fatal(err)
	}
	longer := w.copyOf(firstKeys)
	for at := len(content) - 100; at < len(content); at++ { // within the last frame of content
		spoilt := bytes.Clone(longer)
		spoilt[at] ^= 0xff
		w.disk.Put(firstKeys, spoilt)
		if _, err := w.restart(t, 0); !errors.Is(err, keystore.ErrCorrupt) {
			t.Fatalf("byte %d: %v", at, err)
		}
	}
}

func TestADamagedOrMissingStoreIsMadeFromTheOtherAndSaysSo(t *testing.T) {
	for name, spoil := range map[string]func(d *keystoretest.Disk){
		"damaged": func(d *keystoretest.Disk) { d.Put(firstKeys, []byte("rubbish")) },
		"missing": func(d *keystoretest.Disk) { d.Lose("first.keys/dvv.keys") },
		"KEK":     func(d *keystoretest.Disk) { d.Lose("first.kek/first.dvv.keys") },
		"disk":    func(d *keystoretest.Disk) { d.Lose("first.ke") },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 2)
			spoil(w.disk)
			s := w.mustRestart(t)
			if err := w.kept(s); err != nil {
				t.Error(err)
			}
			if got := kinds(s.Alarms()); got != "store-rebuilt first" {
				t.Errorf("alarms %q", got)
			}
			if err := w.same(t.Context(), s); err != nil {
				t.Error(err)
			}
			if _, kept := w.disk.Files("damaged")[firstKeys+".damaged"]; kept != (name == "damaged" || name == "KEK") {
				t.Errorf("kept aside: %v", kept)
			}
		})
	}
}

func TestAStoreThatIsNotMountedIsNotMadeAnew(t *testing.T) {
	w := newWorld(t, 2)
	w.disk.Lose("second.keys")
	w.disk = w.disk.Wakings()[0]
	o := w.options()
	for _, store := range o.Stores {
		store.Create = false
	}
	s, err := keystore.OpenSet(t.Context(), o, w.noted)
	if err != nil {
		t.Fatal(err)
	}
	if got := kinds(s.Alarms()); got != "store-unreachable second" {
		t.Errorf("alarms %q", got)
	}
	if len(w.disk.Files("second.keys")) > 0 {
		t.Error("a file was made in the folder of a disk that is not there")
	}
}

func TestAnOlderOrMissingKeyStoreIsRefused(t *testing.T) {
	w := newWorld(t, 1)
	old := map[string][]byte{firstKeys: w.copyOf(firstKeys), firstEvents: w.copyOf(firstEvents)}
	keks := w.disk.Files(".kek/")
	s := w.mustRestart(t)
	if _, err := s.Turn(t.Context(), nil, keystore.Stock{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.TurnEvents(t.Context(), w.events[:1]); err != nil {
		t.Fatal(err)
	}
	noted, after := s.Snapshot().Generation(), w.disk
	for _, test := range []struct {
		name  string
		back  []string // files that come back from an old copy, with the old KEKs
		lose  string
		noted int64
		older bool
		err   error
	}{
		{name: "present", noted: noted},
		{name: "older than noted", back: []string{firstKeys, firstEvents}, noted: noted, older: true},
		{name: "old keys beside new events", back: []string{firstKeys}, noted: 0, older: true},
		{name: "a file from the future is no fault", noted: 1},
		{name: "noted more", noted: noted + 1, older: true},
		{name: "keys missing", lose: "dvv.keys", err: keystore.ErrMissing},
		{name: "events missing", lose: "dvv.events", err: keystore.ErrMissing},
		{name: "all missing", lose: "first.keys", noted: noted, err: keystore.ErrMissing},
		{name: "KEKs missing", lose: "first.kek", err: keystore.ErrMissing},
		{name: "KEK missing", lose: "first.kek/first.dvv.events", err: keystore.ErrCorrupt},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := w.on(after.Wakings()[0])
			for _, path := range test.back {
				w.disk.Put(path, old[path])
			}
			if len(test.back) > 0 {
				for path, kek := range keks {
					w.disk.Put(path, kek)
				}
			}
			if test.lose != "" {
				w.disk.Lose(test.lose)
			}
			before := w.disk.Files("")
			_, err := w.restart(t, test.noted)
			var older keystore.ErrOlder
			if errors.As(err, &older) != test.older || test.err != nil && !errors.Is(err, test.err) {
				t.Fatalf("%v", err)
			}
			if err == nil {
				return
			}
			if !maps.EqualFunc(w.disk.Files(""), before, bytes.Equal) {
				t.Error("something was written")
			}
		})
	}
}

func TestOldEventsBesideNewKeysAreRefused(t *testing.T) {
	w := newWorld(t, 1)
	old := w.copyOf(firstEvents)
	keks := w.disk.Files(".kek/")
	s := w.mustRestart(t)
	if _, err := s.TurnEvents(t.Context(), w.events[:1]); err != nil {
		t.Fatal(err)
	}
	if err := s.Append(t.Context(), keystore.JournalLine{Kind: keystore.LineHold}); err != nil {
		t.Fatal(err)
	}
	w.disk.Put(firstEvents, old)
	for path, kek := range keks {
		w.disk.Put(path, kek)
	}
	var older keystore.ErrOlder
	if _, err := w.restart(t, s.Snapshot().Generation()); !errors.As(err, &older) || older.Have >= older.Want {
		t.Errorf("%v", err)
	}
}

func TestCreatingIsRefusedWhereKeysExist(t *testing.T) {
	w := newWorld(t, 2)
	for _, lose := range []string{"", "first.ke", "dvv.events"} {
		w := w.on(w.disk.Wakings()[0])
		if lose != "" {
			w.disk.Lose(lose)
		}
		if _, err := keystore.CreateSet(t.Context(), w.options()); !errors.Is(err, keystore.ErrExists) || !fault.Is(err, fault.Conflict) {
			t.Errorf("without %q: %v", lose, err)
		}
	}
}

func TestAFolderOfAnotherInstanceIsRefused(t *testing.T) {
	base := newWorld(t, 2)
	for name, change := range map[string]func(s *keystore.Store){
		"instance": func(s *keystore.Store) { s.Instance = "i_other" },
		"demo":     func(s *keystore.Store) { s.Demo = true },
		"name":     func(s *keystore.Store) { s.Name = "third" },
	} {
		w := base.on(base.disk.Wakings()[0])
		o := w.options()
		o.Stores = o.Stores[:1]
		change(o.Stores[0])
		if _, err := keystore.OpenSet(t.Context(), o, 0); !errors.Is(err, keystore.ErrForeign) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w := base.on(base.disk.Wakings()[0])
	w.disk.Lose("first.keys/instance")
	if _, err := w.restart(t, 0); !errors.Is(err, keystore.ErrForeign) {
		t.Errorf("files without a mark: %v", err)
	}
}

func TestTwoProgramsCannotUseOneStore(t *testing.T) {
	w := newWorld(t, 2)
	if _, err := keystore.OpenSet(t.Context(), w.options(), 0); !errors.Is(err, keystore.ErrInUse) {
		t.Errorf("%v", err)
	}
}

func TestAJournalThatGrewInOneStoreIsMerged(t *testing.T) {
	w := newWorld(t, 2)
	fork := w.on(w.disk.Wakings()[0])
	write := func(w *world, ids ...string) {
		s := w.mustRestart(t)
		for _, id := range ids {
			if err := s.Append(t.Context(), keystore.JournalLine{ID: id, At: noon.UnixMilli(), Kind: keystore.LineHold}); err != nil {
				t.Fatal(err)
			}
		}
	}
	write(w, "a1", "a2")
	write(fork, "b1")
	for path, content := range fork.disk.Files("second.") {
		w.disk.Put(path, content)
	}
	s := w.mustRestart(t)
	var ids []string
	for _, l := range s.Journal()[w.lines:] {
		ids = append(ids, l.ID)
	}
	if got := strings.Join(ids, " "); got != "a1 b1 a2" || !slices.Contains(ids, "b1") {
		t.Errorf("journal %q", got)
	}
	if err := w.same(t.Context(), s); err != nil {
		t.Error(err)
	}
}

func TestFramesCannotBeRepeatedOrExchanged(t *testing.T) {
	w := newWorld(t, 1)
	s := w.mustRestart(t)
	sizes := []int{len(w.copyOf(firstKeys))}
	for range 2 {
		if err := s.Append(t.Context(), keystore.JournalLine{Kind: keystore.LineHold}); err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(w.copyOf(firstKeys)))
	}
	whole := w.copyOf(firstKeys)
	head, one, two := whole[:sizes[0]], whole[sizes[0]:sizes[1]], whole[sizes[1]:]
	for name, content := range map[string][]byte{
		"exchanged": slices.Concat(head, two, one),
		"repeated":  slices.Concat(head, one, one, two),
		"left out":  slices.Concat(head, two),
	} {
		w.disk.Put(firstKeys, content)
		_, err := w.restart(t, s.Snapshot().Generation())
		if !fault.Is(err, fault.Busy) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFileThatWasWrittenWronglyTakesNobodysPlace(t *testing.T) {
	w := newWorld(t, 1)
	s := w.mustRestart(t)
	before := w.copyOf(firstKeys)
	w.disk.Spoil("dvv.keys.new")
	if _, err := s.Turn(t.Context(), w.days[:1], keystore.Stock{}); !fault.Is(err, fault.Busy) {
		t.Errorf("%v", err)
	}
	if !bytes.Equal(w.copyOf(firstKeys), before) {
		t.Error("the old file was replaced")
	}
	w.disk.Spoil("")
	if report, err := s.Turn(t.Context(), w.days[:1], keystore.Stock{}); err != nil || len(report.Alarms) > 0 {
		t.Error(report, err)
	}
}
