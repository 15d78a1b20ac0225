package rights

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"io"
	"strings"
	"time"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// How long a link lives, how many wrong codes it bears, how long and how often it can be used once its
// code was given, so that a download that broke off can be repeated.
const (
	linkLife  = 14 * 24 * time.Hour
	linkTries = 5
	linkAfter = time.Hour
	linkOpens = 5
)

// The states of a link.
const (
	linkOpen   = "open"
	linkEnded  = "ended"
	linkLocked = "locked"
)

// Delivery is a link as it is told once: neither it nor its code can be read again.
type Delivery struct {
	Link   string
	Code   string // in groups of four
	EndsAt int64  // unix milliseconds
}

// Deliver makes a link to the copy with a code, and closes the request. Asked again it makes a new link,
// and the earlier one ends. Errors: fault.Conflict "request-status"; fault.Gone "retention-ended" when
// the copy has ended.
func (r *Rights) Deliver(ctx context.Context, caller access.Caller, id string) (Delivery, error) {
	d, link, code, err := r.newLink()
	if err != nil {
		return d, err
	}
	err = r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, err := locked(ctx, tx, caller.Authority, id, Ready, Closed)
		if err != nil {
			return err
		}
		if q.Copy == "" || q.Status == Closed && q.Outcome != Granted && q.Outcome != Partly {
			return fault.New(fault.Conflict, "request-status")
		}
		if alive, err := r.alive(ctx, tx, q); err != nil || !alive {
			if err == nil {
				err = fault.New(fault.Gone, "retention-ended")
			}
			return err
		}
		if _, err := tx.Exec(ctx, queries.Get("deliveries-end"), q.Authority, q.ID); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, queries.Get("delivery-add"), q.Authority, link, q.ID, code, r.o.Now().UnixMilli(), d.EndsAt); err != nil {
			return err
		}
		if q.Status == Ready {
			if err := r.close(ctx, tx, caller, q, q.Outcome, ""); err != nil {
				return err
			}
		}
		return r.note(ctx, tx, caller, roleOf(caller), q, ActionDeliver, "")
	})
	return d, err
}

// codeAlphabet has no characters that are mistaken for each other.
const codeAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

// newLink makes a link of 256 random bits and a code of 12 characters (58 bits), and their digests.
func (r *Rights) newLink() (d Delivery, link, code []byte, err error) {
	var raw [32]byte
	if _, err := io.ReadFull(r.o.Rand, raw[:]); err != nil {
		return d, nil, nil, fault.New(fault.Internal, "no-randomness").Wrap(err)
	}
	var text []byte
	for len(text) < 12 {
		var one [1]byte
		if _, err := io.ReadFull(r.o.Rand, one[:]); err != nil {
			return d, nil, nil, fault.New(fault.Internal, "no-randomness").Wrap(err)
		}
		if int(one[0]) < 240 { // 8 × 30: every character as likely as another
			text = append(text, codeAlphabet[int(one[0])%len(codeAlphabet)])
		}
	}
	d.Link = base64.RawURLEncoding.EncodeToString(raw[:])
	d.Code = string(text[:4]) + "-" + string(text[4:8]) + "-" + string(text[8:])
	d.EndsAt = r.o.Now().Add(linkLife).UnixMilli()
	return d, digest(d.Link), digest(d.Link, folded(d.Code)), nil
}

// folded is a code without what people write around it.
func folded(typed string) string {
	return strings.NewReplacer("-", "", " ", "", "\u2013", "").Replace(strings.ToUpper(strings.TrimSpace(typed)))
}

// digest of a link, or of a code under its link: who has the database has neither.
func digest(parts ...string) []byte {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte{byte(len(p) >> 8), byte(len(p))})
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}

// wrongCode is what every link answers that is unknown, foreign, over or given a wrong code.
func wrongCode() error { return fault.New(fault.Denied, "link-or-code") }

// Fetch opens a copy by its link and code, for the person. Every link that is not there, is another
// authority's, is over or is given a wrong code answers fault.Denied "link-or-code". With the right code
// a copy that retention has ended is fault.Gone "retention-ended". Each opening is recorded.
func (r *Rights) Fetch(ctx context.Context, authority, link, code string) (Document, error) {
	q, err := r.admit(ctx, authority, link, code, true)
	if err != nil {
		return Document{}, err
	}
	n, err := r.register(authority, q.Register)
	if err != nil {
		return Document{}, err
	}
	who := access.Caller{Authority: authority, Kind: access.Subject, ID: q.Copy}
	rows, err := r.openItems(ctx, who, purposeOf(n), q.Copy, vault.Why{})
	if fault.Is(err, fault.NotFound) || err == nil && len(rows) == 0 {
		err = fault.New(fault.Gone, "retention-ended")
	}
	if err != nil {
		return Document{}, err
	}
	return r.document(q, n, rows), r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return r.note(ctx, tx, who, access.RoleSubject, q, ActionFetch, "")
	})
}

// admit counts a try, lets the right code in, and lets the link end an hour after its first use. Of the whole
// copy there are few uses, and of many at once no more than may come in; its files, of which there may be
// many, are not counted.
func (r *Rights) admit(ctx context.Context, authority, link, code string, counts bool) (q Request, err error) {
	refused := false
	err = r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		refused = true
		var id, state string
		var want []byte
		var tries, opened, ends int64
		key := digest(link)
		err := tx.Row(ctx, queries.Get("delivery-get"), authority, key).Scan(&id, &want, &state, &tries, &opened, &ends)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if state != linkOpen || ends <= r.o.Now().UnixMilli() {
			return nil
		}
		if subtle.ConstantTimeCompare(want, digest(link, folded(code))) != 1 {
			if tries++; tries >= linkTries {
				state = linkLocked
			}
			_, err := tx.Exec(ctx, queries.Get("delivery-try"), tries, state, authority, key)
			return err
		}
		refused = false
		if q, err = load(ctx, tx, authority, "request-get", id); err != nil {
			return err
		}
		if counts {
			opened++
		}
		if opened >= linkOpens {
			state = linkEnded
		}
		ends = min(ends, r.o.Now().Add(linkAfter).UnixMilli())
		_, err = tx.Exec(ctx, queries.Get("delivery-opened"), opened, ends, state, authority, key)
		return err
	})
	if err == nil && refused {
		err = wrongCode()
	}
	return q, err
}

// Sweep ends what is over: a copy whose link can no longer be used is erased, drafts that belong to no
// request too, and the request's plain columns are emptied. It returns how many requests it settled.
func (r *Rights) Sweep(ctx context.Context, authority string) (int, error) {
	var over []Request
	var lost []vault.RecordID
	err := r.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		over, err = store.Select(ctx, tx, queries.Get("requests-over"), func(scan func(...any) error) (Request, error) {
			return scanRequest(authority, scan)
		}, authority, r.o.Now().UnixMilli())
		if err != nil {
			return err
		}
		lost, err = store.Select(ctx, tx, queries.Get("items-lost"), func(scan func(...any) error) (id vault.RecordID, err error) {
			return id, scan((*string)(&id))
		}, authority)
		return err
	})
	if err != nil {
		return 0, err
	}
	if err := r.erase(ctx, authority, lost); err != nil {
		return 0, err
	}
	for i, q := range over {
		if err := r.settle(ctx, q); err != nil {
			return i, err
		}
	}
	return len(over), nil
}

func (r *Rights) erase(ctx context.Context, authority string, records []vault.RecordID) error {
	for _, id := range records {
		err := r.o.Vault.Erase(ctx, program(authority), []vault.RecordID{id}, "copy-over")
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

func (r *Rights) settle(ctx context.Context, q Request) error {
	var records []vault.RecordID
	err := r.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		records, err = recordsOf(ctx, tx, q.Authority, q.Copy)
		return err
	})
	if err != nil {
		return err
	}
	if err := r.erase(ctx, q.Authority, records); err != nil {
		return err
	}
	return r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Exec(ctx, queries.Get("deliveries-drop"), q.Authority, q.ID); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, queries.Get("request-settle"), q.Authority, q.ID)
		return err
	})
}
