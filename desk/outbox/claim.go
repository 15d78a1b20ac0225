package outbox

import (
	"context"
	"time"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/store"
)

// Mail is a mail that somebody has claimed for sending.
type Mail struct {
	Authority, ID, Contact string // Contact is the request of a mail about one
	About                  About
	Attempts               int64 // this one included
	OrderedAt              int64
	MessageID              string // without brackets
	Lang                   string
	Address                vault.Sealed // empty when it has ended
}

// Claim takes a mail that is due; ok is false when none is. It belongs to the caller for five
// minutes, after which it is due again: the caller has died.
func (b *Outbox) Claim(ctx context.Context) (m Mail, ok bool, err error) {
	for {
		d, found, err := b.following(ctx)
		if !found || err != nil {
			return Mail{}, false, err
		}
		if m, ok, err = b.claim(ctx, d); ok || err != nil {
			return m, ok, err
		}
	}
}

// claim takes one mail unless another program was faster.
func (b *Outbox) claim(ctx context.Context, d Mail) (m Mail, ok bool, err error) {
	err = b.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		now := b.o.Now()
		found, err := store.Select(ctx, tx, qClaim, scanMail, now.Add(lease).UnixMilli(), d.Authority, d.ID, now.UnixMilli())
		if ok = err == nil && len(found) == 1; ok {
			m = found[0]
		}
		return err
	})
	return m, ok && err == nil, err
}

// following is the next mail that was due when somebody last looked. Callers of one program get
// different ones, so that they do not all reach for the first.
func (b *Outbox) following(ctx context.Context) (m Mail, ok bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.seen) == 0 {
		if b.seen, err = b.due(ctx); err != nil || len(b.seen) == 0 {
			return Mail{}, false, err
		}
	}
	m, b.seen = b.seen[0], b.seen[1:]
	return m, true, nil
}

// due are authority and id of mails that may be tried now.
func (b *Outbox) due(ctx context.Context) (due []Mail, err error) {
	err = b.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		due, err = store.Select(ctx, tx, qDue, func(scan func(...any) error) (m Mail, err error) {
			return m, scan(&m.Authority, &m.ID)
		}, b.o.Now().UnixMilli())
		return err
	})
	return due, err
}

func scanMail(scan func(...any) error) (m Mail, err error) {
	var record string
	var sealed []byte
	err = scan(&m.Authority, &m.ID, &m.Contact, &m.About, &m.Attempts, &m.OrderedAt, &m.MessageID, &m.Lang, &record, &sealed)
	m.Address = vault.FromRow(m.Authority, vault.RecordID(record), m.ID, sealed)
	return m, err
}

// Sent notes that the server has taken the mail, and ends the address, in one transaction.
func (b *Outbox) Sent(ctx context.Context, m Mail) error {
	return b.done(ctx, m, Sent, qSent, b.o.Now().UnixMilli(), m.Authority, m.ID)
}

// GiveUp notes that the mail is not sent, and ends the address, in one transaction.
func (b *Outbox) GiveUp(ctx context.Context, m Mail, reason string) error {
	return b.done(ctx, m, GivenUp, qGiveUp, reason, b.o.Now().UnixMilli(), m.Authority, m.ID, m.Attempts)
}

// done changes nothing when the mail was done before.
func (b *Outbox) done(ctx context.Context, m Mail, as State, q store.Query, args ...any) error {
	return b.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.Exec(ctx, q, args...)
		if err != nil || rows == 0 {
			return err
		}
		if err := b.settled(ctx, tx, m, as); err != nil {
			return err
		}
		day := notice.DayOf(b.o.Now(), b.o.Zone(m.Authority))
		_, err = tx.Exec(ctx, qCount, m.Authority, string(day), string(as))
		return err
	})
}

// Postpone lets the mail be tried again later: after a minute, then two, four … four hours. After a
// day it is given up; given tells that.
func (b *Outbox) Postpone(ctx context.Context, m Mail) (given bool, err error) {
	now := b.o.Now()
	if now.Sub(time.UnixMilli(m.OrderedAt)) >= patience {
		return true, b.GiveUp(ctx, m, Unreachable)
	}
	return false, b.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, qPostpone, now.Add(backoff(m.Attempts)).UnixMilli(), m.Authority, m.ID, m.Attempts)
		return err
	})
}

// backoff is the wait after so many attempts.
func backoff(attempts int64) time.Duration {
	const longest = 4 * time.Hour
	if attempts > 8 {
		return longest
	}
	return min(time.Minute<<max(attempts-1, 0), longest)
}
