package program

import (
	"context"
	"time"

	"luukku/channel/chat"
	"luukku/core/clock"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/core/retain"
	"luukku/core/rights"
	"luukku/desk/answer"
	"luukku/desk/contact"
	"luukku/desk/file"
	"luukku/desk/printout"
	"luukku/desk/queue"
	"luukku/desk/report"
	"luukku/desk/review"
	"luukku/desk/service"
	"luukku/people"
	"luukku/store"
)

// openDesk puts the staff, the services and the chat on top of the core.
func (p *Program) openDesk(context.Context) error {
	directories, err := p.directories()
	if err != nil {
		return err
	}
	p.People, err = people.New(people.Options{
		DB: p.DB, Vault: p.Vault, Register: p.Register, Recorder: p.Audit, Keeper: p.Keeper,
		Real: clock.Real(), Log: p.Log, OnEnd: p.Hub.Ended, OIDC: directories,
	})
	if err != nil {
		return err
	}
	p.Services = service.New(p.DB, p.Keeper.Now, p.Zone, chat.Mask)
	if p.Queue, err = queue.New(p.DB, p.Services, p.Keeper.Now); err != nil {
		return err
	}
	if err := p.openReviews(); err != nil {
		return err
	}
	if err := p.openPrintouts(); err != nil {
		return err
	}
	if err := p.openContacts(); err != nil {
		return err
	}
	p.Answers = answer.New(p.DB, p.Services, p.Keeper.Now, chat.Mask)
	p.Ledger = ledger.New(p.Audit, p.Keeper.Now)
	for _, b := range []ledger.Book{p.Services.Book(), p.Answers.Book(), p.People.FederationBook()} {
		if err := p.Ledger.Bind(b); err != nil {
			return err
		}
	}
	p.Report = report.New(p.DB)
	if err := p.openRights(); err != nil {
		return err
	}
	return p.openRetain()
}

// openReviews makes the samples, which the contacts ask about and tell of their end.
func (p *Program) openReviews() (err error) {
	p.Reviews, err = review.New(review.Options{
		DB: p.DB, Vault: p.Vault, Recorder: p.Audit, Shelf: p.shelf, Services: p.Services, Now: p.Keeper.Now,
		Touched: p.Audit.Touched, Staff: p.People.Everybody,
	})
	return err
}

// openPrintouts makes the list of printouts, which the contacts tell of their end.
func (p *Program) openPrintouts() (err error) {
	p.Printouts, err = printout.New(printout.Options{DB: p.DB, Vault: p.Vault, Recorder: p.Audit, Shelf: p.shelf, Now: p.Keeper.Now, Zone: p.Zone, Mask: chat.Mask})
	return err
}

// contactGone ends what refers to a contact whose conversation ends in this transaction.
func (p *Program) contactGone(ctx context.Context, tx *store.Tx, authority, contact string) error {
	if err := p.Reviews.Forget(ctx, tx, authority, contact); err != nil {
		return err
	}
	return p.Printouts.Forget(ctx, tx, authority, contact)
}

func (p *Program) openContacts() error {
	c := p.Config.Chat
	p.Files = file.New(p.Config.FileRules())
	var err error
	p.Contacts, err = contact.New(contact.Options{
		DB: p.DB, Vault: p.Vault, Shelf: p.shelf, Services: p.Services, Queue: p.Queue, Now: p.Keeper.Now,
		Channels: []string{chat.Channel}, Files: p.Files, Mask: chat.Mask, Person: p.person, Sampled: p.Reviews.Sampled, OnGone: p.contactGone,
		Limits: contact.Limits{
			Warn: time.Duration(c.IdleWarning), Grace: time.Duration(c.IdleGrace),
			Gone: time.Duration(c.AdviserGone), Reopen: time.Duration(c.ReopenFor),
		},
		OnLine: p.events.line, OnSeen: p.events.contactSeen, OnChange: p.events.contactChanged,
	})
	if err != nil {
		return err
	}
	if err := p.openOutbox(); err != nil {
		return err
	}
	p.Chat, err = chat.New(chat.Options{
		DB: p.DB, Outbox: p.Outbox, Sender: p.senderDomain, Vault: p.Vault, Shelf: p.shelf, Contacts: p.Contacts, Queue: p.Queue, Services: p.Services,
		Name:      func(_ context.Context, authority, staff string) string { return p.People.Name(authority, staff) },
		OnMessage: p.Hub.Message, OnSeen: p.Hub.Seen, OnChange: p.Hub.Changed,
	})
	p.events.chat.Store(p.Chat)
	return err
}

// openRights puts the requests of persons on top of what keeps data about them.
func (p *Program) openRights() (err error) {
	p.Rights, err = rights.New(rights.Options{DB: p.DB, Vault: p.Vault, Recorder: p.Audit, Shelf: p.shelf, Now: p.Keeper.Now, Zone: p.Zone,
		Sources: []rights.Source{contact.Source(), printout.Source()}, Mask: chat.Mask, Services: service.OfNotice, Mail: p.mailAbout})
	return err
}

// person is how a member of staff signs an answer, where the notice declares it.
func (p *Program) person(ctx context.Context, authority, staff string) (contact.Person, error) {
	card, err := p.People.Person(ctx, authority, staff)
	return contact.Person{Name: card.Name, Email: card.Email, UserID: card.Username}, err
}

// openRetain sets the clockwork, with what the desk and the staff do as time passes.
func (p *Program) openRetain() error {
	o := retain.Options{
		DB: p.DB, Vault: p.Vault, Audit: p.Audit, Keeper: p.Keeper, Shelf: p.Shelf, Zone: p.Zone, Log: p.Log,
		Authorities: p.authorityIDs,
	}
	if p.Shifted != nil {
		o.Forward = p.forward
	}
	var err error
	if p.Retain, err = retain.New(o); err != nil {
		return err
	}
	p.Retain.Register(retain.Hook{Name: "close-idle", Every: 5 * time.Second, Run: p.sweepContacts})
	p.Retain.Register(retain.Hook{Name: "settle", Run: p.Contacts.Settle})
	p.Retain.Register(retain.Hook{Name: "blobs", Every: time.Hour, Run: p.Vault.SweepBlobs})
	p.Retain.Register(retain.Hook{Name: "outbox", Every: time.Hour, Run: p.Outbox.Sweep})
	p.Retain.Register(retain.Hook{Name: "requests", Every: 5 * time.Minute, Run: p.Rights.Sweep})
	p.Retain.Register(retain.Hook{Name: "sign-ins", Every: 5 * time.Minute, Run: p.sweepSignIns})
	return nil
}

// forward moves the demo's time, and has it accepted: for the clock rules its steps are steady. The
// mark is stored at once, or a kill would bring the demo back to a day whose night was ended.
func (p *Program) forward(t time.Time) {
	p.Shifted.Forward(t)
	p.Keeper.Accept(p.Shifted.Now())
	p.keep(context.Background(), p.saveMark)
	p.keep(context.Background(), p.journalMark)
}

// sweepContacts warns, closes and queues anew in every authority at once; the first one's turn does it.
// Offers are looked at for each: another node may have seen an adviser come.
func (p *Program) sweepContacts(ctx context.Context, authority string) (int, error) {
	round, err := p.Queue.Offer(ctx, authority)
	if round.Changed {
		p.Hub.BoardsChanged(authority)
	}
	if err != nil || authority != p.Authorities[0].ID {
		return 0, err
	}
	return 0, p.Contacts.Sweep(ctx)
}

func (p *Program) sweepSignIns(ctx context.Context, authority string) (int, error) {
	return 0, p.People.Sweep(ctx, authority)
}

func (p *Program) authorityIDs() []string {
	ids := make([]string, len(p.Authorities))
	for i, a := range p.Authorities {
		ids[i] = a.ID
	}
	return ids
}

// start brings database and key stores together; it must have succeeded before the first request.
func (p *Program) start(ctx context.Context) error {
	if err := p.Vault.Start(ctx); err != nil {
		return err
	}
	p.onClose(func() error { return p.Audit.Close(context.WithoutCancel(ctx)) })
	p.onClose(func() error { return p.saveMark(context.WithoutCancel(ctx)) })
	if !p.Config.Restoring { // a restore settles the gap itself
		for _, a := range p.Authorities {
			p.Audit.Start(ctx, a.ID)
		}
	}
	if err := p.Contacts.NobodyConnected(ctx); err != nil { // no reason to serve nobody
		p.Log.Error("citizens who did not come back after the start may count as there until the hours end", "reason", err.Error())
	}
	return p.checkBound()
}

// checkBound refuses a start in which a declared group has nobody who can find, export, move,
// erase and reclaim what is stored in it.
func (p *Program) checkBound() error {
	for _, a := range p.Authorities {
		if unbound := p.Vault.Unbound(a.ID, Offers()); len(unbound) > 0 {
			return &unboundError{a.ID, unbound}
		}
	}
	return nil
}

type unboundError struct {
	authority string
	groups    []string
}

// Error names the groups.
func (e *unboundError) Error() string {
	text := "authority " + e.authority + ": nothing in the program keeps these declared groups:"
	for _, g := range e.groups {
		text += " " + g
	}
	return text
}

func (p *Program) shelf() *notice.Shelf { return p.Shelf }
