package vault

import (
	"context"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/store"
)

// retention is the caller of what the program moves by itself.
func retention(authority string) access.Caller {
	return access.Caller{Authority: authority, Kind: access.Program, ID: "retention"}
}

// Settle moves a record to its final bucket: retention counts from the moment closed. reason is
// the program's own word ("settled"). Tokens are made anew under the new bucket, in tx. A record
// that is held stays where it is held. Errors: fault.NotFound, fault.Gone, fault.Busy.
func (v *Vault) Settle(ctx context.Context, tx *store.Tx, authority string, id RecordID, closed time.Time, reason string) error {
	r, err := v.recordForMove(ctx, tx, authority, id)
	if err != nil {
		return err
	}
	r.settled = true
	return v.recount(ctx, tx, r, closed, reason)
}

// recount lets a record's retention count from another moment and moves it accordingly.
func (v *Vault) recount(ctx context.Context, tx *store.Tx, r *record, from time.Time, reason string) error {
	g, err := v.groupOf(r)
	if err != nil {
		return err
	}
	r.countFrom(from, g, v.o.Zone(r.authority))
	return v.rehome(ctx, tx, r, move{caller: retention(r.authority), action: ActionMove, reason: reason})
}

// move is why a record changes its bucket.
type move struct {
	caller   access.Caller
	role     access.Role
	action   Action
	reason   string
	released string // the hold or restriction that ended
}

// rehome brings a record into the bucket that its life asks for: the restriction's, the longest
// hold's, or its ordinary one. Nothing that is sealed under the record's key changes. The caller
// has locked the record. A record whose every home has ended is fault.Gone.
func (v *Vault) rehome(ctx context.Context, tx *store.Tx, r *record, m move) error {
	is, ends, err := v.home(ctx, tx, r)
	if err != nil {
		return err
	}
	if is == r.bucket.is {
		_, err := tx.Exec(ctx, qRecordCountFrom, r.from, string(r.ordinary), store.Bit(r.settled), r.authority, string(r.id))
		return err
	}
	to, err := v.bucketFor(ctx, tx, r.authority, is, ends)
	if err != nil {
		return err
	}
	from := r.bucket
	if err := v.carry(ctx, tx, r, to); err != nil {
		return err
	}
	if err := v.pull(ctx, tx, r, m); err != nil {
		return err
	}
	if err := v.leave(ctx, tx, r.authority, from); err != nil {
		return err
	}
	if v.told(from, to) {
		if err := v.noteMove(ctx, tx, r, m); err != nil {
			return err
		}
	}
	return v.record(ctx, tx, v.moveEntry(r, m))
}

// home is the bucket that a record belongs in by its counting and its holds, and its end.
func (v *Vault) home(ctx context.Context, tx *store.Tx, r *record) (identity, time.Time, error) {
	g, err := v.groupOf(r)
	if err != nil {
		return identity{}, time.Time{}, err
	}
	holds, err := holdsOf(ctx, tx, r)
	if err != nil {
		return identity{}, time.Time{}, err
	}
	is, ends := v.ordinaryBucket(r, g)
	longest := r.ordinary
	var under hold
	for _, h := range holds {
		if last := h.lastDay(g, r, v.o.Zone(r.authority)); last.After(longest) {
			longest, under = last, h
		}
		if h.kind == kindRestriction {
			under = h
			break
		}
	}
	if under.id == "" {
		return is, ends, nil
	}
	is = identity{notice: r.notice, group: r.group, expiry: longest, hold: under.id}
	if under.kind == kindRestriction && g.Hold(restrictionCode) == nil {
		is.expiry = ""
		return is, forever, nil
	}
	return is, longest.End(v.o.Zone(r.authority)), nil
}

// carry wraps the record's key in the bucket to and makes its tokens anew there.
func (v *Vault) carry(ctx context.Context, tx *store.Tx, r *record, to bucket) error {
	if r.bucket.state != Living && r.bucket.state != Closing {
		return retentionEnded()
	}
	key, err := v.recordKey(r)
	if err != nil {
		return err
	}
	under, err := v.bucketKey(r.authority, to.key)
	if err != nil {
		return err
	}
	r.bucket = to
	r.wrap, r.moves = key.wrapUnder(under, r), r.moves+1
	if err := r.store(ctx, tx); err != nil {
		return err
	}
	return remake(ctx, tx, r, key, under)
}

// store writes where a record lies now.
func (r *record) store(ctx context.Context, tx *store.Tx) error {
	_, err := tx.Exec(ctx, qRecordMove, r.bucket.id, r.wrap, r.from, string(r.ordinary), store.Bit(r.settled), r.moves,
		r.authority, string(r.id))
	return err
}

// remake makes a record's tokens anew under its bucket's index key.
func remake(ctx context.Context, tx *store.Tx, r *record, key *recordKey, under *bucketKey) error {
	type token struct {
		field      string
		mac, value []byte
	}
	tokens, err := store.Select(ctx, tx, qTokensOf, func(scan func(...any) error) (t token, err error) {
		return t, scan(&t.field, &t.mac, &t.value)
	}, r.authority, string(r.id))
	if err != nil {
		return err
	}
	for _, t := range tokens {
		value, err := unseal(key.aead, t.value, r.tokenAD(t.field))
		if err != nil {
			return err
		}
		mac := under.mac(t.field, string(value))
		clear(value)
		if _, err := tx.Exec(ctx, qTokenRemake, mac, r.authority, string(r.id), t.field, t.mac); err != nil {
			return err
		}
	}
	return nil
}

// leave ends the bucket of a hold that nothing is in any more.
func (v *Vault) leave(ctx context.Context, tx *store.Tx, authority string, b bucket) error {
	if b.is.hold == "" {
		return nil
	}
	_, err := tx.Exec(ctx, qBucketKillEmpty, causeReleased, v.now().UnixMilli(), authority, b.id)
	return err
}

// told tells whether a move goes to the journal: a hold is begun or ended, or the bucket that is
// left ends while a backup that still has the record in it may be restored.
func (v *Vault) told(from, to bucket) bool {
	return from.is.hold != "" || to.is.hold != "" || from.ends < v.now().Add(backupsLive).UnixMilli()
}

// backupsLive is how long a backup can be restored, and a day.
const backupsLive = 36 * 24 * time.Hour

func (v *Vault) moveEntry(r *record, m move) Entry {
	e := Entry{At: v.now().UnixMilli(), Caller: m.caller, Role: m.role, Action: m.action, Outcome: OutcomeAllowed, Reason: m.reason}
	if e.Role == "" {
		e.Role = access.RoleProgram
	}
	e.about([]*record{r})
	return e
}

// Life is what a record's owner may know of its retention.
type Life struct {
	Record   RecordID
	Notice   string
	Version  int
	Group    string
	LastDay  notice.Day // the last day on which it opens; "" under a restriction
	Held     bool
	Restrict bool
}

// LifeOf returns the life of every record of (type, row); none gives nil.
func (v *Vault) LifeOf(ctx context.Context, tx *store.Tx, authority, typ, row string) ([]Life, error) {
	records, err := v.recordsOf(ctx, tx, authority, typ, row)
	if err != nil {
		return nil, err
	}
	var all []Life
	for _, r := range records {
		all = append(all, Life{Record: r.id, Notice: r.notice, Version: r.version, Group: r.group,
			LastDay: r.bucket.is.expiry, Held: r.bucket.is.hold != "" && !r.bucket.restricted(), Restrict: r.bucket.restricted()})
	}
	return all, nil
}
