package keystore_test

import (
	"sync"
	"testing"
	"time"

	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
)

// thousands is the number of keys of a large authority: ten registers, two years of days, holds.
const thousands = 20_000

func BenchmarkTurn20000(b *testing.B) { // design: at most a second, in two stores on one disk
	s := keystoretest.Open(b, "dvv", nil)
	if _, err := s.AddStock(b.Context(), keystore.Day, thousands); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		drop := s.Snapshot().IDs(keystore.Day)[:20]
		report, err := s.Turn(b.Context(), drop, keystore.Stock{Day: 20})
		if err != nil || len(report.Alarms) > 0 {
			b.Fatal(report, err)
		}
	}
}

// A busy audit keeps a checkpoint a minute, for as long as lines live.
func BenchmarkTurnFullJournal(b *testing.B) {
	s := keystoretest.Open(b, "dvv", func() time.Time { return noon })
	const minutes = int64(keystore.LineLife / time.Minute)
	lines := make([]keystore.JournalLine, minutes)
	for i := range lines {
		at := noon.Add(-time.Duration(minutes-int64(i)) * time.Minute)
		lines[i] = keystore.JournalLine{At: at.UnixMilli(), Kind: keystore.LineCheckpoint, Body: make([]byte, 250)}
	}
	if err := s.Append(b.Context(), lines...); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Turn(b.Context(), nil, keystore.Stock{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(s.Journal())), "lines")
}

func BenchmarkTurnEvents(b *testing.B) {
	s := keystoretest.Open(b, "dvv", nil)
	for b.Loop() {
		ids, err := s.AddStock(b.Context(), keystore.Event, 1)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.TurnEvents(b.Context(), ids); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	s := keystoretest.Open(b, "dvv", nil)
	line := keystore.JournalLine{Kind: keystore.LineErased, Body: make([]byte, 200)}
	for b.Loop() {
		if err := s.Append(b.Context(), line); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkKey(b *testing.B) {
	s := keystoretest.Open(b, "dvv", nil)
	ids, err := s.AddStock(b.Context(), keystore.Day, thousands)
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		if _, ok := s.Snapshot().Key(ids[i%thousands]); !ok {
			b.Fatal("a key is missing")
		}
	}
}

func BenchmarkOpenSet20000(b *testing.B) {
	dir := b.TempDir()
	w := world{stores: 2}
	o := w.options()
	o.Stores = keystoretest.Two(dir, nil)
	s, err := keystore.CreateSet(b.Context(), o)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.AddStock(b.Context(), keystore.Day, thousands); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		if s, err = keystore.OpenSet(b.Context(), o, 1); err != nil {
			b.Fatal(err)
		}
	}
}

func TestReadersWaitForNobody(t *testing.T) {
	s := keystoretest.Open(t, "dvv", nil)
	ids, err := s.AddStock(t.Context(), keystore.Day, 50)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if _, ok := s.Snapshot().Key(ids[49]); !ok {
					t.Error("a living key is missing")
					return
				}
			}
		})
	}
	for i := range 20 {
		if _, err := s.Turn(t.Context(), ids[i:i+1], keystore.Stock{Day: 1, Event: 1}); err != nil {
			t.Error(err)
		}
		if err := s.Append(t.Context(), keystore.JournalLine{Kind: keystore.LineHold}); err != nil {
			t.Error(err)
		}
	}
	close(done)
	readers.Wait()
}
