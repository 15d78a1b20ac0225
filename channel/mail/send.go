package mail

import (
	"context"
	"errors"
	"strconv"

	gomail "github.com/wneessen/go-mail"

	"luukku/desk/outbox"
)

// outcome is what the server made of a mail.
type outcome int

const (
	unsure  outcome = iota // not now, or nobody answered
	refused                // never: a 5xx about this mail
	taken                  // 250
)

// send hands a mail over. The words say what happened without anything of the mail: server answers
// repeat addresses, so only their number is told.
func (m *Mail) send(ctx context.Context, one outbox.Mail, l Letter) (outcome, string) {
	msg, err := m.message(one, l)
	if err != nil {
		return refused, "the mail has no form"
	}
	client, err := m.client()
	if err != nil {
		return unsure, "the settings do not make a client"
	}
	ctx, cancel := context.WithTimeout(ctx, m.o.Server.Timeout)
	defer cancel()
	line, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return unsure, "no line to the server, or no sign-in there"
	}
	err = client.SendWithSMTPClient(line, msg)
	if msg.IsDelivered() { // also when the line broke after the server's yes
		_ = client.CloseWithSMTPClient(line) // it has the mail; nothing depends on its goodbye
		return taken, ""
	}
	_ = line.Close()
	return judge(err)
}

// judge tells a refusal for good from everything else.
func judge(err error) (outcome, string) {
	var sending *gomail.SendError
	if !errors.As(err, &sending) || sending.ErrorCode() == 0 {
		return unsure, "the line broke"
	}
	code := sending.ErrorCode()
	if code >= 500 {
		return refused, strconv.Itoa(code)
	}
	return unsure, strconv.Itoa(code)
}

// client is made for each mail: a line that idles would have to be watched.
func (m *Mail) client() (*gomail.Client, error) {
	s := m.o.Server
	options := []gomail.Option{gomail.WithPort(s.Port), gomail.WithTimeout(s.Timeout), gomail.WithoutNoop()}
	switch s.Security {
	case Implicit:
		options = append(options, gomail.WithSSL())
	case Plain:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.TLS != nil {
		options = append(options, gomail.WithTLSConfig(s.TLS))
	}
	if s.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	if s.DKIM != nil {
		options = append(options, gomail.WithAlwaysDKIMSign(s.DKIM))
	}
	return gomail.NewClient(s.Host, options...)
}

// message is the mail in its form: both texts, no trace of who wrote the program, and a word to
// machines that they need not answer.
func (m *Mail) message(one outbox.Mail, l Letter) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	err := errors.Join(msg.From(m.o.Sender(one.Authority)), msg.To(l.To))
	msg.Subject(l.Subject)
	msg.SetMessageIDWithValue(one.MessageID)
	msg.SetDate()
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("Content-Language", l.Lang)
	msg.SetBodyString(gomail.TypeTextPlain, l.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, l.HTML)
	return msg, err
}
