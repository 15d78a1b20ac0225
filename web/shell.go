package web

import (
	"encoding/json"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"luukku/fault"
	"luukku/web/app"
)

// shell is the page in which the front end runs, and the front end's files.
type shell struct {
	page   *template.Template
	files  fs.FS
	assets *assets
	front  map[string]front // what a chat's page fetches after it is there, by language
	first  first
	widget widget
}

// shellData fills the page, which the front end's build makes.
type shellData struct {
	Lang, Nonce, Boot, Title, NoScript string
}

// boot is what the front end has to know before its first request.
type boot struct {
	Base      string            `json:"base"`
	Authority string            `json:"authority"`
	Names     map[string]string `json:"names"`
	Zone      string            `json:"zone"`
	Demo      bool              `json:"demo"`
	Origins   []string          `json:"origins,omitempty"` // of the sites that may carry this page in a frame
}

func newShell() (*shell, error) {
	files, err := app.Files()
	if err != nil {
		return nil, err
	}
	index, err := app.Index()
	if err != nil {
		return nil, err
	}
	page, err := template.New("index.html").Parse(string(index))
	return &shell{page, files, &assets{small: map[string][]byte{}}, fronts(files), readFirst(files), readWidget(files)}, err
}

// shellHandlers serve the front end.
func (s *Server) shellHandlers(r *register) {
	for _, id := range []string{"chat-shell", "sign-in-shell", "desk-shell", "lead-shell", "review-shell", "registry-shell", "officer-shell", "admin-shell", "account-shell"} {
		r.handle(id, s.shellPage)
	}
	r.handle("setup-shell", s.setupPage)
	r.handle("app-file", s.appFile)
	r.handle("embed-shell", s.embedPage)
	r.handle("widget-script", s.widgetScript)
}

// shellPage answers with the page of an authority's front end. A chat of a service that does not
// exist is told so at once.
func (s *Server) shellPage(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r.Context())
	if id := r.PathValue("service"); id != "" {
		if _, err := s.Services.Get(r.Context(), v.Authority.ID, id); err != nil {
			s.refuse(w, r, v, err)
			return
		}
		s.chatPage(w, r, v, nobody, s.bootOf(v))
		return
	}
	s.writeShell(w, r, v, v.in(v.Authority.Names), nobody, s.bootOf(v))
}

// bootOf is what the front end of the visit's authority has to know.
func (s *Server) bootOf(v *Visit) boot {
	names := v.Authority.Names
	return boot{Base: v.Base, Authority: v.Authority.ID, Demo: s.Demo, Zone: v.Authority.Zone.String(),
		Names: map[string]string{"fi": names.FI, "sv": names.SV, "en": names.EN}}
}

// setupPage is the first start's, as long as that has to be done.
func (s *Server) setupPage(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r.Context())
	if s.Setup == nil {
		s.refuse(w, r, v, fault.New(fault.NotFound, "page-not-found"))
		return
	}
	s.writeShell(w, r, v, "Luukku", nobody, boot{Names: map[string]string{"fi": "Luukku", "sv": "Luukku", "en": "Luukku"}, Zone: "Europe/Helsinki"})
}

// writeShell answers with the page; ancestors are those that may show it in a frame, as a policy writes them.
func (s *Server) writeShell(w http.ResponseWriter, r *http.Request, v *Visit, title, ancestors string, b boot) {
	v.Nonce = newNonce()
	text, err := json.Marshal(b)
	if err != nil {
		s.refuse(w, r, v, fault.New(fault.Internal, "shell").Wrap(err))
		return
	}
	w.Header().Set("Content-Security-Policy", cspShell(v.Nonce, r.Host, ancestors, v.Secure))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", v.lang())
	err = s.shell.page.Execute(w, shellData{Lang: v.lang(), Nonce: v.Nonce, Boot: string(text), Title: title, NoScript: v.text().Get("page-no-script", nil)})
	if err != nil {
		s.Log.Warn("a page was not written", "err", err)
	}
}

// appFile serves a file of the built front end. Names of assets carry a hash of their content.
func (s *Server) appFile(w http.ResponseWriter, r *http.Request) {
	name := path.Clean(r.PathValue("file"))
	body, err := fs.ReadFile(s.shell.files, name)
	if err != nil || name == "index.html" {
		s.refuse(w, r, visitOf(r.Context()), fault.New(fault.NotFound, "page-not-found"))
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=3600")
	if strings.HasPrefix(name, "assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	s.shell.assets.writeAsset(w, r, name, body)
}

// writeFile answers with a file under its own type.
func writeFile(w http.ResponseWriter, name string, body []byte) {
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) { // not every machine knows these
	case ".js":
		kind = "text/javascript; charset=utf-8"
	case ".css":
		kind = "text/css; charset=utf-8"
	case ".woff2":
		kind = "font/woff2"
	case ".svg":
		kind = "image/svg+xml"
	}
	if kind == "" {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(body) // a client that is gone needs no answer
}
