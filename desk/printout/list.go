package printout

import (
	"context"
	"slices"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/store"
)

// mostListed is how many lines a list shows at once: those that are out come first.
const mostListed = 200

// Opened is a contact as somebody has it open.
type Opened struct {
	Contact contact.Contact
	Purpose string
	Life    []vault.Life
}

// List are the printouts that caller answers for: their own, and as a lead or a data protection officer
// those of the services that the grant reaches. Their case numbers are opened, with one entry for each
// register. more tells that there are others.
func (p *Printouts) List(ctx context.Context, caller access.Caller) (lines []Printout, more bool, err error) {
	var opened []*vault.Opened
	err = p.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if lines, err = p.seen(ctx, tx, caller, "printouts", caller.Authority); err != nil {
			return err
		}
		if more = len(lines) > mostListed; more {
			lines = lines[:mostListed]
		}
		opened, err = p.openAll(ctx, tx, caller, lines)
		return err
	})
	for i := range lines {
		if err == nil {
			lines[i].Case, _ = opened[i].Text(fieldCase)
		}
	}
	return lines, more, err
}

// openAll opens the lines, register by register.
func (p *Printouts) openAll(ctx context.Context, tx *store.Tx, caller access.Caller, lines []Printout) ([]*vault.Opened, error) {
	all := make([]*vault.Opened, len(lines))
	done := map[string]bool{}
	for _, first := range lines {
		if done[first.Notice] {
			continue
		}
		done[first.Notice] = true
		var rows []vault.Sealed
		var at []int
		for i, one := range lines {
			if one.Notice == first.Notice {
				rows, at = append(rows, one.sealed), append(at, i)
			}
		}
		opened, err := p.o.Vault.OpenEach(ctx, tx, caller, p.logPurpose(first), rows, vault.Why{})
		if err != nil {
			return nil, err
		}
		for k, i := range at {
			all[i] = opened[k]
		}
	}
	return all, nil
}

// Due counts what caller answers for that must be destroyed: what is late, and what is due today.
type Due struct{ Overdue, Today int }

// Due tells what of the printouts that caller answers for is late. Nothing is opened.
func (p *Printouts) Due(ctx context.Context, caller access.Caller) (due Due, err error) {
	err = p.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		lines, err := p.seen(ctx, tx, caller, "printouts-out", caller.Authority, string(p.today(caller.Authority)))
		for _, one := range lines {
			if one.State == Overdue {
				due.Overdue++
			} else {
				due.Today++
			}
		}
		return err
	})
	return due, err
}

// seen are the lines of a query that caller answers for.
func (p *Printouts) seen(ctx context.Context, tx *store.Tx, caller access.Caller, query string, args ...any) ([]Printout, error) {
	grants, secrecy, err := access.Grants(ctx, tx, caller, p.o.Now())
	if err != nil || !secrecy {
		return nil, err
	}
	all, err := store.Select(ctx, tx, queries.Get(query), p.scan(caller.Authority), args...)
	return slices.DeleteFunc(all, func(one Printout) bool { return !answers(grants, caller, one) }), err
}

// The roles that make printouts, those that see the printouts of others, and those that may say that
// another's is destroyed.
var (
	makers   = []access.Role{access.RoleAdviser, access.RoleLead, access.RoleOfficer}
	watchers = []access.Role{access.RoleLead, access.RoleOfficer}
	enders   = []access.Role{access.RoleLead}
)

// under tells whether a role that caller holds in a printout's service is one of those for others' printouts,
// or makes one of the caller's own.
func (one Printout) under(caller access.Caller, role access.Role, others []access.Role) bool {
	return one.Staff == caller.ID && slices.Contains(makers, role) || slices.Contains(others, role)
}

// answers tells whether caller sees a line: as its maker, who still serves there, or as a watcher.
func answers(grants []access.Grant, caller access.Caller, one Printout) bool {
	return slices.ContainsFunc(grants, func(g access.Grant) bool { return g.Covers(one.Service) && one.under(caller, g.Role, watchers) })
}
