package people

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/clock"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/fault"
	"luukku/notices"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestQueries(t *testing.T) { storetest.Prepare(t, queries) }

var (
	helsinki, _ = time.LoadLocation("Europe/Helsinki")
	noon        = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	console     = access.Caller{Authority: "dvv", Kind: access.Program, ID: "console"}
)

// Passwords of the tests; they pass the rules.
const (
	password = "kolme märkää sukkaa"
	another  = "neljä kuivaa käpyä"
)

// world is an instance of two authorities with people over a real vault.
type world struct {
	t       testing.TB
	db      *store.DB
	clock   *clock.Fake // accepted time
	real    *clock.Fake // real time
	sets    map[string]*keystore.Set
	v       *vault.Vault
	p       *People
	mu      sync.Mutex
	entries []vault.Entry
	ended   []Ended
	without []string
}

// worlds runs fn in a fresh world on each engine.
func worlds(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	for _, engine := range storetest.Names() {
		t.Run(engine, func(t *testing.T) { fn(t, newWorld(t, storetest.Open(t, engine))) })
	}
}

// newWorld makes one under the bundled notices, without the declared fields that are named.
func newWorld(t testing.TB, db *store.DB, without ...string) *world {
	t.Helper()
	w := &world{t: t, db: db, without: without, clock: clock.NewFake(noon), real: clock.NewFake(time.Now().UTC()), sets: map[string]*keystore.Set{}}
	for _, a := range []string{"dvv", "mallila"} {
		w.sets[a] = keystoretest.Open(t, a, w.clock.Now)
	}
	w.build()
	return w
}

// build puts the parts together.
func (w *world) build() {
	w.t.Helper()
	shelf, err := whole()
	if len(w.without) > 0 {
		shelf, err = readNotices(w.without)
	}
	w.must(err)
	keeper := clock.NewKeeper(w.clock, noon, clock.Options{SteadyAtOnce: true, MaxJump: 3650 * 24 * time.Hour})
	w.v, err = vault.New(vault.Options{DB: w.db, Keeper: keeper, Shelf: shelf, Recorder: w, StockDays: 3,
		Zone: func(string) *time.Location { return helsinki }, Keys: func(a string) *keystore.Set { return w.sets[a] }})
	w.must(err)
	register, err := access.NewRegister(access.Hooks{EndReadings: w.v.EndStaffReadings, Journal: w.v.Note})
	w.must(err)
	w.p, err = New(Options{DB: w.db, Vault: w.v, Register: register, Recorder: w, Keeper: keeper, Real: w.real, Floor: time.Millisecond, Memory: 64,
		OnEnd: func(e Ended) { w.ended = append(w.ended, e) }})
	w.must(err)
	w.must(w.v.Start(context.Background()))
	w.t.Cleanup(w.v.Close)
}

// readNotices reads the bundled notices of both authorities, without the declared fields that are named.
func readNotices(without []string) (*notice.Shelf, error) {
	bundled, err := notices.Bundled()
	if err != nil {
		return nil, err
	}
	for _, n := range bundled {
		for i := range n.Groups {
			n.Groups[i].Fields = slices.DeleteFunc(n.Groups[i].Fields, func(f notice.Field) bool { return slices.Contains(without, f.ID) })
		}
	}
	return notice.NewShelf(map[string][]*notice.Notice{"dvv": bundled, "mallila": bundled})
}

// whole is readNotices of every field, once for all worlds.
var whole = sync.OnceValues(func() (*notice.Shelf, error) { return readNotices(nil) })

// Record implements vault.Recorder: it remembers what was committed.
func (w *world) Record(_ context.Context, tx *store.Tx, e vault.Entry) error {
	tx.OnCommit(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.entries = append(w.entries, e)
	})
	return nil
}

// acts are the entries of an action, as "caller outcome".
func (w *world) acts(action vault.Action) (out []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, e := range w.entries {
		if e.Action == action {
			out = append(out, e.Caller.ID+" "+e.Outcome)
		}
	}
	return out
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// add makes an account with roles and a commitment.
func (w *world) add(username string, roles ...string) string {
	w.t.Helper()
	n := NewAccount{Username: username, Name: "Nimi " + username, Email: username + "@example.fi", Password: password, SecrecyDay: "2026-01-02"}
	for _, role := range roles {
		n.Grants = append(n.Grants, access.Grant{Role: role})
	}
	made, err := w.p.Add(context.Background(), console, n)
	w.must(err)
	return made.ID
}

// signIn lets somebody in who has no device.
func (w *world) signIn(username string) SignedIn {
	w.t.Helper()
	in, err := w.try(username, password, "")
	w.must(err)
	return in
}

func (w *world) try(username, password, code string) (SignedIn, error) {
	return w.p.SignIn(context.Background(), Attempt{Authority: "dvv", Username: username, Password: password, Code: code, Address: "192.0.2.1"})
}

// enrol gives a signed-in member of staff a device and returns its secret.
func (w *world) enrol(in SignedIn) string {
	w.t.Helper()
	e, err := w.p.EnrolCode(context.Background(), in.Session, "Virasto")
	w.must(err)
	w.must(w.p.ConfirmCode(context.Background(), in.Session, in.Token, w.code(e.Secret), "192.0.2.1"))
	return e.Secret
}

// code is what a device shows now.
func (w *world) code(secret string) string {
	w.t.Helper()
	code, err := CodeNow(secret, w.real.Now())
	w.must(err)
	return code
}

// fails wants a fault with this key.
func (w *world) fails(err error, code fault.Code, key string) {
	w.t.Helper()
	if !fault.Is(err, code) || fault.Of(err).Key != key {
		w.t.Errorf("got %v, want %s %s", err, code, key)
	}
}

func staff(id string) access.Caller {
	return access.Caller{Authority: "dvv", Kind: access.Staff, ID: id}
}

// noWhy is no reason.
var noWhy vault.Why

func dayOf(t time.Time) notice.Day { return notice.DayOf(t, helsinki) }
