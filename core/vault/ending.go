package vault

import (
	"context"
	"slices"

	"luukku/core/access"
	"luukku/store"
)

// EndReading ends one session; ending one that has ended is no error.
func (v *Vault) EndReading(ctx context.Context, tx *store.Tx, r Reading, reason string) error {
	return v.end(ctx, tx, r.Authority, reason, qReadingEnd, r.ID)
}

// EndReadings ends every session on (type, row) but those of the caller ids in except: on closing,
// restricting, erasing.
func (v *Vault) EndReadings(ctx context.Context, tx *store.Tx, authority, typ, row, reason string, except ...string) error {
	if len(except) == 0 {
		return v.end(ctx, tx, authority, reason, qReadingsEndOn, typ, row)
	}
	readings, err := v.running(ctx, tx, authority, typ, row)
	if err != nil {
		return err
	}
	for _, r := range readings {
		if slices.Contains(except, r.Caller.ID) {
			continue
		}
		if err := v.EndReading(ctx, tx, r, reason); err != nil {
			return err
		}
	}
	return nil
}

// EndReadingsOf ends one caller's sessions on (type, row): the adviser who passed the contact on.
func (v *Vault) EndReadingsOf(ctx context.Context, tx *store.Tx, caller access.Caller, typ, row, reason string) error {
	return v.end(ctx, tx, caller.Authority, reason, qReadingsEndOf, typ, row, string(caller.Kind), caller.ID)
}

// EndStaffReadings ends every session of a member of staff; access.Hooks takes it.
func (v *Vault) EndStaffReadings(ctx context.Context, tx *store.Tx, authority, staff, reason string) error {
	return v.end(ctx, tx, authority, reason, qReadingsEndCaller, string(access.Staff), staff)
}

// endOrphans ends the sessions that this process left behind when it died.
func (v *Vault) endOrphans(ctx context.Context, authority string) error {
	return v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := v.end(ctx, tx, authority, "program-ended", qReadingsEndNode, restoredNode); err != nil {
			return err
		}
		return v.end(ctx, tx, authority, "program-ended", qReadingsEndNode, v.o.Node)
	})
}

// end deletes the sessions that q returns, records each end, and tells OnEnd after the commit.
func (v *Vault) end(ctx context.Context, tx *store.Tx, authority, reason string, q store.Query, args ...any) error {
	ended, err := store.Select(ctx, tx, q, func(scan func(...any) error) (Reading, error) {
		return scanReading(authority, scan)
	}, append([]any{authority}, args...)...)
	if err != nil {
		return err
	}
	for _, r := range ended {
		if err := v.record(ctx, tx, v.endEntry(r, reason)); err != nil {
			return err
		}
		if v.o.OnEnd != nil {
			tx.OnCommit(func() { v.o.OnEnd(r, reason) })
		}
	}
	return nil
}

func (v *Vault) endEntry(r Reading, reason string) Entry {
	return Entry{
		At: v.now().UnixMilli(), Caller: r.Caller, Role: r.Role, Purpose: r.Purpose, Action: ActionReadingEnd,
		Type: r.Type, Row: r.Row, Outcome: OutcomeAllowed, Reason: reason, Session: r.ID,
	}
}
