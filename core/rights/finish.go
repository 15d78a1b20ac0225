package rights

import (
	"context"

	"luukku/core/access"
	"luukku/fault"
	"luukku/store"
)

// Finish makes the draft the copy and gives the request back to the registry. What was covered or left
// out is deleted from the copy. Errors: fault.Conflict "items-undecided" while a decision is missing,
// "rights-not-found-yet" without a draft; fault.Gone when retention has ended it.
func (r *Rights) Finish(ctx context.Context, caller access.Caller, id string) error {
	return r.handle(ctx, caller, id, ActionFinish, func(ctx context.Context, tx *store.Tx, q Request) (string, error) {
		if q.Copy == "" {
			return "", fault.New(fault.Conflict, "rights-not-found-yet")
		}
		all, err := items(ctx, tx, q.Authority, q.Copy)
		if err != nil {
			return "", err
		}
		outcome, err := r.outcome(ctx, tx, q, all)
		if err != nil {
			return "", err
		}
		if _, err := tx.Exec(ctx, queries.Get("items-empty"), q.Authority, q.Copy); err != nil {
			return "", err
		}
		_, err = tx.Exec(ctx, queries.Get("request-ready"), outcome, q.Authority, q.ID)
		return outcome, err
	})
}

// outcome is what a decided draft comes to; one that is undecided, or has ended, is refused.
func (r *Rights) outcome(ctx context.Context, tx *store.Tx, q Request, all []row) (string, error) {
	outcome := Granted
	for _, i := range all {
		switch {
		case i.part == 1:
		case i.decision == Undecided:
			return "", fault.New(fault.Conflict, "items-undecided")
		case i.decision != Kept:
			outcome = Partly
		}
	}
	alive, err := r.alive(ctx, tx, q)
	if err == nil && !alive {
		err = fault.New(fault.Gone, "retention-ended")
	}
	return outcome, err
}

// alive tells whether every record of a request's copy lives, and locks them while it asks.
func (r *Rights) alive(ctx context.Context, tx *store.Tx, q Request) (bool, error) {
	records, err := recordsOf(ctx, tx, q.Authority, q.Copy)
	for _, id := range records {
		if _, err := r.o.Vault.Writer(ctx, tx, q.Authority, id); err != nil {
			if fault.Is(err, fault.Gone) || fault.Is(err, fault.NotFound) {
				return false, nil
			}
			return false, err
		}
	}
	return len(records) > 0, err
}

// Nothing gives the request back to the registry without a copy: there is nothing, or retention has
// ended what there was. Errors: fault.Conflict "rights-something-found" while a draft lives.
func (r *Rights) Nothing(ctx context.Context, caller access.Caller, id, outcome string) error {
	if outcome != NoData && outcome != Destroyed {
		return fault.New(fault.Invalid, "field-choice").On("outcome")
	}
	return r.handle(ctx, caller, id, ActionFinish, func(ctx context.Context, tx *store.Tx, q Request) (string, error) {
		alive, err := r.alive(ctx, tx, q)
		if err == nil && alive {
			err = fault.New(fault.Conflict, "rights-something-found")
		}
		if err != nil {
			return "", err
		}
		_, err = tx.Exec(ctx, queries.Get("request-ready"), outcome, q.Authority, q.ID)
		return outcome, err
	})
}
