package contact

import (
	"context"

	"luukku/core/access"
	"luukku/fault"
	"luukku/store"
)

// Numbers of what has arrived and what has been seen only grow, and never beyond the newest line.
// A number that changes nothing is no error, unless the contact is not the caller's: then the answer is
// that of every other call.

// CitizenSaw notes that the citizen has seen every line up to n.
func (c *Contacts) CitizenSaw(ctx context.Context, who Citizen, n int64) error {
	s := Seen{Authority: who.authority, Contact: who.contact, By: FromCitizen, N: n, Seen: true}
	return c.come(ctx, s, owned(who), qCitizenSeen, n, n, n, who.authority, who.contact, who.hash[:], n, n)
}

// CitizenGot notes that every line up to n has reached the citizen's client.
func (c *Contacts) CitizenGot(ctx context.Context, who Citizen, n int64) error {
	s := Seen{Authority: who.authority, Contact: who.contact, By: FromCitizen, N: n}
	return c.come(ctx, s, owned(who), qCitizenGot, n, who.authority, who.contact, who.hash[:], n, n)
}

// AdviserSaw notes that the adviser has seen every line up to n.
func (c *Contacts) AdviserSaw(ctx context.Context, caller access.Caller, id string, n int64) error {
	s := Seen{Authority: caller.Authority, Contact: id, By: FromAdviser, N: n, Seen: true}
	return c.come(ctx, s, assignedOrAlong(caller, id), qAdviserSeen, n, n, n, n, caller.Authority, id, caller.ID, n, n)
}

// AdviserGot notes that every line up to n has reached the adviser's client.
func (c *Contacts) AdviserGot(ctx context.Context, caller access.Caller, id string, n int64) error {
	s := Seen{Authority: caller.Authority, Contact: id, By: FromAdviser, N: n}
	return c.come(ctx, s, assignedOrAlong(caller, id), qAdviserGot, n, caller.Authority, id, caller.ID, n, n)
}

func (c *Contacts) come(ctx context.Context, s Seen, may mayTouch, q store.Query, args ...any) error {
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		err := tx.Row(ctx, q, args...).Scan(&s.Adviser)
		if fault.Is(err, fault.NotFound) {
			_, err = may(ctx, tx)
			return err
		}
		if err == nil && c.o.OnSeen != nil {
			tx.OnCommit(func() { c.o.OnSeen(s) })
		}
		return err
	})
}
