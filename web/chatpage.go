package web

import (
	"bytes"
	"encoding/json"
	"html/template"
	"io/fs"
	"net/http"

	"luukku/channel/chat"
	"luukku/desk/service"
	"luukku/web/api"
	"luukku/web/app"
	"luukku/web/pages"
)

// first is what makes a chat's page live at once, before the whole front end is there: it is written into
// the page. Both are empty where the front end is not built.
type first struct {
	script template.JS
	style  template.CSS
}

func readFirst(files fs.FS) first {
	script, err := fs.ReadFile(files, "first/first.js")
	style, cssErr := fs.ReadFile(files, "first/first.css")
	// What would end the element that they are written into is written otherwise in both languages.
	if err != nil || cssErr != nil || endsElement(script) || endsElement(style) {
		return first{}
	}
	return first{template.JS(script), template.CSS(style)} //nolint:gosec // our own build, looked at above
}

// endsElement tells whether a script or a style would not stay inside its element (HTML, section 4.12.1.3).
func endsElement(text []byte) bool {
	low := bytes.ToLower(text)
	return bytes.Contains(low, []byte("</script")) || bytes.Contains(low, []byte("</style")) || bytes.Contains(low, []byte("<!--"))
}

// nobody may show a page in a frame, as a policy writes it.
const nobody = "'none'"

// firstData is what the script has to know of the page.
type firstData struct {
	Front   front            `json:"front"`
	Service *api.ChatService `json:"service,omitempty"` // absent where there is none
	ID      string           `json:"id"`                // the service's, from the address
	Texts   map[string]any   `json:"texts"`
}

// chatPage answers with the page of a chat. Ancestors are those that may show it in a frame.
func (s *Server) chatPage(w http.ResponseWriter, r *http.Request, v *Visit, ancestors string, b boot) {
	title := v.in(v.Authority.Names)
	if s.shell.first.script == "" {
		s.writeShell(w, r, v, title, ancestors, b)
		return
	}
	offered, err := s.Chat.Offerings(r.Context(), v.Authority.ID)
	if err != nil {
		s.refuse(w, r, v, err)
		return
	}
	v.Nonce = newNonce()
	p := s.chatFrame(r, v, b)
	p.Embedded = ancestors != nobody
	data := firstData{Front: s.shell.front[v.lang()], ID: r.PathValue("service"), Texts: app.TextsOf(v.lang()).Sections("shared", "chat")}
	for _, o := range offered {
		if o.Service.ID == data.ID {
			one := s.chatService(v, o)
			data.Service = &one
			s.fillChat(v, &p, one, o)
			p.Title = one.Name + " – " + title
		}
	}
	p.Data = data
	s.writeChat(w, r, v, ancestors, p)
}

// chatFrame is the page without what it is about.
func (s *Server) chatFrame(r *http.Request, v *Visit, b boot) pages.Chat {
	text, _ := json.Marshal(b) // strings, lists and a flag always have a form
	path := v.Base + "/chat/" + r.PathValue("service")
	return pages.Chat{Lang: v.lang(), Nonce: v.Nonce, Title: v.in(v.Authority.Names), Boot: string(text), Style: s.shell.first.style, Script: s.shell.first.script,
		Slot: "luukku:" + v.Authority.ID + ":" + r.PathValue("service"), Site: v.in(v.Authority.Names), Base: v.Base, Path: path, OwnPage: path,
		NoScript: v.text().Get("page-no-script", nil)}
}

// fillChat says what the page is about: an offered service, open or closed.
func (s *Server) fillChat(v *Visit, p *pages.Chat, one api.ChatService, o chat.Offering) {
	p.Service, p.About, p.Open, p.Closure = one.Name, one.Description, one.Open, one.ClosedMessage
	p.KeepLine, p.NoticeName, p.NoticeURL = one.KeepLine, one.Notice.Name, one.Notice.URL
	p.Until, p.Opens = s.untilOf(v, o.Opening), s.opensOf(v, o.Opening)
	p.Chosen = one.Languages[0]
	for _, lang := range one.Languages {
		p.Languages = append(p.Languages, pages.Choice{Code: lang, Name: p.Say("shared.languages." + lang)})
		if lang == v.lang() {
			p.Chosen = lang
		}
	}
	for _, topic := range one.Topics {
		p.Topics = append(p.Topics, pages.Choice{Code: topic.ID, Name: topic.Name})
	}
	for _, f := range one.Fields {
		p.Fields = append(p.Fields, askedOf(f))
	}
}

// askedOf is a field with what the browser is told of it. A name is asked for by its id (S3-16).
func askedOf(f api.AskField) pages.Asked {
	out := pages.Asked{ID: f.ID, Label: f.Label, Help: f.Help, Required: f.Required, Type: "text", Fill: "off"}
	switch {
	case f.Type == "email":
		out.Type, out.Fill = "email", "email"
	case f.Type == "phone":
		out.Type, out.Fill = "tel", "tel"
	case f.ID == "name":
		out.Fill = "name"
	}
	return out
}

// untilOf says until when an open service is open, if it closes today.
func (s *Server) untilOf(v *Visit, now service.Opening) string {
	if s.closesAt(now) == 0 || v.today(now.ClosesAt) != v.today(s.Keeper.Now()) {
		return ""
	}
	return app.TextsOf(v.lang()).Get("chat.start.until", "time", v.clock(now.ClosesAt))
}

// opensOf says when a closed service opens.
func (s *Server) opensOf(v *Visit, now service.Opening) string {
	if now.OpensAt.IsZero() {
		return app.TextsOf(v.lang()).Get("chat.closed.unknown")
	}
	return app.TextsOf(v.lang()).Get("chat.closed.opens", "day", v.dayOf(now.OpensAt), "time", v.clock(now.OpensAt))
}

// writeChat answers with the page, compressed for who reads that: nothing in it is secret, so its length
// tells nothing.
func (s *Server) writeChat(w http.ResponseWriter, r *http.Request, v *Visit, ancestors string, p pages.Chat) {
	var page bytes.Buffer
	if err := s.pages.WriteChat(&page, p); err != nil {
		s.refuse(w, r, v, err)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", cspShell(v.Nonce, r.Host, ancestors, v.Secure))
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.lang())
	h.Add("Vary", "Accept-Encoding")
	body := page.Bytes()
	if small := compress(body); small != nil && readsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = small
	}
	_, _ = w.Write(body) // a client that is gone needs no answer
}
