package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"luukku/cmd/luukku/admin"
	"luukku/cmd/luukku/config"
	"luukku/cmd/luukku/demo"
	"luukku/cmd/luukku/program"
	"luukku/web"
)

// serve is `luukku serve`.
type serve struct {
	Listen string `help:"Address to listen on, instead of the configured one." placeholder:"ADDR"`
	Demo   bool   `help:"Fill a fresh data folder with two authorities and fictitious people, and let time be moved."`
}

func (s *serve) run(ctx context.Context, l *line) error {
	c, err := l.configuration()
	if err != nil {
		return err
	}
	if s.Listen != "" {
		c.Listen = s.Listen
	}
	if c.Demo = s.Demo; c.Demo {
		c = demo.Configure(c)
	}
	thrift()
	return newHost(c, logger(c.Log, os.Stderr)).serve(ctx)
}

// thrift collects garbage twice as often as Go's default: thousands of quiet connections are most of
// the memory, and what they leave behind need not be kept. GOGC overrides it. Core dumps are switched
// off: memory holds keys.
func thrift() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) // where it is forbidden, docs/operating.md says what to do
}

// host is a serving process. What answers can be replaced while it runs: the first start ends with
// the program being opened anew, with its authority.
type host struct {
	config config.Config
	log    *slog.Logger
	code   string     // of the first start
	failed chan error // what ends the process
	face   atomic.Pointer[web.Server]

	mu      sync.Mutex // of what follows
	program *program.Program
	stop    context.CancelFunc // of what runs for the present program
	runs    sync.WaitGroup
}

func newHost(c config.Config, log *slog.Logger) *host {
	return &host{config: c, log: log, code: setupCode(), failed: make(chan error, 3)} // one from each that sends
}

// serving is the program that serves now.
func (h *host) serving() *program.Program {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.program
}

// ServeHTTP hands on to what answers now.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.face.Load().ServeHTTP(w, r) }

// serve listens, opens the program, and serves until ctx ends; then it lets running requests end.
func (h *host) serve(ctx context.Context) error {
	listener, err := net.Listen("tcp", h.config.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	if err := h.begin(ctx); err != nil {
		return err
	}
	server := h.face.Load().HTTP()
	server.Handler = h
	go func() { h.failed <- server.Serve(listener) }()
	if err := h.welcome(ctx, listener.Addr().String()); err != nil && ctx.Err() == nil {
		return errors.Join(err, h.end(server))
	}
	commands, stop := context.WithCancel(ctx)
	var commanded sync.WaitGroup
	commanded.Go(func() { h.failed <- admin.Serve(commands, h.config.Data, h.execute) })
	metrics, err := h.serveMetrics()
	if err == nil {
		select {
		case <-ctx.Done():
		case err = <-h.failed:
		}
		err = errors.Join(err, metrics.Close())
	}
	stop()
	commanded.Wait() // a command that runs ends before its program is closed
	return errors.Join(err, h.end(server))
}

func (h *host) begin(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.open(ctx)
}

// open opens the program with its face and lets it run. The caller holds the lock.
func (h *host) open(ctx context.Context) error {
	first, err := h.first()
	if err != nil {
		return err
	}
	p, err := program.Open(ctx, h.config, first, h.log)
	if err != nil {
		return err
	}
	face, err := p.Face(h.setup(p))
	if err != nil {
		return errors.Join(err, p.Close())
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	h.program, h.stop = p, stop
	h.runs.Go(func() { p.Run(running) })
	h.runs.Go(func() { face.Run(running) })
	h.face.Store(face)
	return nil
}

// first are the authorities of a fresh data folder: the demo's, or none.
func (h *host) first() ([]program.Authority, error) {
	if !h.config.Demo {
		return nil, nil
	}
	return demo.Authorities()
}

// execute runs an administrative command on the program that serves now.
func (h *host) execute(ctx context.Context, words []string, out io.Writer) error {
	return admin.Execute(ctx, h.serving(), words, out)
}

// end stops taking requests, lets the running ones end, and closes the program.
func (h *host) end(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	err := errors.Join(h.face.Load().Stop(ctx), server.Shutdown(ctx))
	h.mu.Lock()
	defer h.mu.Unlock()
	return errors.Join(err, h.close())
}

// close ends what runs for the program and closes it. The caller holds the lock.
func (h *host) close() error {
	h.stop()
	h.runs.Wait()
	return h.program.Close()
}

// serveMetrics answers Prometheus on a listener of its own.
func (h *host) serveMetrics() (io.Closer, error) {
	if h.config.Metrics.Listen == "" {
		return io.NopCloser(nil), nil
	}
	l, err := net.Listen("tcp", h.config.Metrics.Listen)
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.face.Load().Metrics().ServeHTTP(w, r)
	}), ReadHeaderTimeout: grace}
	go func() { _ = server.Serve(l) }() // ends with Close
	return server, nil
}

// welcome fills a demo and says where to go.
func (h *host) welcome(ctx context.Context, address string) error {
	base := "http://" + strings.Replace(address, "127.0.0.1", "localhost", 1)
	if h.config.Demo {
		return h.welcomeDemo(ctx, base, "http://"+address)
	}
	p := h.serving()
	p.Welcome()
	fmt.Printf("Luukku serves on %s\n", base)
	if len(p.Authorities) == 0 {
		fmt.Printf("First start: open %s/setup and give the code %s\n", base, h.code)
	}
	return nil
}

func (h *host) welcomeDemo(ctx context.Context, base, reach string) error {
	p := h.serving()
	fresh, err := demo.Fill(ctx, p)
	if err != nil {
		return err
	}
	accounts, err := demo.Accounts(h.config.Data)
	if err != nil {
		return err
	}
	if fresh {
		if err := demo.Talk(ctx, reach, accounts); err != nil {
			return err
		}
	}
	p.Welcome()
	demo.Print(os.Stdout, base, h.config.Data, accounts)
	return nil
}
