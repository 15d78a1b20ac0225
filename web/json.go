package web

import (
	"encoding/json"
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// readJSON reads what clients send. It refuses what is no text, which encoding/json would quietly repair
// to U+FFFD: bytes that are not UTF-8, and half of a surrogate pair in an escape ("\\ud800"). A U+FFFD that
// somebody wrote is a character like any other.
func readJSON(data []byte, v any) error {
	if !utf8.Valid(data) || halfSurrogate(data) {
		return errors.New("not UTF-8")
	}
	return json.Unmarshal(data, v)
}

// halfSurrogate tells whether an escape stands for one half of a pair without the other (RFC 8259, 8.2).
// A backslash stands nowhere but in strings, so these need not be told apart.
func halfSurrogate(data []byte) bool {
	for i := 0; i+1 < len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		r := escaped(data[i:])
		if utf16.IsSurrogate(r) {
			if utf16.DecodeRune(r, escaped(data[i+6:])) == utf8.RuneError {
				return true
			}
			i += 6
		}
		i++
	}
	return false
}

// escaped is the code unit of an escape at the beginning of data, 0 if there is none.
func escaped(data []byte) rune {
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return 0
	}
	n, err := strconv.ParseUint(string(data[2:6]), 16, 16)
	if err != nil {
		return 0
	}
	return rune(n)
}
