package contact

import (
	"context"
	"slices"

	"luukku/core/notice"
	"luukku/desk/report"
	"luukku/fault"
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
		return c.moved(ctx, tx, of, at, event)
	})
}

// moved tells that the citizen has come or gone. Of what has closed it is noted, for the case that it is
// reopened, and told to nobody.
func (c *Contacts) moved(ctx context.Context, tx *store.Tx, of Contact, at int64, event string) error {
	if of.Status == Closed {
		return nil
	}
	c.change(tx, of, of.Adviser, event)
	return c.event(ctx, tx, of, at, event, nil)
}

// NobodyConnected notes that every citizen is away. Call it when the program begins: its end broke all
// connections, and whoever does not come back would otherwise wait, or be waited for, until the hours
// end. Back takes it back.
func (c *Contacts) NobodyConnected(ctx context.Context) error {
	for {
		found, err := c.due(ctx, qPresent)
		if err != nil || len(found) == 0 {
			return err
		}
		at := c.o.Now().UnixMilli()
		err = c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			for _, d := range found {
				if err := c.away(ctx, tx, d, at); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

func (c *Contacts) away(ctx context.Context, tx *store.Tx, d due, at int64) error {
	of, found, err := one(ctx, tx, d.authority, qAway, at, d.authority, d.id)
	if err != nil || !found {
		return err
	}
	return c.moved(ctx, tx, of, at, EventCitizenLeft)
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

// Asks tells whether the citizen of a closed contact is asked if it helped: whoever was served and has
// not answered yet, unless the adviser had to end it.
func (of Contact) Asks() bool {
	return of.Status == Closed && !of.Helped && of.TakenAt > 0 && of.ClosedBy != ByAbuse
}

// SayHelped counts the citizen's answer whether the contact helped, one of report.Helps. Nothing else of
// it is stored, but that the contact has been answered about, until it is settled. Errors: fault.NotFound
// for a wrong claim, fault.Invalid on answer, fault.Conflict "question-not-asked" (answered already, still
// open, or never served).
func (c *Contacts) SayHelped(ctx context.Context, who Citizen, answer string) error {
	if !slices.Contains(report.Helps(), answer) {
		return fault.New(fault.Invalid, "field-choice").On("answer")
	}
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		of, found, err := one(ctx, tx, who.authority, qHelped, who.authority, who.contact, who.hash[:])
		if err != nil {
			return err
		}
		if !found {
			if _, err := Own(ctx, tx, who); err != nil {
				return err
			}
			return fault.New(fault.Conflict, "question-not-asked")
		}
		day := notice.DayOf(c.o.Now(), c.o.Services.Zone(of.Authority))
		return report.CountMonth(ctx, tx, report.Monthly{Authority: of.Authority, Day: day, Service: of.Service,
			By: report.ByHelp, Value: answer})
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
