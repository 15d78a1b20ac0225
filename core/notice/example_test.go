package notice_test

import (
	"os"
	"strings"
	"testing"

	"luukku/core/notice"
)

// example returns the notice that uses every key of the grammar, after the edits: pairs of old and
// new text, each of which must be there exactly once.
func example(t testing.TB, edits ...string) []byte {
	t.Helper()
	source, err := os.ReadFile("testdata/example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(source)
	for i := 0; i < len(edits); i += 2 {
		if n := strings.Count(text, edits[i]); n != 1 {
			t.Fatalf("the example has %q %d times, want once", edits[i], n)
		}
		text = strings.Replace(text, edits[i], edits[i+1], 1)
	}
	return []byte(text)
}

// read parses an edited example, which must be readable.
func read(t testing.TB, edits ...string) *notice.Notice {
	t.Helper()
	n, problems := notice.Parse(example(t, edits...), "example.yaml")
	if n == nil {
		t.Fatalf("the example cannot be read:\n%v", problems)
	}
	return n
}

// lineOf is the line of the example on which text begins, after the edits.
func lineOf(t testing.TB, source []byte, text string) int {
	t.Helper()
	before, _, found := strings.Cut(string(source), text)
	if !found {
		t.Fatalf("the example has no %q", text)
	}
	return strings.Count(before, "\n") + 1
}
