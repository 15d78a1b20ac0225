package rights

import (
	"cmp"
	"context"
	"slices"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Take gives a request to the official who asks for it. Errors: fault.Denied "not-allowed" for who is
// not of the register's unit, fault.Conflict "request-status" when a colleague was first.
func (r *Rights) Take(ctx context.Context, caller access.Caller, id string) error {
	return r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, err := r.ofUnit(ctx, tx, caller, id, Accepted)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, queries.Get("request-take"), caller.ID, q.Authority, q.ID); err != nil {
			return err
		}
		return r.note(ctx, tx, caller, access.RoleLead, q, ActionTake, "")
	})
}

// GiveBack lets a colleague take the request. What was decided stays.
func (r *Rights) GiveBack(ctx context.Context, caller access.Caller, id string) error {
	return r.handle(ctx, caller, id, ActionLeave, func(ctx context.Context, tx *store.Tx, q Request) (string, error) {
		_, err := tx.Exec(ctx, queries.Get("request-give-back"), q.Authority, q.ID)
		return "", err
	})
}

// handle does something with a request that the caller has taken, in one transaction with its entry, in which
// stands the word that do returns.
func (r *Rights) handle(ctx context.Context, caller access.Caller, id string, act vault.Action, do func(context.Context, *store.Tx, Request) (string, error)) error {
	return r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, err := r.mine(ctx, tx, caller, id, Working)
		if err != nil {
			return err
		}
		word, err := do(ctx, tx, q)
		if err != nil {
			return err
		}
		return r.note(ctx, tx, caller, access.RoleLead, q, act, word)
	})
}

// ofUnit locks a request for an official of the register's unit. To everybody else it is not there.
func (r *Rights) ofUnit(ctx context.Context, tx *store.Tx, caller access.Caller, id string, want ...Status) (Request, error) {
	q, err := load(ctx, tx, caller.Authority, "request-lock", id)
	if err != nil {
		return q, err
	}
	if _, may, err := r.unit(ctx, tx, caller, q.Register); err != nil || !may {
		return q, cmp.Or(err, unknown())
	}
	if !slices.Contains(want, q.Status) {
		return q, fault.New(fault.Conflict, "request-status")
	}
	return q, nil
}

// mine locks a request that the caller has taken.
func (r *Rights) mine(ctx context.Context, tx *store.Tx, caller access.Caller, id string, want ...Status) (Request, error) {
	q, err := r.ofUnit(ctx, tx, caller, id, want...)
	if err == nil && q.Official != caller.ID {
		err = fault.New(fault.Conflict, "request-not-yours")
	}
	return q, err
}
