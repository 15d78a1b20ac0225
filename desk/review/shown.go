package review

import (
	"slices"

	"luukku/core/notice"
	"luukku/desk/contact"
	"luukku/desk/veil"
)

// nameTerms are the terms of DPV 2.3 that a declared field has when it is a person's name.
var nameTerms = []string{"pd:Name"}

// shown are the lines as they leave the server; hand are the words that a person has hidden, by line.
func (o *opened) shown(hand map[int64][]int) []Line {
	texts := make([]string, len(o.lines))
	for i, l := range o.lines {
		texts[i], _ = o.texts[l.Sealed.Row()].Text("text")
	}
	v := veil.New(o.known(), texts)
	var out []Line
	advisers := map[int64]string{}
	for i, l := range o.lines {
		if l.Line.Kind == contact.Note || unseen[l.Line.Event] {
			continue
		}
		lang, _ := o.texts[l.Sealed.Row()].Text("language")
		out = append(out, Line{N: l.Line.N, Minute: (l.Line.At - o.lines[0].Line.At) / 60_000, From: l.Line.Kind,
			Who: letter(advisers, l.Line.Writer), Lang: lang, Event: l.Line.Event,
			Pieces: veil.Pieces(texts[i], v.Spans(texts[i]), hand[l.Line.N])})
	}
	return out
}

// unseen are events that tell nothing of the advice.
var unseen = map[string]bool{contact.EventCitizenLeft: true, contact.EventCitizenBack: true}

// letter is what an adviser is called in this conversation.
func letter(known map[int64]string, writer int64) string {
	if writer < 2 {
		return ""
	}
	if known[writer] == "" {
		known[writer] = string(rune('A' + len(known)%26))
	}
	return known[writer]
}

// known is what is hidden wherever it stands: the values of the contact's fields, and the names of staff.
func (o *opened) known() veil.Known {
	k := veil.Known{Staff: slices.Clone(o.staff)}
	for _, p := range o.parts {
		for _, id := range p.Fields() {
			value, _ := p.Text(id)
			if id == "adviser_name" {
				k.Staff = append(k.Staff, value)
			}
			if kind, ok := kindOf(o.n, id); ok {
				k.Values = append(k.Values, veil.Value{Kind: kind, Text: value})
			}
		}
	}
	return k
}

// kindOf tells which fields hold what must not be seen, by their declaration.
func kindOf(n *notice.Notice, id string) (veil.Kind, bool) {
	_, f, ok := n.FieldGroup(id)
	switch {
	case !ok, id == "adviser_name":
		return "", false
	case id == "reference_code":
		return veil.Reference, true
	case f.Type == notice.TypeEmail && id == "adviser_email", f.Type == notice.TypeIdentifier:
		return veil.Adviser, true
	case f.Type == notice.TypeEmail:
		return veil.Email, true
	case f.Type == notice.TypePhone:
		return veil.Phone, true
	case slices.Contains(nameTerms, f.DPV):
		return veil.Name, true
	}
	return "", false
}
