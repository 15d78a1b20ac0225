package outbox

import (
	"context"

	"luukku/store"
)

// About is what a mail is about.
type About string

// What mails are about: a contact, whose transcript it is, or a request of which its person is told.
const (
	OfContact About = "contact"
	OfRequest About = "request"
)

// Tell puts a mail about a request into the outbox, in the transaction that makes it necessary. It has no
// address of its own: that is opened from the request when the mail is sent, and Told hears what became
// of it. Domain is the sender's.
func (b *Outbox) Tell(ctx context.Context, tx *store.Tx, authority, request, lang, domain string) error {
	id, now := store.NewID("m_"), b.o.Now().UnixMilli()
	_, err := tx.Exec(ctx, qAdd, authority, id, request, string(OfRequest), now, now, id+"@"+domain, lang, nil, nil)
	tx.OnCommit(b.rouse)
	return err
}

// settled ends what a mail needed: the address of a transcript, or somebody's waiting to hear of it.
func (b *Outbox) settled(ctx context.Context, tx *store.Tx, m Mail, as State) error {
	if m.About == OfRequest {
		if b.o.Told == nil {
			return nil
		}
		return b.o.Told(ctx, tx, m.Authority, m.Contact, as == Sent)
	}
	if err := b.o.Vault.EndEvent(ctx, tx, m.Authority, Type, m.ID); err != nil {
		return err
	}
	if b.o.OnDone != nil {
		tx.OnCommit(func() { b.o.OnDone(m.Authority, m.Contact) })
	}
	return nil
}

// Ended tells whether the address is no longer there: erased, or its cap has come. A mail about a request
// never had one.
func (m Mail) Ended() bool { return m.About != OfRequest && len(m.Address.Bytes()) == 0 }
