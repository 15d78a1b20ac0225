package ledger

import (
	"context"
	"strconv"
	"strings"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Write writes the line of a change in the transaction that makes it, and its entry of the audit. A
// change that changes nothing leaves no line. It is fault.Conflict "setting-changed" when the thing's
// newest version is not the pen's base: then the transaction must not be committed.
func (p Pen) Write(ctx context.Context, tx *store.Tx, c Change) error {
	if p.ledger == nil {
		return fault.New(fault.Internal, "no-ledger")
	}
	newest, err := newest(ctx, tx, p.Authority(), c.Thing)
	switch {
	case err != nil:
		return err
	case p.base != Unread && p.base != newest:
		return changed()
	case c.Before == c.After:
		return nil
	}
	c.Version, c.Restored = newest+1, p.restored
	if err := p.ledger.line(ctx, tx, p.by, c); err != nil {
		return err
	}
	return p.ledger.recorder.Record(ctx, tx, vault.Entry{At: p.ledger.now().UnixMilli(), Caller: p.by, Purpose: purpose, Action: ActionChange,
		Notice: noticeID, Type: recordType, Row: string(c.Kind) + ":" + c.ID, Outcome: vault.OutcomeAllowed, Reason: c.Part + " " + strconv.FormatInt(c.Version, 10)})
}

// Refer writes the line of an act that has an entry of its own in the audit, where all of it stands: an
// administrator's on an account. The line says which act on whom, and no value.
func (l *Ledger) Refer(ctx context.Context, tx *store.Tx, by access.Caller, t Thing) error {
	newest, err := newest(ctx, tx, by.Authority, t)
	if err != nil {
		return err
	}
	return l.line(ctx, tx, by, Change{Thing: t, Version: newest + 1, Restored: -1})
}

// line inserts a line. The key refuses the second of two that took the same number at one moment.
func (l *Ledger) line(ctx context.Context, tx *store.Tx, by access.Caller, c Change) error {
	who := ""
	if by.Kind == access.Staff {
		who = by.ID
	}
	_, err := tx.Exec(ctx, qWrite, by.Authority, store.NewID("l_"), string(c.Kind), c.ID, c.Part, c.Version, l.now().UnixMilli(), who,
		strings.Join(c.Services, ","), c.Before, c.After, c.Restored)
	if fault.Is(err, fault.Conflict) {
		return fault.Of(changed()).Wrap(err)
	}
	return err
}

func newest(ctx context.Context, tx *store.Tx, authority string, t Thing) (int64, error) {
	var n int64
	err := tx.Row(ctx, qNewest, authority, string(t.Kind), t.ID, t.Part).Scan(&n)
	return n, err
}

// Forget takes a member of staff out of every line, and deletes the lines about their account. It is
// called in the transaction in which the account ends.
func Forget(ctx context.Context, tx *store.Tx, authority, staff string) error {
	for _, q := range []store.Query{qForget, qForgetIt} {
		if _, err := tx.Exec(ctx, q, authority, staff); err != nil {
			return err
		}
	}
	return nil
}
