package program

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"

	gomail "github.com/wneessen/go-mail"

	"luukku/channel/mail"
	"luukku/cmd/luukku/config"
	"luukku/core/rights"
	"luukku/desk/address"
	"luukku/desk/outbox"
	"luukku/store"
	"luukku/web"
	"luukku/web/api"
	"luukku/web/letter"
)

// openOutbox makes the outbox; it is there without a mail server, too, so that what a notice
// declares is always bound.
func (p *Program) openOutbox() (err error) {
	p.Outbox, err = outbox.New(outbox.Options{DB: p.DB, Vault: p.Vault, Shelf: p.shelf, Now: p.Keeper.Now, Zone: p.Zone,
		OnDone: p.Hub.Mailed,
		Told: func(ctx context.Context, tx *store.Tx, authority, request string, sent bool) error {
			return p.Rights.Told(ctx, tx, authority, request, sent)
		}})
	return err
}

// openMail makes what drains the outbox, where a mail server is set. A demo sends to this machine
// only: nothing fictitious reaches anybody.
func (p *Program) openMail(context.Context) error {
	p.Post = &mail.Watch{Waiting: p.Outbox.Waiting, Now: p.Keeper.Now}
	m := p.Config.Mail
	if m == nil {
		return nil
	}
	if p.Config.Demo && !m.Local() {
		return fmt.Errorf("configuration: mail.server: %s is a real mail server, and this is a demo: use one on 127.0.0.1, or leave mail out", m.Server)
	}
	server, err := mailServer(m)
	if err != nil {
		return err
	}
	p.Mail, err = mail.New(mail.Options{Outbox: p.Outbox, Server: server, Compose: p.compose, Log: p.Log,
		Sender: func(authority string) string { return m.Senders[authority] }})
	p.Post.Mail = p.Mail
	return err
}

// mailFace is what administrators see of outgoing mail. The password is not in it.
func (p *Program) mailFace() web.MailServer {
	out := web.MailServer{State: p.mailState, Alarms: p.Post.Alarms}
	if p.Mail != nil {
		out.Try = func(ctx context.Context, authority string, l mail.Letter) (mail.Outcome, int) {
			return p.Mail.Try(ctx, authority, store.NewID("t_")+"@"+p.senderDomain(authority), l)
		}
	}
	return out
}

func (p *Program) mailState(ctx context.Context, authority string) (api.MailStatus, error) {
	m := p.Config.Mail
	if m == nil {
		return api.MailStatus{}, nil
	}
	out := api.MailStatus{Set: m.SenderDomain(authority) != "", Server: m.Server, Security: m.TLS, SignsIn: m.User != "", Sender: m.Senders[authority]}
	if m.DKIM != nil {
		out.Signed = m.DKIM.Domain
	}
	if p.Mail != nil {
		if t := p.Mail.Trouble(); t != nil {
			out.BarredAt, out.Barred = t.At.UnixMilli(), t.Status
		}
	}
	var err error
	out.Waiting, out.OldestAt, err = p.Outbox.Waiting(ctx, authority)
	return out, err
}

// watchMail tells the log as soon as mail does not go out.
func (p *Program) watchMail(ctx context.Context) {
	raised, err := p.Post.Look(ctx, p.authorityIDs())
	if err != nil && ctx.Err() == nil {
		p.Log.Warn("the outbox could not be looked at", "reason", err.Error())
	}
	for _, a := range raised {
		p.Log.Error("mail does not go out; what has waited for a day is given up", "kind", a.Kind, "authority", a.Authority, "status", a.Detail)
	}
}

// senderDomain is "" for an authority that mails nothing.
func (p *Program) senderDomain(authority string) string { return p.Config.Mail.SenderDomain(authority) }

// mailAbout puts a mail about a request into the outbox where a mail from its authority can reach its address.
func (p *Program) mailAbout(ctx context.Context, tx *store.Tx, q rights.Request, to string) (bool, error) {
	domain := p.senderDomain(q.Authority)
	if _, err := address.Read(to); err != nil || domain == "" {
		return false, nil
	}
	return true, p.Outbox.Tell(ctx, tx, q.Authority, q.ID, q.Lang, domain)
}

// compose opens and writes what a mail carries.
func (p *Program) compose(ctx context.Context, m outbox.Mail) (mail.Letter, error) {
	by := letter.Authority{Zone: p.Zone(m.Authority)}
	for _, a := range p.Authorities {
		if a.ID == m.Authority {
			by.Names = a.Names
		}
	}
	if m.About == outbox.OfRequest {
		return p.composeExtension(ctx, m, by)
	}
	t, err := p.Chat.Transcript(ctx, m)
	if err != nil {
		return mail.Letter{}, err
	}
	return letter.Transcript(t, by)
}

func (p *Program) composeExtension(ctx context.Context, m outbox.Mail, by letter.Authority) (mail.Letter, error) {
	e, err := p.Rights.Extension(ctx, m.Authority, m.Contact)
	if err != nil {
		return mail.Letter{}, err
	}
	to, err := address.Read(e.Address)
	if err != nil {
		return mail.Letter{}, err
	}
	e.Address = to.Mail()
	return letter.Extension(e, by)
}

func mailServer(m *config.Mail) (mail.Server, error) {
	s := mail.Server{Security: mail.Security(m.TLS), User: m.User, Password: m.Password}
	s.Host, s.Port = m.HostPort()
	if m.CAFile != "" {
		roots, err := ownRoots("mail.ca_file", m.CAFile)
		if err != nil {
			return s, err
		}
		s.TLS = &tls.Config{RootCAs: roots, ServerName: s.Host, MinVersion: tls.VersionTLS12}
	}
	if m.DKIM == nil {
		return s, nil
	}
	var err error
	s.DKIM, err = signer(m.DKIM)
	return s, err
}

// ownRoots reads the authority's own roots, which the key of the configuration names.
func ownRoots(key, file string) (*x509.CertPool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("configuration: %s: %w", key, err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("configuration: %s: it holds no certificate in PEM", key)
	}
	return roots, nil
}

func signer(d *config.DKIM) (*gomail.DKIMSigner, error) {
	text, err := os.ReadFile(d.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("configuration: mail.dkim.key_file: %w", err)
	}
	key, err := gomail.PrivKeyFromPEM(text)
	if err != nil {
		return nil, fmt.Errorf("configuration: mail.dkim.key_file: %w", err)
	}
	return gomail.NewDKIMSigner(d.Domain, d.Selector, key), nil
}
