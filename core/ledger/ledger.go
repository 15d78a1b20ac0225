// Package ledger promises that no setting changes without a line that says what it was, what it is
// now, who changed it and when, and that nobody writes over a change that they have not seen. The line
// is written in the transaction of the change, with an entry of the audit that names the setting and
// none of its values.
//
// Settings are an authority's own words and numbers: nothing in a line is about a citizen. Who changed
// one is the random id of an account; it is taken out of the lines, and the lines about the account are
// deleted, when the account ends.
package ledger

import (
	_ "embed"
	"time"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries   = store.MustQueries(queryText)
	qNewest   = queries.Get("newest")
	qWrite    = queries.Get("write")
	qVersions = queries.Get("versions")
	qVersion  = queries.Get("version")
	qList     = queries.Get("list")
	qForget   = queries.Get("forget")
	qForgetIt = queries.Get("forget-thing")
)

// ActionChange is a setting's change in the audit.
const ActionChange vault.Action = "setting-change"

// The entries' notice and purpose: who changed a setting is known as a member of staff.
const (
	noticeID   = "staff-accounts"
	purpose    = "access_management"
	recordType = "setting"
)

// Kind is what sort of thing is set.
type Kind string

// The kinds. A package that has settings of another kind adds a constant here and its Book.
const (
	Service Kind = "service" // a service: hours, topics, texts …
	Answer  Kind = "answer"  // a ready answer
	Staff   Kind = "staff"   // an account: the act is told, its values are in the audit

	Directory Kind = "directory" // the organisation's own directory, by which staff sign in
)

// Thing is what has version numbers of its own: one part of one thing, such as a service's hours. Two
// people who change different parts are not in each other's way.
type Thing struct {
	Kind Kind
	ID   string
	Part string
}

// Change is one line.
type Change struct {
	Thing
	Line     string // id of the line; they sort by the moment in which they were written
	Version  int64  // of the thing, from 1
	At       time.Time
	By       string   // id of a member of staff; "" for the program, and for an account that has ended
	Services []string // of which the thing is; none when it belongs to all or to no service
	Before   string   // the value as the thing's Book writes it; "" when there was none, or none is told
	After    string
	Restored int64 // the version whose value was taken back into use; -1 in an ordinary change
}

// Unread is the base of whoever need not have read what they replace: the program itself.
const Unread = -1

// Ledger writes and reads the lines of all authorities. Safe for concurrent use once its books are bound.
type Ledger struct {
	recorder vault.Recorder
	now      func() time.Time
	books    map[Kind]Book
}

// New makes a ledger that records in recorder. Now is the program's accepted time.
func New(recorder vault.Recorder, now func() time.Time) *Ledger {
	return &Ledger{recorder: recorder, now: now, books: map[Kind]Book{}}
}

// Pen is what a setting is changed with: it says who changes it, and which version they had before
// their eyes. The zero Pen writes nothing, so what is given one changes nothing.
type Pen struct {
	ledger   *Ledger
	by       access.Caller
	base     int64
	restored int64
}

// Pen gives by a pen for one change of a thing whose newest version was base: 0 before the first change
// and Unread for the program.
func (l *Ledger) Pen(by access.Caller, base int64) Pen {
	return Pen{ledger: l, by: by, base: base, restored: -1}
}

// By is who changes something.
func (p Pen) By() access.Caller { return p.by }

// Beside is a pen for what follows from the same change in another thing.
func (p Pen) Beside() Pen {
	p.base, p.restored = Unread, -1
	return p
}

// Authority is whose setting is changed.
func (p Pen) Authority() string { return p.by.Authority }

func changed() error { return fault.New(fault.Conflict, "setting-changed") }
