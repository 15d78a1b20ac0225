package vault

import (
	"context"
	"fmt"
	"time"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// TypeAudit is the type of the audit log's records, one for each day. Their rows hold bytes that
// audit encoded by itself instead of a notice's fields.
const TypeAudit = "audit"

// The audit log's register.
const (
	auditNotice = "audit-log"
	auditGroup  = "entry"
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
// record exists. Errors as Create and Writer.
func (s *Sealer) SealEntry(ctx context.Context, tx *store.Tx, e EntrySeal) (SealedEntry, error) {
	day := notice.DayOf(e.At, s.v.o.Zone(e.Authority))
	r, err := s.v.auditDay(ctx, tx, e.Authority, day)
	if err != nil {
		return SealedEntry{}, err
	}
	w, err := s.v.writer(r)
	if err != nil {
		return SealedEntry{}, err
	}
	under, err := s.v.bucketKey(r.authority, r.bucket.key)
	if err != nil {
		return SealedEntry{}, err
	}
	sealed := SealedEntry{Sealed: w.sealed(e.ID, e.Plain, &scratch{}), Record: r.id, Expiry: r.bucket.is.expiry}
	for _, t := range e.Tokens {
		sealed.Macs = append(sealed.Macs, under.mac(t.Field, t.Text))
	}
	return sealed, nil
}

// auditDay returns the record of a day's entries, making it at the day's first. A day whose key was
// lost goes on in another record: DAY/2.
func (v *Vault) auditDay(ctx context.Context, tx *store.Tx, authority string, day notice.Day) (*record, error) {
	for thing, next := string(day), 2; ; next++ {
		r, err := v.auditRecord(ctx, tx, authority, day, thing)
		if err != nil || r.bucket.state == Living || r.bucket.state == Closing {
			return r, err
		}
		thing = fmt.Sprintf("%s/%d", day, next)
	}
}

func (v *Vault) auditRecord(ctx context.Context, tx *store.Tx, authority string, day notice.Day, thing string) (*record, error) {
	r, err := v.recordOfGroup(ctx, tx, authority, thing)
	if !fault.Is(err, fault.NotFound) {
		return r, err
	}
	birth := Birth{Authority: authority, Notice: auditNotice, Group: auditGroup, Type: TypeAudit, Row: thing,
		At: day.Start(v.o.Zone(authority)), Final: true}
	if r, err = v.newborn(ctx, tx, birth); err != nil {
		return nil, err
	}
	added, err := tx.Exec(ctx, qRecordAddOnce, r.row()...)
	if err != nil || added > 0 {
		return r, err
	}
	return v.recordOfGroup(ctx, tx, authority, thing) // another transaction was first
}

func (v *Vault) recordOfGroup(ctx context.Context, tx *store.Tx, authority, thing string) (*record, error) {
	row := tx.Row(ctx, qRecordOfGroup, authority, TypeAudit, thing, auditNotice, auditGroup)
	return scanRecord(authority, row.Scan)
}
