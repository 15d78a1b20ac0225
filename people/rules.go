package people

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"luukku/fault"
)

// Password lengths in characters. ASVS 5.0, 6.2.1 asks for at least 8 and recommends 15; 6.2.9
// wants at least 64 to be allowed.
const (
	MinPassword = 12
	maxPassword = 256
)

// common.txt holds words that passwords are commonly made of, in lower case, one a line.
//
//go:embed common.txt
var commonText string

// commonWords never changes after it is made.
var commonWords = wordSet(commonText)

func wordSet(text string) map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(text) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			words[word] = true
		}
	}
	return words
}

// CheckPassword applies the rules of ASVS 5.0, 6.2: a length, no composition rules, and none of the
// commonly used ones, of this account's own words, of repeated or of consecutive characters. own are
// the username, name and the authority's names. Errors: fault.Invalid "password-short",
// "password-long", "password-common", "password-own".
func CheckPassword(password string, own ...string) error {
	length := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return fault.New(fault.Invalid, "text-malformed").On("password")
	case length < MinPassword:
		return fault.New(fault.Invalid, "password-short", "min", strconv.Itoa(MinPassword)).On("password")
	case length > maxPassword:
		return fault.New(fault.Invalid, "password-long", "max", strconv.Itoa(maxPassword)).On("password")
	}
	bare := bareWords(password)
	if tooUniform(password) || slices.ContainsFunc(bare, commonlyUsed) {
		return fault.New(fault.Invalid, "password-common").On("password")
	}
	if slices.ContainsFunc(bare, func(word string) bool { return madeOfOwn(word, own) }) {
		return fault.New(fault.Invalid, "password-own").On("password")
	}
	return nil
}

// leet undoes the usual substitutions.
var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// bareWords are the password's letters in lower case: once with digits and signs left out, once with
// those inside read as the letters that they usually stand for.
func bareWords(password string) []string {
	lower := strings.ToLower(password)
	inner := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	return []string{letters(lower), letters(leet.Replace(inner))}
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}

// commonlyUsed tells whether a bare word is made of at most two different common words, however
// often they are repeated, or of nothing.
func commonlyUsed(bare string) bool {
	return bare == "" || madeOf(bare, commonWords, 2, nil)
}

// madeOf tells whether rest can be cut into words with at most kinds different ones.
func madeOf(rest string, words map[string]bool, kinds int, used []string) bool {
	if rest == "" {
		return true
	}
	for end := len(rest); end > 1; end-- {
		word := rest[:end]
		if !words[word] {
			continue
		}
		next := used
		if !slices.Contains(used, word) {
			next = append(slices.Clone(used), word)
		}
		if len(next) <= kinds && madeOf(rest[end:], words, kinds, next) {
			return true
		}
	}
	return false
}

// madeOfOwn tells whether a bare word says little more than the account's own words.
func madeOfOwn(bare string, own []string) bool {
	rest := bare
	for _, phrase := range own {
		for _, part := range strings.FieldsFunc(strings.ToLower(phrase), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(part) >= 3 {
				rest = strings.ReplaceAll(rest, part, "")
			}
		}
	}
	return rest != bare && (utf8.RuneCountInString(rest) < 4 || commonlyUsed(rest))
}

// tooUniform finds passwords of fewer than five different characters, and those that only count up or down.
func tooUniform(password string) bool {
	seen := map[rune]bool{}
	steps, total := 0, 0
	previous := rune(-1)
	for _, r := range strings.ToLower(password) {
		seen[r] = true
		if previous >= 0 {
			total++
			if d := r - previous; d >= -1 && d <= 1 {
				steps++
			}
		}
		previous = r
	}
	return len(seen) < 5 || total > 0 && steps*10 >= total*8
}
