package web

import (
	"context"
	"slices"

	"luukku/core/notice"
	"luukku/desk/report"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/web/api"
)

// leadOperations are a lead's, and the report.
func (s *Server) leadOperations(r *register) {
	operate(r, "lead-overview", "Who is present and who waits", s.leadOverview)
	operate(r, "lead-reassign", "Move a contact to another adviser", s.leadReassign)
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
	all, versions, err := s.Services.Versions(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	out := api.Overview{Present: []api.PresentAdviser{}, Active: []api.ActiveContact{}, Services: []api.LeadService{}, GeneratedAt: board.GeneratedAt}
	labels := map[string]string{}
	for _, one := range all {
		labels[one.ID] = v.in(one.Name)
		if slices.Contains(v.rolesIn(one.ID), notice.RoleLead) {
			out.Services = append(out.Services, s.leadServiceOf(v, one, versions[one.ID]))
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
	case report.ByLanguage, report.ByOutcome, report.ByWait, report.ByHelp, "correct", "clear", "complete", "polite":
		if slices.Contains(report.Criteria(), by) {
			by = report.ByHelp // the marks have the words of the answers
		}
		if key := by + "-" + value; v.text().Has(key) {
			return v.text().Get(key, nil)
		}
	}
	if value == "" || value == "none" {
		return v.text().Get("none", nil)
	}
	return value
}
