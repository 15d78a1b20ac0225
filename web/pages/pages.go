// Package pages renders what people only read: services, notices, the accessibility statement and
// errors. It promises pages that work without script and without cookies, in three languages, with
// the same design tokens as the front end.
package pages

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io"

	"luukku/web/text"
)

//go:embed *.html style.css
var files embed.FS

// Page is what every page has.
type Page struct {
	Text  text.Language
	Title string
	Site  string // the authority's name; "" on the server's own pages
	Base  string // of the authority's addresses
	Path  string // of this page below Base, for the choice of language
	Query string // further parameters of this page, such as "version=2", for the same
	Style string // address of the style sheet
	Body  any    // what the page is about
}

// Languages are the choices of language, each in its own words.
func (p Page) Languages() []Choice {
	return []Choice{{"fi", "Suomi"}, {"sv", "Svenska"}, {"en", "English"}}
}

// Choice is one language.
type Choice struct{ Code, Name string }

// T gives a text in the page's language.
func (p Page) T(key string) string { return p.Text.Get(key, nil) }

// With gives a text with one value filled in.
func (p Page) With(key, name, value string) string {
	return p.Text.Get(key, map[string]string{name: value})
}

// Service is a service as the front page lists it.
type Service struct {
	ID, Name, About string
	Open            bool
	State           string // "Open until 16.00", "Opens on Monday at 9.00"
}

// ServicePage is one service.
type ServicePage struct {
	Service
	Hours      []Row  // weekday and times
	Exceptions []Row  // day, and times or that it is closed
	Closure    string // what the authority says of a closing by hand
	KeepLine   string
	NoticeID   string
	NoticeName string
}

// Row is a name with its value.
type Row struct{ Name, Value string }

// Link leads to a page below the authority's base.
type Link struct{ Path, Name, About string }

// Notice is a rendered notice.
type Notice struct {
	ID       string
	Article  template.HTML // from core/notice, which escapes every text of the file
	Version  int
	Versions []int // all, newest first
}

// Accessibility is what the statement has to tell (306/2019, 7 b §).
type Accessibility struct {
	Name, Email, Phone, Address string
	Assessed                    string // day of the assessment
}

// Failure is an error as people see it.
type Failure struct {
	Status int
	Title  string
	Detail string
	Home   string
}

// Renderer writes pages. It never changes after New.
type Renderer struct {
	templates map[string]*template.Template
	style     []byte
	address   string
}

// New reads the templates. Faces are the rules that fetch the front end's typeface, which come first in the
// style sheet; empty where there is none.
func New(faces string) (*Renderer, error) {
	r := &Renderer{templates: map[string]*template.Template{}}
	for _, name := range []string{"authorities", "services", "service", "notices", "notice", "accessibility", "failure", "copy-request", "copy-asked", "copy-fetch", "copy-files", "copy-status"} {
		t, err := template.ParseFS(files, "layout.html", name+".html")
		if err != nil {
			return nil, err
		}
		r.templates[name] = t
	}
	chat, err := template.ParseFS(files, "chat.html")
	if err != nil {
		return nil, err
	}
	r.templates["chat"] = chat
	style, err := files.ReadFile("style.css")
	if err != nil {
		return nil, err
	}
	r.style = append([]byte(faces+"\n"), style...)
	sum := sha256.Sum256(r.style)
	r.address = "/style/" + hex.EncodeToString(sum[:6]) + ".css"
	return r, nil
}

// Style is the style sheet and the address under which it never changes.
func (r *Renderer) Style() (address string, css []byte) { return r.address, r.style }

// Write renders a page by its name.
func (r *Renderer) Write(w io.Writer, name string, p Page) error {
	p.Style = r.address
	return r.templates[name].ExecuteTemplate(w, "layout", p)
}
