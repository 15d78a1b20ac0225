package pages

import (
	"html/template"
	"io"

	"luukku/web/app"
)

// Chat is the page of a service's chat as it first comes: whole enough to be read and filled in, with the
// small script that makes it live. Its texts are the front end's.
type Chat struct {
	Lang, Nonce, Title string
	Boot               string // what the front end has to know, as JSON
	Data               any    // what the script has to know besides, written as JSON
	Style              template.CSS
	Script             template.JS
	Slot               string // where the tab keeps a running chat
	Embedded           bool   // in a frame on another site
	Site, Base, Path   string // the authority's name; addresses of its pages and of this one
	OwnPage            string // address of the same chat outside a frame
	NoScript           string

	Service    string // its name; "" where no such service can be chatted with
	About      string
	Open       bool
	Until      string // "Open until 16.00", "" where nobody needs to know
	Opens      string // when a closed one opens
	Closure    string // what the authority says of a closing by hand
	Languages  []Choice
	Chosen     string // the language that is chosen at first
	Topics     []Choice
	Fields     []Asked
	KeepLine   string
	NoticeName string
	NoticeURL  string
}

// Asked is one field that the notice lets the chat ask for.
type Asked struct {
	ID, Label, Help string
	Required        bool
	Type, Fill      string // of the input, and what the browser may fill in
}

// Say gives one of the front end's texts.
func (c Chat) Say(path string) string { return app.TextsOf(c.Lang).Get(path) }

// With gives one with a value filled in.
func (c Chat) With(path, name, value string) string {
	return app.TextsOf(c.Lang).Get(path, name, value)
}

// Offered are the languages of the page.
func (c Chat) Offered() []Choice { return Page{}.Languages() }

// WriteChat renders the page of a chat.
func (r *Renderer) WriteChat(w io.Writer, c Chat) error {
	return r.templates["chat"].ExecuteTemplate(w, "chat", c)
}
