package rights

import (
	"testing"

	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestQueries(t *testing.T) { storetest.Prepare(t, queries) }

// What is covered leaves nothing of itself, not even its length, and what is not one of the text's parts
// is refused.
func TestCoveredParts(t *testing.T) {
	for _, c := range []struct {
		text  string
		spans []Span
		want  string
	}{
		{"Naapuri Veikko muutti", []Span{{8, 14}}, "Naapuri █████ muutti"},
		{"ab", []Span{{0, 2}}, "█████"},
		{"abcdef", []Span{{4, 6}, {0, 2}}, "█████cd█████"},
		{"abcdef", []Span{{0, 3}, {2, 5}}, "█████f"}, // they overlap: one cover
		{"abcdef", []Span{{0, 3}, {3, 5}}, "█████f"}, // they touch: one cover
		{"😀 Veikko", []Span{{3, 9}}, "😀 █████"},      // browsers count in UTF-16
	} {
		if got, err := covered(c.text, c.spans); err != nil || got != c.want {
			t.Errorf("%q %v: %q %v, want %q", c.text, c.spans, got, err, c.want)
		}
	}
	for _, spans := range [][]Span{nil, {{-1, 2}}, {{2, 2}}, {{0, 7}}} {
		if got, err := covered("abcdef", spans); err == nil {
			t.Errorf("%v gave %q", spans, got)
		}
	}
}
