package vault

import (
	"context"
	"slices"

	"luukku/core/access"
	"luukku/core/vault/keystore"
	"luukku/fault"
	"luukku/store"
)

// Lost is what cannot be read any more.
type Lost struct {
	Authority string
	Buckets   []BucketInfo // living ones whose key is in no key store
}

// KeysLost lists the living buckets whose key is not in the authority's key stores (nil: in none)
// and, with confirm, gives them up: they are dead, the fact is journalled and recorded, and the
// authority seals again. Their rows stay until their time, but nothing opens them. It is the only
// way in which an older generation is accepted; the stores must be there to confirm.
func (v *Vault) KeysLost(ctx context.Context, authority string, confirm bool) (Lost, error) {
	set := v.o.Keys(authority)
	lost, err := v.findLost(ctx, authority, set)
	if err != nil || !confirm {
		return lost, err
	}
	if set == nil {
		return lost, fault.New(fault.Busy, "keys-unavailable")
	}
	var ids []string
	for _, b := range lost.Buckets {
		ids = append(ids, b.ID)
	}
	if lines := linesOf(lineLost, v.now().UnixMilli(), ids); len(lines) > 0 {
		if err := set.Append(ctx, lines...); err != nil {
			return lost, err
		}
	}
	if err := v.giveUp(ctx, authority, set, ids); err != nil {
		return lost, err
	}
	v.forgetKeys()
	if err := v.StartAuthority(ctx, authority); err != nil {
		return lost, err
	}
	return lost, v.recordLoss(ctx, authority, lost)
}

// LostWith lists the living buckets whose keys are among those named: what KeysLost would give up once
// the key files that are left were taken into use.
func (v *Vault) LostWith(ctx context.Context, authority string, keys []string) (Lost, error) {
	return v.without(ctx, authority, func(key string) bool { return !slices.Contains(keys, key) })
}

func (v *Vault) findLost(ctx context.Context, authority string, set *keystore.Set) (Lost, error) {
	if set == nil {
		return v.without(ctx, authority, func(string) bool { return false })
	}
	snapshot := set.Snapshot()
	return v.without(ctx, authority, func(key string) bool { _, ok := snapshot.Key(key); return ok })
}

// without lists the living buckets whose key is not there.
func (v *Vault) without(ctx context.Context, authority string, has func(key string) bool) (Lost, error) {
	lost := Lost{Authority: authority}
	err := v.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		missing, err := missingKeys(ctx, tx, authority, has)
		if err != nil {
			return err
		}
		for _, id := range missing {
			info, err := bucketInfo(ctx, tx, authority, id)
			if err != nil {
				return err
			}
			lost.Buckets = append(lost.Buckets, info)
		}
		return nil
	})
	return lost, err
}

// missingKeys lists the buckets that live without a key.
func missingKeys(ctx context.Context, tx *store.Tx, authority string, has func(key string) bool) (ids []string, err error) {
	err = tx.Each(ctx, qBucketsKeys, func(scan func(...any) error) error {
		var id, key, event string
		var state State
		if err := scan(&id, &key, &state, &event); err != nil {
			return err
		}
		if (state == Living || state == Closing) && !has(key) {
			ids = append(ids, id)
		}
		return nil
	}, authority)
	return ids, err
}

func bucketInfo(ctx context.Context, tx *store.Tx, authority, id string) (BucketInfo, error) {
	row := tx.Row(ctx, qBucketInfo, authority, id)
	return scanInfo(row.Scan)
}

// giveUp makes the buckets dead and accepts the generation that is there.
func (v *Vault) giveUp(ctx context.Context, authority string, set *keystore.Set, ids []string) error {
	return v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, id := range ids {
			if err := v.kill(ctx, tx, authority, id, causeLost); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, qGenerationForce, authority, set.Snapshot().Generation(), v.now().UnixMilli())
		return err
	})
}

// recordLoss writes the entry; it needs the audit's own bucket, so the keys must be there again.
func (v *Vault) recordLoss(ctx context.Context, authority string, lost Lost) error {
	return v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		e := Entry{At: v.now().UnixMilli(), Caller: access.Caller{Authority: authority, Kind: access.Program, ID: "keys"},
			Role: access.RoleProgram, Action: ActionKeysLost, Outcome: OutcomeAllowed}
		for _, b := range lost.Buckets {
			e.Group = joined(e.Group, b.Notice+"/"+b.Group)
		}
		return v.record(ctx, tx, e)
	})
}
