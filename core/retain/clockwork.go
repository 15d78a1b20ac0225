package retain

import (
	"context"
	_ "embed"
	"log/slog"
	"sync"
	"time"

	"luukku/core/audit"
	"luukku/core/clock"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries = store.MustQueries(queryText)

	qEnded    = queries.Get("ended")
	qSetDone  = queries.Get("set-ended")
	qHoldCode = queries.Get("hold-code")
)

// Options of New. All but Clock, Forward and Log must be given.
type Options struct {
	DB          *store.DB
	Vault       *vault.Vault
	Audit       *audit.Log
	Keeper      *clock.Keeper
	Shelf       *notice.Shelf
	Zone        func(authority string) *time.Location
	Authorities func() []string // whose days end here
	Clock       clock.Clock     // says what is due while running; nil is the machine's

	// Forward moves the demo's clock forward to t and has the keeper accept it. An instance that
	// is not a demo has none, and its time cannot be moved.
	Forward func(t time.Time)
	Log     *slog.Logger
}

// Hook is work that another package does as time passes: settling contacts an hour after their
// close, closing what has gone idle.
type Hook struct {
	Name  string
	Every time.Duration // while running; it also runs at the end of each day. 0 is a minute
	// Run does the work that is due for an authority by accepted time, opens its own transactions,
	// and returns how many rows it changed. It must do nothing when it is repeated.
	Run func(ctx context.Context, authority string) (int, error)
}

// Clockwork ends retention for the authorities of one database. It is safe for concurrent use.
type Clockwork struct {
	o     Options
	hooks []Hook
	night sync.Mutex // one day's end at a time, whoever asks

	mu     sync.Mutex
	failed map[failure]vault.Alarm
}

// failure is something that went wrong, for one authority.
type failure struct{ authority, kind string }

// New returns a clockwork. It refuses missing parts.
func New(o Options) (*Clockwork, error) {
	if o.DB == nil || o.Vault == nil || o.Audit == nil || o.Keeper == nil || o.Shelf == nil ||
		o.Zone == nil || o.Authorities == nil {
		return nil, fault.New(fault.Internal, "retain-incomplete")
	}
	if o.Clock == nil {
		o.Clock = clock.Real()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Clockwork{o: o, failed: map[failure]vault.Alarm{}}, nil
}

// Register adds work that other packages do as time passes. Register before Loop.
func (c *Clockwork) Register(h Hook) {
	if h.Every <= 0 {
		h.Every = time.Minute
	}
	c.hooks = append(c.hooks, h)
}

// today is the authority's present day by accepted time.
func (c *Clockwork) today(authority string) notice.Day {
	return notice.DayOf(c.o.Keeper.Now(), c.o.Zone(authority))
}
