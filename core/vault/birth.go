package vault

import (
	"context"
	"time"

	"luukku/fault"
	"luukku/store"
)

func notBuilt() error { return fault.New(fault.Internal, "not-built") }

// Birth says what a new record belongs to.
type Birth struct {
	Authority string
	Notice    string
	Group     string
	Type      string    // type of a bound package: "contact"
	Row       string    // the thing's id within the type
	At        time.Time // the moment retention counts from until it is settled; zero is now
}

// Create makes a record, born as if what it belongs to were closed that day, under the version of
// the notice that holds then. There is one record for each (type, row, notice, group); a second
// Create is fault.Conflict. It takes at most 3 statements when the day's bucket exists.
//
// Errors: fault.Invalid "undeclared-group" (no such notice or group today), fault.Busy
// "key-stock-empty" or "keys-unavailable", fault.Conflict.
func (v *Vault) Create(ctx context.Context, tx *store.Tx, b Birth) (RecordID, error) {
	return "", notBuilt()
}

// Writer locks a record and its bucket for writing until tx ends, in one statement, and returns
// what seals its rows. Errors: fault.NotFound (also for another authority's record), fault.Gone
// when the bucket has ended, fault.Busy "keys-unavailable".
func (v *Vault) Writer(ctx context.Context, tx *store.Tx, authority string, id RecordID) (*Writer, error) {
	return nil, notBuilt()
}

// Writer seals the rows of one record within one transaction.
type Writer struct{ id RecordID }

// Record is the record it writes.
func (w *Writer) Record() RecordID { return w.id }

// Seal seals the values of one row. It refuses a field that the record's group does not declare
// (fault.Invalid "undeclared-field" with args field, notice and group), one named twice, and text
// that is not UTF-8. row is permanent: it is bound into the seal and never changes afterwards.
func (w *Writer) Seal(row string, values []Value) (Sealed, error) { return Sealed{}, notBuilt() }

// Token stores a look-up token of the record for a declared field's value, which must be in the
// one form that searches use (telephone E.164, e-mail in lower case). It dies with the bucket.
func (w *Writer) Token(ctx context.Context, tx *store.Tx, field, value string) error {
	return notBuilt()
}

// Push hands the row just sealed to the reading sessions that run on its record's row: after the
// commit OnPush is called once for each. n is the row's number in its contact. One statement.
func (v *Vault) Push(ctx context.Context, tx *store.Tx, w *Writer, row string, n int64, values []Value) error {
	return notBuilt()
}

// Pushed is what OnPush receives.
type Pushed struct {
	Reading Reading
	Row     string
	N       int64
	Opened  *Opened
}
