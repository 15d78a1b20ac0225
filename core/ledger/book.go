package ledger

import (
	"context"
	"fmt"

	"luukku/fault"
	"luukku/store"
)

// Fact is one thing that a value says, so that two values can be laid beside each other: a closing time
// of one weekday, a name in one language.
type Fact struct {
	Field string // what it is about: "name", "weekday"
	Item  string // which one of several: "1" for Monday, the id of a topic
	Lang  string // the language that it is written in; "" for none
	Value string
}

// Difference is a fact before and after. One of the two is "" when it came or went.
type Difference struct {
	Field, Item, Lang string
	Before, After     string
}

// Book says how the values of one kind are read and set back. The package that has the settings gives it.
type Book struct {
	Kind Kind
	// Facts reads a value of a part; of "" there are none.
	Facts func(part, value string) ([]Fact, error)
	// Restore sets a part of a thing back to a value, within the rules that hold now, with the given pen. It
	// is a fault.Conflict that says what stands in the way. Nil: nothing of this kind can be set back.
	Restore func(ctx context.Context, tx *store.Tx, pen Pen, t Thing, value string) error
}

// Bind adds the book of a kind. It must not be called once the ledger is in use.
func (l *Ledger) Bind(b Book) error {
	if _, twice := l.books[b.Kind]; twice || b.Facts == nil {
		return fmt.Errorf("ledger: the kind %q has two books, or one that cannot be read", b.Kind)
	}
	l.books[b.Kind] = b
	return nil
}

// Compare tells what differs between two values of a thing, in the order of their facts.
func (l *Ledger) Compare(t Thing, before, after string) ([]Difference, error) {
	book, ok := l.books[t.Kind]
	if !ok {
		return nil, nil
	}
	was, err := book.Facts(t.Part, before)
	if err != nil {
		return nil, err
	}
	is, err := book.Facts(t.Part, after)
	return differences(was, is), err
}

// differences pairs facts that are about the same.
func differences(was, is []Fact) []Difference {
	var all []Difference
	at := map[Fact]int{}
	put := func(f Fact, set func(d *Difference)) {
		key := Fact{Field: f.Field, Item: f.Item, Lang: f.Lang}
		i, ok := at[key]
		if !ok {
			i = len(all)
			at[key], all = i, append(all, Difference{Field: f.Field, Item: f.Item, Lang: f.Lang})
		}
		set(&all[i])
	}
	for _, f := range was {
		put(f, func(d *Difference) { d.Before = f.Value })
	}
	for _, f := range is {
		put(f, func(d *Difference) { d.After = f.Value })
	}
	var out []Difference
	for _, d := range all {
		if d.Before != d.After {
			out = append(out, d)
		}
	}
	return out
}

// Restorable tells whether things of a kind can be set back.
func (l *Ledger) Restorable(kind Kind) bool { return l.books[kind].Restore != nil }

// Restore takes the value of an earlier version back into use, as a change of its own; version 0 is the
// value before the first line. Within tells of which services a value may be that the caller takes back.
// Besides what the pen and the kind's book refuse it is fault.NotFound for a version that never was, and
// fault.Conflict "setting-not-restorable" for what cannot be set back.
func (l *Ledger) Restore(ctx context.Context, tx *store.Tx, pen Pen, t Thing, version int64, within func(kind Kind, services []string) bool) error {
	line, value, err := l.at(ctx, tx, pen.Authority(), t, version)
	switch {
	case err != nil:
		return err
	case !within(t.Kind, line.Services):
		return fault.New(fault.Denied, "setting-of-others")
	}
	pen.restored = version
	return l.books[t.Kind].Restore(ctx, tx, pen, t, value)
}

// Value is what a thing was under a version, with the same refusals.
func (l *Ledger) Value(ctx context.Context, tx *store.Tx, authority string, t Thing, version int64) (string, error) {
	_, value, err := l.at(ctx, tx, authority, t, version)
	return value, err
}

// NotRestorable refuses to set something back that has no way back.
func NotRestorable() error { return fault.New(fault.Conflict, "setting-not-restorable") }

// at finds a value that can be set back, and the line that tells it.
func (l *Ledger) at(ctx context.Context, tx *store.Tx, authority string, t Thing, version int64) (Change, string, error) {
	line, err := Get(ctx, tx, authority, t, max(version, 1))
	value := line.After
	if version == 0 {
		value = line.Before
	}
	if err == nil && (!l.Restorable(t.Kind) || value == "") {
		err = NotRestorable()
	}
	return line, value, err
}
