package vault

import (
	"context"
	"time"

	"luukku/core/vault/keystore"
	"luukku/fault"
	"luukku/store"
)

// The kinds of keys in the stock, as the database writes them.
const (
	kindDay   = "day"
	kindEvent = "event"
	kindStray = "stray" // of no bucket that this database knows
)

// forever is when a restriction's bucket ends: not by itself.
var forever = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// bucketFor finds the living bucket with this identity and locks it against change, or makes it
// with a key from the stock. Errors: fault.Gone when it has ended, fault.Busy "key-stock-empty".
func (v *Vault) bucketFor(ctx context.Context, tx *store.Tx, authority string, is identity, ends time.Time) (bucket, error) {
	b, err := findBucket(ctx, tx, authority, is)
	if fault.Is(err, fault.NotFound) {
		if !v.now().Before(ends) {
			return bucket{}, retentionEnded()
		}
		b, err = v.addBucket(ctx, tx, authority, is, ends)
	}
	if err == nil && b.ended(v.now()) {
		err = retentionEnded()
	}
	return b, err
}

func findBucket(ctx context.Context, tx *store.Tx, authority string, is identity) (bucket, error) {
	b := bucket{is: is}
	err := tx.Row(ctx, qBucketFind, authority, is.notice, is.group, string(is.expiry), is.hold, is.event).
		Scan(&b.id, &b.key, &b.state, &b.ends)
	return b, err
}

// addBucket makes a bucket. When another transaction was first, the key goes back to the stock.
func (v *Vault) addBucket(ctx context.Context, tx *store.Tx, authority string, is identity, ends time.Time) (bucket, error) {
	key, kind, err := v.takeKey(ctx, tx, authority, is)
	if err != nil {
		return bucket{}, err
	}
	b := bucket{id: store.NewID(bucketPrefix), is: is, key: key, state: Living, ends: ends.UnixMilli()}
	added, err := b.insert(ctx, tx, authority, v.now().UnixMilli())
	if err != nil || added {
		return b, err
	}
	if err := addStock(ctx, tx, authority, kind, v.now(), key); err != nil {
		return bucket{}, err
	}
	return findBucket(ctx, tx, authority, is)
}

func (b *bucket) insert(ctx context.Context, tx *store.Tx, authority string, born int64) (bool, error) {
	rows, err := tx.Exec(ctx, qBucketAdd, authority, b.id, b.is.notice, b.is.group, string(b.is.expiry),
		b.is.hold, b.is.event, b.key, string(b.state), b.ends, born)
	return rows > 0, err
}

// takeKey takes a ready key of the kind that ends such a bucket.
func (v *Vault) takeKey(ctx context.Context, tx *store.Tx, authority string, is identity) (key, kind string, err error) {
	kind = kindDay
	if is.event != "" {
		kind = kindEvent
	}
	err = tx.Row(ctx, qStockTake, authority, authority, kind).Scan(&key)
	if fault.Is(err, fault.NotFound) {
		v.raise(authority, AlarmStockEmpty, kind)
		return "", "", fault.New(fault.Busy, "key-stock-empty")
	}
	return key, kind, err
}

// addStock notes keys that every store holds.
func addStock(ctx context.Context, tx *store.Tx, authority, kind string, now time.Time, keys ...string) error {
	for _, key := range keys {
		if _, err := tx.Exec(ctx, qStockAdd, authority, key, kind, now.UnixMilli()); err != nil {
			return err
		}
	}
	return nil
}

// wanted is how many keys of each kind lie ready: a bucket for each declared group and day to
// come, and some for holds. Events come as they come.
func (v *Vault) wanted(authority string) keystore.Stock {
	groups := 0
	shelf := v.o.Shelf
	for _, n := range shelf.CurrentAll(authority, v.today(authority)) {
		groups += len(n.Groups)
	}
	return keystore.Stock{Day: v.o.StockDays*groups + spareHolds, Event: v.events(authority)}
}

const (
	spareHolds  = 50
	spareEvents = 500
)

// events is 0 for an authority none of whose groups ends with an event.
func (v *Vault) events(authority string) int {
	for _, n := range v.o.Shelf.CurrentAll(authority, v.today(authority)) {
		for _, g := range n.Groups {
			if g.Keep.Until != "" {
				return spareEvents
			}
		}
	}
	return 0
}
