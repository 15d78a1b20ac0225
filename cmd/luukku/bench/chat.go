package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"luukku/cmd/luukku/client"
)

// Chat is how the chat is loaded.
type Chat struct {
	Program       string        // the binary to start
	Database      string        // empty: SQLite; else a postgres:// URL of an empty database
	Conversations int           // open at once
	Posters       int           // closed loop: how many post at the same time
	Rate          int           // open loop: messages a second; 0 is the closed loop
	For           time.Duration // how long messages are sent
	Idle          bool          // connect only; print memory, and how long a second start takes
}

// conversation is one citizen with a socket of their own.
type conversation struct {
	id     string
	socket *client.Socket
}

// crowd is everybody who is connected.
type crowd struct {
	server    *Server
	advisers  []*client.Socket
	citizens  []conversation
	sent      sync.Map // client_id → time.Time of sending
	latencies chan time.Duration
	seen      atomic.Int64
}

// Run starts a server, fills it with conversations, sends messages for c.For and prints what was
// measured to out.
func (c Chat) Run(ctx context.Context, out io.Writer) error {
	server, err := Start(ctx, c.Program, c.Database)
	if err != nil {
		return err
	}
	defer server.Stop()
	crowd := &crowd{server: server, latencies: make(chan time.Duration, 1<<20)}
	began := time.Now()
	if err := crowd.gather(ctx, c.Conversations); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s; %s\n%d conversations opened and taken in %.1f s\n", c.name(), Machine(), c.Conversations, time.Since(began).Seconds())
	now, peak := memory(server.cmd.Process.Pid)
	fmt.Fprintf(out, "with everybody connected: %d MB, at most %d MB\n", now>>20, peak>>20)
	if c.Idle {
		return c.again(ctx, server, out)
	}
	return c.measure(ctx, crowd, out)
}

// again starts the server a second time on the data that it now has.
func (c Chat) again(ctx context.Context, server *Server, out io.Writer) error {
	first := server.Ready
	if err := server.Restart(ctx, c.Program); err != nil {
		return err
	}
	fmt.Fprintf(out, "ready after %.2f s at the first start, which fills the demo, and after %.2f s at the second\n", first.Seconds(), server.Ready.Seconds())
	return nil
}

func (c Chat) name() string {
	if c.Database != "" {
		return "PostgreSQL"
	}
	return "SQLite"
}

func (c Chat) measure(ctx context.Context, crowd *crowd, out io.Writer) error {
	pid := crowd.server.cmd.Process.Pid
	server, stores, began := cpu(pid), cpuNamed("postgres"), time.Now()
	stored, err := c.load(ctx, crowd)
	took := time.Since(began)
	if err != nil {
		return err
	}
	crowd.settle(stored)
	server, stores = cpu(pid)-server, cpuNamed("postgres")-stores
	now, peak := memory(pid)
	each := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(max(stored, 1)) }
	fmt.Fprintf(out, "stored %d messages in %.1f s: %.0f a second; lost on the way to the adviser: %d\n",
		stored, took.Seconds(), float64(stored)/took.Seconds(), stored-crowd.seen.Load())
	fmt.Fprintf(out, "CPU a message: server %.3f ms, database %.3f ms, together %.3f ms; memory %d MB, at most %d MB\n",
		each(server), each(stores), each(server+stores), now>>20, peak>>20)
	fmt.Fprintf(out, "sent → plaintext in the adviser's client: %s\n", percentiles(crowd.drain()))
	return nil
}

func (c Chat) load(ctx context.Context, crowd *crowd) (int64, error) {
	if c.Rate > 0 {
		return crowd.open(ctx, c.Rate, c.For)
	}
	return crowd.closed(ctx, c.Posters, c.For)
}

// gather signs advisers in, opens n conversations and has them taken.
func (c *crowd) gather(ctx context.Context, n int) error {
	const authority, service = "dvv", "citizens-advice"
	staff, err := c.signIn(ctx, authority)
	if err != nil {
		return err
	}
	c.citizens = make([]conversation, n)
	work, wctx := errgroup.WithContext(ctx)
	work.SetLimit(16)
	for i := range n {
		work.Go(func() error {
			citizen, id, err := c.arrive(wctx, i, authority, service)
			if err != nil {
				return fmt.Errorf("conversation %d: %w", i, err)
			}
			if err := staff.Do(wctx, http.MethodPost, "/api/desk/contacts/"+id+"/take", nil, nil); err != nil {
				return fmt.Errorf("taking conversation %d: %w", i, err)
			}
			c.citizens[i] = conversation{id, citizen}
			return nil
		})
	}
	return work.Wait()
}

// signIn opens a desk: one adviser who takes everything, with one socket.
func (c *crowd) signIn(ctx context.Context, authority string) (*client.Client, error) {
	for _, a := range c.server.Accounts {
		if a.Authority != authority || a.Role != "adviser" {
			continue
		}
		staff := client.New(c.server.Base+"/"+authority, transport)
		in := map[string]string{"username": a.Username, "password": a.Password}
		if err := staff.Do(ctx, http.MethodPost, "/api/staff/sign-in", in, nil); err != nil {
			return nil, fmt.Errorf("sign-in: %w", err)
		}
		if err := staff.Do(ctx, http.MethodPost, "/api/desk/presence", map[string]string{"state": "present"}, nil); err != nil {
			return nil, fmt.Errorf("presence: %w", err)
		}
		socket, err := staff.Dial(ctx, map[string]any{"after": map[string]int{}}, c.arrived)
		if err != nil {
			return nil, fmt.Errorf("adviser's socket: %w", err)
		}
		c.advisers = append(c.advisers, socket)
		return staff, nil
	}
	return nil, errors.New("demo-accounts.json has no adviser")
}

// transport keeps connections open: people's browsers do.
var transport = &http.Transport{MaxIdleConnsPerHost: 64}

// addressed gives each simulated person an address of their own.
type addressed struct{ address string }

// RoundTrip sends the request as the proxy of this person would.
func (a addressed) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Forwarded-For", a.address)
	return transport.RoundTrip(r)
}

func (c *crowd) arrive(ctx context.Context, i int, authority, service string) (*client.Socket, string, error) {
	citizen := client.New(c.server.Base+"/"+authority, addressed{fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255)})
	var started struct{ Contact, Token string }
	in := map[string]any{"service": service, "lang": "fi", "client_id": fmt.Sprintf("bench-start-%08d", i)}
	if err := citizen.Do(ctx, http.MethodPost, "/api/chat/contacts", in, &started); err != nil {
		return nil, "", err
	}
	citizen.Token = started.Token
	socket, err := citizen.Dial(ctx, map[string]any{"contact": started.Contact, "token": started.Token, "after": 0}, nil)
	return socket, started.Contact, err
}

// arrived notes when an adviser's client could show a message.
func (c *crowd) arrived(event []byte) {
	var e struct {
		T       string
		Message struct {
			ClientID string `json:"client_id"`
			Text     string
		}
	}
	if json.Unmarshal(event, &e) != nil || e.T != "message" {
		return
	}
	if at, ok := c.sent.LoadAndDelete(e.Message.Text); ok {
		c.seen.Add(1)
		select {
		case c.latencies <- time.Since(at.(time.Time)):
		default: // the first million latencies are enough
		}
	}
}

// text is what people write: a few sentences, 160 characters, each different.
const text = "Hei, mistä saan tietoa edunvalvojan vuositilin tekemisestä? Olen etsinyt ohjeita verkosta mutta en löytänyt. Viesti "

func (c *crowd) post(ctx context.Context, to conversation, n int64) error {
	id := fmt.Sprintf("%s%s-%d", text, to.id, n)
	c.sent.Store(id, time.Now())
	in := map[string]string{"contact": to.id, "client_id": fmt.Sprintf("bench-message-%012d", n), "text": id, "lang": "fi"}
	return to.socket.Call(ctx, "post", in, nil)
}

// closed posts as fast as answers come, with posters at the same time.
func (c *crowd) closed(ctx context.Context, posters int, d time.Duration) (int64, error) {
	var stored, number atomic.Int64
	end := time.Now().Add(d)
	work, ctx := errgroup.WithContext(ctx)
	for p := range posters {
		work.Go(func() error {
			for i := p; time.Now().Before(end); i += posters {
				if err := c.post(ctx, c.citizens[i%len(c.citizens)], number.Add(1)); err != nil {
					return err
				}
				stored.Add(1)
			}
			return nil
		})
	}
	err := work.Wait()
	return stored.Load(), errors.Join(err, errIfNone(&stored))
}

func errIfNone(n *atomic.Int64) error {
	if n.Load() == 0 {
		return errors.New("nothing was stored")
	}
	return nil
}

// open posts rate messages a second whatever the answers do.
func (c *crowd) open(ctx context.Context, rate int, d time.Duration) (int64, error) {
	var stored atomic.Int64
	work, ctx := errgroup.WithContext(ctx)
	began, every := time.Now(), time.Second/time.Duration(rate)
	for n := int64(0); time.Duration(n)*every < d; n++ {
		time.Sleep(time.Until(began.Add(time.Duration(n) * every)))
		to := c.citizens[int(n)%len(c.citizens)]
		work.Go(func() error {
			defer stored.Add(1)
			return c.post(ctx, to, n)
		})
	}
	err := work.Wait()
	return stored.Load(), err
}

// settle waits until the last message has arrived, five seconds at most.
func (c *crowd) settle(stored int64) {
	for end := time.Now().Add(5 * time.Second); c.seen.Load() < stored && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
}

func (c *crowd) drain() []time.Duration {
	close(c.latencies)
	var all []time.Duration
	for d := range c.latencies {
		all = append(all, d)
	}
	slices.Sort(all)
	return all
}

func percentiles(sorted []time.Duration) string {
	if len(sorted) == 0 {
		return "nothing arrived"
	}
	at := func(p float64) float64 {
		return float64(sorted[int(p*float64(len(sorted)-1))].Microseconds()) / 1000
	}
	return fmt.Sprintf("p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms", at(.5), at(.95), at(.99), at(1))
}
