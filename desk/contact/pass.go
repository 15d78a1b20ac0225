package contact

import (
	"context"

	"luukku/core/access"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

// To is where a contact is passed: exactly one of Adviser (staff id) and Service. Note is an
// internal note for whoever goes on, may be empty; Lang is the note's language. Reason is of
// PassReasons. Warm asks the adviser first.
type To struct {
	Adviser, Service, Note, Lang, Reason string
	Warm                                 bool
}

// Pass hands caller's active contact to another adviser, who must be present and serve the service,
// or back to the front of a queue. The reading session of the caller ends in the same transaction. A
// warm pass asks the adviser, and changes nothing until they Accept.
//
// Errors: fault.Denied "contact-not-yours", and "not-allowed" when the caller's role, its time or the
// commitment has ended; fault.Conflict "adviser-not-present",
// "adviser-not-of-service", "service-other-notice" (the citizen was told other terms),
// "contact-closed", "already-asked"; fault.Invalid on reason, to_adviser, to_service or note.
func (c *Contacts) Pass(ctx context.Context, caller access.Caller, id string, to To) error {
	if (to.Adviser == "") == (to.Service == "") || to.Adviser == caller.ID || to.Warm && to.Adviser == "" {
		return fault.New(fault.Invalid, "pass-to-one").On("to_adviser")
	}
	if err := checkReason(to.Reason); err != nil {
		return err
	}
	p, err := c.preparePass(ctx, caller, to)
	if err != nil {
		return err
	}
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if to.Warm {
			return c.ask(ctx, tx, caller, id, p)
		}
		return c.pass(ctx, tx, caller, id, p)
	})
}

// passing is a pass that has been checked as far as its words go.
type passing struct {
	to     To
	note   string
	masked bool
	from   Person
	target service.Service
	person Person

	sender   access.Caller
	senderNo int64
}

// lines is how many lines a pass writes before its own.
func (p passing) lines() int64 {
	if p.note == "" {
		return 0
	}
	return 1
}

// preparePass reads what a pass needs outside its transaction.
func (c *Contacts) preparePass(ctx context.Context, caller access.Caller, to To) (p passing, err error) {
	p.to, p.sender = to, caller
	if to.Note != "" {
		if p.note, p.masked, err = c.clean(to.Note, "note"); err != nil {
			return p, err
		}
		if p.from, err = c.o.Person(ctx, caller.Authority, caller.ID); err != nil {
			return p, err
		}
	}
	if to.Service != "" {
		p.target, err = c.o.Services.Get(ctx, caller.Authority, to.Service)
		return p, onField(err, "to_service")
	}
	p.person, err = c.o.Person(ctx, caller.Authority, to.Adviser)
	return p, onField(err, "to_adviser")
}

func (c *Contacts) pass(ctx context.Context, tx *store.Tx, caller access.Caller, id string, p passing) error {
	before, err := assignedTo(caller, id)(ctx, tx)
	if err != nil {
		return err
	}
	if err := c.mayPass(ctx, tx, before, p); err != nil {
		return err
	}
	at := c.o.Now().UnixMilli()
	p.senderNo = before.AdviserNo
	of, found, err := c.hand(ctx, tx, caller, before, p, p.lines()+1, at)
	if err != nil {
		return err
	}
	if !found {
		return refused(ctx, tx, caller, id)
	}
	if err := c.passNote(ctx, tx, before, of, p, of.Seq-1, at); err != nil {
		return err
	}
	if err := c.leaveBehind(ctx, tx, before, p, at); err != nil {
		return err
	}
	if of.Status == Active {
		c.change(tx, of, caller.ID, EventPassed)
		err = c.assign(ctx, tx, of, at, EventPassed, p.person)
	} else {
		c.change(tx, of, caller.ID, EventQueued)
		err = c.event(ctx, tx, of, at, EventQueued, nil)
	}
	if err != nil {
		return err
	}
	return c.o.Vault.EndReadingsOf(ctx, tx, caller, Type, id, "passed")
}

// leaveBehind ends what was under way with the contact, and whoever read along unless it is passed to
// them; a pass to an adviser is under way until they have looked at it.
func (c *Contacts) leaveBehind(ctx context.Context, tx *store.Tx, before Contact, p passing, at int64) error {
	h, found, err := HandoverOf(ctx, tx, before.Authority, before.ID)
	if err != nil {
		return err
	}
	if found && h.Sender == p.to.Adviser {
		h.State = Given // whose reading goes on
	}
	if found {
		if err := c.endHandover(ctx, tx, before, h, "passed"); err != nil {
			return err
		}
	}
	if p.to.Adviser == "" {
		return c.passRecord(ctx, tx, p.sender, before.ID, "queued")
	}
	return c.handOver(ctx, tx, before, p, Given, at)
}

func (c *Contacts) hand(ctx context.Context, tx *store.Tx, caller access.Caller, of Contact, p passing, lines, at int64) (Contact, bool, error) {
	if p.to.Adviser != "" {
		return one(ctx, tx, of.Authority, qPass, lines, p.to.Adviser, at, of.Authority, of.ID, caller.ID, at, at)
	}
	return one(ctx, tx, of.Authority, qQueue, lines, p.to.Service, at, at, of.Authority, of.ID, caller.ID, at, at)
}

// passNote writes the note of a pass as line n, in the passer's hand.
func (c *Contacts) passNote(ctx context.Context, tx *store.Tx, before, of Contact, p passing, n, at int64) error {
	if p.note == "" {
		return nil
	}
	h := head{authority: of.Authority, id: of.ID, notice: of.Notice, version: of.Version, record: of.Record,
		adviser: before.Adviser, adviserNo: before.AdviserNo}
	lang := p.to.Lang
	if checkLang(lang) != nil {
		lang = of.Lang
	}
	e := c.message(h, writer{kind: Note, field: "note", name: p.from.Name}, p.note, Draft{Lang: lang}, Ack{n, at, p.masked})
	return c.add(ctx, tx, of.Record, e)
}

// mayPass checks the other end of a pass.
func (c *Contacts) mayPass(ctx context.Context, tx *store.Tx, of Contact, p passing) error {
	if p.to.Service != "" {
		switch {
		case p.target.Notice != of.Notice:
			return fault.New(fault.Conflict, "service-other-notice").On("to_service")
		case !p.target.Serves(of.Lang):
			return fault.New(fault.Conflict, "service-other-language").On("to_service")
		}
		return nil
	}
	if err := c.serves(ctx, tx, of.Authority, p.to.Adviser, of.Service); err != nil {
		return err
	}
	present, err := c.o.Queue.IsPresent(ctx, tx, of.Authority, p.to.Adviser, c.o.Limits.Gone)
	if err == nil && !present {
		err = fault.New(fault.Conflict, "adviser-not-present").On("to_adviser")
	}
	return err
}

// serves checks that a member of staff can be given a contact of a service: an adviser of it whose
// secrecy commitment is on record (S4-17).
func (c *Contacts) serves(ctx context.Context, tx *store.Tx, authority, staff, service string) error {
	caller := access.Caller{Authority: authority, Kind: access.Staff, ID: staff}
	grants, secrecy, err := access.Grants(ctx, tx, caller, c.o.Now())
	if err == nil && (!secrecy || !holds(grants, service, access.RoleAdviser)) {
		err = fault.New(fault.Conflict, "adviser-not-of-service").On("to_adviser")
	}
	return err
}

// Reassign gives a waiting or active contact to an adviser of its service who is present; caller is
// a lead of the service (fault.Denied "not-lead" otherwise). What others read of it ends.
func (c *Contacts) Reassign(ctx context.Context, caller access.Caller, id, staff string) error {
	person, err := c.o.Person(ctx, caller.Authority, staff)
	if err != nil {
		return err
	}
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		before, err := Load(ctx, tx, caller.Authority, id)
		if err != nil {
			return err
		}
		grants, _, err := access.Grants(ctx, tx, caller, c.o.Now())
		if err != nil {
			return err
		}
		if !holds(grants, before.Service, access.RoleLead) {
			return fault.New(fault.Denied, "not-lead")
		}
		if err := c.mayPass(ctx, tx, before, passing{to: To{Adviser: staff}}); err != nil {
			return err
		}
		return c.reassign(ctx, tx, before, staff, person)
	})
}

func (c *Contacts) reassign(ctx context.Context, tx *store.Tx, before Contact, staff string, person Person) error {
	at := c.o.Now().UnixMilli()
	of, found, err := one(ctx, tx, before.Authority, qReassign, staff, at, at, at, before.Authority, before.ID)
	if err != nil {
		return err
	}
	if !found {
		return fault.New(fault.Conflict, "contact-closed")
	}
	if err := c.dropHandover(ctx, tx, of.Authority, of.ID); err != nil {
		return err
	}
	c.change(tx, of, before.Adviser, EventPassed)
	if err := c.assign(ctx, tx, of, at, EventPassed, person); err != nil {
		return err
	}
	return c.endOthers(ctx, tx, of, "reassigned")
}

// endOthers ends every reading session but the citizen's own.
func (c *Contacts) endOthers(ctx context.Context, tx *store.Tx, of Contact, reason string) error {
	return c.o.Vault.EndReadings(ctx, tx, of.Authority, Type, of.ID, reason, of.ID)
}

func onField(err error, field string) error {
	if err == nil {
		return nil
	}
	return fault.Of(err).On(field)
}
