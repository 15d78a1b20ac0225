package web

import (
	"context"
	"net/http"
	"time"
)

// systemHandlers are for operators and machines.
func (s *Server) systemHandlers(r *register) {
	r.handle("healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") })
	r.handle("readyz", s.readyz)
	r.handle("openapi", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(s.openapi) // a client that is gone needs no answer
	})
}

// readyz tells whether requests can be served: the database, the key stores, and not while replaying.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if s.stopping.Load() {
		plain(w, http.StatusServiceUnavailable, "stopping")
		return
	}
	for _, ask := range []func(context.Context) error{s.Ready, s.DB.Ping} {
		if err := ask(ctx); err != nil {
			s.Log.Warn("not ready", "err", err)
			plain(w, http.StatusServiceUnavailable, "not ready")
			return
		}
	}
	plain(w, http.StatusOK, "ready")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n")) // a client that is gone needs no answer
}
