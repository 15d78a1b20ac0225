package printout

import (
	"context"
	"slices"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Destroyed marks the paper of a printout as destroyed, by whoever made it or a lead of its service. It is
// recorded. Errors: fault.NotFound "printout-not-found", also for one that caller does not answer for;
// fault.Conflict "printout-destroyed" when it was marked before, "printout-unused" when there is no paper.
func (p *Printouts) Destroyed(ctx context.Context, caller access.Caller, id string) error {
	return p.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		one, err := p.load(ctx, tx, "printout-lock", caller.Authority, id)
		if err != nil {
			return err
		}
		role, err := p.mayEnd(ctx, tx, caller, one)
		if err != nil {
			return err
		}
		switch one.State {
		case Destroyed:
			return fault.New(fault.Conflict, "printout-destroyed")
		case Unused, Waiting:
			return fault.New(fault.Conflict, "printout-unused")
		}
		if _, err := tx.Exec(ctx, queries.Get("printout-destroyed"), p.o.Now().UnixMilli(), caller.ID, caller.Authority, id); err != nil {
			return err
		}
		return p.record(ctx, tx, caller, role, one, vault.ActionPrintEnd)
	})
}

// mayEnd is the role in which caller says that a paper is destroyed. To everybody else it is not there.
func (p *Printouts) mayEnd(ctx context.Context, tx *store.Tx, caller access.Caller, one Printout) (access.Role, error) {
	grants, secrecy, err := access.Grants(ctx, tx, caller, p.o.Now())
	if err != nil {
		return "", err
	}
	for _, g := range grants {
		if secrecy && g.Covers(one.Service) && one.under(caller, g.Role, enders) {
			return g.Role, nil
		}
	}
	return "", unknown()
}

// MayEnd tells whether caller, who holds roles in the printout's service, may mark it as destroyed.
func (one Printout) MayEnd(caller access.Caller, roles []access.Role) bool {
	on := one.State == Out || one.State == Overdue
	return on && slices.ContainsFunc(roles, func(role access.Role) bool { return one.under(caller, role, enders) })
}
