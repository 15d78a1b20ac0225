// Package contact keeps service events from their start until they are settled. It promises that a
// message is acknowledged only when it is stored, once, under the next number of its contact; that
// every change of state is a numbered line of the same timeline, written in the transaction that
// makes it; and that nothing which the notice does not declare outlives the settling of a contact.
//
// A contact is waiting, active, closed, and an hour later settled. Only chat knows how it arrived.
package contact

import (
	"context"
	"crypto/rand"
	"io"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/file"
	"luukku/desk/queue"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

// Type is the record type under which vault knows contacts.
const Type = "contact"

// Status is where a contact stands; it goes forward only, but for pass (active to waiting) and
// reopen (closed to active).
type Status string

// The statuses.
const (
	Waiting Status = "waiting"
	Active  Status = "active"
	Closed  Status = "closed"
	Settled Status = "settled"
)

// Kind says who wrote a line of the timeline.
type Kind string

// The kinds. A note is never shown to the citizen.
const (
	FromCitizen Kind = "citizen"
	FromAdviser Kind = "adviser"
	Note        Kind = "note"
	FromProgram Kind = "event"
)

// The events: what a line of kind FromProgram tells.
const (
	EventStarted     = "started"
	EventTaken       = "taken"
	EventPassed      = "passed"       // to another adviser
	EventQueued      = "queued"       // to a queue by an adviser
	EventReturned    = "returned"     // the receiver has gone: back to whom it came from
	EventOffered     = "offered"      // another service, in which the citizen may start anew
	EventAdviserGone = "adviser_gone" // back to the front of the queue: no connection for a minute
	EventCitizenLeft = "citizen_left"
	EventCitizenBack = "citizen_back"
	EventIdleWarning = "idle_warning"
	EventClosed      = "closed"
	EventReopened    = "reopened"
)

// The reasons of a close.
const (
	ByAdviser = "adviser"
	ByCitizen = "citizen"
	ByIdle    = "idle"
	ByAbuse   = "abusive"
	ByLeaving = "left"  // left the queue
	ByHours   = "hours" // still in the queue when the service had closed for the day
)

// Outcomes are the closed list from which an adviser chooses; the last two are the program's too.
func Outcomes() []string { return []string{"answered", "referred", "unresolved", "left", "abusive"} }

// Limits are the times after which a contact changes by itself. Zero values take the defaults.
type Limits struct {
	Warn   time.Duration // of the citizen's silence after an answer until the warning: 10 min
	Grace  time.Duration // from the warning to the close: 5 min
	Gone   time.Duration // without a connection of the adviser until the contact is queued: 60 s
	Left   time.Duration // a citizen who waits may be away: 5 min
	Hours  time.Duration // after the service hours, until whoever still waits is told that nobody comes: 1 h
	Reopen time.Duration // from the close to the settling: 1 h
	Ask    time.Duration // for a colleague to answer whether they take a contact: 2 min
}

// Person is how a member of staff signs an answer where the notice declares it (S4-8, S4-12).
type Person struct{ Name, Email, UserID string }

// Options of New. All but Rand, Limits, Files, Sampled, OnGone, OnLine, OnSeen and OnChange must be given.
type Options struct {
	DB       *store.DB
	Vault    *vault.Vault
	Shelf    func() *notice.Shelf // the notices as they are now
	Services *service.Services
	Queue    *queue.Queue
	Now      func() time.Time // the program's accepted time
	Rand     io.Reader        // of tokens and reference codes; nil is crypto/rand
	Channels []string         // whose notices contacts are kept under: "chat"
	Limits   Limits

	// Files decides which files may be sent; nil, and none is.
	Files *file.Desk

	// Mask hides what must not be stored and tells how much it hid; every text passes it.
	Mask func(text string) (masked string, hidden int)
	// Person looks a member of staff up, also for each answer; it is never called inside a transaction.
	Person func(ctx context.Context, authority, staff string) (Person, error)

	// Sampled tells whether a contact lies in a sample that caller may see; nil, and none does.
	Sampled func(ctx context.Context, tx *store.Tx, caller access.Caller, contact, sample string) (bool, error)
	// OnGone is called in the transaction that deletes a contact's conversation, so that what refers to it ends too.
	OnGone func(ctx context.Context, tx *store.Tx, authority, contact string) error

	// OnLine is called after the commit for each line that holds nothing sealed.
	OnLine func(Line)
	// OnSeen is called after the commit when somebody has received or seen further.
	OnSeen func(Seen)
	// OnChange is called after the commit when a contact's state or place has changed.
	OnChange func(Change)
}

// Contacts are the contacts of all authorities. Safe for concurrent use.
type Contacts struct {
	o      Options
	began  time.Time // by the program's time
	flight flight
}

// New returns the contacts and binds them to the vault.
func New(o Options) (*Contacts, error) {
	switch {
	case o.DB == nil, o.Vault == nil, o.Shelf == nil, o.Services == nil, o.Queue == nil,
		o.Now == nil, o.Mask == nil, o.Person == nil, len(o.Channels) == 0:
		return nil, fault.New(fault.Internal, "contact-options")
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	o.Limits = o.Limits.orDefault()
	c := &Contacts{o: o, began: o.Now()}
	return c, o.Vault.Bind(c.binding())
}

// Limits are those in force.
func (c *Contacts) Limits() Limits { return c.o.Limits }

// Now is the program's accepted time.
func (c *Contacts) Now() time.Time { return c.o.Now() }

func (l Limits) orDefault() Limits {
	for _, d := range []struct {
		of    *time.Duration
		value time.Duration
	}{
		{&l.Warn, 10 * time.Minute}, {&l.Grace, 5 * time.Minute}, {&l.Gone, time.Minute},
		{&l.Left, 5 * time.Minute}, {&l.Hours, time.Hour}, {&l.Reopen, time.Hour},
		{&l.Ask, 2 * time.Minute},
	} {
		if *d.of == 0 {
			*d.of = d.value
		}
	}
	return l
}

// Contact is one contact without anything sealed. Instants are unix milliseconds; zero is none.
type Contact struct {
	Authority, ID     string
	Service, Notice   string
	Version           int
	Record            vault.RecordID // of the group that declares text
	Status            Status
	Seq               int64 // number of the newest line
	Lang, Topic       string
	Outcome, ClosedBy string
	Adviser           string // staff id; stays after the close, until it is settled
	AdviserNo         int64  // the number that the adviser's lines carry
	Advisers          int64  // how many times it has been assigned

	StartedAt, QueuedAt, TakenAt, LastAt, WaitingSince int64
	IdleFrom, IdleWarnedAt, CitizenLeftAt, ClosedAt    int64

	Rank, Place, Unread          int64
	CitizenPresent               bool
	Helped                       bool // the citizen has answered whether the chat helped
	CitizenSeen, CitizenReceived int64
	AdviserSeen, AdviserReceived int64
}

// Line is one line of a timeline without its text. Writer 0 is the program, 1 the citizen, 2 and
// above are the assignments of the contact in their order.
type Line struct {
	Authority, Contact string
	N, At              int64
	Kind               Kind
	Event              string
	Writer             int64
	Staff              string // of an adviser's line, until the contact is settled
	Name               string // the adviser's, only in the line that is being written
	Lang               string // "" where the notice does not let it be kept
	ClientID           string // only in the line that is being written
	Masked             bool
	Adviser            string // who the contact is assigned to, in the line that is being written
}

// Seen tells how far somebody has come: received, or seen as well.
type Seen struct {
	Authority, Contact string
	By                 Kind // FromCitizen or FromAdviser
	N                  int64
	Seen               bool   // false: only received
	Adviser            string // who the contact is assigned to
}

// Change tells that a contact's state or its place in a queue is no longer what it was.
type Change struct {
	Authority, Contact string
	Service, Lang      string
	Status             Status
	Adviser            string // assigned to now
	Was                string // assigned to before, if another
	Event              string // what happened; "" for a message
}
