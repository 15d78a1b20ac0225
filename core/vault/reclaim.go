package vault

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"luukku/fault"
	"luukku/store"
)

// Reclaim deletes the rows of buckets whose key is gone, in slices that hold the writer at most
// budget (0 is 50 ms) each and leave it alone for as long in between, until nothing is left or ctx
// ends (no error). It returns the rows that the packages deleted. dropped → gone. A second call
// for the same authority while one runs returns at once.
func (v *Vault) Reclaim(ctx context.Context, authority string, budget time.Duration) (int64, error) {
	lock, _ := v.slices.LoadOrStore(authority, &sync.Mutex{})
	if !lock.(*sync.Mutex).TryLock() {
		return 0, nil
	}
	defer lock.(*sync.Mutex).Unlock()
	total, buckets, pace := int64(0), 0, newPace(budget)
	for {
		rows, worked, err := v.reclaimSlice(ctx, authority, pace)
		total += rows
		if err != nil || !worked {
			return total, v.reclaimed(ctx, buckets, err)
		}
		buckets++
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
	rows, err := v.reclaimPage(ctx, tx, authority, page, size)
	return rows, true, err
}

// reclaimPage has the packages delete rows of a page's records, and the records that have none
// left.
func (v *Vault) reclaimPage(ctx context.Context, tx *store.Tx, authority string, page []unsettled, size int) (int64, error) {
	byType := map[string][]RecordID{}
	for _, u := range page {
		byType[u.typ] = append(byType[u.typ], u.id)
	}
	total := int64(0)
	for _, typ := range keysOf(byType) {
		b, err := v.binding(typ)
		if err != nil {
			return total, err
		}
		rows, err := b.Reclaim(ctx, tx, authority, byType[typ], size)
		if err != nil {
			return total, err
		}
		total += rows
		if rows >= int64(size) {
			return total, nil // there may be more of these records
		}
		if err := dropRecords(ctx, tx, authority, byType[typ]); err != nil {
			return total, err
		}
	}
	return total, nil
}

// dropRecords deletes records with their tokens and holds.
func dropRecords(ctx context.Context, tx *store.Tx, authority string, ids []RecordID) error {
	for _, id := range ids {
		for _, q := range []store.Query{qTokensDrop, qHoldsDrop, qRecordDrop} {
			if _, err := tx.Exec(ctx, q, authority, string(id)); err != nil {
				return err
			}
		}
	}
	return nil
}

func keysOf[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
