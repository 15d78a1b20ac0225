package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
	"luukku/web/api"
)

// serviceOperations are about the settings of one service: its leads' and the administrators'.
func (s *Server) serviceOperations(r *register) {
	operate(r, "lead-service", "Settings of a service", s.leadService)
	operate(r, "lead-closure", "Close a service now, or open it again", s.leadClosure)
	operate(r, "lead-hours", "Set the service hours", s.leadHours)
	operate(r, "lead-holidays", "Set the exceptional days", s.leadHolidays)
	operate(r, "lead-routing", "Set how queues reach advisers, and when the lead is warned", s.leadRouting)
	operate(r, "lead-widget", "Set the sites that may carry the chat", s.leadWidget)
}

// sets tells whether the caller may change a service: its lead, or an administrator.
func (v *Visit) sets(service string) bool {
	return v.holds(notice.RoleAdministrator) || slices.Contains(v.rolesIn(service), notice.RoleLead)
}

// led gives a service that the caller may change, with the versions of its parts. Another one answers like
// one that does not exist.
func (s *Server) led(ctx context.Context, v *Visit, id string) (service.Service, map[string]int64, error) {
	all, versions, err := s.Services.Versions(ctx, v.Authority.ID)
	if err != nil {
		return service.Service{}, nil, err
	}
	for _, one := range all {
		if one.ID == id && v.sets(id) {
			return one, versions[id], nil
		}
	}
	return service.Service{}, nil, fault.New(fault.NotFound, "service-not-found")
}

// setService changes a service in one transaction, with a pen for a part that the caller read as base.
func (s *Server) setService(ctx context.Context, v *Visit, id string, base int64, change func(ctx context.Context, tx *store.Tx, pen ledger.Pen) error) error {
	if _, _, err := s.led(ctx, v, id); err != nil {
		return err
	}
	err := s.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error { return change(ctx, tx, s.Ledger.Pen(v.caller(), base)) })
	if err == nil {
		s.Hub.BoardsChanged(v.Authority.ID)
	}
	return err
}

// changeService changes a service and answers with what it is now.
func (s *Server) changeService(ctx context.Context, v *Visit, id string, base int64, change func(ctx context.Context, tx *store.Tx, pen ledger.Pen) error) (*answer[api.LeadService], error) {
	if err := s.setService(ctx, v, id, base, change); err != nil {
		return nil, err
	}
	return s.leadService(ctx, v, &ofService{Service: id})
}

func (s *Server) leadService(ctx context.Context, v *Visit, in *ofService) (*answer[api.LeadService], error) {
	one, versions, err := s.led(ctx, v, in.Service)
	if err != nil {
		return nil, err
	}
	return &answer[api.LeadService]{s.leadServiceOf(v, one, versions)}, nil
}

// leadServiceOf gives a service its shape on the wire.
func (s *Server) leadServiceOf(v *Visit, one service.Service, versions map[string]int64) api.LeadService {
	now := s.Services.Opening(v.Authority.ID, one)
	out := api.LeadService{ID: one.ID, Name: v.in(one.Name), Open: now.Open, OpensAt: millis(now.OpensAt), ClosesAt: s.closesAt(now),
		Hours: []api.Hours{}, Holidays: []api.Holiday{}, Langs: append([]string{}, one.Languages...), Routing: routingOf(one.Routing), Versions: versionsOf(versions),
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

func versionsOf(v map[string]int64) api.Versions {
	return api.Versions{Texts: v[service.PartTexts], Topics: v[service.PartTopics], Queues: v[service.PartQueues], Hours: v[service.PartHours],
		Holidays: v[service.PartHolidays], Closure: v[service.PartClosure], Origins: v[service.PartOrigins], Routing: v[service.PartRouting]}
}

func apiText(t notice.Text) api.Text { return api.Text{FI: t.FI, SV: t.SV, EN: t.EN} }

// NoticeText is a text on the wire as services and notices hold it.
func NoticeText(t api.Text) notice.Text { return notice.Text{FI: t.FI, SV: t.SV, EN: t.EN} }

func (s *Server) leadClosure(ctx context.Context, v *Visit, in *ofServiceBody[api.ClosureSet]) (*answer[api.LeadService], error) {
	var closure *service.Closure
	if in.Body.Closed {
		closure = &service.Closure{Since: s.Keeper.Now(), Message: NoticeText(in.Body.Message)}
		for _, one := range []string{in.Body.Message.FI, in.Body.Message.SV, in.Body.Message.EN} {
			if one == "" {
				return nil, fault.New(fault.Invalid, "three-languages").On("message")
			}
		}
	}
	return s.changeService(ctx, v, in.Service, in.Body.Base, func(ctx context.Context, tx *store.Tx, pen ledger.Pen) error {
		return s.Services.SetClosure(ctx, tx, pen, in.Service, closure)
	})
}

func (s *Server) leadHours(ctx context.Context, v *Visit, in *ofServiceBody[api.HoursSet]) (*answer[api.LeadService], error) {
	hours, err := Spans(in.Body.Hours)
	if err != nil {
		return nil, err
	}
	return s.changeService(ctx, v, in.Service, in.Body.Base, func(ctx context.Context, tx *store.Tx, pen ledger.Pen) error {
		return s.Services.SetHours(ctx, tx, pen, in.Service, hours)
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
	return s.changeService(ctx, v, in.Service, in.Body.Base, func(ctx context.Context, tx *store.Tx, pen ledger.Pen) error {
		return s.Services.SetHolidays(ctx, tx, pen, in.Service, days)
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
