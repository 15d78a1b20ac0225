package vault

import (
	"context"
	"errors"
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

// Why a bucket died.
const (
	causeExpired  = "expired"
	causeReleased = "released" // the hold it was for has ended
	causeEvent    = "event"
	causeLost     = "lost" // its key was lost
	causeReplayed = "replayed"
)

// BucketInfo is a bucket as an officer sees it.
type BucketInfo struct {
	ID      string
	Notice  string
	Group   string
	LastDay notice.Day // "" for a restriction
	Hold    string     // id of the hold that it is for, or ""
	State   State
	Records int64
	EndsAt  int64 // unix milliseconds: the first moment at which nothing opens
	DeadAt  int64 // unix milliseconds, 0 while it lives
	Cause   string
}

func scanInfo(scan func(...any) error) (b BucketInfo, err error) {
	err = scan(&b.ID, &b.Notice, &b.Group, &b.LastDay, &b.Hold, &b.State, &b.EndsAt, &b.DeadAt, &b.Cause, &b.Records)
	return b, err
}

// Plan lists the buckets that end at or before the end of until, or have ended and are not gone,
// soonest first: what will be destroyed, and when.
func (v *Vault) Plan(ctx context.Context, tx *store.Tx, authority string, until notice.Day) ([]BucketInfo, error) {
	return store.Select(ctx, tx, qBucketsPlan, scanInfo, authority, until.End(v.o.Zone(authority)).UnixMilli())
}

// Destroy ends the buckets of an authority whose time has passed: living → closing, the last moves,
// → dead. A bucket from which something could not be moved stays closing for the next turn, and an
// alarm stands. It returns the buckets that died, and is safe to repeat after a crash at any point.
// fault.Busy while the clock does not allow destroying.
func (v *Vault) Destroy(ctx context.Context, authority string) ([]BucketInfo, error) {
	if err := v.o.Keeper.MayDestroy(); err != nil {
		return nil, err
	}
	closing, err := v.close(ctx, authority)
	if err != nil {
		return nil, err
	}
	var dead []BucketInfo
	var failures []error
	for _, b := range closing {
		if _, err := v.empty(ctx, authority, b, slice); err != nil {
			failures = append(failures, err)
			continue
		}
		info, died, err := v.die(ctx, authority, b)
		if died {
			dead = append(dead, info)
		}
		failures = append(failures, err)
	}
	v.forgetKeys()
	return dead, v.unfinished(authority, len(closing)-len(dead), errors.Join(failures...))
}

// close lets every bucket whose time has passed admit nothing but departures, and lists them.
func (v *Vault) close(ctx context.Context, authority string) (closing []bucket, err error) {
	err = v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Exec(ctx, qBucketClosing, authority, v.now().UnixMilli()); err != nil {
			return err
		}
		closing, err = store.Select(ctx, tx, qBucketsClosing, scanBucket, authority)
		return err
	})
	return closing, err
}

func scanBucket(scan func(...any) error) (b bucket, err error) {
	err = scan(&b.id, &b.is.notice, &b.is.group, &b.is.expiry, &b.is.hold, &b.is.event, &b.key, &b.ends)
	return b, err
}

// die makes a closing bucket dead: one row, whatever it contains. died is false when something is
// still to leave it.
func (v *Vault) die(ctx context.Context, authority string, b bucket) (info BucketInfo, died bool, err error) {
	err = v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.Exec(ctx, qBucketDie, causeExpired, v.now().UnixMilli(), authority, b.id)
		died = rows > 0
		return err
	})
	if err != nil || !died {
		return info, false, err
	}
	return BucketInfo{ID: b.id, Notice: b.is.notice, Group: b.is.group, LastDay: b.is.expiry, Hold: b.is.hold,
		State: Dead, EndsAt: b.ends, DeadAt: v.now().UnixMilli(), Cause: causeExpired}, true, nil
}

func (v *Vault) unfinished(authority string, left int, err error) error {
	if left > 0 || err != nil {
		v.raise(authority, AlarmUnfinished, "")
		return err
	}
	v.calm(authority, AlarmUnfinished)
	return nil
}

// EndEvent ends the buckets that live until something happens to (type, row): the end of an
// appointment. Nothing in them opens once tx has committed; TurnEvents drops their keys.
func (v *Vault) EndEvent(ctx context.Context, tx *store.Tx, authority, typ, row string) error {
	buckets, err := store.Select(ctx, tx, qBucketsEvent, func(scan func(...any) error) (id string, err error) {
		return id, scan(&id)
	}, authority, eventOf(typ, row))
	if err != nil {
		return err
	}
	for _, id := range buckets {
		if err := v.dropCopies(ctx, tx, authority, qCopiesIn, authority, id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, qBucketKill, causeEvent, v.now().UnixMilli(), authority, id); err != nil {
			return err
		}
	}
	return v.EndReadings(ctx, tx, authority, typ, row, "retention-ended")
}

// slice is the longest that retention holds the writer at a time.
const slice = 50 * time.Millisecond
