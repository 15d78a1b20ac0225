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
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"luukku/core/clock"
	"luukku/core/notice"
	"luukku/core/vault/blobs"
	"luukku/core/vault/keystore"
	"luukku/fault"
	"luukku/store"
)

// Options of New. All but Blobs, Rand, Log, Node, StockDays, OnPush and OnEnd must be given.
type Options struct {
	DB       *store.DB
	Keys     func(authority string) *keystore.Set // nil: unknown, missing or older than it should be
	Keeper   *clock.Keeper
	Shelf    *notice.Shelf
	Recorder Recorder
	Blobs    blobs.Store                           // nil: no blob can be stored
	Rand     io.Reader                             // of record keys; nil is crypto/rand
	Zone     func(authority string) *time.Location // in which an authority's days end
	Log      *slog.Logger

	Node      string // permanent name of this process among its peers, "" when alone
	StockDays int    // how many days' keys lie ready; 0 is 14

	// OnPush is called after the commit for each reading session that runs on what was sealed, by
	// the goroutine that wrote. Pushes of different transactions may come in another order than
	// their numbers.
	OnPush func(Pushed)
	// OnEnd is called after the commit for each reading session that ended.
	OnEnd func(r Reading, reason string)
}

// Vault seals, opens, finds, moves and destroys. It is safe for any number of goroutines.
type Vault struct {
	o        Options
	recorder atomic.Pointer[Recorder]
	alarms   alarms
	courier  courier
	slices   sync.Map // authority to its reclaiming lock
	lastLine atomic.Int64
	writing  sync.Map // blobName to nothing: blobs that no row names yet
	scratch  sync.Pool

	bucketKeys cache[keyName, *bucketKey]
	recordKeys cache[recordName, *recordKey]

	mu       sync.RWMutex
	bindings map[string]Binding
	started  map[string]bool
	bars     map[string]bool // authorities whose key stores do not fit the database
}

// New returns a vault. It refuses a nil recorder, and every other part that is missing.
func New(o Options) (*Vault, error) {
	if o.DB == nil || o.Keys == nil || o.Keeper == nil || o.Shelf == nil || o.Zone == nil {
		return nil, errors.New("vault: a part is missing")
	}
	if o.Recorder == nil {
		return nil, errors.New("vault: no recorder, so nothing could be read")
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.StockDays == 0 {
		o.StockDays = 14
	}
	v := &Vault{o: o, bindings: map[string]Binding{}, started: map[string]bool{}, bars: map[string]bool{}}
	v.scratch.New = newScratch
	v.recorder.Store(&o.Recorder)
	v.courier.start(v.deliver)
	return v, nil
}

// SetRecorder gives the recorder to a vault that was made with Later, once.
func (v *Vault) SetRecorder(r Recorder) error {
	if r == nil {
		return errors.New("vault: no recorder")
	}
	before := v.recorder.Load()
	if _, waits := (*before).(Later); !waits || !v.recorder.CompareAndSwap(before, &r) {
		return errors.New("vault: it has a recorder")
	}
	return nil
}

// Close stops what runs beside requests and forgets every opened key.
func (v *Vault) Close() {
	v.courier.stop()
	v.forgetKeys()
}

// now is accepted time: the later of the clock and its mark.
func (v *Vault) now() time.Time { return v.o.Keeper.Now() }

// today is the present day of an authority.
func (v *Vault) today(authority string) notice.Day {
	return notice.DayOf(v.now(), v.o.Zone(authority))
}

// versions returns the version of the notice that a record was collected under and the one that
// rules now: the present version, or the record's own where the group is no longer declared.
func (v *Vault) versions(r *record) (collected, ruling *notice.Notice, err error) {
	shelf := v.o.Shelf
	collected, ok := shelf.Version(r.authority, r.notice, r.version)
	if !ok {
		return nil, nil, fault.New(fault.Internal, "notice-version-missing", "notice", r.notice)
	}
	ruling, ok = shelf.Current(r.authority, r.notice, v.today(r.authority))
	if !ok || ruling.Group(r.group) == nil {
		ruling = collected
	}
	return collected, ruling, nil
}

// groupOf returns the declaration that a record's fields follow.
func (v *Vault) groupOf(r *record) (*notice.Group, error) {
	n, ok := v.o.Shelf.Version(r.authority, r.notice, r.version)
	if !ok || n.Group(r.group) == nil {
		return nil, fault.New(fault.Internal, "notice-version-missing", "notice", r.notice)
	}
	return n.Group(r.group), nil
}

// barred tells whether an authority's key stores were found not to fit its database.
func (v *Vault) barred(authority string) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.bars[authority]
}

func (v *Vault) bar(authority string, barred bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.bars[authority] = barred
}
