package contact

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/store"
)

// entry is a line on its way into the timeline.
type entry struct {
	line   Line
	client []byte            // digest of the client's id, nil for the program's lines
	values []vault.Value     // what is sealed; none for an event that says no more than its code
	blob   *vault.BlobWriter // of a file that comes with it; nil for none
}

// add writes one line under the number that the contact's update has just given. It takes one
// statement, and two more when something is sealed: the writer's lock and the push. Whoever reads
// the contact gets the line after the commit.
func (c *Contacts) add(ctx context.Context, tx *store.Tx, record vault.RecordID, e entry) error {
	if len(e.values) == 0 {
		return c.insert(ctx, tx, e, nil)
	}
	w, err := c.o.Vault.Writer(ctx, tx, e.line.Authority, record)
	if err != nil {
		return err
	}
	if e.blob != nil {
		if err := w.Attach(ctx, tx, e.blob); err != nil {
			return err
		}
	}
	row := rowOf(e.line.Contact, e.line.N)
	sealed, err := w.Seal(row, e.values)
	if err != nil {
		return err
	}
	if err := c.insert(ctx, tx, e, sealed.Bytes()); err != nil {
		return err
	}
	c.flight.put(e.line.Authority, row, e.line)
	tx.OnRollback(func() { c.flight.drop(e.line.Authority, row) })
	readings, err := c.o.Vault.Push(ctx, tx, w, row, e.line.N, e.values)
	tx.OnCommit(func() { c.flight.drop(e.line.Authority, row) })
	if err != nil {
		return err
	}
	return c.noteAuthor(ctx, tx, e, readings)
}

// noteAuthor records that somebody of staff writes to a contact that they do not have open, as one can who
// was given it and uses the API alone. Who has it open has left an entry with that; without one nobody could
// tell afterwards, when who answered is no longer kept, that it was their own work (S3-9).
func (c *Contacts) noteAuthor(ctx context.Context, tx *store.Tx, e entry, readings []vault.Reading) error {
	l := e.line
	if e.client == nil || l.Staff == "" {
		return nil
	}
	by := access.Caller{Authority: l.Authority, Kind: access.Staff, ID: l.Staff}
	opened := func(r vault.Reading) bool { return r.Caller.Kind == by.Kind && r.Caller.ID == by.ID }
	if slices.ContainsFunc(readings, opened) {
		return nil
	}
	return c.o.Vault.Act(ctx, tx, by, vault.ActionWrite, purposeAnswer, Type, l.Contact, "")
}

func (c *Contacts) insert(ctx context.Context, tx *store.Tx, e entry, sealed []byte) error {
	l := e.line
	_, err := tx.Exec(ctx, qMessageAdd, l.Authority, l.Contact, l.N, l.At, string(l.Kind), l.Event, l.Writer,
		store.Bit(l.Masked), e.client, sealed)
	if err == nil && len(sealed) == 0 && c.o.OnLine != nil {
		tx.OnCommit(func() { c.o.OnLine(l) })
	}
	return err
}

// event writes a change of state as the contact's newest line. A person is added where the notice
// declares how an adviser signs (S4-8, S4-12).
func (c *Contacts) event(ctx context.Context, tx *store.Tx, of Contact, at int64, code string, person *Person) error {
	e := entry{line: Line{Authority: of.Authority, Contact: of.ID, N: of.Seq, At: at, Kind: FromProgram,
		Event: code, Lang: of.Lang, Adviser: of.Adviser}}
	if person != nil {
		e.line.Writer, e.line.Staff, e.line.Name = of.AdviserNo, of.Adviser, person.Name
		e.values = c.signature(of, *person)
	}
	return c.add(ctx, tx, of.Record, e)
}

// signature is what of an adviser the notice lets the conversation keep.
func (c *Contacts) signature(of Contact, p Person) []vault.Value {
	var out []vault.Value
	for _, v := range []vault.Value{{Field: "adviser_name", Text: p.Name}, {Field: "adviser_email", Text: p.Email},
		{Field: "adviser_user_id", Text: p.UserID}} {
		if v.Text != "" && c.keeps(of.Authority, of.Notice, of.Version, v.Field) {
			out = append(out, v)
		}
	}
	return out
}

// keeps tells whether the group that holds the messages declares field.
func (c *Contacts) keeps(authority, noticeID string, version int, field string) bool {
	n, ok := c.o.Shelf().Version(authority, noticeID, version)
	if !ok {
		return false
	}
	g := TextGroup(n)
	return g != nil && g.Field(field) != nil
}

// TextGroup is the group that holds a notice's messages: the one that declares text. Nil if none.
func TextGroup(n *notice.Notice) *notice.Group {
	g, _, _ := n.FieldGroup("text")
	return g
}

// flight keeps the lines that are being written, so that what is pushed after the commit need not
// be read back.
type flight struct{ lines sync.Map }

type flightKey struct{ authority, row string }

func (f *flight) put(authority, row string, l Line) { f.lines.Store(flightKey{authority, row}, l) }
func (f *flight) drop(authority, row string)        { f.lines.Delete(flightKey{authority, row}) }

// InFlight is the line of a row that is being pushed; ok is false once its commit has been told.
func (c *Contacts) InFlight(authority, row string) (Line, bool) {
	l, ok := c.flight.lines.Load(flightKey{authority, row})
	if !ok {
		return Line{}, false
	}
	return l.(Line), true
}

// change tells of a change after the commit.
func (c *Contacts) change(tx *store.Tx, of Contact, was, event string) {
	if c.o.OnChange == nil {
		return
	}
	ch := Change{Authority: of.Authority, Contact: of.ID, Service: of.Service, Lang: of.Lang,
		Status: of.Status, Adviser: of.Adviser, Event: event}
	if was != of.Adviser {
		ch.Was = was
	}
	tx.OnCommit(func() { c.o.OnChange(ch) })
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
