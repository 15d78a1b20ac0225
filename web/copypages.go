package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"luukku/core/notice"
	"luukku/core/rights"
	"luukku/desk/contact"
	"luukku/fault"
	"luukku/web/pages"
)

// copyPages are where people ask for a copy of their data and fetch it: rendered here, without script and
// without cookies.
func (s *Server) copyPages(r *register) {
	r.handle("copy-request-page", func(w http.ResponseWriter, r *http.Request) {
		s.askPage(w, visitOf(r.Context()), pages.CopyRequest{}, nil)
	})
	r.handle("copy-request", s.posted(s.askForCopy))
	r.handle("copy-page", func(w http.ResponseWriter, r *http.Request) {
		s.fetchPage(w, visitOf(r.Context()), http.StatusOK, pages.CopyFetch{Link: r.PathValue("link")}, nil)
	})
	r.handle("copy-fetch", s.posted(s.fetchCopy))
	s.copyFiles(r)
	s.copyStatus(r)
	r.handle("copy-schema", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/schema+json")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(rights.Schema) // a client that is gone needs no answer
	})
}

// askPage shows the form, with what was written and what is wrong with it.
func (s *Server) askPage(w http.ResponseWriter, v *Visit, body pages.CopyRequest, problem error) {
	for _, n := range s.askable(v) {
		if one := s.registerOf(v, n); findable(one.Lookups) {
			body.Registers = append(body.Registers, pages.CopyRegister{ID: n.ID, Name: one.Name, Keep: one.Keep, Answer: strings.Join(one.Answer, " "), Route: one.Route.Name, Email: one.Route.Email, Address: one.Route.Address})
		}
	}
	if n, ok := s.Shelf().Current(v.Authority.ID, rights.NoticeID, v.today(s.Keeper.Now())); ok {
		body.NoticeID, body.NoticeName = n.ID, v.in(n.Names)
		body.Keep = notice.KeepLine(n.Groups[0].Keep, v.lang())
	}
	status := http.StatusOK
	if problem != nil {
		p := v.problem(problem)
		status, body.Problem, body.Field = p.Status, p.Detail, p.Field
	}
	formPage(w)
	s.page(w, v, status, "copy-request", v.text().Get("copy-request", nil), "/copy-request", "", body)
}

// findable tells whether a person who shows a reference code can be found.
func findable(lookups []string) bool {
	for _, l := range lookups {
		if l == "reference" {
			return true
		}
	}
	return false
}

// formPage lets a browser say where a form comes from, which the check of origins asks, and nothing more.
func formPage(w http.ResponseWriter) { w.Header().Set("Referrer-Policy", "strict-origin") }

// posted reads the form that do answers.
func (s *Server) posted(do func(w http.ResponseWriter, r *http.Request, v *Visit)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r.Context())
		if err := r.ParseForm(); err != nil || len(r.PathValue("link")) > 64 {
			s.refuse(w, r, v, fault.New(fault.Invalid, "body-malformed"))
			return
		}
		do(w, r, v)
	}
}

func (s *Server) askForCopy(w http.ResponseWriter, r *http.Request, v *Visit) {
	f := r.PostForm
	body := pages.CopyRequest{Register: f.Get("register"), Code: f.Get("value"), Text: f.Get("text"), Name: f.Get("name"), Email: f.Get("email"), Address: f.Get("address")}
	if strings.TrimSpace(body.Code) == "" {
		s.askPage(w, v, body, fault.New(fault.Invalid, "reference-code").On("value"))
		return
	}
	q, err := s.Rights.Receive(r.Context(), rights.Page(v.Authority.ID), rights.Intake{Register: body.Register, Lang: v.lang(), Arrived: "page",
		By: "reference", Value: body.Code, Text: body.Text, Name: body.Name, Email: body.Email, Address: body.Address})
	switch {
	case err == nil:
		done := pages.CopyAsked{Number: q.ID, Due: notice.DayIn(q.Due, v.lang()), Reach: body.Email != "" || body.Address != ""}
		s.page(w, v, http.StatusOK, "copy-asked", v.text().Get("copy-asked", nil), "/copy-request", "", done)
	case fault.Is(err, fault.Invalid):
		s.askPage(w, v, body, err)
	default:
		s.refuse(w, r, v, err)
	}
}

// fetchPage asks for the code. It is the same for every link and every file, also for those that nobody has made.
func (s *Server) fetchPage(w http.ResponseWriter, v *Visit, status int, body pages.CopyFetch, problem error) {
	title, path := "copy-fetch", "/copy/"+body.Link
	if body.File != "" {
		title, path = "copy-file", path+"/files/"+body.File
	}
	if problem != nil {
		body.Problem, body.Ended = v.problem(problem).Detail, fault.Is(problem, fault.Gone)
	}
	if body.Ended {
		body.Problem = v.text().Get("copy-destroyed", nil)
	}
	formPage(w)
	s.page(w, v, status, "copy-fetch", v.text().Get(title, nil), path, "", body)
}

func (s *Server) fetchCopy(w http.ResponseWriter, r *http.Request, v *Visit) {
	link := r.PathValue("link")
	document, err := s.Rights.Fetch(r.Context(), v.Authority.ID, link, r.PostForm.Get("code"))
	grouped(document)
	switch {
	case fault.Is(err, fault.Denied), fault.Is(err, fault.Gone):
		s.fetchPage(w, v, newProblem(err, v.lang()).Status, pages.CopyFetch{Link: link}, err)
	case err != nil:
		s.refuse(w, r, v, err)
	case r.PostForm.Get("as") == "json":
		s.download(w, "application/json", document, "json", func() error {
			out := json.NewEncoder(w)
			out.SetIndent("", "  ")
			return out.Encode(document)
		})
	case r.PostForm.Get("as") == "files":
		s.filesPage(w, v, link, r.PostForm.Get("code"), document)
	default:
		v.request = r
		s.download(w, "text/html; charset=utf-8", document, "html", func() error {
			return s.pages.Document(w, s.documentPage(v, document, s.addressOf(v, v.Authority)+"/copy/"+link))
		})
	}
}

// grouped writes the reference codes of a copy as they are told everywhere else.
func grouped(d rights.Document) {
	for _, c := range d.Contacts {
		for i, g := range c.Items {
			if g.Field == "reference_code" {
				c.Items[i].Text = contact.ShowReference(g.Text)
			}
		}
	}
}

// download answers with a file whose name says nothing about anybody.
func (s *Server) download(w http.ResponseWriter, kind string, d rights.Document, extension string, write func() error) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+d.Request+"."+extension+`"`)
	if err := write(); err != nil {
		s.Log.Warn("a copy was not written", "err", err)
	}
}

// documentPage words a copy in its own language; address is the page of its link.
func (s *Server) documentPage(v *Visit, d rights.Document, address string) pages.Document {
	in := *v
	in.Lang = d.Lang
	out := pages.Document{Text: in.text(), Document: d, Made: in.moment(d.MadeAt)}
	if d.LastDay != "" {
		out.LastDay = notice.DayIn(notice.Day(d.LastDay), d.Lang)
	}
	for _, c := range d.Contacts {
		one := pages.DocumentContact{ID: c.ID}
		for _, g := range c.Items {
			one.Items = append(one.Items, in.documentItem(g, address))
		}
		out.Contacts = append(out.Contacts, one)
	}
	for _, l := range d.Left {
		out.Left = append(out.Left, in.text().Get("copy-ground-"+l.Ground, nil)+": "+strconv.Itoa(l.N))
	}
	for _, part := range []string{"controller", "purposes", "data", "recipients", "automated", "rights"} {
		out.Headings = append(out.Headings, notice.FactHeading(part, d.Lang))
	}
	return out
}

func (v *Visit) documentItem(g rights.Given, address string) pages.DocumentItem {
	item := pages.DocumentItem{Name: g.Name, At: v.moment(g.At)}
	if g.By != "" {
		item.By = v.text().Get("copy-by-"+g.By, nil)
	}
	if g.Decision == rights.LeftOut {
		item.Left = v.text().Get("copy-item-left", map[string]string{"ground": v.text().Get("copy-ground-"+g.Ground, nil)})
		return item
	}
	if g.File != nil {
		item.Parts = []pages.DocumentPart{{Text: g.File.Name + ", " + v.aboutFile(g.File)}}
		item.File, item.FileName = address+"/files/"+strconv.FormatInt(g.File.N, 10)+"?lang="+v.lang(), g.File.Name
		return item
	}
	for i, part := range strings.Split(v.valueIn(g), rights.Cover) {
		if i > 0 {
			item.Parts = append(item.Parts, pages.DocumentPart{Covered: true})
		}
		if part != "" {
			item.Parts = append(item.Parts, pages.DocumentPart{Text: part})
		}
	}
	return item
}

// valueIn writes a value as the language does.
func (v *Visit) valueIn(g rights.Given) string {
	switch notice.FieldType(g.Type) {
	case notice.TypeInstant:
		return v.moment(g.Text)
	case notice.TypeLanguage:
		if v.text().Has("language-" + g.Text) {
			return v.text().Get("language-"+g.Text, nil)
		}
	case notice.TypeDuration:
		if d, err := time.ParseDuration(strings.ToLower(strings.TrimPrefix(g.Text, "PT"))); err == nil {
			return v.text().Get("copy-duration", map[string]string{"min": strconv.Itoa(int(d.Minutes())), "s": strconv.Itoa(int(d.Seconds()) % 60)})
		}
	}
	return g.Text
}

// moment writes an instant in RFC 3339 as a day with its time; "" for none.
func (v *Visit) moment(text string) string {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return v.text().Get("copy-moment", map[string]string{"day": notice.DayIn(notice.DayOf(at, v.Authority.Zone), v.lang()), "time": v.clock(at)})
}
