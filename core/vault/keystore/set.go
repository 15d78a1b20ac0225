package keystore

import (
	"crypto/ed25519"
	"crypto/rand"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"luukku/fault"
)

// Kind says what ends a key: the end of a day, or an event.
type Kind byte

// The kinds of key.
const (
	Day   Kind = 1
	Event Kind = 2
)

// Options say whose keys a set holds and where.
type Options struct {
	Authority string           // permanent id: lower-case letters, digits, hyphens, underscores
	Stores    []*Store         // one or two, each with another name, folder and KEKs
	Now       func() time.Time // accepted time (clock.Keeper.Now); it ages the journal
	Rand      io.Reader        // nil: crypto/rand
	Log       *slog.Logger     // nil: none; it tells when an alarm begins
}

// Set is one authority's bucket keys, journal and audit signing key, in one or two stores. All
// stores are equal: what the newest readable file says is true, and the others follow. Methods are
// safe for concurrent use; those that write wait for each other, readers wait for nobody.
type Set struct {
	o            Options
	mu           sync.Mutex
	keys, events *ring
	gen          int64 // the highest that was ever used or seen
	alarms       map[alarmKey]Alarm
	snap         atomic.Pointer[Snapshot]
	closed       bool
}

// ring is one of the two key files, in every store.
type ring struct {
	kind     ringKind
	replicas []*replica
	now      state
}

func newSet(o Options) (*Set, error) {
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	s := &Set{o: o, alarms: map[alarmKey]Alarm{},
		keys: &ring{kind: ringKeys}, events: &ring{kind: ringEvents}}
	for _, r := range s.rings() {
		r.now.keys = map[string]key{}
		for _, from := range o.Stores {
			r.replicas = append(r.replicas, newReplica(from, o.Authority, r.kind))
		}
	}
	s.publish()
	return s, nil
}

func (o Options) check() error {
	bad := fault.New(fault.Invalid, "keystore-options", "authority", o.Authority)
	if !authorityWord.MatchString(o.Authority) || o.Now == nil || len(o.Stores) < 1 || len(o.Stores) > 2 {
		return bad
	}
	if len(o.Stores) == 1 {
		return nil
	}
	a, b := o.Stores[0], o.Stores[1]
	if a.Name == b.Name || a.Dir == b.Dir || a.KEKs == b.KEKs || a.Instance != b.Instance || a.Demo != b.Demo {
		return bad
	}
	return nil
}

func (s *Set) rings() []*ring { return []*ring{s.keys, s.events} }

// of returns the ring of a kind of key.
func (s *Set) of(kind Kind) *ring {
	if kind == Event {
		return s.events
	}
	return s.keys
}

// stamp gives next a generation that was never used before, not even by a write that failed.
func (s *Set) stamp(r *ring, next state) state {
	other := s.events
	if r == s.events {
		other = s.keys
	}
	s.gen++
	next.gen, next.other = s.gen, other.now.gen
	return next
}

// usable returns the journal's last place.
func (s *Set) usable() (seq int64, err error) {
	if s.closed {
		return 0, fault.New(fault.Busy, "keystore-closed")
	}
	if n := len(s.keys.now.lines); n > 0 {
		seq = s.keys.now.lines[n-1].seq
	}
	return seq, nil
}

// Signer is the authority's audit signing key. It lives in the key files and outlives every turn;
// only AcceptLoss may bring another. Nil once the set is closed.
func (s *Set) Signer() ed25519.PrivateKey {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	return ed25519.NewKeyFromSeed(s.keys.now.seed)
}

// Close ends the use of the set's files and forgets its keys. The stores stay open.
func (s *Set) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for _, r := range s.rings() {
		for _, rep := range r.replicas {
			rep.drop()
		}
		clear(r.now.seed)
		r.now = state{}
	}
	s.publish()
	return nil
}
