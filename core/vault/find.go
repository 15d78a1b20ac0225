package vault

import (
	"context"
	"slices"
	"strings"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// Found is a record that Find found and what it belongs to.
type Found struct {
	Record RecordID
	Group  string
	Type   string
	Row    string
}

// tokensAtOnce is how many tokens one statement looks for; it is the number of parameters of
// token-find.
const tokensAtOnce = 32

// Find returns the records that carry a token of field with this value, over every bucket of the
// notice that lives and that caller may search for purpose. The search is recorded, with the
// records it found and never with the value. Records of a service that the caller's grants do not
// reach are left out. Errors as Open; fault.Invalid "undeclared-field".
func (v *Vault) Find(ctx context.Context, tx *store.Tx, caller access.Caller, purpose, noticeID, field, value string, why Why) ([]Found, error) {
	n, ok := v.o.Shelf.Current(caller.Authority, noticeID, v.today(caller.Authority))
	if !ok {
		return nil, notFound()
	}
	g, _, ok := n.FieldGroup(field)
	if !ok {
		return nil, undeclared(field, register{notice: noticeID})
	}
	q, err := v.searcher(ctx, tx, caller, purpose, why)
	if err != nil {
		return nil, err
	}
	e := q.entry(ActionSearch)
	e.Notice, e.Group = noticeID, g.ID
	if e.Role, err = q.maySearch(n, g.ID); err != nil {
		return nil, v.refuse(tx, e, err)
	}
	macs, err := v.macs(ctx, tx, caller.Authority, noticeID, g.ID, field, value)
	if err != nil {
		return nil, err
	}
	records, err := v.withTokens(ctx, tx, caller.Authority, field, macs)
	if err != nil {
		return nil, err
	}
	return v.found(ctx, tx, q, e, records)
}

// searcher is a question about no record yet.
func (v *Vault) searcher(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, why Why) (*question, error) {
	q := &question{caller: caller, purpose: purpose, why: why, now: v.now(), relation: access.Unrelated}
	var err error
	q.grants, q.secrecy, err = access.Grants(ctx, tx, caller, q.now)
	return q, err
}

// found keeps what the caller may open for the purpose it searched for, and records the search.
func (v *Vault) found(ctx context.Context, tx *store.Tx, q *question, e Entry, records []*record) ([]Found, error) {
	var all []Found
	for _, r := range records {
		ok, err := v.reaches(ctx, tx, *q, r)
		if err != nil {
			return nil, err
		}
		if ok {
			e.Type, e.Records = r.typ, append(e.Records, r.id)
			all = append(all, Found{r.id, r.group, r.typ, r.thing})
		}
	}
	return all, v.record(ctx, tx, e)
}

// reaches judges a found record for the searcher q.
func (v *Vault) reaches(ctx context.Context, tx *store.Tx, q question, r *record) (bool, error) {
	b, err := v.binding(r.typ)
	if err != nil {
		return false, err
	}
	q.relation, q.service, err = b.Relate(ctx, tx, q.caller, r.thing)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = v.judge(&q, r)
	if fault.Is(err, fault.Internal) {
		return false, err
	}
	return err == nil, nil
}

// maySearch refuses a search whose finds could not be opened anyway, and every subject's. It
// returns the role under which it is allowed.
func (q *question) maySearch(n *notice.Notice, group string) (access.Role, error) {
	if q.caller.Kind == access.Subject {
		return "", denied("not-allowed")
	}
	if err := q.purposeOf(n); err != nil {
		return "", err
	}
	refusal := denied("not-allowed")
	for _, relation := range []access.Relation{access.Unrelated, access.Assigned} {
		for _, service := range q.services() {
			one := *q
			one.relation, one.service = relation, service
			under, err := one.role(n, group)
			if err == nil {
				return under.role, nil
			}
			if fault.Of(err).Key != "not-allowed" {
				refusal = err
			}
		}
	}
	return "", refusal
}

// services are those that the caller's grants name, "" among them for grants of every service.
func (q *question) services() []string {
	names := []string{""}
	for _, g := range q.grants {
		if !slices.Contains(names, g.Service) {
			names = append(names, g.Service)
		}
	}
	return names
}

// macs makes one token for each living bucket of a group. Buckets under a restriction are searched
// too; what lies in them is judged by itself.
func (v *Vault) macs(ctx context.Context, tx *store.Tx, authority, noticeID, group, field, value string) ([][]byte, error) {
	type living struct{ id, key, hold string }
	buckets, err := store.Select(ctx, tx, qBucketsSearched, func(scan func(...any) error) (b living, err error) {
		return b, scan(&b.id, &b.key, &b.hold)
	}, authority, noticeID, group, v.now().UnixMilli())
	if err != nil {
		return nil, err
	}
	macs := make([][]byte, len(buckets))
	for i, b := range buckets {
		key, err := v.bucketKey(authority, b.key)
		if err != nil {
			return nil, err
		}
		macs[i] = key.mac(field, value)
	}
	return macs, nil
}

// withTokens returns the records that carry one of the tokens.
func (v *Vault) withTokens(ctx context.Context, tx *store.Tx, authority, field string, macs [][]byte) ([]*record, error) {
	var ids []string
	for some := range slices.Chunk(macs, tokensAtOnce) {
		args := make([]any, 0, 2+tokensAtOnce)
		args = append(args, authority, field)
		for i := range tokensAtOnce {
			args = append(args, some[min(i, len(some)-1)])
		}
		found, err := store.Select(ctx, tx, qTokenFind, func(scan func(...any) error) (id string, err error) {
			return id, scan(&id)
		}, args...)
		if err != nil {
			return nil, err
		}
		ids = append(ids, found...)
	}
	var all []*record
	for _, id := range ids {
		r, err := scanRecord(authority, tx.Row(ctx, qRecordLook, authority, id).Scan)
		if fault.Is(err, fault.NotFound) {
			continue // moved or reclaimed at this moment
		}
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// joined adds a word to words that commas part, once.
func joined(words, word string) string {
	if words == "" {
		return word
	}
	if slices.Contains(strings.Split(words, ","), word) {
		return words
	}
	return words + "," + word
}
