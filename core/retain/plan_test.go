package retain

import (
	"context"

	"luukku/core/notice"
	"luukku/store"
)

func (h *house) plan(authority string, until notice.Day) (plan []Ending) {
	h.t.Helper()
	h.read(func(ctx context.Context, tx *store.Tx) (err error) {
		plan, err = h.work.Plan(ctx, tx, authority, until)
		return err
	})
	return plan
}
