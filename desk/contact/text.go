package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
)

// MaxText is the longest message in characters.
const MaxText = 4000

// Draft is a message on its way in. ClientID is random, made by the writer's client; it makes a
// repeated post harmless.
type Draft struct{ ClientID, Text, Lang string }

// Ack acknowledges a message: it is stored and synced under the number N.
type Ack struct {
	N, At  int64
	Masked bool // a personal identity code was hidden before it was stored
}

// clean returns text as it is stored: NFC, lines ended by \n, codes masked. HTML stays the text it
// is. Errors are fault.Invalid on field: "text-not-utf8", "text-empty" (nothing in it can be seen),
// "text-too-long" (after NFC),
// "text-control-character" (all but newline and tab).
func (c *Contacts) clean(text, field string) (string, bool, error) {
	if !utf8.ValidString(text) {
		return "", false, fault.New(fault.Invalid, "text-not-utf8").On(field)
	}
	if len(text) > 4*MaxText {
		return "", false, fault.New(fault.Invalid, "text-too-long", "max", "4000").On(field)
	}
	text = norm.NFC.String(strings.ReplaceAll(text, "\r\n", "\n"))
	switch {
	case !vault.Legible(text):
		return "", false, fault.New(fault.Invalid, "text-empty").On(field)
	case utf8.RuneCountInString(text) > MaxText:
		return "", false, fault.New(fault.Invalid, "text-too-long", "max", "4000").On(field)
	case strings.ContainsFunc(text, Unsendable):
		return "", false, fault.New(fault.Invalid, "text-control-character").On(field)
	}
	masked, hidden := c.o.Mask(text)
	return masked, hidden > 0, nil
}

// Unsendable tells the characters that no message may hold.
func Unsendable(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) }

// checkLang refuses a language that no text of the program exists in.
func checkLang(lang string) error {
	for _, l := range notice.Languages() {
		if l == lang {
			return nil
		}
	}
	return fault.New(fault.Invalid, "unknown-language").On("lang")
}

// shortID tells whether s can be an id that a client sent: nothing longer or stranger is looked up.
func shortID(s string, min int) bool {
	if len(s) < min || len(s) > 64 {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}
