package vault

import (
	"context"
	"strconv"
	"strings"
	"time"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// bucket is a row of vault_bucket.
type bucket struct {
	id    string
	is    identity
	key   string
	state State
	ends  int64
}

// identity is what makes two records share a bucket.
type identity struct {
	notice, group string
	expiry        notice.Day // "" without a day: a restriction, an event
	hold, event   string
}

// record is a row of vault_record with its bucket's.
type record struct {
	register
	id       RecordID
	version  int
	thing    string
	wrap     []byte
	from     int64
	ordinary notice.Day
	settled  bool
	moves    int64
	bucket   bucket
}

// wrapAD appends what a record's wrap is bound to.
func (r *record) wrapAD(b []byte) []byte {
	return r.appendAD(b, ofWrap, r.thing, r.bucket.id, string(r.id), strconv.Itoa(r.version))
}

// restrictionPrefix tells a restriction's id from a hold's.
const (
	bucketPrefix      = "b_"
	recordPrefix      = "r_"
	holdPrefix        = "h_"
	restrictionPrefix = "x_"
	readingPrefix     = "rs_"
	linePrefix        = "j_"
)

func (b *bucket) restricted() bool { return strings.HasPrefix(b.is.hold, restrictionPrefix) }

// ended tells that nothing in the bucket opens at the moment now.
func (b *bucket) ended(now time.Time) bool {
	return b.state != Living || now.UnixMilli() >= b.ends
}

func retentionEnded() error { return fault.New(fault.Gone, "retention-ended") }

func notFound() error { return fault.New(fault.NotFound, "not-found") }

// scanRecord reads the columns that every query of records with their buckets selects.
func scanRecord(authority string, scan func(...any) error) (*record, error) {
	r := &record{register: register{authority: authority}}
	err := scan(r.columns()...)
	r.bucket.is.notice, r.bucket.is.group = r.notice, r.group
	return r, err
}

func (r *record) columns() []any {
	return []any{&r.id, &r.notice, &r.version, &r.group, &r.typ, &r.thing, &r.wrap, &r.from, &r.ordinary, flag{&r.settled}, &r.moves,
		&r.bucket.id, &r.bucket.key, &r.bucket.state, &r.bucket.ends, &r.bucket.is.expiry, &r.bucket.is.hold, &r.bucket.is.event}
}

// attempts is how often a record is looked for before it is not there. When PostgreSQL has waited
// for a move it looks at the moved record beside the bucket that it left, and finds no pair; the
// next statement sees both as they are. SQLite has one writer, and looks once.
func attempts(tx *store.Tx) int {
	if tx.Engine() == store.PostgreSQL && !tx.ReadOnly() {
		return 3
	}
	return 1
}

// recordShared reads a record with its bucket and locks both rows against change. One statement.
func (v *Vault) recordShared(ctx context.Context, tx *store.Tx, authority string, id RecordID) (r *record, err error) {
	for range attempts(tx) {
		row := tx.Row(ctx, qRecord, authority, string(id))
		if r, err = scanRecord(authority, row.Scan); !fault.Is(err, fault.NotFound) {
			break
		}
	}
	return r, err
}

// recordsOf reads every record of (typ, thing) and shares their buckets. The caller has locked the
// records, or does not mind missing one that is being moved.
func (v *Vault) recordsOf(ctx context.Context, tx *store.Tx, authority, typ, thing string) ([]*record, error) {
	return store.Select(ctx, tx, qRecordsOf, func(scan func(...any) error) (*record, error) {
		return scanRecord(authority, scan)
	}, authority, typ, thing)
}

// recordForMove locks a record against every use and reads its bucket, which stays shared with
// the writers of its other records.
func (v *Vault) recordForMove(ctx context.Context, tx *store.Tx, authority string, id RecordID) (*record, error) {
	var at string
	if err := tx.Row(ctx, qRecordLock, authority, string(id)).Scan(&at); err != nil {
		return nil, err
	}
	return v.recordShared(ctx, tx, authority, id)
}

// flag scans a bigint of 0 or 1.
type flag struct{ into *bool }

// Scan implements sql.Scanner.
func (f flag) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fault.New(fault.Internal, "not-a-flag")
	}
	*f.into = n != 0
	return nil
}
