package chat

import (
	"context"

	"luukku/core/access"
	"luukku/desk/contact"
)

// TakeNext takes the contact that has waited longest in the queues that caller serves, narrowed to
// a service or a language where they are given, and starts the reading session. It returns the
// contact's id; fault.NotFound "queue-empty" when nobody waits.
func (c *Chat) TakeNext(ctx context.Context, caller access.Caller, service, lang string) (string, error) {
	return "", notBuilt()
}

// Take takes one contact out of its queue. Of two at once one wins; the other gets fault.Conflict
// "contact-taken".
func (c *Chat) Take(ctx context.Context, caller access.Caller, id string) error { return notBuilt() }

// View opens a contact that is assigned to caller, for the purpose "answer".
func (c *Chat) View(ctx context.Context, caller access.Caller, id string) (View, error) {
	return View{}, notBuilt()
}

// Read opens a contact once, for a purpose that its notice declares and that caller has chosen.
func (c *Chat) Read(ctx context.Context, caller access.Caller, id, purpose, reason string) (View, error) {
	return View{}, notBuilt()
}

// History are a contact's messages after a number, at most 200, for whom it is assigned to.
func (c *Chat) History(ctx context.Context, caller access.Caller, id string, after int64) (Messages, error) {
	return Messages{}, notBuilt()
}

// Reply stores an adviser's message; like Post.
func (c *Chat) Reply(ctx context.Context, caller access.Caller, id string, w Write) (Posted, error) {
	return Posted{}, notBuilt()
}

// Note stores an internal note, which the citizen is not shown; like Post.
func (c *Chat) Note(ctx context.Context, caller access.Caller, id string, w Write) (Posted, error) {
	return Posted{}, notBuilt()
}

// StaffSeen and StaffReceived note how far the adviser has come.
func (c *Chat) StaffSeen(ctx context.Context, caller access.Caller, id string, n int64) error {
	return notBuilt()
}

// StaffReceived notes that everything up to n has reached the adviser's client.
func (c *Chat) StaffReceived(ctx context.Context, caller access.Caller, id string, n int64) error {
	return notBuilt()
}

// CheckStaff tells whether the contact is assigned to caller, in one statement: for typing.
func (c *Chat) CheckStaff(ctx context.Context, caller access.Caller, id string) (contact.Contact, error) {
	return contact.Contact{}, notBuilt()
}

// Pass hands a contact to another adviser or back to a queue.
func (c *Chat) Pass(ctx context.Context, caller access.Caller, id string, to contact.To) error {
	return notBuilt()
}

// Close ends a contact with its topic and outcome, or gives them to one that has closed by itself.
func (c *Chat) Close(ctx context.Context, caller access.Caller, id, topic, outcome string) error {
	return notBuilt()
}

// Reopen takes a close back within the hour.
func (c *Chat) Reopen(ctx context.Context, caller access.Caller, id string) error { return notBuilt() }

// EndAbusive ends a contact for good.
func (c *Chat) EndAbusive(ctx context.Context, caller access.Caller, id string) error {
	return notBuilt()
}

// Reassign gives a contact to another adviser, by a lead of its service.
func (c *Chat) Reassign(ctx context.Context, caller access.Caller, id, adviser string) error {
	return notBuilt()
}

// Search finds earlier contacts by one exact value (S3-2). The search is recorded; nothing is opened.
func (c *Chat) Search(ctx context.Context, caller access.Caller, q contact.Search) ([]contact.Contact, error) {
	return nil, notBuilt()
}
