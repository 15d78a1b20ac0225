package keystore

import (
	"context"
	"crypto/ed25519"
	"io"
	"time"
)

// Kind says what ends a key: the end of a day, or an event.
type Kind byte

// The kinds of key.
const (
	Day   Kind = 1
	Event Kind = 2
)

// Stock counts ready, unassigned keys.
type Stock struct{ Day, Event int }

// Options say whose keys a set holds and where.
type Options struct {
	Authority string           // permanent id, lower-case letters, digits and hyphens
	Stores    []*Store         // one or two, each with another name, folder and KEK
	Now       func() time.Time // accepted time; it ages the journal
	Rand      io.Reader        // nil: crypto/rand
}

// Set is one authority's keys and journal, in one or two stores.
type Set struct{}

// Snapshot is what a set held at one moment. It never changes and needs no lock.
type Snapshot struct{}

// TurnReport says what a turn did.
type TurnReport struct {
	NewStock   []string // ids of new day keys, in every store by now
	NewEvents  []string // ids of new event keys, in every store by now
	Dropped    int      // keys that were there and are no more
	Generation int64    // to be noted in the database
	Alarms     []Alarm  // what the administrator must see; they stand until mended
}

// Alarm is something about the stores that an administrator must mend.
type Alarm struct {
	Kind  string    // store-unreachable, store-rebuilt, tail-dropped, kek-not-destroyed
	Store string    // the store's name
	Since time.Time // when it was first seen
	Text  string    // the cause, for the log; never personal data
}

// CreateSet makes an authority's first, empty key files in every store. It returns ErrExists where
// keys exist already.
func CreateSet(ctx context.Context, o Options) (*Set, error) { return nil, ErrMissing }

// OpenSet opens an authority's key files and finishes what a crash left half done. The database
// noted generation noted: ErrMissing, ErrCorrupt or ErrOlder when no store can show that or later.
func OpenSet(ctx context.Context, o Options, noted int64) (*Set, error) { return nil, ErrMissing }

// Snapshot returns the present keys.
func (s *Set) Snapshot() *Snapshot { return nil }

// Key returns a copy of the key with this id, if it lives.
func (s *Snapshot) Key(id string) (key [32]byte, ok bool) { return key, false }

// Generation counts the writes to the set's files; it never goes down.
func (s *Snapshot) Generation() int64 { return 0 }

// IDs returns the ids of all living keys of a kind, in order.
func (s *Snapshot) IDs(kind Kind) []string { return nil }

// AddStock makes n new keys and returns their ids once every store holds them durably.
func (s *Set) AddStock(ctx context.Context, kind Kind, n int) ([]string, error) {
	return nil, ErrMissing
}

// Turn drops the day keys named, adds stock, and writes the rest under new KEKs; the old KEKs are
// destroyed. An id that is not there is no error.
func (s *Set) Turn(ctx context.Context, drop []string, add Stock) (TurnReport, error) {
	return TurnReport{}, ErrMissing
}

// TurnEvents drops the event keys named and turns their ring.
func (s *Set) TurnEvents(ctx context.Context, drop []string) (TurnReport, error) {
	return TurnReport{}, ErrMissing
}

// Append writes lines to the journal, durably, before it returns.
func (s *Set) Append(ctx context.Context, lines ...JournalLine) error { return ErrMissing }

// Journal returns the living lines in the order they were written.
func (s *Set) Journal() []JournalLine { return nil }

// Signer is the authority's audit signing key.
func (s *Set) Signer() ed25519.PrivateKey { return nil }

// Alarms returns what stands now.
func (s *Set) Alarms() []Alarm { return nil }

// Close ends the use of the set's files. Its keys are forgotten.
func (s *Set) Close() error { return nil }
