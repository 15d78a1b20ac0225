package vault

import (
	"context"
	"slices"

	"luukku/core/access"
	"luukku/store"
)

// Reading is a reading session: its beginning and its end are recorded, what is opened or pushed
// in between is not, one by one. It is a plain value and can be kept with a connection; what it
// allows is read from the database each time.
type Reading struct {
	ID        string
	Authority string
	Caller    access.Caller
	Role      access.Role
	Purpose   string
	Type      string
	Row       string

	relation access.Relation
	until    int64
}

// BeginReading authorises caller for purpose on every record of (type, row), records the beginning
// before the first byte is opened, and starts the session. Records that the purpose does not reach
// stay closed in it; if it reaches none, the refusal is recorded and returned. It waits for the
// posts that run, so that each is either there to be read or pushed. Errors as Open.
func (v *Vault) BeginReading(ctx context.Context, tx *store.Tx, caller access.Caller, purpose, typ, row string, why Why) (Reading, error) {
	err := tx.Each(ctx, qRecordsLock, func(scan func(...any) error) error {
		var id string
		return scan(&id)
	}, caller.Authority, typ, row)
	if err != nil {
		return Reading{}, err
	}
	records, err := v.recordsOf(ctx, tx, caller.Authority, typ, row)
	if err != nil {
		return Reading{}, err
	}
	if len(records) == 0 {
		return Reading{}, notFound()
	}
	q, err := v.ask(ctx, tx, caller, purpose, why, typ, row)
	if err != nil {
		return Reading{}, err
	}
	return v.begin(ctx, tx, q, records)
}

// begin records and starts the session of a question over the records that it reaches.
func (v *Vault) begin(ctx context.Context, tx *store.Tx, q *question, records []*record) (Reading, error) {
	reached, under, err := v.reach(q, records)
	if err != nil {
		return Reading{}, v.refuse(tx, q.entry(ActionReadingBegin, records...), err)
	}
	r := Reading{
		ID: store.NewID(readingPrefix), Authority: q.caller.Authority, Caller: q.caller, Role: under.role,
		Purpose: q.purpose, Type: records[0].typ, Row: records[0].thing, relation: q.relation, until: under.until,
	}
	e := q.entry(ActionReadingBegin, reached...)
	e.Role, e.Session = r.Role, r.ID
	if err := v.record(ctx, tx, e); err != nil {
		return Reading{}, err
	}
	_, err = tx.Exec(ctx, qReadingAdd, r.Authority, r.ID, r.Type, r.Row, string(r.Caller.Kind), r.Caller.ID, r.Caller.Session,
		r.Role, r.Purpose, string(r.relation), r.until, v.o.Node, q.now.UnixMilli())
	return r, err
}

// reach returns the records that the question reaches and the verdict for the first of them. A
// session stands under one role: records that only another role reaches are left out.
func (v *Vault) reach(q *question, records []*record) (reached []*record, under verdict, refusal error) {
	for _, r := range records {
		one, err := v.judge(q, r)
		switch {
		case err != nil:
			refusal = err
		case reached == nil || one.role == under.role:
			reached, under = append(reached, r), one
		}
	}
	if reached != nil {
		refusal = nil
	}
	return reached, under, refusal
}

// ReadIn opens rows in a running session: one statement however many rows there are. It works in
// Write and in Read. Errors: fault.Denied "reading-ended" once the session has ended or its grant
// has run out, fault.NotFound for a row that is not of the session's (type, row), fault.Denied
// "not-allowed" for a record that the session does not reach, fault.Gone.
func (v *Vault) ReadIn(ctx context.Context, tx *store.Tx, r Reading, rows []Sealed) ([]*Opened, error) {
	running, records, err := v.session(ctx, tx, r, rows)
	if err != nil {
		return nil, err
	}
	all := make([]*Opened, len(rows))
	for i, s := range rows {
		one, ok := records[s.record]
		if !ok || s.authority != r.Authority {
			return nil, notFound()
		}
		if err := v.reads(running, one); err != nil {
			return nil, err
		}
		opened, err := v.open(tx, one, rows[i:i+1])
		if err != nil {
			return nil, err
		}
		all[i] = opened[0]
	}
	return all, nil
}

// session reads a running session as the database has it, with every record of what it reads.
func (v *Vault) session(ctx context.Context, tx *store.Tx, r Reading, rows []Sealed) (running Reading, records map[RecordID]*record, err error) {
	for range attempts(tx) {
		if running, records, err = v.sessionOnce(ctx, tx, r); err != nil {
			return running, nil, err
		}
		if !slices.ContainsFunc(rows, func(s Sealed) bool { return records[s.record] == nil }) {
			break
		}
	}
	if len(records) == 0 || running.until != 0 && v.now().UnixMilli() >= running.until {
		return running, nil, denied("reading-ended")
	}
	return running, records, nil
}

func (v *Vault) sessionOnce(ctx context.Context, tx *store.Tx, r Reading) (Reading, map[RecordID]*record, error) {
	records := map[RecordID]*record{}
	err := tx.Each(ctx, qReadIn, func(scan func(...any) error) error {
		one := &record{register: register{authority: r.Authority}}
		err := scan(append(one.columns(), &r.Caller.Kind, &r.Role, &r.Purpose, &r.relation, &r.until)...)
		one.bucket.is.notice, one.bucket.is.group = one.notice, one.group
		records[one.id] = one
		return err
	}, r.Authority, r.ID, r.Caller.ID)
	return r, records, err
}

// reads tells whether a running session reaches a record: it was authorised when it began, and the
// notice still says so.
func (v *Vault) reads(r Reading, one *record) error {
	q := question{purpose: r.Purpose, relation: r.relation, now: v.now()}
	collected, ruling, err := v.versions(one)
	if err != nil {
		return err
	}
	if err := q.purposeOf(collected, ruling); err != nil {
		return err
	}
	if one.bucket.restricted() && !q.reachesRestricted(ruling) {
		return denied("restricted")
	}
	if !ruling.Allows(r.Role, one.group, r.Purpose, r.relation) {
		return denied("not-allowed")
	}
	if one.bucket.ended(q.now) {
		return retentionEnded()
	}
	return nil
}

// running reads the sessions on a thing. One statement.
func (v *Vault) running(ctx context.Context, tx *store.Tx, authority, typ, thing string) ([]Reading, error) {
	return store.Select(ctx, tx, qReadingsOn, func(scan func(...any) error) (Reading, error) {
		return scanReading(authority, scan)
	}, authority, typ, thing)
}

func scanReading(authority string, scan func(...any) error) (Reading, error) {
	r := Reading{Authority: authority, Caller: access.Caller{Authority: authority}}
	err := scan(&r.ID, &r.Type, &r.Row, &r.Caller.Kind, &r.Caller.ID, &r.Caller.Session, &r.Role, &r.Purpose, &r.relation, &r.until)
	return r, err
}
