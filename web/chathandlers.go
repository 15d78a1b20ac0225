package web

import (
	"context"
	"time"

	"luukku/channel/chat"
	"luukku/core/notice"
	"luukku/desk/contact"
	"luukku/web/api"
)

// chatOperations are a citizen's.
func (s *Server) chatOperations(r *register) {
	operate(r, "chat-services", "What can be chatted about, and when", s.chatServices)
	operate(r, "chat-start", "Start a contact", s.chatStart)
	operate(r, "chat-state", "The contact's state", s.chatState)
	operate(r, "chat-messages", "The conversation after a number", s.chatMessages)
	operate(r, "chat-post", "Write a message", s.chatPost)
	operate(r, "chat-typing", "The citizen is writing", s.chatTyping)
	operate(r, "chat-seen", "The citizen has seen messages", s.chatSeen)
	operate(r, "chat-delivered", "Messages have come to the citizen's client", s.chatDelivered)
	operate(r, "chat-end", "End the contact", s.chatEnd)
	operate(r, "chat-leave", "The citizen's page is closing", s.chatLeave)
	operate(r, "chat-transcript", "Order the transcript by e-mail", s.chatTranscript)
	operate(r, "chat-helped", "Answer whether the contact helped", s.chatHelped)
	operate(r, "chat-stay", "The citizen is still there", s.chatStay)
}

// citizen is the claim that a request makes.
func (s *Server) citizen(v *Visit) contact.Citizen {
	return s.Chat.Citizen(v.Authority.ID, v.Contact, v.Token)
}

func (s *Server) chatServices(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.Services], error) {
	offered, err := s.Chat.Offerings(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	out := api.Services{Authority: api.Named{ID: v.Authority.ID, Name: v.in(v.Authority.Names)}, Services: []api.ChatService{}}
	for _, o := range offered {
		out.Services = append(out.Services, s.chatService(v, o))
	}
	return &answer[api.Services]{out}, nil
}

// chatService is one offering in the visit's language.
func (s *Server) chatService(v *Visit, o chat.Offering) api.ChatService {
	one := api.ChatService{ID: o.Service.ID, Name: v.in(o.Service.Name), Description: v.in(o.Service.About), Languages: o.Service.Languages,
		Open: o.Opening.Open, OpensAt: millis(o.Opening.OpensAt), ClosesAt: s.closesAt(o.Opening), Topics: topicsOf(v, o.Service.Offered()),
		Fields: []api.AskField{}, Notice: noticeLink(v, o.Notice), KeepLine: keepLine(o.Notice, v.lang())}
	one.Files = fileRules(s.Chat.FilesOf(o.Notice))
	if g := s.Chat.TranscriptGroup(v.Authority.ID, o.Notice); g != nil {
		one.TranscriptKeepLine = notice.KeepLine(g.Keep, v.lang())
	}
	if o.Opening.Closure != nil {
		one.ClosedMessage = v.in(o.Opening.Closure.Message)
	}
	for _, f := range o.Fields {
		one.Fields = append(one.Fields, api.AskField{ID: f.ID, Type: string(f.Type), Required: f.Required, Label: v.in(f.Name), Help: v.in(f.About)})
	}
	return one
}

// noticeLink leads to a notice's page.
func noticeLink(v *Visit, n *notice.Notice) api.NoticeLink {
	return api.NoticeLink{ID: n.ID, Name: v.in(n.Names), URL: v.Base + "/notices/" + n.ID}
}

// keepLine says how long a conversation is kept, from the notice's values.
func keepLine(n *notice.Notice, lang string) string {
	group, _, ok := n.FieldGroup("text")
	if !ok {
		return ""
	}
	return notice.KeepLine(group.Keep, lang)
}

func (s *Server) chatStart(ctx context.Context, v *Visit, in *ofBody[api.StartContact]) (*answer[api.Started], error) {
	b := in.Body
	begun, err := s.Chat.Start(ctx, v.Authority.ID, chat.Begin{Service: b.Service, Lang: b.Lang, Topic: b.Topic, ClientID: b.ClientID, Fields: b.Fields})
	if err != nil {
		return nil, err
	}
	return &answer[api.Started]{api.Started{Contact: begun.Contact, Token: begun.Token, State: stateOf(begun.State)}}, nil
}

// stateAnswer answers with a citizen's state. Whoever asks for it is there, also without a socket.
func (s *Server) stateAnswer(ctx context.Context, v *Visit) (*answer[api.ChatState], error) {
	who := s.citizen(v)
	state, err := s.Chat.State(ctx, who)
	if err == nil && state.Away {
		err = s.Chat.Back(ctx, who)
	}
	if err != nil {
		return nil, err
	}
	return &answer[api.ChatState]{stateOf(state)}, nil
}

func (s *Server) chatState(ctx context.Context, v *Visit, _ *ofContact) (*answer[api.ChatState], error) {
	return s.stateAnswer(ctx, v)
}

func (s *Server) chatMessages(ctx context.Context, v *Visit, in *ofMessages) (*answer[api.Messages], error) {
	run, err := s.Chat.Messages(ctx, s.citizen(v), in.After)
	if err != nil {
		return nil, err
	}
	return &answer[api.Messages]{api.Messages{Messages: messagesOf(run), Last: run.Last}}, nil
}

func (s *Server) chatPost(ctx context.Context, v *Visit, in *ofContactBody[api.Write]) (*answer[api.Posted], error) {
	posted, err := s.Chat.Post(ctx, s.citizen(v), chat.Write{ClientID: in.Body.ClientID, Text: in.Body.Text, Lang: in.Body.Lang})
	if err != nil {
		return nil, err
	}
	return &answer[api.Posted]{postedOf(posted)}, nil
}

func (s *Server) chatTyping(ctx context.Context, v *Visit, _ *ofContact) (*nothing, error) {
	return &nothing{}, s.citizenTyping(ctx, v.Authority.ID, v.Contact, s.citizen(v))
}

func (s *Server) chatSeen(ctx context.Context, v *Visit, in *ofContactBody[api.UpTo]) (*nothing, error) {
	return &nothing{}, s.Chat.CitizenSeen(ctx, s.citizen(v), in.Body.N)
}

func (s *Server) chatDelivered(ctx context.Context, v *Visit, in *ofContactBody[api.UpTo]) (*nothing, error) {
	return &nothing{}, s.Chat.CitizenReceived(ctx, s.citizen(v), in.Body.N)
}

func (s *Server) chatEnd(ctx context.Context, v *Visit, _ *ofContact) (*answer[api.ChatState], error) {
	if err := s.Chat.End(ctx, s.citizen(v)); err != nil {
		return nil, err
	}
	return s.stateAnswer(ctx, v)
}

// chatLeave notes at once that a page is closing. What it says may be overtaken by the page that is
// loaded next, or come from one of two: a while later it is looked whether the citizen is connected.
func (s *Server) chatLeave(ctx context.Context, v *Visit, _ *ofContact) (*nothing, error) {
	who := s.citizen(v)
	err := s.Chat.Leave(ctx, who)
	if p := (party{v.Authority.ID, v.Contact}); err == nil && len(s.Hub.ofCitizen(p)) > 0 {
		ctx := context.WithoutCancel(ctx)
		time.AfterFunc(leaveAfter, func() { s.settlePresence(ctx, p, who) })
	}
	return &nothing{}, err
}

func (s *Server) chatTranscript(ctx context.Context, v *Visit, in *ofContactBody[api.OrderTranscript]) (*answer[api.ChatState], error) {
	if err := s.Chat.OrderTranscript(ctx, s.citizen(v), in.Body.Email); err != nil {
		return nil, err
	}
	return s.stateAnswer(ctx, v)
}

func (s *Server) chatHelped(ctx context.Context, v *Visit, in *ofContactBody[api.Helped]) (*nothing, error) {
	return &nothing{}, s.Chat.SayHelped(ctx, s.citizen(v), in.Body.Answer)
}

func (s *Server) chatStay(ctx context.Context, v *Visit, _ *ofContact) (*answer[api.ChatState], error) {
	if err := s.Chat.Stay(ctx, s.citizen(v)); err != nil {
		return nil, err
	}
	return s.stateAnswer(ctx, v)
}
