package web

import (
	"context"
	"slices"
	"time"

	"luukku/core/access"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/desk/service"
	"luukku/people"
	"luukku/store"
	"luukku/web/api"
)

// routingOf gives a routing its shape on the wire.
func routingOf(r service.Routing) api.Routing {
	return api.Routing{Push: append([]string{}, r.Push...), OfferS: int(r.OfferFor() / time.Second), WidenS: int(r.Widen / time.Second),
		WarnWaiting: r.Warn.Waiting, WarnWaitS: int(r.Warn.Wait / time.Second), WarnNobody: r.Warn.Nobody}
}

func (s *Server) leadRouting(ctx context.Context, v *Visit, in *ofServiceBody[api.RoutingSet]) (*answer[api.LeadService], error) {
	b := in.Body.Routing
	r := service.Routing{Push: b.Push, Offer: time.Duration(b.OfferS) * time.Second, Widen: time.Duration(b.WidenS) * time.Second,
		Warn: service.Warn{Waiting: b.WarnWaiting, Wait: time.Duration(b.WarnWaitS) * time.Second, Nobody: b.WarnNobody}}
	return s.changeService(ctx, v, in.Service, in.Body.Base, func(ctx context.Context, tx *store.Tx, pen ledger.Pen) error {
		return s.Services.SetRouting(ctx, tx, pen, in.Service, r)
	})
}

// leads tells which services the caller leads.
func (v *Visit) leads(service string) bool {
	return slices.Contains(v.rolesIn(service), notice.RoleLead)
}

func (s *Server) leadAdvisers(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.Advisers], error) {
	all, err := s.People.Advisers(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	services, err := s.Services.List(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	out := api.Advisers{Advisers: []api.LedAdviser{}}
	var ids []string
	for _, a := range all {
		if one := ledAdviser(v, a, services); len(one.May) > 0 {
			out.Advisers = append(out.Advisers, one)
			ids = append(ids, a.ID)
		}
	}
	names, err := s.People.Names(ctx, v.caller(), ids)
	for i := range out.Advisers {
		out.Advisers[i].Name = names[out.Advisers[i].ID]
	}
	return &answer[api.Advisers]{out}, err
}

// ledAdviser is what of an adviser the caller leads.
func ledAdviser(v *Visit, a people.Adviser, services []service.Service) api.LedAdviser {
	out := api.LedAdviser{ID: a.ID, May: []api.Named{}, Languages: a.Skill.Languages, Services: []string{}, Capacity: a.Skill.Capacity}
	for _, one := range services {
		reaches := slices.ContainsFunc(a.Grants, func(g access.Grant) bool { return g.Covers(one.ID) })
		if !reaches || !v.leads(one.ID) {
			continue
		}
		out.May = append(out.May, api.Named{ID: one.ID, Name: v.in(one.Name)})
		if len(a.Skill.Services) == 0 || slices.Contains(a.Skill.Services, one.ID) {
			out.Services = append(out.Services, one.ID)
		}
	}
	return out
}

func (s *Server) leadAdviser(ctx context.Context, v *Visit, in *ofStaffBody[api.Skill]) (*nothing, error) {
	services, err := s.Services.List(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, one := range services {
		all = append(all, one.ID)
	}
	skill := people.Skill{Languages: in.Body.Languages, Services: in.Body.Services, Capacity: in.Body.Capacity}
	err = s.People.SetSkill(ctx, v.caller(), in.Staff, skill, v.leads, all)
	if err == nil {
		s.Hub.BoardsChanged(v.Authority.ID)
	}
	return &nothing{}, err
}
