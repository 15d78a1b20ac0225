package vault

import (
	"context"
	"errors"
	"io/fs"

	"luukku/store"
)

// dropBlobs runs a query that deletes rows of blobs and returns their ids, and removes the blobs once
// that is committed. What a crash leaves of them no row names, and the next start removes it.
func (v *Vault) dropBlobs(ctx context.Context, tx *store.Tx, authority string, q store.Query, args ...any) error {
	ids, err := store.Select(ctx, tx, q, scanBlobID, args...)
	if err != nil || len(ids) == 0 || v.o.Blobs == nil {
		return err
	}
	tx.OnCommit(func() {
		for _, id := range ids {
			if err := v.o.Blobs.Remove(authority, string(id)); err != nil {
				v.o.Log.Warn("a blob was not removed; the next look does it", "reason", err.Error())
			}
		}
	})
	return nil
}

func scanBlobID(scan func(...any) error) (id BlobID, err error) { return id, scan(&id) }

// SweepBlobs removes the blobs of an authority that no row names and nobody is writing, and returns
// how many. It is run at the start and now and then.
func (v *Vault) SweepBlobs(ctx context.Context, authority string) (int, error) {
	orphans, err := v.orphans(ctx, authority)
	for i, id := range orphans {
		if err := v.o.Blobs.Remove(authority, string(id)); err != nil {
			return i, lost(err)
		}
	}
	return len(orphans), err
}

// sweepAtStart does so at a start, which a store that cannot be read does not stop.
func (v *Vault) sweepAtStart(ctx context.Context, authority string) error {
	if _, err := v.SweepBlobs(ctx, authority); err != nil {
		v.o.Log.Warn("blobs that no row names were not looked for", "reason", err.Error())
	}
	return nil
}

// orphans are the blobs of the store that no row names. They are listed before rows and writers are
// looked at, so that one that is named meanwhile is found there.
func (v *Vault) orphans(ctx context.Context, authority string) ([]BlobID, error) {
	if v.o.Blobs == nil {
		return nil, nil
	}
	var all []BlobID
	err := v.o.Blobs.Each(authority, func(name string) error {
		if _, writes := v.writing.Load(blobName{authority, BlobID(name)}); !writes {
			all = append(all, BlobID(name))
		}
		return nil
	})
	if err != nil {
		return nil, lost(err)
	}
	_, unknown, err := v.known(ctx, authority, all)
	return unknown, err
}

// known parts blobs into those that a row names and the others.
func (v *Vault) known(ctx context.Context, authority string, ids []BlobID) (known, unknown []BlobID, err error) {
	if len(ids) == 0 {
		return nil, nil, nil
	}
	err = v.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, id := range ids {
			rows, err := store.Select(ctx, tx, qBlobKnown, scanBlobID, authority, string(id))
			if err != nil {
				return err
			}
			if len(rows) > 0 {
				known = append(known, id)
			} else {
				unknown = append(unknown, id)
			}
		}
		return nil
	})
	return known, unknown, err
}

// verifyBlobs adds the blobs that should be there and are not, and counts those that no row names.
func (v *Vault) verifyBlobs(ctx context.Context, authority string) ([]Finding, error) {
	if v.o.Blobs == nil {
		return nil, nil
	}
	missing, err := v.missing(ctx, authority)
	if err != nil {
		return nil, err
	}
	var all []Finding
	for _, id := range missing {
		all = append(all, Finding{authority, "blob-missing", string(id), 1})
	}
	orphans, err := v.orphans(ctx, authority)
	if len(orphans) > 0 {
		all = append(all, Finding{authority, "blob-without-row", "", int64(len(orphans))})
	}
	return all, err
}

// missing are the blobs that a living row names and that are not in the store. Rows are looked at twice:
// what was erased in between is not missed.
func (v *Vault) missing(ctx context.Context, authority string) (absent []BlobID, err error) {
	var named []BlobID
	err = v.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		named, err = store.Select(ctx, tx, qBlobsLiving, scanBlobID, authority)
		return err
	})
	for _, id := range named {
		switch file, openErr := v.o.Blobs.Open(authority, string(id)); {
		case openErr == nil:
			file.Close()
		case errors.Is(openErr, fs.ErrNotExist):
			absent = append(absent, id)
		default:
			return nil, lost(openErr)
		}
	}
	if err != nil {
		return nil, err
	}
	absent, _, err = v.known(ctx, authority, absent)
	return absent, err
}
