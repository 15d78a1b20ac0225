package vault

import (
	"context"
	"errors"
	"time"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// MoveOpen moves what is still open out of the buckets whose last day is day or earlier, in slices
// that hold the writer at most budget (0 is 50 ms). It returns how many records it moved. What is
// closed for good is marked so, and ends with its bucket.
func (v *Vault) MoveOpen(ctx context.Context, authority string, day notice.Day, budget time.Duration) (int, error) {
	var ending []bucket
	err := v.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		ending, err = store.Select(ctx, tx, qBucketsEnding, scanBucket, authority, day.End(v.o.Zone(authority)).UnixMilli())
		return err
	})
	moved := 0
	var failures []error
	for _, b := range ending {
		n, err := v.empty(ctx, authority, b, budget)
		moved += n
		failures = append(failures, err)
	}
	return moved, errors.Join(append(failures, err)...)
}

// empty moves the open records out of one bucket.
func (v *Vault) empty(ctx context.Context, authority string, b bucket, budget time.Duration) (int, error) {
	moved, after, pace := 0, RecordID(""), newPace(budget)
	for {
		var page []unsettled
		n := 0
		err := pace.write(ctx, v.o.DB, func(ctx context.Context, tx *store.Tx, size int) (err error) {
			if page, err = unsettledIn(ctx, tx, authority, b.id, after, size); err != nil {
				return err
			}
			n, err = v.moveOn(ctx, tx, authority, page)
			return err
		})
		if err != nil || len(page) == 0 {
			return moved, err
		}
		moved += n
		after = page[len(page)-1].id
	}
}

// unsettled is a record that may have to be moved.
type unsettled struct {
	id         RecordID
	typ, thing string
}

func unsettledIn(ctx context.Context, tx *store.Tx, authority, bucket string, after RecordID, size int) ([]unsettled, error) {
	return store.Select(ctx, tx, qUnsettled, func(scan func(...any) error) (u unsettled, err error) {
		return u, scan(&u.id, &u.typ, &u.thing)
	}, authority, bucket, string(after), size)
}

// moveOn asks the packages which of a page's records are open, moves those and settles the rest.
func (v *Vault) moveOn(ctx context.Context, tx *store.Tx, authority string, page []unsettled) (int, error) {
	open, err := v.openOf(ctx, tx, authority, page)
	if err != nil {
		return 0, err
	}
	moved := 0
	for _, u := range page {
		from, stays := open[u.typ][u.thing]
		if !stays {
			if _, err := tx.Exec(ctx, qRecordSettle, authority, string(u.id)); err != nil {
				return moved, err
			}
			continue
		}
		left, err := v.carryOn(ctx, tx, authority, u.id, from)
		if err != nil {
			return moved, err
		}
		if left {
			moved++
		}
	}
	return moved, nil
}

// openOf asks each package of a page about its rows.
func (v *Vault) openOf(ctx context.Context, tx *store.Tx, authority string, page []unsettled) (map[string]map[string]time.Time, error) {
	things := map[string][]string{}
	for _, u := range page {
		things[u.typ] = append(things[u.typ], u.thing)
	}
	open := map[string]map[string]time.Time{}
	for typ, rows := range things {
		b, err := v.binding(typ)
		if err != nil {
			return nil, err
		}
		if open[typ], err = b.Move(ctx, tx, authority, rows, v.now()); err != nil {
			return nil, err
		}
	}
	return open, nil
}

// carryOn moves one open record to the bucket that follows from the moment it counts from now. If
// that moment is so early that its time is over all the same, it ends with its bucket.
func (v *Vault) carryOn(ctx context.Context, tx *store.Tx, authority string, id RecordID, from time.Time) (left bool, err error) {
	r, err := v.recordForMove(ctx, tx, authority, id)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	before := r.bucket.id
	err = v.recount(ctx, tx, r, from, "still-open")
	if fault.Is(err, fault.Gone) || err == nil && r.bucket.ended(v.now()) {
		_, err = tx.Exec(ctx, qRecordSettle, authority, string(id))
	}
	return r.bucket.id != before, err
}
