package web

import (
	"context"
	"slices"

	"luukku/channel/chat"
	"luukku/core/ledger"
	"luukku/core/notice"
	ready "luukku/desk/answer"
	"luukku/fault"
	"luukku/web/api"
)

// answerOperations are about ready answers: advisers use them, leads write them.
func (s *Server) answerOperations(r *register) {
	operate(r, "desk-answers", "Ready answers of a service", s.deskAnswers)
	operate(r, "lead-answers", "Every ready answer", s.leadAnswers)
	operate(r, "lead-answer-make", "Write a ready answer", s.leadAnswerMake)
	operate(r, "lead-answer", "Versions of a ready answer", s.leadAnswer)
	operate(r, "lead-answer-save", "Save a new version of a ready answer", s.leadAnswerSave)
	operate(r, "lead-answer-revert", "Take an older version back into use", s.leadAnswerRevert)
	operate(r, "lead-answer-archive", "Archive a ready answer, or restore it", s.leadAnswerArchive)
}

// ofAnswer is a request about one ready answer.
type ofAnswer struct {
	Answer string `path:"answer" maxLength:"64"`
}

// ofAnswerBody is a request about one ready answer with a body.
type ofAnswerBody[T any] struct {
	Answer string `path:"answer" maxLength:"64"`
	Body   T
}

func (s *Server) deskAnswers(ctx context.Context, v *Visit, in *ofService) (*answer[api.DeskAnswers], error) {
	offered, err := s.Chat.Offerings(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(offered, func(o chat.Offering) bool { return o.Service.ID == in.Service })
	if at < 0 || !slices.Contains(v.rolesIn(in.Service), notice.RoleAdviser) {
		return nil, fault.New(fault.NotFound, "service-not-found")
	}
	all, err := s.Answers.Offered(ctx, v.Authority.ID, in.Service)
	_, _, named := offered[at].Notice.FieldGroup("adviser_name")
	out := api.DeskAnswers{Answers: []api.DeskAnswer{}, Adviser: named, Variables: ready.Variables(),
		Values: api.AnswerValues{FI: s.valuesIn("fi", v, offered[at]), SV: s.valuesIn("sv", v, offered[at]), EN: s.valuesIn("en", v, offered[at])}}
	for _, one := range all {
		out.Answers = append(out.Answers, api.DeskAnswer{ID: one.ID, Name: one.Name, Shortcut: one.Shortcut, Text: api.AnswerText(one.Text)})
	}
	return &answer[api.DeskAnswers]{out}, err
}

// valuesIn are the variables that depend on the service alone, as a language writes them. Adviser
// and reference code belong to a contact: the desk has them from there.
func (s *Server) valuesIn(lang string, v *Visit, o chat.Offering) map[string]string {
	in := *v
	in.Lang = lang
	now := o.Opening
	values := map[string]string{ready.Authority: in.in(v.Authority.Names), ready.Service: in.in(o.Service.Name),
		ready.Today: notice.DayIn(v.today(s.Keeper.Now()), lang)}
	if s.closesAt(now) != 0 {
		values[ready.ClosesAt] = in.text().Get("answer-time", map[string]string{"time": in.clock(now.ClosesAt)})
	}
	if !now.OpensAt.IsZero() {
		values[ready.OpensAt] = in.text().Get("answer-day-time", map[string]string{"day": in.dayOf(now.OpensAt), "time": in.clock(now.OpensAt)})
	}
	return values
}

// reach is what the caller leads.
func (v *Visit) reach() ready.Reach {
	var r ready.Reach
	for _, g := range v.Standing.Grants {
		switch {
		case g.Role != notice.RoleLead:
		case g.Service == "":
			r.All = true
		default:
			r.Services = append(r.Services, g.Service)
		}
	}
	return r
}

func (s *Server) leadAnswers(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.Answers], error) {
	all, err := s.Answers.List(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	services, err := s.Services.List(ctx, v.Authority.ID)
	out := api.Answers{Answers: s.answersOf(v, all), Services: []api.Named{}, Variables: ready.Variables(), All: v.reach().All, Led: []string{}}
	for _, one := range services {
		out.Services = append(out.Services, api.Named{ID: one.ID, Name: v.in(one.Name)})
		if v.reach().Covers([]string{one.ID}) {
			out.Led = append(out.Led, one.ID)
		}
	}
	return &answer[api.Answers]{out}, err
}

func (s *Server) leadAnswer(ctx context.Context, v *Visit, in *ofAnswer) (*answer[api.AnswerVersions], error) {
	all, err := s.Answers.Versions(ctx, v.Authority.ID, in.Answer)
	return &answer[api.AnswerVersions]{api.AnswerVersions{Versions: s.answersOf(v, all)}}, err
}

func (s *Server) leadAnswerMake(ctx context.Context, v *Visit, in *ofBody[api.AnswerWrite]) (*answer[api.Answer], error) {
	one, err := s.Answers.Make(ctx, s.answerPen(v), v.reach(), contentOf(in.Body))
	return &answer[api.Answer]{s.answerOf(v, one)}, err
}

func (s *Server) leadAnswerSave(ctx context.Context, v *Visit, in *ofAnswerBody[api.AnswerSave]) (*answer[api.Answer], error) {
	one, err := s.Answers.Save(ctx, s.answerPen(v), v.reach(), in.Answer, in.Body.Base, contentOf(in.Body.Content))
	return &answer[api.Answer]{s.answerOf(v, one)}, err
}

func (s *Server) leadAnswerRevert(ctx context.Context, v *Visit, in *ofAnswerBody[api.AnswerRevert]) (*answer[api.Answer], error) {
	one, err := s.Answers.Revert(ctx, s.answerPen(v), v.reach(), in.Answer, in.Body.Base, in.Body.To)
	return &answer[api.Answer]{s.answerOf(v, one)}, err
}

func (s *Server) leadAnswerArchive(ctx context.Context, v *Visit, in *ofAnswerBody[api.AnswerArchive]) (*answer[api.Answer], error) {
	one, err := s.Answers.Archive(ctx, s.answerPen(v), v.reach(), in.Answer, in.Body.Archived)
	return &answer[api.Answer]{s.answerOf(v, one)}, err
}

// answerPen writes what a lead does to an answer: its own versions say what was read before.
func (s *Server) answerPen(v *Visit) ledger.Pen { return s.Ledger.Pen(v.caller(), ledger.Unread) }

func contentOf(w api.AnswerWrite) ready.Content {
	return ready.Content{Name: w.Name, Shortcut: w.Shortcut, Services: w.Services, Text: notice.Text(w.Text), Review: notice.Day(w.Review)}
}

func (s *Server) answersOf(v *Visit, all []ready.Answer) []api.Answer {
	out := make([]api.Answer, len(all))
	for i, one := range all {
		out[i] = s.answerOf(v, one)
	}
	return out
}

// answerOf gives a version its shape on the wire.
func (s *Server) answerOf(v *Visit, one ready.Answer) api.Answer {
	return api.Answer{ID: one.ID, Version: one.Version, At: millis(one.At), ArchivedAt: millis(one.Archived), Name: one.Name, Shortcut: one.Shortcut,
		Services: append([]string{}, one.Services...), Text: api.AnswerText(one.Text), Missing: append([]string{}, one.Missing()...),
		Review: string(one.Review), Overdue: one.Overdue(v.today(s.Keeper.Now())), Mine: v.reach().Covers(one.Services)}
}
