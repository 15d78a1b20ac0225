package notice_test

import (
	"testing"
	"time"

	"luukku/core/notice"
)

// S4-16: a printout is gone in its own time, and never after what it was taken from.
func TestAPrintoutEndsInItsTimeAndNeverAfterItsSource(t *testing.T) {
	n := read(t)
	p := n.Printing()
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	late := time.Date(2026, 11, 21, 22, 30, 0, 0, time.UTC) // already the 22nd in Helsinki
	for _, c := range []struct {
		ends []notice.Day
		want notice.Day
	}{
		{nil, "2026-12-12"}, {[]notice.Day{""}, "2026-12-12"}, {[]notice.Day{"2027-01-20", "2026-12-13"}, "2026-12-12"},
		{[]notice.Day{"2027-01-20", "2026-11-30"}, "2026-11-30"}, {[]notice.Day{"2026-11-22"}, "2026-11-22"},
	} {
		if got := p.DestroyBy(late, zone, c.ends...); got != c.want {
			t.Errorf("ending on %v: destroyed by %s, want %s", c.ends, got, c.want)
		}
	}
	if !p.For("appointment") || p.For("curiosity") || n.LogPurpose() != "appointment" {
		t.Error("the purposes are not those of the notice")
	}
}

// What a notice does not declare cannot be done.
func TestWithoutPrintingNothingMayBePrinted(t *testing.T) {
	for _, n := range []*notice.Notice{{}, {Manual: &notice.Manual{Exists: "yes"}}} {
		if n.Printing() != nil || n.Printing().For("answer") || n.Printing().For("") || n.LogPurpose() != "" {
			t.Errorf("%+v prints", n.Manual)
		}
	}
}
