package vault

import "testing"

func TestLegibleTextHasSomethingToSee(t *testing.T) {
	for _, text := range []string{"a", "7", "?", "😀", "☎️", "🇫🇮", "👩\u200d🚒", "\u200bå\u200b", "漢", "€"} {
		if !Legible(text) {
			t.Errorf("%q says something", text)
		}
	}
	for _, text := range []string{"", " \t\n", "\u200b\u200d\u2060\ufeff", "\u00a0\u2003\u3000", "\u00ad", "\ufe0f", "\u0301",
		"\u3164\u115f\u1160\uffa0", "\u2800", "\u034f", "\u202e", "\U000e0041"} {
		if Legible(text) {
			t.Errorf("%q says nothing", text)
		}
	}
}
