package notice

import (
	"fmt"
	"slices"
	"time"
)

// Printing says how the program prints what a register holds while a case is clarified: for which purposes,
// within which time a printout must be destroyed, and in which group the list of printouts is kept (S4-16).
type Printing struct {
	Purposes []string // ids of purposes for which a printout may be made
	Within   Period   // from its making, at most
	Log      string   // id of a group, kept from printout.made
}

// Printing is how the register is printed; nil where its notice declares no printing, and then nothing is.
func (n *Notice) Printing() *Printing {
	if n.Manual == nil {
		return nil
	}
	return n.Manual.Printing
}

// For tells whether a printout may be made for a purpose; of no printing none may.
func (p *Printing) For(purpose string) bool { return p != nil && slices.Contains(p.Purposes, purpose) }

// DestroyBy is the last day of a printout that is made at an instant of what ends on the days ends ("" never
// ends by itself): as the notice says, and never later than the first of them.
func (p *Printing) DestroyBy(made time.Time, loc *time.Location, ends ...Day) Day {
	last := lastDay(DayOf(made, loc), p.Within, AtMost)
	for _, end := range ends {
		if end != "" {
			last = min(last, end)
		}
	}
	return last
}

// LogPurpose is the purpose for which the list of printouts is opened: that of the first rule about it.
func (n *Notice) LogPurpose() string {
	for _, r := range n.Access {
		if p := n.Printing(); p != nil && slices.Contains(r.Groups, p.Log) && len(r.Purposes) > 0 {
			return r.Purposes[0]
		}
	}
	return ""
}

// printing refuses printouts that nothing would list until they must be gone, or that nobody may make.
func (c *checker) printing() {
	p := c.n.Printing()
	if p == nil {
		return
	}
	const path = "manual_material.printing"
	if c.n.Manual.Exists == "no" || len(p.Purposes) == 0 {
		c.fail(path, "idle-printing", "", "the notice declares printing, but no paper or no purpose for it", "remove printing, or say that paper exists and name the purposes")
	}
	for i, id := range p.Purposes {
		if c.n.Purpose(id) == nil {
			c.fail(index(path+".purposes", i), "unknown-purpose", id, fmt.Sprintf("printing names the purpose %q, which is not declared", id), "declare it or correct its id")
		}
	}
	switch g := c.n.Group(p.Log); {
	case g == nil:
		c.fail(path+".log", "unknown-group", p.Log, fmt.Sprintf("%q is not a group", p.Log), "correct its id")
	case g.Keep.From != PrintoutMade || !g.Keep.For.Longer(p.Within):
		c.fail(path+".log", "printing-unlisted", p.Log, fmt.Sprintf("the list %q can end before a printout is destroyed", p.Log),
			"keep it from "+PrintoutMade+", longer than "+p.Within.String())
	}
}
