package web

import (
	"context"
	"slices"
	"strings"

	"luukku/channel/chat"
	"luukku/desk/contact"
	"luukku/fault"
	"luukku/web/api"
)

// passOperations are those by which a contact goes from one adviser to another, and by which a citizen
// is shown another service.
func (s *Server) passOperations(r *register) {
	operate(r, "desk-pass", "Pass to a colleague or a queue", s.deskPass)
	operate(r, "desk-accept", "Take a contact that one is asked to take", s.deskAccept)
	operate(r, "desk-handover-end", "Decline, take the question back, or stop reading along", s.deskHandoverEnd)
	operate(r, "desk-elsewhere", "Services in which the citizen would start anew", s.deskElsewhere)
	operate(r, "desk-offer", "Show the citizen another service", s.deskOffer)
}

func (s *Server) deskPass(ctx context.Context, v *Visit, in *ofContactBody[api.Pass]) (*nothing, error) {
	b := in.Body
	return &nothing{}, s.Chat.Pass(ctx, v.caller(), in.Contact, contact.To{Adviser: b.ToAdviser, Service: b.ToService, Note: b.Note,
		Lang: v.lang(), Reason: b.Reason, Warm: b.Ask})
}

func (s *Server) deskAccept(ctx context.Context, v *Visit, in *ofContact) (*nothing, error) {
	return &nothing{}, s.Chat.Accept(ctx, v.caller(), in.Contact)
}

func (s *Server) deskHandoverEnd(ctx context.Context, v *Visit, in *ofContact) (*nothing, error) {
	return &nothing{}, s.Chat.EndHandover(ctx, v.caller(), in.Contact)
}

func (s *Server) deskElsewhere(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.Elsewhere], error) {
	out := api.Elsewhere{Services: []api.OtherService{}}
	for _, a := range s.Authorities() {
		if s.addressOf(v, a) == "" {
			continue
		}
		offered, err := s.Chat.Offerings(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		for _, o := range offered {
			out.Services = append(out.Services, api.OtherService{Authority: a.ID, AuthorityName: v.in(a.Names), Service: o.Service.ID,
				Name: v.in(o.Service.Name), Notice: o.Notice.ID, Open: o.Opening.Open, Languages: o.Service.Languages})
		}
	}
	slices.SortFunc(out.Services, func(a, b api.OtherService) int { return compareText(a.AuthorityName, b.AuthorityName, v.lang()) })
	return &answer[api.Elsewhere]{out}, nil
}

// deskOffer writes the offer into the conversation, in the conversation's language: the service, whose
// it is, and the public address of its chat. Nothing of this contact is in that address.
func (s *Server) deskOffer(ctx context.Context, v *Visit, in *ofContactBody[api.Offer]) (*answer[api.Posted], error) {
	of, err := s.Chat.CheckStaff(ctx, v.caller(), in.Contact)
	if err != nil {
		return nil, err
	}
	b := in.Body
	to, a, err := s.offered(ctx, b.Authority, b.Service)
	if err != nil {
		return nil, err
	}
	address := s.addressOf(v, a)
	if address == "" {
		return nil, fault.New(fault.NotFound, "service-not-found").On("service")
	}
	if a.ID == v.Authority.ID && to.Notice.ID == of.Notice {
		return nil, fault.New(fault.Conflict, "offer-same-register").On("service")
	}
	lang := of.Lang
	if lang == "" {
		lang = v.lang()
	}
	text := strings.Join([]string{to.Service.Name.In(lang), a.Names.In(lang), address + "/chat/" + to.Service.ID}, "\n")
	posted, err := s.Chat.Offer(ctx, v.caller(), in.Contact, chat.Write{ClientID: b.ClientID, Text: text, Lang: lang})
	return &answer[api.Posted]{postedOf(posted)}, err
}

// offered finds a service of any authority on this server.
func (s *Server) offered(ctx context.Context, authority, service string) (chat.Offering, Authority, error) {
	all := s.Authorities()
	i := slices.IndexFunc(all, func(a Authority) bool { return a.ID == authority })
	if i < 0 {
		return chat.Offering{}, Authority{}, fault.New(fault.NotFound, "service-not-found").On("service")
	}
	found, err := s.Chat.Offerings(ctx, authority)
	if err != nil {
		return chat.Offering{}, Authority{}, err
	}
	for _, o := range found {
		if o.Service.ID == service {
			return o, all[i], nil
		}
	}
	return chat.Offering{}, Authority{}, fault.New(fault.NotFound, "service-not-found").On("service")
}

// addressOf is where an authority's pages begin, as a reader of this visit reaches them; "" when they
// cannot be reached from here.
func (s *Server) addressOf(v *Visit, a Authority) string {
	scheme := "http://"
	if v.Secure {
		scheme = "https://"
	}
	switch {
	case a.ID == v.Authority.ID && v.request != nil:
		return scheme + v.request.Host + v.Base
	case len(a.Hosts) > 0:
		return scheme + a.Hosts[0]
	case s.publicOrigin != "":
		return s.publicOrigin + "/" + a.Slug
	case v.Base != "" && v.request != nil:
		return scheme + v.request.Host + "/" + a.Slug
	}
	return ""
}

// handovers gives those of a board their shape on the wire.
func (s *Server) handovers(ctx context.Context, v *Visit, services map[string]string) ([]api.Handover, error) {
	all, err := s.Chat.Handovers(ctx, v.caller())
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, h := range all {
		ids = append(ids, h.Sender, h.Receiver)
	}
	names, err := s.People.Names(ctx, v.caller(), ids)
	out := []api.Handover{}
	for _, h := range all {
		out = append(out, api.Handover{Contact: h.Contact, State: string(h.State), Service: h.Service, ServiceName: services[h.Service], Lang: h.Lang,
			Topic: h.Topic, From: api.Named{ID: h.Sender, Name: names[h.Sender]}, To: api.Named{ID: h.Receiver, Name: names[h.Receiver]},
			Reason: h.Reason, At: h.At})
	}
	return out, err
}
