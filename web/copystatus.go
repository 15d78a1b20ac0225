package web

import (
	"net/http"
	"strings"
	"time"

	"luukku/core/notice"
	"luukku/core/rights"
	"luukku/fault"
	"luukku/web/pages"
)

// copyStatus is where people see how far their request has come, without script and without cookies.
func (s *Server) copyStatus(r *register) {
	r.handle("copy-status-page", func(w http.ResponseWriter, r *http.Request) {
		s.statusPage(w, visitOf(r.Context()), http.StatusOK, pages.CopyStatus{})
	})
	r.handle("copy-status", s.posted(s.followRequest))
}

func (s *Server) statusPage(w http.ResponseWriter, v *Visit, status int, body pages.CopyStatus) {
	formPage(w)
	s.pageOnce(w, v, status, "copy-status", v.text().Get("copy-status", nil), "/copy-request/status", "", body)
}

func (s *Server) followRequest(w http.ResponseWriter, r *http.Request, v *Visit) {
	number := strings.TrimSpace(r.PostForm.Get("number"))
	view, err := s.Rights.Own(r.Context(), v.Authority.ID, number, r.PostForm.Get("value"))
	switch {
	case fault.Is(err, fault.Denied):
		p := v.problem(err)
		s.statusPage(w, v, p.Status, pages.CopyStatus{Number: number, Problem: p.Detail})
	case err != nil:
		s.refuse(w, r, v, err)
	default:
		body, err := s.statusOf(r, v, view)
		if err != nil {
			s.refuse(w, r, v, err)
			return
		}
		s.statusPage(w, v, http.StatusOK, body)
	}
}

// statusOf words how far a request has come.
func (s *Server) statusOf(r *http.Request, v *Visit, view rights.View) (pages.CopyStatus, error) {
	out := pages.CopyStatus{Number: view.ID, Known: true, Answer: view.Said["answer"], Reasons: view.Said["extension"]}
	if n, ok := s.Shelf().Current(v.Authority.ID, view.Said["register"], v.today(s.Keeper.Now())); ok {
		out.Register = v.in(n.Names)
	}
	if at, err := time.Parse(time.RFC3339, view.Said["received_at"]); err == nil {
		out.Received = notice.DayIn(notice.DayOf(at, v.Authority.Zone), v.lang())
	}
	if view.Status != rights.Closed && view.Status != rights.Settled {
		out.Due = notice.DayIn(view.Due, v.lang())
	}
	link, err := s.Rights.LinkOf(r.Context(), v.Authority.ID, view.ID)
	if err != nil {
		return out, err
	}
	key, values := stands(view, link, v.today(s.Keeper.Now())), map[string]string{}
	if view.Ends != "" {
		values["day"] = notice.DayIn(view.Ends, v.lang())
	}
	if link != nil {
		values["when"] = v.moment(time.UnixMilli(link.EndsAt).UTC().Format(time.RFC3339))
	}
	out.State = v.text().Get("copy-state-"+key, values)
	return out, nil
}

// stands names how a request stands, as its person is told it. That retention ended what was found comes
// before everything but the answer.
func stands(view rights.View, link *rights.Link, today notice.Day) string {
	given := view.Said["decision"] == rights.Granted || view.Said["decision"] == rights.Partly
	switch {
	case view.Status == rights.Settled && given:
		return "over"
	case view.Status == rights.Settled, view.Status == rights.Closed && !given:
		return view.Said["decision"]
	case view.Ends != "" && view.Ends.Before(today):
		return "ended"
	case view.Status == rights.Closed && link != nil:
		return "link-" + link.State
	case view.Status == rights.Closed:
		return "over"
	}
	return string(view.Status)
}
