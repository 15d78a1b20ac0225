package notice

import (
	"fmt"
	"slices"
)

// accessRules refuses a rule that names an unknown purpose or group, or opens for a prohibited purpose.
func (c *checker) accessRules() {
	for i, r := range c.n.Access {
		path := index("access", i)
		for j, p := range r.Purposes {
			if slices.ContainsFunc(c.n.ProhibitedPurposes, func(x Prohibited) bool { return x.ID == p }) {
				c.fail(index(path+".purposes", j), "prohibited-opened", p, fmt.Sprintf("the rule for %s opens for the prohibited purpose %q", r.Role, p), "remove it")
			} else if c.n.Purpose(p) == nil {
				c.fail(index(path+".purposes", j), "unknown-purpose", p, fmt.Sprintf("the rule for %s names the purpose %q, which is not declared", r.Role, p), "declare it or correct its id")
			}
		}
		for j, g := range r.Groups {
			if c.n.Group(g) == nil {
				c.fail(index(path+".groups", j), "unknown-group", g, fmt.Sprintf("the rule for %s names the group %q, which is not declared", r.Role, g), "declare it or correct its id")
			}
		}
		c.relation(path, r)
	}
}

// relation keeps a citizen to what is their own, and a reviewer to what the program drew.
func (c *checker) relation(path string, r Rule) {
	if r.Role == RoleReviewer && r.Relation != Sampled {
		c.fail(path+".relation", "reviewer-not-sampled", r.Role, "a quality reviewer may open only what lies in a sample", "write relation: sampled")
	}
	if r.Role == RoleSubject && r.Relation != Own {
		c.fail(path+".relation", "subject-not-own", r.Role, "a person may open only what is their own", "write relation: own")
	}
}

// accessGaps refuses a purpose for which nobody may open anything, and a group that nobody opens.
func (c *checker) accessGaps() {
	opened := func(pick func(Rule) []string, id string) bool {
		return slices.ContainsFunc(c.n.Access, func(r Rule) bool { return slices.Contains(pick(r), id) })
	}
	for i, p := range c.n.Purposes {
		if !opened(func(r Rule) []string { return r.Purposes }, p.ID) {
			c.fail(index("purposes", i), "purpose-unopened", p.ID, fmt.Sprintf("nobody may open anything for the purpose %q", p.ID), "add an access rule or remove the purpose")
		}
	}
	for i, g := range c.n.Groups {
		if !opened(func(r Rule) []string { return r.Groups }, g.ID) {
			c.fail(index("groups", i), "group-unopened", g.ID, fmt.Sprintf("nobody may open the group %q", g.ID), "add an access rule, or do not collect it")
		}
	}
}

// references refuses ids of law, groups, fields and recipients that are not declared.
func (c *checker) references() {
	n := c.n
	for i, p := range n.Purposes {
		c.knownLaw(index("purposes", i), p.Law)
	}
	for i, g := range n.Groups {
		c.knownLaw(index("groups", i)+".keep", g.Keep.Law)
		for j, h := range g.Holds {
			c.knownLaw(index(index("groups", i)+".holds", j), h.Law)
		}
	}
	for i, r := range n.Rights {
		c.knownLaw(index("rights", i), r.Law)
	}
	for i, r := range n.Recipients {
		c.knownLaw(index("recipients", i), r.Law)
		c.received(index("recipients", i), r)
	}
	if n.Transfers != nil {
		for i, t := range n.Transfers.To {
			if !slices.ContainsFunc(n.Recipients, func(r Recipient) bool { return r.ID == t.Recipient }) {
				c.fail(index("transfers.to", i)+".recipient", "unknown-recipient", t.Recipient, fmt.Sprintf("%q is not a recipient", t.Recipient), "declare it in recipients")
			}
		}
	}
}

func (c *checker) knownLaw(path string, ids []string) {
	for i, id := range ids {
		if !slices.ContainsFunc(c.n.Law, func(l Law) bool { return l.ID == id }) {
			c.fail(index(path+".law", i), "unknown-law", id, fmt.Sprintf("%q is not an act of this notice", id), "declare it in law")
		}
	}
}

func (c *checker) received(path string, r Recipient) {
	if len(r.Fields)+len(r.Groups)+len(r.OneOf) == 0 {
		c.fail(path, "missing-received", r.ID, fmt.Sprintf("what %q receives is not said", r.ID), "add groups or fields")
	}
	for i, g := range r.Groups {
		if c.n.Group(g) == nil {
			c.fail(index(path+".groups", i), "unknown-group", g, fmt.Sprintf("%q is not a group", g), "correct its id")
		}
	}
	c.receivedFields(path+".fields", r.ID, r.Fields)
	c.receivedFields(path+".one_of", r.ID, r.OneOf)
}

func (c *checker) receivedFields(path, recipient string, fields []string) {
	for i, f := range fields {
		if _, _, ok := c.n.FieldGroup(f); !ok {
			c.fail(index(path, i), "unknown-field", f, fmt.Sprintf("recipient %q receives %q, which no group declares", recipient, f), "declare the field or correct its id")
		}
	}
}
