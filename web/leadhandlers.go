package web

import (
	"context"
	"slices"

	"luukku/core/notice"
	"luukku/web/api"
)

// leadOperations are a lead's, and the report.
func (s *Server) leadOperations(r *register) {
	operate(r, "lead-overview", "Who is present and who waits", s.leadOverview)
	operate(r, "lead-reassign", "Move a contact to another adviser", s.leadReassign)
	operate(r, "lead-advisers", "The advisers, with what the program offers them", s.leadAdvisers)
	operate(r, "lead-adviser", "Set what the program offers an adviser", s.leadAdviser)
	operate(r, "report-contacts", "Contacts counted", s.reportContacts)
	operate(r, "report-days", "Contacts of a day or a week counted", s.reportDays)
	operate(r, "report-file", "The same as a file", s.reportFile)
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
