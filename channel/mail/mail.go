// Package mail hands the outbox's mails over to the authority's mail server. It promises that a mail
// is sent to nobody but the address that was given for it, over a line that is encrypted unless it
// does not leave the machine; that what it carries is made in memory when it is sent and is neither
// stored nor logged; and that the address ends with the server's yes, or when it is given up.
//
// It sends only; nothing is ever read from a mailbox.
package mail

import (
	"context"
	"crypto/tls"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	gomail "github.com/wneessen/go-mail"

	"luukku/desk/outbox"
	"luukku/fault"
)

// Security is how the line to the server is protected.
type Security string

// The securities.
const (
	StartTLS Security = "starttls" // demanded, never only tried
	Implicit Security = "implicit" // TLS from the first byte
	Plain    Security = "none"     // for a server on this machine
)

// Letter is a mail's content. Text and HTML say the same.
type Letter struct {
	To, Lang, Subject, Text, HTML string
}

// Server is where mail is handed over.
type Server struct {
	Host     string
	Port     int
	Security Security
	User     string // "" without authentication
	Password string
	TLS      *tls.Config        // nil: the system's roots
	DKIM     *gomail.DKIMSigner // nil: the server signs, or nobody
	Timeout  time.Duration      // of one mail, from the dialling on; zero is a minute
}

// Options of New. All must be given.
type Options struct {
	Outbox *outbox.Outbox
	Server Server
	// Sender is the address that an authority's mail comes from: `Name <box@example.fi>`.
	Sender func(authority string) string
	// Compose opens a mail's conversation and writes it. fault.NotFound, Gone and Denied say that
	// there is nothing to send any more.
	Compose func(ctx context.Context, m outbox.Mail) (Letter, error)
	Log     *slog.Logger
}

// Mail drains the outbox. Safe for concurrent use.
type Mail struct {
	o       Options
	trouble atomic.Pointer[Trouble]
}

// Trouble is that the server does not let this program send, whatever the address: it does not take the sign-in,
// the sender, or what it is asked to pass on. Mails wait meanwhile.
type Trouble struct {
	At     time.Time // of the last answer
	Status string    // the number that it answered
}

// Trouble is what keeps mails from going out now; nil when the server has taken or judged one since.
func (m *Mail) Trouble() *Trouble { return m.trouble.Load() }

// workers is how many mails are on their way at once; each is made only then.
const workers = 4

// look is how often the outbox is looked at when nobody says that something was ordered.
const look = 5 * time.Second

// New returns what drains an outbox once Run is called.
func New(o Options) (*Mail, error) {
	if o.Outbox == nil || o.Sender == nil || o.Compose == nil || o.Log == nil || o.Server.Host == "" {
		return nil, fault.New(fault.Internal, "mail-options")
	}
	if o.Server.Timeout == 0 {
		o.Server.Timeout = time.Minute
	}
	return &Mail{o: o}, nil
}

// Run sends what is due until ctx ends, and returns when nothing is on its way any more.
func (m *Mail) Run(ctx context.Context) {
	var all sync.WaitGroup
	for range workers {
		all.Go(func() { m.work(ctx) })
	}
	all.Wait()
}

func (m *Mail) work(ctx context.Context) {
	tick := time.NewTicker(look)
	defer tick.Stop()
	for ctx.Err() == nil {
		m.drain(ctx)
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-m.o.Outbox.Wake():
		}
	}
}

// drain sends what is due over one line after another, none of which outlives it.
func (m *Mail) drain(ctx context.Context) {
	by := &courier{m: m}
	defer by.hangUp()
	for ctx.Err() == nil && by.next(ctx) {
	}
}

// Next sends one mail that is due, on a line of its own; false means that none is, or that the database
// does not answer.
func (m *Mail) Next(ctx context.Context) bool {
	by := &courier{m: m}
	defer by.hangUp()
	return by.next(ctx)
}

func (c *courier) next(ctx context.Context) bool {
	m := c.m
	one, ok, err := m.o.Outbox.Claim(ctx)
	if err != nil && ctx.Err() == nil {
		m.o.Log.Warn("the outbox could not be looked at", "reason", err.Error())
	}
	if !ok {
		return false
	}
	// What is on its way is finished, also when the program is told to end.
	if err := c.deliver(context.WithoutCancel(ctx), one); err != nil {
		m.o.Log.Warn("what became of a mail was not stored; it is looked at again", "mail", one.ID, "reason", err.Error())
	}
	return true
}

// deliver sends one mail and notes what became of it.
func (c *courier) deliver(ctx context.Context, one outbox.Mail) error {
	m := c.m
	letter, err := m.o.Compose(ctx, one)
	if err != nil {
		return m.unwritten(ctx, one, err)
	}
	switch out, why := c.send(ctx, one, letter); out {
	case taken:
		m.trouble.Store(nil)
		return m.o.Outbox.Sent(ctx, one)
	case barred:
		m.trouble.Store(&Trouble{time.Now(), why})
		m.o.Log.Error("the mail server does not let this program send; mails wait until its settings are mended", "mail", one.ID, "status", why)
		return m.later(ctx, one)
	case refused:
		m.trouble.Store(nil)
		m.o.Log.Warn("a mail was refused and given up", "mail", one.ID, "status", why)
		return m.o.Outbox.GiveUp(ctx, one, outbox.Refused)
	default:
		m.o.Log.Warn("a mail could not be handed over; it is tried again", "mail", one.ID, "status", why)
		return m.later(ctx, one)
	}
}

// unwritten: what has ended is given up, what did not work just now is tried again.
func (m *Mail) unwritten(ctx context.Context, one outbox.Mail, err error) error {
	switch fault.CodeOf(err) {
	case fault.NotFound, fault.Gone, fault.Denied:
		return m.o.Outbox.GiveUp(ctx, one, outbox.Nothing)
	}
	m.o.Log.Warn("a mail could not be written; it is tried again", "mail", one.ID, "reason", err.Error())
	return m.later(ctx, one)
}

func (m *Mail) later(ctx context.Context, one outbox.Mail) error {
	given, err := m.o.Outbox.Postpone(ctx, one)
	if given {
		m.o.Log.Warn("a mail was given up after a day", "mail", one.ID)
	}
	return err
}
