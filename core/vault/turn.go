package vault

import (
	"context"
	"time"

	"luukku/core/vault/keystore"
	"luukku/store"
)

// Turned tells what a turn did.
type Turned struct {
	Buckets  []string // whose keys were dropped
	NewStock int      // ready keys made
	Strays   int      // keys of no known bucket, dropped when no backup could need them any more
}

// Turn drops the keys of dead buckets from the key stores, the rest is written under new KEKs, the
// stock is filled up, and the stores' generation noted. dead → key dropped. The journal has the
// buckets first. It is safe to repeat after a crash at any point.
func (v *Vault) Turn(ctx context.Context, authority string) (Turned, error) {
	return v.turn(ctx, authority, false)
}

// TurnEvents does the same for event buckets, without refilling. When none has ended it only lets a
// store that was out of reach catch up, so it may be called every minute.
func (v *Vault) TurnEvents(ctx context.Context, authority string) (Turned, error) {
	set, err := v.set(authority)
	if err != nil {
		return Turned{}, err
	}
	ended, err := v.eventsEnded(ctx, authority)
	if err != nil || ended {
		return v.turn(ctx, authority, true)
	}
	_, err = set.TurnEvents(ctx, nil)
	return Turned{}, err
}

func (v *Vault) eventsEnded(ctx context.Context, authority string) (ended bool, err error) {
	err = v.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, qBucketsDead, func(scan func(...any) error) error {
			var id, key string
			ended = true
			return scan(&id, &key)
		}, authority, store.Bit(true))
	})
	return ended, err
}

func (v *Vault) turn(ctx context.Context, authority string, events bool) (Turned, error) {
	set, err := v.set(authority)
	if err != nil {
		return Turned{}, err
	}
	d, err := v.doomed(ctx, authority, set, events)
	if err != nil {
		return Turned{}, err
	}
	if err := v.foretell(ctx, authority, set, d.buckets); err != nil {
		return Turned{}, err
	}
	report, err := v.drop(ctx, authority, set, d, events)
	if err != nil {
		return Turned{}, err
	}
	v.forgetKeys()
	done := Turned{Buckets: d.buckets, NewStock: len(report.NewStock) + len(report.NewEvents), Strays: len(d.strays)}
	return done, v.dropped(ctx, authority, set, d, report)
}

// foretell brings waiting lines and the death of buckets to the journal before their keys go.
func (v *Vault) foretell(ctx context.Context, authority string, set *keystore.Set, buckets []string) error {
	if err := v.Flush(ctx, authority); err != nil {
		return err
	}
	lines := linesOf(keystore.LineDestroyed, v.now().UnixMilli(), buckets)
	if len(lines) == 0 {
		return nil
	}
	return set.Append(ctx, lines...)
}

// drop turns the ring of day keys or of event keys.
func (v *Vault) drop(ctx context.Context, authority string, set *keystore.Set, d doomed, events bool) (keystore.TurnReport, error) {
	if events {
		return set.TurnEvents(ctx, d.keys)
	}
	return set.Turn(ctx, d.keys, v.lacking(authority, d.ready))
}

// lacking is what the stock needs to be full.
func (v *Vault) lacking(authority string, ready keystore.Stock) keystore.Stock {
	want := v.wanted(authority)
	return keystore.Stock{Day: max(0, want.Day-ready.Day), Event: max(0, want.Event-ready.Event)}
}

// dropped writes down what a turn did.
func (v *Vault) dropped(ctx context.Context, authority string, set *keystore.Set, d doomed, report keystore.TurnReport) error {
	err := v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, id := range d.buckets {
			if _, err := tx.Exec(ctx, qBucketDropped, authority, id); err != nil {
				return err
			}
		}
		for _, key := range d.strays {
			if _, err := tx.Exec(ctx, qStockDrop, authority, key); err != nil {
				return err
			}
		}
		if err := v.fill(ctx, tx, authority, report.NewStock, report.NewEvents); err != nil {
			return err
		}
		return v.noteGeneration(ctx, tx, authority, set)
	})
	if err == nil && len(report.NewStock)+d.ready.Day > 0 {
		v.calm(authority, AlarmStockEmpty)
	}
	return err
}

func (v *Vault) fill(ctx context.Context, tx *store.Tx, authority string, days, events []string) error {
	if err := addStock(ctx, tx, authority, kindDay, v.now(), days...); err != nil {
		return err
	}
	return addStock(ctx, tx, authority, kindEvent, v.now(), events...)
}

// doomed are the keys that a turn drops.
type doomed struct {
	buckets []string // dead
	keys    []string // theirs, those of buckets dead longer that a store still has, and strays
	strays  []string
	ready   keystore.Stock
}

// strayLives is how long a key is kept that no bucket of this database has: as long as a backup in
// which one has it can be restored.
const strayLives = backupsLive

// doomed finds what must go. A key in the stores that belongs to no bucket and to no stock is a
// stray: noted now, dropped when no backup can need it.
func (v *Vault) doomed(ctx context.Context, authority string, set *keystore.Set, events bool) (d doomed, err error) {
	kind := keystore.Day
	if events {
		kind = keystore.Event
	}
	held := map[string]bool{}
	for _, key := range set.Snapshot().IDs(kind) {
		held[key] = true
	}
	err = v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := d.ofBuckets(ctx, tx, authority, events, held); err != nil {
			return err
		}
		if err := d.ofStock(ctx, tx, authority, held, v.now()); err != nil {
			return err
		}
		for stray := range held { // what is left has nobody
			if err := addStock(ctx, tx, authority, kindStray, v.now(), stray); err != nil {
				return err
			}
		}
		return nil
	})
	return d, err
}

// ofBuckets takes the keys of ended buckets, and crosses off those of living ones.
func (d *doomed) ofBuckets(ctx context.Context, tx *store.Tx, authority string, events bool, held map[string]bool) error {
	return tx.Each(ctx, qBucketsKeys, func(scan func(...any) error) error {
		var id, key, event string
		var state State
		if err := scan(&id, &key, &state, &event); err != nil {
			return err
		}
		if state == Dead && (event != "") == events {
			d.buckets = append(d.buckets, id)
		}
		if held[key] && state != Living && state != Closing {
			d.keys = append(d.keys, key)
		}
		delete(held, key)
		return nil
	}, authority)
}

// ofStock counts ready keys, takes old strays, and crosses both off.
func (d *doomed) ofStock(ctx context.Context, tx *store.Tx, authority string, held map[string]bool, now time.Time) error {
	return tx.Each(ctx, qStock, func(scan func(...any) error) error {
		var key, kind string
		var since int64
		if err := scan(&key, &kind, &since); err != nil {
			return err
		}
		switch {
		case kind == kindDay:
			d.ready.Day++
		case kind == kindEvent:
			d.ready.Event++
		case held[key] && since <= now.Add(-strayLives).UnixMilli():
			d.strays = append(d.strays, key)
			d.keys = append(d.keys, key)
		}
		delete(held, key)
		return nil
	}, authority)
}

// Refill fills the stock up outside a turn: at the first start, and when it ran empty.
func (v *Vault) Refill(ctx context.Context, authority string) error {
	set, err := v.set(authority)
	if err != nil {
		return err
	}
	ready, err := v.ready(ctx, authority)
	if err != nil {
		return err
	}
	lack := v.lacking(authority, ready)
	days, err := addKeys(ctx, set, keystore.Day, lack.Day)
	if err != nil {
		return err
	}
	events, err := addKeys(ctx, set, keystore.Event, lack.Event)
	if err != nil {
		return err
	}
	err = v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := v.fill(ctx, tx, authority, days, events); err != nil {
			return err
		}
		return v.noteGeneration(ctx, tx, authority, set)
	})
	if err == nil {
		v.calm(authority, AlarmStockEmpty)
	}
	return err
}

func addKeys(ctx context.Context, set *keystore.Set, kind keystore.Kind, n int) ([]string, error) {
	if n == 0 {
		return nil, nil
	}
	return set.AddStock(ctx, kind, n)
}

// ready counts the stock.
func (v *Vault) ready(ctx context.Context, authority string) (keystore.Stock, error) {
	var d doomed
	err := v.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		return d.ofStock(ctx, tx, authority, nil, time.Unix(0, 0))
	})
	return d.ready, err
}
