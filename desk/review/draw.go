package review

import (
	"context"
	"crypto/rand"
	"math/big"
	"slices"
	"time"

	"luukku/core/access"
	"luukku/core/audit"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

// looked is how many contacts of a span a draw looks at, by chance; leastPool is from how few it does not
// draw, for that would be choosing.
const (
	looked    = 64
	leastPool = 6
)

// Wish is what a reviewer may say of a sample: everything but which contacts.
type Wish struct {
	Service, Purpose string
	Days, Size       int // of Spans and Sizes
}

// Draw lets chance choose settled contacts of a service: at most Size, and at most half of those that
// could have been chosen. What the reviewer has handled, what is restricted and what lies in a sample
// already is not among them. The draw is recorded. Errors: fault.Denied "not-allowed",
// "secrecy-commitment-missing"; fault.NotFound "service-not-found"; fault.Invalid on days and size;
// fault.Conflict "sample-too-soon" (one a week for each service and purpose) and "sample-pool-small".
func (r *Reviews) Draw(ctx context.Context, caller access.Caller, w Wish) (Sample, error) {
	if !slices.Contains(Spans(), w.Days) {
		return Sample{}, fault.New(fault.Invalid, "field-choice").On("days")
	}
	if !slices.Contains(Sizes(), w.Size) {
		return Sample{}, fault.New(fault.Invalid, "field-choice").On("size")
	}
	s, err := r.o.Services.Get(ctx, caller.Authority, w.Service)
	if err != nil {
		return Sample{}, err
	}
	var id string
	err = r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		id, err = r.draw(ctx, tx, caller, s, w)
		return err
	})
	if err != nil {
		return Sample{}, err
	}
	return r.Sample(ctx, caller, id)
}

func (r *Reviews) draw(ctx context.Context, tx *store.Tx, caller access.Caller, s service.Service, w Wish) (string, error) {
	if err := access.Lock(ctx, tx, caller.Authority, caller.ID); err != nil {
		return "", err
	}
	if err := r.may(ctx, tx, caller, s, w.Purpose, access.RoleReviewer); err != nil {
		return "", err
	}
	if err := r.tooSoon(ctx, tx, caller, w); err != nil {
		return "", err
	}
	chosen, err := r.choose(ctx, tx, caller, w)
	if err != nil {
		return "", err
	}
	return r.keep(ctx, tx, caller, w, chosen)
}

// tooSoon refuses a second draw of the same kind within a week, so that nobody draws until it suits.
func (r *Reviews) tooSoon(ctx context.Context, tx *store.Tx, caller access.Caller, w Wish) error {
	var last int64
	err := tx.Row(ctx, qSampleLast, caller.Authority, caller.ID, w.Service, w.Purpose).Scan(&last)
	next := time.UnixMilli(last).Add(Every)
	if err == nil && last > 0 && r.o.Now().Before(next) {
		day := notice.DayOf(next, r.o.Services.Zone(caller.Authority))
		err = fault.New(fault.Conflict, "sample-too-soon", "day", string(day))
	}
	return err
}

// choose returns contacts in the order of chance, with the record of their conversation.
func (r *Reviews) choose(ctx context.Context, tx *store.Tx, caller access.Caller, w Wish) ([]candidate, error) {
	pool, err := r.pool(ctx, tx, caller.Authority, w)
	if err != nil {
		return nil, err
	}
	touched, err := r.o.Touched(ctx, tx, caller.Authority, caller.ID, pool)
	if err != nil {
		return nil, err
	}
	var fit []candidate
	for _, one := range pool {
		record, _, ok, err := r.living(ctx, tx, caller.Authority, one.Contact)
		if err != nil {
			return nil, err
		}
		if ok && !touched[one.Contact] {
			fit = append(fit, candidate{one.Contact, record})
		}
	}
	if len(fit) < leastPool {
		return nil, fault.New(fault.Conflict, "sample-pool-small")
	}
	return fit[:min(w.Size, len(fit)/2)], nil
}

type candidate struct {
	contact string
	record  vault.RecordID
}

// pool walks all contacts of the span once and keeps so many of them that each has the same chance of
// being kept, in any order (Vitter's algorithm R).
func (r *Reviews) pool(ctx context.Context, tx *store.Tx, authority string, w Wish) ([]audit.Touch, error) {
	var kept []audit.Touch
	now, seen := r.o.Now(), int64(0)
	err := tx.Each(ctx, qPool, func(scan func(...any) error) error {
		var one audit.Touch
		var from, to int64
		if err := scan(&one.Contact, &from, &to); err != nil {
			return err
		}
		one.From, one.To = time.UnixMilli(from), time.UnixMilli(to)
		seen++
		at, err := r.below(seen)
		switch {
		case err != nil:
			return err
		case len(kept) < looked: // a shuffle from the inside out
			kept = append(kept, one)
			kept[at], kept[len(kept)-1] = kept[len(kept)-1], kept[at]
		case at < looked:
			kept[at] = one
		}
		return nil
	}, authority, w.Service, now.AddDate(0, 0, -w.Days).UnixMilli(), now.UnixMilli())
	return kept, err
}

// below is a random number from 0 to before n.
func (r *Reviews) below(n int64) (int64, error) {
	at, err := rand.Int(r.o.Rand, big.NewInt(n))
	if err != nil {
		return 0, fault.New(fault.Internal, "no-randomness").Wrap(err)
	}
	return at.Int64(), nil
}

// living gives the record of a contact's conversation and its last day; ok is false when it does not open
// any more, or for now because its use is restricted.
func (r *Reviews) living(ctx context.Context, tx *store.Tx, authority, id string) (record vault.RecordID, last notice.Day, ok bool, err error) {
	of, err := contact.Load(ctx, tx, authority, id)
	if fault.Is(err, fault.NotFound) {
		return "", "", false, nil
	}
	if err != nil {
		return "", "", false, err
	}
	lives, err := r.o.Vault.LifeOf(ctx, tx, authority, contact.Type, id)
	for _, life := range lives {
		if life.Record == of.Record {
			return of.Record, life.LastDay, !life.Restrict && life.LastDay >= r.today(authority), err
		}
	}
	return "", "", false, err
}

// keep writes the sample, with a record of its own that ends it.
func (r *Reviews) keep(ctx context.Context, tx *store.Tx, caller access.Caller, w Wish, chosen []candidate) (string, error) {
	id, now := store.NewID(samplePrefix), r.o.Now()
	record, err := r.o.Vault.Create(ctx, tx, vault.Birth{Authority: caller.Authority, Notice: NoticeID, Group: Group,
		Type: Type, Row: id, At: now, Final: true})
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, qSampleAdd, caller.Authority, id, string(record), caller.ID, w.Service, w.Purpose, now.UnixMilli())
	if err != nil {
		return "", err
	}
	records := []vault.RecordID{record}
	for i, one := range chosen {
		if _, err := tx.Exec(ctx, qItemAdd, caller.Authority, id, i+1, one.contact); err != nil {
			return "", err
		}
		records = append(records, one.record)
	}
	return id, r.record(ctx, tx, caller, vault.Entry{Purpose: w.Purpose, Action: vault.ActionDraw, Notice: NoticeID,
		Group: Group, Type: Type, Row: id, Records: records})
}
