package notice

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// parties refuses a notice without controller, contact, data protection officer or the address for
// a complaint (GDPR Art. 13(1)(a), (b), 13(2)(d); S0-T1).
func (c *checker) parties() {
	n := c.n
	if n.Controller.Name.Empty() {
		c.fail("controller", "missing-controller", "", "the notice names no controller", "add controller with name and address")
	} else if n.Controller.Email == "" && n.Controller.Address.Empty() && n.Controller.Web == "" {
		c.fail("controller", "missing-controller", "", "the controller cannot be reached", "add address, email or web")
	}
	if len(n.Contacts) == 0 {
		c.fail("contacts", "missing-contact", "", "nobody is named for requests", "add contacts, such as the registry")
	}
	if n.DPO == nil || (n.DPO.Email == "" && n.DPO.Address.Empty() && n.DPO.Phone == "") {
		c.fail("dpo", "missing-dpo", "", "the data protection officer cannot be reached", "add dpo with name and email")
	}
	if n.Complaint == nil || (n.Complaint.Email == "" && n.Complaint.Address.Empty()) {
		c.fail("complaint", "missing-complaint", "", "the supervisory authority is not named", "add complaint with the Data Protection Ombudsman's address")
	}
	for i, j := range n.JointControllers {
		if j.Duties.Empty() {
			c.fail(index("joint_controllers", i), "missing-duties", j.Name.EN, "a joint controller without duties (GDPR Art. 26)", "add duties")
		}
	}
}

// personalForm is a mailbox in the form first.last@, which is a person's and not a role's.
var personalForm = regexp.MustCompile(`^\pL+\.\pL+@`)

// addresses refuses a person's mailbox: notices name roles and registry offices.
func (c *checker) addresses() {
	check := func(path string, p Party) {
		if personalForm.MatchString(p.Email) {
			c.fail(path+".email", "personal-address", path, p.Email+" looks like a person's address", "use a role's mailbox")
		}
		if p.Email != "" && !strings.Contains(p.Email, "@") {
			c.fail(path+".email", "wrong-address", path, p.Email+" is not an e-mail address", "write it with @")
		}
	}
	check("controller", c.n.Controller)
	for i, p := range c.n.Contacts {
		check(index("contacts", i), p)
		if p.ID == "" {
			c.fail(index("contacts", i), "missing-id", "", "a contact without id", "add id, such as registry")
		}
	}
	for i, p := range c.n.JointControllers {
		check(index("joint_controllers", i), p)
	}
	if c.n.DPO != nil {
		check("dpo", *c.n.DPO)
	}
}

// statements refuses silence about measures, manual material and automated decisions (X-8, Art. 30(1)(g), 13(2)(f)).
func (c *checker) statements() {
	n := c.n
	if len(n.Measures) == 0 {
		c.fail("measures", "missing-measures", "", "no protection is named", "add measures")
	}
	if n.Manual == nil {
		c.fail("manual_material", "missing-manual", "", "the notice is silent about paper", "add manual_material with exists: no, in_clarification or yes")
	} else if n.Manual.Exists != "no" && n.Manual.About.Empty() {
		c.fail("manual_material", "missing-manual", "", "paper exists, but how it is protected is not said", "add about (S4-16)")
	}
	if n.Automated == nil {
		c.fail("automated_decisions", "missing-automated", "", "the notice is silent about automated decisions", "add automated_decisions")
	} else if (n.Automated.Decisions || n.Automated.Profiling) && n.Automated.About.Empty() {
		c.fail("automated_decisions", "missing-automated", "", "automated decisions without their logic (Art. 13(2)(f))", "add about")
	}
	if len(n.Channels) == 0 {
		c.fail("channels", "missing-channel", "", "no channel collects anything for this register", "name the channels")
	}
}

// purposes refuses a purpose without a basis, and one that leans on law without naming it (Art. 6(3)).
func (c *checker) purposes() {
	if len(c.n.Purposes) == 0 {
		c.fail("purposes", "missing-purpose", "", "the notice has no purpose", "add purposes")
	}
	for i, p := range c.n.Purposes {
		path := index("purposes", i)
		if p.Basis == "" {
			c.fail(path, "missing-basis", p.ID, fmt.Sprintf("purpose %q has no basis", p.ID), "add basis, such as A6-1-e")
			continue
		}
		if _, known := rightsByBasis[basisLetter(p.Basis)]; !known || vocabulary["eu-gdpr:"+p.Basis] != kindBasis {
			c.fail(path+".basis", "unknown-basis", p.ID, fmt.Sprintf("%q is no basis of GDPR Art. 6", p.Basis), "use A6-1-a to A6-1-f of eu-gdpr")
		}
		if letter := basisLetter(p.Basis); (letter == "A6-1-c" || letter == "A6-1-e") && len(p.Law) == 0 {
			c.fail(path, "basis-without-law", p.ID, fmt.Sprintf("purpose %q leans on law but names none", p.ID), "add law with the id of the act")
		}
	}
}

// prohibited refuses a purpose that is both declared and prohibited, by id or by term.
func (c *checker) prohibited() {
	for i, x := range c.n.ProhibitedPurposes {
		for _, p := range c.n.Purposes {
			if p.ID == x.ID || p.DPV == x.DPV {
				c.fail(index("prohibited_purposes", i), "prohibited-declared", x.ID,
					fmt.Sprintf("purpose %q is prohibited, but %q declares it", x.ID, p.ID), "remove one of them")
			}
		}
	}
}

// laws refuses an act that no longer holds and a section that is no basis (X-24, S4-T2).
func (c *checker) laws() {
	for i, l := range c.n.Law {
		path := index("law", i)
		if r, gone := repealed[l.Cite]; gone && !c.n.ValidFrom.Before(r.since) {
			c.fail(path+".cite", "stale-law", l.ID, fmt.Sprintf("%s ceased to hold on %s", l.Cite, r.since), "cite "+r.instead)
		}
		if why, wrong := notABasis[l.Cite+" "+l.Sections]; wrong {
			c.fail(path+".sections", "law-is-no-basis", l.ID, why, "cite the section that gives the task")
		}
		if l.Sections != "" && l.Articles != "" {
			c.fail(path, "wrong-form", l.ID, "an act has sections or articles, not both", "remove one")
		}
	}
}

// terms refuses a term that DPV 2.3 does not have, or that means another kind of thing.
func (c *checker) terms() {
	n := c.n
	for i, p := range n.Purposes {
		c.term(index("purposes", i)+".dpv", p.DPV, kindPurpose)
	}
	for i, p := range n.ProhibitedPurposes {
		c.term(index("prohibited_purposes", i)+".dpv", p.DPV, kindPurpose)
	}
	for i, g := range n.Groups {
		for j, f := range g.Fields {
			c.term(index(index("groups", i)+".fields", j)+".dpv", f.DPV, kindData)
		}
	}
	kinds := map[MeasureKind]byte{Technical: kindTechnical, Organisational: kindOrganisational, Physical: kindPhysical}
	for i, m := range n.Measures {
		c.term(index("measures", i)+".dpv", m.DPV, kinds[m.Kind])
	}
}

var kindNames = map[byte]string{
	kindPurpose: "purpose", kindData: "personal data", kindTechnical: "technical measure",
	kindOrganisational: "organisational measure", kindPhysical: "physical measure",
}

func (c *checker) term(path, term string, want byte) {
	kind, known := vocabulary[term]
	switch {
	case !known:
		c.fail(path, "unknown-term", term, fmt.Sprintf("%q is not a term of DPV 2.3", term), nearestTerm(term, want))
	case kind != want:
		c.fail(path, "wrong-term", term, fmt.Sprintf("%q is not a term for a %s", term, kindNames[want]), "use a term of the right kind")
	}
}

// nearestTerm proposes the term of a kind that is spelt most alike.
func nearestTerm(term string, kind byte) string {
	best, distance := "", 4
	for _, t := range sortedTerms(kind) {
		if d := editDistance(term, t); d < distance {
			best, distance = t, d
		}
	}
	if best == "" {
		return "use a term of dpv:, eu-gdpr: or pd: (https://w3id.org/dpv/2.3)"
	}
	return "did you mean " + best + "?"
}

func sortedTerms(kind byte) []string {
	var out []string
	for t, k := range vocabulary {
		if k == kind {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return out
}
