package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"luukku/desk/outbox"
)

// perLine is how many mails go over one line; servers end lines that carry many more.
const perLine = 100

// signIns are the ways of signing in, the best first; the last two only over TLS or to this machine.
var signIns = []gomail.SMTPAuthType{gomail.SMTPAuthSCRAMSHA256PLUS, gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1PLUS,
	gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin}

// courier hands mails over, one after another, on a line that it keeps while mails follow each other.
// Not for concurrent use.
type courier struct {
	m    *Mail
	line *line
}

// line is a connection to the server. Until it is idle nobody has to watch it.
type line struct {
	client  *gomail.Client
	smtp    *smtp.Client
	conn    *bounded
	carried int
}

// send hands a mail over. A line that was kept may have been closed by the server meanwhile: then
// nothing of the mail has been said, and it goes over a new one.
func (c *courier) send(ctx context.Context, one outbox.Mail, l Letter) (outcome, string) {
	msg, err := c.m.message(one, l)
	if err != nil {
		return refused, "the mail has no form"
	}
	kept := c.line != nil
	out, why, again := c.attempt(ctx, msg)
	if again && kept {
		out, why, _ = c.attempt(ctx, msg)
	}
	return out, why
}

// attempt sends over the line there is, or a new one; again tells that the server never heard of the mail.
func (c *courier) attempt(ctx context.Context, msg *gomail.Msg) (out outcome, why string, again bool) {
	if err := c.dial(ctx); err != nil {
		out, why = atDialling(err)
		return out, why, false
	}
	l := c.line
	l.carried++
	err := l.client.SendWithSMTPClient(l.smtp, msg)
	if msg.IsDelivered() { // also when the line broke after the server's yes
		if err != nil || l.carried >= perLine {
			c.hangUp()
		}
		return taken, "", false
	}
	out, why = judge(err)
	if code := codeOf(err); code == 0 || code == 421 || l.smtp.Reset() != nil {
		again = unheard(err)
		c.drop()
	}
	return out, why, again
}

// unheard tells whether the line had ended before the mail's first word.
func unheard(err error) bool {
	var sending *gomail.SendError
	return errors.As(err, &sending) && (sending.Reason == gomail.ErrConnCheck || sending.Reason == gomail.ErrSMTPMailFrom)
}

// dial makes a line where none is kept, and gives it the time that one mail may take.
func (c *courier) dial(ctx context.Context) error {
	until := time.Now().Add(c.m.o.Server.Timeout)
	if c.line != nil {
		c.line.conn.until = until
		return nil
	}
	l := &line{conn: &bounded{until: until}}
	var err error
	if l.client, err = c.m.client(l.conn); err != nil {
		return err
	}
	if l.smtp, err = l.client.DialToSMTPClientWithContext(ctx); err != nil {
		l.conn.close()
		return err
	}
	c.line = l
	return nil
}

// hangUp ends the line as servers like it; nothing depends on the goodbye.
func (c *courier) hangUp() {
	if c.line != nil {
		_ = c.line.client.CloseWithSMTPClient(c.line.smtp)
		c.drop()
	}
}

func (c *courier) drop() {
	c.line.conn.close()
	c.line = nil
}

// bounded is a connection whose deadlines never lie beyond the time that one mail may take, however
// slowly the server answers each word.
type bounded struct {
	net.Conn
	until time.Time
}

func (b *bounded) SetDeadline(t time.Time) error {
	if t.After(b.until) {
		t = b.until
	}
	return b.Conn.SetDeadline(t)
}

func (b *bounded) close() {
	if b.Conn != nil {
		_ = b.Conn.Close() // what was to be known of it is known
	}
}

// client is made for each line, over conn.
func (m *Mail) client(conn *bounded) (*gomail.Client, error) {
	s := m.o.Server
	// Addresses and headers are ASCII: a mail that asks for SMTPUTF8 could be refused further on its way.
	options := []gomail.Option{gomail.WithPort(s.Port), gomail.WithTimeout(s.Timeout), gomail.WithoutNoop(), gomail.WithoutRset(),
		gomail.WithoutSMTPUTF8(), gomail.WithDialContextFunc(m.dialer(conn))}
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
		options = append(options, gomail.WithOpportunisticSMTPAuth(signIns...), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	if s.DKIM != nil {
		options = append(options, gomail.WithAlwaysDKIMSign(s.DKIM))
	}
	return gomail.NewClient(s.Host, options...)
}

// dialer connects conn, with TLS from the first byte where the server wants that.
func (m *Mail) dialer(conn *bounded) gomail.DialContextFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		raw, err := new(net.Dialer).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		conn.Conn = raw
		if m.o.Server.Security != Implicit {
			return conn, nil
		}
		secure := tls.Client(conn, m.tls())
		return secure, secure.HandshakeContext(ctx)
	}
}

// tls is how the server's certificate is checked.
func (m *Mail) tls() *tls.Config {
	if m.o.Server.TLS != nil {
		return m.o.Server.TLS
	}
	return &tls.Config{ServerName: m.o.Server.Host, MinVersion: tls.VersionTLS12}
}
