package rights

import (
	"context"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Status is where a request stands.
type Status string

// The statuses.
const (
	Received Status = "received" // the registry has to look who asks
	Accepted Status = "accepted" // it waits for an official of the register's unit
	Working  Status = "working"  // an official finds and redacts
	Ready    Status = "ready"    // the registry has to deliver
	Closed   Status = "closed"   // answered; a link may still be open
	Settled  Status = "settled"  // nothing of it is plain any more
)

// The outcomes, as the notice's field "decision" has them.
const (
	Granted   = "granted"
	Partly    = "partly_granted"
	Refused   = "refused"
	NoData    = "no_data"
	Destroyed = "destroyed" // retention had ended
)

// Request is one request without anything sealed. Instants are unix milliseconds; zero is none.
type Request struct {
	Authority, ID     string
	Record, Applicant vault.RecordID
	Status            Status
	Register, Lang    string
	ReceivedAt        int64
	Due               notice.Day // the last day for the answer
	Extended          bool
	Official          string     // staff id of who finds and redacts
	Copy              string     // id of the draft or of the copy
	Ends              notice.Day // last day of what was found
	Outcome           string
	ClosedAt          int64
	Told              string // how its person hears of an extension of time: one of the words below, "" for none
}

// How a person hears that the time was extended.
const (
	Mailing = "mailing" // by a mail that is on its way
	Mailed  = "mailed"
	ByHand  = "by_hand" // the registry has to tell it: there is no address, or no mail reached it
)

func scanRequest(authority string, scan func(...any) error) (Request, error) {
	q := Request{Authority: authority}
	var extended int64
	err := scan(&q.ID, (*string)(&q.Record), (*string)(&q.Applicant), (*string)(&q.Status), &q.Register, &q.Lang, &q.ReceivedAt,
		(*string)(&q.Due), &extended, &q.Official, &q.Copy, (*string)(&q.Ends), &q.Outcome, &q.ClosedAt, &q.Told)
	q.Extended = extended == 1
	return q, err
}

func unknown() error { return fault.New(fault.NotFound, "request-not-found") }

// load reads a request by one of the queries; another authority's is fault.NotFound like none.
func load(ctx context.Context, tx *store.Tx, authority, query, key string) (Request, error) {
	q, err := scanRequest(authority, tx.Row(ctx, queries.Get(query), authority, key).Scan)
	if fault.Is(err, fault.NotFound) {
		err = unknown()
	}
	return q, err
}

// locked reads a request that is about to be changed and refuses one that stands elsewhere.
func locked(ctx context.Context, tx *store.Tx, authority, id string, want ...Status) (Request, error) {
	q, err := load(ctx, tx, authority, "request-lock", id)
	if err != nil {
		return q, err
	}
	for _, s := range want {
		if q.Status == s {
			return q, nil
		}
	}
	return q, fault.New(fault.Conflict, "request-status")
}

// unit tells whether caller is an official of a register's own unit: holds a role, other than the
// registry's, in which the register's notice lets its data be opened for requests, in one of its
// services, which is returned (S3-25, S4-18).
func (r *Rights) unit(ctx context.Context, tx *store.Tx, caller access.Caller, register string) (service string, may bool, err error) {
	n, ok := r.o.Shelf().Current(caller.Authority, register, r.today(caller.Authority))
	if !ok || caller.Kind != access.Staff {
		return "", false, nil
	}
	grants, _, err := access.Grants(ctx, tx, caller, r.o.Now())
	if err != nil {
		return "", false, err
	}
	services, err := r.o.Services(ctx, tx, caller.Authority, register)
	if err != nil {
		return "", false, err
	}
	for _, g := range grants {
		if g.Role == access.RoleRegistryClerk || !opensForRequests(n, g.Role) {
			continue
		}
		if g.Service == "" {
			return "", true, nil
		}
		for _, s := range services {
			if g.Covers(s) {
				return s, true, nil
			}
		}
	}
	return "", false, nil
}

func opensForRequests(n *notice.Notice, role string) bool {
	for _, g := range n.Groups {
		if n.Allows(role, g.ID, purposeOf(n), notice.Unrelated) {
			return true
		}
	}
	return false
}

// Link is how the newest link to a copy stands.
type Link struct {
	State  string // "open", "ended" (a newer one, or fetched), "locked" (too many wrong codes)
	Opened int64  // how often it was fetched
	EndsAt int64  // unix milliseconds
}

// LinkOf is the newest link of a request; nil when there is none.
func (r *Rights) LinkOf(ctx context.Context, authority, id string) (l *Link, err error) {
	err = r.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		l = &Link{}
		err := tx.Row(ctx, queries.Get("delivery-of"), authority, id).Scan(&l.State, &l.Opened, &l.EndsAt)
		if fault.Is(err, fault.NotFound) {
			l, err = nil, nil
		}
		return err
	})
	if l != nil && l.State == linkOpen && l.EndsAt <= r.o.Now().UnixMilli() {
		l.State = linkEnded
	}
	return l, err
}
