package vault

import (
	"context"
	"encoding/json"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault/keystore"
	"luukku/fault"
	"luukku/store"
)

// replay does again, in the order of the journal, what this database may not know because it was
// restored: destroyed buckets, erased records, moves and holds, withdrawn grants, disabled
// accounts. Against a database that knows them it changes nothing.
func (v *Vault) replay(ctx context.Context, authority string) error {
	set, err := v.set(authority)
	if err != nil {
		return err
	}
	lines, snapshot := set.Journal(), set.Snapshot()
	return v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, line := range lines {
			if err := v.replayLine(ctx, tx, authority, snapshot, line); err != nil {
				return err
			}
		}
		return nil
	})
}

func (v *Vault) replayLine(ctx context.Context, tx *store.Tx, authority string, snapshot *keystore.Snapshot, line keystore.JournalLine) error {
	switch line.Kind {
	case keystore.LineDestroyed:
		return eachID(line, func(id string) error { return v.kill(ctx, tx, authority, id, causeReplayed) })
	case lineLost:
		return eachID(line, func(id string) error { return v.kill(ctx, tx, authority, id, causeLost) })
	case keystore.LineErased:
		return eachID(line, func(id string) error { return v.eraseAgain(ctx, tx, authority, RecordID(id)) })
	case keystore.LineHold, keystore.LineRestriction, lineMoved:
		return v.moveAgain(ctx, tx, authority, snapshot, line)
	case keystore.LineGrantWithdrawn, keystore.LineAccountDisabled:
		return access.Replay(ctx, tx, authority, line.Body)
	}
	return nil // the clock's mark, the audit's checkpoints: their packages read them
}

func eachID(line keystore.JournalLine, fn func(id string) error) error {
	var ids idsLine
	if err := json.Unmarshal(line.Body, &ids); err != nil {
		return fault.New(fault.Internal, "journal-line-unreadable").Wrap(err)
	}
	for _, id := range ids.IDs {
		if err := fn(id); err != nil {
			return err
		}
	}
	return nil
}

// kill makes a bucket dead that should be so by now.
func (v *Vault) kill(ctx context.Context, tx *store.Tx, authority, id, cause string) error {
	_, err := tx.Exec(ctx, qBucketKill, cause, v.now().UnixMilli(), authority, id)
	return err
}

// eraseAgain erases a record that a restored database has again.
func (v *Vault) eraseAgain(ctx context.Context, tx *store.Tx, authority string, id RecordID) error {
	r, err := v.recordForMove(ctx, tx, authority, id)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := v.erase(ctx, tx, r); err != nil {
		return err
	}
	return v.record(ctx, tx, v.moveEntry(r, move{caller: retention(authority), action: ActionErase, reason: "replayed"}))
}

// moveAgain brings a record to where a journal line says it lies, if this database is older.
func (v *Vault) moveAgain(ctx context.Context, tx *store.Tx, authority string, snapshot *keystore.Snapshot, line keystore.JournalLine) error {
	var m movedLine
	if err := json.Unmarshal(line.Body, &m); err != nil {
		return fault.New(fault.Internal, "journal-line-unreadable").Wrap(err)
	}
	r, err := v.recordForMove(ctx, tx, authority, m.Record)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := m.holds(ctx, tx, r, line.At); err != nil || r.moves >= m.Moves {
		return err
	}
	to, err := m.bucket(ctx, tx, authority, snapshot, line.At)
	if fault.Is(err, fault.NotFound) {
		return nil // another bucket has taken its place: the key was given up in between
	}
	if err != nil {
		return err
	}
	from := r.bucket
	r.bucket, r.wrap, r.moves = to, m.Wrap, m.Moves
	r.from, r.ordinary, r.settled = m.From, notice.Day(m.Ordinary), m.Settled
	if err := r.store(ctx, tx); err != nil {
		return err
	}
	if _, lives := snapshot.Key(to.key); !lives {
		return v.leave(ctx, tx, authority, from) // a later line says that the bucket was destroyed
	}
	if err := v.remakeAgain(ctx, tx, r); err != nil {
		return err
	}
	return v.leave(ctx, tx, authority, from)
}

// remakeAgain makes a record's tokens anew after a move of its row.
func (v *Vault) remakeAgain(ctx context.Context, tx *store.Tx, r *record) error {
	under, err := v.bucketKey(r.authority, r.bucket.key)
	if err != nil {
		return err
	}
	key, err := v.recordKey(r)
	if err != nil {
		return err
	}
	return remake(ctx, tx, r, key, under)
}

// holds makes the holds of a record those that stood when the line was written.
func (m *movedLine) holds(ctx context.Context, tx *store.Tx, r *record, at int64) error {
	for _, h := range m.Holds {
		if _, err := tx.Exec(ctx, qHoldAdd, r.authority, h.ID, string(r.id), h.Kind, h.Code, at); err != nil {
			return err
		}
	}
	if m.Released == "" {
		return nil
	}
	_, err := tx.Exec(ctx, qHoldDrop, r.authority, m.Released)
	return err
}

// bucket finds the line's bucket, or makes it with the key that it had. If that key is gone, the
// bucket is too.
func (m *movedLine) bucket(ctx context.Context, tx *store.Tx, authority string, snapshot *keystore.Snapshot, at int64) (bucket, error) {
	l := m.Bucket
	is := identity{notice: l.Notice, group: l.Group, expiry: notice.Day(l.Expiry), hold: l.Hold, event: l.Event}
	b := bucket{id: l.ID, is: is, key: l.Key, state: Living, ends: l.Ends}
	if _, lives := snapshot.Key(l.Key); !lives {
		b.state = Dropped
	}
	if _, err := b.insert(ctx, tx, authority, at); err != nil {
		return bucket{}, err
	}
	if _, err := tx.Exec(ctx, qStockDrop, authority, l.Key); err != nil {
		return bucket{}, err
	}
	err := tx.Row(ctx, qBucketGet, authority, b.id).Scan(&b.id, &b.key, &b.state, &b.ends)
	return b, err
}
