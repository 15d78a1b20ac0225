package contact

import (
	"context"
	"slices"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Close ends caller's contact with its topic and outcome, and with it the adviser's reading session.
// One that the citizen or time has closed gets its topic and outcome. It can be reopened until it is
// settled. Errors: fault.Denied "contact-not-yours", and "not-allowed" when the role, its time or the
// commitment has ended; fault.Conflict "contact-closed" when an adviser has closed it already;
// fault.Invalid on topic ("topic-required", "unknown-topic") and outcome.
func (c *Contacts) Close(ctx context.Context, caller access.Caller, id, topic, outcome string) error {
	if !slices.Contains(Outcomes(), outcome) {
		return fault.New(fault.Invalid, "unknown-outcome").On("outcome")
	}
	of, err := c.Assigned(ctx, caller, id)
	if err != nil {
		return err
	}
	if err := c.checkTopic(ctx, of, topic); err != nil {
		return err
	}
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		closed, err := c.close(ctx, tx, caller, id, topic, outcome, ByAdviser)
		if err != nil || closed {
			return err
		}
		return c.classify(ctx, tx, caller, id, topic, outcome)
	})
}

// EndAbusive ends caller's active contact for good.
func (c *Contacts) EndAbusive(ctx context.Context, caller access.Caller, id string) error {
	if _, err := c.Assigned(ctx, caller, id); err != nil {
		return err
	}
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		closed, err := c.close(ctx, tx, caller, id, "", "abusive", ByAbuse)
		if err != nil || closed {
			return err
		}
		return refused(ctx, tx, caller, id)
	})
}

// Assigned reads a contact that must be assigned to caller, without opening anything.
func (c *Contacts) Assigned(ctx context.Context, caller access.Caller, id string) (of Contact, err error) {
	err = c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		of, err = assignedTo(caller, id)(ctx, tx)
		return err
	})
	return of, err
}

// checkTopic wants a topic that the service offers, where it offers any and none was chosen before. The one
// that was chosen before holds, also when it is offered no more.
func (c *Contacts) checkTopic(ctx context.Context, of Contact, topic string) error {
	s, err := c.o.Services.Get(ctx, of.Authority, of.Service)
	switch {
	case err != nil:
		return err
	case topic == "" && of.Topic == "" && len(s.Offered()) > 0:
		return fault.New(fault.Invalid, "topic-required").On("topic")
	case topic != "" && topic != of.Topic && !s.HasTopic(topic):
		return fault.New(fault.Invalid, "unknown-topic").On("topic")
	}
	return nil
}

func (c *Contacts) close(ctx context.Context, tx *store.Tx, caller access.Caller, id, topic, outcome, by string) (bool, error) {
	at := c.o.Now().UnixMilli()
	of, found, err := one(ctx, tx, caller.Authority, qClose, at, by, topic, outcome, at, caller.Authority, id, caller.ID, at, at)
	if err != nil || !found {
		return false, err
	}
	return true, c.closed(ctx, tx, of, at)
}

// closed writes the line of a close, whoever closed it, and ends what advisers read of it. The
// citizen keeps reading: they are given the reference code.
func (c *Contacts) closed(ctx context.Context, tx *store.Tx, of Contact, at int64) error {
	if err := c.dropHandover(ctx, tx, of.Authority, of.ID); err != nil {
		return err
	}
	c.change(tx, of, of.Adviser, EventClosed)
	if err := c.event(ctx, tx, of, at, EventClosed, nil); err != nil {
		return err
	}
	if err := c.o.Queue.Unoffer(ctx, tx, of.Authority, of.ID); err != nil {
		return err
	}
	return c.endOthers(ctx, tx, of, "closed")
}

func (c *Contacts) classify(ctx context.Context, tx *store.Tx, caller access.Caller, id, topic, outcome string) error {
	before, err := assignedTo(caller, id)(ctx, tx)
	if err != nil {
		return err
	}
	if before.Status != Active && (before.Status != Closed || before.ClosedBy == ByAdviser || before.ClosedBy == ByAbuse) {
		return fault.New(fault.Conflict, "contact-closed")
	}
	at := c.o.Now().UnixMilli()
	of, found, err := one(ctx, tx, caller.Authority, qClassify, topic, outcome, caller.Authority, id, caller.ID, at, at)
	if err == nil && !found {
		return fault.New(fault.Denied, "not-allowed")
	}
	if err == nil {
		c.change(tx, of, of.Adviser, "classified")
	}
	return err
}

// refused tells why an act of an adviser found no contact to change: it is not theirs, it is not active
// any more, or the role, its time or the commitment has ended.
func refused(ctx context.Context, tx *store.Tx, caller access.Caller, id string) error {
	of, err := assignedTo(caller, id)(ctx, tx)
	switch {
	case err != nil:
		return err
	case of.Status != Active:
		return fault.New(fault.Conflict, "contact-closed")
	}
	return fault.New(fault.Denied, "not-allowed")
}

// Reopen takes a close of caller's contact back until it is settled, and starts the reading session
// anew. fault.Conflict "contact-not-reopened" once the hour is over, or after abuse.
func (c *Contacts) Reopen(ctx context.Context, caller access.Caller, id string) (Taken, error) {
	if _, err := c.Assigned(ctx, caller, id); err != nil {
		return Taken{}, err
	}
	var out Taken
	err := c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		now := c.o.Now()
		of, found, err := one(ctx, tx, caller.Authority, qReopen, now.UnixMilli(), caller.Authority, id, caller.ID,
			now.Add(-c.o.Limits.Reopen).UnixMilli())
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.Conflict, "contact-not-reopened")
		}
		c.change(tx, of, of.Adviser, EventReopened)
		if err := c.event(ctx, tx, of, now.UnixMilli(), EventReopened, nil); err != nil {
			return err
		}
		out.Contact = of
		out.Reading, err = c.o.Vault.BeginReading(ctx, tx, caller, purposeAnswer, Type, id, vault.Why{})
		return err
	})
	return out, err
}
