package audit

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/clock"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/notices"
	"luukku/store"
)

// house is an authority with a real vault, real key stores and the bundled notices.
type house struct {
	t     testing.TB
	db    *store.DB
	at    *clock.Fake
	log   *Log
	vault *vault.Vault
	set   *keystore.Set
}

func newHouse(t testing.TB, db *store.DB) *house {
	t.Helper()
	h := &house{t: t, db: db, at: testClock()}
	keeper := clock.NewKeeper(h.at, time.Time{}, clock.Options{SteadyAtOnce: true, MaxJump: 100 * 365 * 24 * time.Hour})
	h.set = keystoretest.Open(t, dvv, keeper.Now)
	keys := func(authority string) *keystore.Set {
		if authority != dvv {
			return nil
		}
		return h.set
	}
	zone := func(string) *time.Location { return helsinki(t) }
	var err error
	h.vault, err = vault.New(vault.Options{DB: db, Keys: keys, Keeper: keeper, Shelf: shelf(t), Recorder: vault.Later{}, Zone: zone, StockDays: 3})
	h.must(err)
	t.Cleanup(h.vault.Close)
	h.log, err = New(Options{DB: db, Vault: h.vault, Keys: keys, Keeper: keeper, Zone: zone, Node: "n_1"})
	h.must(err)
	h.must(h.vault.SetRecorder(h.log))
	h.must(h.vault.Bind(h.log.Binding()))
	h.must(h.vault.Start(context.Background()))
	return h
}

func helsinki(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

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
	return notice.NewShelf(map[string][]*notice.Notice{dvv: bundled})
})

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// staff makes a member of staff with one role in every service.
func (h *house) staff(id string, role access.Role) access.Caller {
	h.t.Helper()
	register, err := access.NewRegister(access.Hooks{EndReadings: h.vault.EndStaffReadings, Journal: h.vault.Note})
	h.must(err)
	now := h.log.keeper.Now()
	h.must(h.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		if err := register.AddStaff(ctx, tx, dvv, id, now); err != nil {
			return err
		}
		if err := register.SetSecrecy(ctx, tx, dvv, id, "2026-11-01", now); err != nil {
			return err
		}
		_, err := register.AddGrant(ctx, tx, access.Grant{Authority: dvv, Staff: id, Role: role, From: now.UnixMilli()})
		return err
	}))
	return access.Caller{Authority: dvv, Kind: access.Staff, ID: id, Session: "i_" + id}
}

// act is an entry as the vault would record it.
func (h *house) act(staff, contact string) vault.Entry {
	return vault.Entry{
		At:     h.log.keeper.Now().UnixMilli(),
		Caller: access.Caller{Authority: dvv, Kind: access.Staff, ID: staff, Session: "i_" + staff},
		Role:   access.RoleAdviser, Purpose: "answer", Action: vault.ActionReadingBegin, Notice: "citizens-advice",
		Group: "service_event", Type: "contact", Row: contact, Records: []vault.RecordID{"r_1"}, Outcome: vault.OutcomeAllowed,
	}
}

func (h *house) record(entries ...vault.Entry) {
	h.t.Helper()
	h.must(h.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		for _, e := range entries {
			if err := h.log.Record(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	}))
}

// work records n acts of two advisers on three contacts, and numbers them.
func (h *house) work(n int) {
	h.t.Helper()
	entries := make([]vault.Entry, n)
	for i := range entries {
		entries[i] = h.act(fmt.Sprint("s_", i%2), fmt.Sprint("c_", i%3))
	}
	h.record(entries...)
	h.must(h.log.Beat(context.Background()))
}

// night lets the present day end as retention does.
func (h *house) night() {
	h.t.Helper()
	ctx := context.Background()
	h.must(h.log.Beat(ctx)) // what has no number is not reclaimed
	end := h.log.today(dvv).End(helsinki(h.t))
	h.at.Advance(end.Sub(h.at.Now()) + time.Second)
	_, err := h.vault.Destroy(ctx, dvv)
	h.must(err)
	_, err = h.vault.Turn(ctx, dvv)
	h.must(err)
	_, err = h.vault.Reclaim(ctx, dvv, 0)
	h.must(err)
}

func (h *house) verify() Report {
	h.t.Helper()
	report, err := h.log.Verify(context.Background(), dvv)
	h.must(err)
	return report
}
