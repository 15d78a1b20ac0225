package contact

import (
	"context"
	"errors"
	"time"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/report"
	"luukku/fault"
	"luukku/store"
)

// Settle settles the contacts of an authority that closed an hour ago and returns how many. Each is
// a transaction of its own: it is counted, what of its plain columns the notice declares is sealed,
// the rest ends, the citizen's token ends, and its records move to the bucket that counts from the
// close. Call it often, and once more before the day's buckets are ended.
func (c *Contacts) Settle(ctx context.Context, authority string) (int, error) {
	settled := 0
	var errs []error
	for ctx.Err() == nil {
		before := c.o.Now().Add(-c.o.Limits.Reopen).UnixMilli()
		ids, err := c.dueToSettle(ctx, authority, before)
		if err != nil {
			return settled, err
		}
		done := 0
		for _, id := range ids {
			switch ok, err := c.settleOne(ctx, authority, id, before); {
			case err != nil:
				errs = append(errs, err)
			case ok:
				done++
			}
		}
		settled += done
		if done == 0 {
			break
		}
	}
	return settled, errors.Join(append(errs, ctx.Err())...)
}

// Uncounted is the first day whose counts still grow: today, or an earlier one of which a contact has not been
// settled yet.
func (c *Contacts) Uncounted(ctx context.Context, authority string) (notice.Day, error) {
	var closed int64
	err := c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		return tx.Row(ctx, qSettleFirst, authority).Scan(&closed)
	})
	zone := c.o.Services.Zone(authority)
	today := notice.DayOf(c.o.Now(), zone)
	if closed > 0 {
		today = min(today, notice.DayOf(time.UnixMilli(closed), zone))
	}
	return today, err
}

func (c *Contacts) dueToSettle(ctx context.Context, authority string, before int64) (ids []string, err error) {
	err = c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		ids, err = store.Select(ctx, tx, qSettleDue, func(scan func(...any) error) (id string, err error) {
			return id, scan(&id)
		}, authority, before)
		return err
	})
	return ids, err
}

// settleOne returns false when the contact has been reopened or settled in between.
func (c *Contacts) settleOne(ctx context.Context, authority, id string, before int64) (bool, error) {
	done := false
	err := c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		of, found, err := one(ctx, tx, authority, qLock, authority, id)
		if err != nil || !found || of.Status != Closed || of.ClosedAt > before {
			return err
		}
		done = true
		return c.settle(ctx, tx, of)
	})
	return done && err == nil, err
}

func (c *Contacts) settle(ctx context.Context, tx *store.Tx, of Contact) error {
	if err := report.Count(ctx, tx, c.fact(of)); err != nil {
		return err
	}
	if err := c.settleParts(ctx, tx, of); err != nil {
		return err
	}
	if err := c.o.Vault.EndReadings(ctx, tx, of.Authority, Type, of.ID, "settled"); err != nil {
		return err
	}
	for _, q := range []store.Query{qAdvisersClear, qClientsClear, qSettle} {
		if _, err := tx.Exec(ctx, q, of.Authority, of.ID); err != nil {
			return err
		}
	}
	was := of.Adviser
	of.Status, of.Adviser = Settled, ""
	c.change(tx, of, was, "settled")
	return nil
}

// settleParts seals what had been plain and moves every record to its final bucket. A record whose
// key has died before, because the clock was set over its end, stays what it is.
func (c *Contacts) settleParts(ctx context.Context, tx *store.Tx, of Contact) error {
	n, ok := c.o.Shelf().Version(of.Authority, of.Notice, of.Version)
	if !ok {
		return fault.New(fault.Internal, "notice-version-missing", "notice", of.Notice)
	}
	records, err := recordsOf(ctx, tx, of)
	if err != nil {
		return err
	}
	for _, g := range c.groups(n) {
		record, ok := records[g.ID]
		if !ok {
			continue
		}
		err := c.settleRecord(ctx, tx, of, g, record)
		if err != nil && !fault.Is(err, fault.Gone) {
			return err
		}
	}
	return nil
}

// recordsOf are a contact's records by their groups.
func recordsOf(ctx context.Context, tx *store.Tx, of Contact) (map[string]vault.RecordID, error) {
	out := map[string]vault.RecordID{}
	err := tx.Each(ctx, qParts, func(scan func(...any) error) error {
		var group, record string
		var part int64
		var sealed []byte
		err := scan(&group, &part, &record, &sealed)
		out[group] = vault.RecordID(record)
		return err
	}, of.Authority, of.ID)
	return out, err
}

func (c *Contacts) settleRecord(ctx context.Context, tx *store.Tx, of Contact, g *notice.Group, record vault.RecordID) error {
	if values := plainValues(g, of); len(values) > 0 {
		if err := c.sealPart(ctx, tx, of, g, record, partSettled, values); err != nil {
			return err
		}
	}
	return c.o.Vault.Settle(ctx, tx, of.Authority, record, time.UnixMilli(of.ClosedAt), "settled")
}

// plainValues are the plain columns of a contact that a group declares, as they are sealed: an
// instant as RFC 3339 in UTC, a duration as ISO 8601 in seconds.
func plainValues(g *notice.Group, of Contact) []vault.Value {
	var out []vault.Value
	for _, v := range plainFields(of) {
		if v.Text != "" && g.Field(v.Field) != nil {
			out = append(out, v)
		}
	}
	return out
}

func plainFields(of Contact) []vault.Value {
	queued := ""
	if of.TakenAt > 0 {
		queued = "PT" + itoa((of.TakenAt-of.StartedAt)/1000) + "S"
	}
	return []vault.Value{{Field: "language", Text: of.Lang}, {Field: "topic", Text: of.Topic},
		{Field: "queue_time", Text: queued}, {Field: "started_at", Text: instant(of.StartedAt)},
		{Field: "ended_at", Text: instant(of.ClosedAt)}}
}

// PlainFields are what a contact has in plain columns until it is settled, by field, whether its
// notice declares them or not.
func PlainFields(of Contact) map[string]string {
	out := map[string]string{}
	for _, v := range plainFields(of) {
		out[v.Field] = v.Text
	}
	return out
}

func instant(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}

// fact is what is counted of a contact.
func (c *Contacts) fact(of Contact) report.Fact {
	zone := c.o.Services.Zone(of.Authority)
	f := report.Fact{Authority: of.Authority, Day: notice.DayOf(time.UnixMilli(of.ClosedAt), zone), Service: of.Service,
		Language: of.Lang, Topic: of.Topic, Outcome: of.Outcome, Wait: -1,
		Hour: time.UnixMilli(of.StartedAt).In(zone).Hour(), Length: time.Duration(of.ClosedAt-of.StartedAt) * time.Millisecond}
	if of.TakenAt > 0 {
		f.Wait = time.Duration(of.TakenAt-of.StartedAt) * time.Millisecond
	}
	return f
}
