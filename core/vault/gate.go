package vault

import (
	"context"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// Why is what a caller says of its reason.
type Why struct {
	Reason  string // compulsory where the notice's rule says so
	Contact string // id of the contact in whose course this is opened; may be empty
	Sample  string // what the record was drawn into or put forward in; the binding tells whether it lies there
}

// Open authorises caller for purpose, records the read, and opens s. The fields can be read once
// tx has committed, not before. It returns fault.Denied (recorded too), fault.Gone once retention
// has ended (recorded too), fault.Invalid "reason-missing" (recorded too), and fault.NotFound
// "not-found" for a record that does not exist or belongs to another authority. If the entry
// cannot be written, nothing is opened.
//
// On a refusal the caller must return the error from its transaction function at once.
func (v *Vault) Open(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, s Sealed, why Why) (*Opened, error) {
	all, err := v.OpenAll(ctx, tx, caller, purpose, []Sealed{s}, why)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// OpenAll opens several rows of one record with one entry. Rows of several records are
// fault.Invalid. Errors as Open.
func (v *Vault) OpenAll(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, rows []Sealed, why Why) ([]*Opened, error) {
	id, err := oneRecord(caller, rows)
	if err != nil {
		return nil, err
	}
	r, err := v.recordShared(ctx, tx, caller.Authority, id)
	if err != nil {
		return nil, err
	}
	if err := v.admit(ctx, tx, caller, purpose, why, ActionOpen, r); err != nil {
		return nil, err
	}
	return v.open(tx, r, rows)
}

// admit authorises caller to do action with r for purpose, and records it. A refusal is left with the
// transaction.
func (v *Vault) admit(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, why Why, action Action, r *record) error {
	q, err := v.ask(ctx, tx, caller, purpose, why, r.typ, r.thing)
	if err != nil {
		return err
	}
	e := q.entry(action, r)
	verdict, err := v.judge(q, r)
	if err != nil {
		return v.refuse(tx, e, err)
	}
	e.Role = verdict.role
	return v.record(ctx, tx, e)
}

// oneRecord returns the record of all rows. A row of another authority than the caller's is not
// there.
func oneRecord(caller access.Caller, rows []Sealed) (RecordID, error) {
	if len(rows) == 0 {
		return "", fault.New(fault.Invalid, "nothing-to-open")
	}
	for _, s := range rows {
		if s.authority != caller.Authority {
			return "", notFound()
		}
		if s.record != rows[0].record {
			return "", fault.New(fault.Invalid, "rows-of-several-records")
		}
	}
	return rows[0].record, nil
}

// open opens rows of a record that the caller of open was authorised for.
func (v *Vault) open(tx *store.Tx, r *record, rows []Sealed) ([]*Opened, error) {
	key, err := v.recordKey(r)
	if err != nil {
		return nil, err
	}
	g, err := v.groupOf(r)
	if err != nil {
		return nil, err
	}
	room := v.scratch.Get().(*scratch)
	defer v.scratch.Put(room)
	all := make([]*Opened, len(rows))
	for i, s := range rows {
		if all[i], err = openRow(tx.Outcome(), r, g, key, s, room); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// openRow opens one row: its fields follow the declaration g.
func openRow(outcome *store.Outcome, r *record, g *notice.Group, key *recordKey, s Sealed, room *scratch) (*Opened, error) {
	room.ad = r.appendAD(room.ad[:0], ofColumn, s.row)
	text, err := unseal(key.aead, s.bytes, room.ad)
	if err != nil {
		return nil, err
	}
	c := &cell{plain: plain{outcome: outcome, record: r.id, row: s.row}}
	if r.typ == TypeAudit {
		c.plain.raw = text
		return c.opened(), nil
	}
	if c.plain.fields, err = decode(c.room[:0], text, g); err != nil {
		return nil, err
	}
	return c.opened(), nil
}

// entry begins the audit entry of a question about records.
func (q *question) entry(action Action, records ...*record) Entry {
	e := Entry{
		At: q.now.UnixMilli(), Caller: q.caller, Purpose: q.purpose, Action: action,
		Outcome: OutcomeAllowed, Reason: q.why.Reason, Contact: q.why.Contact,
	}
	e.about(records)
	return e
}

// about names the records of an entry, and their notice and groups.
func (e *Entry) about(records []*record) {
	for i, r := range records {
		if i == 0 {
			e.Notice, e.Type, e.Row = r.notice, r.typ, r.thing
		}
		e.Group = joined(e.Group, r.group)
		e.Records = append(e.Records, r.id)
	}
}

// record writes an entry in tx. Nothing may be opened when it fails.
func (v *Vault) record(ctx context.Context, tx *store.Tx, e Entry) error {
	return (*v.recorder.Load()).Record(ctx, tx, e)
}

// refuse leaves the refusal with the transaction: it is rolled back and the entry written in one
// of its own, so that the one writer never waits for itself.
func (v *Vault) refuse(tx *store.Tx, e Entry, err error) error {
	if code := fault.CodeOf(err); code == fault.Internal || code == fault.Busy {
		return err // a defect, no refusal
	}
	e.Role, e.Outcome = "", fault.Of(err).Key
	return tx.Refuse(err, func(ctx context.Context, tx *store.Tx) error {
		return v.record(ctx, tx, e)
	})
}
