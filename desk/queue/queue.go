// Package queue tells who waits, how long, and who is there to answer. It promises that nobody is
// told a time of waiting unless at least twenty contacts of the last hour support it, and that what
// it counts for that holds no identifier.
package queue

import (
	"context"
	"time"

	"luukku/core/access"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

func notBuilt() error { return fault.New(fault.Internal, "not-built") }

// Presence is what a member of staff says of themselves; Gone is said by the program.
type Presence string

// The presences.
const (
	Present Presence = "present"
	Busy    Presence = "busy"
	Away    Presence = "away"
	Gone    Presence = "gone" // no connection for a minute
)

// Queue is the queues of all authorities. Safe for concurrent use.
type Queue struct {
	db       *store.DB
	services *service.Services
	now      func() time.Time
}

// New returns the queues. Now is the program's accepted time.
func New(db *store.DB, services *service.Services, now func() time.Time) (*Queue, error) {
	return &Queue{db, services, now}, nil
}

// Board is everything an adviser's first column shows; names of staff are filled in by its caller.
type Board struct {
	Me          Adviser
	Mine        []Item
	Queues      []Line
	Advisers    []Adviser
	GeneratedAt int64
}

// Adviser is a member of staff at the desk.
type Adviser struct {
	ID       string
	Presence Presence
	Load     int   // active contacts
	Since    int64 // of the presence
}

// Item is one contact that is assigned. It holds nothing that was written in it.
type Item struct {
	Contact, Service, Lang, Status, Topic, Adviser string
	StartedAt, WaitingSince, LastAt, ClosedAt      int64
	Unread                                         int
	CitizenPresent                                 bool
}

// Line is the queue of one service in one language, longest wait first, at most 100 contacts.
type Line struct {
	Service, Lang string
	Opening       service.Opening
	Waiting       int
	LongestWait   time.Duration
	Contacts      []Waiting
}

// Waiting is one that waits. Since is when they came.
type Waiting struct {
	Contact, Topic string
	Since          int64
}

// Place is where a contact stands.
type Place struct {
	Position        int // from 1
	EstimateMinutes int // 0: not told
}

// Board assembles caller's board in four statements: own contacts, the queues of the services that
// caller serves, and who is present.
func (q *Queue) Board(ctx context.Context, caller access.Caller) (Board, error) {
	return Board{}, notBuilt()
}

// Overview is what a lead sees: every queue, everyone present, and every active contact of the
// services that caller leads.
func (q *Queue) Overview(ctx context.Context, caller access.Caller) (Board, []Item, error) {
	return Board{}, nil, notBuilt()
}

// Places tells where each waiting contact of a queue stands, in two statements.
func (q *Queue) Places(ctx context.Context, authority, service, lang string) (map[string]Place, error) {
	return nil, notBuilt()
}

// SetPresence says what a member of staff says of themselves; it counts as a sign of life.
func (q *Queue) SetPresence(ctx context.Context, authority, staff string, p Presence) error {
	return notBuilt()
}

// Beat is a sign of life of everyone who is connected here, in one transaction. Call it every 20 s.
func (q *Queue) Beat(ctx context.Context, authority string, staff []string) error { return notBuilt() }

// Leave says that the last connection of a member of staff has ended on purpose (signed out).
func (q *Queue) Leave(ctx context.Context, authority, staff string) error { return notBuilt() }
