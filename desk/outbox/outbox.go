// Package outbox keeps what is to be sent by mail until it is sent. It promises that an order is on
// disk before it is acknowledged; that it is sent once, or once more for each crash that fell between
// the server's yes and our note of it, under one Message-ID for good; and that the address opens
// nowhere from the moment at which the mail was handed over or given up (S4-9).
//
// Nothing of a mail's text is here: it is made when it is sent.
package outbox

import (
	"context"
	_ "embed"
	"sync"
	"time"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries   = store.MustQueries(queryText)
	qAdd      = queries.Get("outbox-add")
	qOrdered  = queries.Get("outbox-ordered")
	qLatest   = queries.Get("outbox-latest")
	qDue      = queries.Get("outbox-due")
	qWaiting  = queries.Get("outbox-waiting")
	qClaim    = queries.Get("outbox-claim")
	qPostpone = queries.Get("outbox-postpone")
	qSent     = queries.Get("outbox-sent")
	qGiveUp   = queries.Get("outbox-give-up")
	qOfRecord = queries.Get("outbox-of-record")
	qContact  = queries.Get("outbox-contact-of")
	qClear    = queries.Get("outbox-clear")
	qForget   = queries.Get("outbox-forget")
	qLost     = queries.Get("outbox-abandoned")
	qStrays   = queries.Get("outbox-strays")
	qCount    = queries.Get("mail-count")
	qCounts   = queries.Get("mail-counts")
)

// Type is the record type under which vault knows the addresses.
const Type = "mail"

// Field is the field that a notice declares where a transcript may be ordered.
const Field = "transcript_email"

// State is where a mail stands.
type State string

// The states.
const (
	Waiting State = "waiting"
	Sent    State = "sent"
	GivenUp State = "given_up"
)

// Why a mail was given up.
const (
	Refused     = "refused"     // the server does not take it for this address
	Unreachable = "unreachable" // nobody took it for a day
	Nothing     = "nothing"     // the conversation, or the address, has ended
)

// PerContact is how many addresses one contact may give.
const PerContact = 3

// lease is how long a claimed mail belongs to who claimed it; sending must have timed out before.
const lease = 5 * time.Minute

// patience is how long a mail is tried; the notice's cap is longer.
const patience = 24 * time.Hour

// abandoned is after how long a mail is given up that nobody tries: whoever tries gives it up before.
const abandoned = patience + 6*time.Hour

// remembered is how long the bare fact of an order stays after its mail is done, so that the limit holds.
const remembered = 20 * time.Hour

// Options of New. OnDone may be nil.
type Options struct {
	DB    *store.DB
	Vault *vault.Vault
	Shelf func() *notice.Shelf
	Now   func() time.Time // the program's accepted time
	Zone  func(authority string) *time.Location

	// OnDone is called after the commit when a mail was sent or given up.
	OnDone func(authority, contact string)

	// Told is called in the transaction that notes a mail about a request as sent or given up. It may be nil.
	Told func(ctx context.Context, tx *store.Tx, authority, request string, sent bool) error
}

// Outbox is the outgoing mail of all authorities. Safe for concurrent use.
type Outbox struct {
	o    Options
	wake chan struct{}

	mu   sync.Mutex
	seen []Mail // due when somebody last looked, not yet reached for
}

// New returns the outbox and binds it to the vault.
func New(o Options) (*Outbox, error) {
	if o.DB == nil || o.Vault == nil || o.Shelf == nil || o.Now == nil || o.Zone == nil {
		return nil, fault.New(fault.Internal, "outbox-options")
	}
	b := &Outbox{o: o, wake: make(chan struct{}, 1)}
	return b, o.Vault.Bind(b.binding())
}

// Wake receives when a mail has been ordered.
func (b *Outbox) Wake() <-chan struct{} { return b.wake }

// GroupOf is the group of n in which an address waits, nil where n lets none be kept. It must be
// a group of its own that ends with the sending.
func GroupOf(n *notice.Notice) *notice.Group {
	g, _, ok := n.FieldGroup(Field)
	if !ok || len(g.Fields) != 1 || g.Keep.Until != notice.TranscriptSent {
		return nil
	}
	return g
}

// PurposeOf is the purpose for which n lets the program open the address, "" for none.
func PurposeOf(n *notice.Notice) string {
	g := GroupOf(n)
	if g == nil {
		return ""
	}
	for _, p := range n.Purposes {
		if n.Allows(notice.RoleProgram, g.ID, p.ID, notice.Unrelated) {
			return p.ID
		}
	}
	return ""
}

// Waiting tells how many mails of an authority wait, and since when the oldest does (unix
// milliseconds; 0 when none waits).
func (b *Outbox) Waiting(ctx context.Context, authority string) (n, oldest int64, err error) {
	err = b.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		return tx.Row(ctx, qWaiting, authority).Scan(&n, &oldest)
	})
	return n, oldest, err
}

// Counts are how many mails of each day were sent and given up, both days included.
func (b *Outbox) Counts(ctx context.Context, authority string, from, to notice.Day) (counts []Count, err error) {
	err = b.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		counts, err = store.Select(ctx, tx, qCounts, func(scan func(...any) error) (c Count, err error) {
			return c, scan(&c.Day, &c.Outcome, &c.N)
		}, authority, string(from), string(to))
		return err
	})
	return counts, err
}

// Count is a counted fact; Outcome is Sent or GivenUp.
type Count struct {
	Day     notice.Day
	Outcome State
	N       int64
}

// Sweep gives up what nobody tries any more, and forgets that mails were ordered which have been done for most
// of a day; it returns how many it forgot.
func (b *Outbox) Sweep(ctx context.Context, authority string) (forgotten int, err error) {
	if err := b.abandon(ctx, authority); err != nil {
		return 0, err
	}
	err = b.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.Exec(ctx, qForget, authority, b.o.Now().Add(-remembered).UnixMilli())
		forgotten = int(n)
		return err
	})
	return forgotten, err
}

// abandon gives up what waits although there is no server to take it.
func (b *Outbox) abandon(ctx context.Context, authority string) (err error) {
	var lost []Mail
	err = b.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		lost, err = store.Select(ctx, tx, qLost, scanMail, authority, b.o.Now().Add(-abandoned).UnixMilli())
		return err
	})
	for _, m := range lost {
		if err == nil {
			err = b.GiveUp(ctx, m, Unreachable)
		}
	}
	return err
}
