package vault

import (
	"context"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/store"
)

// Settle moves a record to its final bucket: retention counts from the moment closed. reason is
// the program's own word ("settled", "reopened"). Tokens are made anew under the new bucket, in tx.
func (v *Vault) Settle(ctx context.Context, tx *store.Tx, authority string, id RecordID, closed time.Time, reason string) error {
	return notBuilt()
}

// Hold keeps a record longer for a reason that its notice declares, never beyond the cap counted
// from the moment the record counts from (S1-37). It returns the hold's id. why is recorded.
func (v *Vault) Hold(ctx context.Context, tx *store.Tx, caller access.Caller, id RecordID, hold, why string) (string, error) {
	return "", notBuilt()
}

// Restrict restricts a record (GDPR Art. 18): it is kept without an end and opens for the person
// and for rights requests only, until Release. Running readings of its row end. It returns the
// restriction's id.
func (v *Vault) Restrict(ctx context.Context, tx *store.Tx, caller access.Caller, id RecordID, why string) (string, error) {
	return "", notBuilt()
}

// Release ends a hold or a restriction: the record goes back to the longest of its other holds or
// its ordinary bucket if that still lives; otherwise it ends with the hold's own bucket.
func (v *Vault) Release(ctx context.Context, tx *store.Tx, caller access.Caller, holdID, why string) error {
	return notBuilt()
}

// Erase erases records: the journal reaches every key store first, then wraps, tokens and rows go
// in one transaction. It opens its own transactions and must not be called inside one. When it
// returns nil the records are closed in every copy of the data. Unknown ids are fault.NotFound.
func (v *Vault) Erase(ctx context.Context, caller access.Caller, ids []RecordID, why string) error {
	return notBuilt()
}

// Life is what a record's owner may know of its retention.
type Life struct {
	Record   RecordID
	Notice   string
	Version  int
	Group    string
	LastDay  notice.Day // the last day on which it opens; "" under a restriction
	Held     bool
	Restrict bool
}

// LifeOf returns the life of every record of (type, row).
func (v *Vault) LifeOf(ctx context.Context, tx *store.Tx, authority, typ, row string) ([]Life, error) {
	return nil, notBuilt()
}
