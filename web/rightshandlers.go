package web

import (
	"context"
	"slices"
	"time"

	"luukku/core/notice"
	"luukku/core/rights"
	"luukku/web/api"
)

// rightsOperations are about requests for a copy: the registry receives and delivers, an official of the
// register's unit finds and redacts.
func (s *Server) rightsOperations(r *register) {
	operate(r, "registry-requests", "Requests that wait", s.registryRequests)
	operate(r, "registry-options", "What the form of a request chooses from", s.registryOptions)
	operate(r, "registry-receive", "Enter a request", s.registryReceive)
	operate(r, "registry-request", "Open a request", s.registryRequest)
	operate(r, "registry-accept", "Note the evidence of identity and hand the request on", s.registryAccept)
	operate(r, "registry-extend", "Extend the time, with reasons", s.registryExtend)
	operate(r, "registry-deliver", "Make a link to the copy", s.registryDeliver)
	operate(r, "registry-answer", "Answer without a link", s.registryAnswer)
	operate(r, "unit-requests", "Requests that wait for the unit", s.unitRequests)
	operate(r, "unit-take", "Take a request", s.unitTake)
	operate(r, "unit-give-back", "Give a request back to colleagues", s.unitGiveBack)
	operate(r, "unit-request", "Open a request with its draft", s.unitRequest)
	operate(r, "unit-find", "Find what the register has", s.unitFind)
	operate(r, "unit-item", "Decide about one datum", s.unitItem)
	operate(r, "unit-finish", "Finish the copy", s.unitFinish)
	operate(r, "unit-nothing", "Give the request back without a copy", s.unitNothing)
}

// ofRequests is about a page of requests.
type ofRequests struct {
	Lang  string `query:"lang" enum:"fi,sv,en" doc:"Language of the texts; otherwise Accept-Language decides"`
	After string `query:"after" maxLength:"80" doc:"What an earlier page called next"`
}

// ofRequest is about one request.
type ofRequest struct {
	Request string `path:"request" maxLength:"64"`
	Lang    string `query:"lang" enum:"fi,sv,en" doc:"Language of the texts; otherwise Accept-Language decides"`
}

// ofRequestBody is the same with a body.
type ofRequestBody[T any] struct {
	Request string `path:"request" maxLength:"64"`
	Body    T
}

// ofDatumBody is about one datum of a draft.
type ofDatumBody[T any] struct {
	Request string `path:"request" maxLength:"64"`
	N       int64  `path:"n" minimum:"1"`
	Body    T
}

func (s *Server) registryRequests(ctx context.Context, v *Visit, in *ofRequests) (*answer[api.RightsRequests], error) {
	all, next, err := s.Rights.List(ctx, v.Authority.ID, in.After)
	if err != nil {
		return nil, err
	}
	out := api.RightsRequests{Today: string(v.today(s.Keeper.Now())), Requests: []api.RightsRequest{}, Next: next}
	for _, q := range all {
		one := s.requestOf(v, q)
		if one.Link, err = s.linkOf(ctx, q); err != nil {
			return nil, err
		}
		out.Requests = append(out.Requests, one)
	}
	return &answer[api.RightsRequests]{out}, nil
}

func (s *Server) linkOf(ctx context.Context, q rights.Request) (*api.RightsLink, error) {
	if q.Status != rights.Closed {
		return nil, nil
	}
	l, err := s.Rights.LinkOf(ctx, q.Authority, q.ID)
	if err != nil || l == nil {
		return nil, err
	}
	return &api.RightsLink{State: l.State, Opened: l.Opened, EndsAt: l.EndsAt}, nil
}

// soon is within how many days a request that is due is warned of.
const soon = 7

// requestOf gives a request its shape on the wire.
func (s *Server) requestOf(v *Visit, q rights.Request) api.RightsRequest {
	today := v.today(s.Keeper.Now())
	one := api.RightsRequest{ID: q.ID, Register: q.Register, RegisterName: q.Register, Status: string(q.Status), Lang: q.Lang, ReceivedAt: q.ReceivedAt,
		Due: string(q.Due), DaysLeft: daysBetween(today, q.Due), Extended: q.Extended, Told: q.Told, Ends: string(q.Ends), Outcome: q.Outcome,
		Taken: q.Official != "", Mine: q.Official != "" && q.Official == v.Session.Staff}
	if n, ok := s.Shelf().Current(v.Authority.ID, q.Register, today); ok {
		one.RegisterName = v.in(n.Names)
	}
	one.Warning = warningOf(q, one.DaysLeft, today)
	return one
}

// warningOf tells what presses: what was found may end before the answer is due, or has ended.
func warningOf(q rights.Request, left int, today notice.Day) string {
	switch {
	case q.Ends != "" && q.Ends.Before(today):
		return "ended"
	case q.Status == rights.Closed:
		return ""
	case left < 0:
		return "late"
	case q.Ends != "" && q.Ends.Before(q.Due):
		return "expiring"
	case left <= soon:
		return "soon"
	}
	return ""
}

func daysBetween(from, to notice.Day) int {
	return int(to.Start(time.UTC).Sub(from.Start(time.UTC)).Hours() / 24)
}

func (s *Server) registryOptions(_ context.Context, v *Visit, _ *ofLang) (*answer[api.RightsOptions], error) {
	out := api.RightsOptions{Today: string(v.today(s.Keeper.Now())), Registers: []api.RightsRegister{}, Evidence: rights.Evidence(),
		Arrivals: slices.DeleteFunc(rights.Arrivals(), func(a string) bool { return a == "page" })}
	for _, n := range s.askable(v) {
		out.Registers = append(out.Registers, s.registerOf(v, n))
	}
	return &answer[api.RightsOptions]{out}, nil
}

// askable are the published registers of which a copy can be asked.
func (s *Server) askable(v *Visit) []*notice.Notice {
	return slices.DeleteFunc(s.published(v), func(n *notice.Notice) bool {
		right := n.Right("A15")
		return right == nil || right.Granted == notice.No
	})
}

// registerOf is what a notice says of asking for a copy.
func (s *Server) registerOf(v *Visit, n *notice.Notice) api.RightsRegister {
	facts, right := notice.FactsOf(n, v.lang()), n.Right("A15")
	out := api.RightsRegister{ID: n.ID, Name: v.in(n.Names), Lookups: s.Rights.LookupsOf(n), Answer: facts.Answer, Keep: keepLine(n, v.lang())}
	if right == nil {
		return out
	}
	out.Written, out.Must = right.Written, notice.MustSay(right, v.lang())
	for _, c := range n.Contacts {
		if c.ID == right.Route {
			out.Route = api.Route{Name: v.in(c.Name), Address: v.in(c.Address), Email: c.Email}
		}
	}
	return out
}

func (s *Server) registryReceive(ctx context.Context, v *Visit, in *ofBody[api.RightsIntake]) (*answer[api.RightsMade], error) {
	b := in.Body
	q, err := s.Rights.Receive(ctx, v.caller(), rights.Intake{Register: b.Register, Lang: b.Lang, Arrived: b.Arrived, Day: notice.Day(b.Day),
		By: b.By, Value: b.Value, Text: b.Text, Name: b.Name, Email: b.Email, Address: b.Address})
	return &answer[api.RightsMade]{api.RightsMade{Request: q.ID, Due: string(q.Due)}}, err
}

func (s *Server) registryRequest(ctx context.Context, v *Visit, in *ofRequest) (*answer[api.RightsView], error) {
	view, err := s.Rights.Open(ctx, v.caller(), in.Request)
	if err != nil {
		return nil, err
	}
	out := s.viewOf(v, view)
	out.Request.Link, err = s.linkOf(ctx, view.Request)
	return &answer[api.RightsView]{out}, err
}

// viewOf shows the fields of a request in the order of its notice.
func (s *Server) viewOf(v *Visit, view rights.View) api.RightsView {
	out := api.RightsView{Request: s.requestOf(v, view.Request), Said: []api.ShownField{}, About: api.RightsRegister{Lookups: []string{}, Answer: []string{}}}
	today := v.today(s.Keeper.Now())
	if n, ok := s.Shelf().Current(v.Authority.ID, view.Register, today); ok {
		out.About = s.registerOf(v, n)
	}
	n, ok := s.Shelf().Current(v.Authority.ID, rights.NoticeID, today)
	if !ok {
		return out
	}
	for _, g := range n.Groups {
		for _, f := range g.Fields {
			if text := view.Said[f.ID]; text != "" {
				out.Said = append(out.Said, api.ShownField{ID: f.ID, Label: v.in(f.Name), Value: text, Type: string(f.Type)})
			}
		}
	}
	return out
}

func (s *Server) registryAccept(ctx context.Context, v *Visit, in *ofRequestBody[api.RightsEvidence]) (*nothing, error) {
	return &nothing{}, s.Rights.Accept(ctx, v.caller(), in.Request, in.Body.Evidence, in.Body.Note)
}

func (s *Server) registryExtend(ctx context.Context, v *Visit, in *ofRequestBody[api.RightsReasons]) (*answer[api.RightsTold], error) {
	mailed, err := s.Rights.Extend(ctx, v.caller(), in.Request, in.Body.Reasons)
	return &answer[api.RightsTold]{api.RightsTold{Mailed: mailed}}, err
}

func (s *Server) registryDeliver(ctx context.Context, v *Visit, in *ofRequest) (*answer[api.RightsDelivery], error) {
	d, err := s.Rights.Deliver(ctx, v.caller(), in.Request)
	return &answer[api.RightsDelivery]{api.RightsDelivery{Path: "/copy/" + d.Link, Code: d.Code, EndsAt: d.EndsAt}}, err
}

func (s *Server) registryAnswer(ctx context.Context, v *Visit, in *ofRequestBody[api.RightsAnswer]) (*nothing, error) {
	return &nothing{}, s.Rights.Answer(ctx, v.caller(), in.Request, in.Body.Outcome, in.Body.Text)
}

func (s *Server) unitRequests(ctx context.Context, v *Visit, in *ofRequests) (*answer[api.RightsRequests], error) {
	all, next, err := s.Rights.UnitList(ctx, v.caller(), in.After)
	out := api.RightsRequests{Today: string(v.today(s.Keeper.Now())), Requests: []api.RightsRequest{}, Next: next}
	for _, q := range all {
		out.Requests = append(out.Requests, s.requestOf(v, q))
	}
	return &answer[api.RightsRequests]{out}, err
}

func (s *Server) unitTake(ctx context.Context, v *Visit, in *ofRequest) (*nothing, error) {
	return &nothing{}, s.Rights.Take(ctx, v.caller(), in.Request)
}

func (s *Server) unitGiveBack(ctx context.Context, v *Visit, in *ofRequest) (*nothing, error) {
	return &nothing{}, s.Rights.GiveBack(ctx, v.caller(), in.Request)
}

func (s *Server) unitRequest(ctx context.Context, v *Visit, in *ofRequest) (*answer[api.RightsDraft], error) {
	d, err := s.Rights.Unit(ctx, v.caller(), in.Request)
	if err != nil {
		return nil, err
	}
	out := api.RightsDraft{RightsView: s.viewOf(v, d.View), Gone: d.Gone, Items: []api.CopyItem{}, Grounds: rights.Grounds()}
	for _, i := range d.Items {
		if i.Decision == rights.Undecided {
			out.Undecided++
		}
		one := api.CopyItem{N: i.N, Contact: i.Thing, Field: i.Field, Name: v.in(i.Name), Type: string(i.Type), Staff: i.Staff,
			At: i.At, By: i.By, Decision: i.Decision, Ground: i.Ground, Text: i.Text, Given: i.Given}
		if i.File != nil {
			one.File = &api.FileOfMessage{Name: i.File.Name, Type: i.File.Type, Size: i.File.Size}
		}
		out.Items = append(out.Items, one)
	}
	return &answer[api.RightsDraft]{out}, nil
}

func (s *Server) unitFind(ctx context.Context, v *Visit, in *ofRequestBody[api.RightsFind]) (*answer[api.RightsFound], error) {
	n, err := s.Rights.Find(ctx, v.caller(), in.Request, in.Body.Reason)
	return &answer[api.RightsFound]{api.RightsFound{N: n}}, err
}

func (s *Server) unitItem(ctx context.Context, v *Visit, in *ofDatumBody[api.CopyDecision]) (*nothing, error) {
	var spans []rights.Span
	for _, one := range in.Body.Spans {
		spans = append(spans, rights.Span{From: one.From, To: one.To})
	}
	return &nothing{}, s.Rights.Decide(ctx, v.caller(), in.Request, in.N, in.Body.Decision, in.Body.Ground, spans)
}

func (s *Server) unitFinish(ctx context.Context, v *Visit, in *ofRequest) (*nothing, error) {
	return &nothing{}, s.Rights.Finish(ctx, v.caller(), in.Request)
}

func (s *Server) unitNothing(ctx context.Context, v *Visit, in *ofRequestBody[api.RightsNothing]) (*nothing, error) {
	return &nothing{}, s.Rights.Nothing(ctx, v.caller(), in.Request, in.Body.Outcome)
}
