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

// EntrySeal is an audit entry to be sealed in the audit's own bucket of the day of At.
type EntrySeal struct {
	Authority string
	ID        string // the entry's id: the row that is bound into the seal
	At        time.Time
	Salt      [32]byte
	Values    []Value // fields that the notice audit-log declares
	Tokens    []Value // what it is found by: {"actor", …}, {"row", …}; need not be declared
}

// SealedEntry is what audit stores. Entry is the encoding that its leaf commits to; it is personal
// data in clear and must be forgotten after hashing.
type SealedEntry struct {
	Sealed Sealed
	Entry  []byte
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

// Entry returns salt and encoding of an opened audit entry, as SealEntry committed to them; ok is
// false before the transaction has committed and for what is not an audit entry.
func (o *Opened) Entry() (salt [32]byte, entry []byte, ok bool) { return salt, nil, false }
