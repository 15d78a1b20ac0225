package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"luukku/channel/mail"
)

// plan is how the peer answers.
type plan struct {
	answer int           // where it refuses; 0 is 250
	stage  string        // where: "mail", "rcpt", or the mail's end, which is the zero value
	only   string        // the address that is refused; "" is every one
	most   int           // mails that one line may carry, after which the peer ends it; 0 is any number
	wait   time.Duration // before it answers DATA
	after  func()        // called when it has said yes
}

// peer is an SMTP server that keeps what it is given and answers as the test says.
type peer struct {
	plan
	secure mail.Security
	port   int
	roots  *x509.CertPool
	mu     sync.Mutex // of the plan, too
	mails  []received
	lines  map[*smtp.Conn]bool
}

type received struct {
	from, to string
	secure   bool
	data     []byte
}

func newPeer(t *testing.T, secure mail.Security) *peer {
	t.Helper()
	p := &peer{secure: secure, roots: x509.NewCertPool(), lines: map[*smtp.Conn]bool{}}
	s := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		p.will(func(p *peer) { p.lines[c] = true })
		return &session{p: p, conn: c}, nil
	}))
	s.Domain, s.AllowInsecureAuth = "localhost", true
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.port = l.Addr().(*net.TCPAddr).Port
	if secure != mail.Plain {
		s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{p.certificate(t)}}
	}
	if secure == mail.Implicit {
		l = tls.NewListener(l, s.TLSConfig)
	}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { s.Close() })
	return p
}

// certificate is the peer's own, which only the test's client trusts.
func (p *peer) certificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	p.roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// server is how the mailer reaches the peer.
func (p *peer) server() mail.Server {
	return mail.Server{Host: "127.0.0.1", Port: p.port, Security: p.secure, Timeout: time.Minute,
		TLS: &tls.Config{RootCAs: p.roots, ServerName: "127.0.0.1"}}
}

func (p *peer) got() []received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]received(nil), p.mails...)
}

func (p *peer) single(t *testing.T) received {
	t.Helper()
	all := p.got()
	if len(all) != 1 {
		t.Fatalf("%d mails came", len(all))
	}
	return all[0]
}

type session struct {
	p        *peer
	conn     *smtp.Conn
	secure   bool
	from, to string
	carried  int
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	_, s.secure = s.conn.TLSConnectionState()
	s.from = from
	if most := s.p.plans().most; most > 0 && s.carried == most {
		return s.conn.Close()
	}
	return s.refusal("mail", "")
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return s.refusal("rcpt", to)
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	p := s.p.plans()
	time.Sleep(p.wait)
	if err := s.refusal("", s.to); err != nil {
		return err
	}
	s.p.mu.Lock()
	s.p.mails = append(s.p.mails, received{s.from, s.to, s.secure, data})
	s.p.mu.Unlock()
	if p.after != nil {
		p.after()
	}
	s.carried++
	return nil
}

// refusal is the peer's no at a stage, for an address that it does not want. It repeats the address, as servers do.
func (s *session) refusal(stage, to string) error {
	p := s.p.plans()
	if p.answer == 0 || p.stage != stage || p.only != "" && p.only != to {
		return nil
	}
	return &smtp.SMTPError{Code: p.answer, Message: "no room for " + s.to}
}

// will changes what the peer does with the mails that come from now on.
func (p *peer) will(do func(*peer)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	do(p)
}

// plans is what the peer does now.
func (p *peer) plans() plan {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.plan
}

// trickle is a server that says yes to everything, each time just in time for who waits anew for each answer.
func trickle(t *testing.T) (port int) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for c, err := l.Accept(); err == nil; c, err = l.Accept() {
			go func(c net.Conn, err error) {
				defer c.Close()
				for said := "220 yes\r\n"; err == nil; said = "250 yes\r\n" {
					time.Sleep(1500 * time.Millisecond)
					_, err = io.WriteString(c, said)
				}
			}(c, err)
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}
