package audit

import (
	"cmp"
	"context"
	"slices"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Query says for which purpose entries are read and which page of them.
type Query struct {
	Purpose string
	Reason  string
	Before  string // Next of the page before; "" is the newest page
	Limit   int    // at most 500; 0 is 50
}

// Page is some entries, newest first. Next is the Before of the next page, "" on the last one.
type Page struct {
	Entries []Entry
	Next    string
}

const (
	pageDefault = 50
	pageMost    = 500
	macsAtOnce  = 32           // as many as the queries have places for
	afterAll    = "a_~"        // sorts after every entry's id
	staffKind   = access.Staff // whose acts an officer asks about
)

func (q Query) limit() int {
	if q.Limit <= 0 {
		return pageDefault
	}
	return min(q.Limit, pageMost)
}

// ByStaff returns what a member of staff did, for an officer who supervises it. The query is one
// entry of its own, with its reason. Errors as vault.Open.
func (l *Log) ByStaff(ctx context.Context, caller access.Caller, staff string, q Query) (Page, error) {
	about := vault.Value{Field: tokenActor, Text: actorName(staffKind, staff)}
	return l.search(ctx, caller, about, qOfActor, q)
}

// ByContact returns what was done to a contact's data, for an officer who supervises it. The query
// is one entry of its own, with its reason. Errors as vault.Open.
func (l *Log) ByContact(ctx context.Context, caller access.Caller, contact string, q Query) (Page, error) {
	about := vault.Value{Field: tokenRow, Text: rowName(contactType, contact)}
	return l.search(ctx, caller, about, qOfRow, q)
}

// search authorises, records, finds and opens in one transaction, and reads what was opened once
// that has committed.
func (l *Log) search(ctx context.Context, caller access.Caller, about vault.Value, by store.Query, q Query) (Page, error) {
	var rows []row
	var opened []*vault.Opened
	err := l.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		found, err := l.vault.BeginEntries(ctx, tx, caller, q.Purpose, about, vault.Why{Reason: q.Reason})
		if err != nil {
			return err
		}
		macs, err := found.Macs(ctx, tx)
		if err != nil {
			return err
		}
		if rows, err = find(ctx, tx, by, caller.Authority, macs, q); err != nil {
			return err
		}
		opened, err = found.Open(ctx, tx, sealedRows(caller.Authority, rows[:min(len(rows), q.limit())]))
		return err
	})
	if err != nil {
		return Page{}, err
	}
	return page(rows, opened, q)
}

func page(rows []row, opened []*vault.Opened, q Query) (Page, error) {
	var p Page
	for i, o := range opened {
		e, err := read(o)
		if err != nil {
			return Page{}, err
		}
		e.Leaf = rows[i].leaf
		p.Entries = append(p.Entries, *e)
	}
	if len(rows) > q.limit() {
		p.Next = rows[q.limit()-1].id
	}
	return p, nil
}

// read decodes an opened entry, once its transaction has committed.
func read(o *vault.Opened) (*Entry, error) {
	plain, _ := o.Plain()
	c, ok := committed(plain)
	if !ok {
		return nil, fault.New(fault.Internal, "audit-entry-unreadable")
	}
	return Decode(c.Entry)
}

func sealedRows(authority string, rows []row) []vault.Sealed {
	sealed := make([]vault.Sealed, len(rows))
	for i, r := range rows {
		sealed[i] = r.asSealed(authority)
	}
	return sealed
}

// find returns a page of rows and one more, newest first. macs are newest first as well, so older
// ones are asked only until the page is full; one round more, because on several nodes ids near
// midnight can lie on the wrong side of it by a moment.
func find(ctx context.Context, tx *store.Tx, by store.Query, authority string, macs [][]byte, q Query) ([]row, error) {
	var found []row
	want, full := q.limit()+1, false
	for chunk := range slices.Chunk(macs, macsAtOnce) {
		done := full
		some, err := store.Select(ctx, tx, by, scanRow, findArgs(authority, chunk, q.Before, want)...)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
		full = len(found) >= want
		if done {
			break
		}
	}
	slices.SortFunc(found, func(a, b row) int { return cmp.Compare(b.id, a.id) })
	return found[:min(len(found), want)], nil
}

// findArgs fills the query's places; those left over repeat the first token.
func findArgs(authority string, macs [][]byte, before string, want int) []any {
	args := []any{authority, cmp.Or(before, afterAll)}
	for i := range macsAtOnce {
		mac := macs[0]
		if i < len(macs) {
			mac = macs[i]
		}
		args = append(args, mac)
	}
	return append(args, want)
}
