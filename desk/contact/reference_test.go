package contact

import (
	"crypto/rand"
	"strings"
	"testing"

	"luukku/fault"
)

// S4-T8: a code that was mistyped is found out instead of finding another person's contact.
func TestReferenceCodeFindsEverySlip(t *testing.T) {
	for range 50 {
		code, err := newReference(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		for i := range len(code) {
			for _, other := range crockford {
				if slip := code[:i] + string(other) + code[i+1:]; slip != code {
					if _, err := ParseReference(slip); err == nil {
						t.Errorf("%s for %s was not found out", slip, code)
					}
				}
			}
			for j := i + 1; j < len(code); j++ {
				swap := []byte(code)
				swap[i], swap[j] = swap[j], swap[i]
				if _, err := ParseReference(string(swap)); err == nil && string(swap) != code {
					t.Errorf("%s for %s was not found out", swap, code)
				}
			}
		}
	}
}

func TestReferenceCodeIsReadAsPeopleWriteIt(t *testing.T) {
	code, _ := newReference(rand.Reader)
	shown := ShowReference(code)
	if len(shown) != 11 || shown[3] != '-' || shown[7] != '-' {
		t.Fatal(shown)
	}
	folds := strings.NewReplacer("0", "O", "1", "l")
	for _, typed := range []string{code, shown, strings.ToLower(shown), strings.ReplaceAll(shown, "-", " "), " " + shown, folds.Replace(shown)} {
		if got, err := ParseReference(typed); err != nil || got != code {
			t.Errorf("%q: %s, %v", typed, got, err)
		}
	}
	for _, bad := range []string{"", "U23456789", code[:8], code + "0", "ÄÖÅ", strings.Repeat("0", 8) + "1"} {
		if _, err := ParseReference(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
