package contact

import (
	"context"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

type flight struct{}

func notBuilt() error { return fault.New(fault.Internal, "not-built") }

func (c *Contacts) binding() vault.Binding { return vault.Binding{} }

// Sweep does what time does to contacts: queues those whose adviser is gone, warns and closes the
// idle, closes those who left the queue. Call it every few seconds on one node or on all.
func (c *Contacts) Sweep(ctx context.Context) error { return notBuilt() }

// Settle settles the contacts of an authority that closed an hour ago and returns how many.
func (c *Contacts) Settle(ctx context.Context, authority string) (int, error) { return 0, notBuilt() }

// Release gives every contact of a member of staff back to the queues, because their account or
// their grant has ended.
func (c *Contacts) Release(ctx context.Context, authority, staff string) error { return notBuilt() }

// Citizen is who claims to be a contact's citizen.
type Citizen struct {
	authority, contact string
	hash               []byte
}

// Claim makes a claim of a token as it arrived.
func Claim(authority, id, token string) Citizen { return Citizen{} }

// Caller is the citizen as the gate knows them.
func (c Citizen) Caller() access.Caller { return access.Caller{} }

// To is where a contact is passed: exactly one of Adviser (staff id) and Service.
type To struct{ Adviser, Service, Note, Lang string }

// Search asks for earlier contacts: By is "reference", "email" or "phone".
type Search struct{ By, Value, Purpose, Reason string }

var _ = func(context.Context, *store.Tx) {}
