package notice

import (
	"fmt"
	"slices"
)

// Offer is what a channel (or a part of the program that keeps a register of its own) can collect.
type Offer struct {
	Channel string
	Fields  []OfferedField
}

// OfferedField is a field that a channel can fill; Necessary is one it cannot do without. Beside names the
// field in whose group it must be declared, because it is kept with it.
type OfferedField struct {
	ID        string
	Type      FieldType
	Necessary bool
	Beside    string
}

// InUse tells whether one of the notice's channels is installed. A register that is not in use is
// not published.
func InUse(n *Notice, offers []Offer) bool {
	return slices.ContainsFunc(offers, func(o Offer) bool { return slices.Contains(n.Channels, o.Channel) })
}

// CheckAgainst compares a notice with what the installed channels can collect. A declared field
// that none of its channels can fill, and a necessary field that the notice leaves out, keep the
// program from starting. A notice whose channels are not installed is not in use and has no problem.
func CheckAgainst(n *Notice, offers []Offer) Problems {
	c := &checker{n: n}
	mine := slices.DeleteFunc(slices.Clone(offers), func(o Offer) bool { return !slices.Contains(n.Channels, o.Channel) })
	if len(mine) == 0 {
		return nil
	}
	for i, g := range n.Groups {
		for j, f := range g.Fields {
			c.filled(index(index("groups", i)+".fields", j), f, g, mine)
		}
	}
	for _, o := range mine {
		for _, f := range o.Fields {
			if _, _, declared := n.FieldGroup(f.ID); f.Necessary && !declared {
				c.fail("groups", "necessary-field", f.ID, fmt.Sprintf("channel %q cannot do without the field %q", o.Channel, f.ID), "declare it in a group, or remove the channel")
			}
		}
	}
	c.problems.sort()
	return c.problems
}

func (c *checker) filled(path string, f Field, g Group, offers []Offer) {
	for _, o := range offers {
		for _, offered := range o.Fields {
			switch {
			case offered.ID != f.ID:
			case offered.Beside != "" && g.Field(offered.Beside) == nil:
				c.fail(path, "field-apart", f.ID, fmt.Sprintf("channel %q keeps %q with %q", o.Channel, f.ID, offered.Beside), "declare both in one group")
				return
			case offered.Type == f.Type:
				return
			default:
				c.fail(path+".type", "offered-type", f.ID, fmt.Sprintf("channel %q fills %q as %s, not %s", o.Channel, f.ID, offered.Type, f.Type), "write type: "+string(offered.Type))
				return
			}
		}
	}
	c.fail(path, "unfilled-field", f.ID, fmt.Sprintf("nothing can fill the field %q", f.ID), "remove it, or install a channel that collects it")
}
