package contact

import (
	"context"
	"errors"
	"time"

	"luukku/core/access"
	"luukku/fault"
	"luukku/store"
)

// comesBack gives a contact whose adviser has gone back to whom it came from: if it was given and not
// looked at yet, or if the sender still reads along. The sender must be present and still allowed.
// It returns false where the queue has to take it.
func (c *Contacts) comesBack(ctx context.Context, tx *store.Tx, d due, at, ago int64) (bool, error) {
	h, found, err := HandoverOf(ctx, tx, d.authority, d.id)
	if err != nil || !found || h.State == Asked || h.Receiver != d.adviser {
		return false, err
	}
	before, err := c.locked(ctx, tx, d.authority, d.id)
	if err != nil {
		return false, err
	}
	if may, err := c.mayHaveBack(ctx, tx, before, h.Sender); err != nil || !may {
		return false, err
	}
	of, found, err := one(ctx, tx, d.authority, qReturn, h.Sender, h.senderNo, at, d.authority, d.id, d.adviser, ago)
	if err != nil || !found {
		return false, err
	}
	return true, c.returned(ctx, tx, of, d.adviser, at)
}

func (c *Contacts) mayHaveBack(ctx context.Context, tx *store.Tx, of Contact, sender string) (bool, error) {
	present, err := c.o.Queue.IsPresent(ctx, tx, of.Authority, sender, c.o.Limits.Gone)
	if err != nil || !present {
		return false, err
	}
	err = c.serves(ctx, tx, of.Authority, sender, of.Service)
	if fault.Is(err, fault.Conflict) {
		return false, nil
	}
	return err == nil, err
}

// returned writes the line of a return. The sender's own reading goes on if it runs.
func (c *Contacts) returned(ctx context.Context, tx *store.Tx, of Contact, gone string, at int64) error {
	if err := c.dropHandover(ctx, tx, of.Authority, of.ID); err != nil {
		return err
	}
	c.change(tx, of, gone, EventReturned)
	if err := c.event(ctx, tx, of, at, EventReturned, nil); err != nil {
		return err
	}
	away := access.Caller{Authority: of.Authority, Kind: access.Staff, ID: gone}
	return c.o.Vault.EndReadingsOf(ctx, tx, away, Type, of.ID, "adviser-gone")
}

// sweepHandovers ends requests that nobody has answered in time or whose receiver has gone: the contact
// is still the sender's. It ends joint readings whose sender has gone.
func (c *Contacts) sweepHandovers(ctx context.Context, now time.Time) error {
	ago := now.Add(-c.o.Limits.Gone).UnixMilli()
	found, err := c.due(ctx, qSweepHandovers, now.Add(-c.o.Limits.Ask).UnixMilli(), ago, ago)
	errs := []error{err}
	for _, d := range found {
		errs = append(errs, c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			return c.unanswered(ctx, tx, d, now)
		}))
	}
	return errors.Join(errs...)
}

// unanswered looks again: an answer in between keeps what is.
func (c *Contacts) unanswered(ctx context.Context, tx *store.Tx, d due, now time.Time) error {
	of, err := c.locked(ctx, tx, d.authority, d.id)
	if err != nil {
		return err
	}
	h, found, err := HandoverOf(ctx, tx, d.authority, d.id)
	if err != nil || !found || h.State == Given {
		return err
	}
	waited, here := h.Receiver, h.At >= now.Add(-c.o.Limits.Ask).UnixMilli()
	if h.State == Joined {
		waited, here = h.Sender, true
	}
	present, err := c.o.Queue.IsSeen(ctx, tx, d.authority, waited, c.o.Limits.Gone)
	if err != nil || present && here {
		return err
	}
	return c.endHandover(ctx, tx, of, h, "unanswered")
}

// leaveHandovers ends what a member of staff is asked and reads along in the services chosen. What they
// were given, or ask of others, follows the contact.
func (c *Contacts) leaveHandovers(ctx context.Context, tx *store.Tx, authority, staff string, chosen func(service string) bool) error {
	all, err := Handovers(ctx, tx, authority, staff)
	if err != nil {
		return err
	}
	for _, h := range all {
		if (h.State != Asked || h.Receiver != staff) && (h.State != Joined || h.Sender != staff) {
			continue
		}
		of, err := c.locked(ctx, tx, authority, h.Contact)
		if err == nil && chosen(of.Service) {
			err = c.endHandover(ctx, tx, of, h, "unanswered")
		}
		if err != nil {
			return err
		}
	}
	return nil
}
