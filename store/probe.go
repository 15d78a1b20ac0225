package store

import (
	"context"
	"crypto/rand"
)

// probeSize is as much as a message of 4,000 characters needs with everything that is written beside
// it, in bytes.
const probeSize = 16 << 10

var (
	probes   = MustQueries(probeText)
	probeAdd = probes.Get("probe-add")
	probeEnd = probes.Get("probe-end")
)

// The row lives in no committed moment, so nobody ever reads it.
const probeText = `
-- name: probe-add
insert into notice_version (authority, id, version, digest, source, noted_at) values ('', 'probe', 0, '', ?, 0);
-- name: probe-end
delete from notice_version where authority = '' and id = 'probe';
`

// Probe writes as much as a message needs and takes it back, in one transaction. When that is durable
// Failing is over. It needs a migrated database. Errors as of Write.
func (db *DB) Probe(ctx context.Context) error {
	bytes := make([]byte, probeSize)
	rand.Read(bytes) // never fails; PostgreSQL would compress zeros
	err := db.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.Exec(ctx, probeAdd, bytes); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, probeEnd)
		return err
	})
	if err == nil {
		db.failing.Store(false)
	}
	return err
}
