package mail

import (
	"errors"

	gomail "github.com/wneessen/go-mail"

	"luukku/desk/outbox"
)

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
