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
	v := &Visit{Address: s.proxies.client(r), Secure: secure, request: r}
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
	v.body = r.Body
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if at.authority == nil {
		s.register.root.ServeHTTP(w, r)
		return
	}
	v.Authority, v.Base = *at.authority, at.base
	if at.path == "" { // the authority's name without a slash
		http.Redirect(w, r, at.base+"/", http.StatusMovedPermanently)
		return
	}
	below, address := *r, *r.URL // as http.StripPrefix does
	address.Path, address.RawPath = at.path, ""
	below.URL = &address
	s.register.site.ServeHTTP(w, &below)
}

// unanswered answers for a mux what none of its routes does, as a problem like any other.
func (s *Server) unanswered(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := fault.New(fault.NotFound, "page-not-found")
		if methods := otherMethods(mux, r); len(methods) > 0 {
			w.Header().Set("Allow", strings.Join(methods, ", "))
			err = fault.New(fault.Invalid, "method-not-allowed")
		}
		s.refuse(w, r, visitOf(r.Context()), err)
	}
}

// otherMethods are those with which a request would have been answered.
func otherMethods(mux *http.ServeMux, r *http.Request) []string {
	var found []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
		other := *r
		other.Method = method
		if _, pattern := mux.Handler(&other); pattern != "" && pattern != everything {
			found = append(found, method)
		}
	}
	return found
}

// everything is the pattern of what no route answers.
const everything = "/"

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
