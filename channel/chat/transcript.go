package chat

import (
	"context"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/address"
	"luukku/desk/contact"
	"luukku/desk/outbox"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

// mailer is the part of the program that opens what is to be mailed.
const mailer = "mail"

// longest is how many lines a transcript has at most; no conversation comes near it.
const longest = 10000

// Ordered is a citizen's newest order of a transcript.
type Ordered struct {
	State  outbox.State
	Reason string // of one that was given up
}

// TranscriptGroup is the group in which the address of an ordered transcript waits, nil where none
// can be ordered: no mail server, no sender, or a notice that does not let it be kept and opened.
func (c *Chat) TranscriptGroup(authority string, n *notice.Notice) *notice.Group {
	if c.o.Outbox == nil || c.o.Sender == nil || c.o.Sender(authority) == "" {
		return nil
	}
	g, text := outbox.GroupOf(n), contact.TextGroup(n)
	purpose := outbox.PurposeOf(n)
	if g == nil || text == nil || purpose == "" || !n.Allows(notice.RoleProgram, text.ID, purpose, notice.Unrelated) {
		return nil
	}
	return g
}

// OrderTranscript puts the conversation, as it will be when it is sent, into the outbox to the
// address that the citizen gave. Nothing is mailed of a conversation in which nobody of the authority took
// part: otherwise whoever likes could mail what they write to anybody in the authority's name, as often as
// they start anew. Errors: fault.Invalid on "email", fault.NotFound, fault.Conflict
// "transcript-not-offered", "transcript-unanswered" and as (*outbox.Outbox).Order.
func (c *Chat) OrderTranscript(ctx context.Context, who contact.Citizen, typed string) error {
	to, err := address.Read(typed)
	if err != nil {
		return fault.Of(err).On("email")
	}
	if _, hidden := Mask(to.Mail()); hidden > 0 {
		return fault.New(fault.Invalid, "email-holds-code").On("email")
	}
	return c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		of, err := contact.Own(ctx, tx, who)
		if err != nil {
			return err
		}
		n, ok := c.o.Shelf().Version(of.Authority, of.Notice, of.Version)
		if !ok || c.TranscriptGroup(of.Authority, n) == nil {
			return fault.New(fault.Conflict, "transcript-not-offered")
		}
		if of.TakenAt == 0 && of.Status != contact.Settled {
			return fault.New(fault.Conflict, "transcript-unanswered")
		}
		return c.o.Outbox.Order(ctx, tx, outbox.Order{Authority: of.Authority, Contact: of.ID, Notice: n, Lang: of.Lang,
			Address: to.Mail(), Domain: c.o.Sender(of.Authority)})
	})
}

// orderedOf is a contact's newest order, nil for none or where none is offered.
func (c *Chat) orderedOf(ctx context.Context, of contact.Contact) (*Ordered, error) {
	if c.o.Outbox == nil {
		return nil, nil
	}
	var out *Ordered
	err := c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		l, ok, err := c.o.Outbox.Latest(ctx, tx, of.Authority, of.ID)
		if ok {
			out = &Ordered{l.State, l.Reason}
		}
		return err
	})
	return out, err
}

// Transcript is a conversation as its citizen may see it, with the address that it goes to. It
// exists in memory only, while it is being sent.
type Transcript struct {
	Lang      string
	Address   string
	Reference string
	Service   service.Service
	Messages  []Message
}

// Transcript opens what a claimed mail carries, for the purpose that the notice names, with an entry
// for the conversation and one for the address. Errors: fault.NotFound, fault.Gone and fault.Denied
// when there is nothing to be sent any more.
func (c *Chat) Transcript(ctx context.Context, m outbox.Mail) (Transcript, error) {
	if m.Ended() {
		return Transcript{}, fault.New(fault.Gone, "retention-ended")
	}
	caller := access.Caller{Authority: m.Authority, Kind: access.Program, ID: mailer}
	var a answer
	var address *vault.Opened
	err := c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		of, err := contact.Load(ctx, tx, m.Authority, m.Contact)
		if err != nil {
			return err
		}
		r, err := c.forMail(caller, of)
		if err != nil {
			return err
		}
		if a, err = c.openIn(ctx, tx, r, nil); err != nil {
			return err
		}
		address, err = c.o.Vault.Open(ctx, tx, caller, r.purpose, m.Address, r.why)
		return err
	})
	if err != nil {
		return Transcript{}, err
	}
	return c.transcript(ctx, m, a, address)
}

// forMail is the request for a whole conversation, by the purpose of the address's own group.
func (c *Chat) forMail(caller access.Caller, of contact.Contact) (request, error) {
	n, ok := c.o.Shelf().Version(of.Authority, of.Notice, of.Version)
	if !ok {
		return request{}, fault.New(fault.Internal, "notice-version-missing", "notice", of.Notice)
	}
	return request{
		caller: caller, contact: of.ID, purpose: outbox.PurposeOf(n), why: vault.Why{Contact: of.ID},
		load:  func(context.Context, *store.Tx) (contact.Contact, error) { return of, nil },
		lines: true, limit: longest,
		parts: func(of contact.Contact) bool { return of.Status == contact.Closed || of.Status == contact.Settled },
		only:  of.Record,
	}, nil
}

func (c *Chat) transcript(ctx context.Context, m outbox.Mail, a answer, address *vault.Opened) (Transcript, error) {
	t := Transcript{Lang: m.Lang, Messages: c.messages(ctx, reader{}, a)}
	t.Address, _ = address.Text(outbox.Field)
	for _, p := range a.parts {
		if code, ok := p.Text("reference_code"); ok {
			t.Reference = contact.ShowReference(code)
		}
	}
	var err error
	t.Service, err = c.o.Services.Get(ctx, m.Authority, a.of.Service)
	return t, err
}
