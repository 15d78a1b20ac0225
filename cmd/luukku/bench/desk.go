package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pquerna/otp/totp"
	"golang.org/x/sync/errgroup"

	"luukku/cmd/luukku/client"
)

// Desk is how a desk at work is loaded: advisers with running chats each, all connected by sockets of
// their own, and people who write on both sides as people do: each writes for a while, is seen to write,
// and what arrives is reported as received and seen.
type Desk struct {
	Program  string // the binary to start
	Database string // empty: SQLite; else a postgres:// URL of an empty database
	Advisers int
	Chats    int           // of each adviser
	Rate     int           // messages a second, half of them from citizens
	For      time.Duration // how long
	While    string        // a command that runs meanwhile, with the address and one adviser's sign-in in its environment
}

// worker is an adviser at their desk.
type worker struct {
	account Account
	web     *client.Client
	socket  *client.Socket
	chats   []conversation
}

// floor is a desk at work.
type floor struct {
	server  *Server
	workers []*worker
	sent    sync.Map // text → time.Time of sending
	mu      sync.Mutex
	heard   [2][]time.Duration // by side: in advisers' clients, in citizens'
	posted  atomic.Int64
	seen    atomic.Int64
}

// Run starts a server, fills the desk, loads it and prints what was measured to out.
func (d Desk) Run(ctx context.Context, out io.Writer) error {
	server, err := Start(ctx, d.Program, d.Database)
	if err != nil {
		return err
	}
	defer server.Stop()
	f := &floor{server: server}
	if err := f.fill(ctx, d); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s; %s\n%d advisers with %d running chats each, %d messages a second\n", Chat{Database: d.Database}.name(), Machine(), d.Advisers, d.Chats, d.Rate)
	return f.measure(ctx, d, out)
}

func (f *floor) measure(ctx context.Context, d Desk, out io.Writer) error {
	load, stop := context.WithCancel(ctx)
	defer stop()
	loaded := make(chan error, 1)
	pid := f.server.cmd.Process.Pid
	used, stores, began := cpu(pid), cpuNamed("postgres"), time.Now()
	go func() { loaded <- f.work(load, d.Rate) }()
	failed := d.meanwhile(ctx, f, out)
	took := time.Since(began)
	used, stores = cpu(pid)-used, cpuNamed("postgres")-stores
	stop()
	if err := <-loaded; err != nil {
		return errors.Join(failed, err)
	}
	now, peak := memory(pid)
	cores := func(t time.Duration) float64 { return t.Seconds() / took.Seconds() }
	fmt.Fprintf(out, "%d messages in %.1f s; server %.2f cores, database %.2f cores; memory %d MB, at most %d MB\n",
		f.posted.Load(), took.Seconds(), cores(used), cores(stores), now>>20, peak>>20)
	for side, name := range []string{"citizen → adviser", "adviser → citizen"} {
		fmt.Fprintf(out, "%s, sent until in the clear in the other's client: %s\n", name, percentiles(f.sorted(side)))
	}
	fmt.Fprintf(out, "lost on the way: %d\n", f.posted.Load()-f.seen.Load())
	return failed
}

// sorted are the latencies of one side, once everything has arrived, five seconds at most.
func (f *floor) sorted(side int) []time.Duration {
	for end := time.Now().Add(5 * time.Second); f.seen.Load() < f.posted.Load() && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	slices.Sort(f.heard[side])
	return f.heard[side]
}

// meanwhile waits, or runs the command that measures what people feel meanwhile.
func (d Desk) meanwhile(ctx context.Context, f *floor, out io.Writer) error {
	if d.While == "" {
		select {
		case <-ctx.Done():
		case <-time.After(d.For):
		}
		return ctx.Err()
	}
	first := f.workers[0].account
	command := exec.CommandContext(ctx, "sh", "-c", d.While)
	command.Env = append(os.Environ(), "LUUKKU_BASE="+f.server.Base, "LUUKKU_ACCOUNTS="+filepath.Join(f.server.Folder, "data", "demo-accounts.json"),
		"LUUKKU_BENCH_AUTHORITY="+first.Authority,
		"LUUKKU_BENCH_USERNAME="+first.Username, "LUUKKU_BENCH_PASSWORD="+first.Password)
	command.Stdout, command.Stderr = out, os.Stderr
	return command.Run()
}

// fill makes the advisers, signs them in and gives each their chats.
func (f *floor) fill(ctx context.Context, d Desk) error {
	admin, err := f.administrator(ctx)
	if err != nil {
		return err
	}
	f.workers = make([]*worker, d.Advisers)
	work, wctx := errgroup.WithContext(ctx)
	work.SetLimit(4)
	for i := range f.workers {
		work.Go(func() (err error) {
			if f.workers[i], err = f.hire(wctx, admin, i); err != nil {
				return fmt.Errorf("adviser %d: %w", i, err)
			}
			for n := range d.Chats {
				if err := f.serve(wctx, f.workers[i], i*d.Chats+n); err != nil {
					return fmt.Errorf("chat %d of adviser %d: %w", n, i, err)
				}
			}
			return nil
		})
	}
	return work.Wait()
}

// administrator signs the demo's administrator in.
func (f *floor) administrator(ctx context.Context) (*client.Client, error) {
	for _, a := range f.server.Accounts {
		if a.Authority != "dvv" || a.Role != "administrator" {
			continue
		}
		code, err := totp.GenerateCode(a.TOTPSecret, time.Now())
		if err != nil {
			return nil, err
		}
		c := client.New(f.server.Base+"/dvv", transport)
		return c, c.Do(ctx, http.MethodPost, "/api/staff/sign-in", map[string]string{"username": a.Username, "password": a.Password, "totp": code}, nil)
	}
	return nil, errors.New("demo-accounts.json has no administrator")
}

// hire makes an account, changes its first password and opens its desk.
func (f *floor) hire(ctx context.Context, admin *client.Client, i int) (*worker, error) {
	w := &worker{account: Account{Authority: "dvv", Username: fmt.Sprintf("neuvoja%03d", i), Password: fmt.Sprintf("kolme kuivaa käpyä %d", i)}}
	var made struct{ Password string }
	account := map[string]any{"username": w.account.Username, "name": fmt.Sprintf("Neuvoja %d Esimerkki", i), "email": "neuvoja@example.fi",
		"secrecy": true, "grants": []map[string]string{{"role": "adviser"}}}
	if err := admin.Do(ctx, http.MethodPost, "/api/admin/staff", account, &made); err != nil {
		return nil, err
	}
	w.web = client.New(f.server.Base+"/dvv", transport)
	if err := w.web.Do(ctx, http.MethodPost, "/api/staff/sign-in", map[string]string{"username": w.account.Username, "password": made.Password}, nil); err != nil {
		return nil, err
	}
	change := map[string]string{"current": made.Password, "new": w.account.Password}
	if err := w.web.Do(ctx, http.MethodPost, "/api/staff/password", change, nil); err != nil {
		return nil, err
	}
	var own atomic.Pointer[client.Socket]
	socket, err := w.web.Dial(ctx, map[string]any{"after": map[string]int{}}, func(event []byte) { f.hears(0, own.Load(), event) })
	own.Store(socket)
	w.socket = socket
	return w, err
}

// serve has a citizen come and the adviser take them.
func (f *floor) serve(ctx context.Context, w *worker, n int) error {
	citizen := client.New(f.server.Base+"/dvv", addressed{fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255)})
	var started struct{ Contact, Token string }
	in := map[string]any{"service": "citizens-advice", "lang": "fi", "client_id": fmt.Sprintf("bench-start-%08d", n)}
	if err := citizen.Do(ctx, http.MethodPost, "/api/chat/contacts", in, &started); err != nil {
		return err
	}
	citizen.Token = started.Token
	var own atomic.Pointer[client.Socket]
	connect := map[string]any{"contact": started.Contact, "token": started.Token, "after": 0}
	socket, err := citizen.Dial(ctx, connect, func(event []byte) { f.hears(1, own.Load(), event) })
	if err != nil {
		return err
	}
	own.Store(socket)
	w.chats = append(w.chats, conversation{started.Contact, socket})
	return w.web.Do(ctx, http.MethodPost, "/api/desk/contacts/"+started.Contact+"/take", nil, nil)
}

// hears notes when a message could be shown, and says that it was received and seen, as a page does.
func (f *floor) hears(side int, socket *client.Socket, event []byte) {
	var e struct {
		T       string
		Contact string
		Message struct {
			N    int64
			Text string
		}
	}
	if json.Unmarshal(event, &e) != nil || e.T != "message" {
		return
	}
	at, ok := f.sent.LoadAndDelete(fmt.Sprint(side, e.Message.Text))
	if !ok || socket == nil {
		return
	}
	f.mu.Lock()
	f.heard[side] = append(f.heard[side], time.Since(at.(time.Time)))
	f.mu.Unlock()
	f.seen.Add(1)
	go func() { // an answer cannot be waited for where events are read
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = socket.Call(ctx, "seen", map[string]any{"contact": e.Contact, "n": e.Message.N}, nil) // a late one is told by the next
	}()
}

// work writes until ctx ends, rate messages a second over all chats, half of them from each side.
func (f *floor) work(ctx context.Context, rate int) error {
	var chats []func(n int64) error
	for _, w := range f.workers {
		for _, c := range w.chats {
			chats = append(chats, func(n int64) error { return f.writes(context.WithoutCancel(ctx), w, c, n) })
		}
	}
	var posts errgroup.Group
	began, every := time.Now(), time.Second/time.Duration(rate)
	for n := int64(0); ctx.Err() == nil; n++ {
		time.Sleep(time.Until(began.Add(time.Duration(n) * every)))
		// A prime step goes round all chats, each adviser's far apart.
		chat := chats[n*37%int64(len(chats))]
		posts.Go(func() error { return chat(n) })
	}
	return posts.Wait()
}

// writes is one message of the citizen or, every other time, of the adviser, with the typing before it.
func (f *floor) writes(ctx context.Context, w *worker, c conversation, n int64) error {
	words := fmt.Sprintf("%s%s-%d", text, c.id, n)
	in := map[string]string{"client_id": fmt.Sprintf("bench-message-%012d", n), "text": words, "lang": "fi"}
	defer f.posted.Add(1)
	if n%2 == 0 {
		_ = c.socket.Call(ctx, "typing", map[string]string{"contact": c.id}, nil)
		in["contact"] = c.id
		f.sent.Store(fmt.Sprint(0, words), time.Now())
		return c.socket.Call(ctx, "post", in, nil)
	}
	_ = w.socket.Call(ctx, "typing", map[string]string{"contact": c.id}, nil)
	in["kind"] = "reply"
	f.sent.Store(fmt.Sprint(1, words), time.Now())
	return w.web.Do(ctx, http.MethodPost, "/api/desk/contacts/"+c.id+"/messages", in, nil)
}
