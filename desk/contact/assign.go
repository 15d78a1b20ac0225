package contact

import (
	"context"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// purposeAnswer follows from the assignment: whoever a contact is assigned to opens it to answer.
const purposeAnswer = "answer"

// tries is how often "take next" looks for another contact when somebody was faster.
const tries = 8

// Taken is a contact just assigned, with the reading session that this started.
type Taken struct {
	Contact Contact
	Reading vault.Reading
}

// Take assigns a waiting contact to caller and starts the reading session, recorded before its
// first byte. Of two at once one wins; the other gets fault.Conflict "contact-taken". While it is
// offered to another adviser it is fault.Conflict "contact-offered". Errors of the gate as
// vault.BeginReading; a contact that has ended is fault.Conflict "contact-closed".
func (c *Contacts) Take(ctx context.Context, caller access.Caller, id string) (Taken, error) {
	person, err := c.o.Person(ctx, caller.Authority, caller.ID)
	if err != nil {
		return Taken{}, err
	}
	var out Taken
	err = c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		out, err = c.take(ctx, tx, caller, id, person)
		if err == nil && out.Contact.ID == "" {
			err = c.notWaiting(ctx, tx, caller.Authority, id)
		}
		return err
	})
	return out, err
}

// TakeNext takes who has waited longest in the queues that caller serves as an adviser, narrowed to
// one service or one language where they are given. fault.NotFound "queue-empty" if nobody waits.
func (c *Contacts) TakeNext(ctx context.Context, caller access.Caller, service, lang string) (Taken, error) {
	services, err := c.o.Services.List(ctx, caller.Authority)
	if err != nil {
		return Taken{}, err
	}
	person, err := c.o.Person(ctx, caller.Authority, caller.ID)
	if err != nil {
		return Taken{}, err
	}
	var out Taken
	err = c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		grants, _, err := access.Grants(ctx, tx, caller, c.o.Now())
		if err != nil {
			return err
		}
		var served []string
		for _, s := range services {
			if (service == "" || s.ID == service) && holds(grants, s.ID, access.RoleAdviser) {
				served = append(served, s.ID)
			}
		}
		out, err = c.takeFrom(ctx, tx, caller, served, lang, person)
		return err
	})
	return out, err
}

func (c *Contacts) takeFrom(ctx context.Context, tx *store.Tx, caller access.Caller, services []string, lang string, person Person) (Taken, error) {
	for range tries {
		id, err := c.longest(ctx, tx, caller, services, lang)
		if err != nil {
			return Taken{}, err
		}
		taken, err := c.take(ctx, tx, caller, id, person)
		if err != nil || taken.Contact.ID != "" {
			return taken, err
		}
	}
	return Taken{}, fault.New(fault.Conflict, "contact-taken")
}

// longest is who has waited longest in the queues of services and is not offered to another.
func (c *Contacts) longest(ctx context.Context, tx *store.Tx, caller access.Caller, services []string, lang string) (string, error) {
	now := c.o.Now().UnixMilli()
	var found string
	var rank, since int64
	for _, s := range services {
		var id string
		var r, at int64
		err := tx.Row(ctx, qQueueHead, caller.Authority, s, lang, lang, caller.ID, now).Scan(&id, &r, &at)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return "", err
		}
		if found == "" || r < rank || r == rank && at < since {
			found, rank, since = id, r, at
		}
	}
	if found == "" {
		return "", fault.New(fault.NotFound, "queue-empty")
	}
	return found, nil
}

// take returns a Taken without a contact when it is no longer waiting.
func (c *Contacts) take(ctx context.Context, tx *store.Tx, caller access.Caller, id string, person Person) (Taken, error) {
	at := c.o.Now().UnixMilli()
	of, found, err := one(ctx, tx, caller.Authority, qTake, caller.ID, at, at, at, caller.Authority, id, caller.ID, at)
	if err != nil || !found {
		return Taken{}, err
	}
	reading, err := c.o.Vault.BeginReading(ctx, tx, caller, purposeAnswer, Type, id, vault.Why{})
	if err != nil {
		return Taken{}, err
	}
	if err := c.assign(ctx, tx, of, at, EventTaken, person); err != nil {
		return Taken{}, err
	}
	c.change(tx, of, "", EventTaken)
	return Taken{of, reading}, c.o.Queue.Alive(ctx, tx, caller.Authority, caller.ID)
}

// assign writes who has the contact now, and the line that tells of it. The first who has it ends a wait,
// which is counted, whether they took it or were given it.
func (c *Contacts) assign(ctx context.Context, tx *store.Tx, of Contact, at int64, event string, person Person) error {
	if _, err := tx.Exec(ctx, qAdviserAdd, of.Authority, of.ID, of.AdviserNo, of.Adviser); err != nil {
		return err
	}
	if err := c.o.Queue.Unoffer(ctx, tx, of.Authority, of.ID); err != nil {
		return err
	}
	if of.Advisers == 1 {
		if err := c.o.Queue.CountTaken(ctx, tx, of.Authority, of.Service, of.Lang, of.StartedAt, at, of.Place); err != nil {
			return err
		}
	}
	return c.event(ctx, tx, of, at, event, &person)
}

// notWaiting tells why a contact could not be taken.
func (c *Contacts) notWaiting(ctx context.Context, tx *store.Tx, authority, id string) error {
	of, err := Load(ctx, tx, authority, id)
	switch {
	case err != nil:
		return err
	case of.Status == Closed || of.Status == Settled:
		return fault.New(fault.Conflict, "contact-closed")
	case of.Status == Waiting:
		return fault.New(fault.Conflict, "contact-offered")
	}
	return fault.New(fault.Conflict, "contact-taken")
}

func holds(grants []access.Grant, service string, roles ...access.Role) bool {
	for _, g := range grants {
		for _, r := range roles {
			if g.Role == r && g.Covers(service) {
				return true
			}
		}
	}
	return false
}
