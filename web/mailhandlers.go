package web

import (
	"context"
	"html"
	"strings"

	"luukku/channel/mail"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/address"
	"luukku/fault"
	"luukku/people"
	"luukku/store"
	"luukku/web/api"
)

// mailOperations are about the server that takes outgoing mail.
func (s *Server) mailOperations(r *register) {
	operate(r, "admin-mail", "State of the mail server", s.adminMail)
	operate(r, "admin-mail-try", "Send a test mail", s.adminMailTry)
}

// MailServer is what the web side sees of outgoing mail.
type MailServer struct {
	State func(ctx context.Context, authority string) (api.MailStatus, error)
	// Try hands a letter over at once; nil where no server is set.
	Try func(ctx context.Context, authority string, l mail.Letter) (mail.Outcome, int)
	// Alarms tell what keeps mail from going out; it may be nil.
	Alarms func() []vault.Alarm
}

// alarms are what needs a person, of all authorities.
func (s *Server) alarms() []vault.Alarm {
	all := s.Retain.Alarms()
	if s.Mail.Alarms != nil {
		all = append(all, s.Mail.Alarms()...)
	}
	return all
}

func (s *Server) adminMail(ctx context.Context, v *Visit, _ *nothing) (*answer[api.MailStatus], error) {
	if s.Mail.State == nil {
		return &answer[api.MailStatus]{}, nil
	}
	state, err := s.Mail.State(ctx, v.Authority.ID)
	return &answer[api.MailStatus]{state}, err
}

// adminMailTry sends a letter that says what it is. That it was sent is recorded first, by whom and not to
// whom; the address is nobody's datum of ours, so it is used here and forgotten.
func (s *Server) adminMailTry(ctx context.Context, v *Visit, in *ofBody[api.TryMail]) (*answer[api.MailTried], error) {
	state, err := s.adminMail(ctx, v, nil)
	if err != nil {
		return nil, err
	}
	if s.Mail.Try == nil || !state.Body.Set {
		return nil, fault.New(fault.Conflict, "no-mail-server")
	}
	to, err := address.Read(in.Body.To)
	if err != nil {
		return nil, fault.New(fault.Invalid, "email-malformed").On("to")
	}
	if err := s.within(s.floods.signIns, "mail-try", v.Session.Staff); err != nil {
		return nil, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return s.Audit.Record(ctx, tx, vault.Entry{At: s.Keeper.Now().UnixMilli(), Caller: v.caller(), Role: notice.RoleAdministrator,
			Purpose: people.PurposeAccess, Action: "mail-test", Notice: people.NoticeID, Outcome: vault.OutcomeAllowed})
	})
	if err != nil {
		return nil, err
	}
	outcome, status := s.Mail.Try(ctx, v.Authority.ID, v.testLetter(to.Mail()))
	return &answer[api.MailTried]{api.MailTried{Outcome: string(outcome), Status: status}}, nil
}

// testLetter says in the administrator's language that it is a test.
func (v *Visit) testLetter(to string) mail.Letter {
	args := map[string]string{"authority": v.in(v.Authority.Names)}
	text := v.text().Get("mail-test-text", args)
	return mail.Letter{To: to, Lang: v.lang(), Subject: v.text().Get("mail-test-subject", args), Text: text + "\n",
		HTML: `<!doctype html><html lang="` + v.lang() + `"><title>` + html.EscapeString(v.text().Get("mail-test-subject", args)) + `</title><p>` + strings.ReplaceAll(html.EscapeString(text), "\n", "<br>") + `</p></html>`}
}
