package printout

import (
	"context"
	"strconv"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/rights"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// The fields of a line, in notices.
const (
	fieldCase    = "case_number"
	fieldNumber  = "printout_number"
	fieldPurpose = "printout_purpose"
	fieldBy      = "printed_by"
	fieldAt      = "printed_at"
	fieldDue     = "destroy_by"
	fieldEndedAt = "destroyed_at"
	fieldEndedBy = "destroyed_by"
)

// Offer is what the list of printouts keeps, for the check of notices.
func Offer() notice.Offer {
	need := func(id string, typ notice.FieldType) notice.OfferedField {
		return notice.OfferedField{ID: id, Type: typ, Necessary: true}
	}
	return notice.Offer{Channel: Channel, Fields: []notice.OfferedField{
		need(fieldNumber, notice.TypeIdentifier), need(fieldCase, notice.TypeString), need(fieldPurpose, notice.TypeString),
		need(fieldBy, notice.TypeIdentifier), need(fieldAt, notice.TypeInstant), need(fieldDue, notice.TypeString),
		need(fieldEndedAt, notice.TypeInstant), need(fieldEndedBy, notice.TypeIdentifier),
	}}
}

// binding is how the vault finds, exports, moves, erases and reclaims the lines of the list. The case number
// is sealed; the rest lies in plain columns until its record ends (decision 0016).
func (p *Printouts) binding() vault.Binding {
	return vault.Binding{
		Type: Type,
		Groups: func(n *notice.Notice) []string {
			if n.Printing() == nil || n.Group(n.Printing().Log) == nil {
				return nil
			}
			return []string{n.Printing().Log}
		},
		Relate:  p.relate,
		Find:    p.find,
		Export:  p.export,
		Move:    vault.EndsWithItsBucket,
		Erase:   erase,
		Reclaim: reclaim,
		Strays:  strays,
	}
}

// relate: a line is assigned to whoever made the printout.
func (p *Printouts) relate(ctx context.Context, tx *store.Tx, caller access.Caller, id string) (access.Relation, string, error) {
	one, err := p.load(ctx, tx, "printout-get", caller.Authority, id)
	if err == nil && caller.Kind == access.Staff && caller.ID == one.Staff {
		return access.Assigned, one.Service, nil
	}
	return access.Unrelated, one.Service, err
}

func (p *Printouts) find(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) ([]vault.Sealed, error) {
	one, err := p.scan(authority)(tx.Row(ctx, queries.Get("printout-of-record"), authority, string(record)).Scan)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return []vault.Sealed{one.sealed}, err
}

func (p *Printouts) export(ctx context.Context, tx *store.Tx, authority, id string) ([]vault.Value, error) {
	one, err := p.load(ctx, tx, "printout-get", authority, id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	all := []vault.Value{{Field: fieldNumber, Text: strconv.FormatInt(one.No, 10)}, {Field: fieldPurpose, Text: one.Purpose},
		{Field: fieldBy, Text: one.Staff}, {Field: fieldAt, Text: instant(one.MadeAt)}, {Field: fieldDue, Text: string(one.DestroyBy)}}
	if one.DestroyedAt > 0 {
		all = append(all, vault.Value{Field: fieldEndedAt, Text: instant(one.DestroyedAt)}, vault.Value{Field: fieldEndedBy, Text: one.DestroyedBy})
	}
	return all, err
}

func instant(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339) }

func erase(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID) error {
	_, err := reclaim(ctx, tx, authority, records, len(records)+1)
	return err
}

func reclaim(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID, limit int) (int64, error) {
	return vault.ReclaimEach(records, limit, func(record vault.RecordID) (int64, error) {
		return tx.Exec(ctx, queries.Get("printout-delete"), authority, string(record))
	})
}

func strays(ctx context.Context, tx *store.Tx, authority string) (n int64, err error) {
	return n, tx.Row(ctx, queries.Get("printouts-stray"), authority).Scan(&n)
}

// Forget lets the printouts of a contact go that ends in this transaction: they must not stay longer than
// today, and their lines do not name it any more.
func (p *Printouts) Forget(ctx context.Context, tx *store.Tx, authority, contact string) error {
	today := string(p.today(authority))
	_, err := tx.Exec(ctx, queries.Get("printouts-forget"), today, today, authority, contact)
	return err
}

// Source is how requests for a copy find the lines about a contact (GDPR Art. 15).
func Source() rights.Source {
	return rights.Source{
		Type: Type,
		Lines: func(context.Context, *store.Tx, string, string) (map[string]rights.Line, error) {
			return map[string]rights.Line{}, nil
		},
		About: func(ctx context.Context, tx *store.Tx, authority, thing string) ([]string, error) {
			return store.Select(ctx, tx, queries.Get("printouts-about"), func(scan func(...any) error) (id string, err error) {
				return id, scan(&id)
			}, authority, thing)
		},
	}
}
