package store_test

import (
	"context"
	"testing"

	"luukku/store"
	"luukku/store/storetest"
)

var probed = store.MustQueries(`
-- name: left
select count(*) from notice_version;
`)

func TestAProbeLeavesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, ctx context.Context, empty func() string) {
		db := storetest.Reopen(t, empty())
		must(t, db.Probe(ctx))
		must(t, db.Probe(ctx))
		must(t, db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
			var left int
			if err := tx.Row(ctx, probed.Get("left")).Scan(&left); err != nil || left != 0 {
				t.Errorf("%d rows left, %v", left, err)
			}
			return nil
		}))
	})
}
