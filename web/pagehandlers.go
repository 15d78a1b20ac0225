package web

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"time"

	"luukku/core/notice"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/people"
	"luukku/web/pages"
)

// assessed is the day of the accessibility assessment that the statement tells of.
const assessed = notice.Day("2026-11-21")

// pageHandlers serve what people only read.
func (s *Server) pageHandlers(r *register) {
	r.handle("index", s.indexPage)
	r.handle("page-file", s.styleFile)
	r.handle("services-page", s.servicesPage)
	r.handle("service-page", s.servicePage)
	r.handle("notices-page", s.noticesPage)
	r.handle("notice-page", s.noticePage)
	r.handle("accessibility-page", s.accessibilityPage)
}

// page renders one page of an authority. Path is the page's own below the base.
func (s *Server) page(w http.ResponseWriter, v *Visit, status int, name, title, path, query string, body any) {
	if status == http.StatusOK {
		w.Header().Set("Cache-Control", "no-cache")
	}
	s.pageOnce(w, v, status, name, title, path, query, body)
}

// pageOnce is page for what no cache may keep.
func (s *Server) pageOnce(w http.ResponseWriter, v *Visit, status int, name, title, path, query string, body any) {
	p := pages.Page{Text: v.text(), Title: title, Base: v.Base, Path: path, Query: query, Body: body}
	if v.Authority.ID != "" {
		p.Site = v.in(v.Authority.Names)
	}
	h := w.Header()
	h.Set("Content-Security-Policy", cspPage)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.lang())
	h.Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	if err := s.pages.Write(w, name, p); err != nil {
		s.Log.Warn("a page was not written", "page", name, "err", err)
	}
}

// errorPage tells people what went wrong.
func (s *Server) errorPage(w http.ResponseWriter, _ *http.Request, v *Visit, p *refusal) {
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	s.page(w, v, p.Status, "failure", p.Title, "/", "", pages.Failure{Status: p.Status, Title: p.Title, Detail: p.Detail, Home: v.Base + "/"})
}

func (s *Server) styleFile(w http.ResponseWriter, r *http.Request) {
	address, css := s.pages.Style()
	if r.URL.Path != address {
		s.refuse(w, r, visitOf(r.Context()), fault.New(fault.NotFound, "page-not-found"))
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	writeFile(w, address, css)
}

// indexPage leads to the authorities, or to the first start.
func (s *Server) indexPage(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r.Context())
	all := s.Authorities()
	if len(all) == 0 && s.Setup != nil {
		http.Redirect(w, r, "/setup", http.StatusSeeOther)
		return
	}
	var links []pages.Link
	for _, a := range all {
		links = append(links, pages.Link{Path: "/" + a.Slug + "/", Name: v.in(a.Names)})
	}
	slices.SortFunc(links, func(a, b pages.Link) int { return compareText(a.Name, b.Name, v.lang()) })
	s.page(w, v, http.StatusOK, "authorities", "Luukku", "/", "", links)
}

func (s *Server) servicesPage(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r.Context())
	offered, err := s.Chat.Offerings(r.Context(), v.Authority.ID)
	if err != nil {
		s.refuse(w, r, v, err)
		return
	}
	var list []pages.Service
	for _, o := range offered {
		list = append(list, s.serviceOf(v, o.Service, o.Opening))
	}
	s.page(w, v, http.StatusOK, "services", v.in(v.Authority.Names), "/", "", list)
}

// serviceOf is a service with a sentence about whether it is open.
func (s *Server) serviceOf(v *Visit, one service.Service, now service.Opening) pages.Service {
	out := pages.Service{ID: one.ID, Name: v.in(one.Name), About: v.in(one.About), Open: now.Open}
	switch {
	case now.Open && s.closesAt(now) == 0:
		out.State = v.text().Get("page-open", nil)
	case now.Open:
		out.State = v.text().Get("page-open-until", map[string]string{"time": v.clock(now.ClosesAt)})
	case now.Closure != nil:
		out.State = v.text().Get("page-closed-by-hand", nil)
	case now.OpensAt.IsZero():
		out.State = v.text().Get("page-closed", nil)
	default:
		out.State = v.text().Get("page-opens", map[string]string{"day": v.dayOf(now.OpensAt), "time": v.clock(now.OpensAt)})
	}
	return out
}

// closesAt is when an open service closes, if that is within a day; one that is always open has no
// end that anybody would want to be told.
func (s *Server) closesAt(now service.Opening) int64 {
	if now.ClosesAt.IsZero() || now.ClosesAt.Sub(s.Keeper.Now()) > 24*time.Hour {
		return 0
	}
	return millis(now.ClosesAt)
}

func (s *Server) servicePage(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r.Context())
	offered, err := s.Chat.Offerings(r.Context(), v.Authority.ID)
	if err != nil {
		s.refuse(w, r, v, err)
		return
	}
	for _, o := range offered {
		if o.Service.ID != r.PathValue("service") {
			continue
		}
		body := pages.ServicePage{Service: s.serviceOf(v, o.Service, o.Opening), KeepLine: keepLine(o.Notice, v.lang()),
			NoticeID: o.Notice.ID, NoticeName: v.in(o.Notice.Names), Hours: v.weekRows(o.Service.Hours), Exceptions: v.exceptionRows(o.Service.Holidays, v.today(s.Keeper.Now()))}
		if o.Opening.Closure != nil {
			body.Closure = v.in(o.Opening.Closure.Message)
		}
		s.page(w, v, http.StatusOK, "service", body.Name, "/services/"+o.Service.ID, "", body)
		return
	}
	s.refuse(w, r, v, fault.New(fault.NotFound, "service-not-found"))
}

// published are the notices in use today, by name.
func (s *Server) published(v *Visit) []*notice.Notice {
	var out []*notice.Notice
	for _, n := range s.Shelf().CurrentAll(v.Authority.ID, v.today(s.Keeper.Now())) {
		if notice.InUse(n, s.Offers) {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b *notice.Notice) int { return compareText(v.in(a.Names), v.in(b.Names), v.lang()) })
	return out
}

func (s *Server) noticesPage(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r.Context())
	var links []pages.Link
	for _, n := range s.published(v) {
		links = append(links, pages.Link{Path: "/notices/" + n.ID, Name: v.in(n.Names), About: keepLine(n, v.lang())})
	}
	s.page(w, v, http.StatusOK, "notices", v.text().Get("page-notices", nil), "/notices/", "", links)
}

// noticePage shows the notice that holds today, or the version that was asked for.
func (s *Server) noticePage(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r.Context())
	n, ok := s.noticeOf(v, r)
	if !ok {
		s.refuse(w, r, v, fault.New(fault.NotFound, "notice-not-found"))
		return
	}
	article, err := notice.Render(n, v.lang(), notice.HTML)
	if err != nil {
		s.refuse(w, r, v, fault.New(fault.Internal, "notice-render").Wrap(err))
		return
	}
	body := pages.Notice{ID: n.ID, Article: template.HTML(article), Version: n.Version}
	for _, each := range s.Shelf().All(v.Authority.ID) {
		if each.ID == n.ID {
			body.Versions = append(body.Versions, each.Version)
		}
	}
	slices.Sort(body.Versions)
	slices.Reverse(body.Versions)
	query := ""
	if r.URL.Query().Has("version") {
		query = "version=" + strconv.Itoa(n.Version)
	}
	s.page(w, v, http.StatusOK, "notice", v.in(n.Names), "/notices/"+n.ID, query, body)
}

// noticeOf finds the notice and the version that a request names.
func (s *Server) noticeOf(v *Visit, r *http.Request) (*notice.Notice, bool) {
	id := r.PathValue("notice")
	if text := r.URL.Query().Get("version"); text != "" {
		version, err := strconv.Atoi(text)
		if err != nil {
			return nil, false
		}
		return s.Shelf().Version(v.Authority.ID, id, version)
	}
	for _, n := range s.published(v) {
		if n.ID == id {
			return n, true
		}
	}
	return nil, false
}

// accessibilityPage is the statement that the act on digital services asks for (306/2019, 7 b §).
// Whom to write to is the controller of the staff accounts' notice, which every authority has.
func (s *Server) accessibilityPage(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r.Context())
	body := pages.Accessibility{Name: v.in(v.Authority.Names), Assessed: notice.DayIn(assessed, v.lang())}
	if n, ok := s.Shelf().Current(v.Authority.ID, people.NoticeID, v.today(s.Keeper.Now())); ok {
		c := n.Controller
		body.Email, body.Phone, body.Address = c.Email, c.Phone, v.in(c.Address)
	}
	s.page(w, v, http.StatusOK, "accessibility", v.text().Get("page-accessibility", nil), "/accessibility", "", body)
}
