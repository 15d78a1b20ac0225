package service

import (
	"context"
	_ "embed"
	"sync"
	"time"

	"luukku/core/ledger"
	"luukku/fault"
	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries   = store.MustQueries(queryText)
	qServices = queries.Get("services")
	qPut      = queries.Get("service-put")
	qService  = queries.Get("service")
	qWaiting  = queries.Get("service-waiting")
	qOfNotice = queries.Get("services-of-notice")
)

// fresh is how long a node may serve a list that another node has changed.
const fresh = 5 * time.Second

// Services are the services of all authorities. Safe for concurrent use.
type Services struct {
	db   *store.DB
	now  func() time.Time
	zone func(authority string) *time.Location
	mask func(text string) (masked string, hidden int)

	mu      sync.Mutex
	lists   map[string]list
	changes map[string]int // made here, by authority
}

type list struct {
	services []Service
	readAt   time.Time
}

// New gives access to the services in db. Now is the program's accepted time; zone tells each
// authority's time zone. Mask hides what may not stand in a text that everybody reads; a text in which it
// finds something is refused.
func New(db *store.DB, now func() time.Time, zone func(authority string) *time.Location, mask func(text string) (masked string, hidden int)) *Services {
	return &Services{db: db, now: now, zone: zone, mask: mask, lists: map[string]list{}, changes: map[string]int{}}
}

// Zone is the authority's time zone.
func (s *Services) Zone(authority string) *time.Location { return s.zone(authority) }

// List returns the services of an authority by their ids. Treat it as read-only: it is shared. A
// change made on another node is seen within five seconds, one made here at once.
func (s *Services) List(ctx context.Context, authority string) ([]Service, error) {
	found, changes, ok := s.cached(authority)
	if ok {
		return found, nil
	}
	var out []Service
	err := s.db.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		out, err = All(ctx, tx, authority)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.keep(authority, out, changes)
	return out, nil
}

// Versions are the services of an authority as they are this moment, with the newest version of each part
// by id and part: what a form is filled from, so that what it is saved over is what was read.
func (s *Services) Versions(ctx context.Context, authority string) (all []Service, versions map[string]map[string]int64, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if versions, err = ledger.Versions(ctx, tx, authority, ledger.Service); err != nil {
			return err
		}
		all, err = All(ctx, tx, authority)
		return err
	})
	return all, versions, err
}

// Get returns one service; an unknown id is fault.NotFound "service-not-found".
func (s *Services) Get(ctx context.Context, authority, id string) (Service, error) {
	all, err := s.List(ctx, authority)
	if err != nil {
		return Service{}, err
	}
	for _, one := range all {
		if one.ID == id {
			return one, nil
		}
	}
	return Service{}, fault.New(fault.NotFound, "service-not-found").On("service")
}

// Opening tells how a service of the authority stands now.
func (s *Services) Opening(authority string, one Service) Opening {
	return one.At(s.now(), s.zone(authority))
}

// cached is the list that is kept, and how many changes were made before it was looked for.
func (s *Services) cached(authority string) (services []Service, changes int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, ok := s.lists[authority]
	age := s.now().Sub(l.readAt)
	return l.services, s.changes[authority], ok && age >= 0 && age < fresh
}

// keep keeps a list, unless a change was made here after the reader began: it may have read what was before.
func (s *Services) keep(authority string, services []Service, changes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changes[authority] == changes {
		s.lists[authority] = list{services, s.now()}
	}
}

func (s *Services) forget(authority string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changes[authority]++
	delete(s.lists, authority)
}

// All are the services of an authority, by their ids, as a transaction sees them.
func All(ctx context.Context, tx *store.Tx, authority string) ([]Service, error) {
	return store.Select(ctx, tx, qServices, scanService, authority)
}

// OfNotice are the ids of the services whose contacts a register keeps.
func OfNotice(ctx context.Context, tx *store.Tx, authority, notice string) ([]string, error) {
	return store.Select(ctx, tx, qOfNotice, func(scan func(...any) error) (id string, err error) {
		return id, scan(&id)
	}, authority, notice)
}
