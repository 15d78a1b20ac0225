package chat

import (
	"context"

	"luukku/core/notice"
	"luukku/desk/contact"
	"luukku/desk/service"
	"luukku/store"
)

// purposeAnswer follows from the assignment, and for citizens from the contact being their own.
const purposeAnswer = "answer"

// Offering is a service as a citizen may choose it, open or not.
type Offering struct {
	Service service.Service
	Opening service.Opening
	Notice  *notice.Notice
	Fields  []notice.Field // what may be asked at the start, as the notice declares it
}

// Offerings are an authority's chat services. Services whose notice does not hold today are left out.
func (c *Chat) Offerings(ctx context.Context, authority string) ([]Offering, error) {
	all, err := c.o.Services.List(ctx, authority)
	if err != nil {
		return nil, err
	}
	var out []Offering
	for _, s := range all {
		n, err := c.o.Contacts.NoticeOf(authority, s.Notice)
		if err != nil {
			continue
		}
		out = append(out, Offering{s, c.o.Services.Opening(authority, s), n, asked(n)})
	}
	return out, nil
}

// asked are the fields that the chat asks for at the start: those that the notice says come from the
// person then, and no other.
func asked(n *notice.Notice) []notice.Field {
	var out []notice.Field
	for _, g := range n.Groups {
		for _, f := range g.Fields {
			if contact.Askable(f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// Begin asks for a place in a service's queue. ClientID is at least 16 random characters.
type Begin struct {
	Service, Lang, Topic, ClientID string
	Fields                         map[string]string
}

// Begun is a contact with the one token that opens it; the token is shown this once.
type Begun struct {
	Contact, Token string
	State          State
}

// Start begins a contact. The same client id again, before anything was written, gives the same
// contact a new token. Errors: fault.NotFound "service-not-found", fault.Conflict "service-closed",
// fault.Invalid on lang, topic, client_id or fields.ID ("undeclared-field" names field and notice).
func (c *Chat) Start(ctx context.Context, authority string, b Begin) (Begun, error) {
	begun, err := c.o.Contacts.Start(ctx, contact.Beginning{Authority: authority, Service: b.Service, Lang: b.Lang,
		Topic: b.Topic, ClientID: b.ClientID, Fields: b.Fields})
	if err != nil {
		return Begun{}, err
	}
	place, err := c.placeOf(ctx, begun.Contact)
	state := c.state(begun.Contact, place, adviser{}, "")
	return Begun{begun.Contact.ID, begun.Token, state}, err
}

// Citizen is who claims to be a contact's citizen. Nothing is checked until it is used: every use
// of a wrong claim answers fault.NotFound "contact-not-found", like a contact that does not exist.
func (c *Chat) Citizen(authority, id, token string) contact.Citizen {
	return contact.Claim(authority, id, token)
}

// State is what the citizen's client shows besides the messages. Nothing is opened for it until the
// contact has closed and the reference code is told.
func (c *Chat) State(ctx context.Context, who contact.Citizen) (State, error) {
	of, err := c.o.Contacts.Mine(ctx, who)
	if err != nil {
		return State{}, err
	}
	if of.Status != contact.Closed {
		return c.stateOf(ctx, answer{of: of})
	}
	r := c.asCitizen(who)
	r.parts = hasClosed
	a, err := c.open(ctx, r)
	if err != nil {
		return State{}, err
	}
	return c.stateOf(ctx, a)
}

// Messages are the citizen's messages after a number, at most 200 of them.
func (c *Chat) Messages(ctx context.Context, who contact.Citizen, after int64) (Messages, error) {
	r := c.asCitizen(who)
	r.lines, r.after, r.limit = true, after, batch
	a, err := c.open(ctx, r)
	if err != nil {
		return Messages{}, err
	}
	return Messages{c.messages(ctx, reader{}, a), a.of.Seq}, nil
}

// Connect notes a connection of the citizen, who is back if they had left, and starts their reading
// session, which lives until the last connection's Disconnect. Call Disconnect also when it fails.
func (c *Chat) Connect(ctx context.Context, who contact.Citizen, after int64) (State, Messages, error) {
	c.readings.connect(keyOf(who.Caller(), who.Contact()))
	if err := c.back(ctx, who); err != nil {
		return State{}, Messages{}, err
	}
	r := c.asCitizen(who)
	r.lines, r.after, r.limit, r.parts = true, after, batch, hasClosed
	a, err := c.open(ctx, r)
	if err != nil {
		return State{}, Messages{}, err
	}
	state, err := c.stateOf(ctx, a)
	return state, Messages{c.messages(ctx, reader{}, a), a.of.Seq}, err
}

// back writes only when the citizen had left.
func (c *Chat) back(ctx context.Context, who contact.Citizen) error {
	of, err := c.o.Contacts.Mine(ctx, who)
	if err != nil || of.CitizenPresent {
		return err
	}
	return c.o.Contacts.Back(ctx, who)
}

// Disconnect ends a connection. When it was the last one on this node, the reading session ends; that
// the citizen has left is told by Leave, which the caller calls after a while without a new connection.
func (c *Chat) Disconnect(ctx context.Context, who contact.Citizen) error {
	session, ends := c.readings.disconnect(keyOf(who.Caller(), who.Contact()))
	if !ends {
		return nil
	}
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return c.o.Vault.EndReading(ctx, tx, session, "disconnected")
	})
}

// Connected tells whether the citizen has a connection on this node.
func (c *Chat) Connected(who contact.Citizen) bool {
	return c.readings.connected(keyOf(who.Caller(), who.Contact()))
}

// asCitizen is a request of the citizen: in the session of a connection if there is one, otherwise
// with an entry of its own.
func (c *Chat) asCitizen(who contact.Citizen) request {
	return request{
		caller: who.Caller(), contact: who.Contact(), purpose: purposeAnswer,
		load: func(ctx context.Context, tx *store.Tx) (contact.Contact, error) { return contact.Own(ctx, tx, who) },
		live: func(contact.Contact) bool { return c.Connected(who) },
	}
}

func hasClosed(of contact.Contact) bool { return of.Status == contact.Closed }

// stateOf adds what a state tells of the queue and of the adviser.
func (c *Chat) stateOf(ctx context.Context, a answer) (State, error) {
	place, err := c.placeOf(ctx, a.of)
	if err != nil {
		return State{}, err
	}
	with, err := c.adviserOf(ctx, a.of)
	reference := ""
	for _, p := range a.parts {
		if code, ok := p.Text("reference_code"); ok {
			reference = code
		}
	}
	if err != nil {
		return State{}, err
	}
	s := c.state(a.of, place, with, reference)
	s.Transcript, err = c.orderedOf(ctx, a.of)
	return s, err
}

func (c *Chat) placeOf(ctx context.Context, of contact.Contact) (placing, error) {
	if of.Status != contact.Waiting {
		return placing{}, nil
	}
	place, err := c.o.Queue.PlaceOf(ctx, of.Authority, of.Service, of.Lang, of.ID, of.Rank, of.QueuedAt)
	return placing{place.Position, place.EstimateMinutes}, err
}

func (c *Chat) adviserOf(ctx context.Context, of contact.Contact) (a adviser, err error) {
	if of.Status != contact.Active {
		return a, nil
	}
	err = c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		a.present, err = c.o.Queue.IsPresent(ctx, tx, of.Authority, of.Adviser, c.o.Contacts.Limits().Gone)
		return err
	})
	if c.o.Name != nil {
		a.name = c.o.Name(ctx, of.Authority, of.Adviser)
	}
	return a, err
}

// Write is a message on its way in.
type Write struct{ ClientID, Text, Lang string }

// Posted acknowledges a message: it is stored and synced.
type Posted struct {
	N      int64
	At     int64
	Masked bool
}

// Post stores a citizen's message: four statements, nothing read back. The same client id again
// gives the same answer. Errors: fault.NotFound, fault.Conflict "contact-closed", fault.Invalid on
// text, lang or client_id.
func (c *Chat) Post(ctx context.Context, who contact.Citizen, w Write) (Posted, error) {
	ack, err := c.o.Contacts.Post(ctx, who, contact.Draft(w))
	return Posted(ack), err
}

// CitizenSeen notes that the citizen has seen everything up to n.
func (c *Chat) CitizenSeen(ctx context.Context, who contact.Citizen, n int64) error {
	return c.o.Contacts.CitizenSaw(ctx, who, n)
}

// CitizenReceived notes that everything up to n has reached the citizen's client.
func (c *Chat) CitizenReceived(ctx context.Context, who contact.Citizen, n int64) error {
	return c.o.Contacts.CitizenGot(ctx, who, n)
}

// CheckCitizen tells whether the claim holds and to whom the contact is assigned, in one statement
// and without opening anything: for typing.
func (c *Chat) CheckCitizen(ctx context.Context, who contact.Citizen) (contact.Contact, error) {
	return c.o.Contacts.Mine(ctx, who)
}

// End closes the contact by the citizen.
func (c *Chat) End(ctx context.Context, who contact.Citizen) error { return c.o.Contacts.End(ctx, who) }

// Leave notes that the citizen's page is gone; the contact stays as it is.
func (c *Chat) Leave(ctx context.Context, who contact.Citizen) error {
	return c.o.Contacts.Leave(ctx, who)
}

// Back notes that the citizen is there after all.
func (c *Chat) Back(ctx context.Context, who contact.Citizen) error { return c.back(ctx, who) }

// SayHelped counts the citizen's answer whether the contact helped; see contact.SayHelped.
func (c *Chat) SayHelped(ctx context.Context, who contact.Citizen, answer string) error {
	return c.o.Contacts.SayHelped(ctx, who, answer)
}

// Stay answers the idle warning.
func (c *Chat) Stay(ctx context.Context, who contact.Citizen) error {
	return c.o.Contacts.Stay(ctx, who)
}
