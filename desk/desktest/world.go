// Package desktest gives the tests of the desk and of the channels a small instance that is real
// from the database to the vault: two authorities under the bundled notices, a clock that the test
// moves, key stores in memory, and staff who may advise.
package desktest

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/audit"
	"luukku/core/clock"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/core/rights"
	"luukku/core/vault"
	"luukku/core/vault/blobs"
	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/desk/address"
	"luukku/desk/contact"
	"luukku/desk/file"
	"luukku/desk/outbox"
	"luukku/desk/printout"
	"luukku/desk/queue"
	"luukku/desk/review"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/notices"
	"luukku/store"
	"luukku/store/storetest"
)

// The two services that the tests run, each under its bundled notice.
const (
	Advice       = "citizens-advice"
	Guardianship = "guardianship-chat"
)

// The callers of the tests, all of the authority dvv but Foreign.
var (
	Aino    = access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_aino"}   // adviser of every service
	Bertil  = access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_bertil"} // adviser of citizens' advice
	Lea     = access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_lea"}    // lead of every service
	Rita    = access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_rita"}   // quality reviewer of every service
	Clerk   = access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_clerk"}  // registry clerk
	Nobody  = access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_nobody"} // an account without grants
	Foreign = access.Caller{Authority: "mallila", Kind: access.Staff, ID: "s_aino"}
)

// World is one instance. Its functions fail the test when something goes wrong.
type World struct {
	T         testing.TB
	DB        *store.DB
	Clock     *clock.Fake
	Vault     *vault.Vault
	Services  *service.Services
	Queue     *queue.Queue
	Contacts  *contact.Contacts
	Outbox    *outbox.Outbox
	Reviews   *review.Reviews
	Printouts *printout.Printouts
	Register  *access.Register
	Rights    *rights.Rights
	Shelf     *notice.Shelf
	Blobs     string // the folder of sealed files
	Scanner   file.Scanner

	// What chat is given; a test that makes a chat sets them.
	OnPush   func(vault.Pushed)
	OnEnd    func(vault.Reading, string)
	OnLine   func(contact.Line)
	OnSeen   func(contact.Seen)
	OnChange func(contact.Change)
	OnMailed func(contact string)
	Mask     func(string) (string, int) // nil hides the word "HETU"

	mu      sync.Mutex
	entries []vault.Entry
	sets    map[string]*keystore.Set
}

// Noon is when the tests begin: a Monday at 12:00 in Helsinki.
var Noon = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

var helsinki, _ = time.LoadLocation("Europe/Helsinki")

func zone(string) *time.Location { return helsinki }

// Worlds runs fn in a fresh world on each engine.
func Worlds(t *testing.T, fn func(t *testing.T, w *World)) {
	t.Helper()
	for _, engine := range storetest.Names() {
		t.Run(engine, func(t *testing.T) { fn(t, New(t, storetest.Open(t, engine))) })
	}
}

// New makes a world in an empty, migrated database.
func New(t testing.TB, db *store.DB) *World {
	t.Helper()
	w := &World{T: t, DB: db, Clock: clock.NewFake(Noon), sets: map[string]*keystore.Set{}}
	w.Blobs = filepath.Join(t.TempDir(), "blobs")
	shelf, err := readNotices()
	w.must(err)
	w.Shelf = shelf
	for _, a := range []string{"dvv", "mallila"} {
		options := keystore.Options{Authority: a, Now: w.Clock.Now, Stores: keystoretest.Two(t.TempDir(), nil)}
		set, err := keystore.CreateSet(t.Context(), options)
		w.must(err)
		w.sets[a] = set
		t.Cleanup(func() { set.Close() })
	}
	w.must(w.build())
	w.must(w.Vault.Start(t.Context()))
	t.Cleanup(w.Vault.Close)
	w.Write(w.staff)
	w.Write(w.services)
	return w
}

// readNotices reads the notices of both authorities, once for all worlds.
var readNotices = sync.OnceValues(func() (*notice.Shelf, error) {
	bundled, err := notices.Bundled()
	if err != nil {
		return nil, err
	}
	for _, n := range bundled {
		if n.ID == Guardianship { // no bundled notice declares files
			g := n.Group("conversation")
			g.Fields = append(g.Fields, notice.Field{No: 90, ID: contact.FileField, Type: notice.TypeFile,
				Source: []notice.Source{notice.FromSubject, notice.FromStaff}, Collected: notice.DuringUse})
		}
	}
	return notice.NewShelf(map[string][]*notice.Notice{"dvv": bundled, "mallila": bundled})
})

func (w *World) build() (err error) {
	keeper := clock.NewKeeper(w.Clock, Noon, clock.Options{SteadyAtOnce: true, MaxJump: 3650 * 24 * time.Hour})
	w.Vault, err = vault.New(vault.Options{
		DB: w.DB, Keeper: keeper, Shelf: w.Shelf, Blobs: blobs.In(w.Blobs), Recorder: w, Zone: zone, StockDays: 3,
		Keys:   func(a string) *keystore.Set { return w.sets[a] },
		OnPush: func(p vault.Pushed) { call(w.OnPush, p) },
		OnEnd: func(r vault.Reading, reason string) {
			if w.OnEnd != nil {
				w.OnEnd(r, reason)
			}
		},
	})
	if err != nil {
		return err
	}
	w.Services = service.New(w.DB, w.Clock.Now, zone, w.mask)
	if w.Queue, err = queue.New(w.DB, w.Services, w.Clock.Now); err != nil {
		return err
	}
	w.Reviews, err = review.New(review.Options{DB: w.DB, Vault: w.Vault, Recorder: w, Shelf: func() *notice.Shelf { return w.Shelf },
		Services: w.Services, Now: w.Clock.Now, Touched: w.touched, Staff: staffNames})
	if err != nil {
		return err
	}
	w.Printouts, err = printout.New(printout.Options{DB: w.DB, Vault: w.Vault, Recorder: w, Shelf: func() *notice.Shelf { return w.Shelf },
		Now: w.Clock.Now, Zone: zone, Mask: w.mask})
	if err != nil {
		return err
	}
	w.Contacts, err = contact.New(contact.Options{
		DB: w.DB, Vault: w.Vault, Shelf: func() *notice.Shelf { return w.Shelf }, Services: w.Services, Queue: w.Queue,
		Now: w.Clock.Now, Channels: []string{"chat"}, Mask: w.mask, Person: Person, Sampled: w.Reviews.Sampled, OnGone: w.gone,
		Files:    file.New(file.Rules{PerConversation: 3, Scanner: scanner{w}}),
		OnLine:   func(l contact.Line) { call(w.OnLine, l) },
		OnSeen:   func(s contact.Seen) { call(w.OnSeen, s) },
		OnChange: func(c contact.Change) { call(w.OnChange, c) },
	})
	if err != nil {
		return err
	}
	w.Outbox, err = outbox.New(outbox.Options{DB: w.DB, Vault: w.Vault, Shelf: func() *notice.Shelf { return w.Shelf },
		Now: w.Clock.Now, Zone: zone, OnDone: func(authority, id string) { call(w.OnMailed, id) },
		Told: func(ctx context.Context, tx *store.Tx, authority, request string, sent bool) error {
			return w.Rights.Told(ctx, tx, authority, request, sent)
		}})
	if err != nil {
		return err
	}
	w.Rights, err = rights.New(rights.Options{DB: w.DB, Vault: w.Vault, Recorder: w, Shelf: func() *notice.Shelf { return w.Shelf },
		Now: w.Clock.Now, Zone: zone, Sources: []rights.Source{contact.Source(), printout.Source()}, Mask: w.mask, Services: service.OfNotice, Mail: w.mailAbout})
	if err != nil {
		return err
	}
	w.Register, err = access.NewRegister(access.Hooks{EndReadings: w.Vault.EndStaffReadings, Journal: w.Vault.Note})
	return err
}

// gone ends what refers to a contact whose conversation ends.
func (w *World) gone(ctx context.Context, tx *store.Tx, authority, contact string) error {
	return errors.Join(w.Reviews.Forget(ctx, tx, authority, contact), w.Printouts.Forget(ctx, tx, authority, contact))
}

// mailAbout orders a mail about a request, as the program does.
func (w *World) mailAbout(ctx context.Context, tx *store.Tx, q rights.Request, to string) (bool, error) {
	if _, err := address.Read(to); err != nil {
		return false, nil
	}
	return true, w.Outbox.Tell(ctx, tx, q.Authority, q.ID, q.Lang, "example.fi")
}

// scanner is the one that a test has given, or none.
type scanner struct{ w *World }

// Scan implements file.Scanner.
func (s scanner) Scan(ctx context.Context, src io.Reader) error {
	if s.w.Scanner == nil {
		return nil
	}
	return s.w.Scanner.Scan(ctx, src)
}

func call[T any](fn func(T), v T) {
	if fn != nil {
		fn(v)
	}
}

// mask stands for the channel's own unless the test gives that.
func (w *World) mask(text string) (string, int) {
	if w.Mask != nil {
		return w.Mask(text)
	}
	return strings.ReplaceAll(text, "HETU", "••••"), strings.Count(text, "HETU")
}

// Person is how the staff of the tests sign: "s_aino" as "Aino".
func Person(_ context.Context, _, staff string) (contact.Person, error) {
	name := strings.TrimPrefix(staff, "s_")
	return contact.Person{Name: strings.ToUpper(name[:1]) + name[1:], Email: name + "@example.fi", UserID: "u-" + name}, nil
}

// staffNames are the names of Person's staff.
func staffNames(context.Context, string) ([]string, error) {
	return []string{"Aino", "Bertil", "Lea"}, nil
}

// touched looks in the entries of the test, as the audit looks in its own.
func (w *World) touched(_ context.Context, _ *store.Tx, authority, staff string, of []audit.Touch) (map[string]bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := map[string]bool{}
	for _, one := range of {
		for _, e := range w.entries {
			if e.Caller.Authority == authority && e.Caller.ID == staff && e.Row == one.Contact {
				out[one.Contact] = true
			}
		}
	}
	return out, nil
}

// staff writes the grants of the callers above.
func (w *World) staff(ctx context.Context, tx *store.Tx) error {
	now := w.Clock.Now()
	for _, g := range []access.Grant{
		{Authority: "dvv", Staff: Aino.ID, Role: access.RoleAdviser},
		{Authority: "dvv", Staff: Bertil.ID, Role: access.RoleAdviser, Service: Advice},
		{Authority: "dvv", Staff: Lea.ID, Role: access.RoleLead},
		{Authority: "dvv", Staff: Rita.ID, Role: access.RoleReviewer},
		{Authority: "dvv", Staff: Clerk.ID, Role: access.RoleRegistryClerk},
		{Authority: "dvv", Staff: Nobody.ID},
		{Authority: "mallila", Staff: Foreign.ID, Role: access.RoleAdviser},
	} {
		err := errors.Join(w.Register.AddStaff(ctx, tx, g.Authority, g.Staff, now),
			w.Register.SetSecrecy(ctx, tx, g.Authority, g.Staff, "2026-01-02", now))
		if err == nil && g.Role != "" {
			_, err = w.Register.AddGrant(ctx, tx, g)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// services writes the two services of both authorities, open on weekdays from 8 to 16 and a little.
func (w *World) services(ctx context.Context, tx *store.Tx) error {
	for _, a := range []string{"dvv", "mallila"} {
		for _, id := range []string{Advice, Guardianship} {
			s := service.Service{ID: id, Notice: id, Name: Text(id), About: Text(id), Languages: notice.Languages(),
				Topics: []service.Topic{{ID: "moving", Name: Text("Muutto")}, {ID: "permit", Name: Text("Lupa")}}}
			for day := time.Monday; day <= time.Friday; day++ {
				s.Hours = append(s.Hours, service.Span{Weekday: day, Opens: 8 * 60, Closes: 16*60 + 15})
			}
			if err := w.Services.Put(ctx, tx, a, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// Text is the same words in three languages.
func Text(s string) notice.Text { return notice.Text{FI: s, SV: s, EN: s} }

// Pen changes a setting of an authority, whatever its version is.
func (w *World) Pen(authority string) ledger.Pen {
	return ledger.New(w, w.Clock.Now).Pen(access.Caller{Authority: authority, Kind: access.Program, ID: "test"}, ledger.Unread)
}

// Record implements vault.Recorder: it remembers.
func (w *World) Record(_ context.Context, tx *store.Tx, e vault.Entry) error {
	tx.OnCommit(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.entries = append(w.entries, e)
	})
	return nil
}

// Entries are the audit's entries about a contact, as "action caller purpose outcome".
func (w *World) Entries(contact string) (out []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, e := range w.entries {
		if e.Row == contact || contact == "" {
			out = append(out, strings.Join([]string{string(e.Action), e.Caller.ID, e.Purpose, e.Outcome}, " "))
		}
	}
	return out
}

// Write runs fn in a transaction.
func (w *World) Write(fn store.Func) {
	w.T.Helper()
	w.must(w.DB.Write(context.Background(), fn))
}

// Read runs fn in a snapshot.
func (w *World) Read(fn store.Func) {
	w.T.Helper()
	w.must(w.DB.Read(context.Background(), fn))
}

func (w *World) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Start begins a contact in Finnish.
func (w *World) Start(service string, fields map[string]string) (contact.Contact, contact.Citizen) {
	w.T.Helper()
	begun, err := w.Contacts.Start(context.Background(), contact.Beginning{Authority: "dvv", Service: service, Lang: "fi",
		ClientID: ClientID(), Fields: fields})
	w.must(err)
	return begun.Contact, contact.Claim("dvv", begun.Contact.ID, begun.Token)
}

// Taken begins a contact that Aino has taken.
func (w *World) Taken(service string) (contact.Contact, contact.Citizen) {
	w.T.Helper()
	of, who := w.Start(service, nil)
	taken, err := w.Contacts.Take(context.Background(), Aino, of.ID)
	w.must(err)
	return taken.Contact, who
}

// Load reads a contact as it is now.
func (w *World) Load(id string) (of contact.Contact) {
	w.T.Helper()
	w.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		of, err = contact.Load(ctx, tx, "dvv", id)
		return err
	})
	return of
}

// Events are the codes of a contact's events and the kinds of its other lines, in their order; the
// numbers are checked to have no gap.
func (w *World) Events(id string) string {
	w.T.Helper()
	var out []string
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		of, err := contact.Load(ctx, tx, "dvv", id)
		if err != nil {
			return err
		}
		lines, err := contact.Lines(ctx, tx, of, 0, 1000)
		for i, l := range lines {
			if l.Line.N != int64(i+1) {
				w.T.Errorf("line %d has the number %d", i+1, l.Line.N)
			}
			out = append(out, map[bool]string{true: l.Line.Event, false: string(l.Line.Kind)}[l.Line.Event != ""])
		}
		if int64(len(lines)) != of.Seq {
			w.T.Errorf("%d lines, but the newest is %d", len(lines), of.Seq)
		}
		return err
	})
	return strings.Join(out, " ")
}

// Fails wants a fault with this code and key.
func Fails(t testing.TB, err error, code fault.Code, key string) {
	t.Helper()
	if fault.CodeOf(err) != code || fault.Of(err).Key != key {
		t.Errorf("got %v, want %s %s", err, code, key)
	}
}

// ClientID is a random id as a client makes it.
func ClientID() string { return store.NewID("") }
