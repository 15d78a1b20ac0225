package contact

import (
	"context"

	"luukku/store"
)

// End closes the contact by its citizen. Ending one that has closed is no error.
func (c *Contacts) End(ctx context.Context, who Citizen) error {
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		at := c.o.Now().UnixMilli()
		of, found, err := one(ctx, tx, who.authority, qEnd, at, at, who.authority, who.contact, who.hash[:])
		if err != nil {
			return err
		}
		if !found {
			_, err := Own(ctx, tx, who)
			return err
		}
		return c.closed(ctx, tx, of, at)
	})
}

// Leave notes that the citizen's page is gone. The contact stays as it is, but one that waits is
// closed when the citizen does not come back in time.
func (c *Contacts) Leave(ctx context.Context, who Citizen) error {
	at := c.o.Now().UnixMilli()
	return c.presence(ctx, who, EventCitizenLeft, at, qLeft, at)
}

// Back notes that the citizen is there again.
func (c *Contacts) Back(ctx context.Context, who Citizen) error {
	return c.presence(ctx, who, EventCitizenBack, c.o.Now().UnixMilli(), qBack)
}

// presence changes nothing and is no error when the citizen already is or is not there.
func (c *Contacts) presence(ctx context.Context, who Citizen, event string, at int64, q store.Query, args ...any) error {
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		args := append(args, who.authority, who.contact, who.hash[:])
		of, found, err := one(ctx, tx, who.authority, q, args...)
		if err != nil {
			return err
		}
		if !found {
			_, err := Own(ctx, tx, who)
			return err
		}
		c.change(tx, of, of.Adviser, event)
		return c.event(ctx, tx, of, at, event, nil)
	})
}

// Stay answers the idle warning: the citizen's time counts anew.
func (c *Contacts) Stay(ctx context.Context, who Citizen) error {
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		at := c.o.Now().UnixMilli()
		of, found, err := one(ctx, tx, who.authority, qStay, at, who.authority, who.contact, who.hash[:])
		if err != nil {
			return err
		}
		if !found {
			_, err := Own(ctx, tx, who)
			return err
		}
		c.change(tx, of, of.Adviser, "stayed")
		return nil
	})
}

// Mine reads the contact that a citizen claims, without opening anything.
func (c *Contacts) Mine(ctx context.Context, who Citizen) (of Contact, err error) {
	err = c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		of, err = Own(ctx, tx, who)
		return err
	})
	return of, err
}
