package web

import (
	"context"
	"crypto/sha512"
	"encoding/base64"
	"io/fs"
	"net/http"
	"strings"

	"luukku/core/ledger"
	"luukku/fault"
	"luukku/store"
	"luukku/web/api"
)

// widget is the script that an authority puts on its own site, with its hash as Subresource Integrity
// writes it. Both are empty where the front end is not built.
type widget struct {
	script    []byte
	integrity string
}

func readWidget(files fs.FS) widget {
	script, err := fs.ReadFile(files, "widget/widget.js")
	if err != nil {
		return widget{}
	}
	hash := sha512.Sum384(script)
	return widget{script, "sha384-" + base64.StdEncoding.EncodeToString(hash[:])}
}

// widgetScript serves the script to the pages of any site; what it may show there the frame decides. A
// browser that checks its hash has to be allowed to read it.
func (s *Server) widgetScript(w http.ResponseWriter, r *http.Request) {
	one := s.shell.widget
	if one.script == nil {
		s.refuse(w, r, visitOf(r.Context()), fault.New(fault.NotFound, "page-not-found"))
		return
	}
	h := w.Header()
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cache-Control", "public, max-age=3600")
	h.Set("ETag", `W/"`+one.integrity+`"`) // weak: it is the same script, compressed or not
	if r.Header.Get("If-None-Match") == h.Get("ETag") {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	s.shell.assets.writeAsset(w, r, "widget.js", one.script)
}

// embedPage is the chat without the site around it, for a frame on the sites that the service names and
// no other. It is the only page of the program that any site may frame.
func (s *Server) embedPage(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r.Context())
	one, err := s.Services.Get(r.Context(), v.Authority.ID, r.PathValue("service"))
	if err != nil {
		s.refuse(w, r, v, err)
		return
	}
	w.Header().Del("X-Frame-Options") // it cannot name sites, and would forbid what the policy allows
	b := s.bootOf(v)
	b.Origins = one.Origins
	s.chatPage(w, r, v, strings.Join(append([]string{"'self'"}, one.Origins...), " "), b)
}

func (s *Server) leadWidget(ctx context.Context, v *Visit, in *ofServiceBody[api.OriginSet]) (*answer[api.LeadService], error) {
	return s.changeService(ctx, v, in.Service, in.Body.Base, func(ctx context.Context, tx *store.Tx, pen ledger.Pen) error {
		return s.Services.SetOrigins(ctx, tx, pen, in.Service, in.Body.Origins)
	})
}
