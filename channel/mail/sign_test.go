package mail_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"strings"
	"testing"

	gomail "github.com/wneessen/go-mail"

	"luukku/channel/mail"
	"luukku/desk/outbox"
)

// What is sent is signed for the sender's domain when there is a key, headers that name people
// included, and tells machines that nobody waits for their answer.
func TestAMailIsSignedWhenThereIsAKey(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		_, key, err := ed25519.GenerateKey(rand.Reader)
		o.ok(err)
		server := o.peer.server()
		server.DKIM = gomail.NewDKIMSigner("dvv.example.fi", "chat2026", key)
		of, _ := o.talked()
		if !o.sender(server).Next(context.Background()) {
			t.Fatal("nothing was sent")
		}
		o.wants(of, outbox.Sent, "")
		header := o.peer.single(t).header(t)
		signature := strings.Join(strings.Fields(header.Get("Dkim-Signature")), "")
		for _, part := range []string{"d=dvv.example.fi", "s=chat2026", "bh=", "b="} {
			if !strings.Contains(signature, part) {
				t.Errorf("%s is missing in %q", part, signature)
			}
		}
		signed := strings.ToLower(signature)
		for _, name := range []string{"from", "to", "subject"} {
			if !strings.Contains(signed, name) {
				t.Errorf("%s is not signed: %q", name, signature)
			}
		}
		if header.Get("Auto-Submitted") != "auto-generated" || header.Get("X-Mailer") != "" || header.Get("Content-Language") != "fi" {
			t.Errorf("%v", header)
		}
	})
}
