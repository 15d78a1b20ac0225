package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"luukku/core/notice"
	"luukku/desk/report"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
	"luukku/web/api"
)

// leadOperations are a lead's, and the report.
func (s *Server) leadOperations(r *register) {
	operate(r, "lead-overview", "Who is present and who waits", s.leadOverview)
	operate(r, "lead-reassign", "Move a contact to another adviser", s.leadReassign)
	operate(r, "lead-service", "Settings of a service", s.leadService)
	operate(r, "lead-closure", "Close a service now, or open it again", s.leadClosure)
	operate(r, "lead-hours", "Set the service hours", s.leadHours)
	operate(r, "lead-holidays", "Set the exceptional days", s.leadHolidays)
	operate(r, "lead-widget", "Set the sites that may carry the chat", s.leadWidget)
	operate(r, "lead-routing", "Set how queues reach advisers, and when the lead is warned", s.leadRouting)
	operate(r, "lead-advisers", "The advisers, with what the program offers them", s.leadAdvisers)
	operate(r, "lead-adviser", "Set what the program offers an adviser", s.leadAdviser)
	operate(r, "report-contacts", "Contacts counted", s.reportContacts)
}

func (s *Server) leadOverview(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.Overview], error) {
	board, active, err := s.Queue.Overview(ctx, v.caller())
	if err != nil {
		return nil, err
	}
	ids := adviserIDs(board.Advisers)
	for _, i := range active {
		ids = append(ids, i.Adviser)
	}
	names, err := s.People.Names(ctx, v.caller(), ids)
	if err != nil {
		return nil, err
	}
	all, err := s.Services.List(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	out := api.Overview{Present: []api.PresentAdviser{}, Active: []api.ActiveContact{}, Services: []api.LeadService{}, GeneratedAt: board.GeneratedAt}
	labels := map[string]string{}
	for _, one := range all {
		labels[one.ID] = v.in(one.Name)
		if slices.Contains(v.rolesIn(one.ID), notice.RoleLead) {
			out.Services = append(out.Services, s.leadServiceOf(v, one))
		}
	}
	out.Queues = linesOf(board.Queues, labels)
	for _, a := range board.Advisers {
		out.Present = append(out.Present, api.PresentAdviser{ID: a.ID, Name: names[a.ID], Presence: string(a.Presence), Load: a.Load, Since: a.Since,
			Capacity: a.Capacity, Languages: a.Languages, Services: append([]string{}, a.Services...)})
	}
	for _, i := range active {
		out.Active = append(out.Active, api.ActiveContact{Contact: i.Contact, Service: i.Service, Lang: i.Lang, Adviser: api.Named{ID: i.Adviser, Name: names[i.Adviser]},
			StartedAt: i.StartedAt, LastAt: i.LastAt, WaitingSince: i.WaitingSince, CitizenPresent: i.CitizenPresent})
	}
	return &answer[api.Overview]{out}, nil
}

func (s *Server) leadReassign(ctx context.Context, v *Visit, in *ofContactBody[api.Reassign]) (*nothing, error) {
	return &nothing{}, s.Chat.Reassign(ctx, v.caller(), in.Contact, in.Body.ToAdviser)
}

// led gives a service that the caller leads. Another one answers like one that does not exist.
func (s *Server) led(ctx context.Context, v *Visit, id string) (service.Service, error) {
	one, err := s.Services.Get(ctx, v.Authority.ID, id)
	if err == nil && !slices.Contains(v.rolesIn(one.ID), notice.RoleLead) {
		err = fault.New(fault.NotFound, "service-not-found")
	}
	return one, err
}

// changeService changes a led service in one transaction and answers with what it is now.
func (s *Server) changeService(ctx context.Context, v *Visit, id string, change func(ctx context.Context, tx *store.Tx) error) (*answer[api.LeadService], error) {
	if _, err := s.led(ctx, v, id); err != nil {
		return nil, err
	}
	if err := s.DB.Write(ctx, change); err != nil {
		return nil, err
	}
	s.Hub.BoardsChanged(v.Authority.ID)
	return s.leadService(ctx, v, &ofService{Service: id})
}

func (s *Server) leadService(ctx context.Context, v *Visit, in *ofService) (*answer[api.LeadService], error) {
	one, err := s.led(ctx, v, in.Service)
	if err != nil {
		return nil, err
	}
	return &answer[api.LeadService]{s.leadServiceOf(v, one)}, nil
}

// leadServiceOf gives a service its shape on the wire.
func (s *Server) leadServiceOf(v *Visit, one service.Service) api.LeadService {
	now := s.Services.Opening(v.Authority.ID, one)
	out := api.LeadService{ID: one.ID, Name: v.in(one.Name), Open: now.Open, OpensAt: millis(now.OpensAt), ClosesAt: s.closesAt(now),
		Hours: []api.Hours{}, Holidays: []api.Holiday{}, Langs: one.Languages, Routing: routingOf(one.Routing),
		Widget: api.Widget{Origins: append([]string{}, one.Origins...), Integrity: s.shell.widget.integrity}}
	if one.Closure != nil {
		out.Closure = api.Closure{Closed: true, Message: apiText(one.Closure.Message)}
	}
	for _, h := range one.Hours {
		out.Hours = append(out.Hours, api.Hours{Weekday: (int(h.Weekday)+6)%7 + 1, Opens: service.Clock(h.Opens), Closes: service.Clock(h.Closes)})
	}
	for _, h := range one.Holidays {
		day := api.Holiday{Day: string(h.Day)}
		if h.Opens != h.Closes {
			day.Opens, day.Closes = service.Clock(h.Opens), service.Clock(h.Closes)
		}
		if !h.Name.Empty() {
			name := apiText(h.Name)
			day.Name = &name
		}
		out.Holidays = append(out.Holidays, day)
	}
	return out
}

func apiText(t notice.Text) api.Text { return api.Text{FI: t.FI, SV: t.SV, EN: t.EN} }

// NoticeText is a text on the wire as services and notices hold it.
func NoticeText(t api.Text) notice.Text { return notice.Text{FI: t.FI, SV: t.SV, EN: t.EN} }

func (s *Server) leadClosure(ctx context.Context, v *Visit, in *ofServiceBody[api.Closure]) (*answer[api.LeadService], error) {
	var closure *service.Closure
	if in.Body.Closed {
		closure = &service.Closure{Since: s.Keeper.Now(), Message: NoticeText(in.Body.Message)}
		for _, one := range []string{in.Body.Message.FI, in.Body.Message.SV, in.Body.Message.EN} {
			if one == "" {
				return nil, fault.New(fault.Invalid, "three-languages").On("message")
			}
		}
	}
	return s.changeService(ctx, v, in.Service, func(ctx context.Context, tx *store.Tx) error {
		return s.Services.SetClosure(ctx, tx, v.Authority.ID, in.Service, closure)
	})
}

func (s *Server) leadHours(ctx context.Context, v *Visit, in *ofServiceBody[api.HoursSet]) (*answer[api.LeadService], error) {
	hours, err := Spans(in.Body.Hours)
	if err != nil {
		return nil, err
	}
	return s.changeService(ctx, v, in.Service, func(ctx context.Context, tx *store.Tx) error {
		return s.Services.SetHours(ctx, tx, v.Authority.ID, in.Service, hours)
	})
}

// Spans reads weekly hours. fault.Invalid on "hours[i]": a time that is none, "hours-order".
func Spans(in []api.Hours) ([]service.Span, error) {
	var out []service.Span
	for i, h := range in {
		opens, closes, err := minutesOf(h.Opens, h.Closes)
		if err != nil {
			return nil, fault.Of(err).On(fmt.Sprintf("hours[%d]", i))
		}
		out = append(out, service.Span{Weekday: time.Weekday(h.Weekday % 7), Opens: opens, Closes: closes})
	}
	return out, nil
}

// minutesOf reads an opening and its end.
func minutesOf(opens, closes string) (int, int, error) {
	from, err := service.Minute(opens)
	if err != nil {
		return 0, 0, err
	}
	to, err := service.Minute(closes)
	if err == nil && to <= from {
		err = fault.New(fault.Invalid, "hours-order")
	}
	return from, to, err
}

func (s *Server) leadHolidays(ctx context.Context, v *Visit, in *ofServiceBody[api.HolidaySet]) (*answer[api.LeadService], error) {
	days, err := holidaysOf(in.Body.Holidays)
	if err != nil {
		return nil, err
	}
	return s.changeService(ctx, v, in.Service, func(ctx context.Context, tx *store.Tx) error {
		return s.Services.SetHolidays(ctx, tx, v.Authority.ID, in.Service, days)
	})
}

// holidaysOf reads days with hours of their own.
func holidaysOf(in []api.Holiday) ([]service.Holiday, error) {
	var out []service.Holiday
	for i, h := range in {
		day, err := notice.ParseDay(h.Day)
		if err != nil {
			return nil, fault.New(fault.Invalid, "field-format").On(fmt.Sprintf("holidays[%d].day", i))
		}
		one := service.Holiday{Day: day}
		if h.Opens != "" || h.Closes != "" {
			if one.Opens, one.Closes, err = minutesOf(h.Opens, h.Closes); err != nil {
				return nil, fault.Of(err).On(fmt.Sprintf("holidays[%d]", i))
			}
		}
		if h.Name != nil {
			one.Name = NoticeText(*h.Name)
		}
		out = append(out, one)
	}
	return out, nil
}

func (s *Server) reportContacts(ctx context.Context, v *Visit, in *ofReport) (*answer[api.Report], error) {
	from, err1 := notice.ParseDay(in.From)
	to, err2 := notice.ParseDay(in.To)
	if err1 != nil || err2 != nil || to.Before(from) {
		return nil, fault.New(fault.Invalid, "field-range").On("to")
	}
	if !v.holds(notice.RoleOfficer) && !slices.Contains(v.rolesIn(in.Service), notice.RoleLead) {
		return nil, fault.New(fault.Denied, "role-missing")
	}
	counted, err := s.Reports.Contacts(ctx, v.Authority.ID, from, to, in.Service)
	if err != nil {
		return nil, err
	}
	all, err := s.Services.List(ctx, v.Authority.ID)
	out := api.Report{From: string(counted.From), To: string(counted.To), Service: counted.Service, Suppressed: report.Limit, Tables: []api.ReportTable{}}
	for _, t := range counted.Tables {
		table := api.ReportTable{By: t.By, Rows: []api.ReportRow{}}
		for _, row := range t.Rows {
			table.Rows = append(table.Rows, api.ReportRow{Value: row.Value, Label: label(v, all, t.By, row.Value), Count: row.Count, Suppressed: row.Withheld})
		}
		out.Tables = append(out.Tables, table)
	}
	return &answer[api.Report]{out}, err
}

// label words a counted value in the visit's language.
func label(v *Visit, all []service.Service, by, value string) string {
	switch by {
	case report.ByDay:
		return notice.DayIn(notice.Day(value), v.lang())
	case report.ByService, report.ByTopic:
		for _, one := range all {
			if by == report.ByService && one.ID == value {
				return v.in(one.Name)
			}
			for _, topic := range one.Topics {
				if by == report.ByTopic && topic.ID == value {
					return v.in(topic.Name)
				}
			}
		}
	case report.ByLanguage, report.ByOutcome, report.ByWait, report.ByHelp:
		if key := by + "-" + value; v.text().Has(key) {
			return v.text().Get(key, nil)
		}
	}
	if value == "" || value == "none" {
		return v.text().Get("none", nil)
	}
	return value
}
