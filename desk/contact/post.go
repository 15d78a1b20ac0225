package contact

import (
	"context"
	"errors"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// A post takes four statements and reads nothing back: the contact's update (which authorises,
// numbers and returns), the writer's lock, the insert, and the sessions to push to.

// writer is one of the three ways to post.
type writer struct {
	kind   Kind
	field  string // under which the text is sealed
	key    string // keeps one writer's client ids apart from another's
	name   string // an adviser's
	event  string // what the text is, when it is not just said
	update func(ctx context.Context, tx *store.Tx, at int64) *store.Row
	may    mayTouch // why the update found nothing
}

// Post stores a citizen's message. The same ClientID again gives the same answer and stores nothing.
// Errors: fault.NotFound "contact-not-found" (also for a wrong token), fault.Conflict
// "contact-closed", fault.Invalid on text, lang or client_id, fault.Gone.
func (c *Contacts) Post(ctx context.Context, who Citizen, d Draft) (Ack, error) {
	return c.post(ctx, who.authority, who.contact, d, c.asCitizen(who))
}

func (c *Contacts) asCitizen(who Citizen) writer {
	return writer{
		kind: FromCitizen, field: "text", key: "citizen",
		update: func(ctx context.Context, tx *store.Tx, at int64) *store.Row {
			return tx.Row(ctx, qPostCitizen, at, at, who.authority, who.contact, who.hash[:])
		},
		may: owned(who),
	}
}

// Reply stores an answer of the adviser to whom the contact is assigned; like Post, and
// fault.Denied "contact-not-yours".
func (c *Contacts) Reply(ctx context.Context, caller access.Caller, id string, d Draft) (Ack, error) {
	return c.reply(ctx, caller, id, d, "")
}

// Offer shows the citizen another service: the text of d says which and where. It is the citizen who
// goes there, and takes along what they choose; nothing else leaves this contact. Like Reply.
func (c *Contacts) Offer(ctx context.Context, caller access.Caller, id string, d Draft) (Ack, error) {
	return c.reply(ctx, caller, id, d, EventOffered)
}

func (c *Contacts) reply(ctx context.Context, caller access.Caller, id string, d Draft, event string) (Ack, error) {
	by, err := c.asAdviser(ctx, caller, id)
	if err != nil {
		return Ack{}, err
	}
	by.event = event
	return c.post(ctx, caller.Authority, id, d, by)
}

func (c *Contacts) asAdviser(ctx context.Context, caller access.Caller, id string) (writer, error) {
	person, err := c.o.Person(ctx, caller.Authority, caller.ID)
	return writer{
		kind: FromAdviser, field: "text", key: caller.ID, name: person.Name,
		update: func(ctx context.Context, tx *store.Tx, at int64) *store.Row {
			return tx.Row(ctx, qPostAdviser, at, at, caller.Authority, id, caller.ID, at, at)
		},
		may: assignedTo(caller, id),
	}, err
}

// AddNote stores an internal note, which the citizen is not shown, also within the hour after the
// close; like Reply.
func (c *Contacts) AddNote(ctx context.Context, caller access.Caller, id string, d Draft) (Ack, error) {
	person, err := c.o.Person(ctx, caller.Authority, caller.ID)
	if err != nil {
		return Ack{}, err
	}
	return c.post(ctx, caller.Authority, id, d, writer{
		kind: Note, field: "note", key: caller.ID, name: person.Name,
		update: func(ctx context.Context, tx *store.Tx, at int64) *store.Row {
			by := caller.ID
			return tx.Row(ctx, qPostNote, at, caller.Authority, id, by, at, at, by, at, at, by, by, by, by)
		},
		may: assignedOrAlong(caller, id),
	})
}

// post is a message that has been checked, with its file if it has one.
type post struct {
	draft  Draft
	text   string
	masked bool
	digest []byte
	blob   *vault.BlobWriter
	card   Card
}

func (c *Contacts) post(ctx context.Context, authority, id string, d Draft, by writer) (Ack, error) {
	p, err := c.checked(authority, id, d, by)
	if err != nil {
		return Ack{}, err
	}
	return c.store(ctx, authority, id, p, by)
}

// checked checks what arrived.
func (c *Contacts) checked(authority, id string, d Draft, by writer) (post, error) {
	text, masked, err := c.clean(d.Text, "text")
	if err != nil {
		return post{}, err
	}
	return c.identified(authority, id, d, by, post{draft: d, text: text, masked: masked})
}

func (c *Contacts) identified(authority, id string, d Draft, by writer, p post) (post, error) {
	if err := checkLang(d.Lang); err != nil {
		return p, err
	}
	if !shortID(d.ClientID, 8) {
		return p, fault.New(fault.Invalid, "client-id").On("client_id")
	}
	if !shortID(id, 1) {
		return p, unknownContact()
	}
	p.digest = clientDigest(authority, id, by.key, d.ClientID)
	return p, nil
}

func (c *Contacts) store(ctx context.Context, authority, id string, p post, by writer) (Ack, error) {
	var ack Ack
	err := c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		at := c.o.Now().UnixMilli()
		h, err := scanHead(by.update(ctx, tx, at))
		if err != nil {
			return err
		}
		h.authority, h.id = authority, id
		if p.blob != nil { // others may have come while this one was received
			if _, err := c.roomForFile(ctx, tx, authority, h.record); err != nil {
				return err
			}
		}
		ack = Ack{h.seq, at, p.masked}
		e := c.message(h, by, p.text, p.draft, ack)
		e.client = p.digest
		if err := e.with(p.blob, p.card); err != nil {
			return err
		}
		c.changed(tx, h)
		return c.add(ctx, tx, h.record, e)
	})
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
		return c.acknowledged(ctx, authority, id, p.digest, by, err)
	}
	return ack, err
}

// head is what a post's update returns.
type head struct {
	authority, id, service, notice, lang, adviser string
	seq, adviserNo                                int64
	version                                       int
	record                                        vault.RecordID
	status                                        Status
}

func scanHead(row *store.Row) (h head, err error) {
	var record string
	err = row.Scan(&h.seq, &record, &h.service, &h.notice, &h.version, &h.status, &h.lang, &h.adviser, &h.adviserNo)
	h.record = vault.RecordID(record)
	return h, err
}

// message is a text as the line under the number just given. Its language is sealed with it where
// the notice declares language, and not kept otherwise.
func (c *Contacts) message(h head, by writer, text string, d Draft, a Ack) entry {
	e := entry{line: Line{Authority: h.authority, Contact: h.id, N: a.N, At: a.At, Kind: by.kind, Event: by.event, Writer: 1,
		Lang: d.Lang, ClientID: d.ClientID, Masked: a.Masked, Adviser: h.adviser}}
	if by.kind != FromCitizen {
		e.line.Writer, e.line.Staff, e.line.Name = h.adviserNo, h.adviser, by.name
	}
	e.values = make([]vault.Value, 0, 3)
	if text != "" {
		e.values = append(e.values, vault.Value{Field: by.field, Text: text})
	}
	if c.keeps(h.authority, h.notice, h.version, "language") {
		e.values = append(e.values, vault.Value{Field: "language", Text: d.Lang})
	}
	return e
}

func (c *Contacts) changed(tx *store.Tx, h head) {
	c.change(tx, Contact{Authority: h.authority, ID: h.id, Service: h.service, Lang: h.lang, Status: h.status,
		Adviser: h.adviser}, h.adviser, "")
}

// acknowledged answers a post that could not be stored: with what was answered to the same post
// before, or with why it was refused.
func (c *Contacts) acknowledged(ctx context.Context, authority, id string, digest []byte, by writer, refusal error) (Ack, error) {
	var ack Ack
	err := c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		of, err := by.may(ctx, tx)
		if err != nil {
			return err
		}
		ack, err = ackOf(ctx, tx, authority, id, digest)
		switch {
		case !fault.Is(err, fault.NotFound):
			return err
		case fault.Of(refusal).Key == filesFull:
			return refusal
		case of.Status == Closed || of.Status == Settled:
			return fault.New(fault.Conflict, "contact-closed")
		case of.Status == Waiting && by.kind != FromCitizen:
			return fault.New(fault.Denied, "contact-not-yours")
		case by.kind != FromCitizen: // still assigned, but the role, its time or the commitment has ended
			return fault.New(fault.Denied, "not-allowed")
		}
		return refusal
	})
	return ack, err
}

// ackOf is what was answered to the same post before; fault.NotFound where there was none.
func ackOf(ctx context.Context, tx *store.Tx, authority, id string, digest []byte) (ack Ack, err error) {
	var masked int64
	err = tx.Row(ctx, qMessageOf, authority, id, digest).Scan(&ack.N, &ack.At, &masked)
	ack.Masked = masked == 1
	return ack, err
}

// mayTouch reads a contact for somebody, or says why they may not touch it.
type mayTouch func(ctx context.Context, tx *store.Tx) (Contact, error)

// owned reads the contact that a citizen claims.
func owned(who Citizen) mayTouch {
	return func(ctx context.Context, tx *store.Tx) (Contact, error) { return Own(ctx, tx, who) }
}

// assignedOrAlong reads a contact that must be assigned to caller, or be read along by them.
func assignedOrAlong(caller access.Caller, id string) mayTouch {
	return func(ctx context.Context, tx *store.Tx) (Contact, error) {
		if along, err := readsAlong(ctx, tx, caller, id); err != nil || along {
			of, err2 := Load(ctx, tx, caller.Authority, id)
			return of, errors.Join(err, err2)
		}
		return assignedTo(caller, id)(ctx, tx)
	}
}

// assignedTo reads a contact that must be assigned to caller.
func assignedTo(caller access.Caller, id string) mayTouch {
	return func(ctx context.Context, tx *store.Tx) (Contact, error) {
		of, err := Load(ctx, tx, caller.Authority, id)
		if err == nil && (of.Adviser != caller.ID || caller.Kind != access.Staff) {
			err = fault.New(fault.Denied, "contact-not-yours")
		}
		return of, err
	}
}
