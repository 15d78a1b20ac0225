package notice

import "fmt"

// groups refuses an empty group, a group or field that leaves the list open, and fields whose
// type and values do not fit.
func (c *checker) groups() {
	if len(c.n.Groups) == 0 {
		c.fail("groups", "missing-group", "", "the notice declares no data", "add groups")
	}
	for i, g := range c.n.Groups {
		path := index("groups", i)
		if len(g.Fields) == 0 {
			c.fail(path, "open-ended-group", g.ID, fmt.Sprintf("group %q lists no fields, so anything would fit in it", g.ID), "list its fields")
		}
		if leavesOpen(g.ID, g.Name) {
			c.fail(path, "open-ended-group", g.ID, fmt.Sprintf("group %q leaves open what it holds", g.ID), "name what it holds")
		}
		for j, f := range g.Fields {
			c.field(index(path+".fields", j), f)
		}
	}
}

func (c *checker) field(path string, f Field) {
	if leavesOpen(f.ID, f.Name) {
		c.fail(path, "open-ended-group", f.ID, fmt.Sprintf("field %q leaves open what it holds", f.ID), "name each datum")
	}
	if len(f.Source) == 0 {
		c.fail(path, "missing-source", f.ID, fmt.Sprintf("field %q has no source", f.ID), "add source, such as [subject]")
	}
	if (f.Type == TypeEnum) != (len(f.Values) > 0) {
		c.fail(path, "enum-values", f.ID, fmt.Sprintf("field %q: values belong to the type enum, and an enum needs them", f.ID), "add or remove values")
	}
}

// numbers refuses a number or an id that two fields share, and one that was retired: sealed rows
// carry the number for as long as they live.
func (c *checker) numbers() {
	byNo, byID := make(map[uint16]string), make(map[string]bool)
	for _, r := range c.n.Retired {
		byNo[r.No] = r.ID + " (retired)"
	}
	for i, g := range c.n.Groups {
		for j, f := range g.Fields {
			path := index(index("groups", i)+".fields", j)
			if other, used := byNo[f.No]; used {
				c.fail(path+".no", "field-number-reuse", f.ID, fmt.Sprintf("field number %d of %q belongs to %s", f.No, f.ID, other), "take a number never used before in this notice")
			}
			if byID[f.ID] {
				c.fail(path+".id", "duplicate-id", f.ID, fmt.Sprintf("field %q is declared twice", f.ID), "keep it in one group")
			}
			byNo[f.No], byID[f.ID] = f.ID, true
		}
	}
}

// retention refuses a group without a value for how long it is kept; an event that ends it needs a
// cap as well, because an event can be forgotten (S0-T5).
func (c *checker) retention() {
	for i, g := range c.n.Groups {
		path := index("groups", i)
		switch k := g.Keep; {
		case k.For.Zero() && k.Bound == "":
			c.fail(path, "missing-retention", g.ID, fmt.Sprintf("group %q has no retention", g.ID), "add keep: {for: P2M, bound: at_most, from: contact.closed}")
		case k.For.Zero():
			c.fail(path+".keep", "missing-retention", g.ID, fmt.Sprintf("group %q: keep has no length", g.ID), "add for; with until it is the cap")
		case k.Until != "" && k.Bound != AtMost:
			c.fail(path+".keep.bound", "until-without-cap", g.ID, fmt.Sprintf("group %q ends with an event, but its length is no cap", g.ID), "write bound: at_most")
		}
	}
}

// holds refuses a hold without a cap, or one that would not keep anything longer (S1-37).
func (c *checker) holds() {
	for i, g := range c.n.Groups {
		for j, h := range g.Holds {
			path := index(index("groups", i)+".holds", j)
			switch {
			case h.For.Zero():
				c.fail(path, "hold-without-cap", h.ID, fmt.Sprintf("hold %q has no cap", h.ID), "add for, counted from the same event as keep")
			case !h.For.Longer(g.Keep.For):
				c.fail(path+".for", "hold-not-longer", h.ID, fmt.Sprintf("hold %q (%s) is not longer than keep (%s)", h.ID, h.For, g.Keep.For), "remove the hold or lengthen it")
			case g.Keep.From != "" && h.From != g.Keep.From:
				c.fail(path+".from", "hold-from", h.ID, fmt.Sprintf("hold %q counts from %s, keep from %s", h.ID, h.From, g.Keep.From), "count both from the same event")
			}
		}
	}
}

// transfers refuses silence, a transfer without a safeguard (S4-T3), and a recipient outside the
// EEA whom the transfers do not name (S1, X-24).
func (c *checker) transfers() {
	t := c.n.Transfers
	if t == nil {
		c.fail("transfers", "missing-transfers", "", "the notice is silent about countries outside the EEA", "add transfers with outside_eea: false or true")
		return
	}
	if t.OutsideEEA != (len(t.To) > 0) {
		c.fail("transfers", "transfer-contradiction", "", "outside_eea and the list of transfers contradict each other", "name each transfer, or write outside_eea: false")
	}
	named := make(map[string]bool)
	for i, x := range t.To {
		named[x.Recipient] = true
		path := index("transfers.to", i)
		if x.Safeguard == "" {
			c.fail(path, "transfer-without-safeguard", x.Country, "a transfer to "+x.Country+" without a safeguard (GDPR Art. 44-49)", "add safeguard, such as eu-gdpr:A46-2-c")
		} else {
			c.worded(path+".safeguard", x.Safeguard, "safeguard", safeguardWords)
		}
		if inEEA(x.Country) {
			c.fail(path+".country", "transfer-contradiction", x.Country, x.Country+" is in the EEA", "remove the transfer")
		}
	}
	for i, r := range c.n.Recipients {
		if !inEEA(r.Country) && !named[r.ID] {
			c.fail(index("recipients", i)+".country", "transfer-undeclared", r.ID, fmt.Sprintf("recipient %q is in %s, but transfers do not name it", r.ID, r.Country), "add it to transfers.to with its safeguard")
		}
	}
}
