// Package veil takes out of a conversation what tells who spoke in it, as far as a rule can: codes,
// numbers, addresses, and names that the conversation itself gives away. It promises to hide rather too
// much than too little, to do it on the server before anything leaves, and to change nothing but what is
// shown: it is given texts and gives pieces of them.
//
// What it cannot find it says in Limits: a name that nothing announces, a description that fits one person
// only, a place without a house number. A human looks for those (S3-9, S4-5, X-13, X-15).
package veil

import "slices"

// Kind says what was hidden; web has a word for each.
type Kind string

// The kinds.
const (
	Code       Kind = "code"        // a personal identity code, also a mistyped one
	Email      Kind = "email"       //
	Account    Kind = "account"     // IBAN
	BusinessID Kind = "business_id" //
	Plate      Kind = "plate"       // of a vehicle
	Phone      Kind = "phone"       //
	Number     Kind = "number"      // any other long number
	Birth      Kind = "birth"       // a day on which somebody may have been born
	Address    Kind = "address"     // of a house
	Name       Kind = "name"        // of anybody who is not staff
	Adviser    Kind = "adviser"     // a name of staff
	Reference  Kind = "reference"   // the contact's own code
	ByHand     Kind = "by_hand"     // hidden by a person
)

// Limits are what no rule here finds, for the pages that say so; web has a sentence for each.
func Limits() []string { return []string{"unannounced_names", "descriptions", "places", "spelling"} }

// Known are the words that are to be hidden wherever they stand.
type Known struct {
	Values []Value  // of declared fields, as they were given: an address, a number, a name
	Staff  []string // full names of the authority's staff
}

// Value is what a person gave in a field.
type Value struct {
	Kind Kind
	Text string
}

// Veil hides in one conversation. Its names are learnt from all of it before anything is shown.
type Veil struct {
	values []Value
	people names
	staff  names
}

// New learns from the texts of a whole conversation what names there are.
func New(known Known, texts []string) *Veil {
	v := &Veil{values: slices.DeleteFunc(slices.Clone(known.Values), func(one Value) bool { return len(one.Text) < 3 }),
		people: noNames(), staff: noNames()}
	for _, full := range known.Staff {
		v.staff.add(full)
	}
	for _, one := range known.Values {
		switch one.Kind {
		case Name:
			v.people.add(one.Text)
		case Email:
			v.people.addAddress(one.Text)
		}
	}
	for _, one := range texts {
		text := plain(one).text
		for _, announced := range announcedIn(text) {
			v.people.add(announced)
		}
		for _, address := range find(text, patterns[Email]) {
			v.people.addAddress(text[address.From:address.To])
		}
	}
	v.people = v.people.without(v.staff)
	return v
}

// Span is a part of a text that is hidden, in bytes.
type Span struct {
	From, To int
	Kind     Kind
}

// Spans are what is hidden of a text, in their order, none touching another of its kind.
func (v *Veil) Spans(text string) []Span {
	seen := plain(text)
	return seen.back(v.spans(seen.text))
}

func (v *Veil) spans(text string) []Span {
	var all []Span
	for _, one := range v.values {
		all = append(all, occurrences(text, one)...)
	}
	for _, kind := range order {
		all = append(all, find(text, patterns[kind])...)
	}
	all = append(all, v.staff.in(text, Adviser)...)
	all = append(all, v.people.in(text, Name)...)
	return merged(text, all)
}

// merged puts overlapping spans together under the kind of the first, and neighbours of one kind that only
// a space parts.
func merged(text string, all []Span) []Span {
	slices.SortStableFunc(all, func(a, b Span) int { return a.From - b.From })
	var out []Span
	for _, s := range all {
		if n := len(out); n > 0 {
			last := &out[n-1]
			if s.From < last.To || s.Kind == last.Kind && blank(text[last.To:s.From]) {
				last.To = max(last.To, s.To)
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

func blank(text string) bool {
	for _, r := range text {
		if r != ' ' && r != '\u00a0' {
			return false
		}
	}
	return true
}
