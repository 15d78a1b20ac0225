package vault

import (
	"context"
	"slices"
	"unicode/utf8"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// Writer locks a record and its bucket for writing until tx ends, in one statement, and returns
// what seals its rows. Errors: fault.NotFound (also for another authority's record), fault.Gone
// "retention-ended", fault.Busy "bucket-closing" when its last day is over and it has not been
// moved on yet, or "keys-unavailable".
func (v *Vault) Writer(ctx context.Context, tx *store.Tx, authority string, id RecordID) (*Writer, error) {
	r, err := v.recordShared(ctx, tx, authority, id)
	if err != nil {
		return nil, err
	}
	return v.writer(r)
}

func (v *Vault) writer(r *record) (*Writer, error) {
	if r.bucket.ended(v.now()) {
		if !r.settled && (r.bucket.state == Living || r.bucket.state == Closing) {
			return nil, fault.New(fault.Busy, "bucket-closing")
		}
		return nil, retentionEnded()
	}
	key, err := v.recordKey(r)
	if err != nil {
		return nil, err
	}
	g, err := v.groupOf(r)
	if err != nil {
		return nil, err
	}
	return &Writer{v: v, r: r, key: key, group: g}, nil
}

// scratch is room that is used over and over. Nothing in clear stays in it.
type scratch struct {
	text  []byte
	ad    []byte
	order []numbered
}

func newScratch() any { return &scratch{} }

// Writer seals the rows of one record within one transaction. It belongs to that goroutine.
type Writer struct {
	v     *Vault
	r     *record
	key   *recordKey
	group *notice.Group
}

// numbered is a value with its field's number.
type numbered struct {
	no   uint16
	text string
}

// Record is the record it writes.
func (w *Writer) Record() RecordID { return w.r.id }

// Row is what the record belongs to: a contact's id.
func (w *Writer) Row() string { return w.r.thing }

// Seal seals the values of one row. It refuses a field that the record's group does not declare
// (fault.Invalid "undeclared-field" with args field, notice and group), one named twice, and text
// that is not UTF-8. row is permanent: it is bound into the seal and never changes afterwards.
func (w *Writer) Seal(row string, values []Value) (Sealed, error) {
	room := w.v.scratch.Get().(*scratch)
	defer w.v.scratch.Put(room)
	defer room.wipe()
	if err := w.encode(values, room); err != nil {
		return Sealed{}, err
	}
	return w.sealed(row, room.text, room), nil
}

// sealed seals plain as the row's column.
func (w *Writer) sealed(row string, plain []byte, room *scratch) Sealed {
	room.ad = w.r.appendAD(room.ad[:0], ofColumn, row)
	return Sealed{w.r.authority, w.r.id, row, seal(w.key.aead, plain, room.ad)}
}

// encode writes values into room, by rising number.
func (w *Writer) encode(values []Value, room *scratch) error {
	for i := range values {
		f := w.group.Field(values[i].Field)
		if f == nil {
			return undeclared(values[i].Field, w.r.register)
		}
		if !utf8.ValidString(values[i].Text) {
			return fault.New(fault.Invalid, "not-utf8").On(f.ID)
		}
		if err := room.put(f, values[i].Text); err != nil {
			return err
		}
	}
	for _, one := range room.order {
		room.text = appendField(room.text, one.no, one.text)
	}
	return nil
}

// put inserts a value at its number's place; rows have few fields.
func (room *scratch) put(f *notice.Field, text string) error {
	at := len(room.order)
	for at > 0 && room.order[at-1].no >= f.No {
		at--
	}
	if at < len(room.order) && room.order[at].no == f.No {
		return fault.New(fault.Invalid, "field-twice").On(f.ID)
	}
	room.order = slices.Insert(room.order, at, numbered{f.No, text})
	return nil
}

// wipe takes everything in clear out.
func (room *scratch) wipe() {
	clear(room.text)
	clear(room.order)
	room.text, room.order = room.text[:0], room.order[:0]
}

func undeclared(field string, r register) error {
	return fault.New(fault.Invalid, "undeclared-field", "field", field, "notice", r.notice, "group", r.group).On(field)
}

// Token stores a look-up token of the record for a declared field's value, which must be in the
// one form that searches use (telephone E.164, e-mail in lower case). It dies with the bucket.
func (w *Writer) Token(ctx context.Context, tx *store.Tx, field, value string) error {
	if w.group.Field(field) == nil {
		return undeclared(field, w.r.register)
	}
	if value == "" || !utf8.ValidString(value) {
		return fault.New(fault.Invalid, "empty-token").On(field)
	}
	under, err := w.v.bucketKey(w.r.authority, w.r.bucket.key)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, qTokenAdd, w.r.authority, string(w.r.id), field,
		under.mac(field, value), seal(w.key.aead, []byte(value), w.r.tokenAD(field)))
	return err
}

// tokenAD is what the sealed value beside a token is bound to.
func (r *record) tokenAD(field string) []byte {
	return r.appendAD(make([]byte, 0, 128), ofToken, r.thing, string(r.id), field)
}
