package review

import (
	"context"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Offer is what a draw keeps about its reviewer, for the check of notices.
func Offer() notice.Offer {
	return notice.Offer{Channel: Channel, Fields: []notice.OfferedField{
		{ID: "sample_service", Type: notice.TypeString, Necessary: true},
		{ID: "sample_purpose", Type: notice.TypeString, Necessary: true},
		{ID: "sample_drawn_at", Type: notice.TypeInstant, Necessary: true},
	}}
}

// binding is how the vault finds, exports, moves, erases and reclaims samples. They have nothing sealed:
// what they hold lies in plain columns until their record ends (decision 0012).
func (r *Reviews) binding() vault.Binding {
	return vault.Binding{
		Type: Type,
		Groups: func(n *notice.Notice) []string {
			if n.ID != NoticeID || n.Group(Group) == nil {
				return nil
			}
			return []string{Group}
		},
		Relate:  relate,
		Find:    func(context.Context, *store.Tx, string, vault.RecordID) ([]vault.Sealed, error) { return nil, nil },
		Export:  export,
		Move:    vault.EndsWithItsBucket,
		Erase:   erase,
		Reclaim: reclaim,
	}
}

// row is a sample as its table has it.
type row struct {
	staff, service, purpose string
	drawnAt                 int64
}

func load(ctx context.Context, tx *store.Tx, authority, id string) (one row, err error) {
	err = tx.Row(ctx, qSampleRow, authority, id).Scan(&one.staff, &one.service, &one.purpose, &one.drawnAt)
	return one, err
}

// relate: a sample is its reviewer's own, as a person.
func relate(ctx context.Context, tx *store.Tx, caller access.Caller, id string) (access.Relation, string, error) {
	one, err := load(ctx, tx, caller.Authority, id)
	if err == nil && caller.Kind == access.Subject && caller.ID == one.staff {
		return access.Own, one.service, nil
	}
	return access.Unrelated, one.service, err
}

func export(ctx context.Context, tx *store.Tx, authority, id string) ([]vault.Value, error) {
	one, err := load(ctx, tx, authority, id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return []vault.Value{{Field: "sample_service", Text: one.service}, {Field: "sample_purpose", Text: one.purpose},
		{Field: "sample_drawn_at", Text: time.UnixMilli(one.drawnAt).UTC().Format(time.RFC3339)}}, err
}

func erase(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID) error {
	_, err := reclaim(ctx, tx, authority, records, len(records)+1)
	return err
}

// reclaim deletes samples with what they drew; what they drew is counted with them.
func reclaim(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID, limit int) (int64, error) {
	return vault.ReclaimEach(records, limit, func(record vault.RecordID) (int64, error) {
		if _, err := tx.Exec(ctx, qItemsDelete, authority, authority, string(record)); err != nil {
			return 0, err
		}
		return tx.Exec(ctx, qSampleDelete, authority, string(record))
	})
}
