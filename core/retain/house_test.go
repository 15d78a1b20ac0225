package retain

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/audit"
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

func TestBothEnginesUnderstandTheQueries(t *testing.T) { storetest.Prepare(t, queries) }

const dvv, mallila = "dvv", "mallila"

// The two services: two months and two years.
const (
	guardianship = "guardianship-chat/conversation"
	advice       = "citizens-advice/service_event"
)

// talk is the tests' package of sealed rows.
var talk = store.MustQueries(`
-- name: make
create table test_talk (authority text not null, id text not null, record text not null, closed_at bigint not null, sealed bytea not null, primary key (authority, id));
-- name: add
insert into test_talk (authority, id, record, closed_at, sealed) values (?, ?, ?, ?, ?);
-- name: get
select record, sealed from test_talk where authority = ? and id = ?;
-- name: closed
select closed_at from test_talk where authority = ? and id = ?;
-- name: of
select id, sealed from test_talk where authority = ? and record = ?;
-- name: drop
delete from test_talk where authority = ? and record = ?;
-- name: count
select count(*) from test_talk where authority = ?;
`)

// house is an instance of two authorities over a fake clock.
type house struct {
	t      testing.TB
	db     *store.DB
	at     *clock.Fake
	keeper *clock.Keeper
	sets   map[string]*keystore.Set
	vault  *vault.Vault
	log    *audit.Log
	work   *Clockwork
	away   atomic.Bool // the key stores of dvv
}

func houses(t *testing.T, fn func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Engines(t, func(t *testing.T, db *store.DB) { fn(t, newHouse(t, db)) })
}

func newHouse(t testing.TB, db *store.DB) *house {
	t.Helper()
	h := &house{t: t, db: db, sets: map[string]*keystore.Set{}}
	h.at = clock.NewFake(time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)) // noon in Helsinki
	h.write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, talk.Get("make"))
		return err
	})
	for _, a := range []string{dvv, mallila} {
		h.sets[a] = h.keys(a)
	}
	h.start(clock.Options{SteadyAtOnce: true, MaxJump: 20 * 365 * 24 * time.Hour})
	return h
}

// keys makes an authority's key stores, in memory: a night of the tests takes no disk's time.
func (h *house) keys(authority string) *keystore.Set {
	h.t.Helper()
	stores := keystoretest.Two(authority, keystoretest.NewDisk())
	set, err := keystore.CreateSet(context.Background(), keystore.Options{Authority: authority, Stores: stores, Now: h.at.Now})
	h.must(err)
	h.t.Cleanup(func() { h.must(set.Close()) })
	return set
}

// start opens vault, audit and clockwork over what is there, as a start of the program does.
func (h *house) start(o clock.Options) {
	h.t.Helper()
	var mark time.Time
	if h.keeper != nil {
		mark = h.keeper.Mark()
	}
	h.keeper = clock.NewKeeper(h.at, mark, o)
	keys := func(authority string) *keystore.Set {
		if authority == dvv && h.away.Load() {
			return nil
		}
		return h.sets[authority]
	}
	var err error
	h.vault, err = vault.New(vault.Options{DB: h.db, Keys: keys, Keeper: h.keeper, Shelf: shelf(h.t), Recorder: vault.Later{}, Zone: zone, StockDays: 3})
	h.must(err)
	h.t.Cleanup(h.vault.Close)
	h.log, err = audit.New(audit.Options{DB: h.db, Vault: h.vault, Keys: keys, Keeper: h.keeper, Zone: zone})
	h.must(err)
	h.must(errors.Join(h.vault.SetRecorder(h.log), h.vault.Bind(h.log.Binding()), h.vault.Bind(binding())))
	h.must(h.vault.Start(context.Background()))
	h.work, err = New(Options{DB: h.db, Vault: h.vault, Audit: h.log, Keeper: h.keeper, Shelf: shelf(h.t), Zone: zone,
		Authorities: func() []string { return []string{dvv, mallila} }, Clock: h.at, Forward: h.forward})
	h.must(err)
}

// forward is the demo's time machine.
func (h *house) forward(t time.Time) {
	h.at.Advance(t.Sub(h.at.Now()))
	h.keeper.Accept(t)
}

var helsinki, _ = time.LoadLocation("Europe/Helsinki")

func zone(string) *time.Location { return helsinki }

func shelf(t testing.TB) *notice.Shelf {
	t.Helper()
	s, err := readNotices()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// readNotices reads the bundled notices, once for all houses.
var readNotices = sync.OnceValues(func() (*notice.Shelf, error) {
	bundled, err := notices.Bundled()
	if err != nil {
		return nil, err
	}
	return notice.NewShelf(map[string][]*notice.Notice{dvv: bundled, mallila: bundled})
})

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) write(fn store.Func) {
	h.t.Helper()
	h.must(h.db.Write(context.Background(), fn))
}

func (h *house) read(fn store.Func) {
	h.t.Helper()
	h.must(h.db.Read(context.Background(), fn))
}

func cut(group string) (noticeID, groupID string) {
	for i := range group {
		if group[i] == '/' {
			return group[:i], group[i+1:]
		}
	}
	return group, ""
}

// say stores a conversation; an open one has no end yet.
func (h *house) say(authority, group, id string, open bool) {
	h.t.Helper()
	noticeID, groupID := cut(group)
	h.write(func(ctx context.Context, tx *store.Tx) error {
		record, err := h.vault.Create(ctx, tx, vault.Birth{Authority: authority, Notice: noticeID, Group: groupID, Type: "talk", Row: id, Final: !open})
		if err != nil {
			return err
		}
		w, err := h.vault.Writer(ctx, tx, authority, record)
		if err != nil {
			return err
		}
		sealed, err := w.Seal(id, []vault.Value{{Field: "text", Text: "Hei"}})
		if err != nil {
			return err
		}
		closed := h.keeper.Now().UnixMilli()
		if open {
			closed = 0
		}
		_, err = tx.Exec(ctx, talk.Get("add"), authority, id, string(record), closed, sealed.Bytes())
		return err
	})
}

// hear opens a conversation as the citizen whose it is, and returns its text.
func (h *house) hear(authority, id string) (string, error) {
	var opened *vault.Opened
	citizen := access.Caller{Authority: authority, Kind: access.Subject, ID: id}
	err := h.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		var record string
		var sealed []byte
		err := tx.Row(ctx, talk.Get("get"), authority, id).Scan(&record, &sealed)
		if err != nil {
			return err
		}
		s := vault.FromRow(authority, vault.RecordID(record), id, sealed)
		opened, err = h.vault.Open(ctx, tx, citizen, "answer", s, vault.Why{})
		return err
	})
	if err != nil {
		return "", err
	}
	text, _ := opened.Text("text")
	return text, nil
}

// opens and closed say what must be so of a conversation.
func (h *house) opens(authority, id string) {
	h.t.Helper()
	if text, err := h.hear(authority, id); err != nil || text != "Hei" {
		h.t.Errorf("%s of %s on %s: %q, %v", id, authority, h.work.today(authority), text, err)
	}
}

func (h *house) closed(authority, id string) {
	h.t.Helper()
	if text, err := h.hear(authority, id); !fault.Is(err, fault.Gone) && !fault.Is(err, fault.NotFound) {
		h.t.Errorf("%s of %s opens on %s: %q, %v", id, authority, h.work.today(authority), text, err)
	}
}

func (h *house) rows(authority string) (n int) {
	h.t.Helper()
	h.read(func(ctx context.Context, tx *store.Tx) error {
		return tx.Row(ctx, talk.Get("count"), authority).Scan(&n)
	})
	return n
}

// buckets are an authority's buckets of a notice that have not been forgotten, by state.
func (h *house) buckets(authority, group string) map[vault.State]int {
	h.t.Helper()
	states := map[vault.State]int{}
	noticeID, _ := cut(group)
	h.read(func(ctx context.Context, tx *store.Tx) error {
		all, err := h.vault.Plan(ctx, tx, authority, "2099-12-31")
		for _, b := range all {
			if b.Notice == noticeID {
				states[b.State]++
			}
		}
		return err
	})
	return states
}

// sleep lets n nights pass as they do in service: an hour of each is skipped at a time.
func (h *house) sleep(n int) (reports []DayReport) {
	h.t.Helper()
	for range n {
		h.at.Advance(24 * time.Hour)
		for _, a := range []string{dvv, mallila} {
			r, err := h.work.Run(context.Background(), a)
			h.must(err)
			reports = append(reports, r...)
		}
	}
	return reports
}

func binding() vault.Binding {
	return vault.Binding{
		Type:   "talk",
		Groups: func(n *notice.Notice) []string { return nil },
		Relate: func(_ context.Context, _ *store.Tx, c access.Caller, row string) (access.Relation, string, error) {
			if c.Kind == access.Subject && c.ID == row {
				return access.Own, "", nil
			}
			return access.Unrelated, "", nil
		},
		Find: func(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) ([]vault.Sealed, error) {
			return store.Select(ctx, tx, talk.Get("of"), func(scan func(...any) error) (vault.Sealed, error) {
				var id string
				var sealed []byte
				err := scan(&id, &sealed)
				return vault.FromRow(authority, record, id, sealed), err
			}, authority, string(record))
		},
		Export: func(context.Context, *store.Tx, string, string) ([]vault.Value, error) { return nil, nil },
		Move:   stillOpen,
		Erase:  func(context.Context, *store.Tx, string, []vault.RecordID) error { return nil },
		Reclaim: func(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID, _ int) (n int64, err error) {
			for _, r := range records {
				rows, err := tx.Exec(ctx, talk.Get("drop"), authority, string(r))
				if err != nil {
					return n, err
				}
				n += rows
			}
			return n, nil
		},
	}
}

// stillOpen names the conversations that have no end yet: their time counts from now.
func stillOpen(ctx context.Context, tx *store.Tx, authority string, rows []string, now time.Time) (map[string]time.Time, error) {
	open := map[string]time.Time{}
	for _, id := range rows {
		var closed int64
		if err := tx.Row(ctx, talk.Get("closed"), authority, id).Scan(&closed); err != nil {
			return nil, err
		}
		if closed == 0 {
			open[id] = now
		}
	}
	return open, nil
}
