package web

import (
	"context"

	"luukku/fault"
	"luukku/people"
	"luukku/web/api"
)

// staffOperations are about one's own sign-in.
func (s *Server) staffOperations(r *register) {
	operate(r, "sign-in", "Sign in", s.signIn)
	operate(r, "sign-out", "Sign out", s.signOut)
	operate(r, "sign-out-everywhere", "End every session of this account", s.signOutEverywhere)
	operate(r, "me", "Who is signed in", s.me)
	operate(r, "extend", "Stay signed in", s.extend)
	operate(r, "password", "Change one's own password", s.changePassword)
	operate(r, "totp-enrol", "Make a new secret for an authenticator app", s.enrolCode)
	operate(r, "totp-confirm", "Take the new secret into use", s.confirmCode)
}

// withCookie is an answer that sets or takes away the session cookie.
type withCookie[T any] struct {
	SetCookie string `header:"Set-Cookie"`
	Body      T
}

func (s *Server) signIn(ctx context.Context, v *Visit, in *ofBody[api.SignIn]) (*withCookie[api.Me], error) {
	if !v.Secure && !loopback(v.request) {
		return nil, fault.New(fault.Denied, "sign-in-needs-tls")
	}
	in0 := people.Attempt{Authority: v.Authority.ID, Username: in.Body.Username, Password: in.Body.Password, Code: in.Body.TOTP, Address: site(v.Address)}
	done, err := s.People.SignIn(ctx, in0)
	if err != nil {
		return nil, err
	}
	me, err := s.meAfter(ctx, v, done)
	return &withCookie[api.Me]{sessionCookie(v, done.Token), me}, err
}

// meAfter says who has just signed in.
func (s *Server) meAfter(ctx context.Context, v *Visit, done people.SignedIn) (api.Me, error) {
	var err error
	if v.Session, v.Standing, err = s.People.Session(ctx, v.Authority.ID, done.Token, true); err != nil {
		return api.Me{}, err
	}
	return s.meOf(ctx, v)
}

func (s *Server) signOut(ctx context.Context, v *Visit, _ *nothing) (*withCookie[api.Onward], error) {
	return s.out(ctx, v, s.People.SignOut(ctx, v.Session, v.Cookie))
}

func (s *Server) signOutEverywhere(ctx context.Context, v *Visit, _ *nothing) (*withCookie[api.Onward], error) {
	return s.out(ctx, v, s.People.SignOutEverywhere(ctx, v.Session))
}

// out answers whoever has signed out.
func (s *Server) out(ctx context.Context, v *Visit, err error) (*withCookie[api.Onward], error) {
	if err != nil {
		return nil, err
	}
	return &withCookie[api.Onward]{sessionCookie(v, ""), s.leaveDirectory(ctx, v)}, nil
}

func (s *Server) me(ctx context.Context, v *Visit, _ *nothing) (*answer[api.Me], error) {
	me, err := s.meOf(ctx, v)
	return &answer[api.Me]{me}, err
}

// meOf says who is signed in; one's own account is opened for it.
func (s *Server) meOf(ctx context.Context, v *Visit) (api.Me, error) {
	own, err := s.People.Own(ctx, v.Session)
	if err != nil {
		return api.Me{}, err
	}
	me := api.Me{ID: own.ID, Name: own.Name, Username: own.Username, Email: own.Email, Roles: []api.HeldRole{}, Must: v.Standing.Must,
		Authority: api.Named{ID: v.Authority.ID, Name: v.in(v.Authority.Names)}, TOTP: v.Standing.TOTP, Secrecy: v.Standing.Secrecy,
		Demo: s.Demo, Session: s.ends(v.Session)}
	if me.Must == nil {
		me.Must = []string{}
	}
	for _, g := range v.Standing.Grants {
		me.Roles = append(me.Roles, api.HeldRole{Role: g.Role, Service: g.Service})
	}
	return me, nil
}

// ends says when a session ends by itself.
func (s *Server) ends(one people.Session) api.SessionEnds {
	return api.SessionEnds{IdleAt: one.IdleAt, EndsAt: one.EndsAt, WarnS: int(s.People.Warn.Seconds())}
}

func (s *Server) extend(_ context.Context, v *Visit, _ *nothing) (*answer[api.SessionEnds], error) {
	return &answer[api.SessionEnds]{s.ends(v.Session)}, nil // the gate noted the activity
}

func (s *Server) changePassword(ctx context.Context, v *Visit, in *ofBody[api.ChangePassword]) (*answer[api.Me], error) {
	names := v.Authority.Names
	err := s.People.ChangePassword(ctx, v.Session, v.Cookie, in.Body.Current, in.Body.New, site(v.Address), v.Authority.Slug, names.FI, names.SV, names.EN)
	if err != nil {
		return nil, err
	}
	return s.meAgain(ctx, v)
}

// meAgain says who is signed in after something outstanding was done.
func (s *Server) meAgain(ctx context.Context, v *Visit) (*answer[api.Me], error) {
	var err error
	if v.Session, v.Standing, err = s.People.Session(ctx, v.Authority.ID, v.Cookie, true); err != nil {
		return nil, err
	}
	me, err := s.meOf(ctx, v)
	return &answer[api.Me]{me}, err
}

func (s *Server) enrolCode(ctx context.Context, v *Visit, _ *nothing) (*answer[api.TOTPEnrolment], error) {
	e, err := s.People.EnrolCode(ctx, v.Session, v.in(v.Authority.Names))
	if err != nil {
		return nil, err
	}
	return &answer[api.TOTPEnrolment]{api.TOTPEnrolment{URI: e.URI, Secret: inFours(e.Secret)}}, nil
}

func (s *Server) confirmCode(ctx context.Context, v *Visit, in *ofBody[api.Code]) (*answer[api.Me], error) {
	if err := s.People.ConfirmCode(ctx, v.Session, v.Cookie, in.Body.Code, site(v.Address)); err != nil {
		return nil, err
	}
	return s.meAgain(ctx, v)
}

// inFours writes a secret in groups for typing by hand.
func inFours(secret string) string {
	var out []byte
	for i := range len(secret) {
		if i > 0 && i%4 == 0 {
			out = append(out, ' ')
		}
		out = append(out, secret[i])
	}
	return string(out)
}
