package config

import (
	"path/filepath"
	"strings"
	"testing"
)

const sender = "\n  senders: {dvv: 'Chat <chat@example.fi>'}"

func TestAMailServerIsReachedSafelyOrNotAtAll(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"no port", "mail:\n  server: mail.example.fi" + sender, "mail.server"},
		{"plain elsewhere", "mail:\n  server: mail.example.fi:25\n  tls: none" + sender, "on this machine"},
		{"word", "mail:\n  server: mail.example.fi:25\n  tls: perhaps" + sender, "mail.tls"},
		{"no password", "mail:\n  server: mail.example.fi:587\n  user: chat" + sender, "LUUKKU_MAIL_PASSWORD"},
		{"nobody sends", "mail:\n  server: mail.example.fi:587", "mail.senders"},
		{"no address", "mail:\n  server: mail.example.fi:587\n  senders: {dvv: chat}", "mail.senders.dvv"},
		{"half a signature", "mail:\n  server: mail.example.fi:587\n  dkim: {domain: example.fi}" + sender, "mail.dkim"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Load(write(t, tc.text+"\n"), none)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Fatalf("got %v, want an error that says %q", err, tc.want)
			}
		})
	}
}

func TestAMailServerIsReadWithItsPassword(t *testing.T) {
	secret := write(t, "hush\n")
	c, err := Load(write(t, "mail:\n  server: 127.0.0.1:25\n  tls: none\n  user: chat\n  password_file: "+filepath.ToSlash(secret)+sender+"\n"), none)
	if err != nil || c.Mail.Password != "hush" || !c.Mail.Local() || c.Mail.SenderDomain("dvv") != "example.fi" || c.Mail.SenderDomain("mallila") != "" {
		t.Fatalf("%+v %v", c.Mail, err)
	}
	c, err = Load(write(t, "mail:\n  server: mail.example.fi:587\n  user: chat"+sender+"\n"), func(k string) string {
		return map[string]string{"LUUKKU_MAIL_PASSWORD": "from outside"}[k]
	})
	if err != nil || c.Mail.Password != "from outside" || c.Mail.TLS != "starttls" || c.Mail.Local() {
		t.Fatalf("%+v %v", c.Mail, err)
	}
}

// Senders follow the rule of every other address, and their domain goes to servers in ASCII.
func TestASenderMayHaveAnInternationalDomain(t *testing.T) {
	text := "mail:\n  server: 127.0.0.1:25\n  tls: none\n  senders: {dvv: 'Neuvonta <chat@mäkinen.fi>'}\n"
	c, err := Load(write(t, text), none)
	if err != nil || c.Mail.SenderDomain("dvv") != "xn--mkinen-bua.fi" || c.Mail.Senders["dvv"] != `"Neuvonta" <chat@xn--mkinen-bua.fi>` {
		t.Fatalf("%+v %v", c.Mail, err)
	}
	if _, err := Load(write(t, strings.Replace(text, "chat@mäkinen.fi", "chat@localhost", 1)), none); err == nil {
		t.Error("a sender without a domain was taken")
	}
}
