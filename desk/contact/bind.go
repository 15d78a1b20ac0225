package contact

import (
	"context"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// binding is how the vault finds, exports, moves, erases and reclaims contacts.
func (c *Contacts) binding() vault.Binding {
	return vault.Binding{
		Type:    Type,
		Groups:  c.groupIDs,
		Relate:  relate,
		Sampled: c.o.Sampled,
		Find:    findRows,
		Export:  c.export,
		Move:    stillOpen,
		Erase:   c.erase,
		Reclaim: c.reclaim,
	}
}

func (c *Contacts) groupIDs(n *notice.Notice) []string {
	var out []string
	for _, g := range c.groups(n) {
		out = append(out, g.ID)
	}
	return out
}

// relate: the citizen's own contact, known by its token; the adviser's, from the assignment until it
// is settled; and that of whoever passed it on and still reads along.
func relate(ctx context.Context, tx *store.Tx, caller access.Caller, row string) (access.Relation, string, error) {
	of, err := Load(ctx, tx, caller.Authority, row)
	switch {
	case err != nil:
		return access.Unrelated, "", err
	case caller.Kind == access.Subject && caller.ID == row:
		return access.Own, of.Service, nil
	case caller.Kind == access.Staff && of.Adviser == caller.ID && of.Adviser != "":
		return access.Assigned, of.Service, nil
	case caller.Kind == access.Staff && of.Status == Active:
		along, err := readsAlong(ctx, tx, caller, row)
		if err != nil || along {
			return access.Assigned, of.Service, err
		}
	}
	return access.Unrelated, of.Service, nil
}

// readsAlong tells whether caller passed a contact on and has not left it yet.
func readsAlong(ctx context.Context, tx *store.Tx, caller access.Caller, id string) (bool, error) {
	h, found, err := HandoverOf(ctx, tx, caller.Authority, id)
	return found && h.State == Joined && h.Sender == caller.ID && caller.Kind == access.Staff, err
}

// held is a contact that a record belongs to; messages tells whether they are under that record.
type held struct {
	contact  string
	messages bool
}

func holder(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) (held, error) {
	var h held
	var messages int64
	err := tx.Row(ctx, qOfRecord, authority, string(record)).Scan(&h.contact, &messages)
	h.messages = messages == 1
	return h, err
}

// findRows are the sealed rows of a record: the parts, then the messages by their numbers.
func findRows(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) ([]vault.Sealed, error) {
	h, err := holder(ctx, tx, authority, record)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	parts, err := Parts(ctx, tx, authority, h.contact)
	if err != nil {
		return nil, err
	}
	var out []vault.Sealed
	for _, p := range parts {
		if p.Sealed.Record() == record {
			out = append(out, p.Sealed)
		}
	}
	if !h.messages {
		return out, nil
	}
	return out, tx.Each(ctx, qMessagesOf, func(scan func(...any) error) error {
		var n int64
		var sealed []byte
		err := scan(&n, &sealed)
		out = append(out, vault.FromRow(authority, record, rowOf(h.contact, n), sealed))
		return err
	}, authority, h.contact)
}

// export gives what a contact that is not settled yet has in plain columns and its notice declares;
// afterwards it is sealed.
func (c *Contacts) export(ctx context.Context, tx *store.Tx, authority, row string) ([]vault.Value, error) {
	of, err := Load(ctx, tx, authority, row)
	if err != nil {
		return nil, err
	}
	n, ok := c.o.Shelf().Version(authority, of.Notice, of.Version)
	if !ok {
		return nil, fault.New(fault.Internal, "notice-version-missing", "notice", of.Notice)
	}
	var out []vault.Value
	for _, v := range plainFields(of) {
		if _, _, declared := n.FieldGroup(v.Field); declared && v.Text != "" {
			out = append(out, v)
		}
	}
	return out, nil
}

// stillOpen keeps alive what is not settled: an open contact counts from now, a closed one from its
// close.
func stillOpen(ctx context.Context, tx *store.Tx, authority string, rows []string, now time.Time) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	for _, row := range rows {
		var status Status
		var closedAt int64
		err := tx.Row(ctx, qUnsettled, authority, row).Scan(&status, &closedAt)
		switch {
		case fault.Is(err, fault.NotFound):
		case err != nil:
			return nil, err
		case status == Closed:
			out[row] = time.UnixMilli(closedAt)
		default:
			out[row] = now
		}
	}
	return out, nil
}

// erase deletes the records' rows, and the contact with its last record.
func (c *Contacts) erase(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID) error {
	for _, record := range records {
		h, err := holder(ctx, tx, authority, record)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := c.dissolve(ctx, tx, authority, h, record); err != nil {
			return err
		}
	}
	return nil
}

// dissolve deletes what is left of a record, and the contact with its last record.
func (c *Contacts) dissolve(ctx context.Context, tx *store.Tx, authority string, h held, record vault.RecordID) error {
	if h.messages && c.o.OnGone != nil {
		if err := c.o.OnGone(ctx, tx, authority, h.contact); err != nil {
			return err
		}
	}
	if h.messages {
		for _, q := range []store.Query{qMessagesDelete, qAdvisersClear, qHandoverEnd} {
			if _, err := tx.Exec(ctx, q, authority, h.contact); err != nil {
				return err
			}
		}
	}
	if _, err := tx.Exec(ctx, qPartsDelete, authority, string(record)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, qContactDelete, authority, h.contact)
	return err
}

// reclaim deletes at most limit rows; a record whose messages do not fit is finished next time.
func (c *Contacts) reclaim(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID, limit int) (int64, error) {
	deleted := int64(0)
	for _, record := range records {
		h, err := holder(ctx, tx, authority, record)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return deleted, err
		}
		left := int64(limit) - deleted
		if left <= 0 {
			return deleted, nil
		}
		if h.messages {
			n, err := tx.Exec(ctx, qReclaim, authority, h.contact, authority, h.contact, left)
			deleted += n
			if err != nil || n == left {
				return deleted, err
			}
		}
		if err := c.dissolve(ctx, tx, authority, h, record); err != nil {
			return deleted, err
		}
		deleted++
	}
	return deleted, nil
}
