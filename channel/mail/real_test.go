package mail_test

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	gomail "github.com/wneessen/go-mail"

	"luukku/channel/mail"
	"luukku/channel/mail/mailtest"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/outbox"
)

// post starts Debian's Postfix and Dovecot.
func post(t *testing.T) *mailtest.Post {
	t.Helper()
	p, err := mailtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(p.Log())
		}
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// reach is how the program is told to reach the server.
func reach(p *mailtest.Post, secure mail.Security) mail.Server {
	s := mail.Server{Host: "127.0.0.1", Port: p.StartTLS, Security: secure, User: p.User, Password: p.Password, TLS: p.Trust(), Timeout: time.Minute}
	if secure == mail.Implicit {
		s.Port = p.Implicit
	}
	return s
}

func (o *office) ordered(address string) contact.Contact {
	o.t.Helper()
	of, who := o.Taken(desktest.Guardianship)
	_, err := o.Contacts.Post(context.Background(), who, contact.Draft{ClientID: desktest.ClientID(), Text: "Miten vuositili täytetään?", Lang: "fi"})
	o.ok(err)
	o.ok(o.chat.OrderTranscript(context.Background(), who, address))
	return of
}

// A server that asks for sign-in and encryption takes the transcript both ways of encrypting, and what its
// recipient reads is what was sent, signed.
func TestARealServerDeliversTheTranscript(t *testing.T) {
	p := post(t)
	file, record, err := p.SigningKey()
	if err != nil {
		t.Fatal(err)
	}
	signer := gomail.NewDKIMSigner("dvv.example.fi", "chat2026", private(t, file))
	engine := 0
	offices(t, mail.Plain, func(t *testing.T, o *office) {
		engine++
		for _, secure := range []mail.Security{mail.StartTLS, mail.Implicit} {
			box := fmt.Sprintf("%s%d@example.fi", secure, engine)
			of := o.ordered(box)
			m := o.claimed()
			o.Clock.Advance(10 * time.Minute)
			s := reach(p, secure)
			s.DKIM = signer
			if !o.sender(s).Next(context.Background()) {
				t.Fatal("nothing was sent")
			}
			o.wants(of, outbox.Sent, "")
			came, err := p.Wait(box, 1)
			if err != nil {
				t.Fatal(err)
			}
			checkReal(t, came[0], m.MessageID, record)
		}
	})
}

func checkReal(t *testing.T, got mailtest.Mail, id, record string) {
	t.Helper()
	for name, want := range map[string]string{"Message-Id": "<" + id + ">", "Content-Language": "fi", "Auto-Submitted": "auto-generated", "Return-Path": "<chat@dvv.example.fi>"} {
		if value := got.Header.Get(name); value != want {
			t.Errorf("%s is %q, want %q", name, value, want)
		}
	}
	if with := got.Header.Get("Received"); !strings.Contains(with, "ESMTPSA") {
		t.Errorf("it came neither encrypted nor signed in: %s", with)
	}
	if len(got.Parts) != 2 || !strings.HasPrefix(got.Parts[0].Type, "text/plain") || !strings.HasPrefix(got.Parts[1].Type, "text/html") {
		t.Fatalf("the parts are %+v", got.Parts)
	}
	for _, part := range got.Parts {
		if !strings.Contains(part.Text, "Miten vuositili täytetään?") {
			t.Errorf("the part says %q", part.Text)
		}
	}
	domain, headers, err := got.Signed(record)
	if err != nil || domain != "dvv.example.fi" || !slices.Contains(headers, "From") || !slices.Contains(headers, "Subject") {
		t.Error("the signature:", domain, headers, err)
	}
}

// A server that does not take our sign-in costs nobody a transcript; a mailbox that does not exist, and one
// for which the mail comes back, cost only that one.
func TestARealServerRefuses(t *testing.T) {
	p := post(t)
	wrong := reach(p, mail.StartTLS)
	wrong.Password = "väärä"
	unsigned := reach(p, mail.StartTLS) // to which Postfix answers 554 5.7.1 at the address
	unsigned.User, unsigned.Password = "", ""
	offices(t, mail.Plain, func(t *testing.T, o *office) {
		of := o.ordered("real@example.fi")
		for _, server := range []mail.Server{wrong, unsigned} {
			by := o.sender(server)
			by.Next(context.Background())
			o.wants(of, outbox.Waiting, "")
			if told := by.Trouble(); told == nil || !slices.Contains([]string{"535", "554"}, told.Status) {
				t.Errorf("the administrator is told %+v", told)
			}
			o.Clock.Advance(20 * time.Minute)
		}
		good := o.sender(reach(p, mail.StartTLS))
		good.Next(context.Background())
		o.wants(of, outbox.Sent, "")

		of = o.ordered("no_box@example.fi")
		good.Next(context.Background())
		o.wants(of, outbox.GivenUp, outbox.Refused)

		of = o.ordered("gone@elsewhere.example")
		m := o.claimed()
		o.Clock.Advance(10 * time.Minute)
		good.Next(context.Background())
		o.wants(of, outbox.Sent, "")
		if _, err := o.opens(m); err == nil {
			t.Error("the address of a sent mail opens")
		}
	})
	all, err := p.Wait("chat@dvv.example.fi", 2) // one from each engine
	if err != nil || !strings.HasPrefix(all[0].Header.Get("Content-Type"), "multipart/report") {
		t.Fatal("no mail came back:", err)
	}
}

func private(t *testing.T, file string) *rsa.PrivateKey {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return key.(*rsa.PrivateKey)
}
