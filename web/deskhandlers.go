package web

import (
	"context"
	"slices"
	"strings"

	"luukku/channel/chat"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/queue"
	"luukku/web/api"
)

// deskOperations are an adviser's.
func (s *Server) deskOperations(r *register) {
	operate(r, "desk-board", "My contacts and the queues", s.deskBoard)
	operate(r, "desk-options", "What the desk's forms choose from", s.deskOptions)
	operate(r, "desk-presence", "Set one's own presence", s.deskPresence)
	operate(r, "desk-take-next", "Take the one that has waited longest", s.deskTakeNext)
	operate(r, "desk-take", "Take this contact", s.deskTake)
	operate(r, "desk-open", "Open a contact of one's own", s.deskOpen)
	operate(r, "desk-messages", "The conversation after a number", s.deskMessages)
	operate(r, "desk-post", "Reply, or write an internal note", s.deskPost)
	operate(r, "desk-typing", "The adviser is writing", s.deskTyping)
	operate(r, "desk-seen", "The adviser has seen messages", s.deskSeen)
	operate(r, "desk-delivered", "Messages have come to the adviser's client", s.deskDelivered)
	operate(r, "desk-close", "Close with topic and outcome", s.deskClose)
	operate(r, "desk-reopen", "Reopen within the hour", s.deskReopen)
	operate(r, "desk-end-abusive", "End an abusive chat", s.deskEndAbusive)
	operate(r, "desk-read", "Open a contact for a chosen purpose", s.deskRead)
	operate(r, "desk-search", "Find earlier contacts by one exact value", s.deskSearch)
}

func (s *Server) deskBoard(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.Board], error) {
	board, err := s.board(ctx, v)
	return &answer[api.Board]{board}, err
}

func (s *Server) deskPresence(ctx context.Context, v *Visit, in *ofBody[api.Presence]) (*nothing, error) {
	err := s.Queue.SetPresence(ctx, v.Authority.ID, v.Session.Staff, queue.Presence(in.Body.State))
	if err == nil {
		s.Hub.BoardsChanged(v.Authority.ID)
	}
	return &nothing{}, err
}

func (s *Server) deskTakeNext(ctx context.Context, v *Visit, in *ofBody[api.TakeNext]) (*answer[api.Taken], error) {
	id, err := s.Chat.TakeNext(ctx, v.caller(), in.Body.Service, in.Body.Language)
	return &answer[api.Taken]{api.Taken{Contact: id}}, err
}

func (s *Server) deskTake(ctx context.Context, v *Visit, in *ofContact) (*answer[api.Taken], error) {
	return &answer[api.Taken]{api.Taken{Contact: in.Contact}}, s.Chat.Take(ctx, v.caller(), in.Contact)
}

func (s *Server) deskOpen(ctx context.Context, v *Visit, in *ofContact) (*answer[api.ContactView], error) {
	view, err := s.Chat.View(ctx, v.caller(), in.Contact)
	if err != nil {
		return nil, err
	}
	return s.viewAnswer(ctx, v, view)
}

func (s *Server) deskRead(ctx context.Context, v *Visit, in *ofContactBody[api.ReadFor]) (*answer[api.ContactView], error) {
	view, err := s.Chat.Read(ctx, v.caller(), in.Contact, in.Body.Purpose, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return s.viewAnswer(ctx, v, view)
}

// viewAnswer gives an opened contact its shape on the wire.
func (s *Server) viewAnswer(ctx context.Context, v *Visit, view chat.View) (*answer[api.ContactView], error) {
	c := view.Contact
	services, err := s.serviceNames(ctx, v)
	if err != nil {
		return nil, err
	}
	out := api.ContactView{Contact: c.ID, Service: c.Service, ServiceName: services[c.Service], Lang: c.Lang, Status: string(c.Status),
		Topic: c.Topic, Outcome: c.Outcome, OpenedAt: c.StartedAt, StartedAt: c.TakenAt, ClosedAt: c.ClosedAt, Mine: view.Mine,
		CitizenPresent: c.CitizenPresent, Messages: messagesOf(chat.Messages{Messages: view.Messages}), Last: view.Last,
		SeenByCitizen: c.CitizenSeen, DeliveredToCitizen: c.CitizenReceived, SeenByMe: c.AdviserSeen, Actions: view.Actions, ReopenUntil: view.ReopenUntil,
		Reading: api.Reading{Purpose: view.Purpose, Live: view.Live, Since: view.Since}}
	if out.Actions == nil {
		out.Actions = []string{}
	}
	if view.Mine {
		out.Files = fileRules(s.Chat.StaffFilesOf(view.Notice))
	}
	s.fillNotice(v, view, &out)
	out.Printing = s.printingOf(v, view)
	if c.Adviser == "" {
		return &answer[api.ContactView]{out}, nil
	}
	names, err := s.People.Names(ctx, v.caller(), []string{c.Adviser})
	out.Adviser = &api.Named{ID: c.Adviser, Name: names[c.Adviser]}
	return &answer[api.ContactView]{out}, err
}

// fillNotice adds what the notice says: names of purpose and fields, and how long this is kept.
func (s *Server) fillNotice(v *Visit, view chat.View, out *api.ContactView) {
	if purpose := view.Notice.Purpose(view.Purpose); purpose != nil {
		out.Reading.Name = v.in(purpose.Name)
	}
	out.Fields = []api.ShownField{}
	for _, f := range view.Fields {
		if f.ID == "reference_code" {
			out.Reference = f.Value
		}
		out.Fields = append(out.Fields, api.ShownField{ID: f.ID, Label: v.in(f.Name), Value: f.Value, Type: string(f.Type)})
	}
	out.Keep = api.Keep{Line: keepLine(view.Notice, v.lang()), Until: lastDay(view.Life), Notice: noticeLink(v, view.Notice)}
}

// lastDay is the last day on which something of a contact opens; "" under a restriction, which has none.
func lastDay(lives []vault.Life) string {
	last := notice.Day("")
	for _, l := range lives {
		if l.LastDay == "" {
			return ""
		}
		last = max(last, l.LastDay)
	}
	return string(last)
}

func (s *Server) deskMessages(ctx context.Context, v *Visit, in *ofMessages) (*answer[api.Messages], error) {
	run, err := s.Chat.History(ctx, v.caller(), in.Contact, in.After)
	return &answer[api.Messages]{api.Messages{Messages: messagesOf(run), Last: run.Last}}, err
}

func (s *Server) deskPost(ctx context.Context, v *Visit, in *ofContactBody[api.DeskWrite]) (*answer[api.Posted], error) {
	b := in.Body
	posted, err := s.staffPost(ctx, v, in.Contact, b.Kind, chat.Write{ClientID: b.ClientID, Text: b.Text, Lang: b.Lang})
	return &answer[api.Posted]{posted}, err
}

func (s *Server) deskTyping(ctx context.Context, v *Visit, in *ofContact) (*nothing, error) {
	return &nothing{}, s.staffTyping(ctx, v, in.Contact)
}

func (s *Server) deskSeen(ctx context.Context, v *Visit, in *ofContactBody[api.UpTo]) (*nothing, error) {
	return &nothing{}, s.Chat.StaffSeen(ctx, v.caller(), in.Contact, in.Body.N)
}

func (s *Server) deskDelivered(ctx context.Context, v *Visit, in *ofContactBody[api.UpTo]) (*nothing, error) {
	return &nothing{}, s.Chat.StaffReceived(ctx, v.caller(), in.Contact, in.Body.N)
}

func (s *Server) deskClose(ctx context.Context, v *Visit, in *ofContactBody[api.Close]) (*nothing, error) {
	return &nothing{}, s.Chat.Close(ctx, v.caller(), in.Contact, in.Body.Topic, in.Body.Outcome)
}

func (s *Server) deskReopen(ctx context.Context, v *Visit, in *ofContact) (*nothing, error) {
	return &nothing{}, s.Chat.Reopen(ctx, v.caller(), in.Contact)
}

func (s *Server) deskEndAbusive(ctx context.Context, v *Visit, in *ofContact) (*nothing, error) {
	return &nothing{}, s.Chat.EndAbusive(ctx, v.caller(), in.Contact)
}

func (s *Server) deskSearch(ctx context.Context, v *Visit, in *ofBody[api.Search]) (*answer[api.Found], error) {
	b := in.Body
	found, err := s.Chat.Search(ctx, v.caller(), contact.Search{By: b.By, Value: b.Value, Purpose: b.Purpose, Reason: b.Reason})
	if err != nil {
		return nil, err
	}
	services, err := s.serviceNames(ctx, v)
	out := api.Found{Contacts: []api.FoundContact{}}
	for _, c := range found {
		out.Contacts = append(out.Contacts, api.FoundContact{Contact: c.ID, Service: c.Service, Name: services[c.Service], Lang: c.Lang,
			Status: string(c.Status), OpenedAt: c.StartedAt, ClosedAt: c.ClosedAt, Topic: c.Topic})
	}
	return &answer[api.Found]{out}, err
}

func (s *Server) deskOptions(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.DeskOptions], error) {
	offered, err := s.Chat.Offerings(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	out := api.DeskOptions{Services: []api.DeskService{}, MaxMessage: contact.MaxText}
	for _, o := range offered {
		roles := v.rolesIn(o.Service.ID)
		if len(roles) > 0 {
			out.Services = append(out.Services, deskService(v, o, roles))
		}
	}
	return &answer[api.DeskOptions]{out}, nil
}

// rolesIn are the caller's roles that reach a service.
func (v *Visit) rolesIn(service string) []string {
	var roles []string
	for _, g := range v.Standing.Grants {
		if g.Covers(service) && !slices.Contains(roles, g.Role) {
			roles = append(roles, g.Role)
		}
	}
	return roles
}

// deskService is a service as the caller's roles may use it.
func deskService(v *Visit, o chat.Offering, roles []string) api.DeskService {
	one := api.DeskService{ID: o.Service.ID, Name: v.in(o.Service.Name), Languages: o.Service.Languages, Topics: topicsOf(v, o.Service.Topics),
		Outcomes: []api.Named{}, Purposes: purposesOf(v, o.Notice, roles), SearchBy: []string{}, Prints: o.Notice.Printing() != nil, Notice: noticeLink(v, o.Notice)}
	for _, outcome := range contact.Outcomes() {
		one.Outcomes = append(one.Outcomes, api.Named{ID: outcome, Name: v.text().Get("outcome-"+outcome, nil)})
	}
	if len(one.Purposes) == 0 {
		return one
	}
	for _, by := range []struct{ key, field string }{{"reference", "reference_code"}, {"email", "email"}, {"phone", "phone"}} {
		if _, _, ok := o.Notice.FieldGroup(by.field); ok {
			one.SearchBy = append(one.SearchBy, by.key)
		}
	}
	return one
}

// purposesOf are the purposes for which roles may open a record of the notice that is not theirs.
func purposesOf(v *Visit, n *notice.Notice, roles []string) []api.PurposeChoice {
	out := []api.PurposeChoice{}
	for _, p := range n.Purposes {
		if rule, ok := anyRule(n, roles, p.ID); ok {
			out = append(out, api.PurposeChoice{ID: p.ID, Name: v.in(p.Name), Law: lawsOf(v, n, p.Law), Reason: rule.Reason})
		}
	}
	return out
}

// anyRule finds a rule of the notice that lets one of the roles open some group for a purpose.
func anyRule(n *notice.Notice, roles []string, purpose string) (notice.Rule, bool) {
	for _, role := range roles {
		for _, g := range n.Groups {
			if rule, ok := n.RuleFor(role, g.ID, purpose, notice.Unrelated); ok {
				return rule, true
			}
		}
	}
	return notice.Rule{}, false
}

// lawsOf names the acts behind a purpose.
func lawsOf(v *Visit, n *notice.Notice, ids []string) string {
	out := ""
	for _, law := range n.Law {
		if !slices.Contains(ids, law.ID) {
			continue
		}
		if out != "" {
			out += "; "
		}
		cite := "(" + law.Cite + ")"
		if strings.HasPrefix(law.Cite, "(") { // (EU) 2016/679
			cite = law.Cite
		}
		out += v.in(law.Name) + " " + cite
	}
	return out
}
