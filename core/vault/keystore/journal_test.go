package keystore_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/fault"
)

func TestTheJournalKeepsWhatARestoreMustNotUndo(t *testing.T) {
	now := noon
	s := keystoretest.Open(t, "dvv", func() time.Time { return now })
	body := bytes.Repeat([]byte("x"), keystore.MaxBody)
	for i, kind := range []string{"clock_mark", "checkpoint", "erased", "clock_mark", "hold", "key_lost", "destroyed", "checkpoint"} {
		line := keystore.JournalLine{At: now.Add(time.Duration(i) * time.Second).UnixMilli(), Kind: kind, Body: body}
		if err := s.Append(t.Context(), line); err != nil {
			t.Fatal(err)
		}
	}
	list := func() string {
		var all []string
		for _, l := range s.Journal() {
			all = append(all, fmt.Sprint(l.Kind, (l.At-noon.UnixMilli())/1000))
			if !bytes.Equal(l.Body, body) || !strings.HasPrefix(l.ID, "jl_") {
				t.Errorf("%s: id %q, body of %d bytes", l.Kind, l.ID, len(l.Body))
			}
		}
		return strings.Join(all, " ")
	}
	for _, test := range []struct {
		after time.Duration
		want  string
	}{
		{35 * 24 * time.Hour, "clock_mark0 checkpoint1 erased2 clock_mark3 hold4 key_lost5 destroyed6 checkpoint7"},
		{36*24*time.Hour + 2*time.Second, "erased2 clock_mark3 hold4 key_lost5 destroyed6 checkpoint7"},
		{37 * 24 * time.Hour, "clock_mark3 key_lost5 checkpoint7"},
	} {
		now = noon.Add(test.after)
		if _, err := s.Turn(t.Context(), nil, keystore.Stock{}); err != nil {
			t.Fatal(err)
		}
		if got := list(); got != test.want {
			t.Errorf("after %v: %s\nwant %s", test.after, got, test.want)
		}
	}
}

// A checkpoint a minute and a mark an hour would make a day's turn carry 50,000 lines.
func TestOfLinesThatRepeatTheLastOfEachDayLivesOn(t *testing.T) {
	w := newWorld(t, 2)
	s := w.mustRestart(t)
	var lines []keystore.JournalLine
	for minutes := 3 * 24 * 60; minutes > 0; minutes -= 10 {
		at := noon.Add(-time.Duration(minutes) * time.Minute).UnixMilli()
		lines = append(lines, keystore.JournalLine{At: at, Kind: keystore.LineCheckpoint},
			keystore.JournalLine{At: at, Kind: keystore.LineClockMark}, keystore.JournalLine{At: at, Kind: keystore.LineErased})
	}
	late := keystore.JournalLine{At: noon.Add(-time.Hour).UnixMilli(), Kind: keystore.LineClockMark, Body: []byte("late")}
	if err := s.Append(t.Context(), append(lines, late)...); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Turn(t.Context(), nil, keystore.Stock{}); err != nil {
		t.Fatal(err)
	}
	if err := w.same(t.Context(), s); err != nil {
		t.Error(err)
	}
	left := map[string][]string{}
	for _, l := range s.Journal() {
		left[l.Kind] = append(left[l.Kind], time.UnixMilli(l.At).UTC().Format("2 15:04"))
	}
	want := "18 23:50, 19 23:50, 20 23:50, 21 10:50, 21 11:00, 21 11:10, 21 11:20, 21 11:30, 21 11:40, 21 11:50"
	if got := strings.Join(left["checkpoint"], ", "); got != want {
		t.Errorf("checkpoints %s", got)
	}
	if got := strings.Join(left["clock_mark"], ", "); got != want+", 21 11:00" {
		t.Errorf("marks %s", got)
	}
	if n := len(left["erased"]); n != len(lines)/3+1 {
		t.Errorf("%d lines of erasure left", n)
	}
}

func TestSeveralLinesAreWrittenInOnePiece(t *testing.T) {
	w := newWorld(t, 2)
	s := w.mustRestart(t)
	before := w.disk.Ops()
	lines := []keystore.JournalLine{{Kind: "hold"}, {Kind: "erased"}, {Kind: "hold"}}
	if err := s.Append(t.Context(), lines...); err != nil {
		t.Fatal(err)
	}
	if got := w.disk.Ops() - before; got != 4 {
		t.Errorf("%d operations, want a write and a sync in each store", got)
	}
	if err := s.Append(t.Context()); err != nil || len(s.Journal()) != w.lines+3 {
		t.Errorf("%v, %d lines", err, len(s.Journal()))
	}
}

func TestLinesThatCannotBeWrittenAreRefused(t *testing.T) {
	s := keystoretest.Open(t, "dvv", nil)
	for name, line := range map[string]keystore.JournalLine{
		"no kind":      {},
		"a long kind":  {Kind: strings.Repeat("k", 33)},
		"a long body":  {Kind: "hold", Body: make([]byte, keystore.MaxBody+1)},
		"a long id":    {Kind: "hold", ID: strings.Repeat("i", 65)},
		"with another": {Kind: ""},
	} {
		if err := s.Append(t.Context(), keystore.JournalLine{Kind: "hold"}, line); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(s.Journal()) != 0 {
		t.Error("a line was written all the same")
	}
}
