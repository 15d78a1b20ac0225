package mail

import (
	"errors"
	"slices"
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

// judge tells a refusal for good from everything else. The words say what happened without anything of
// the mail: server answers repeat addresses, so only their number is told.
func judge(err error) (outcome, string) {
	code := codeOf(err)
	switch {
	case code == 0:
		return unsure, "the line broke"
	case slices.Contains(aboutUs, code):
		return unsure, strconv.Itoa(code)
	case code >= 500:
		return refused, strconv.Itoa(code)
	}
	return unsure, strconv.Itoa(code)
}

// aboutUs are refusals that say nothing of the mail: sign-in or encryption is asked for (RFC 4954
// section 6, RFC 3207). They are for whoever set up the server, and mails wait for that.
var aboutUs = []int{530, 534, 535, 538}

// codeOf is the number that the server answered with, 0 where it answered nothing.
func codeOf(err error) int {
	var sending *gomail.SendError
	if !errors.As(err, &sending) {
		return 0
	}
	return sending.ErrorCode()
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
