package mail_test

import (
	"strings"
	"testing"

	"luukku/channel/mail"
)

// An administrator's test mail goes over the same line as any other, and nothing of it stays.
func TestATestMailIsSentAtOnceAndKeptNowhere(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		letter := mail.Letter{To: "paavo@example.fi", Lang: "fi", Subject: "Kokeilu", Text: "Tämä on kokeilu.", HTML: "<p>Tämä on kokeilu.</p>"}
		if out, status := o.mail.Try(t.Context(), "dvv", "t_1@dvv.example.fi", letter); out != mail.Taken || status != 250 {
			t.Fatalf("%s %d", out, status)
		}
		got := o.peer.got()
		if len(got) != 1 || got[0].to != "paavo@example.fi" || !got[0].secure || !strings.Contains(string(got[0].data), "<t_1@dvv.example.fi>") {
			t.Errorf("received %+v", got)
		}
		o.peer.will(func(p *peer) { p.answer, p.stage = 550, "rcpt" })
		if out, status := o.mail.Try(t.Context(), "dvv", "t_2@dvv.example.fi", letter); out != mail.Refused || status != 550 {
			t.Errorf("refused: %s %d", out, status)
		}
		gone := o.peer.server()
		gone.Port = 9
		if out, status := o.sender(gone).Try(t.Context(), "dvv", "t_3@dvv.example.fi", letter); out != mail.Unreachable || status != 0 {
			t.Errorf("unreachable: %s %d", out, status)
		}
		if strings.Contains(o.log.String(), "paavo") {
			t.Error("the address is in the log")
		}
		if o.mail.Next(t.Context()) {
			t.Error("something of it waits in the outbox")
		}
	})
}
