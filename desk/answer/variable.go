package answer

import (
	"regexp"
	"slices"

	"luukku/fault"
)

// The variables that a text may hold in braces. What is not known when an answer is used stays in
// its braces, and the adviser is told of it.
const (
	Authority = "authority" // the authority's name
	Service   = "service"   // the service's name
	Adviser   = "adviser"   // who answers, where the notice lets a contact keep that
	Reference = "reference" // the contact's reference code, once it has one
	OpensAt   = "opens_at"  // when the service opens next
	ClosesAt  = "closes_at" // when the running opening ends
	Today     = "today"     // the authority's date
)

// Variables is the closed list, in the order in which it is shown.
func Variables() []string {
	return []string{Authority, Service, Adviser, Reference, OpensAt, ClosesAt, Today}
}

var braces = regexp.MustCompile(`\{([^{}]*)\}`)

// checkVariables refuses a text with something in braces that is no variable. It is fault.Invalid
// "answer-variable" on field and names it.
func checkVariables(text, field string) error {
	for _, found := range braces.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(Variables(), found[1]) {
			return fault.New(fault.Invalid, "answer-variable", "name", found[0]).On(field)
		}
	}
	return nil
}
