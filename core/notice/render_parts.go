package notice

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func (n *Notice) partAccess(d *document) {
	lang := d.lang
	d.heading(2, "access", say("h_access", lang))
	d.paragraph(say("access_lead", lang))
	var rows [][]cell
	for _, r := range n.Access {
		var purposes cell
		for _, id := range r.Purposes {
			if p := n.Purpose(id); p != nil {
				purposes = append(purposes, p.Name.In(lang))
			}
		}
		condition := lines(say("rel_"+string(r.Relation), lang))
		if r.Reason {
			condition = append(condition, say("reason_must", lang))
		}
		rows = append(rows, []cell{lines(say("role_"+r.Role, lang)), n.groupNames(r.Groups, lang), purposes, condition})
	}
	d.table(say("h_access", lang), []string{say("role", lang), say("opens", lang), say("for_purpose", lang), say("condition", lang)}, rows)
}

func (n *Notice) partRecipients(d *document) {
	lang := d.lang
	d.heading(2, "recipients", say("h_recipients", lang))
	if len(n.Recipients) == 0 {
		d.paragraph(say("no_recipients", lang))
	} else {
		d.paragraph(say("recipients_lead", lang))
		var rows [][]cell
		for _, r := range n.Recipients {
			rows = append(rows, []cell{
				lines(r.Name.In(lang), say("kind_"+string(r.Kind), lang)),
				n.receivedBy(r, lang),
				append(lines(r.When.In(lang)), n.lawsIn(r.Law, lang)...),
				lines(countryIn(r.Country, lang)),
			})
		}
		d.table(say("h_recipients", lang), []string{say("recipient", lang), say("receives", lang), say("when", lang), say("country", lang)}, rows)
	}
	n.transfersTo(d)
}

// receivedBy lists what a recipient gets, as people call it.
func (n *Notice) receivedBy(r Recipient, lang string) cell {
	var out cell
	for _, name := range n.groupNames(r.Groups, lang) {
		out = append(out, name+" ("+say("all_of", lang)+")")
	}
	out = append(out, n.fieldNames(r.Fields, lang)...)
	if len(r.OneOf) > 0 {
		out = append(out, say("exactly_one", lang)+": "+n.either(r.OneOf, lang))
	}
	return out
}

// either names fields within a sentence: "your e-mail address or your telephone number".
func (n *Notice) either(ids []string, lang string) string {
	names := n.fieldNames(ids, lang)
	for i := range names {
		names[i] = lower(names[i])
	}
	return joinWith(names, map[string]string{"fi": " tai ", "sv": " eller ", "en": " or "}[lang])
}

func (n *Notice) groupNames(ids []string, lang string) cell {
	var out cell
	for _, id := range ids {
		if g := n.Group(id); g != nil {
			out = append(out, g.Name.In(lang))
		}
	}
	return out
}

func (n *Notice) fieldNames(ids []string, lang string) []string {
	var out []string
	for _, id := range ids {
		if _, f, ok := n.FieldGroup(id); ok {
			out = append(out, f.Name.In(lang))
		}
	}
	return out
}

func (n *Notice) transfersTo(d *document) {
	lang := d.lang
	if n.Transfers == nil {
		return
	}
	if !n.Transfers.OutsideEEA {
		d.paragraph(say("no_transfer", lang))
		return
	}
	var rows [][]cell
	for _, t := range n.Transfers.To {
		name := ""
		for _, r := range n.Recipients {
			if r.ID == t.Recipient {
				name = r.Name.In(lang)
			}
		}
		rows = append(rows, []cell{lines(countryIn(t.Country, lang)), lines(name), lines(upper(safeguardWords[t.Safeguard].In(lang)))})
	}
	d.table(say("transfers", lang), []string{say("country", lang), say("recipient", lang), say("safeguard", lang)}, rows)
}

// countryIn names a country in lang.
func countryIn(code, lang string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	return display.Regions(language.Make(lang)).Name(region)
}

func (n *Notice) partMeasures(d *document) {
	lang := d.lang
	d.heading(2, "measures", say("h_measures", lang))
	for _, kind := range []MeasureKind{Technical, Organisational, Physical} {
		var items []string
		for _, m := range n.Measures {
			if m.Kind == kind {
				items = append(items, m.Name.In(lang))
			}
		}
		if len(items) > 0 {
			d.heading(3, "measures-"+string(kind), say(string(kind), lang))
			d.list(items)
		}
	}
	if n.Manual != nil {
		d.heading(3, "measures-manual", say("manual", lang))
		d.paragraph(say("manual_"+n.Manual.Exists, lang))
		d.paragraph(n.Manual.About.In(lang))
		n.partPrinting(d)
	}
}

// partPrinting tells what becomes of printouts.
func (n *Notice) partPrinting(d *document) {
	p := n.Printing()
	if p == nil {
		return
	}
	var purposes []string
	for _, id := range p.Purposes {
		if one := n.Purpose(id); one != nil {
			purposes = append(purposes, one.Name.In(d.lang))
		}
	}
	d.paragraph(say("printing_for", d.lang) + ": " + strings.Join(purposes, "; ") + ".")
	d.paragraph(printingLine(p, d.lang))
}

func (n *Notice) partAutomated(d *document) {
	if n.Automated == nil {
		return
	}
	d.heading(2, "automated", say("h_automated", d.lang))
	d.paragraph(say(pick(n.Automated.Decisions, "decisions", "no_decisions"), d.lang) + " " +
		say(pick(n.Automated.Profiling, "profiling", "no_profiling"), d.lang))
	d.paragraph(n.Automated.About.In(d.lang))
}

func (n *Notice) partRights(d *document) {
	lang := d.lang
	d.heading(2, "rights", say("h_rights", lang))
	var rows [][]cell
	for _, id := range rightsOfSubject {
		if r := n.Right(id); r != nil {
			rows = append(rows, []cell{lines(say("right_"+id, lang)), lines(say(string(r.Granted), lang)), n.howTo(r, lang)})
		}
	}
	d.table(say("h_rights", lang), []string{say("right", lang), say("granted", lang), say("how", lang)}, rows)
	if n.Answer != nil {
		for _, line := range answerLine(n.Answer, lang) {
			d.paragraph(line)
		}
	}
	if n.Complaint != nil {
		d.paragraph(say("complaint_to", lang) + ":")
		d.pairs(partyPairs("authority", *n.Complaint, lang))
	}
}

// howTo tells how a right is used, or why it is refused.
func (n *Notice) howTo(r *Right, lang string) cell {
	out := lines(groundWords[r.Ground].In(lang), r.About.In(lang))
	for _, p := range n.Contacts {
		if p.ID == r.Route {
			out = append(out, say("route", lang)+": "+p.Name.In(lang)+".")
		}
	}
	if r.Written {
		out = append(out, say("written", lang))
	}
	if len(r.MustSpecify) > 0 {
		var items []string
		for _, s := range r.MustSpecify {
			items = append(items, say("specify_"+s, lang))
		}
		out = append(out, say("specify", lang)+": "+join(items, lang)+".")
	}
	if r.Right == "A77" && n.Complaint != nil {
		out = append(out, n.Complaint.Name.In(lang))
	}
	return append(out, n.lawsIn(r.Law, lang)...)
}

func (n *Notice) partPublished(d *document) {
	var places []string
	for _, p := range n.Published {
		places = append(places, p.In(d.lang))
	}
	if len(places) > 0 {
		d.heading(2, "published", say("h_published", d.lang))
		d.list(places)
	}
}

func (n *Notice) partOpenPoints(d *document) {
	var points []string
	for _, o := range n.OpenPoints {
		points = append(points, o.Text.In(d.lang))
	}
	if len(points) > 0 {
		d.heading(2, "open-points", say("h_open", d.lang))
		d.paragraph(say("open_lead", d.lang))
		d.list(points)
	}
}
