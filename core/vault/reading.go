package vault

import (
	"context"

	"luukku/core/access"
	"luukku/store"
)

// Reading is a reading session: its beginning and its end are recorded, what is opened or pushed
// in between is not, one by one. It is a plain value and can be kept with a connection.
type Reading struct {
	ID        string
	Authority string
	Caller    access.Caller
	Role      access.Role
	Purpose   string
	Type      string
	Row       string
}

// BeginReading authorises caller for purpose on every record of (type, row), records the beginning
// before the first byte is opened, and starts the session. Records that the purpose does not reach
// stay closed in it; if it reaches none, the error is fault.Denied. Errors as Open. why.Reason is
// compulsory where the notice says so.
func (v *Vault) BeginReading(ctx context.Context, tx *store.Tx, caller access.Caller, purpose, typ, row string, why Why) (Reading, error) {
	return Reading{}, notBuilt()
}

// ReadIn opens rows in a running session: one statement however many rows there are. It works in
// Write and in Read. Errors: fault.Denied "reading-ended" once the session has ended or its grant
// has run out, fault.NotFound for a row that is not of the session's (type, row), fault.Gone.
func (v *Vault) ReadIn(ctx context.Context, tx *store.Tx, r Reading, rows []Sealed) ([]*Opened, error) {
	return nil, notBuilt()
}

// EndReading ends one session; ending one that has ended is no error.
func (v *Vault) EndReading(ctx context.Context, tx *store.Tx, r Reading, reason string) error {
	return notBuilt()
}

// EndReadings ends every session on (type, row) but those of the caller ids in except: on passing
// on, closing, restricting, erasing.
func (v *Vault) EndReadings(ctx context.Context, tx *store.Tx, authority, typ, row, reason string, except ...string) error {
	return notBuilt()
}

// EndReadingsOf ends one caller's sessions on (type, row): the adviser who passed the contact on.
func (v *Vault) EndReadingsOf(ctx context.Context, tx *store.Tx, caller access.Caller, typ, row, reason string) error {
	return notBuilt()
}

// EndStaffReadings ends every session of a member of staff; access.Hooks takes it.
func (v *Vault) EndStaffReadings(ctx context.Context, tx *store.Tx, authority, staff, reason string) error {
	return notBuilt()
}
