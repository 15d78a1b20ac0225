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
type Opened struct{ in *plain }

// plain lies behind a pointer, so that printing a struct that hides an Opened in an unexported
// field shows an address.
type plain struct {
	outcome *store.Outcome
	record  RecordID
	row     string
	fields  []field
	raw     []byte // of an audit entry
}

// field is one field in clear.
type field struct{ id, text string }

// Text returns the text of a field. ok is false when the row does not have the field, and before
// the transaction has committed (Ready tells which).
func (o *Opened) Text(id string) (text string, ok bool) {
	if !o.Ready() {
		return "", false
	}
	for _, f := range o.in.fields {
		if f.id == id {
			return f.text, true
		}
	}
	return "", false
}

// Ready tells whether the fields can be read: the entry of their reading is durable.
func (o *Opened) Ready() bool { return o != nil && o.in != nil && o.in.outcome.Committed() }

// Fields lists the ids of the fields that the row has, in the order of their numbers; nil before
// the transaction has committed.
func (o *Opened) Fields() []string {
	if !o.Ready() {
		return nil
	}
	ids := make([]string, len(o.in.fields))
	for i, f := range o.in.fields {
		ids[i] = f.id
	}
	return ids
}

// Row is the id of the row that was opened.
func (o *Opened) Row() string { return o.in.row }

// Record is the record of the row.
func (o *Opened) Record() RecordID { return o.in.record }

// Plain returns the bytes of an audit entry; ok is false before the transaction has committed and
// for every other type of record.
func (o *Opened) Plain() (plain []byte, ok bool) {
	if !o.Ready() || o.in.raw == nil {
		return nil, false
	}
	return o.in.raw, true
}

// Format implements fmt.Formatter for every verb.
func (Opened) Format(f fmt.State, _ rune) { io.WriteString(f, placeholder) }

// LogValue implements slog.LogValuer.
func (Opened) LogValue() slog.Value { return slog.StringValue(placeholder) }

// MarshalJSON implements json.Marshaler.
func (Opened) MarshalJSON() ([]byte, error) { return []byte(`"` + placeholder + `"`), nil }

// MarshalText implements encoding.TextMarshaler.
func (Opened) MarshalText() ([]byte, error) { return []byte(placeholder), nil }

// decode takes a row's plaintext apart. A number that the group does not declare is an error: the
// row was made under another declaration than its record says.
func (p *plain) decode(text string, g *notice.Group) error {
	p.fields = make([]field, 0, 4)
	for last := uint16(0); text != ""; {
		no, value, rest, err := nextField(text, last)
		if err != nil {
			return err
		}
		f := g.FieldNo(no)
		if f == nil {
			return unreadable()
		}
		p.fields = append(p.fields, field{f.ID, value})
		last, text = no, rest
	}
	return nil
}
