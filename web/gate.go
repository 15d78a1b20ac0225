package web

import (
	"context"
	"crypto/sha256"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"luukku/fault"
)

// gate stands before every handler: it lets in whom the route names and nobody else.
func (s *Server) gate(route Route, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r.Context())
		v.route = route
		if err := s.admit(r.Context(), v, route, r); err != nil {
			if route.Kind == Stream {
				s.unread(w, v)
			}
			s.refuse(w, r, v, err)
			return
		}
		if route.Long {
			endless(w)
		}
		next.ServeHTTP(w, r)
	})
}

// endless takes the connection's deadlines away for one request. A connection without any has none to lose.
func endless(w http.ResponseWriter) {
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Time{})
	_ = c.SetWriteDeadline(time.Time{})
}

// admit checks limits and credentials. Its order is part of the promise: whoever may not call learns
// nothing of what the call would have said.
func (s *Server) admit(ctx context.Context, v *Visit, route Route, r *http.Request) error {
	switch {
	case slices.Contains(route.Who, Anyone):
		return s.withinAddress(v, route)
	case slices.Contains(route.Who, Citizen):
		return s.admitCitizen(v, route, r)
	case slices.Contains(route.Who, SetupCode):
		return s.admitSetup(v)
	}
	return s.admitStaff(ctx, v, route, r)
}

// withinAddress takes one from the address's share.
func (s *Server) withinAddress(v *Visit, route Route) error {
	if route.Open {
		return nil
	}
	limit := s.floods.address
	switch route.ID {
	case "chat-start", "chat-transcript", "copy-status", "copy-fetch", "copy-file":
		limit = s.floods.starts
	case "copy-request":
		limit = s.floods.requests
	case "sign-in", "directory-begin", "directory-answer", "directory-code":
		limit = s.floods.signIns
	}
	return s.within(limit, route.ID, site(v.Address))
}

// within takes one from key's share of a limit, or says when to come back.
func (s *Server) within(limit *flood, name, key string) error {
	wait, ok := limit.allow(key)
	if ok {
		return nil
	}
	s.metrics.limited.WithLabelValues(name).Inc()
	return fault.New(fault.Busy, "too-many-requests", "seconds", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
}

// admitCitizen takes the claim of a citizen; whether it holds is seen where it is used, and one that
// does not answers like a contact that does not exist.
func (s *Server) admitCitizen(v *Visit, route Route, r *http.Request) error {
	v.Contact, v.Token = r.PathValue("contact"), bearer(r)
	if err := s.withinAddress(v, route); err != nil {
		return err
	}
	if v.Token == "" || !wellFormed(v.Contact) {
		return fault.New(fault.NotFound, "contact-not-found")
	}
	if route.Method == http.MethodGet {
		return nil
	}
	return s.within(s.floods.conversation, "conversation", citizenKey(v.Authority.ID, v.Contact, v.Token))
}

// citizenKey counts a citizen's messages under the claim with which they come: whoever has no token
// cannot use up the share of somebody who has.
func citizenKey(authority, contact, token string) string {
	hash := sha256.Sum256([]byte(token))
	return authority + "\x00citizen\x00" + contact + "\x00" + string(hash[:])
}

// admitStaff finds the sign-in and compares its holder's roles with the route. A cookie is looked up within
// the share of its address, which is given back to whoever is signed in. What cannot be a contact answers
// like one that does not exist.
func (s *Server) admitStaff(ctx context.Context, v *Visit, route Route, r *http.Request) error {
	v.Cookie = s.cookieOf(v, r)
	if err := s.withinAddress(v, route); err != nil {
		return err
	}
	if v.Cookie == "" {
		return errSignedOut
	}
	var err error
	v.Session, v.Standing, err = s.People.Session(ctx, v.Authority.ID, v.Cookie, activity(route))
	if err != nil {
		return err
	}
	s.floods.address.giveBack(site(v.Address))
	if !slices.Contains(route.Who, Pending) && len(v.Standing.Must) > 0 {
		return fault.New(fault.Denied, "must-first").On(v.Standing.Must[0])
	}
	if !route.Allows(v.Standing.Roles()...) {
		return fault.New(fault.Denied, "role-missing")
	}
	if id := r.PathValue("contact"); id != "" && !wellFormed(id) {
		return fault.New(fault.NotFound, "contact-not-found")
	}
	return nil
}

// activity tells whether a request shows that its sender is at work, rather than a page that refreshes
// itself.
func activity(route Route) bool {
	return route.ID != "me" && route.ID != "desk-board" && route.ID != "lead-overview" && route.ID != "sign-out"
}

// admitSetup lets the first start in only while it has still to be done.
func (s *Server) admitSetup(v *Visit) error {
	if err := s.within(s.floods.signIns, "setup", site(v.Address)); err != nil {
		return err
	}
	if s.Setup == nil {
		return fault.New(fault.NotFound, "not-found")
	}
	return nil
}

// wellFormed tells whether something can be an id of ours, so that nothing else reaches the database.
func wellFormed(id string) bool {
	if len(id) < 3 || len(id) > 64 {
		return false
	}
	return !strings.ContainsFunc(id, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' && r != '-' })
}

// Cookie names. With a host of its own an authority's cookie is bound to that host; below a path it is
// bound to the path, so that two authorities on one host do not see each other's. Over plain HTTP,
// which only a loopback address may use, a browser keeps neither prefix.
const (
	cookieHost  = "__Host-luukku"
	cookiePath  = "__Secure-luukku"
	cookiePlain = "luukku"
)

// cookieName is the session cookie's name for a visit.
func cookieName(v *Visit) string {
	switch {
	case !v.Secure:
		return cookiePlain
	case v.Base == "":
		return cookieHost
	}
	return cookiePath
}

// cookieOf is the session token that a request carries.
func (s *Server) cookieOf(v *Visit, r *http.Request) string {
	c, err := r.Cookie(cookieName(v))
	if err != nil {
		return ""
	}
	return c.Value
}

// sessionCookie carries a token; an empty one takes the cookie away. It has no life of its own: the
// session ends on the server, and with the browser.
func sessionCookie(v *Visit, token string) string {
	c := &http.Cookie{Name: cookieName(v), Value: token, Path: v.Base + "/", HttpOnly: true, Secure: v.Secure, SameSite: http.SameSiteLaxMode}
	if token == "" {
		c.MaxAge, c.Expires = -1, time.Unix(1, 0)
	}
	return c.String()
}
