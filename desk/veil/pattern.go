package veil

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pattern finds one kind. RE2's \b knows ASCII letters only, so that no letter or digit stands right before
// or after is looked at by find.
type pattern struct {
	kind Kind
	form *regexp.Regexp
}

// order is that in which patterns are asked: where two begin at one place, the first names what it is.
var order = []Kind{Code, Email, Account, BusinessID, Birth, Phone, Number, Plate, Address}

var patterns = func() map[Kind]pattern {
	forms := map[Kind]string{
		// Whatever has the form, valid or not, and what stands where a valid one was typed.
		Code:  `\d{6}[-+−–—A-FU-Ya-fu-y]\d{3}[0-9A-Za-z]|•{6}-•{4}`,
		Email: `[\p{L}\d._%+'-]+\s?(?:@|[\[(](?:at|ät|miukumauku|snabel-?a)[\])])\s?[\p{L}\d-]+(?:\.[\p{L}\d-]+)+`,
		// ISO 13616: two letters, two digits, up to thirty more characters in groups.
		Account:    `(?i:[a-z]{2}\d{2}(?:[ \x{a0}]?[a-z\d]{4}){2,7}(?:[ \x{a0}]?[a-z\d]{1,4})?)`,
		BusinessID: `\d{7}-\d`,
		Birth:      `(?:[0-3]?\d)\.\s?(?:[01]?\d)\.\s?(?:19\d\d|200\d|201\d)`,
		Phone:      `(?:\+|00)\d(?:[\s\x{a0}()./-]{0,2}\d){6,14}|\(?0\d{1,3}\)?(?:[\s\x{a0}-]?\d){5,10}`,
		Number:     `\d(?:[ \x{a0}-]?\d){5,}`,
		Plate:      `(?i:[a-zåäö]{2,3}-\d{1,3}|cd-\d{1,4})`,
		Address: `[\p{L}-]*(?i:katu|kadun|kadulla|kadulta|kadulle|tie|tien|tiellä|tieltä|tielle|kuja|kujan|kujalla|polku|polun|polulla|` +
			`kaari|kaaren|väylä|väylän|rinne|rinteen|raitti|raitin|aukio|aukion|penger|puisto|laituri|` +
			`gatan|gata|vägen|väg|gränd|gränden|stigen|stig|street|road|lane|avenue)\s\d{1,4}(?:\s?[a-zA-Z](?:\s?\d{1,4})?)?` +
			`|\d{5}\s\p{Lu}\p{L}{2,}`,
	}
	all := map[Kind]pattern{}
	for kind, form := range forms {
		all[kind] = pattern{kind, regexp.MustCompile(form)}
	}
	return all
}()

// find gives every place of a pattern that is not part of a longer word or number. A match that begins
// inside a word is looked for again from the end of that word.
func find(text string, p pattern) []Span {
	var out []Span
	for at := 0; at < len(text); {
		m := p.form.FindStringIndex(text[at:])
		if m == nil {
			return out
		}
		from, to := at+m[0], at+m[1]
		if wordBefore(text, from) && text[from] != '+' {
			_, size := utf8.DecodeRuneInString(text[from:])
			at = restOf(text, from+size)
			continue
		}
		to = restOf(text, to) // the rest of the word goes along
		out = append(out, Span{from, to, p.kind})
		at = to
	}
	return out
}

// restOf is where the word ends that at lies in; at itself where it lies in none.
func restOf(text string, at int) int {
	for at < len(text) && wordAfter(text, at) {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

func wordBefore(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return at > 0 && inWord(r)
}

func wordAfter(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return inWord(r)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// occurrences are the places where a value stands as it was given, in either case; of a number, however
// its digits are parted, and also without its country's prefix.
func occurrences(text string, one Value) []Span {
	form := regexp.QuoteMeta(one.Text)
	if one.Kind == Phone {
		form = digitsOf(one.Text)
	}
	if form == "" {
		return nil
	}
	whole, err := regexp.Compile("(?i:" + form + ")")
	if err != nil {
		return nil
	}
	return find(text, pattern{one.Kind, whole})
}

// digitsOf is a form that finds the last digits of a number: those that stay the same with and without a
// country's prefix.
func digitsOf(number string) string {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, number)
	if len(digits) < 6 {
		return ""
	}
	return `[+\d][\d \x{a0}()-]{0,6}` + strings.Join(strings.Split(digits[len(digits)-6:], ""), `[ \x{a0}()-]?`)
}
