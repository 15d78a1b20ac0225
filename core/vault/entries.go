package vault

import (
	"context"
	_ "embed"
	"slices"
	"strings"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/store"
)

//go:embed entries.sql
var entriesText string

var qAuditRecords = store.MustQueries(entriesText).Get("audit-records")

// Entries is a recorded permission to open audit entries, of whatever day: one entry for a whole
// query, or for a whole verification. It is good in the transaction that made it and, once that
// has committed, in later ones of this process.
type Entries struct {
	v         *Vault
	outcome   *store.Outcome
	authority string
	about     Value
}

// BeginEntries authorises caller for purpose on the audit log and records that. about is what is
// asked about, by the token that finds it: {"actor", "staff:s_1"} or {"row", "contact:c_1"}; the
// zero Value is the whole log. How the caller stands to it is asked from the audit's binding.
// Errors as Open.
func (v *Vault) BeginEntries(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, about Value, why Why) (*Entries, error) {
	n, ok := v.o.Shelf.Current(caller.Authority, auditNotice, v.today(caller.Authority))
	if !ok {
		return nil, notFound()
	}
	q, err := v.ask(ctx, tx, caller, purpose, why, TypeAudit, about.Text)
	if err != nil {
		return nil, err
	}
	e := q.entry(ActionSearch)
	e.Notice, e.Group = auditNotice, auditGroup
	e.Type, e.Row, _ = strings.Cut(about.Text, ":")
	if e.Role, err = q.mayReadEntries(n); err != nil {
		return nil, v.refuse(tx, e, err)
	}
	if err := v.record(ctx, tx, e); err != nil {
		return nil, err
	}
	return &Entries{v: v, outcome: tx.Outcome(), authority: caller.Authority, about: about}, nil
}

func (q *question) mayReadEntries(n *notice.Notice) (access.Role, error) {
	if err := q.purposeOf(n); err != nil {
		return "", err
	}
	under, err := q.role(n, auditGroup)
	return under.role, err
}

// Macs returns what entries about what was asked are found by: one token for each living bucket of
// the audit log, newest first.
func (e *Entries) Macs(ctx context.Context, tx *store.Tx) ([][]byte, error) {
	macs, err := e.v.macs(ctx, tx, e.authority, auditNotice, auditGroup, e.about.Field, e.about.Text)
	slices.Reverse(macs) // they come in the order in which their buckets were made
	return macs, err
}

// MacsOf returns what entries are found by that were made from from to to and are about something else
// as well: a token for each day between. gone is true when entries of these days have been destroyed, or
// there never were any, so that what they would say is not known.
func (e *Entries) MacsOf(ctx context.Context, tx *store.Tx, about Value, from, to time.Time) (macs [][]byte, gone bool, err error) {
	type day struct {
		key, state string
		ends       int64
	}
	days, err := store.Select(ctx, tx, qBucketsBorn, func(scan func(...any) error) (d day, err error) {
		return d, scan(&d.key, &d.state, &d.ends)
	}, e.authority, auditNotice, auditGroup, from.Add(-24*time.Hour).UnixMilli(), to.UnixMilli())
	if err != nil {
		return nil, false, err
	}
	now := e.v.now().UnixMilli()
	for _, d := range days {
		if d.state != string(Living) || d.ends <= now {
			return nil, true, nil
		}
		key, err := e.v.bucketKey(e.authority, d.key)
		if err != nil {
			return nil, false, err
		}
		macs = append(macs, key.mac(about.Field, about.Text))
	}
	return macs, len(macs) == 0, nil
}

// Open opens entries of any days: one statement for each 32 days. Errors: fault.NotFound for a row
// of no audit record, fault.Gone for one whose retention has ended.
func (e *Entries) Open(ctx context.Context, tx *store.Tx, rows []Sealed) ([]*Opened, error) {
	if e.outcome != tx.Outcome() && !e.outcome.Committed() {
		return nil, denied("reading-ended")
	}
	days, err := e.days(ctx, tx, rows)
	if err != nil {
		return nil, err
	}
	all, now := make([]*Opened, len(rows)), e.v.now()
	for i, s := range rows {
		day, ok := days[s.record]
		if !ok || s.authority != e.authority {
			return nil, notFound()
		}
		if day.bucket.ended(now) {
			return nil, retentionEnded()
		}
		opened, err := e.v.open(tx, day, rows[i:i+1])
		if err != nil {
			return nil, err
		}
		all[i] = opened[0]
	}
	return all, nil
}

// days reads the records that rows belong to.
func (e *Entries) days(ctx context.Context, tx *store.Tx, rows []Sealed) (map[RecordID]*record, error) {
	var ids []RecordID
	for _, s := range rows {
		if !slices.Contains(ids, s.record) {
			ids = append(ids, s.record)
		}
	}
	days := make(map[RecordID]*record, len(ids))
	for some := range slices.Chunk(ids, tokensAtOnce) {
		args := make([]any, 0, 1+tokensAtOnce)
		args = append(args, e.authority)
		for i := range tokensAtOnce {
			args = append(args, string(some[min(i, len(some)-1)]))
		}
		err := tx.Each(ctx, qAuditRecords, func(scan func(...any) error) error {
			r, err := scanRecord(e.authority, scan)
			days[r.id] = r
			return err
		}, args...)
		if err != nil {
			return nil, err
		}
	}
	return days, nil
}
