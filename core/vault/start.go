package vault

import (
	"context"
	"errors"
	"time"

	"luukku/core/vault/keystore"
	"luukku/fault"
	"luukku/store"
)

// Start brings the database and the key stores of every authority together after a start or a
// restore: see StartAuthority. It must have returned before the first request. An authority whose
// keys are missing or older does not stop the others: an alarm stands, and nothing of it is sealed
// or opened until luukku keys lost.
func (v *Vault) Start(ctx context.Context) error {
	for _, authority := range v.o.Shelf.Authorities() {
		if err := v.StartAuthority(ctx, authority); err != nil {
			return err
		}
	}
	return nil
}

// goOn tells whether a start goes on: a key store that cannot be reached stops nobody: what waits for it is tried again, and its alarm stands.
func (v *Vault) goOn(authority string, err error) bool {
	if fault.Is(err, fault.Busy) && fault.Of(err).Key == "keystore-unreachable" {
		v.courier.send(authority)
		return true
	}
	return err == nil
}

// StartAuthority replays the journal, resumes half-done destructions, fills the stock, ends the
// reading sessions that this process left behind, removes blobs that no row names, and sends journal
// lines that a crash held back.
// It can be repeated at any time.
func (v *Vault) StartAuthority(ctx context.Context, authority string) error {
	v.mu.Lock()
	v.started[authority] = true
	v.mu.Unlock()
	set, err := v.fit(ctx, authority)
	if set == nil {
		return err
	}
	steps := []func(context.Context, string) error{v.restock, v.replay, v.Flush, v.resume, v.Refill, v.endOrphans, v.sweepAtStart}
	for _, step := range steps {
		if err := step(ctx, authority); !v.goOn(authority, err) {
			return err
		}
	}
	return nil
}

// fit checks that an authority's key stores are there and as new as the database knows, and bars
// the authority otherwise. nil without an error is a bar.
func (v *Vault) fit(ctx context.Context, authority string) (*keystore.Set, error) {
	noted, err := Noted(ctx, v.o.DB, authority)
	if err != nil {
		return nil, err
	}
	set := v.o.Keys(authority)
	v.bar(authority, set == nil || set.Snapshot().Generation() < noted.Generation)
	v.calm(authority, AlarmKeysMissing)
	v.calm(authority, AlarmKeysOlder)
	switch {
	case set == nil:
		v.raise(authority, AlarmKeysMissing, "")
		return nil, nil
	case v.barred(authority):
		v.raise(authority, AlarmKeysOlder, "")
		return nil, nil
	}
	return set, nil
}

// restoredNode is the node of the reading sessions that a restored database had.
const restoredNode = "restored"

// AfterRestore makes a database that was just restored fit to be started: keys that it takes for
// ready may have been used since its backup, so none of them is used again, and no reading session
// goes on. Whoever restores calls it before the first start. It needs no vault; now is in accepted
// time.
func AfterRestore(ctx context.Context, db *store.DB, now time.Time) error {
	return db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Exec(ctx, qStockDoubted, now.UnixMilli()); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, qReadingsCut)
		return err
	})
}

// NotedKeys is what a database knows of an authority's key stores.
type NotedKeys struct {
	Generation int64    // 0 when it knows none
	Keys       []string // ids of the keys of buckets that have not died, and of the stock
}

// Noted reads what the database knows of an authority's key stores, for keystore.OpenSet,
// keystore.FindLoss and keystore.AcceptLoss. It needs no vault.
func Noted(ctx context.Context, db *store.DB, authority string) (NotedKeys, error) {
	var known NotedKeys
	err := db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		err := tx.Row(ctx, qGeneration, authority).Scan(&known.Generation)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err := known.ofBuckets(ctx, tx, authority); err != nil {
			return err
		}
		return known.ofStock(ctx, tx, authority)
	})
	return known, err
}

func (k *NotedKeys) ofBuckets(ctx context.Context, tx *store.Tx, authority string) error {
	return tx.Each(ctx, qBucketsKeys, func(scan func(...any) error) error {
		var id, key, event string
		var state State
		err := scan(&id, &key, &state, &event)
		if state == Living || state == Closing {
			k.Keys = append(k.Keys, key)
		}
		return err
	}, authority)
}

func (k *NotedKeys) ofStock(ctx context.Context, tx *store.Tx, authority string) error {
	return tx.Each(ctx, qStock, func(scan func(...any) error) error {
		var key, kind string
		var since int64
		err := scan(&key, &kind, &since)
		if kind != kindStray {
			k.Keys = append(k.Keys, key)
		}
		return err
	}, authority)
}

// restock fills the stock before anything is replayed: what a replay erases or moves it records, and
// the day's first entry takes a key, of which a database that was just restored has none ready.
func (v *Vault) restock(ctx context.Context, authority string) error {
	set, err := v.set(authority)
	if err != nil {
		return err
	}
	err = v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return dropMissingStock(ctx, tx, set.Snapshot(), authority)
	})
	if err != nil {
		return err
	}
	return v.Refill(ctx, authority)
}

// resume takes up destructions where a crash or a restore left them: a bucket whose key is no
// longer in the stores is dropped, and a ready key that is not there is no stock.
func (v *Vault) resume(ctx context.Context, authority string) error {
	set, err := v.set(authority)
	if err != nil {
		return err
	}
	snapshot := set.Snapshot()
	return v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(
			eachMissing(ctx, tx, qBucketsDead, qBucketDropped, snapshot, authority, store.Bit(false)),
			eachMissing(ctx, tx, qBucketsDead, qBucketDropped, snapshot, authority, store.Bit(true)),
			dropMissingStock(ctx, tx, snapshot, authority))
	})
}

// eachMissing runs then for each row (id, key) of list whose key the stores do not have.
func eachMissing(ctx context.Context, tx *store.Tx, list, then store.Query, snapshot *keystore.Snapshot, authority string, events int64) error {
	ids, err := store.Select(ctx, tx, list, func(scan func(...any) error) (pair [2]string, err error) {
		return pair, scan(&pair[0], &pair[1])
	}, authority, events)
	if err != nil {
		return err
	}
	for _, pair := range ids {
		if _, ok := snapshot.Key(pair[1]); ok {
			continue
		}
		if _, err := tx.Exec(ctx, then, authority, pair[0]); err != nil {
			return err
		}
	}
	return nil
}

func dropMissingStock(ctx context.Context, tx *store.Tx, snapshot *keystore.Snapshot, authority string) error {
	keys, err := store.Select(ctx, tx, qStock, func(scan func(...any) error) (key string, err error) {
		var kind string
		var since int64
		return key, scan(&key, &kind, &since)
	}, authority)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if _, ok := snapshot.Key(key); ok {
			continue
		}
		if _, err := tx.Exec(ctx, qStockDrop, authority, key); err != nil {
			return err
		}
	}
	return nil
}
