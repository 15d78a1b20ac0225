package pages

import (
	"html/template"
	"io"

	"luukku/web/text"
)

// Paper is a printout: a page that is there to be printed.
type Paper struct {
	Text                              text.Language
	Number, Case, Authority, Register string
	Purpose, By, Made, DestroyBy      string
	Style                             string // address of the style sheet
	Fields                            []PaperField
	Lines                             []PaperLine
}

// PaperField is what is kept of the contact beside the conversation.
type PaperField struct{ Name, Text string }

// PaperLine is one line of the conversation.
type PaperLine struct {
	At, Who, Text, Lang, File string
	Event                     bool
}

// T gives a text in the page's language.
func (p Paper) T(key string) string { return p.Text.Get(key, nil) }

// With gives a text with one value filled in.
func (p Paper) With(key, name, value string) string {
	return p.Text.Get(key, map[string]string{name: value})
}

var paper = template.Must(template.ParseFS(files, "paper.html"))

// Paper writes a printout.
func (r *Renderer) Paper(w io.Writer, p Paper) error {
	p.Style = r.address
	return paper.ExecuteTemplate(w, "paper", p)
}
