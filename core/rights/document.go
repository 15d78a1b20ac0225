package rights

import (
	_ "embed"
	"slices"
	"time"

	"luukku/core/notice"
)

// Format names what a copy in JSON is written in. A changed meaning is a new number.
const Format = "luukku-copy-1"

// Schema is the JSON Schema (2020-12) of a Document.
//
//go:embed copy.schema.json
var Schema []byte

// Document is a copy of a person's data in one register, with what they must be told beside it.
type Document struct {
	Format    string       `json:"format"`
	Request   string       `json:"request"`
	Authority string       `json:"authority"`
	Register  RegisterOf   `json:"register"`
	Lang      string       `json:"language"`
	MadeAt    string       `json:"made_at"`  // RFC 3339, UTC
	LastDay   string       `json:"last_day"` // on which the register has all of it; "" while processing is restricted
	Contacts  []Contact    `json:"contacts"`
	Left      []Left       `json:"left_out"`
	Facts     notice.Facts `json:"article_15"`
}

// RegisterOf says which register a copy is of, under which version of its notice.
type RegisterOf struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Version int    `json:"notice_version"`
}

// Contact is what is kept of one service event.
type Contact struct {
	ID    string  `json:"id"`
	Items []Given `json:"items"`
}

// Given is one datum as it is given. Text is "" where it is left out whole.
type Given struct {
	Field    string `json:"field"`
	Name     string `json:"name"`
	Type     string `json:"type"`
	At       string `json:"at,omitempty"`     // RFC 3339, UTC: when the row was written
	By       string `json:"written_by"`       // "citizen", "adviser", "note", or ""
	Decision string `json:"decision"`         // "kept", "covered", "left_out"
	Ground   string `json:"ground,omitempty"` // of the last two
	Text     string `json:"text"`             // "█████" stands for what is covered
	File     *Filed `json:"file,omitempty"`   // of one that goes along
}

// Filed is a file that goes along with the copy. N names it behind the copy's link.
type Filed struct {
	N    int64  `json:"n"`
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"` // bytes
}

// Left counts what is not given, by its ground.
type Left struct {
	Ground string `json:"ground"`
	N      int    `json:"n"`
}

// document puts a copy together from its opened rows.
func (r *Rights) document(q Request, n *notice.Notice, rows []row) Document {
	d := Document{Format: Format, Request: q.ID, Authority: n.Controller.Name.In(q.Lang), Lang: q.Lang,
		Register: RegisterOf{n.ID, n.Names.In(q.Lang), n.Version}, MadeAt: r.o.Now().UTC().Format(time.RFC3339), LastDay: string(q.Ends),
		Contacts: []Contact{}, Left: []Left{}, Facts: notice.FactsOf(n, q.Lang)}
	for _, i := range show(n, rows) {
		at := slices.IndexFunc(d.Contacts, func(c Contact) bool { return c.ID == i.Thing })
		if at < 0 {
			at, d.Contacts = len(d.Contacts), append(d.Contacts, Contact{ID: i.Thing})
		}
		d.Contacts[at].Items = append(d.Contacts[at].Items, given(i, q.Lang))
		if i.Decision != Kept {
			d.leave(i.Ground)
		}
	}
	return d
}

func (d *Document) leave(ground string) {
	for i := range d.Left {
		if d.Left[i].Ground == ground {
			d.Left[i].N++
			return
		}
	}
	d.Left = append(d.Left, Left{ground, 1})
}

// given is an item without what is not given: fail-closed, whatever the rows say.
func given(i Item, lang string) Given {
	g := Given{Field: i.Field, Name: i.Name.In(lang), Type: string(i.Type), By: i.By, Decision: i.Decision, Ground: i.Ground}
	if i.At > 0 {
		g.At = time.UnixMilli(i.At).UTC().Format(time.RFC3339)
	}
	switch i.Decision {
	case Kept:
		g.Text = i.Text
		if i.File != nil {
			g.File = &Filed{i.N, i.File.Name, i.File.Type, i.File.Size}
		}
	case Covered:
		g.Text = i.Given
	}
	return g
}
