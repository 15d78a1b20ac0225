package keystore

import (
	"slices"
)

// Snapshot is what a set held at one moment. It never changes and needs no lock.
type Snapshot struct {
	gen          int64
	days, events map[string]key
}

// Ids of keys begin with their kind.
const (
	dayPrefix   = "kd_"
	eventPrefix = "ke_"
)

// Snapshot returns the present keys. It never waits, not even for a turn.
func (s *Set) Snapshot() *Snapshot { return s.snap.Load() }

// Key returns a copy of the key with this id, if it lives.
func (s *Snapshot) Key(id string) (secret [32]byte, ok bool) {
	k, ok := s.days[id]
	if !ok {
		k, ok = s.events[id]
	}
	return k.secret, ok
}

// Generation counts the writes to the set's files; it never goes down. The database notes it in
// the transaction that registers new stock, and may note it more often.
func (s *Snapshot) Generation() int64 { return s.gen }

// IDs returns the ids of all living keys of a kind, in order. Those that neither a bucket nor the
// stock in the database names come from a crash between AddStock and the database: while Alarms is
// empty they may be registered as stock.
func (s *Snapshot) IDs(kind Kind) []string {
	keys := s.days
	if kind == Event {
		keys = s.events
	}
	ids := make([]string, 0, len(keys))
	for id := range keys {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// publish shows the rings' present state to readers.
func (s *Set) publish() {
	gen := max(s.keys.now.gen, s.events.now.gen)
	s.snap.Store(&Snapshot{gen: gen, days: s.keys.now.keys, events: s.events.now.keys})
}
