package chat

import (
	"context"

	"luukku/core/notice"
	"luukku/desk/contact"
	"luukku/desk/service"
	"luukku/fault"
)

func notBuilt() error { return fault.New(fault.Internal, "not-built") }

// Offering is a service as a citizen may choose it, open or not.
type Offering struct {
	Service service.Service
	Opening service.Opening
	Notice  *notice.Notice
	Fields  []notice.Field // what may be asked at the start, as the notice declares it
}

// Offerings are an authority's chat services. Services whose notice does not hold today are left out.
func (c *Chat) Offerings(ctx context.Context, authority string) ([]Offering, error) {
	return nil, notBuilt()
}

// Begin asks for a place in a service's queue.
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
	return Begun{}, notBuilt()
}

// Citizen is who claims to be a contact's citizen. Nothing is checked until it is used: every use
// of a wrong claim answers fault.NotFound "contact-not-found", like a contact that does not exist.
func (c *Chat) Citizen(authority, id, token string) contact.Citizen {
	return contact.Claim(authority, id, token)
}

// State is what the citizen's client shows besides the messages.
func (c *Chat) State(ctx context.Context, who contact.Citizen) (State, error) {
	return State{}, notBuilt()
}

// Messages are the citizen's messages after a number, at most 200 of them.
func (c *Chat) Messages(ctx context.Context, who contact.Citizen, after int64) (Messages, error) {
	return Messages{}, notBuilt()
}

// Connect notes a connection of the citizen, who is back if they had left, and starts their reading
// session, which lives until the last connection's Disconnect.
func (c *Chat) Connect(ctx context.Context, who contact.Citizen, after int64) (State, Messages, error) {
	return State{}, Messages{}, notBuilt()
}

// Disconnect ends a connection. When it was the last one, the reading session ends; that the
// citizen has left is told by Leave, which the caller calls after a while without a new connection.
func (c *Chat) Disconnect(ctx context.Context, who contact.Citizen) error { return notBuilt() }

// Write is a message on its way in.
type Write struct{ ClientID, Text, Lang string }

// Posted acknowledges a message: it is stored and synced.
type Posted struct {
	N      int64 `json:"n"`
	At     int64 `json:"at"`
	Masked bool  `json:"masked"`
}

// Post stores a citizen's message: four statements, nothing read back. The same client id again
// gives the same answer. Errors: fault.NotFound, fault.Conflict "contact-closed", fault.Invalid on
// text, lang or client_id.
func (c *Chat) Post(ctx context.Context, who contact.Citizen, w Write) (Posted, error) {
	return Posted{}, notBuilt()
}

// CitizenSeen notes that the citizen has seen everything up to n.
func (c *Chat) CitizenSeen(ctx context.Context, who contact.Citizen, n int64) error {
	return notBuilt()
}

// CitizenReceived notes that everything up to n has reached the citizen's client.
func (c *Chat) CitizenReceived(ctx context.Context, who contact.Citizen, n int64) error {
	return notBuilt()
}

// CheckCitizen tells whether the claim holds and to whom the contact is assigned, in one statement
// and without opening anything: for typing.
func (c *Chat) CheckCitizen(ctx context.Context, who contact.Citizen) (contact.Contact, error) {
	return contact.Contact{}, notBuilt()
}

// End closes the contact by the citizen.
func (c *Chat) End(ctx context.Context, who contact.Citizen) error { return notBuilt() }

// Leave notes that the citizen's page is gone; the contact stays as it is.
func (c *Chat) Leave(ctx context.Context, who contact.Citizen) error { return notBuilt() }

// Stay answers the idle warning.
func (c *Chat) Stay(ctx context.Context, who contact.Citizen) error { return notBuilt() }
