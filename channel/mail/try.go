package mail

import (
	"context"
	"strconv"

	"luukku/desk/outbox"
)

// Outcome is what the server made of a mail that was sent to try it.
type Outcome string

// The outcomes.
const (
	Taken       Outcome = "taken"       // the server has it; whether it arrives is seen in the mailbox
	Refused     Outcome = "refused"     // the server said no
	Unreachable Outcome = "unreachable" // no line to the server, no certificate that holds, or no sign-in
)

// Try hands one letter to the server at once, over a line of its own, and tells what became of it: the
// number is the server's answer, 0 without one. Nothing of it is stored, logged or tried again.
func (m *Mail) Try(ctx context.Context, authority, messageID string, l Letter) (Outcome, int) {
	by := &courier{m: m}
	defer by.hangUp()
	out, why := by.send(ctx, outbox.Mail{Authority: authority, MessageID: messageID}, l)
	status, _ := strconv.Atoi(why)
	switch {
	case out == taken:
		return Taken, 250
	case status > 0:
		return Refused, status
	case out == refused:
		return Refused, 0
	}
	return Unreachable, 0
}
