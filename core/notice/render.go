package notice

import (
	"fmt"
	"slices"
)

// Format is how a notice is rendered.
type Format string

// The formats.
const (
	HTML      Format = "html" // one <article>, no script, classes only
	PlainText Format = "text"
)

// Render writes the notice for people in lang ("fi", "sv" or "en"). Durations, fields, recipients
// and rights in it come from the values that the program obeys. HTML is an <article> whose first
// child is the page's h1; text is wrapped at 80 columns.
func Render(n *Notice, lang string, format Format) (string, error) {
	if !slices.Contains(languages[:], lang) {
		return "", fmt.Errorf("a notice is written in fi, sv and en, not in %q", lang)
	}
	d := n.document(lang)
	switch format {
	case HTML:
		return d.writeHTML(), nil
	case PlainText:
		return d.writeText(), nil
	}
	return "", fmt.Errorf("a notice is rendered as html or text, not as %q", format)
}

// document builds the parts in the order in which people ask.
func (n *Notice) document(lang string) *document {
	d := &document{lang: lang, title: n.Names.In(lang)}
	d.paragraph(n.About.In(lang))
	d.pairs([]pair{
		{term: say("version", lang), text: fmt.Sprint(n.Version)},
		{term: say("drawn_up", lang), text: DayIn(n.DrawnUp, lang)},
		{term: say("valid_from", lang), text: DayIn(n.ValidFrom, lang)},
	})
	for _, part := range []func(*document){
		n.partController, n.partPurposes, n.partData, n.partRetention, n.partAccess, n.partRecipients,
		n.partMeasures, n.partAutomated, n.partRights, n.partPublished, n.partOpenPoints,
	} {
		part(d)
	}
	return d
}

func (n *Notice) partController(d *document) {
	d.heading(2, "controller", say("h_controller", d.lang))
	d.pairs(partyPairs("controller", n.Controller, d.lang))
	for _, j := range n.JointControllers {
		d.pairs(partyPairs("joint", j, d.lang))
	}
	for _, p := range n.Contacts {
		d.pairs(partyPairs("contact", p, d.lang))
	}
	if n.DPO != nil {
		d.pairs(partyPairs("dpo", *n.DPO, d.lang))
	}
}

func partyPairs(as string, p Party, lang string) []pair {
	out := []pair{{term: say(as, lang), text: p.Name.In(lang)}}
	add := func(key, text, href string) {
		if text != "" {
			out = append(out, pair{say(key, lang), text, href})
		}
	}
	add("duties", p.Duties.In(lang), "")
	add("address", p.Address.In(lang), "")
	add("phone", p.Phone, "tel:"+compact(p.Phone))
	add("email", p.Email, "mailto:"+p.Email)
	add("web", p.Web, p.Web)
	return out
}

// compact leaves out the spaces of a telephone number.
func compact(phone string) string {
	out := make([]rune, 0, len(phone))
	for _, r := range phone {
		if r != ' ' && r != '\u00a0' {
			out = append(out, r)
		}
	}
	return string(out)
}

func (n *Notice) partPurposes(d *document) {
	lang := d.lang
	d.heading(2, "purposes", say("h_purposes", lang))
	d.paragraph(say(pick(n.Statutory, "statutory", "not_statutory"), lang))
	var rows [][]cell
	for _, p := range n.Purposes {
		rows = append(rows, []cell{
			lines(p.Name.In(lang), p.About.In(lang)),
			lines(basisIn(p.Basis, lang)),
			lines(n.lawsIn(p.Law, lang)...),
		})
	}
	d.table(say("h_purposes", lang), []string{say("purpose", lang), say("basis", lang), say("law", lang)}, rows)
	var never []string
	for _, p := range n.ProhibitedPurposes {
		never = append(never, p.Name.In(lang))
	}
	if len(never) > 0 {
		d.paragraph(say("prohibited", lang))
		d.list(never)
	}
}

func (n *Notice) partData(d *document) {
	d.heading(2, "data", say("h_data", d.lang))
	for _, g := range n.Groups {
		d.heading(3, "data-"+g.ID, g.Name.In(d.lang))
		var rows [][]cell
		for _, f := range g.Fields {
			rows = append(rows, fieldRow(f, d.lang))
		}
		d.table(g.Name.In(d.lang), []string{say("field", d.lang), say("necessity", d.lang), say("source", d.lang), say("collected", d.lang)}, rows)
	}
}

func fieldRow(f Field, lang string) []cell {
	var sources []string
	for _, s := range f.Source {
		sources = append(sources, say("source_"+string(s), lang))
	}
	fromYou := slices.Contains(f.Source, FromSubject)
	need := map[[2]bool]string{{true, true}: "needed", {true, false}: "voluntary", {false, true}: "always", {false, false}: "sometimes"}
	return []cell{
		lines(f.Name.In(lang), f.About.In(lang)),
		lines(say(need[[2]bool{fromYou, f.Required}], lang)),
		lines(upper(join(sources, lang))),
		lines(say("collected_"+string(f.Collected), lang)),
	}
}

func (n *Notice) partRetention(d *document) {
	d.heading(2, "retention", say("h_retention", d.lang))
	for _, g := range n.Groups {
		if len(n.Groups) > 1 {
			d.heading(3, "retention-"+g.ID, g.Name.In(d.lang))
		}
		d.paragraph(KeepLine(g.Keep, d.lang))
		d.paragraph(keepExample(g.Keep, n.ValidFrom, d.lang))
		d.list(n.lawsIn(g.Keep.Law, d.lang))
		n.holds(d, g)
	}
	d.paragraph(say("destroyed", d.lang))
}

func (n *Notice) holds(d *document, g Group) {
	if len(g.Holds) == 0 {
		d.paragraph(say("no_holds", d.lang))
		return
	}
	var rows [][]cell
	for _, h := range g.Holds {
		rows = append(rows, []cell{lines(h.Name.In(d.lang)), lines(holdLine(h, d.lang)), lines(n.lawsIn(h.Law, d.lang)...)})
	}
	d.table(say("holds", d.lang)+" ("+g.Name.In(d.lang)+")", []string{say("hold_reason", d.lang), say("hold_longest", d.lang), say("law", d.lang)}, rows)
}
