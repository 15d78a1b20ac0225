package vault

import (
	"context"

	"luukku/core/access"
	"luukku/fault"
	"luukku/store"
)

// Permit authorises caller to do something with a record besides opening it, as Open would, and records
// that it was done: that it was printed. Nothing is opened. Errors as Open.
func (v *Vault) Permit(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, id RecordID, action Action, why Why) error {
	r, err := v.recordShared(ctx, tx, caller.Authority, id)
	if err != nil {
		return err
	}
	return v.admit(ctx, tx, caller, purpose, why, action, r)
}

// OpenEach opens one row each of several records of one type, as a list shows them, with one entry that
// names all of them. A row whose retention has ended is nil in the answer; whoever may not open one of the
// others opens none. Errors as Open.
func (v *Vault) OpenEach(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, rows []Sealed, why Why) ([]*Opened, error) {
	all := make([]*Opened, len(rows))
	var e Entry
	var opening []*record
	for i, s := range rows {
		r, role, err := v.listed(ctx, tx, caller, purpose, s, why)
		if err != nil {
			return nil, err
		}
		if r == nil {
			continue
		}
		opening, e.Role = append(opening, r), role
		opened, err := v.open(tx, r, rows[i:i+1])
		if err != nil {
			return nil, err
		}
		all[i] = opened[0]
	}
	if len(opening) == 0 {
		return all, nil
	}
	q := &question{caller: caller, purpose: purpose, why: why, now: v.now()}
	entry := q.entry(ActionOpen, opening...)
	entry.Role = e.Role
	if len(opening) > 1 {
		entry.Row = "" // about many
	}
	return all, v.record(ctx, tx, entry)
}

// listed is a record that caller may open in a list, and under which role; nil for one that has ended.
func (v *Vault) listed(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, s Sealed, why Why) (*record, access.Role, error) {
	if s.authority != caller.Authority {
		return nil, "", notFound()
	}
	r, err := v.recordShared(ctx, tx, caller.Authority, s.record)
	if fault.Is(err, fault.NotFound) || err == nil && r.bucket.ended(v.now()) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	q, err := v.ask(ctx, tx, caller, purpose, why, r.typ, r.thing)
	if err != nil {
		return nil, "", err
	}
	under, err := v.judge(q, r)
	if err != nil {
		return nil, "", v.refuse(tx, q.entry(ActionOpen, r), err)
	}
	return r, under.role, nil
}
