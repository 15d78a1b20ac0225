package veil

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// names are parts of names, with the stems that their forms begin with. A conversation can announce thousands:
// whether a word is one takes no longer for that.
type names struct{ known, stems map[string]bool }

func noNames() names { return names{map[string]bool{}, map[string]bool{}} }

// leastName is how long a part of a name must be to be looked for: shorter ones are words of their own.
const leastName = 3

// add takes each part of a full name in.
func (n *names) add(full string) {
	for _, one := range strings.FieldsFunc(full, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if folded := fold(one); len(folded) >= leastName && !ordinary[folded] {
			n.take(folded)
		}
	}
}

func (n *names) take(folded string) {
	if n.known[folded] {
		return
	}
	n.known[folded] = true
	for _, stem := range stemsOf(folded) {
		n.stems[stem] = true
	}
}

// addAddress takes the names in that most people's e-mail addresses are made of.
func (n *names) addAddress(address string) {
	local, _, _ := strings.Cut(address, "@")
	n.add(local)
}

// without are the names but for the parts that others have: an adviser's name is shown as an adviser's.
func (n *names) without(other names) names {
	left := noNames()
	for folded := range n.known {
		if !other.known[folded] {
			left.take(folded)
		}
	}
	return left
}

var word = regexp.MustCompile(`\p{L}+(?:[’':]\p{L}+)?`)

// in finds the words of a text that are one of the names, inflected or not.
func (n *names) in(text string, kind Kind) []Span {
	var out []Span
	for _, at := range word.FindAllStringIndex(text, -1) {
		if n.have(fold(text[at[0]:at[1]])) {
			out = append(out, Span{at[0], at[1], kind})
		}
	}
	return out
}

// longestEnding is more than any of ending has, in bytes.
const longestEnding = 16

// have tells whether a folded word is a name in one of its forms.
func (n *names) have(folded string) bool {
	for stem := max(1, len(folded)-longestEnding); stem <= len(folded); stem++ {
		if n.stems[folded[:stem]] && ending.MatchString(folded[stem:]) {
			return true
		}
	}
	return false
}

// ending is what may follow a name's stem: a Finnish case with possessive suffix and clitic, folded, or a
// Swedish or English genitive.
var ending = regexp.MustCompile(`^(?:[’':])?(?:` +
	`n|a|ta|tta|lla|lta|lle|ssa|sta|na|ksi|i|in|ia|illa|ilta|ille|issa|ista|ina|iksi|ssä|h?[aeiouy]n|seen|t|ien|jen|s)?` +
	`(?:ni|si|nsa|mme|nne)?(?:kin|kaan|ko|han|pa)?$`)

// stemsOf are the stems that a folded name's cases are built on: the name itself, "Virtase-" of Virtanen,
// and the weak grade, "Pela-" of Pekka would be "Peka-", "Lahde-" of Lahti, "Ranna-" of Ranta.
func stemsOf(name string) []string {
	stems := []string{name}
	if base, ok := strings.CutSuffix(name, "nen"); ok {
		return append(stems, base+"se", base+"s")
	}
	if base, ok := strings.CutSuffix(name, "s"); ok {
		stems = append(stems, base+"kse", base+"ks", base+"a", base+"aa")
	}
	if base, ok := strings.CutSuffix(name, "i"); ok {
		stems = append(stems, base+"e")
	}
	for _, one := range slices.Clone(stems) {
		stems = append(stems, weakened(one)...)
	}
	return stems
}

// grades are the consonants before a name's last vowel, strong and weak.
var grades = []struct{ strong, weak string }{
	{"kk", "k"}, {"pp", "p"}, {"tt", "t"}, {"nk", "ng"}, {"nt", "nn"}, {"lt", "ll"}, {"rt", "rr"}, {"mp", "mm"},
	{"t", "d"}, {"p", "v"}, {"k", ""},
}

func weakened(stem string) []string {
	if len(stem) < leastName+1 || !strings.ContainsRune("aeiouy", rune(stem[len(stem)-1])) {
		return nil
	}
	base, vowel := stem[:len(stem)-1], stem[len(stem)-1:]
	for _, g := range grades {
		if rest, ok := strings.CutSuffix(base, g.strong); ok && len(rest) > 1 {
			return []string{rest + g.weak + vowel}
		}
	}
	return nil
}

// fold gives a word in small letters without the signs that people leave out when they type.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); r {
		case 'ä', 'å', 'à', 'á', 'â':
			return 'a'
		case 'ö', 'ø', 'õ', 'ó':
			return 'o'
		case 'é', 'è', 'ê':
			return 'e'
		case 'ü':
			return 'u'
		case 'š':
			return 's'
		case 'ž':
			return 'z'
		case '’':
			return '\''
		}
		return r
	}, text)
}

// ordinary are parts of addresses and greetings that are no names.
var ordinary = map[string]bool{"info": true, "posti": true, "mail": true, "gmail": true, "kiitos": true, "tack": true,
	"thanks": true, "terveisin": true, "regards": true, "kirjaamo": true, "kela": true, "suomen": true, "suomi": true}
