// Package chat is the channel by which a citizen writes to an adviser. It promises that what is
// shown to whom is decided in one place (view.go), the same for HTTP and for events; that a text
// which holds a personal identity code has lost it before anything is sealed; and that a citizen's
// token opens that citizen's contact and nothing else, a wrong one answering like an unknown contact.
//
// Web calls it; events go upward through the functions given to New.
package chat

import (
	"context"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/outbox"
	"luukku/desk/queue"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

// Channel is the channel's id in notices.
const Channel = "chat"

// Options of New. Outbox and the functions but Shelf may be nil; all others must be given.
type Options struct {
	DB       *store.DB
	Vault    *vault.Vault
	Shelf    func() *notice.Shelf // the notices as they are now
	Contacts *contact.Contacts
	Queue    *queue.Queue
	Services *service.Services

	// Outbox takes the transcripts that citizens order; nil, or no Sender for an authority, and none
	// is offered. Sender is the domain of the address that an authority's mail comes from.
	Outbox *outbox.Outbox
	Sender func(authority string) (domain string)

	// Name gives the name under which a member of staff is shown, "" when there is none. It must
	// not open a transaction that waits for the caller's.
	Name func(ctx context.Context, authority, staff string) string

	OnMessage func(Delivery)       // a message for one reader, after its commit
	OnSeen    func(contact.Seen)   // somebody has received or seen further
	OnChange  func(contact.Change) // a state changed: fetch it again
}

// Chat is the chat of all authorities. Safe for concurrent use.
type Chat struct {
	o        Options
	readings *readings
}

// New returns the chat. Give vault's OnPush and OnEnd to (*Chat).Pushed and (*Chat).Ended, and
// contact's OnLine, OnSeen and OnChange to (*Chat).Line, (*Chat).Seen and (*Chat).Changed.
func New(o Options) (*Chat, error) {
	switch {
	case o.DB == nil, o.Vault == nil, o.Shelf == nil, o.Contacts == nil, o.Queue == nil, o.Services == nil:
		return nil, fault.New(fault.Internal, "chat-options")
	}
	return &Chat{o: o, readings: newReadings()}, nil
}

// Delivery is a message on its way to one reader: the citizen of its contact (Staff ""), or one
// member of staff.
type Delivery struct {
	Authority string
	Staff     string
	Message   Message
}
