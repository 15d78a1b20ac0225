package vault

import (
	"context"

	"luukku/core/access"
	"luukku/core/vault/keystore"
	"luukku/fault"
	"luukku/store"
)

// Erase erases records: the journal reaches every key store first, then wraps, tokens and rows go
// in one transaction with the entry that says who and why; copies taken from them go with them. It opens its own transactions and must
// not be called inside one. When it returns nil the records are closed in every copy of the data
// that can be restored; when it returns another error they may be gone after the next start.
// Errors: fault.NotFound for an unknown id, fault.Denied (recorded), fault.Invalid
// "reason-missing", fault.Busy while a key store cannot be reached.
func (v *Vault) Erase(ctx context.Context, caller access.Caller, ids []RecordID, why string) error {
	set, err := v.set(caller.Authority)
	if err != nil {
		return err
	}
	if err := v.mayErase(ctx, caller, ids, why); err != nil {
		return err
	}
	if ids, err = v.withCopies(ctx, caller.Authority, ids); err != nil {
		return err
	}
	lines := linesOf(keystore.LineErased, v.now().UnixMilli(), words(ids))
	if err := set.Append(ctx, lines...); err != nil {
		return fault.New(fault.Busy, "journal-unreachable").Wrap(err)
	}
	return v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := v.noteGeneration(ctx, tx, caller.Authority, set); err != nil {
			return err
		}
		return v.eraseAll(ctx, tx, caller, ids, why)
	})
}

// mayErase refuses before anything is written to the journal, which cannot be taken back.
func (v *Vault) mayErase(ctx context.Context, caller access.Caller, ids []RecordID, why string) error {
	return v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, id := range ids {
			r, err := v.recordShared(ctx, tx, caller.Authority, id)
			if err != nil {
				return err
			}
			if _, err := v.decider(ctx, tx, caller, r, why); err != nil {
				return v.refuse(tx, v.moveEntry(r, move{caller: caller, action: ActionErase, reason: why}), err)
			}
		}
		return nil
	})
}

func (v *Vault) eraseAll(ctx context.Context, tx *store.Tx, caller access.Caller, ids []RecordID, why string) error {
	for _, id := range ids {
		r, err := v.recordForMove(ctx, tx, caller.Authority, id)
		if fault.Is(err, fault.NotFound) {
			continue // somebody else erased it meanwhile
		}
		if err != nil {
			return err
		}
		role, err := v.decider(ctx, tx, caller, r, why)
		if err != nil {
			role = "" // the journal has it by now: it is erased, whoever was withdrawn meanwhile
		}
		if err := v.erase(ctx, tx, r); err != nil {
			return err
		}
		if err := v.record(ctx, tx, v.moveEntry(r, move{caller: caller, role: role, action: ActionErase, reason: why})); err != nil {
			return err
		}
	}
	return nil
}

// erase takes a record away: the copies taken from it, its rows by its package, then its blobs, wrap,
// tokens and holds.
func (v *Vault) erase(ctx context.Context, tx *store.Tx, r *record) error {
	if err := v.dropCopies(ctx, tx, r.authority, qCopiesOf, string(r.id)); err != nil {
		return err
	}
	if err := v.EndReadings(ctx, tx, r.authority, r.typ, r.thing, "erased"); err != nil {
		return err
	}
	b, err := v.binding(r.typ)
	if err != nil {
		return err
	}
	if err := b.Erase(ctx, tx, r.authority, []RecordID{r.id}); err != nil {
		return err
	}
	if err := v.dropBlobs(ctx, tx, r.authority, qBlobsDrop, r.authority, string(r.id)); err != nil {
		return err
	}
	for _, q := range []store.Query{qTokensDrop, qHoldsDrop, qCopyDrop, qRecordDrop} {
		if _, err := tx.Exec(ctx, q, r.authority, string(r.id)); err != nil {
			return err
		}
	}
	return v.leave(ctx, tx, r.authority, r.bucket)
}

func words[T ~string](ids []T) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}
