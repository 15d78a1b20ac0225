package retain

import (
	"context"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Ending is something that will be destroyed: what, when, how much of it, and why then.
type Ending struct {
	Bucket  vault.BucketInfo
	Notice  *notice.Notice // the version that holds today; nil for one that is no longer declared
	Group   *notice.Group
	Keep    notice.Keep  // the group's time, as values
	Held    *notice.Hold // the declared reason to keep longer, nil for none
	Overdue bool         // its time has passed; it is being destroyed
}

// Plan lists what an authority will destroy until the end of a day, soonest first, with what has
// ended and is not gone yet. Held and restricted records are listed by themselves; a restriction
// has no day and comes last.
func (c *Clockwork) Plan(ctx context.Context, tx *store.Tx, authority string, until notice.Day) ([]Ending, error) {
	buckets, err := c.o.Vault.Plan(ctx, tx, authority, until)
	if err != nil {
		return nil, err
	}
	today, now := c.today(authority), c.o.Keeper.Now().UnixMilli()
	endings := make([]Ending, len(buckets))
	for i, b := range buckets {
		endings[i] = Ending{Bucket: b, Overdue: b.EndsAt > 0 && b.EndsAt <= now}
		hold, err := holdCode(ctx, tx, authority, b.Hold)
		if err != nil {
			return nil, err
		}
		if n, ok := c.o.Shelf.Current(authority, b.Notice, today); ok {
			endings[i].explain(n, hold)
		}
	}
	return endings, nil
}

// holdCode is the declared reason of a hold, "" for none.
func holdCode(ctx context.Context, tx *store.Tx, authority, id string) (code string, err error) {
	if id == "" {
		return "", nil
	}
	err = tx.Row(ctx, qHoldCode, authority, id).Scan(&code)
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return code, err
}

// explain fills in what the notice says.
func (e *Ending) explain(n *notice.Notice, hold string) {
	e.Notice = n
	if e.Group = n.Group(e.Bucket.Group); e.Group == nil {
		return
	}
	e.Keep = e.Group.Keep
	if hold != "" {
		e.Held = e.Group.Hold(hold)
	}
}
