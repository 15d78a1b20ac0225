package contact

import (
	"context"
	"errors"
	"time"

	"luukku/core/access"
	"luukku/fault"
	"luukku/store"
)

// Release gives those active contacts of a member of staff back to the queues whose service no grant of
// theirs reaches any more: a grant, its time, their commitment or their account has ended.
func (c *Contacts) Release(ctx context.Context, authority, staff string) error {
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		caller := access.Caller{Authority: authority, Kind: access.Staff, ID: staff}
		grants, secrecy, err := access.Grants(ctx, tx, caller, c.o.Now())
		if err != nil {
			return err
		}
		lost := func(service string) bool { return !secrecy || !holds(grants, service, access.RoleAdviser) }
		if err := c.leaveHandovers(ctx, tx, authority, staff, lost); err != nil {
			return err
		}
		return c.giveBack(ctx, tx, authority, staff, lost)
	})
}

// AdviserLeft notes that a member of staff has signed out, and gives all their active contacts back to
// the queues: nobody waits a minute for somebody who has said that they go.
func (c *Contacts) AdviserLeft(ctx context.Context, authority, staff string) error {
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := c.o.Queue.Leave(ctx, tx, authority, staff); err != nil {
			return err
		}
		all := func(string) bool { return true }
		if err := c.leaveHandovers(ctx, tx, authority, staff, all); err != nil {
			return err
		}
		return c.giveBack(ctx, tx, authority, staff, all)
	})
}

// giveBack queues those active contacts of a member of staff whose service is chosen. One whose key has
// died stays what it is.
func (c *Contacts) giveBack(ctx context.Context, tx *store.Tx, authority, staff string, chosen func(service string) bool) error {
	type assigned struct{ id, service string }
	all, err := store.Select(ctx, tx, qAssignedTo, func(scan func(...any) error) (a assigned, err error) {
		return a, scan(&a.id, &a.service)
	}, authority, staff)
	if err != nil {
		return err
	}
	at := c.o.Now().UnixMilli()
	for _, a := range all {
		if !chosen(a.service) {
			continue
		}
		err := c.adviserGone(ctx, tx, due{authority, a.id, staff}, at, forever)
		if err != nil && !fault.Is(err, fault.Gone) {
			return err
		}
	}
	return nil
}

// forever is later than any sign of life.
const forever = 1 << 62

// sweepUngranted releases what is assigned to advisers whose grant has run out by its time.
func (c *Contacts) sweepUngranted(ctx context.Context, now time.Time) error {
	found, err := c.due(ctx, qSweepUngranted, now.UnixMilli(), now.UnixMilli())
	errs := []error{err}
	for _, d := range found {
		errs = append(errs, c.Release(ctx, d.authority, d.adviser))
	}
	return errors.Join(errs...)
}
