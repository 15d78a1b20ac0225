package web

import (
	"context"
	"slices"

	"luukku/channel/chat"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
	"luukku/web/api"
)

// adminServiceOperations are what only an administrator changes in a service.
func (s *Server) adminServiceOperations(r *register) {
	operate(r, "admin-services", "Every service", s.adminServices)
	operate(r, "admin-service-make", "Open a new service", s.adminServiceMake)
	operate(r, "admin-service-texts", "Set what a service is called and what is told of it", s.adminServiceTexts)
	operate(r, "admin-service-topics", "Set the topics of a service", s.adminServiceTopics)
	operate(r, "admin-service-queues", "Set the languages of a service's queues", s.adminServiceQueues)
}

func (s *Server) adminServices(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.AdminServices], error) {
	all, versions, err := s.Services.Versions(ctx, v.Authority.ID)
	out := api.AdminServices{Services: []api.AdminService{}, Notices: []api.Named{}, GeneratedAt: s.Keeper.Now().UnixMilli()}
	for _, one := range all {
		out.Services = append(out.Services, s.adminServiceOf(v, one, versions[one.ID]))
	}
	for _, n := range s.chatNotices(v) {
		out.Notices = append(out.Notices, api.Named{ID: n.ID, Name: v.in(n.Names)})
	}
	return &answer[api.AdminServices]{out}, err
}

// chatNotices are the registers in force that a chat can be kept in.
func (s *Server) chatNotices(v *Visit) []*notice.Notice {
	current := s.Shelf().CurrentAll(v.Authority.ID, v.today(s.Keeper.Now()))
	return slices.DeleteFunc(current, func(n *notice.Notice) bool { return !slices.Contains(n.Channels, chat.Channel) })
}

// adminServiceOf gives a service its whole shape on the wire.
func (s *Server) adminServiceOf(v *Visit, one service.Service, versions map[string]int64) api.AdminService {
	out := api.AdminService{LeadService: s.leadServiceOf(v, one, versions), Notice: api.Named{ID: one.Notice, Name: one.Notice},
		Names: apiText(one.Name), About: apiText(one.About), Topics: []api.TopicSetting{}}
	if n, ok := s.Shelf().Current(v.Authority.ID, one.Notice, v.today(s.Keeper.Now())); ok {
		out.Notice.Name = v.in(n.Names)
	}
	for _, t := range one.Topics {
		out.Topics = append(out.Topics, api.TopicSetting{ID: t.ID, Name: apiText(t.Name), Retired: t.Retired})
	}
	return out
}

// adminService answers with one service as it is now.
func (s *Server) adminService(ctx context.Context, v *Visit, id string) (*answer[api.AdminService], error) {
	one, versions, err := s.led(ctx, v, id)
	if err != nil {
		return nil, err
	}
	return &answer[api.AdminService]{s.adminServiceOf(v, one, versions)}, nil
}

// changeWhole changes a service and answers with all of it.
func (s *Server) changeWhole(ctx context.Context, v *Visit, id string, base int64, change func(ctx context.Context, tx *store.Tx, pen ledger.Pen) error) (*answer[api.AdminService], error) {
	if err := s.setService(ctx, v, id, base, change); err != nil {
		return nil, err
	}
	return s.adminService(ctx, v, id)
}

// adminServiceMake opens a service under a register that is in force. What it asks and keeps is the
// register's, not the administrator's: a service has no fields of its own.
func (s *Server) adminServiceMake(ctx context.Context, v *Visit, in *ofBody[api.NewService]) (*answer[api.AdminService], error) {
	b := in.Body
	if !slices.ContainsFunc(s.chatNotices(v), func(n *notice.Notice) bool { return n.ID == b.Notice }) {
		return nil, fault.New(fault.Invalid, "service-notice").On("notice")
	}
	one := service.Service{ID: b.ID, Notice: b.Notice, Name: NoticeText(b.Names), About: NoticeText(b.About), Languages: b.Languages}
	err := s.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return s.Services.Make(ctx, tx, s.Ledger.Pen(v.caller(), 0), one)
	})
	if err != nil {
		return nil, err
	}
	s.Hub.BoardsChanged(v.Authority.ID)
	return s.adminService(ctx, v, b.ID)
}

func (s *Server) adminServiceTexts(ctx context.Context, v *Visit, in *ofServiceBody[api.TextsSet]) (*answer[api.AdminService], error) {
	return s.changeWhole(ctx, v, in.Service, in.Body.Base, func(ctx context.Context, tx *store.Tx, pen ledger.Pen) error {
		return s.Services.SetTexts(ctx, tx, pen, in.Service, NoticeText(in.Body.Names), NoticeText(in.Body.About))
	})
}

func (s *Server) adminServiceTopics(ctx context.Context, v *Visit, in *ofServiceBody[api.TopicsSet]) (*answer[api.AdminService], error) {
	var topics []service.Topic
	for _, t := range in.Body.Topics {
		one := service.Topic{ID: t.ID, Name: NoticeText(t.Name), Retired: t.Retired}
		if one.ID == "" {
			one.ID = store.NewID("topic-")
		}
		topics = append(topics, one)
	}
	return s.changeWhole(ctx, v, in.Service, in.Body.Base, func(ctx context.Context, tx *store.Tx, pen ledger.Pen) error {
		return s.Services.SetTopics(ctx, tx, pen, in.Service, topics)
	})
}

func (s *Server) adminServiceQueues(ctx context.Context, v *Visit, in *ofServiceBody[api.QueuesSet]) (*answer[api.AdminService], error) {
	return s.changeWhole(ctx, v, in.Service, in.Body.Base, func(ctx context.Context, tx *store.Tx, pen ledger.Pen) error {
		return s.Services.SetLanguages(ctx, tx, pen, in.Service, in.Body.Languages)
	})
}
