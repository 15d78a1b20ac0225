package vault

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"luukku/fault"
	"luukku/store"
)

// reclaimBudget is half of what retention may hold the writer for at a time: nobody waits for these
// rows, and a slice is followed by its commit.
const reclaimBudget = slice / 2

// checkpointEvery is after how many slices SQLite's log is brought into its file, a few milliseconds'
// worth at a time. Left to itself it grows until somebody's commit does so for some 30 ms.
const checkpointEvery = 4

// Reclaim deletes the rows of buckets whose key is gone, in slices that hold the writer at most
// budget (0 is 25 ms) each and leave it alone for as long in between. It runs until nothing is left
// or ctx ends (no error), whatever that takes: about a minute for a million records. It returns how
// many rows are gone: records, their tokens and holds, and what the packages deleted. dropped → gone.
// A second call for the same authority while one runs returns at once.
func (v *Vault) Reclaim(ctx context.Context, authority string, budget time.Duration) (int64, error) {
	lock, _ := v.slices.LoadOrStore(authority, &sync.Mutex{})
	if !lock.(*sync.Mutex).TryLock() {
		return 0, nil
	}
	defer lock.(*sync.Mutex).Unlock()
	total, pace := int64(0), newPace(cmp.Or(budget, reclaimBudget))
	for done := 0; ; done++ {
		rows, worked, err := v.reclaimSlice(ctx, authority, pace)
		total += rows
		if err == nil && worked && done%checkpointEvery == checkpointEvery-1 {
			err = v.o.DB.Checkpoint(ctx)
		}
		if err != nil || !worked {
			return total, v.reclaimed(ctx, done, err)
		}
	}
}

// reclaimed empties SQLite's write-ahead log after what was deleted.
func (v *Vault) reclaimed(ctx context.Context, slices int, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil {
		return nil
	}
	if err != nil || slices == 0 {
		return err
	}
	return v.o.DB.Truncate(ctx)
}

// reclaimSlice deletes one slice and then leaves the writer to others for as long as it took.
func (v *Vault) reclaimSlice(ctx context.Context, authority string, pace *pace) (rows int64, worked bool, err error) {
	began := time.Now()
	err = pace.write(ctx, v.o.DB, func(ctx context.Context, tx *store.Tx, size int) error {
		rows, worked, err = v.reclaimSome(ctx, tx, authority, size)
		return err
	})
	if err != nil || !worked {
		return 0, false, err
	}
	select {
	case <-ctx.Done():
	case <-time.After(min(time.Since(began), slice)):
	}
	return rows, true, nil
}

// reclaimSome deletes about size rows of one dropped bucket, or closes it when it is empty.
func (v *Vault) reclaimSome(ctx context.Context, tx *store.Tx, authority string, size int) (int64, bool, error) {
	var bucket string
	err := tx.Row(ctx, qBucketReclaim, authority, v.now().UnixMilli()).Scan(&bucket)
	if fault.Is(err, fault.NotFound) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	page, err := store.Select(ctx, tx, qOfBucket, func(scan func(...any) error) (u unsettled, err error) {
		return u, scan(&u.id, &u.typ)
	}, authority, bucket, "", size)
	if err != nil {
		return 0, false, err
	}
	if len(page) == 0 {
		_, err := tx.Exec(ctx, qBucketGone, authority, bucket)
		return 0, true, err
	}
	rows, more, err := v.reclaimPage(ctx, tx, authority, page, size)
	if err != nil || more {
		return rows, true, err
	}
	own, err := v.dropRecords(ctx, tx, authority, bucket, page[len(page)-1].id)
	return rows + own, true, err
}

// reclaimPage has the packages delete rows of a page's records; more tells that some may be left.
func (v *Vault) reclaimPage(ctx context.Context, tx *store.Tx, authority string, page []unsettled, size int) (total int64, more bool, err error) {
	byType := map[string][]RecordID{}
	for _, u := range page {
		byType[u.typ] = append(byType[u.typ], u.id)
	}
	for _, typ := range slices.Sorted(maps.Keys(byType)) {
		b, err := v.binding(typ)
		if err != nil {
			return total, false, err
		}
		rows, err := b.Reclaim(ctx, tx, authority, byType[typ], size)
		if total += rows; err != nil || rows >= int64(size) {
			return total, true, err
		}
	}
	return total, false, nil
}

// dropRecords deletes a bucket's first records with their tokens, holds and blobs.
func (v *Vault) dropRecords(ctx context.Context, tx *store.Tx, authority, bucket string, upTo RecordID) (total int64, err error) {
	if err := v.dropBlobs(ctx, tx, authority, qBlobsReclaim, authority, authority, bucket, string(upTo)); err != nil {
		return 0, err
	}
	for _, q := range []store.Query{qTokensReclaim, qHoldsReclaim, qCopiesReclaim} {
		rows, err := tx.Exec(ctx, q, authority, authority, bucket, string(upTo))
		if total += rows; err != nil {
			return total, err
		}
	}
	rows, err := tx.Exec(ctx, qRecordsReclaim, authority, bucket, string(upTo))
	return total + rows, err
}
