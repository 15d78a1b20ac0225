package pages

import (
	"html/template"
	"io"

	"luukku/core/rights"
	"luukku/web/text"
)

// CopyRequest is the form by which people ask for a copy of their data, as it was filled in.
type CopyRequest struct {
	Registers                                  []CopyRegister
	Register, Code, Text, Name, Email, Address string
	Problem, Field                             string // what is wrong, and with which input
	NoticeID, NoticeName, Keep                 string // of the register of requests
}

// Wrong tells whether an input is the one at fault.
func (c CopyRequest) Wrong(field string) bool { return c.Problem != "" && c.Field == field }

// CopyRegister is a register that one can choose.
type CopyRegister struct{ ID, Name, Keep, Answer, Route, Email, Address string }

// CopyAsked confirms a request.
type CopyAsked struct {
	Number, Due string
	Reach       bool // the person said how to be reached
}

// CopyStatus is how far a request has come, or the form that asks which.
type CopyStatus struct {
	Number, Problem                                 string
	Known                                           bool
	State, Register, Received, Due, Reasons, Answer string
}

// CopyFetch is the page behind a link, and behind that of one file.
type CopyFetch struct {
	Link, File, Problem string // File is "" for the whole copy
	Ended               bool   // the copy has ended with its retention
}

// CopyFiles are the files that go along with a copy that was just opened with its code.
type CopyFiles struct {
	Link, Code string
	Files      []CopyFile
}

// CopyFile is one of them; About says of which kind and how large it is.
type CopyFile struct {
	N           int64
	Name, About string
}

// Document is a copy as people read it: one file that needs nothing beside it.
type Document struct {
	Text          text.Language
	Document      rights.Document
	Made, LastDay string
	Contacts      []DocumentContact
	Left          []string
	Headings      []string // of the parts about the register
}

// DocumentContact is one service event.
type DocumentContact struct {
	ID    string
	Items []DocumentItem
}

// DocumentItem is one datum; Left says why there is nothing, and File is where its file is fetched.
type DocumentItem struct {
	Name, At, By, Left string
	Parts              []DocumentPart
	File, FileName     string
}

// DocumentPart is a part of a text, or a covered place in it.
type DocumentPart struct {
	Text    string
	Covered bool
}

// T gives a text in the document's language.
func (d Document) T(key string) string { return d.Text.Get(key, nil) }

// With gives a text with one value filled in.
func (d Document) With(key, name, value string) string {
	return d.Text.Get(key, map[string]string{name: value})
}

// document is the template of a copy.
var document = template.Must(template.ParseFS(files, "document.html"))

// Document writes a copy.
func (r *Renderer) Document(w io.Writer, d Document) error {
	return document.ExecuteTemplate(w, "document", d)
}
