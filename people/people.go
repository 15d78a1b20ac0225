package people

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"time"

	"luukku/core/access"
	"luukku/core/clock"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/people/oidc"
	"luukku/store"
)

// Names that are permanent: they are in notices, seals and the audit.
const (
	NoticeID         = "staff-accounts"
	GroupAccount     = "account"
	GroupCredentials = "credentials"
	Type             = "staff"

	PurposeSignIn = "sign_in"
	PurposeAccess = "access_management"
	PurposeWork   = "work"
)

// Roles that sign in with a code device as well (ASVS 5.0, 6.3.3).
var codeRoles = []string{notice.RoleAdministrator, notice.RoleOfficer}

//go:embed queries.sql
var queryText string

var queries = store.MustQueries(queryText)

// Options of New. Those without a default must be given.
type Options struct {
	DB       *store.DB
	Vault    *vault.Vault
	Register *access.Register
	Recorder vault.Recorder
	Keeper   *clock.Keeper // accepted time: of records and grants
	Real     clock.Clock   // real time: of sign-ins and codes, also in the demo
	Log      *slog.Logger
	Rand     io.Reader    // of salts; nil is crypto/rand
	OIDC     *oidc.Client // speaks with directories; nil asks public ones only

	Idle     time.Duration // a sign-in ends after so much idleness; 30 minutes
	Warn     time.Duration // the page warns so long before; 2 minutes
	Lifetime time.Duration // a sign-in ends at the latest after so long; 12 hours
	Floor    time.Duration // a refused sign-in takes at least so long; 400 ms
	Hashes   int           // password hashes at a time; 2 for each processor
	Memory   uint32        // KiB for one hash, 19 MiB; only tests take less

	// OnEnd is called after the commit when sign-ins have ended before their time. An empty Session
	// means all of Staff's but Except.
	OnEnd func(Ended)
}

// Ended tells whose sign-ins have ended.
type Ended struct {
	Authority string
	Staff     string
	Session   string
	Except    string
	Reason    string // signed_out, disabled, password_changed, totp_changed, totp_recovered, grant_withdrawn, directory_changed
}

// People holds accounts and sign-ins. It is safe for any number of goroutines.
type People struct {
	Options
	hasher    *hasher
	backoff   *backoff
	sessions  *sessions
	directory *directory
	ledger    *ledger.Ledger
}

// New returns the staff of all authorities.
func New(o Options) (*People, error) {
	if o.DB == nil || o.Vault == nil || o.Register == nil || o.Recorder == nil || o.Keeper == nil || o.Real == nil {
		return nil, fmt.Errorf("people: database, vault, register, recorder, keeper and real clock must be given")
	}
	o.fill()
	h, err := newHasher(o.Hashes, o.Memory, o.Rand)
	if err != nil {
		return nil, err
	}
	p := &People{Options: o, hasher: h, backoff: newBackoff(o.Real.Steady), directory: newDirectory(o.Real.Steady), ledger: ledger.New(o.Recorder, o.Keeper.Now)}
	p.sessions = newSessions(o.DB, o.Real.Now, o.Idle, o.Lifetime)
	return p, o.Vault.Bind(p.binding())
}

// fill sets what was left out.
func (o *Options) fill() {
	set := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
	}
	set(&o.Idle, 30*time.Minute)
	set(&o.Warn, 2*time.Minute)
	set(&o.Lifetime, 12*time.Hour)
	set(&o.Floor, 400*time.Millisecond)
	if o.Hashes == 0 {
		o.Hashes = 2 * runtime.GOMAXPROCS(0)
	}
	if o.Memory == 0 {
		o.Memory = hashMemory
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.OIDC == nil {
		o.OIDC = oidc.New(oidc.Options{Now: o.Real.Now})
	}
	if o.OnEnd == nil {
		o.OnEnd = func(Ended) {}
	}
}

// ended tells above that sign-ins have ended, and forgets the names that they opened.
func (p *People) ended(e Ended) {
	if e.Session == "" {
		p.directory.forget(e.Authority, e.Staff)
	}
	p.OnEnd(e)
}

// Offer is what an account can hold, to be checked against the notice.
func Offer() notice.Offer {
	return notice.Offer{Channel: "people", Fields: []notice.OfferedField{
		{ID: "name", Type: notice.TypeString, Necessary: true},
		{ID: "email", Type: notice.TypeEmail},
		{ID: "username", Type: notice.TypeIdentifier, Necessary: true},
		{ID: "roles", Type: notice.TypeEnum, Necessary: true},
		{ID: "secrecy_commitment", Type: notice.TypeInstant, Necessary: true},
		{ID: "last_sign_in", Type: notice.TypeInstant},
		{ID: "password_hash", Type: notice.TypeSecret, Necessary: true},
		{ID: "totp_secret", Type: notice.TypeSecret, Necessary: true},
		{ID: "recovery", Type: notice.TypeInstant},
		{ID: "directory_name", Type: notice.TypeIdentifier},
		{ID: "directory_subject", Type: notice.TypeIdentifier},
		{ID: "languages", Type: notice.TypeEnum},
		{ID: "services", Type: notice.TypeIdentifier},
		{ID: "capacity", Type: notice.TypeString},
		{ID: "presence", Type: notice.TypeEnum},
	}}
}

// signInProgram is the part of the program that opens accounts to let somebody in.
func signInProgram(authority string) access.Caller {
	return access.Caller{Authority: authority, Kind: access.Program, ID: "sign-in"}
}

// acted writes an administrator's act on an account into tx: its entry of the audit, and the line of the
// ledger that refers to it.
func (p *People) acted(ctx context.Context, tx *store.Tx, e vault.Entry) error {
	if err := p.record(ctx, tx, e); err != nil {
		return err
	}
	return p.ledger.Refer(ctx, tx, e.Caller, ledger.Thing{Kind: ledger.Staff, ID: e.Row, Part: string(e.Action)})
}

// record writes an entry about an account into tx.
func (p *People) record(ctx context.Context, tx *store.Tx, e vault.Entry) error {
	e.At, e.Notice, e.Type = p.Keeper.Now().UnixMilli(), NoticeID, Type
	if e.Outcome == "" {
		e.Outcome = vault.OutcomeAllowed
	}
	return p.Recorder.Record(ctx, tx, e)
}
