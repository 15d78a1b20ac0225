package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
	"golang.org/x/sync/errgroup"

	"luukku/channel/chat"
	"luukku/cmd/luukku/config"
	"luukku/cmd/luukku/program"
	"luukku/core/access"
	"luukku/desk/contact"
	"luukku/fault"
)

// Mail is how the outbox is timed: it is filled while nothing runs, and then a server of its own
// drains it to a mail server in this process, which throws everything away.
type Mail struct {
	Program  string // the binary to start
	Database string // empty: SQLite
	Mails    int
}

// mailService is one whose notice lets a transcript be mailed.
const mailService = "guardianship-chat"

// Run prints the figures to out.
func (m Mail) Run(ctx context.Context, out io.Writer) error {
	sink, err := newSink()
	if err != nil {
		return err
	}
	defer sink.server.Close()
	server, err := Start(ctx, m.Program, m.Database, fmt.Sprintf("mail: {server: %q, tls: none, senders: {dvv: chat@dvv.example.fi}}\n", sink.address))
	if err != nil {
		return err
	}
	defer server.Stop()
	if err := errors.Join(server.end(), m.fill(ctx, server, sink.address)); err != nil {
		return err
	}
	if err := server.run(ctx, m.Program, filepath.Join(server.Folder, "luukku.yaml")); err != nil {
		return err
	}
	if err := sink.wait(ctx, m.Mails); err != nil {
		return err
	}
	now, peak := memory(server.cmd.Process.Pid)
	took := sink.last.Sub(sink.first)
	fmt.Fprintf(out, "%s; %d mails of two messages each, waiting at the start, to a server on this machine\n", Machine(), m.Mails)
	fmt.Fprintf(out, "handed over in %.1f s: %.0f a second, %.0f kB a mail; memory %d MB, at most %d MB; lines to the server: %d\n",
		took.Seconds(), float64(m.Mails-1)/took.Seconds(), float64(sink.bytes)/float64(m.Mails)/1024, now>>20, peak>>20, sink.lines)
	return nil
}

// fill orders the transcripts, in this process, while no server runs on the folder.
func (m Mail) fill(ctx context.Context, server *Server, sink string) error {
	c := config.Defaults().WithData(filepath.Join(server.Folder, "data"))
	c.Demo, c.Database = true, m.Database
	c.Mail = &config.Mail{Server: sink, TLS: "none", Senders: map[string]string{benchAuthority: "chat@dvv.example.fi"}}
	p, err := program.Open(ctx, c, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	adviser, err := mailAdviser(ctx, p, server.Accounts)
	if err != nil {
		return errors.Join(err, p.Close())
	}
	work, wctx := errgroup.WithContext(ctx)
	work.SetLimit(32)
	for i := range m.Mails {
		work.Go(func() error { return order(wctx, p, adviser, i) })
	}
	return errors.Join(work.Wait(), p.Close())
}

// mailAdviser is the demo's member of staff who joins every conversation: before that no transcript can be ordered.
func mailAdviser(ctx context.Context, p *program.Program, accounts []Account) (access.Caller, error) {
	cards, err := p.People.Cards(ctx, access.Caller{Authority: benchAuthority, Kind: access.Program, ID: "directory"})
	if err != nil {
		return access.Caller{}, err
	}
	for _, card := range cards {
		if slices.ContainsFunc(accounts, func(a Account) bool { return a.Username == card.Username && a.Role == access.RoleAdviser }) {
			return access.Caller{Authority: benchAuthority, Kind: access.Staff, ID: card.ID}, nil
		}
	}
	return access.Caller{}, errors.New("the demo has no adviser")
}

// order is one citizen who says two things to an adviser and has them mailed.
func order(ctx context.Context, p *program.Program, adviser access.Caller, i int) error {
	begun, err := p.Chat.Start(ctx, benchAuthority, chat.Begin{Service: mailService, Lang: "fi", ClientID: rand.Text()})
	if err != nil {
		return err
	}
	who := contact.Claim(benchAuthority, begun.Contact, begun.Token)
	for range 2 {
		text := fmt.Sprintf("Miten vuositili täytetään, ja mihin päivään mennessä se pitää antaa? Kysymys numero %d.", i)
		if _, err := p.Chat.Post(ctx, who, chat.Write{ClientID: rand.Text(), Text: text, Lang: "fi"}); err != nil {
			return err
		}
	}
	if err := p.Chat.Take(ctx, adviser, begun.Contact); err != nil {
		return err
	}
	for {
		err := p.Chat.OrderTranscript(ctx, who, fmt.Sprintf("box%d@example.fi", i))
		if !fault.Is(err, fault.Busy) {
			return err
		}
		if err := p.Vault.Refill(ctx, benchAuthority); err != nil { // the loop that does this is not running
			return err
		}
	}
}

// sink takes mail and forgets it.
type sink struct {
	server  *smtp.Server
	address string

	mu          sync.Mutex
	first, last time.Time
	mails       int
	bytes       int64
	lines       int
}

func newSink() (*sink, error) {
	s := &sink{}
	s.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.lines++
		return &taking{s}, nil
	}))
	s.server.Domain = "localhost"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s.address = l.Addr().String()
	go func() { _ = s.server.Serve(l) }() // ends with the sink
	return s, nil
}

// wait returns when n mails have come; it gives up after five minutes.
func (s *sink) wait(ctx context.Context, n int) error {
	for end := time.Now().Add(5 * time.Minute); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
		s.mu.Lock()
		came := s.mails
		s.mu.Unlock()
		if came >= n {
			return nil
		}
	}
	return fmt.Errorf("%d of %d mails came", s.mails, n)
}

type taking struct{ s *sink }

func (t *taking) Reset()                               {}
func (t *taking) Logout() error                        { return nil }
func (t *taking) Mail(string, *smtp.MailOptions) error { return nil }
func (t *taking) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (t *taking) Data(r io.Reader) error {
	n, err := io.Copy(io.Discard, r)
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	t.s.last = time.Now()
	if t.s.mails == 0 {
		t.s.first = t.s.last
	}
	t.s.mails++
	t.s.bytes += n
	return err
}
