package keystore_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"luukku/core/vault/keystore"
	"luukku/fault"
)

func TestLossIsSaidBeforeItIsAccepted(t *testing.T) { // design: A missing or older key store
	w := newWorld(t, 1)
	old := w.disk.Wakings()[0]
	s := w.mustRestart(t)
	later, err := s.AddStock(t.Context(), keystore.Day, 2)
	if err != nil {
		t.Fatal(err)
	}
	noted := s.Snapshot().Generation()
	living := append(append(slices.Clone(w.days[1:]), w.events...), later...)
	w.disk = old
	before := w.disk.Files("dvv")

	loss, err := keystore.FindLoss(t.Context(), w.options(), noted, living)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(later)
	if !slices.Equal(loss.Missing, later) || loss.Count != 2 || loss.Noted != noted || loss.Generation >= noted || loss.Signer {
		t.Errorf("%+v", loss)
	}
	for path, content := range before {
		if !bytes.Equal(w.copyOf(path), content) {
			t.Errorf("saying it changed %s", path)
		}
	}

	w.disk = w.disk.Wakings()[0]
	s, accepted, err := keystore.AcceptLoss(t.Context(), w.options(), noted, living)
	if err != nil || !slices.Equal(accepted.Missing, later) {
		t.Fatal(accepted, err)
	}
	if _, ok := s.Snapshot().Key(w.days[0]); ok {
		t.Error("a key that the database does not name lives on")
	}
	if got, ok := s.Snapshot().Key(w.days[1]); !ok || got != w.secrets[w.days[1]] {
		t.Error("a key that was there is lost")
	}
	journal := s.Journal()
	if last := journal[len(journal)-1]; last.Kind != keystore.LineKeyLost || !strings.Contains(string(last.Body), `"missing":2`) {
		t.Errorf("the journal says %s %s", last.Kind, last.Body)
	}
	if !bytes.Equal(s.Signer(), w.signer) {
		t.Error("the signing key is another")
	}
	if s, err := w.restart(t, s.Snapshot().Generation()); err != nil || len(s.Alarms()) > 0 {
		t.Errorf("it does not open afterwards: %v", err)
	}
}

func TestLosingEverythingBeginsAnew(t *testing.T) {
	w := newWorld(t, 2)
	w.disk.Lose("first.keys/dvv")
	w.disk.Put("/m/second.keys/dvv.keys", []byte("rubbish"))
	w.disk.Lose("second.keys/dvv.events")
	w.disk = w.disk.Wakings()[0]
	s, loss, err := keystore.AcceptLoss(t.Context(), w.options(), w.noted, append(w.days, w.events...))
	if err != nil {
		t.Fatal(err)
	}
	if loss.Count != 9 || !loss.Signer || loss.Generation != 0 {
		t.Errorf("%+v", loss)
	}
	if s.Snapshot().Generation() <= w.noted || len(s.Signer()) == 0 || len(s.Alarms()) > 0 {
		t.Errorf("generation %d, alarms %v", s.Snapshot().Generation(), s.Alarms())
	}
	if _, err := s.AddStock(t.Context(), keystore.Event, 1); err != nil {
		t.Error(err)
	}
	if len(w.disk.Files("dvv.keys.damaged")) != 1 {
		t.Error("the damaged file was not kept aside")
	}
}

func TestNoLossIsAcceptedThatIsNone(t *testing.T) {
	w := newWorld(t, 2)
	w.disk = w.disk.Wakings()[0]
	if _, _, err := keystore.AcceptLoss(t.Context(), w.options(), w.noted, w.days); !fault.Is(err, fault.Conflict) {
		t.Errorf("a set that opens: %v", err)
	}
	w.disk = w.disk.Wakings()[0]
	w.disk.Lose("first.keys/dvv")
	unplug(w.disk, "second.kek")
	if _, _, err := keystore.AcceptLoss(t.Context(), w.options(), w.noted, w.days); !fault.Is(err, fault.Busy) {
		t.Errorf("a store that does not answer now: %v", err)
	}
	if len(w.disk.Files("first.keys/dvv")) > 0 {
		t.Error("something was written")
	}
}
