package vault

import (
	"context"
	"io"
	"slices"
	"time"

	"luukku/core/notice"
	"luukku/core/vault/keystore"
	"luukku/fault"
	"luukku/store"
)

// Copying says what a record for a copy of others belongs to.
type Copying struct {
	Authority string
	Type      string     // of a bound package
	Row       string     // the thing's id within the type
	Of        RecordID   // whose register, group and version of the notice the new record has
	From      []RecordID // everything that the whole copy is taken from; Of is among them
}

// CreateBeside makes a record for a copy. It lies in the bucket that ends first among those of what
// the copy is taken from, and so dies with it; where that bucket is another group's, in its own
// group's bucket of the same last day. It never moves to a later one: when what it was taken from
// comes to end earlier, or is erased, so does the copy. Errors: fault.NotFound for a source that is
// not there, fault.Gone when the time of one of them has passed, fault.Busy, fault.Conflict as Create.
func (v *Vault) CreateBeside(ctx context.Context, tx *store.Tx, c Copying) (RecordID, error) {
	sources, err := v.sourcesOf(ctx, tx, c.Authority, c.From)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(sources, func(r *record) bool { return r.id == c.Of })
	if at < 0 || c.Type == "" || c.Row == "" {
		return "", fault.New(fault.Invalid, "record-without-owner")
	}
	of := sources[at]
	r := &record{register: of.register, id: RecordID(store.NewID(recordPrefix)), version: of.version,
		thing: c.Row, from: of.from, settled: true}
	r.typ = c.Type
	if r.bucket, err = v.besideFirst(ctx, tx, r, sources); err != nil {
		return "", err
	}
	r.ordinary = r.bucket.is.expiry
	if err := v.wrapNew(tx, r); err != nil {
		return "", err
	}
	if _, err := tx.Exec(ctx, qRecordAdd, r.row()...); err != nil {
		return "", err
	}
	for _, s := range sources {
		if _, err := tx.Exec(ctx, qCopyAdd, c.Authority, string(s.id), string(r.id)); err != nil {
			return "", err
		}
	}
	return r.id, nil
}

// sourcesOf locks records against change, in the order of their ids, and refuses one that has ended.
func (v *Vault) sourcesOf(ctx context.Context, tx *store.Tx, authority string, ids []RecordID) ([]*record, error) {
	var all []*record
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		r, err := v.recordShared(ctx, tx, authority, id)
		if err != nil {
			return nil, err
		}
		if r.bucket.ended(v.now()) {
			return nil, retentionEnded()
		}
		all = append(all, r)
	}
	return all, nil
}

// besideFirst is the bucket for a copy of sources in r's register and group.
func (v *Vault) besideFirst(ctx context.Context, tx *store.Tx, r *record, sources []*record) (bucket, error) {
	first := sources[0]
	for _, s := range sources {
		if s.bucket.ends < first.bucket.ends || s.bucket.ends == first.bucket.ends && s.in(r) && !first.in(r) {
			first = s
		}
	}
	if first.in(r) {
		return first.bucket, nil
	}
	ends := time.UnixMilli(first.bucket.ends)
	last := notice.DayOf(ends.Add(-time.Millisecond), v.o.Zone(r.authority))
	return v.bucketFor(ctx, tx, r.authority, identity{notice: r.notice, group: r.group, expiry: last}, last.End(v.o.Zone(r.authority)))
}

// in tells whether two records are of one register and group.
func (r *record) in(other *record) bool { return r.notice == other.notice && r.group == other.group }

// wrapNew gives a newborn its key.
func (v *Vault) wrapNew(tx *store.Tx, r *record) error {
	under, err := v.bucketKey(r.authority, r.bucket.key)
	if err != nil {
		return err
	}
	key := &recordKey{}
	if _, err := io.ReadFull(v.o.Rand, key.raw[:]); err != nil {
		return fault.New(fault.Internal, "no-randomness").Wrap(err)
	}
	key.aead, r.wrap = newAEAD(key.raw), key.wrapUnder(under, r)
	key.wrap = r.wrap
	tx.OnCommit(func() { v.recordKeys.put(recordName{r.authority, r.id}, key) })
	return nil
}

// pull brings the copies of a record that has moved to where they end no later than it does.
func (v *Vault) pull(ctx context.Context, tx *store.Tx, source *record, m move) error {
	copies, err := ids(ctx, tx, qCopiesOf, source.authority, string(source.id))
	if err != nil {
		return err
	}
	for _, id := range copies {
		c, err := v.recordForMove(ctx, tx, source.authority, RecordID(id))
		if err != nil {
			return err
		}
		if c.bucket.ends <= source.bucket.ends || c.bucket.state != Living {
			continue
		}
		if err := v.pullOne(ctx, tx, c, source, m); err != nil {
			return err
		}
	}
	return nil
}

func (v *Vault) pullOne(ctx context.Context, tx *store.Tx, c, source *record, m move) error {
	to, err := v.besideFirst(ctx, tx, c, []*record{source})
	if err != nil {
		return err
	}
	from := c.bucket
	c.ordinary = to.is.expiry
	if err := v.carry(ctx, tx, c, to); err != nil {
		return err
	}
	if err := v.leave(ctx, tx, c.authority, from); err != nil {
		return err
	}
	if err := v.noteMove(ctx, tx, c, move{}); err != nil {
		return err
	}
	return v.record(ctx, tx, v.moveEntry(c, move{caller: m.caller, role: m.role, action: ActionMove, reason: m.reason}))
}

// dropCopies erases the copies that q finds: what they were taken from ends before its time. The
// journal is told in the same transaction, so that a restore does not bring them back.
func (v *Vault) dropCopies(ctx context.Context, tx *store.Tx, authority string, q store.Query, args ...any) error {
	copies, err := ids(ctx, tx, q, append([]any{authority}, args...)...)
	if err != nil || len(copies) == 0 {
		return err
	}
	for _, id := range copies {
		c, err := v.recordForMove(ctx, tx, authority, RecordID(id))
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := v.erase(ctx, tx, c); err != nil {
			return err
		}
	}
	for _, line := range linesOf(keystore.LineErased, v.now().UnixMilli(), copies) {
		if err := v.Note(ctx, tx, authority, line.Kind, line.Body); err != nil {
			return err
		}
	}
	return nil
}

// withCopies adds the copies that were taken from records.
func (v *Vault) withCopies(ctx context.Context, authority string, of []RecordID) (all []RecordID, err error) {
	err = v.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		all = slices.Clone(of)
		for _, id := range of {
			copies, err := ids(ctx, tx, qCopiesOf, authority, string(id))
			if err != nil {
				return err
			}
			for _, c := range copies {
				if !slices.Contains(all, RecordID(c)) {
					all = append(all, RecordID(c))
				}
			}
		}
		return nil
	})
	return all, err
}

// isCopy tells whether a record is a copy of others: it is neither held nor settled.
func isCopy(ctx context.Context, tx *store.Tx, r *record) (bool, error) {
	sources, err := ids(ctx, tx, qCopySources, r.authority, string(r.id))
	return len(sources) > 0, err
}

// ids runs a query that gives one id for each row.
func ids(ctx context.Context, tx *store.Tx, q store.Query, args ...any) ([]string, error) {
	return store.Select(ctx, tx, q, func(scan func(...any) error) (id string, err error) {
		return id, scan(&id)
	}, args...)
}
