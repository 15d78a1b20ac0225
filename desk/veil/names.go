package veil

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// names are parts of names, each in the forms that its stem takes.
type names struct{ parts []part }

type part struct {
	folded string
	stems  []string
}

// leastName is how long a part of a name must be to be looked for: shorter ones are words of their own.
const leastName = 3

// add takes each part of a full name in.
func (n *names) add(full string) {
	for _, one := range strings.FieldsFunc(full, func(r rune) bool { return !unicode.IsLetter(r) }) {
		folded := fold(one)
		known := slices.ContainsFunc(n.parts, func(p part) bool { return p.folded == folded })
		if len(folded) >= leastName && !known && !ordinary[folded] {
			n.parts = append(n.parts, part{folded, stemsOf(folded)})
		}
	}
}

// addAddress takes the names in that most people's e-mail addresses are made of.
func (n *names) addAddress(address string) {
	local, _, _ := strings.Cut(address, "@")
	n.add(local)
}

// without forgets the parts that others have: an adviser's name is shown as an adviser's.
func (n *names) without(other names) {
	n.parts = slices.DeleteFunc(n.parts, func(p part) bool {
		return slices.ContainsFunc(other.parts, func(o part) bool { return o.folded == p.folded })
	})
}

var word = regexp.MustCompile(`\p{L}+(?:[’':]\p{L}+)?`)

// in finds the words of a text that are one of the names, inflected or not.
func (n *names) in(text string, kind Kind) []Span {
	var out []Span
	for _, at := range word.FindAllStringIndex(text, -1) {
		folded := fold(text[at[0]:at[1]])
		if slices.ContainsFunc(n.parts, func(p part) bool { return p.is(folded) }) {
			out = append(out, Span{at[0], at[1], kind})
		}
	}
	return out
}

// is tells whether a folded word is the name in one of its forms.
func (p part) is(folded string) bool {
	for _, stem := range p.stems {
		if rest, ok := strings.CutPrefix(folded, stem); ok && ending.MatchString(rest) {
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
