package web

import (
	"context"
	"io"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/people"
	"luukku/web/text"
)

// Visit is one request: where it goes, in which language, from where, and who calls. It is made by
// the gate and given to handlers as an argument.
type Visit struct {
	Authority Authority
	Base      string // of the authority's addresses: "" or "/slug"
	Lang      string // "" until lang is asked
	Address   netip.Addr
	Secure    bool
	Nonce     string // of this answer's content security policy

	Contact  string          // id in the path, for a citizen
	Token    string          // a citizen's contact token
	Cookie   string          // a member of staff's session token
	Session  people.Session  // of a member of staff
	Standing people.Standing // of a member of staff

	route   Route
	body    io.ReadCloser // of the request, without the limit that JSON has
	err     error         // what was answered, for the log
	request *http.Request
}

type visitKey struct{}

// visitOf gives the visit that the gate made, or an empty one.
func visitOf(ctx context.Context) *Visit {
	if v, ok := ctx.Value(visitKey{}).(*Visit); ok {
		return v
	}
	return &Visit{}
}

// lang is the visit's language, read from its request when it is first asked for.
func (v *Visit) lang() string {
	if v.Lang == "" && v.request != nil {
		v.Lang = langOf(v.request)
	}
	if v.Lang == "" {
		return languages[0]
	}
	return v.Lang
}

// text is the texts of the visit's language.
func (v *Visit) text() text.Language { return text.Of(v.lang()) }

// in gives a text of a notice or a service in the visit's language.
func (v *Visit) in(t notice.Text) string { return t.In(v.lang()) }

// caller is the member of staff who calls.
func (v *Visit) caller() access.Caller {
	return access.Caller{Authority: v.Authority.ID, Kind: access.Staff, ID: v.Session.Staff, Session: v.Session.ID}
}

// problem turns an error of a handler into its answer, and remembers it for the log.
func (v *Visit) problem(err error) *refusal {
	v.err = err
	return newProblem(err, v.lang())
}

// holds tells whether the caller holds one of the roles.
func (v *Visit) holds(roles ...string) bool {
	return slices.ContainsFunc(v.Standing.Roles(), func(role string) bool { return slices.Contains(roles, role) })
}

// today is the authority's day at the given moment.
func (v *Visit) today(now time.Time) notice.Day { return notice.DayOf(now, v.Authority.Zone) }

// bearer is the token of an Authorization header, "" without one.
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || len(token) > 256 {
		return ""
	}
	return strings.TrimSpace(token)
}

var errSignedOut = fault.New(fault.Denied, "signed-out")
