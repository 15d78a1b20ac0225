package vault

import (
	"context"
	"time"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// Birth says what a new record belongs to.
type Birth struct {
	Authority string
	Notice    string
	Group     string
	Type      string    // type of a bound package: "contact"
	Row       string    // the thing's id within the type
	At        time.Time // the moment that retention counts from; zero is now
	Final     bool      // retention counts from At for good: the thing is closed as it is born
}

// Create makes a record, born as if what it belongs to were closed that day, under the version of
// the notice that holds then. There is one record for each (type, row, notice, group); a second
// Create is fault.Conflict. Two statements when the day's bucket exists.
//
// Errors: fault.Invalid "undeclared-group" (no such notice or group today), fault.Busy
// "key-stock-empty" or "keys-unavailable", fault.Gone when its time has passed, fault.Conflict.
func (v *Vault) Create(ctx context.Context, tx *store.Tx, b Birth) (RecordID, error) {
	r, err := v.newborn(ctx, tx, b)
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, qRecordAdd, r.row()...)
	return r.id, err
}

// newborn makes a record with its key wrapped in the bucket that it is born into.
func (v *Vault) newborn(ctx context.Context, tx *store.Tx, b Birth) (*record, error) {
	if b.Authority == "" || b.Type == "" || b.Row == "" {
		return nil, fault.New(fault.Invalid, "record-without-owner")
	}
	n, ok := v.o.Shelf.Current(b.Authority, b.Notice, v.today(b.Authority))
	if !ok || n.Group(b.Group) == nil {
		return nil, fault.New(fault.Invalid, "undeclared-group", "notice", b.Notice, "group", b.Group)
	}
	if b.At.IsZero() {
		b.At = v.now()
	}
	r := &record{
		register: register{b.Authority, b.Notice, b.Group, b.Type},
		id:       RecordID(store.NewID(recordPrefix)),
		version:  n.Version, thing: b.Row, settled: b.Final,
	}
	r.countFrom(b.At, n.Group(b.Group), v.o.Zone(b.Authority))
	return r, v.house(ctx, tx, r, n.Group(b.Group))
}

// countFrom sets the moment that retention counts from and the last day that follows from it.
func (r *record) countFrom(at time.Time, g *notice.Group, zone *time.Location) {
	r.from, r.ordinary = at.UnixMilli(), g.Keep.LastDay(at, zone)
}

// house finds the newborn's bucket and wraps a new key in it.
func (v *Vault) house(ctx context.Context, tx *store.Tx, r *record, g *notice.Group) error {
	is, ends := v.ordinaryBucket(r, g)
	var err error
	if r.bucket, err = v.bucketFor(ctx, tx, r.authority, is, ends); err != nil {
		return err
	}
	return v.wrapNew(tx, r)
}

// ordinaryBucket is where a record lies that nothing holds: its last day's bucket, or the event's
// with the day as its cap.
func (v *Vault) ordinaryBucket(r *record, g *notice.Group) (identity, time.Time) {
	is := identity{notice: r.notice, group: r.group, expiry: r.ordinary}
	if g.Keep.Until != "" {
		is.event = eventOf(r.typ, r.thing)
	}
	return is, r.ordinary.End(v.o.Zone(r.authority))
}

// eventOf names the end of one thing.
func eventOf(typ, thing string) string { return typ + ":" + thing }

// row are the columns of a new record.
func (r *record) row() []any {
	return []any{r.authority, string(r.id), r.bucket.id, r.notice, r.version, r.group, r.typ, r.thing,
		r.wrap, r.from, string(r.ordinary), store.Bit(r.settled)}
}
