package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/centrifugal/centrifuge"
	"github.com/prometheus/client_golang/prometheus"

	"luukku/channel/chat"
	"luukku/core/audit"
	"luukku/core/clock"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/core/retain"
	"luukku/core/rights"
	"luukku/core/vault"
	ready "luukku/desk/answer"
	"luukku/desk/file"
	"luukku/desk/printout"
	"luukku/desk/queue"
	"luukku/desk/report"
	"luukku/desk/review"
	"luukku/desk/service"
	"luukku/people"
	"luukku/store"
	"luukku/web/api"
	"luukku/web/pages"
)

// Options of New. What has no default must be given.
type Options struct {
	DB        *store.DB
	Hub       *Hub // made before the parts that tell it what happens
	Shelf     func() *notice.Shelf
	Vault     *vault.Vault
	Audit     *audit.Log
	Keeper    *clock.Keeper // accepted time
	Real      clock.Clock   // real time
	People    *people.People
	Chat      *chat.Chat
	Queue     *queue.Queue
	Services  *service.Services
	Answers   *ready.Answers
	Ledger    *ledger.Ledger
	Reports   *report.Reports
	Reviews   *review.Reviews
	Printouts *printout.Printouts
	Retain    *retain.Clockwork
	Files     *file.Desk
	Rights    *rights.Rights

	// Authorities are those served now.
	Authorities func() []Authority
	// Offers are what the installed channels collect: a notice that none serves is not published.
	Offers []notice.Offer
	// Ready fails until the program can serve: not while it replays.
	Ready func(ctx context.Context) error
	// KeyStores tells the state of an authority's key stores.
	KeyStores func(authority string) KeyStores
	// Mail is the server that takes outgoing mail; its zero value where there is none.
	Mail MailServer
	// Advance moves the demo's time; nil outside a demo.
	Advance func(ctx context.Context, by notice.Period) (api.Advanced, error)
	// Settled is called when an administrator has settled the clock's alarm; it may be nil.
	Settled func(ctx context.Context) error
	// Setup is the first start; nil where there is none.
	Setup *Setup

	PublicURL string // how people reach the program; https makes cookies Secure behind a proxy
	Proxies   []netip.Prefix
	Limits    Limits
	Demo      bool
	Log       *slog.Logger
	Registry  *prometheus.Registry // nil makes one
}

// KeyStores is what an administrator sees of an authority's key stores.
type KeyStores struct {
	Stores             []api.KeyStoreStatus
	Generation, Living int64
	Warnings           []string // kinds of alarm about where the keys lie: keys-no-second-store, keys-beside-data, keys-beside-kek
}

// Setup is the first start as the program does it.
type Setup struct {
	Templates func() []*notice.Notice
	TryCode   func(code string) error // fault.Denied "setup-code-wrong"
	Do        func(ctx context.Context, what api.Setup) (api.SetupDone, error)
}

// Server answers for all authorities.
type Server struct {
	Options
	register     *register
	node         *centrifuge.Node
	metrics      *metrics
	floods       floods
	sendings     shares
	proxies      proxies
	origin       *http.CrossOriginProtection
	publicOrigin string
	https        bool
	openapi      []byte
	shell        *shell
	pages        *pages.Renderer
	stopping     atomic.Bool
}

// New registers every route and refuses to start if a handler has no route, a route has no handler,
// or a route does not say its purpose and what it records.
func New(o Options) (*Server, error) {
	s := &Server{Options: o, metrics: newMetrics(o.Registry), proxies: o.Proxies, origin: http.NewCrossOriginProtection()}
	if err := s.check(); err != nil {
		return nil, err
	}
	s.metrics.registry.MustRegister(standing(s.alarms))
	// Shares grow by a clock that nobody can set.
	s.floods = newFloods(s.Limits, func() time.Time { return time.Unix(0, 0).Add(s.Real.Steady()) })
	s.sendings = shares{flood: s.floods.address, running: map[[32]byte]int{}}
	s.Hub.count = func(kind string) { s.metrics.pushes.WithLabelValues(kind).Inc() }
	var err error
	if s.shell, err = newShell(); err != nil {
		return nil, err
	}
	if s.pages, err = pages.New(facesIn(s.shell.first.style)); err != nil {
		return nil, err
	}
	if s.node, err = s.newNode(); err != nil {
		return nil, err
	}
	if s.register, err = newRegister(Routes(), s.gate); err != nil {
		return nil, err
	}
	s.operations(s.register)
	s.handlers(s.register)
	if missing := s.register.missing(); len(missing) > 0 {
		return nil, fmt.Errorf("web: routes without a handler: %s", strings.Join(missing, ", "))
	}
	s.openapi, err = s.register.description()
	return s, err
}

// check looks at what was given.
func (s *Server) check() error {
	switch {
	case s.DB == nil, s.Hub == nil, s.Shelf == nil, s.Vault == nil, s.Audit == nil, s.Keeper == nil, s.Real == nil, s.People == nil,
		s.Chat == nil, s.Queue == nil, s.Services == nil, s.Answers == nil, s.Ledger == nil, s.Reports == nil, s.Reviews == nil, s.Printouts == nil, s.Retain == nil, s.Files == nil, s.Rights == nil, s.Authorities == nil, s.KeyStores == nil:
		return fmt.Errorf("web: a part is missing")
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.Limits == (Limits{}) {
		s.Limits = DefaultLimits()
	}
	if s.Ready == nil {
		s.Ready = s.DB.Ping
	}
	return s.checkPublicURL()
}

// checkPublicURL makes the public address an origin that may post.
func (s *Server) checkPublicURL() error {
	if s.PublicURL == "" {
		return nil
	}
	u, err := url.Parse(s.PublicURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("web: public_url %q is not an address such as https://luukku.example.fi", s.PublicURL)
	}
	s.publicOrigin, s.https = u.Scheme+"://"+u.Host, u.Scheme == "https"
	return s.origin.AddTrustedOrigin(s.publicOrigin)
}

// HTTP is a server for the public listener, with the deadlines that keep slow clients from holding
// anything: headers in 10 s, a request in 30 s, an answer in 60 s. Sockets have deadlines of their own.
func (s *Server) HTTP() *http.Server {
	return &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug)}
}

// handlers joins everything that is not an operation.
func (s *Server) handlers(r *register) {
	s.systemHandlers(r)
	s.pageHandlers(r)
	s.fileHandlers(r)
	s.copyPages(r)
	s.printPages(r)
	s.shellHandlers(r)
	r.handle("socket", s.socketHandler())
	r.site.Handle(everything, s.unanswered(r.site))
	r.root.Handle(everything, s.unanswered(r.root))
}
