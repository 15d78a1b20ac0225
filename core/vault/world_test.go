package vault

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/clock"
	"luukku/core/notice"
	"luukku/core/vault/blobs"
	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestQueries(t *testing.T) {
	storetest.Prepare(t, queries)
	storetest.Prepare(t, store.MustQueries(entriesText))
}

var (
	helsinki, _ = time.LoadLocation("Europe/Helsinki")
	noon        = time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC) // 12:00 in Helsinki
)

// queries of a package that stores chats: one row per chat, one per message.
var chatQueries = store.MustQueries(`
-- name: make-chat
create table test_chat (authority text not null, id text not null, record text not null, service text not null, adviser text not null, closed_at bigint not null, primary key (authority, id));
-- name: make-message
create table test_message (authority text not null, chat text not null, n bigint not null, record text not null, sealed bytea, primary key (authority, chat, n));
-- name: make-entry
create table test_entry (authority text not null, id text not null, line text not null, sealed bytea, primary key (authority, id));
-- name: chat-add
insert into test_chat (authority, id, record, service, adviser, closed_at) values (?, ?, ?, ?, ?, 0);
-- name: chat-get
select service, adviser from test_chat where authority = ? and id = ?;
-- name: chat-closed
select closed_at from test_chat where authority = ? and id = ?;
-- name: chat-close
update test_chat set closed_at = ? where authority = ? and id = ?;
-- name: chat-drop
delete from test_chat where authority = ? and record = ?;
-- name: message-add
insert into test_message (authority, chat, n, record, sealed) values (?, ?, ?, ?, ?);
-- name: messages
select n, record, sealed from test_message where authority = ? and chat = ? order by n;
-- name: messages-of
select chat, n, sealed from test_message where authority = ? and record = ? order by n;
-- name: messages-count
select count(*) from test_message where authority = ?;
-- name: messages-drop
delete from test_message where authority = ? and record = ?;
-- name: messages-stray
select count(*) from test_message where authority = ? and record not in (select id from vault_record where vault_record.authority = test_message.authority);
-- name: entry-add
insert into test_entry (authority, id, line, sealed) values (?, ?, ?, ?);
-- name: entries
select line from test_entry where authority = ? order by id;
-- name: bucket-states
select state from vault_bucket where authority = ? and notice = ? order by id;
-- name: wrap
select wrap from vault_record where authority = ? and id = ?;
-- name: stock-empty
delete from vault_stock where authority = ?;
-- name: records-count
select count(*) from vault_record where authority = ?;
`)

// world is an instance with two authorities, a fake clock, real key stores and a package of chats.
type world struct {
	t     testing.TB
	url   string
	db    *store.DB
	dir   string
	disk  *keystoretest.Disk
	sets  map[string]*keystore.Set
	clock *clock.Fake
	mark  time.Time
	v     *Vault
	reg   *access.Register
	chats *chats
	blobs *shelf // of sealed blobs

	mu     sync.Mutex
	pushed []Pushed
	ended  []string
	fail   error // what the recorder answers
	seq    atomic.Int64
	seals  bool // the recorder seals its entries like the real one
}

var authorities = []string{"dvv", "mallila"}

// worlds runs fn in a fresh world on each engine.
func worlds(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	for _, engine := range storetest.Names() {
		t.Run(engine, func(t *testing.T) { fn(t, newWorld(t, engine)) })
	}
}

func newWorld(t testing.TB, engine string) *world { return newWorldOn(t, engine, nil) }

// newWorldOn keeps the keys on a disk that can fail; nil is the machine's.
func newWorldOn(t testing.TB, engine string, disk *keystoretest.Disk) *world {
	w := &world{t: t, disk: disk, url: storetest.URL(t, engine), dir: t.TempDir(), clock: clock.NewFake(noon), sets: map[string]*keystore.Set{}}
	w.blobs = &shelf{Folder: blobs.In(filepath.Join(w.dir, "blobs"))}
	w.db = storetest.Reopen(t, w.url)
	w.makeTables(w.url)
	for _, a := range authorities {
		set, err := keystore.CreateSet(t.Context(), w.setOptions(a))
		if err != nil {
			t.Fatal(err)
		}
		w.sets[a] = set
	}
	t.Cleanup(func() { w.stop() })
	w.start()
	w.staff()
	return w
}

// makeTables makes the tests' own tables in a database, migrated or not.
func (w *world) makeTables(url string) {
	w.t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, store.Options{URL: url})
	must(w.t, err)
	defer db.Close()
	for _, q := range []string{"make-chat", "make-message", "make-entry"} {
		must(w.t, db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, chatQueries.Get(q))
			return err
		}))
	}
}

func (w *world) setOptions(authority string) keystore.Options {
	var fs keystore.FS
	if w.disk != nil {
		fs = w.disk
	}
	return keystore.Options{Authority: authority, Stores: keystoretest.Two(filepath.Join(w.dir, authority), fs), Now: w.clock.Now}
}

// start makes a vault over what is there, as a start of the program does.
func (w *world) start() {
	w.t.Helper()
	if err := w.tryStart(); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tryStart() error {
	shelf, err := notice.NewShelf(map[string][]*notice.Notice{"dvv": testNotices(), "mallila": testNotices()})
	if err != nil {
		return err
	}
	w.v, err = New(Options{
		DB: w.db, Keys: func(a string) *keystore.Set { return w.sets[a] }, Shelf: shelf,
		Keeper:   clock.NewKeeper(w.clock, w.mark, clock.Options{SteadyAtOnce: true, MaxJump: 5 * 365 * 24 * time.Hour}),
		Blobs:    w.blobs,
		Recorder: Later{}, Zone: func(string) *time.Location { return helsinki }, StockDays: 3,
		OnPush: func(p Pushed) { w.mu.Lock(); w.pushed = append(w.pushed, p); w.mu.Unlock() },
		OnEnd:  func(r Reading, reason string) { w.mu.Lock(); w.ended = append(w.ended, reason); w.mu.Unlock() },
	})
	if err != nil {
		return err
	}
	w.chats = &chats{w}
	err = errors.Join(w.v.SetRecorder(w), w.v.Bind(w.chats.binding()), w.v.Bind(auditBinding()))
	if err != nil {
		return err
	}
	w.reg, err = access.NewRegister(access.Hooks{EndReadings: w.v.EndStaffReadings, Journal: w.v.Note})
	return errors.Join(err, w.v.Start(context.Background()))
}

// stop ends the vault as a crash would, but for the key stores' locks.
func (w *world) stop() {
	if w.v != nil {
		w.v.Close()
	}
	for a, set := range w.sets {
		if set != nil {
			set.Close()
		}
		delete(w.sets, a)
	}
}

// restart is a crash and a new start.
func (w *world) restart() {
	w.t.Helper()
	w.v.Close()
	w.start()
}

// Record implements Recorder: a row in the same transaction, and like the real one a sealed one.
func (w *world) Record(ctx context.Context, tx *store.Tx, e Entry) error {
	if w.fail != nil {
		return w.fail
	}
	line := fmt.Sprintf("%s %s %s %s %s %s %s", e.Action, e.Caller.ID, e.Role, e.Purpose, e.Row, e.Outcome, e.Reason)
	id, sealed := fmt.Sprintf("e_%08d", w.seq.Add(1)), []byte(nil)
	if w.seals {
		s, err := w.v.Sealer().SealEntry(ctx, tx, EntrySeal{Authority: e.Caller.Authority, ID: id, At: time.UnixMilli(e.At),
			Plain: []byte(line), Tokens: []Value{{"actor", e.Caller.ID}, {"row", e.Row}}})
		if err != nil {
			return err
		}
		sealed = s.Sealed.Bytes()
	}
	_, err := tx.Exec(ctx, chatQueries.Get("entry-add"), e.Caller.Authority, id, line, sealed)
	return err
}

// entries are the lines recorded for an authority.
func (w *world) entries(authority string) []string {
	w.t.Helper()
	return w.texts("entries", authority)
}

func (w *world) texts(query string, args ...any) (lines []string) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) (err error) {
		lines, err = store.Select(ctx, tx, chatQueries.Get(query), func(scan func(...any) error) (line string, err error) {
			return line, scan(&line)
		}, args...)
		return err
	})
	return lines
}

func (w *world) count(query string, args ...any) (n int64) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) error {
		return tx.Row(ctx, chatQueries.Get(query), args...).Scan(&n)
	})
	return n
}

// last is the last line recorded at dvv.
func (w *world) last() string {
	w.t.Helper()
	lines := w.entries("dvv")
	if len(lines) == 0 {
		return ""
	}
	return lines[len(lines)-1]
}

func (w *world) write(fn store.Func) {
	w.t.Helper()
	if err := w.db.Write(context.Background(), fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) read(fn store.Func) {
	w.t.Helper()
	if err := w.db.Read(context.Background(), fn); err != nil {
		w.t.Fatal(err)
	}
}

// fails runs fn and wants this fault.
func (w *world) fails(code fault.Code, key string, fn store.Func) {
	w.t.Helper()
	wantFault(w.t, w.db.Write(context.Background(), fn), code, key)
}

func wantFault(t testing.TB, err error, code fault.Code, key string) {
	t.Helper()
	var e *fault.Error
	if !errors.As(err, &e) || e.Code != code || e.Key != key {
		t.Fatalf("got %v, want %s %s", err, code, key)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The callers of the tests.
var (
	adviser = access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_adviser"}
	other   = access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_other"}
	clerk   = access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_clerk"}
	foreign = access.Caller{Authority: "mallila", Kind: access.Staff, ID: "s_adviser"}
)

func subject(chat string) access.Caller {
	return access.Caller{Authority: "dvv", Kind: access.Subject, ID: chat}
}

// staff grants what the tests need.
func (w *world) staff() {
	w.write(func(ctx context.Context, tx *store.Tx) error {
		for _, g := range []access.Grant{
			{Authority: "dvv", Staff: "s_adviser", Role: access.RoleAdviser, Service: "advice"},
			{Authority: "dvv", Staff: "s_other", Role: access.RoleAdviser, Service: "advice"},
			{Authority: "dvv", Staff: "s_clerk", Role: access.RoleRegistryClerk},
			{Authority: "mallila", Staff: "s_adviser", Role: access.RoleAdviser},
		} {
			err := errors.Join(w.reg.AddStaff(ctx, tx, g.Authority, g.Staff, w.clock.Now()),
				w.reg.SetSecrecy(ctx, tx, g.Authority, g.Staff, "2026-01-01", w.clock.Now()))
			if err != nil {
				return err
			}
			if _, err := w.reg.AddGrant(ctx, tx, g); err != nil {
				return err
			}
		}
		return nil
	})
}

// day moves time to the beginning of a day in Helsinki, steadily.
func (w *world) day(day notice.Day) { w.at(day.Start(helsinki)) }

func (w *world) at(t time.Time) { w.clock.Advance(t.Sub(w.clock.Now())) }

// night does what retention does at the end of a day.
func (w *world) night() {
	w.t.Helper()
	ctx := context.Background()
	for _, a := range authorities {
		_, err := w.v.Destroy(ctx, a)
		must(w.t, err)
		_, err = w.v.Turn(ctx, a)
		must(w.t, err)
	}
}

func (w *world) states(noticeID string) string {
	w.t.Helper()
	return strings.Join(w.texts("bucket-states", "dvv", noticeID), " ")
}

// shelve gives the vault other versions of the advice notice.
func (w *world) shelve(versions ...*notice.Notice) {
	w.t.Helper()
	w.shelveThese(append(versions, guardianNotice(), auditNoticeOf())...)
}

func (w *world) shelveThese(all ...*notice.Notice) {
	w.t.Helper()
	shelf, err := notice.NewShelf(map[string][]*notice.Notice{"dvv": all, "mallila": testNotices()})
	must(w.t, err)
	w.v.o.Shelf = shelf
}
