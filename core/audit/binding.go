package audit

import (
	"context"
	"strings"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Type is the type of the audit's records; each is one day's entries of one authority.
const Type = vault.TypeAudit

// contactType is the type of what citizens and officers ask about.
const contactType = "contact"

// Binding is how the vault reaches the audit's own rows. Entries are never moved, held or erased:
// they end with their bucket only.
func (l *Log) Binding() vault.Binding {
	return vault.Binding{
		Type:    Type,
		Groups:  groups,
		Relate:  relate,
		Find:    findRecord,
		Export:  exportNothing,
		Move:    vault.EndsWithItsBucket,
		Erase:   refuseErasure,
		Reclaim: reclaim,
		Strays:  strays,
	}
}

func groups(n *notice.Notice) []string {
	if n.ID != NoticeID {
		return nil
	}
	return []string{Group}
}

// relate tells how caller stands to entries about row, which is "contact:c_1" or "staff:s_1": a
// citizen's own are those about the contact that their token opened.
func relate(_ context.Context, _ *store.Tx, caller access.Caller, row string) (access.Relation, string, error) {
	contact, about := strings.CutPrefix(row, contactType+":")
	if caller.Kind == access.Subject && about && contact == caller.ID {
		return access.Own, "", nil
	}
	return access.Unrelated, "", nil
}

func findRecord(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) ([]vault.Sealed, error) {
	return store.Select(ctx, tx, qOfRecord, func(scan func(...any) error) (vault.Sealed, error) {
		r, err := scanRow(scan)
		return r.asSealed(authority), err
	}, authority, string(record))
}

func exportNothing(context.Context, *store.Tx, string, string) ([]vault.Value, error) {
	return nil, nil
}

func refuseErasure(context.Context, *store.Tx, string, []vault.RecordID) error {
	return fault.New(fault.Conflict, "audit-entry-stays")
}

// reclaim deletes entries of records whose key is gone. An entry without a leaf would vanish
// without a trace, so it waits for the sequencer: fault.Busy.
func reclaim(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID, limit int) (int64, error) {
	left := int64(limit)
	for _, record := range records {
		n, err := tx.Exec(ctx, qReclaim, authority, authority, string(record), left)
		if err != nil {
			return 0, err
		}
		if left -= n; left <= 0 {
			break // there may be more
		}
		if err := nothingWaits(ctx, tx, authority, record); err != nil {
			return 0, err
		}
	}
	return int64(limit) - left, nil
}

func strays(ctx context.Context, tx *store.Tx, authority string) (int64, error) {
	var n int64
	err := tx.Row(ctx, qStrayRows, authority).Scan(&n)
	return n, err
}

func nothingWaits(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) error {
	var waits int64
	err := tx.Row(ctx, qRecordWaits, authority, string(record)).Scan(&waits)
	if err == nil && waits > 0 {
		err = fault.New(fault.Busy, "audit-unnumbered")
	}
	return err
}

// scanRow reads an entry's row as every query here selects it.
func scanRow(scan func(...any) error) (r row, err error) {
	err = scan(&r.id, (*string)(&r.record), (*string)(&r.expiry), &r.inner, &r.sealed, &r.actorMac, &r.rowMac, &r.leaf)
	return r, err
}
