package vault

import (
	"context"

	"luukku/core/access"
	"luukku/store"
)

// Why is what a caller says of its reason.
type Why struct {
	Reason  string // compulsory where the notice's rule says so
	Contact string // id of the contact in whose course this is opened; may be empty
}

// Open authorises caller for purpose, records the read, and opens s. The fields can be read once
// tx has committed, not before. It returns fault.Denied (recorded too), fault.Gone once retention
// has ended (recorded too), and fault.NotFound "not-found" for a record that does not exist or
// belongs to another authority. If the entry cannot be written, nothing is opened.
//
// On a refusal the caller must return the error from its transaction function at once.
func (v *Vault) Open(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, s Sealed, why Why) (*Opened, error) {
	return nil, notBuilt()
}

// OpenAll opens several rows of one record with one entry. Rows of another record are fault.Invalid.
func (v *Vault) OpenAll(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, rows []Sealed, why Why) ([]*Opened, error) {
	return nil, notBuilt()
}

// Find returns the records that carry a token of field with this value, over every bucket of the
// notice that lives and that caller may search for purpose. The search is recorded, with the
// records it found and never with the value. Errors as Open.
func (v *Vault) Find(ctx context.Context, tx *store.Tx, caller access.Caller, purpose, notice, field, value string, why Why) ([]Found, error) {
	return nil, notBuilt()
}

// Found is a record that Find found and what it belongs to.
type Found struct {
	Record RecordID
	Group  string
	Type   string
	Row    string
}

// Opened is a row's fields in clear. It gives them only after the transaction of the gate has
// committed, and shows itself nowhere else: fmt, slog, encoding/json and text print a placeholder,
// also where it is nested in something else.
type Opened struct{ in *plain }

type plain struct{}

// Text returns the text of a field. ok is false when the row does not have the field, and before
// the transaction has committed (Ready tells which).
func (o *Opened) Text(field string) (text string, ok bool) { return "", false }

// Ready tells whether the fields can be read.
func (o *Opened) Ready() bool { return false }

// Fields lists the ids of the fields that the row has; nil before the transaction has committed.
func (o *Opened) Fields() []string { return nil }

// Row is the id of the row that was opened.
func (o *Opened) Row() string { return "" }

// Record is the record of the row.
func (o *Opened) Record() RecordID { return "" }
