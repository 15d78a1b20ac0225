package chat

import (
	"strings"
	"time"
	"unicode"
)

// Marker stands where a personal identity code stood. It is the same in every language and as long
// as what it replaces.
const Marker = "••••••-••••"

// codeLength is that of a personal identity code: ddmmyy, separator, nnn, check character.
const codeLength = 11

// checkCharacters are indexed by the number ddmmyynnn modulo 31.
const checkCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY"

// Mask replaces every valid Finnish personal identity code in text by Marker and tells how many it
// replaced. Valid means: a day of the calendar in the century that the separator gives (also the
// separators added in 2023), an individual number from 002 to 999, the right check character, in
// either case; a dash of any kind counts as a hyphen. A code that is part of a longer run of digits
// is none. Characters that nobody sees may stand inside it, as they come along when a text is copied,
// and full-width forms count as what they look like. testdata/mask-vectors.json binds this and the
// browser's own implementation.
func Mask(text string) (masked string, hidden int) {
	runes := []rune(text)
	seen, at := visible(runes)
	var out strings.Builder
	done := 0
	for i := 0; i < len(seen); i++ {
		if startsCode(seen, i) {
			out.WriteString(string(runes[done:at[i]]))
			out.WriteString(Marker)
			hidden++
			i += codeLength - 1
			done = at[i] + 1
		}
	}
	if hidden == 0 {
		return text, 0
	}
	out.WriteString(string(runes[done:]))
	return out.String(), hidden
}

// visible are the runes that can be seen, in their ordinary width, each with its place.
func visible(runes []rune) (seen []rune, at []int) {
	seen, at = make([]rune, 0, len(runes)), make([]int, 0, len(runes))
	for i, r := range runes {
		switch {
		case unicode.Is(unicode.Cf, r):
			continue
		case '\uff01' <= r && r <= '\uff5e': // full-width ASCII
			r -= 0xfee0
		case r == '\ufe63': // small hyphen-minus
			r = '-'
		}
		seen, at = append(seen, r), append(at, i)
	}
	return seen, at
}

// startsCode tells whether a valid code begins at i.
func startsCode(runes []rune, i int) bool {
	end := i + codeLength
	if end > len(runes) || i > 0 && digit(runes[i-1]) {
		return false
	}
	if end < len(runes) && digit(runes[end-1]) && digit(runes[end]) {
		return false
	}
	date, ok := number(runes[i : i+6])
	individual, ok2 := number(runes[i+7 : i+10])
	century, ok3 := centuryOf(runes[i+6])
	if !ok || !ok2 || !ok3 || individual < 2 {
		return false
	}
	check := checkCharacters[(date*1000+individual)%31]
	return upper(runes[i+10]) == rune(check) && isDay(date/10000, date/100%100, century+date%100)
}

// centuryOf tells the century of a separator; the letters but A are in use since 2023.
func centuryOf(separator rune) (int, bool) {
	switch upper(separator) {
	case '+':
		return 1800, true
	case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212', 'Y', 'X', 'W', 'V', 'U':
		return 1900, true
	case 'A', 'B', 'C', 'D', 'E', 'F':
		return 2000, true
	}
	return 0, false
}

func isDay(day, month, year int) bool {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t.Day() == day && int(t.Month()) == month && t.Year() == year
}

func number(digits []rune) (int, bool) {
	n := 0
	for _, r := range digits {
		if !digit(r) {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, true
}

func digit(r rune) bool { return '0' <= r && r <= '9' }

func upper(r rune) rune {
	if 'a' <= r && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}
