package vault

import (
	"context"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/store"
)

// Sealer is what audit gets: it seals entries and makes tokens, and cannot open.
type Sealer struct{ v *Vault }

// Sealer returns the vault's sealer.
func (v *Vault) Sealer() *Sealer { return &Sealer{v} }

// TypeAudit is the type of the audit log's records. Their rows hold bytes that audit encoded by
// itself instead of a notice's fields.
const TypeAudit = "audit"

// EntrySeal is an audit entry to be sealed in the audit's own bucket of the day of At.
type EntrySeal struct {
	Authority string
	ID        string // the entry's id: the row that is bound into the seal
	At        time.Time
	Plain     []byte  // salt and entry
	Tokens    []Value // what it is found by: {"actor", …}, {"row", …}
}

// SealedEntry is what audit stores.
type SealedEntry struct {
	Sealed Sealed
	Record RecordID
	Expiry notice.Day // the last day on which it opens
	Macs   [][]byte   // in the order of Tokens
}

// SealEntry seals an entry under the day's record of the audit log. One statement once the day's
// record exists.
func (s *Sealer) SealEntry(ctx context.Context, tx *store.Tx, e EntrySeal) (SealedEntry, error) {
	return SealedEntry{}, notBuilt()
}

// EntryMacs returns what a token of kind and value is under each living bucket of the audit log.
// The search is authorised for caller and purpose and recorded, as Find is.
func (v *Vault) EntryMacs(ctx context.Context, tx *store.Tx, caller access.Caller, purpose, kind, value string, why Why) ([][]byte, error) {
	return nil, notBuilt()
}

// Plain returns the bytes of an audit entry; ok is false before the transaction has committed and
// for every other type of record.
func (o *Opened) Plain() (plain []byte, ok bool) { return nil, false }
