package web

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"luukku/fault"
)

// ServeHTTP answers every request of the public listener.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	begun := time.Now()
	secure := s.proxies.secure(r) || s.https
	v := &Visit{Lang: langOf(r), Address: s.proxies.client(r), Secure: secure, request: r}
	secureHeaders(w.Header(), secure)
	seen := &watched{ResponseWriter: w}
	defer func() { s.finish(seen, r, v, begun, recover()) }()
	s.serve(seen, r.WithContext(context.WithValue(r.Context(), visitKey{}, v)), v)
}

// serve finds the place, refuses what another site sends, and hands on to the mux of the place.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, v *Visit) {
	at, ok := locate(r, s.Authorities())
	if !ok {
		s.refuse(w, r, v, fault.New(fault.NotFound, "page-not-found"))
		return
	}
	if err := s.origin.Check(r); err != nil {
		s.refuse(w, r, v, fault.New(fault.Denied, "cross-origin"))
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if at.authority == nil {
		s.route(s.register.root, w, r, v)
		return
	}
	v.Authority, v.Base = *at.authority, at.base
	if at.path == "" { // the authority's name without a slash
		http.Redirect(w, r, at.base+"/", http.StatusMovedPermanently)
		return
	}
	below := r.Clone(r.Context())
	below.URL.Path, below.URL.RawPath = at.path, ""
	s.route(s.register.site, w, below, v)
}

// route hands on to a mux. What no route answers is a problem like any other.
func (s *Server) route(mux *http.ServeMux, w http.ResponseWriter, r *http.Request, v *Visit) {
	handler, pattern := mux.Handler(r)
	if pattern != "" {
		mux.ServeHTTP(w, r)
		return
	}
	answer := &unanswered{header: http.Header{}}
	handler.ServeHTTP(answer, r)
	if answer.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", answer.header.Get("Allow"))
		s.refuse(w, r, v, fault.New(fault.Invalid, "method-not-allowed"))
		return
	}
	s.refuse(w, r, v, fault.New(fault.NotFound, "page-not-found"))
}

// refuse answers with a problem: JSON to programs, a page to people.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, v *Visit, err error) {
	p := v.problem(err)
	if v.route.Kind == Page || v.route.Kind == Shell || v.route.Kind == "" && !strings.Contains(v.request.URL.Path, "/api/") {
		s.errorPage(w, r, v, p)
		return
	}
	p.write(w)
}

// finish ends a request: a panic becomes an answer without details, and the request is counted and logged.
func (s *Server) finish(w *watched, r *http.Request, v *Visit, begun time.Time, panicked any) {
	if panicked == http.ErrAbortHandler { //nolint:errorlint // net/http compares so too
		panic(panicked)
	}
	if panicked != nil {
		s.Log.Error("a handler panicked", "route", v.route.ID, "stack", string(debug.Stack()))
		v.err = fault.New(fault.Internal, "panic")
		if w.status == 0 {
			newProblem(v.err, v.lang()).write(w)
		}
	}
	s.note(w, r, v, time.Since(begun))
}

// watched remembers what was answered.
type watched struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader implements http.ResponseWriter.
func (w *watched) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *watched) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection's deadlines.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Hijack hands the connection to a socket.
func (w *watched) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.status = http.StatusSwitchingProtocols
	return http.NewResponseController(w.ResponseWriter).Hijack()
}

// unanswered catches what a mux would answer by itself.
type unanswered struct {
	header http.Header
	status int
}

func (u *unanswered) Header() http.Header         { return u.header }
func (u *unanswered) Write(b []byte) (int, error) { return len(b), nil }
func (u *unanswered) WriteHeader(status int)      { u.status = status }
