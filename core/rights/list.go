package rights

import (
	"context"
	"strings"

	"luukku/core/access"
	"luukku/store"
)

// PerPage is how many requests a page of a list has.
const PerPage = 50

// List is a page of the requests that are not over, the one that is due first at the top, and where the next page
// begins; "" for after is the first one, "" for next is no more. Nothing is opened.
func (r *Rights) List(ctx context.Context, authority, after string) (page []Request, next string, err error) {
	err = r.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		page, next, err = list(ctx, tx, authority, after, func(Request) (bool, error) { return true, nil })
		return err
	})
	return page, next, err
}

// UnitList is the same of what waits for officials like caller: handed on by the registry, in registers that they
// may open for it.
func (r *Rights) UnitList(ctx context.Context, caller access.Caller, after string) (page []Request, next string, err error) {
	err = r.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		page, next, err = list(ctx, tx, caller.Authority, after, func(q Request) (bool, error) {
			if q.Status == Received || q.Status == Closed {
				return false, nil
			}
			_, may, err := r.unit(ctx, tx, caller, q.Register)
			return may, err
		})
		return err
	})
	return page, next, err
}

// list reads on until it has a page of those that are within, and one more.
func list(ctx context.Context, tx *store.Tx, authority, after string, within func(Request) (bool, error)) (page []Request, next string, err error) {
	for at := after; ; {
		due, id, _ := strings.Cut(at, " ")
		found, err := store.Select(ctx, tx, queries.Get("requests-open"), func(scan func(...any) error) (Request, error) {
			return scanRequest(authority, scan)
		}, authority, due, id, PerPage+1)
		if err != nil {
			return nil, "", err
		}
		for _, q := range found {
			in, err := within(q)
			switch {
			case err != nil:
				return nil, "", err
			case in && len(page) == PerPage:
				return page, place(page[PerPage-1]), nil
			case in:
				page = append(page, q)
			}
		}
		if len(found) <= PerPage {
			return page, "", nil
		}
		at = place(found[PerPage])
	}
}

// place is where a request stands in the list.
func place(q Request) string { return string(q.Due) + " " + q.ID }
