package veil

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// sight is a text as it looks: without what nobody sees, and with the plain letter, digit, hyphen or space in
// place of others that look like it. Rules are asked about this, so that nothing passes them by being written
// strangely; what they find is hidden in the text as it was written.
type sight struct {
	text string
	at   []int // for each byte, and for the end, where in the written text it stands
	len  int   // of the written text
}

// plain gives a text as it looks.
func plain(text string) sight {
	if ascii(text) {
		return sight{text: text, len: len(text)}
	}
	var b strings.Builder
	s := sight{at: make([]int, 0, len(text)+1), len: len(text)}
	for from := 0; from < len(text); {
		r, size := utf8.DecodeRuneInString(text[from:])
		if shown := looks(r, text[from:from+size]); shown != "" {
			b.WriteString(shown)
			for range len(shown) {
				s.at = append(s.at, from)
			}
		}
		from += size
	}
	s.text, s.at = b.String(), append(s.at, len(text))
	return s
}

func ascii(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII })
}

// looks is what a character looks like: "" where it is not seen.
func looks(r rune, written string) string {
	switch {
	case r <= unicode.MaxASCII:
		return written
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
		return ""
	case r == '\u2010', r == '\u2011', r == '\u2212', r == '\ufe63', r == '\uff0d':
		return "-"
	case unicode.IsDigit(r):
		return string('0' + (r-zeroOf(r))%10)
	case unicode.IsSpace(r) && r != '\u00a0':
		return " "
	}
	if one := norm.NFKC.String(written); len(one) == 1 {
		return one
	}
	return written
}

// zeroOf is the first of the digits that stand together with r: they come in tens, from nought.
func zeroOf(r rune) rune {
	for unicode.IsDigit(r - 1) {
		r--
	}
	return r
}

// back gives spans of the text as it looks as spans of the text as it was written.
func (s sight) back(all []Span) []Span {
	if s.at == nil {
		return all
	}
	for i := range all {
		all[i].From, all[i].To = s.at[all[i].From], s.at[all[i].To]
	}
	return all
}
