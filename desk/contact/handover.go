package contact

import (
	"context"
	"slices"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// HandoverState is how far a contact is on its way from one adviser to another.
type HandoverState string

// The states. A contact has at most one handover.
const (
	Asked  HandoverState = "asked"  // the receiver reads nothing yet; the sender goes on
	Given  HandoverState = "given"  // it is the receiver's, who has not looked at it yet
	Joined HandoverState = "joined" // it is the receiver's; the sender reads along
)

// PassReasons is the closed list from which a sender says why, so that whoever is asked need not read
// anything to know. "" is none.
func PassReasons() []string { return []string{"", "expertise", "language", "shift_ends", "workload"} }

// Handover is one contact on its way. It says nothing of what was written in it.
type Handover struct {
	Contact          string
	Service          string // with Lang and Topic: what of it the receiver is told before they answer
	Lang, Topic      string
	State            HandoverState
	Sender, Receiver string
	Reason           string
	At               int64

	senderNo int64
}

func scanHandover(scan func(...any) error) (h Handover, err error) {
	return h, scan(&h.Contact, &h.State, &h.Sender, &h.senderNo, &h.Receiver, &h.Reason, &h.At, &h.Service, &h.Lang, &h.Topic)
}

// Handovers are those in which a member of staff takes part.
func Handovers(ctx context.Context, tx *store.Tx, authority, staff string) ([]Handover, error) {
	return store.Select(ctx, tx, qHandoversWith, scanHandover, authority, staff, authority, staff)
}

// HandoverOf is a contact's; found is false when it has none.
func HandoverOf(ctx context.Context, tx *store.Tx, authority, id string) (h Handover, found bool, err error) {
	h, err = scanHandover(tx.Row(ctx, qHandoverOf, authority, id).Scan)
	if fault.Is(err, fault.NotFound) {
		return Handover{}, false, nil
	}
	return h, err == nil, err
}

// ask begins a warm pass: the colleague is asked, and nothing changes for anybody until they answer.
// A note is in the conversation from here on; the colleague reads it when they accept.
func (c *Contacts) ask(ctx context.Context, tx *store.Tx, caller access.Caller, id string, p passing) error {
	before, err := assignedTo(caller, id)(ctx, tx)
	if err != nil {
		return err
	}
	if err := c.mayPass(ctx, tx, before, p); err != nil {
		return err
	}
	at := c.o.Now().UnixMilli()
	of, found, err := one(ctx, tx, caller.Authority, qAsks, p.lines(), at, caller.Authority, id, caller.ID, at, at)
	if err != nil {
		return err
	}
	if !found {
		return refused(ctx, tx, caller, id)
	}
	if err := c.mayAsk(ctx, tx, of); err != nil {
		return err
	}
	if err := c.passNote(ctx, tx, before, of, p, of.Seq, at); err != nil {
		return err
	}
	c.change(tx, of, of.Adviser, "asked")
	return c.handOver(ctx, tx, of, p, Asked, at)
}

// mayAsk: the contact's row is locked, so whoever comes second finds the first one's request. One that
// was given and is passed on before it was looked at counts as looked at.
func (c *Contacts) mayAsk(ctx context.Context, tx *store.Tx, of Contact) error {
	h, found, err := HandoverOf(ctx, tx, of.Authority, of.ID)
	if err != nil || !found {
		return err
	}
	if h.State == Given {
		return c.dropHandover(ctx, tx, of.Authority, of.ID)
	}
	return fault.New(fault.Conflict, "already-asked").On("to_adviser")
}

// handOver writes a handover and its entry in the audit.
func (c *Contacts) handOver(ctx context.Context, tx *store.Tx, of Contact, p passing, state HandoverState, at int64) error {
	_, err := tx.Exec(ctx, qHandoverAdd, of.Authority, of.ID, string(state), p.sender.ID, p.senderNo, p.to.Adviser, p.to.Reason, at)
	if err != nil {
		return err
	}
	return c.passRecord(ctx, tx, p.sender, of.ID, string(state))
}

// passRecord tells the audit that a contact is passed, and how.
func (c *Contacts) passRecord(ctx context.Context, tx *store.Tx, caller access.Caller, id, how string) error {
	return c.o.Vault.Act(ctx, tx, caller, vault.ActionPass, purposeAnswer, Type, id, how)
}

func (c *Contacts) dropHandover(ctx context.Context, tx *store.Tx, authority, id string) error {
	_, err := tx.Exec(ctx, qHandoverEnd, authority, id)
	return err
}

// Accept gives the contact to caller, who was asked, and starts their reading session, recorded before
// its first byte. The sender reads along until either leaves. Errors: fault.Conflict "ask-ended" when
// the question was taken back or somebody was faster, and as Take.
func (c *Contacts) Accept(ctx context.Context, caller access.Caller, id string) (Taken, error) {
	person, err := c.o.Person(ctx, caller.Authority, caller.ID)
	if err != nil {
		return Taken{}, err
	}
	var out Taken
	err = c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		out, err = c.accept(ctx, tx, caller, id, person)
		return err
	})
	return out, err
}

func (c *Contacts) accept(ctx context.Context, tx *store.Tx, caller access.Caller, id string, person Person) (Taken, error) {
	at := c.o.Now().UnixMilli()
	of, found, err := one(ctx, tx, caller.Authority, qJoin, caller.ID, at, caller.Authority, id, caller.ID)
	if err == nil && !found {
		if _, err = Load(ctx, tx, caller.Authority, id); err == nil {
			err = fault.New(fault.Conflict, "ask-ended")
		}
	}
	if err != nil {
		return Taken{}, err
	}
	if _, err := tx.Exec(ctx, qHandoverJoined, at, caller.Authority, id); err != nil {
		return Taken{}, err
	}
	if err := c.passRecord(ctx, tx, caller, id, "accepted"); err != nil {
		return Taken{}, err
	}
	reading, err := c.o.Vault.BeginReading(ctx, tx, caller, purposeAnswer, Type, id, vault.Why{})
	if err != nil {
		return Taken{}, err
	}
	if err := c.assign(ctx, tx, of, at, EventPassed, person); err != nil {
		return Taken{}, err
	}
	c.change(tx, of, of.Adviser, EventPassed)
	return Taken{of, reading}, c.o.Queue.Alive(ctx, tx, caller.Authority, caller.ID)
}

// EndHandover is said by either side: whoever asked takes it back, whoever was asked declines, and
// whoever reads along stops, whose reading session ends in the same transaction. fault.Conflict
// "ask-ended" when there is nothing of the kind any more.
func (c *Contacts) EndHandover(ctx context.Context, caller access.Caller, id string) error {
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		of, err := c.locked(ctx, tx, caller.Authority, id)
		if err != nil {
			return err
		}
		h, found, err := HandoverOf(ctx, tx, caller.Authority, id)
		if err != nil {
			return err
		}
		how := h.endedBy(caller)
		if !found || how == "" {
			return fault.New(fault.Conflict, "ask-ended")
		}
		if err := c.passRecord(ctx, tx, caller, id, how); err != nil {
			return err
		}
		return c.endHandover(ctx, tx, of, h, how)
	})
}

// endedBy is what it is called when caller ends a handover; "" when it is not theirs to end.
func (h Handover) endedBy(caller access.Caller) string {
	switch {
	case caller.Kind != access.Staff:
		return ""
	case h.State == Asked && h.Sender == caller.ID:
		return "withdrawn"
	case h.State == Asked && h.Receiver == caller.ID:
		return "declined"
	case h.State == Joined && h.Sender == caller.ID:
		return "left"
	}
	return ""
}

// endHandover deletes it, and ends what the sender reads along.
func (c *Contacts) endHandover(ctx context.Context, tx *store.Tx, of Contact, h Handover, how string) error {
	if err := c.dropHandover(ctx, tx, of.Authority, of.ID); err != nil {
		return err
	}
	c.change(tx, of, of.Adviser, how)
	if h.State != Joined {
		return nil
	}
	sender := access.Caller{Authority: of.Authority, Kind: access.Staff, ID: h.Sender}
	return c.o.Vault.EndReadingsOf(ctx, tx, sender, Type, of.ID, "passed")
}

// locked reads a contact and keeps it until the transaction ends.
func (c *Contacts) locked(ctx context.Context, tx *store.Tx, authority, id string) (Contact, error) {
	of, found, err := one(ctx, tx, authority, qLock, authority, id)
	if err == nil && !found {
		err = unknownContact()
	}
	return of, err
}

// Received notes that caller has looked at a contact that was given to them.
func (c *Contacts) Received(ctx context.Context, caller access.Caller, id string) error {
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.Exec(ctx, qHandoverSeen, caller.Authority, id, caller.ID)
		if err == nil && n > 0 && c.o.OnChange != nil {
			tx.OnCommit(func() {
				c.o.OnChange(Change{Authority: caller.Authority, Contact: id, Adviser: caller.ID})
			})
		}
		return err
	})
}

// checkReason refuses a word that is not on the list.
func checkReason(reason string) error {
	if !slices.Contains(PassReasons(), reason) {
		return fault.New(fault.Invalid, "unknown-reason").On("reason")
	}
	return nil
}
