package vault

import (
	"strings"
	"unicode"
)

// Legible tells whether a text says anything: it holds a letter, a digit or another character that can
// be seen. Spaces, controls, marks without a letter and what is drawn as nothing say nothing; an emoji does.
func Legible(text string) bool { return strings.ContainsFunc(text, seen) }

func seen(r rune) bool {
	return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) && !unicode.Is(blank, r)
}

// blank are the characters that Unicode counts among letters and symbols, and draws as nothing: the
// fillers of Hangul and the empty pattern of Braille.
var blank = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x115f, Hi: 0x1160, Stride: 1}, {Lo: 0x2800, Hi: 0x2800, Stride: 1},
	{Lo: 0x3164, Hi: 0x3164, Stride: 1}, {Lo: 0xffa0, Hi: 0xffa0, Stride: 1},
}}
