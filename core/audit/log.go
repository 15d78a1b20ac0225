package audit

import (
	"cmp"
	"crypto/rand"
	_ "embed"
	"io"
	"log/slog"
	"sync"
	"time"

	"luukku/core/clock"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/core/vault/keystore"
	"luukku/fault"
	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries = store.MustQueries(queryText)

	qEntryInsert  = queries.Get("entry-insert")
	qPendingOf    = queries.Get("pending-authorities")
	qPending      = queries.Get("pending-entries")
	qEntryNumber  = queries.Get("entry-number")
	qTreeLock     = queries.Get("tree-lock")
	qTreeLast     = queries.Get("tree-last")
	qTrees        = queries.Get("trees")
	qTreeSize     = queries.Get("tree-size")
	qTreeInsert   = queries.Get("tree-insert")
	qTreeGrow     = queries.Get("tree-grow")
	qRelease      = queries.Get("trees-release")
	qTile         = queries.Get("tile")
	qTilePut      = queries.Get("tile-put")
	qTileCounts   = queries.Get("tile-counts")
	qStrayTiles   = queries.Get("stray-tiles")
	qLeafEntries  = queries.Get("leaf-entries")
	qUnnumbered   = queries.Get("unnumbered-entries")
	qStrayEntries = queries.Get("stray-entries")
	qStrayRows    = queries.Get("stray-rows")
	qBeyond       = queries.Get("entries-beyond")
	qOfActor      = queries.Get("entries-of-actor")
	qOfRow        = queries.Get("entries-of-row")
	qTouched      = queries.Get("entries-of-both")
	qOfRecord     = queries.Get("record-entries")
	qRecordWaits  = queries.Get("record-waits")
	qReclaim      = queries.Get("record-reclaim")
)

// NoticeID is the notice that declares the audit log; Group is its one group.
const (
	NoticeID = "audit-log"
	Group    = "entry"
)

// Options of New. DB, Vault, Keys, Keeper and Zone must be given.
type Options struct {
	DB     *store.DB
	Vault  *vault.Vault
	Keys   func(authority string) *keystore.Set // signing key and journal; nil for an unknown authority
	Keeper *clock.Keeper
	Zone   func(authority string) *time.Location
	Name   string // begins the origins of this instance's trees: a host name; "" is "luukku"
	Node   string // names this process among others on the same database; "" is made up
	Rand   io.Reader
	Log    *slog.Logger
}

// Log is the audit log of all authorities of one database. It is safe for concurrent use.
type Log struct {
	db     *store.DB
	vault  *vault.Vault
	keys   func(authority string) *keystore.Set
	keeper *clock.Keeper
	zone   func(authority string) *time.Location
	name   string
	node   string
	rand   io.Reader
	log    *slog.Logger
	ids    ids

	mu     sync.Mutex
	growth map[string]growth      // since the last checkpoint, by authority
	proven map[string]bool        // authorities whose tree was compared with the journal's checkpoints
	halted map[string]vault.Alarm // authorities whose tree must not grow, and why
	stuck  map[string]vault.Alarm // authorities whose entries could not be numbered, since when
}

// New returns a log; vault.SetRecorder takes it. It refuses missing parts.
func New(o Options) (*Log, error) {
	if o.DB == nil || o.Vault == nil || o.Keys == nil || o.Keeper == nil || o.Zone == nil {
		return nil, fault.New(fault.Internal, "audit-incomplete")
	}
	l := &Log{
		db: o.DB, vault: o.Vault, keys: o.Keys, keeper: o.Keeper, zone: o.Zone,
		name: cmp.Or(o.Name, "luukku"), node: cmp.Or(o.Node, store.NewID(nodePrefix)),
		rand: o.Rand, log: o.Log,
		growth: map[string]growth{}, proven: map[string]bool{}, halted: map[string]vault.Alarm{}, stuck: map[string]vault.Alarm{},
	}
	if l.rand == nil {
		l.rand = rand.Reader
	}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	return l, nil
}

// Entry ids, tree holders.
const (
	entryPrefix = "a_"
	nodePrefix  = "n_"
)

// today is the authority's present day by accepted time.
func (l *Log) today(authority string) notice.Day {
	return notice.DayOf(l.keeper.Now(), l.zone(authority))
}
