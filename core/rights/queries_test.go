package rights

import (
	"testing"

	"luukku/core/notice"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestQueries(t *testing.T) { storetest.Prepare(t, queries) }

// Fail-closed: what is not known to say one thing only waits for a human, also a type that is new.
func TestWhatAHumanMustSee(t *testing.T) {
	person := []notice.Source{notice.FromSubject}
	for _, c := range []struct {
		field *notice.Field
		want  string
	}{
		{nil, Undecided}, {&notice.Field{Type: notice.TypeText}, Undecided}, {&notice.Field{Type: notice.TypeString}, Undecided},
		{&notice.Field{Type: notice.TypeFile}, Undecided}, {&notice.Field{Type: notice.TypeSecret}, Undecided}, {&notice.Field{Type: "new"}, Undecided},
		{&notice.Field{Type: notice.TypeInstant}, Kept}, {&notice.Field{Type: notice.TypeEmail, DPV: "pd:EmailAddress", Source: person}, Kept},
		{&notice.Field{Type: notice.TypeEmail, DPV: "pd:EmailAddressWork"}, LeftOut}, {&notice.Field{Type: notice.TypeIdentifier, DPV: "pd:Username"}, LeftOut},
	} {
		if got, _ := firstDecision(c.field); got != c.want {
			t.Errorf("%+v: %s, want %s", c.field, got, c.want)
		}
	}
}

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
