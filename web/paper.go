package web

import (
	"strconv"
	"time"

	"luukku/channel/chat"
	"luukku/core/notice"
	"luukku/desk/contact"
	"luukku/desk/printout"
	"luukku/people"
	"luukku/web/pages"
)

// paper words a printout: what is open, masked once more, between a head and a foot that say whose it is and
// when it must be destroyed.
func (v *Visit) paper(one printout.Printout, view chat.View, by []people.Card) pages.Paper {
	n := view.Notice
	out := pages.Paper{Text: v.text(), Number: strconv.FormatInt(one.No, 10), Case: one.Case, Authority: v.in(v.Authority.Names), Register: v.in(n.Names),
		Made: v.at(one.MadeAt), DestroyBy: notice.DayIn(one.DestroyBy, v.lang())}
	for _, card := range by {
		out.By = card.Username
	}
	if p := n.Purpose(one.Purpose); p != nil {
		out.Purpose = v.in(p.Name)
	}
	group := contact.TextGroup(n)
	for _, f := range view.Fields {
		if g, _, ok := n.FieldGroup(f.ID); ok && g.ID == group.ID { // what else there is ends on days of its own
			out.Fields = append(out.Fields, pages.PaperField{Name: v.in(f.Name), Text: masked(v.shown(f))})
		}
	}
	for _, m := range view.Messages {
		if line, ok := v.paperLine(m); ok {
			out.Lines = append(out.Lines, line)
		}
	}
	return out
}

// at is a moment in the authority's time.
func (v *Visit) at(ms int64) string { return v.moment(time.UnixMilli(ms).UTC().Format(time.RFC3339)) }

// shown is a field's value as the language writes it.
func (v *Visit) shown(f chat.ShownField) string {
	if f.Type == notice.TypeInstant {
		return v.moment(f.Value)
	}
	return f.Value
}

// masked hides what should not have been stored: rules may have become better since.
func masked(text string) string {
	hidden, _ := chat.Mask(text)
	return hidden
}

// paperLine is a line of the conversation; ok is false for one that tells nothing.
func (v *Visit) paperLine(m chat.Message) (line pages.PaperLine, ok bool) {
	line = pages.PaperLine{At: v.at(m.At), Text: masked(m.Text), Lang: m.Lang}
	switch contact.Kind(m.From) {
	case contact.FromCitizen:
		line.Who = v.text().Get("printout-citizen", nil)
	case contact.Note:
		line.Who = v.text().Get("printout-note", map[string]string{"name": m.Name})
	case contact.FromAdviser:
		line.Who = v.text().Get("printout-adviser", map[string]string{"name": m.Name})
	default:
		key := "letter-event-" + m.Event
		if !v.text().Has(key) {
			return line, false
		}
		line.Text, line.Lang, line.Event = v.text().Get(key, nil), v.lang(), true
	}
	if m.File != nil {
		line.File = v.text().Get("letter-file", map[string]string{"name": masked(m.File.Name)})
	}
	return line, true
}
