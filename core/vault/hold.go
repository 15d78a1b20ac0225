package vault

import (
	"cmp"
	"context"
	"slices"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// The kinds of hold.
const (
	kindHold        = "hold"
	kindRestriction = "restriction"
)

// restrictionCode is the hold of a notice that caps a restriction. Without it there is no cap.
const restrictionCode = "restriction"

// hold is a row of vault_hold: a reason to keep a record longer. A record can have several, and
// while one of them stands it lives.
type hold struct{ id, kind, code string }

// lastDay is the cap of a hold, counted from where the record counts from, never from the day it
// was placed (S1-37).
func (h hold) lastDay(g *notice.Group, r *record, zone *time.Location) notice.Day {
	if declared := g.Hold(h.code); declared != nil {
		return declared.LastDay(time.UnixMilli(r.from), zone)
	}
	return r.ordinary
}

func holdsOf(ctx context.Context, tx *store.Tx, r *record) ([]hold, error) {
	return store.Select(ctx, tx, qHoldsOf, func(scan func(...any) error) (h hold, err error) {
		return h, scan(&h.id, &h.kind, &h.code)
	}, r.authority, string(r.id))
}

// Hold keeps a record longer for a reason that its notice declares, never beyond the cap counted
// from the moment the record counts from (S1-37). It returns the hold's id. why is recorded.
// Errors: fault.Denied (recorded too), fault.NotFound, fault.Gone, fault.Invalid
// "undeclared-hold", "reason-missing".
func (v *Vault) Hold(ctx context.Context, tx *store.Tx, caller access.Caller, id RecordID, code, why string) (string, error) {
	return v.place(ctx, tx, caller, id, hold{kind: kindHold, code: code}, why)
}

// Restrict restricts a record (GDPR Art. 18): it opens for the person and for rights requests only,
// and is kept until Release or the cap of the notice's hold "restriction" (none: without an end). Running readings of its row end. It returns the
// restriction's id. Errors as Hold.
func (v *Vault) Restrict(ctx context.Context, tx *store.Tx, caller access.Caller, id RecordID, why string) (string, error) {
	return v.place(ctx, tx, caller, id, hold{kind: kindRestriction, code: restrictionCode}, why)
}

// place adds a hold to a record and moves it.
func (v *Vault) place(ctx context.Context, tx *store.Tx, caller access.Caller, id RecordID, h hold, why string) (string, error) {
	r, err := v.recordForMove(ctx, tx, caller.Authority, id)
	if err != nil {
		return "", err
	}
	m := move{caller: caller, action: h.action(), reason: why}
	if m.role, err = v.decider(ctx, tx, caller, r, why); err != nil {
		return "", v.refuse(tx, v.moveEntry(r, m), err)
	}
	if r.bucket.ended(v.now()) {
		return "", retentionEnded()
	}
	if copied, err := isCopy(ctx, tx, r); err != nil || copied {
		return "", cmp.Or[error](err, fault.New(fault.Conflict, "copy-stays"))
	}
	if g, err := v.groupOf(r); err != nil || h.kind == kindHold && g.Hold(h.code) == nil {
		return "", cmp.Or[error](err, fault.New(fault.Invalid, "undeclared-hold", "hold", h.code, "notice", r.notice).On("hold"))
	}
	h.id = store.NewID(h.prefix())
	if _, err := tx.Exec(ctx, qHoldAdd, r.authority, h.id, string(r.id), h.kind, h.code, v.now().UnixMilli()); err != nil {
		return "", err
	}
	if h.kind == kindRestriction {
		if err := v.EndReadings(ctx, tx, r.authority, r.typ, r.thing, "restricted"); err != nil {
			return "", err
		}
	}
	return h.id, v.rehomeOrRecord(ctx, tx, r, m)
}

// rehomeOrRecord is rehome, and an entry also when the record stays where it is.
func (v *Vault) rehomeOrRecord(ctx context.Context, tx *store.Tx, r *record, m move) error {
	before := r.bucket.id
	if err := v.rehome(ctx, tx, r, m); err != nil || r.bucket.id != before {
		return err
	}
	if err := v.noteMove(ctx, tx, r, m); err != nil {
		return err
	}
	return v.record(ctx, tx, v.moveEntry(r, m))
}

func (h hold) action() Action {
	if h.kind == kindRestriction {
		return ActionRestrict
	}
	return ActionHold
}

func (h hold) prefix() string {
	if h.kind == kindRestriction {
		return restrictionPrefix
	}
	return holdPrefix
}

// Release ends a hold or a restriction: the record goes to the longest of its other holds or back
// to its ordinary bucket if that still lives; otherwise it ends with the hold's own bucket.
// Errors as Hold.
func (v *Vault) Release(ctx context.Context, tx *store.Tx, caller access.Caller, holdID, why string) error {
	h, id := hold{id: holdID}, ""
	if err := tx.Row(ctx, qHoldGet, caller.Authority, holdID).Scan(&id, &h.kind); err != nil {
		return err
	}
	r, err := v.recordForMove(ctx, tx, caller.Authority, RecordID(id))
	if err != nil {
		return err
	}
	m := move{caller: caller, action: ActionRelease, reason: why, released: holdID}
	if m.role, err = v.decider(ctx, tx, caller, r, why); err != nil {
		return v.refuse(tx, v.moveEntry(r, m), err)
	}
	if _, err := tx.Exec(ctx, qHoldDrop, r.authority, holdID); err != nil {
		return err
	}
	if err := v.stillOpen(ctx, tx, r); err != nil {
		return err
	}
	err = v.rehomeOrRecord(ctx, tx, r, m)
	if fault.Is(err, fault.Gone) {
		return v.endWithHold(ctx, tx, r, m)
	}
	return err
}

// stillOpen counts a record that is open anew, so that releasing a hold does not end it.
func (v *Vault) stillOpen(ctx context.Context, tx *store.Tx, r *record) error {
	if r.settled {
		return nil
	}
	b, err := v.binding(r.typ)
	if err != nil {
		return err
	}
	open, err := b.Move(ctx, tx, r.authority, []string{r.thing}, v.now())
	if err != nil {
		return err
	}
	g, err := v.groupOf(r)
	if from, ok := open[r.thing]; err == nil && ok {
		r.countFrom(from, g, v.o.Zone(r.authority))
	}
	return err
}

// endWithHold lets a record end with the bucket of the hold that was all it lived by.
func (v *Vault) endWithHold(ctx context.Context, tx *store.Tx, r *record, m move) error {
	if err := v.EndReadings(ctx, tx, r.authority, r.typ, r.thing, "retention-ended"); err != nil {
		return err
	}
	if err := v.dropCopies(ctx, tx, r.authority, qCopiesIn, r.authority, r.bucket.id); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, qBucketKill, causeReleased, v.now().UnixMilli(), r.authority, r.bucket.id); err != nil {
		return err
	}
	return v.record(ctx, tx, v.moveEntry(r, m))
}

// decider tells under which role caller may decide about a record's life: a registry clerk or the
// data protection officer with a grant and a secrecy commitment, or the program itself. A person
// must say why.
func (v *Vault) decider(ctx context.Context, tx *store.Tx, caller access.Caller, r *record, why string) (access.Role, error) {
	if caller.Kind == access.Program {
		return access.RoleProgram, nil
	}
	q, err := v.ask(ctx, tx, caller, "", Why{}, r.typ, r.thing)
	if err != nil {
		return "", err
	}
	candidates, err := q.granted()
	if err != nil {
		return "", err
	}
	may := slices.IndexFunc(candidates, func(c verdict) bool {
		return c.role == access.RoleRegistryClerk || c.role == access.RoleOfficer
	})
	if may < 0 {
		return "", denied("not-allowed")
	}
	if !Legible(why) {
		return "", fault.New(fault.Invalid, "reason-missing").On("reason")
	}
	return candidates[may].role, nil
}
