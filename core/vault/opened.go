package vault

import (
	"fmt"
	"io"
	"log/slog"

	"luukku/core/notice"
	"luukku/store"
)

// Opened is a row's fields in clear. It gives them only after the transaction of the gate has
// committed, and shows itself nowhere else: fmt, slog, encoding/json and text print a placeholder,
// also where it is nested in something else.
//
// What is in clear lies behind two pointers: a struct that hides an Opened in an unexported field
// is printed by reflection, and fmt follows one pointer for a verb it does not know.
type Opened struct{ in **plain }

// newOpened makes an Opened and all it points to at once.
func newOpened(p plain) *Opened {
	c := &cell{plain: p}
	return c.opened()
}

// cell is an Opened in one piece of memory.
type cell struct {
	plain  plain
	behind *plain
	shown  Opened
	room   [2]field // most rows have no more
}

func (c *cell) opened() *Opened {
	c.behind = &c.plain
	c.shown.in = &c.behind
	return &c.shown
}

// inside is what is in clear, nil in an Opened that nobody made.
func (o *Opened) inside() *plain {
	if o == nil || o.in == nil {
		return nil
	}
	return *o.in
}

// plain is a row in clear.
type plain struct {
	outcome *store.Outcome
	record  RecordID
	row     string
	fields  []field
	raw     []byte // of an audit entry
}

// field is one field in clear.
type field struct {
	id   string
	text []byte
}

// Text returns the text of a field. ok is false when the row does not have the field, and before
// the transaction has committed (Ready tells which).
func (o *Opened) Text(id string) (text string, ok bool) {
	if !o.Ready() {
		return "", false
	}
	for _, f := range o.inside().fields {
		if f.id == id {
			return string(f.text), true
		}
	}
	return "", false
}

// Ready tells whether the fields can be read: the entry of their reading is durable.
func (o *Opened) Ready() bool {
	p := o.inside()
	return p != nil && p.outcome.Committed()
}

// Fields lists the ids of the fields that the row has, in the order of their numbers; nil before
// the transaction has committed.
func (o *Opened) Fields() []string {
	if !o.Ready() {
		return nil
	}
	fields := o.inside().fields
	ids := make([]string, len(fields))
	for i, f := range fields {
		ids[i] = f.id
	}
	return ids
}

// Row is the id of the row that was opened.
func (o *Opened) Row() string { return o.inside().row }

// Record is the record of the row.
func (o *Opened) Record() RecordID { return o.inside().record }

// Plain returns the bytes of an audit entry; ok is false before the transaction has committed and
// for every other type of record.
func (o *Opened) Plain() (plain []byte, ok bool) {
	if !o.Ready() || o.inside().raw == nil {
		return nil, false
	}
	return o.inside().raw, true
}

// Format implements fmt.Formatter for every verb.
func (Opened) Format(f fmt.State, _ rune) { io.WriteString(f, placeholder) }

// LogValue implements slog.LogValuer.
func (Opened) LogValue() slog.Value { return slog.StringValue(placeholder) }

// MarshalJSON implements json.Marshaler.
func (Opened) MarshalJSON() ([]byte, error) { return []byte(`"` + placeholder + `"`), nil }

// MarshalText implements encoding.TextMarshaler.
func (Opened) MarshalText() ([]byte, error) { return []byte(placeholder), nil }

// decode takes a row's plaintext apart and appends its fields, which are parts of it. A number that
// the group does not declare is an error: the row was made under another declaration than its
// record says.
func decode(fields []field, text []byte, g *notice.Group) ([]field, error) {
	for last := uint16(0); len(text) > 0; {
		no, value, rest, err := nextField(text, last)
		if err != nil {
			return nil, err
		}
		f := g.FieldNo(no)
		if f == nil {
			return nil, unreadable()
		}
		fields = append(fields, field{f.ID, value})
		last, text = no, rest
	}
	return fields, nil
}
