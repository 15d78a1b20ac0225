package mail

import (
	"errors"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// outcome is what the server made of a mail.
type outcome int

const (
	unsure  outcome = iota // not now, or nobody answered
	barred                 // never, but because of us: sign-in, encryption, the sender, what it relays for us
	refused                // never: a 5xx about this mail or its address
	taken                  // 250
)

// judge tells a refusal for good from everything else. Only what is said of the address or of the mail itself
// ends it: whoever set up the server can mend the rest, and the mail waits for that. The words say what
// happened without anything of the mail: server answers repeat addresses, so only their number is told.
func judge(err error) (outcome, string) {
	var sending *gomail.SendError
	if !errors.As(err, &sending) || sending.ErrorCode() == 0 {
		return unsure, "the line broke"
	}
	code := sending.ErrorCode()
	switch {
	case code < 500:
		return unsure, strconv.Itoa(code)
	case slices.Contains(aboutUs, code), !ofTheMail(sending):
		return barred, strconv.Itoa(code)
	}
	return refused, strconv.Itoa(code)
}

// aboutUs are refusals that ask for sign-in or encryption, wherever they come (RFC 4954 section 6, RFC 3207).
var aboutUs = []int{530, 534, 535, 538}

// ofTheMail tells whether a refusal is about the mail or its address, by the stage at which it comes.
func ofTheMail(e *gomail.SendError) bool {
	switch e.Reason {
	case gomail.ErrSMTPMailFrom: // it is the sender who is refused, or the mail's size
		return e.ErrorCode() == 552
	case gomail.ErrSMTPRcptTo:
		return ofTheAddress(e.ErrorCode(), e.EnhancedStatusCode())
	}
	return true
}

// ofTheAddress tells whether a recipient is refused for what it is: no such mailbox, a full or a closed one. A 554,
// and whatever says that it is a matter of policy (5.7, RFC 3463), is what servers answer to who may not send
// through them at all.
func ofTheAddress(code int, enhanced string) bool {
	switch {
	case strings.HasPrefix(enhanced, "5.1."), strings.HasPrefix(enhanced, "5.2."):
		return true
	case strings.HasPrefix(enhanced, "5.7."):
		return false
	}
	return code >= 550 && code <= 553
}

// atDialling is what the server answered before the first mail: to the greeting, the encryption or the sign-in.
func atDialling(err error) (outcome, string) {
	var said *textproto.Error
	if errors.As(err, &said) && said.Code >= 500 {
		return barred, strconv.Itoa(said.Code)
	}
	return unsure, "no line to the server, or no sign-in there"
}

// codeOf is the number that the server answered with, 0 where it answered nothing.
func codeOf(err error) int {
	var sending *gomail.SendError
	if !errors.As(err, &sending) {
		return 0
	}
	return sending.ErrorCode()
}
