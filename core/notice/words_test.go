package notice

import (
	"reflect"
	"testing"
)

func TestEveryFixedTextIsInThreeLanguages(t *testing.T) {
	all := map[string]Text{}
	for key, text := range words {
		all["words "+key] = text
	}
	for key, text := range basisWords {
		all["basis "+key] = text
	}
	for key, text := range groundWords {
		all["ground "+key] = text
	}
	for key, text := range safeguardWords {
		all["safeguard "+key] = text
	}
	for event, forms := range eventWords {
		all["from "+event], all["until "+event], all["when "+event] = forms.from, forms.until, forms.when
	}
	for key, text := range all {
		for _, lang := range languages {
			if text.In(lang) == "" {
				t.Errorf("%s has no text in %s", key, lang)
			}
			if found := numberInProse(text.In(lang), lang); found != "" {
				t.Errorf("%s in %s says %q: only values may", key, lang, found)
			}
		}
	}
}

func TestEveryValueOfTheGrammarHasWords(t *testing.T) {
	var keys []string
	for _, r := range Roles() {
		keys = append(keys, "role_"+r)
	}
	for _, r := range rightsOfSubject {
		keys = append(keys, "right_"+r)
	}
	for _, s := range specifics {
		keys = append(keys, "specify_"+s)
	}
	for _, s := range []Source{FromSubject, FromStaff, FromProgram, FromAuthority} {
		keys = append(keys, "source_"+string(s))
	}
	for _, s := range []Collected{AtStart, DuringUse, AtEnd, WhenOrdered} {
		keys = append(keys, "collected_"+string(s))
	}
	for _, k := range []RecipientKind{Processor, OtherAuthority, ThirdParty, SubjectSelf, JointRecipient} {
		keys = append(keys, "kind_"+string(k))
	}
	for _, r := range []Relation{Assigned, Own, Any} {
		keys = append(keys, "rel_"+string(r))
	}
	for _, g := range []Granted{Yes, No, Conditional} {
		keys = append(keys, string(g))
	}
	for _, k := range []MeasureKind{Technical, Organisational, Physical} {
		keys = append(keys, string(k))
	}
	for _, e := range []string{"no", "in_clarification", "yes"} {
		keys = append(keys, "manual_"+e)
	}
	for _, key := range keys {
		if _, ok := words[key]; !ok {
			t.Errorf("no words for %s", key)
		}
	}
	for _, e := range Events() {
		if _, ok := eventWords[e]; !ok {
			t.Errorf("no words for the event %s", e)
		}
	}
	for basis := range rightsByBasis {
		if _, ok := basisWords[basis]; !ok {
			t.Errorf("no words for the basis %s", basis)
		}
	}
}

func TestTermsExistInDPV(t *testing.T) {
	if n := len(vocabulary); n < 1500 {
		t.Fatalf("the vocabulary has only %d terms", n)
	}
	wants := func(term string, kind byte) {
		if got, ok := vocabulary[term]; !ok || got != kind {
			t.Errorf("%s: kind %q, want %q", term, got, kind)
		}
	}
	for basis, rights := range rightsByBasis {
		wants("eu-gdpr:"+basis, kindBasis)
		for _, r := range rights {
			wants("eu-gdpr:"+r, 'R')
		}
	}
	for _, r := range rightsOfSubject {
		wants("eu-gdpr:"+r, 'R')
	}
	for s := range safeguardWords {
		wants(s, kindBasis)
	}
	for g := range groundWords {
		if g[:3] == "eu-" {
			wants(g, 'J')
		}
	}
}

// The map of DPV 2.3 as /legal/eu/gdpr/modules/legal_basis_rights_mapping.csv has it, without the
// rights to be informed (A13, A14).
func TestTheBasesGiveTheRightsThatDPVSays(t *testing.T) {
	want := map[string]int{"A6-1-a": 8, "A6-1-b": 7, "A6-1-c": 4, "A6-1-d": 6, "A6-1-e": 6, "A6-1-f": 7}
	for basis, n := range want {
		if len(rightsByBasis[basis]) != n {
			t.Errorf("%s gives %v, want %d rights", basis, rightsByBasis[basis], n)
		}
	}
	if !reflect.DeepEqual(rightsByBasis["A6-1-e"], []string{"A15", "A16", "A18", "A21", "A22", "A77"}) {
		t.Errorf("a public task gives %v", rightsByBasis["A6-1-e"])
	}
	if basisLetter("A6-1-e-official-authority") != "A6-1-e" || basisLetter("A6") != "A6" {
		t.Error("the finer bases do not follow their letter")
	}
}
