package chat

import (
	"context"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/fault"
	"luukku/store"
)

// whole is more lines than a contact has: a view is not cut.
const whole = 1 << 20

// TakeNext takes the contact that has waited longest in the queues that caller serves, narrowed to
// a service or a language where they are given, and starts the reading session. It returns the
// contact's id; fault.NotFound "queue-empty" when nobody waits.
func (c *Chat) TakeNext(ctx context.Context, caller access.Caller, service, lang string) (string, error) {
	taken, err := c.o.Contacts.TakeNext(ctx, caller, service, lang)
	return taken.Contact.ID, c.took(taken, err)
}

// Take takes one contact out of its queue. Of two at once one wins; the other gets fault.Conflict
// "contact-taken".
func (c *Chat) Take(ctx context.Context, caller access.Caller, id string) error {
	return c.took(c.o.Contacts.Take(ctx, caller, id))
}

// Reopen takes a close back within the hour.
func (c *Chat) Reopen(ctx context.Context, caller access.Caller, id string) error {
	return c.took(c.o.Contacts.Reopen(ctx, caller, id))
}

func (c *Chat) took(taken contact.Taken, err error) error {
	if err == nil {
		c.readings.keep(taken.Reading)
	}
	return err
}

// View opens a contact that is assigned to caller, or that they read along after passing it on, for the purpose "answer": in the reading session
// while it is active, with an entry of its own within the hour after its close.
func (c *Chat) View(ctx context.Context, caller access.Caller, id string) (View, error) {
	r := asAdviser(caller, id)
	r.lines, r.limit, r.parts, r.life = true, whole, always, true
	view, err := c.view(ctx, r)
	if err != nil || !view.Mine {
		return view, err
	}
	return view, c.o.Contacts.Received(ctx, caller, id)
}

// Read opens a contact once, for a purpose that its notice declares and that caller has chosen.
func (c *Chat) Read(ctx context.Context, caller access.Caller, id, purpose, reason string) (View, error) {
	r := asReader(caller, id, purpose, reason)
	r.lines, r.limit, r.parts, r.life = true, whole, always, true
	return c.view(ctx, r)
}

// asReader is a request for a purpose that caller has chosen.
func asReader(caller access.Caller, id, purpose, reason string) request {
	return request{
		caller: caller, contact: id, purpose: purpose, why: vault.Why{Reason: reason},
		load: func(ctx context.Context, tx *store.Tx) (contact.Contact, error) {
			return contact.Load(ctx, tx, caller.Authority, id)
		},
		live: func(contact.Contact) bool { return false },
	}
}

func (c *Chat) view(ctx context.Context, r request) (View, error) {
	a, err := c.open(ctx, r)
	if err != nil {
		return View{}, err
	}
	n, ok := c.o.Shelf().Version(r.caller.Authority, a.of.Notice, a.of.Version)
	if !ok {
		return View{}, fault.New(fault.Internal, "notice-version-missing", "notice", a.of.Notice)
	}
	now := c.o.Contacts.Now().UnixMilli()
	mine := a.of.Adviser == r.caller.ID
	until := c.ReopenUntil(a.of.ClosedBy, a.of.ClosedAt)
	return View{
		Contact: a.of, Mine: mine, Purpose: r.purpose, Live: a.live, Since: now, Last: a.of.Seq, Life: a.life, Notice: n,
		Fields: fields(a.of, n, a.parts), Messages: c.messages(ctx, readerOf(r.caller), a),
		Actions: actions(a.of, mine, a.live && !mine, until, now), ReopenUntil: until,
	}, nil
}

// History are a contact's messages after a number, at most 200, for whom it is assigned to.
func (c *Chat) History(ctx context.Context, caller access.Caller, id string, after int64) (Messages, error) {
	r := asAdviser(caller, id)
	r.lines, r.after, r.limit = true, after, batch
	a, err := c.open(ctx, r)
	if err != nil {
		return Messages{}, err
	}
	return Messages{c.messages(ctx, readerOf(caller), a), a.of.Seq}, nil
}

// asAdviser is a request of whom the contact is assigned to. Whoever it is not assigned to is refused
// by the gate, which records it.
func asAdviser(caller access.Caller, id string) request {
	return request{
		caller: caller, contact: id, purpose: purposeAnswer,
		load: func(ctx context.Context, tx *store.Tx) (contact.Contact, error) {
			return contact.Load(ctx, tx, caller.Authority, id)
		},
		live: func(of contact.Contact) bool { return of.Status == contact.Active },
	}
}

func always(contact.Contact) bool { return true }

// Reply stores an adviser's message; like Post.
func (c *Chat) Reply(ctx context.Context, caller access.Caller, id string, w Write) (Posted, error) {
	ack, err := c.o.Contacts.Reply(ctx, caller, id, contact.Draft(w))
	return Posted(ack), err
}

// Note stores an internal note, which the citizen is not shown; like Post.
func (c *Chat) Note(ctx context.Context, caller access.Caller, id string, w Write) (Posted, error) {
	ack, err := c.o.Contacts.AddNote(ctx, caller, id, contact.Draft(w))
	return Posted(ack), err
}

// StaffSeen notes that the adviser has seen everything up to n.
func (c *Chat) StaffSeen(ctx context.Context, caller access.Caller, id string, n int64) error {
	return c.o.Contacts.AdviserSaw(ctx, caller, id, n)
}

// StaffReceived notes that everything up to n has reached the adviser's client.
func (c *Chat) StaffReceived(ctx context.Context, caller access.Caller, id string, n int64) error {
	return c.o.Contacts.AdviserGot(ctx, caller, id, n)
}

// CheckStaff tells whether the contact is assigned to caller, in one statement: for typing.
func (c *Chat) CheckStaff(ctx context.Context, caller access.Caller, id string) (contact.Contact, error) {
	return c.o.Contacts.Assigned(ctx, caller, id)
}

// Accept takes a contact that caller was asked to take. See contact.Accept for errors.
func (c *Chat) Accept(ctx context.Context, caller access.Caller, id string) error {
	return c.took(c.o.Contacts.Accept(ctx, caller, id))
}

// EndHandover declines, takes back, or stops reading along. See contact.EndHandover.
func (c *Chat) EndHandover(ctx context.Context, caller access.Caller, id string) error {
	return c.o.Contacts.EndHandover(ctx, caller, id)
}

// Handovers are those in which caller takes part.
func (c *Chat) Handovers(ctx context.Context, caller access.Caller) (all []contact.Handover, err error) {
	err = c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		all, err = contact.Handovers(ctx, tx, caller.Authority, caller.ID)
		return err
	})
	return all, err
}

// Offer writes into the conversation that another service is there for the citizen; like Reply.
func (c *Chat) Offer(ctx context.Context, caller access.Caller, id string, w Write) (Posted, error) {
	ack, err := c.o.Contacts.Offer(ctx, caller, id, contact.Draft(w))
	return Posted(ack), err
}

// Pass hands a contact to another adviser or back to a queue. See contact.Pass for errors.
func (c *Chat) Pass(ctx context.Context, caller access.Caller, id string, to contact.To) error {
	return c.o.Contacts.Pass(ctx, caller, id, to)
}

// Close ends a contact with its topic and outcome, or gives them to one that has closed by itself.
func (c *Chat) Close(ctx context.Context, caller access.Caller, id, topic, outcome string) error {
	return c.o.Contacts.Close(ctx, caller, id, topic, outcome)
}

// EndAbusive ends a contact for good.
func (c *Chat) EndAbusive(ctx context.Context, caller access.Caller, id string) error {
	return c.o.Contacts.EndAbusive(ctx, caller, id)
}

// StaffLeft notes that a member of staff has signed out: their contacts go back to the queues.
func (c *Chat) StaffLeft(ctx context.Context, authority, staff string) error {
	return c.o.Contacts.AdviserLeft(ctx, authority, staff)
}

// Reassign gives a contact to another adviser, by a lead of its service.
func (c *Chat) Reassign(ctx context.Context, caller access.Caller, id, adviser string) error {
	return c.o.Contacts.Reassign(ctx, caller, id, adviser)
}

// Search finds earlier contacts by one exact value (S3-2). The search is recorded; nothing is opened.
func (c *Chat) Search(ctx context.Context, caller access.Caller, q contact.Search) ([]contact.Contact, error) {
	return c.o.Contacts.Find(ctx, caller, q)
}
