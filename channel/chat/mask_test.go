package chat_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"luukku/channel/chat"
)

// S4-7: a code typed by mistake is not stored. The browser's implementation reads the same file.
func TestMaskHidesExactlyValidCodes(t *testing.T) {
	raw, err := os.ReadFile("testdata/mask-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Marker string
		Cases  []struct {
			Name, In, Out string
			Hidden        int
		}
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if vectors.Marker != chat.Marker || len(vectors.Cases) < 80 {
		t.Fatalf("marker %q, %d cases", vectors.Marker, len(vectors.Cases))
	}
	for _, c := range vectors.Cases {
		if out, hidden := chat.Mask(c.In); out != c.Out || hidden != c.Hidden {
			t.Errorf("%s: Mask(%q) = %q, %d; want %q, %d", c.Name, c.In, out, hidden, c.Out, c.Hidden)
		}
	}
}

// The vectors name nobody: every code in them has an individual number that no person has.
func TestMaskVectorsAreFictitious(t *testing.T) {
	raw, _ := os.ReadFile("testdata/mask-vectors.json")
	for line := range strings.SplitSeq(plainWidth(string(raw)), "\n") {
		if out, hidden := chat.Mask(line); hidden > 0 && strings.Contains(line, `"in"`) {
			rest := line
			for part := range strings.SplitSeq(out, chat.Marker) {
				rest = strings.TrimPrefix(rest, part)
				if runes := []rune(rest); len(runes) >= 11 {
					if runes[7] != '9' {
						t.Errorf("not fictitious: %s", line)
					}
					rest = string(runes[11:])
				}
			}
		}
	}
}

// plainWidth leaves out what nobody sees and writes full-width forms in their ordinary width.
func plainWidth(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(text))
}

func TestMaskKeepsLengthAndIsDoneOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[0-9a-fA-F+ –-]{0,40}|.{0,10}010190-999[0-9A-Y].{0,10}`).Draw(t, "text")
		out, hidden := chat.Mask(text)
		if utf8.RuneCountInString(out) != utf8.RuneCountInString(text) {
			t.Fatalf("%q became %q", text, out)
		}
		if again, more := chat.Mask(out); again != out || more != 0 || (hidden == 0) != (out == text) {
			t.Fatalf("%q: %d hidden, then %d", text, hidden, more)
		}
	})
}
