package contact

import (
	"context"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/store"
)

// The parts of a contact outside its messages, each sealed in a row of its own.
const (
	partGiven   = 1 // at the start
	partSettled = 2 // when it was settled: what had been plain columns until then
)

// lookedUp are the fields that are found by their exact value (S3-2, S4-T8).
var lookedUp = map[string]bool{"reference_code": true, "email": true, "phone": true}

// fields is the closed list of what this package stores, wherever a notice declares it.
var fields = map[string]bool{"text": true, "note": true, FileField: true, "reference_code": true, "language": true, "topic": true,
	"queue_time": true, "started_at": true, "ended_at": true, "email": true, "phone": true, "name": true,
	"adviser_name": true, "adviser_email": true, "adviser_user_id": true}

// groups are the groups of a notice in which this package stores something.
func (c *Contacts) groups(n *notice.Notice) []*notice.Group {
	if !c.ours(n) {
		return nil
	}
	var out []*notice.Group
	for i := range n.Groups {
		for _, f := range n.Groups[i].Fields {
			if fields[f.ID] {
				out = append(out, &n.Groups[i])
				break
			}
		}
	}
	return out
}

// ours tells whether a notice is of one of our channels.
func (c *Contacts) ours(n *notice.Notice) bool {
	for _, a := range n.Channels {
		for _, b := range c.o.Channels {
			if a == b {
				return true
			}
		}
	}
	return false
}

// sealPart writes one part of a contact under a group's record, with the tokens of what is looked
// up. A part without values is written too: it tells which records the contact has.
func (c *Contacts) sealPart(ctx context.Context, tx *store.Tx, of Contact, g *notice.Group, record vault.RecordID, part int64, values []vault.Value) error {
	var bytes []byte
	if len(values) > 0 {
		w, err := c.o.Vault.Writer(ctx, tx, of.Authority, record)
		if err != nil {
			return err
		}
		sealed, err := w.Seal(partRow(of.ID, g.ID, part), values)
		if err != nil {
			return err
		}
		bytes = sealed.Bytes()
		for _, v := range values {
			if !lookedUp[v.Field] {
				continue
			}
			if err := w.Token(ctx, tx, v.Field, v.Text); err != nil {
				return err
			}
		}
	}
	_, err := tx.Exec(ctx, qPartAdd, of.Authority, of.ID, g.ID, part, string(record), bytes)
	return err
}

// partRow is the permanent id of a part, bound into its seal.
func partRow(contact, group string, part int64) string {
	return contact + "/" + group + "/" + itoa(part)
}

// Part is a sealed part of a contact.
type Part struct {
	Group  string
	Sealed vault.Sealed
}

// Parts reads the sealed parts of a contact.
func Parts(ctx context.Context, tx *store.Tx, authority, id string) ([]Part, error) {
	var out []Part
	err := tx.Each(ctx, qParts, func(scan func(...any) error) error {
		var group, record string
		var part int64
		var bytes []byte
		err := scan(&group, &part, &record, &bytes)
		if err == nil && len(bytes) > 0 {
			sealed := vault.FromRow(authority, vault.RecordID(record), partRow(id, group, part), bytes)
			out = append(out, Part{group, sealed})
		}
		return err
	}, authority, id)
	return out, err
}

// Stored is a line as it was stored; Sealed has no bytes where the line says no more than its code.
type Stored struct {
	Line   Line
	Sealed vault.Sealed
}

// Lines reads at most limit lines after a number.
func Lines(ctx context.Context, tx *store.Tx, of Contact, after int64, limit int) ([]Stored, error) {
	return store.Select(ctx, tx, qMessagesAfter, func(scan func(...any) error) (Stored, error) {
		l := Line{Authority: of.Authority, Contact: of.ID, Lang: of.Lang, Adviser: of.Adviser}
		var masked int64
		var sealed []byte
		err := scan(&l.N, &l.At, &l.Kind, &l.Event, &l.Writer, &masked, &sealed, &l.Staff)
		l.Masked = masked == 1
		return Stored{l, vault.FromRow(of.Authority, of.Record, rowOf(of.ID, l.N), sealed)}, err
	}, of.Authority, of.ID, after, limit)
}
