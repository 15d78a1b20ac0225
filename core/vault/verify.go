package vault

import (
	"context"

	"luukku/core/vault/keystore"
	"luukku/store"
)

// Finding is something that Verify found wrong; it holds ids only.
type Finding struct {
	Authority string
	Kind      string // "record-without-bucket", "bucket-without-key", "key-without-bucket"…
	ID        string // "" when only a count is known
	Count     int64
}

// checks are the queries that give one id for each thing that does not fit, 1,000 at most.
var checks = []struct {
	kind string
	q    store.Query
}{
	{"record-without-bucket", queries.Get("verify-record-without-bucket")},
	{"record-in-gone-bucket", queries.Get("verify-record-in-gone-bucket")},
	{"token-without-record", queries.Get("verify-token-without-record")},
	{"hold-without-record", queries.Get("verify-hold-without-record")},
	{"blob-without-record", queries.Get("verify-blob-without-record")},
	{"restriction-not-kept", queries.Get("verify-hold-outside-its-bucket")},
	{"copy-outlives", queries.Get("verify-copy-outlives")},
	{"reading-without-record", queries.Get("verify-reading-without-record")},
}

var qOverdue = queries.Get("verify-overdue")

// Verify walks an authority's buckets, records, tokens, readings, keys and blobs, and the rows of every
// bound package, and returns what does not fit; nil when all does. A key that has nobody, in the
// weeks after a restore, is no finding: the turn drops it in its time.
func (v *Vault) Verify(ctx context.Context, authority string) ([]Finding, error) {
	var all []Finding
	err := v.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range checks {
			if err := list(ctx, tx, &all, authority, c.kind, c.q, authority); err != nil {
				return err
			}
		}
		if v.o.Keeper.MayDestroy() == nil { // while the clock is doubted nothing is overdue
			if err := list(ctx, tx, &all, authority, "bucket-overdue", qOverdue, authority, v.now().Add(-overdue).UnixMilli()); err != nil {
				return err
			}
		}
		if err := v.strays(ctx, tx, &all, authority); err != nil {
			return err
		}
		return v.verifyKeys(ctx, tx, &all, authority)
	})
	if err != nil {
		return all, err
	}
	blobs, err := v.verifyBlobs(ctx, authority)
	return append(all, blobs...), err
}

// overdue is how late a day's end may be before it is a finding.
const overdue = 2 * backupsLive / 36

func list(ctx context.Context, tx *store.Tx, all *[]Finding, authority, kind string, q store.Query, args ...any) error {
	return tx.Each(ctx, q, func(scan func(...any) error) error {
		f := Finding{Authority: authority, Kind: kind, Count: 1}
		err := scan(&f.ID)
		*all = append(*all, f)
		return err
	}, args...)
}

// strays asks the packages for rows whose record does not exist.
func (v *Vault) strays(ctx context.Context, tx *store.Tx, all *[]Finding, authority string) error {
	for _, b := range v.Bindings() {
		if b.Strays == nil {
			continue
		}
		n, err := b.Strays(ctx, tx, authority)
		if err != nil {
			return err
		}
		if n > 0 {
			*all = append(*all, Finding{authority, "row-without-record", b.Type, n})
		}
	}
	return nil
}

// verifyKeys compares the buckets with the key stores: who lives has a key, who is dropped has none.
func (v *Vault) verifyKeys(ctx context.Context, tx *store.Tx, all *[]Finding, authority string) error {
	set := v.o.Keys(authority)
	if set == nil {
		*all = append(*all, Finding{authority, AlarmKeysMissing, "", 1})
		return nil
	}
	snapshot := set.Snapshot()
	return tx.Each(ctx, qBucketsKeys, func(scan func(...any) error) error {
		var id, key, event string
		var state State
		err := scan(&id, &key, &state, &event)
		if kind := misfit(state, key, snapshot); kind != "" {
			*all = append(*all, Finding{authority, kind, id, 1})
		}
		return err
	}, authority)
}

func misfit(state State, key string, snapshot *keystore.Snapshot) string {
	_, held := snapshot.Key(key)
	switch {
	case (state == Living || state == Closing) && !held:
		return "bucket-without-key"
	case (state == Dropped || state == Gone) && held:
		return "key-without-bucket"
	}
	return ""
}
