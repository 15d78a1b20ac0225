package rights

import (
	"context"
	"crypto/subtle"
	"strings"

	"luukku/core/access"
	"luukku/fault"
	"luukku/store"
)

// wrongRequest is what every number answers that is unknown, foreign, or told without what it is found by.
func wrongRequest() error { return fault.New(fault.Denied, "request-or-code") }

// Own is a request as the person who made it follows it, by its number and by what their data are found by, as
// they gave it: the reference code, the e-mail address or the telephone number. Every other pair is
// fault.Denied "request-or-code". That the program compared and that the person saw it are an entry each.
func (r *Rights) Own(ctx context.Context, authority, number, typed string) (View, error) {
	number = strings.ToLower(strings.TrimSpace(number))
	v, err := r.read(ctx, Page(authority), number, groupRequest)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Gone) {
		return View{}, wrongRequest()
	}
	if err != nil {
		return View{}, err
	}
	if !r.knows(authority, v, typed) {
		return View{}, wrongRequest()
	}
	who := access.Caller{Authority: authority, Kind: access.Subject, ID: v.ID}
	return v, r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return r.note(ctx, tx, who, access.RoleSubject, v.Request, ActionFollow, "")
	})
}

// knows tells whether somebody has typed what a request's person is found by.
func (r *Rights) knows(authority string, v View, typed string) bool {
	n, err := r.register(authority, v.Said["register"])
	if err != nil {
		return false
	}
	for _, l := range lookups {
		form := r.form(n, l.Field)
		if v.Said[l.Kept] == "" || form == nil {
			continue
		}
		value, err := form(typed)
		if err == nil && subtle.ConstantTimeCompare([]byte(value), []byte(v.Said[l.Kept])) == 1 {
			return true
		}
	}
	return false
}
