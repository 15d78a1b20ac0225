package notice

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// rightsStated refuses silence: every right is granted, refused or conditional (S4-T7).
func (c *checker) rightsStated() {
	for _, right := range rightsOfSubject {
		if c.n.Right(right) == nil {
			c.fail("rights", "silent-right", right, "the notice says nothing about "+right, "add it with granted: yes, no or conditional")
		}
	}
}

// rightsRefused refuses a right denied although a declared basis gives it (S1.6, S3-T1), a refusal
// without a ground, a condition that is not told, and erasure from a statutory register (S4-25).
func (c *checker) rightsRefused() {
	for i, r := range c.n.Rights {
		path := index("rights", i)
		if bases := c.basesGiving(r.Right); r.Granted == No && len(bases) > 0 {
			c.fail(path+".granted", "right-against-basis", r.Right,
				fmt.Sprintf("%s is refused, but the basis %s gives it", r.Right, strings.Join(bases, ", ")), "grant it")
		}
		switch {
		case r.Granted == No && r.Ground == "":
			c.fail(path, "refusal-without-ground", r.Right, r.Right+" is refused without a ground", "add ground")
		case r.Ground != "":
			c.worded(path+".ground", r.Ground, "ground", groundWords)
		}
		if r.Granted == Conditional && r.About.Empty() {
			c.fail(path, "condition-untold", r.Right, r.Right+" is conditional, but the condition is not told", "add about")
		}
		if r.Right == "A17" && r.Granted == Yes && c.n.Statutory {
			c.fail(path+".granted", "statutory-erasure", r.Right, "a statutory register cannot grant erasure without a condition", "write conditional or no, or statutory: false")
		}
	}
}

// worded refuses a term that the program cannot tell people in their language.
func (c *checker) worded(path, term, what string, words map[string]Text) {
	if _, known := words[term]; !known {
		c.fail(path, "unknown-"+what, term, fmt.Sprintf("%q is not a %s that can be told to people", term, what), "use one of "+strings.Join(slices.Sorted(maps.Keys(words)), ", "))
	}
}

// basesGiving returns the declared bases that give a right, by DPV's map.
func (c *checker) basesGiving(right string) []string {
	var out []string
	for _, p := range c.n.Purposes {
		if slices.Contains(rightsByBasis[basisLetter(p.Basis)], right) && !slices.Contains(out, p.Basis) {
			out = append(out, p.Basis)
		}
	}
	return out
}

// routes refuses a right that can be used but not asked for: X-6.
func (c *checker) routes() {
	for i, r := range c.n.Rights {
		path := index("rights", i)
		asked := r.Granted != No && r.Right != "A77"
		switch {
		case asked && r.Route == "":
			c.fail(path, "right-without-route", r.Right, r.Right+" has no route", "add route with the id of a contact")
		case r.Route != "" && !slices.ContainsFunc(c.n.Contacts, func(p Party) bool { return p.ID == r.Route }):
			c.fail(path+".route", "unknown-contact", r.Route, fmt.Sprintf("%q is not a contact", r.Route), "use the id of a contact")
		}
	}
}

// answerTime refuses a time for answering longer than the law's: one month, and two more (GDPR Art. 12(3)).
func (c *checker) answerTime() {
	month, two := Period{Months: 1}, Period{Months: 2}
	switch a := c.n.Answer; {
	case a == nil:
		c.fail("answer", "missing-answer", "", "how long an answer may take is not said", "add answer: {within: P1M, extend: P2M, reasons: true}")
	case a.Within.Longer(month):
		c.fail("answer.within", "answer-too-long", "", "an answer may take at most P1M (GDPR Art. 12(3))", "write P1M or less")
	case a.Extend.Longer(two):
		c.fail("answer.extend", "answer-too-long", "", "an extension may take at most P2M (GDPR Art. 12(3))", "write P2M or less")
	case !a.Extend.Zero() && !a.Reasons:
		c.fail("answer", "extension-without-reasons", "", "an extension must be told with its reasons (GDPR Art. 12(3))", "add reasons: true")
	}
}
