package outbox

import (
	"context"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/fault"
	"luukku/store"
)

// binding is how the vault finds, exports, moves, erases and reclaims the addresses.
func (b *Outbox) binding() vault.Binding {
	return vault.Binding{
		Type:    Type,
		Groups:  groupIDs,
		Relate:  relate,
		Find:    find,
		Export:  func(context.Context, *store.Tx, string, string) ([]vault.Value, error) { return nil, nil },
		Move:    vault.EndsWithItsBucket, // whatever still waits
		Erase:   erase,
		Reclaim: reclaim,
		Strays:  strays,
	}
}

func groupIDs(n *notice.Notice) []string {
	if g := GroupOf(n); g != nil {
		return []string{g.ID}
	}
	return nil
}

// relate: the address is that of the contact's citizen; a mail belongs to the contact's service as
// long as the contact is there.
func relate(ctx context.Context, tx *store.Tx, caller access.Caller, row string) (access.Relation, string, error) {
	var id string
	if err := tx.Row(ctx, qContact, caller.Authority, row).Scan(&id); err != nil {
		return access.Unrelated, "", err
	}
	of, err := contact.Load(ctx, tx, caller.Authority, id)
	if fault.Is(err, fault.NotFound) {
		return access.Unrelated, "", nil
	}
	if caller.Kind == access.Subject && caller.ID == id {
		return access.Own, of.Service, err
	}
	return access.Unrelated, of.Service, err
}

func find(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) ([]vault.Sealed, error) {
	return store.Select(ctx, tx, qOfRecord, func(scan func(...any) error) (vault.Sealed, error) {
		var id string
		var sealed []byte
		err := scan(&id, &sealed)
		return vault.FromRow(authority, record, id, sealed), err
	}, authority, string(record))
}

func erase(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID) error {
	_, err := reclaim(ctx, tx, authority, records, len(records)+1)
	return err
}

func reclaim(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID, limit int) (int64, error) {
	return vault.ReclaimEach(records, limit, func(record vault.RecordID) (int64, error) {
		return tx.Exec(ctx, qClear, authority, string(record))
	})
}

func strays(ctx context.Context, tx *store.Tx, authority string) (n int64, err error) {
	return n, tx.Row(ctx, qStrays, authority).Scan(&n)
}
