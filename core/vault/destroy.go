package vault

import (
	"context"
	"time"

	"luukku/core/notice"
	"luukku/store"
)

// State is a bucket's state; it only ever goes forward.
type State string

// The states.
const (
	Living  State = "living"  // seals, opens and takes records in
	Closing State = "closing" // its last day is over: records only leave it
	Dead    State = "dead"    // nothing opens; the key waits for the turn
	Dropped State = "dropped" // the key is gone; the rows wait to be reclaimed
	Gone    State = "gone"    // nothing is left but this line
)

// BucketInfo is a bucket as an officer sees it.
type BucketInfo struct {
	ID      string
	Notice  string
	Group   string
	LastDay notice.Day // "" for a restriction or an event
	Hold    string     // id of the hold that it is for, or ""
	State   State
	Records int64
	EndsAt  int64 // unix milliseconds: the first moment at which nothing opens
	DeadAt  int64
	Lost    bool // its key was lost
}

// Plan lists the buckets that end at or before until, or have ended and are not gone, soonest
// first: what will be destroyed, and when.
func (v *Vault) Plan(ctx context.Context, tx *store.Tx, authority string, until notice.Day) ([]BucketInfo, error) {
	return nil, notBuilt()
}

// MoveOpen moves what is still open out of the buckets whose last day is day or earlier, in slices
// that hold the writer at most budget (0 is 50 ms). It returns how many records it moved.
func (v *Vault) MoveOpen(ctx context.Context, authority string, day notice.Day, budget time.Duration) (int, error) {
	return 0, notBuilt()
}

// Destroy ends the buckets of an authority whose time has passed: living → closing, the last moves,
// → dead. A bucket from which something must still be moved stays closing for the next turn. It
// returns the buckets that are dead now. fault.Busy while the clock does not allow destroying.
func (v *Vault) Destroy(ctx context.Context, authority string) ([]BucketInfo, error) {
	return nil, notBuilt()
}

// Turned tells what a turn did.
type Turned struct {
	Buckets  []string // whose keys were dropped
	NewStock int
	Alarms   []Alarm
}

// Turn drops the keys of dead day buckets from the key stores under a new KEK, refills the stock,
// and notes the stores' generation. dead → key dropped. It is safe to repeat after a crash.
func (v *Vault) Turn(ctx context.Context, authority string) (Turned, error) {
	return Turned{}, notBuilt()
}

// TurnEvents does the same for event buckets; nothing happens when none has ended.
func (v *Vault) TurnEvents(ctx context.Context, authority string) (Turned, error) {
	return Turned{}, notBuilt()
}

// Reclaim deletes rows of buckets whose key is gone, in slices that hold the writer at most budget
// (0 is 50 ms) each, until ctx ends or nothing is left. It returns the rows deleted. dropped → gone.
func (v *Vault) Reclaim(ctx context.Context, authority string, budget time.Duration) (int64, error) {
	return 0, notBuilt()
}

// Lost is what cannot be read any more.
type Lost struct {
	Authority string
	Buckets   []BucketInfo
}

// KeysLost lists the buckets whose key is not in set and, with confirm, gives them up: they are
// dead, the fact is journalled and recorded, and the authority seals again under set.
func (v *Vault) KeysLost(ctx context.Context, authority string, confirm bool) (Lost, error) {
	return Lost{}, notBuilt()
}

// Finding is something that Verify found wrong; it holds ids only.
type Finding struct {
	Authority string
	Kind      string // "record-without-bucket", "bucket-without-key", "key-without-bucket"…
	ID        string
	Count     int64
}

// Verify walks buckets, records, tokens, readings and keys and returns what does not fit.
func (v *Vault) Verify(ctx context.Context, authority string) ([]Finding, error) {
	return nil, notBuilt()
}

// Note leaves a line for the journal in tx; it reaches the key stores right after the commit and
// at the latest at the next start. access.Hooks takes it.
func (v *Vault) Note(ctx context.Context, tx *store.Tx, authority, kind string, body []byte) error {
	return notBuilt()
}
