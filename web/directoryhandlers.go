package web

import (
	"cmp"
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"luukku/fault"
	"luukku/people"
	"luukku/people/oidc"
	"luukku/store"
	"luukku/web/api"
)

// directoryOperations are about signing in by the organisation's directory.
func (s *Server) directoryOperations(r *register) {
	operate(r, "sign-in-ways", "The ways in that are open to staff", s.signInWays)
	operate(r, "directory-begin", "Begin to sign in at the organisation's directory", s.directoryBegin)
	operate(r, "directory-code", "Show a one-time code after the directory", s.directoryCode)
	r.handle("directory-answer", s.directoryAnswer)
}

// directoryPath is where the directory sends people back to, below an authority.
const directoryPath = "/sign-in/directory"

// toldAfter are the problems with which a sign-in at the directory may end, as the sign-in page is told of
// them in its address. Nothing else is said there.
var toldAfter = []string{
	"directory-state", "directory-cancelled", "directory-failed", "directory-client", "directory-token", "directory-clock", "directory-claim", "directory-not-bound",
	"directory-subject-changed", "directory-unreachable", "directory-malformed", "directory-issuer", "directory-place", "directory-off", "directory-wait", "keys-unavailable",
}

// What the sign-in page is told when nothing went wrong.
const (
	directoryDone = "done" // signed in
	directoryCode = "code" // a code is asked for
)

// ofTold asks what a word in the sign-in page's address means.
type ofTold struct {
	Told string `query:"told" maxLength:"40"`
}

func (s *Server) signInWays(ctx context.Context, v *Visit, in *ofTold) (*answer[api.SignInWays], error) {
	f, err := s.federation(ctx, v)
	out := api.SignInWays{Directory: f.On, Passwords: people.PasswordsAll}
	if f.On {
		out.Passwords = f.Passwords
	}
	if slices.Contains(toldAfter, in.Told) {
		out.Told = v.text().Problem(string(fault.Denied), in.Told, nil)
	}
	return &answer[api.SignInWays]{out}, err
}

func (s *Server) federation(ctx context.Context, v *Visit) (f people.Federation, err error) {
	err = s.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		f, err = s.People.Federation(ctx, tx, v.Authority.ID)
		return err
	})
	return f, err
}

// directoryBegin says where to go. What belongs to this sign-in follows from a cookie that only this browser
// gets; the browser goes there by itself, so that no page of another site can send it.
func (s *Server) directoryBegin(ctx context.Context, v *Visit, in *ofBody[api.BeginByDirectory]) (*withCookie[api.Onward], error) {
	if !v.Secure && !loopback(v.request) {
		return nil, fault.New(fault.Denied, "sign-in-needs-tls")
	}
	d, err := s.People.Directory(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	ticket := oidc.NewTicket()
	address, err := s.People.OIDC.Begin(ctx, d, ticket, s.directoryBack(v))
	if err != nil {
		return nil, err
	}
	if err := s.People.GiveTicket(ctx, v.Authority.ID, ticket.Hash()); err != nil {
		return nil, err
	}
	return &withCookie[api.Onward]{errand{ticket, v.lang(), ownPath(in.Body.Next)}.cookie(v), api.Onward{Address: address}}, nil
}

// directoryBack is the one address to which the directory sends an authority's staff back.
func (s *Server) directoryBack(v *Visit) string { return s.addressOf(v, v.Authority) + directoryPath }

// directoryAnswer is where the directory sends people back to. It answers with a redirect at once, whatever
// came: the code and the state are good once, and stay in no address that is shown.
func (s *Server) directoryAnswer(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r.Context())
	went, _ := errandOf(v, r)
	token, told, err := s.answered(r.Context(), v, went, r.URL.Query())
	v.err = err
	left := errand{}
	switch told {
	case directoryDone:
		w.Header().Add("Set-Cookie", sessionCookie(v, token))
	case directoryCode:
		left.ticket, _ = oidc.ReadTicket(token)
	}
	w.Header().Add("Set-Cookie", left.cookie(v))
	query := url.Values{"directory": {told}, "lang": {cmp.Or(went.lang, v.lang())}}
	if went.next != "" {
		query.Set("next", went.next)
	}
	http.Redirect(w, r, v.Base+"/sign-in?"+query.Encode(), http.StatusSeeOther)
}

// answered turns the directory's answer into a sign-in: its token, or that of the ticket with which a code
// is shown.
func (s *Server) answered(ctx context.Context, v *Visit, went errand, query url.Values) (token, told string, err error) {
	next := oidc.NewTicket()
	in, err := s.believe(ctx, v, went, query, next.Hash())
	switch {
	case err == nil:
		return in.Token, directoryDone, nil
	case fault.Of(err).Key == "totp-required":
		return next.String(), directoryCode, nil
	case fault.Of(err).Key == "sign-in-wait":
		return "", "directory-wait", err
	case slices.Contains(toldAfter, fault.Of(err).Key):
		return "", fault.Of(err).Key, err
	}
	return "", "directory-failed", err
}

// believe takes the ticket, which ends it, then asks the directory what its answer is worth.
func (s *Server) believe(ctx context.Context, v *Visit, went errand, query url.Values, next []byte) (people.SignedIn, error) {
	who, err := s.vouchedFor(ctx, v, went, oidc.Answer{Code: query.Get("code"), State: query.Get("state"), Issuer: query.Get("iss"), Error: query.Get("error")})
	if err != nil {
		s.People.RefusedByDirectory(ctx, v.Authority.ID, err)
		return people.SignedIn{}, err
	}
	return s.People.ByDirectory(ctx, people.Vouched{Authority: v.Authority.ID, Who: who, Address: site(v.Address), Ticket: next})
}

func (s *Server) vouchedFor(ctx context.Context, v *Visit, went errand, a oidc.Answer) (oidc.Identity, error) {
	if err := s.People.TakeTicket(ctx, v.Authority.ID, went.ticket.Hash()); err != nil {
		return oidc.Identity{}, err
	}
	d, err := s.People.Directory(ctx, v.Authority.ID)
	if err != nil {
		return oidc.Identity{}, err
	}
	return s.People.OIDC.Finish(ctx, d, went.ticket, s.directoryBack(v), a)
}

func (s *Server) directoryCode(ctx context.Context, v *Visit, in *ofBody[api.Code]) (*withCookies[api.Me], error) {
	went, _ := errandOf(v, v.request)
	done, err := s.People.CodeAfter(ctx, v.Authority.ID, went.ticket.Hash(), in.Body.Code, site(v.Address))
	if err != nil {
		return nil, err
	}
	me, err := s.meAfter(ctx, v, done)
	return &withCookies[api.Me]{[]string{sessionCookie(v, done.Token), errand{}.cookie(v)}, me}, err
}

// withCookies is an answer that sets or takes away several cookies.
type withCookies[T any] struct {
	SetCookie []string `header:"Set-Cookie"`
	Body      T
}

// errand is what a browser keeps while its holder is at the directory.
type errand struct {
	ticket oidc.Ticket
	lang   string
	next   string // path of the page that was asked for
}

// errandLife is for how long: as the ticket.
const errandLife = 10 * time.Minute

// cookie holds an errand; the zero one takes it away. It comes along when the directory sends its browser
// back (SameSite=Lax), and with nothing else that another site sends.
func (e errand) cookie(v *Visit) string {
	c := &http.Cookie{Name: cookieName(v) + "-directory", Path: v.Base + "/", HttpOnly: true, Secure: v.Secure, SameSite: http.SameSiteLaxMode, MaxAge: int(errandLife.Seconds())}
	c.Value = strings.Join([]string{e.ticket.String(), e.lang, base64.RawURLEncoding.EncodeToString([]byte(e.next))}, ".")
	if e == (errand{}) {
		c.Value, c.MaxAge, c.Expires = "", -1, time.Unix(1, 0)
	}
	return c.String()
}

// errandOf reads the cookie; one without a ticket fits nothing.
func errandOf(v *Visit, r *http.Request) (errand, bool) {
	c, err := r.Cookie(cookieName(v) + "-directory")
	if err != nil {
		return errand{}, false
	}
	parts := strings.Split(c.Value, ".")
	if len(parts) != 3 {
		return errand{}, false
	}
	ticket, ok := oidc.ReadTicket(parts[0])
	next, _ := base64.RawURLEncoding.DecodeString(parts[2]) // what cannot be read leads nowhere
	e := errand{ticket: ticket, next: ownPath(string(next))}
	if known(parts[1]) {
		e.lang = parts[1]
	}
	return e, ok
}

// ownPath is a path of this authority's pages; anything else is "": it could lead to another site.
func ownPath(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.RawQuery != "" || u.Fragment != "" || len(path) < 2 || path[0] != '/' || path[1] < 'a' || path[1] > 'z' || strings.ContainsAny(path, "\\%") {
		return ""
	}
	return path
}

// leaveDirectory is where a browser goes when its holder has signed out: to the directory that let them in,
// to end the sign-in there too, or nowhere.
func (s *Server) leaveDirectory(ctx context.Context, v *Visit) api.Onward {
	if !v.Session.Directory {
		return api.Onward{}
	}
	ctx, stop := context.WithTimeout(ctx, leaveTime)
	defer stop()
	d, err := s.People.Directory(ctx, v.Authority.ID)
	if err != nil {
		return api.Onward{}
	}
	return api.Onward{Address: s.People.OIDC.End(ctx, d, s.addressOf(v, v.Authority)+"/sign-in")}
}

// leaveTime is how long a sign-out waits for a directory that has not told yet where it is ended.
const leaveTime = 3 * time.Second
