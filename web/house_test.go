package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"luukku/channel/chat"
	"luukku/core/access"
	"luukku/core/audit"
	"luukku/core/clock"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/core/retain"
	"luukku/core/rights"
	"luukku/core/vault"
	"luukku/core/vault/blobs"
	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	ready "luukku/desk/answer"
	"luukku/desk/contact"
	"luukku/desk/file"
	"luukku/desk/printout"
	"luukku/desk/queue"
	"luukku/desk/report"
	"luukku/desk/review"
	"luukku/desk/service"
	"luukku/notices"
	"luukku/people"
	"luukku/people/oidc"
	"luukku/store"
	"luukku/store/storetest"
	"luukku/web/api"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var (
	helsinki, _ = time.LoadLocation("Europe/Helsinki")
	noon        = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) // a Monday, 12:00 in Helsinki
)

const (
	advice       = "citizens-advice"
	guardianship = "guardianship-chat"
	password     = "kolme märkää sukkaa"
)

// house is the whole program behind a real HTTP server: two authorities under the bundled notices.
type house struct {
	t      testing.TB
	clock  *clock.Fake
	db     *store.DB
	vault  *vault.Vault
	audit  *audit.Log
	people *people.People
	blobs  string // the folder of sealed files
	chat   *chat.Chat
	queue  *queue.Queue
	desk   *contact.Contacts
	server *Server
	site   *httptest.Server
	log    *syncBuffer
	secret map[string]string // code devices by username
}

// syncBuffer is a log that tests read.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// newHouse opens a house; change may alter the options of its server.
func newHouse(t testing.TB, change ...func(*Options)) *house {
	t.Helper()
	h := &house{t: t, clock: clock.NewFake(noon), db: storetest.Open(t, storetest.Names()[0]), log: &syncBuffer{}, secret: map[string]string{}, blobs: filepath.Join(t.TempDir(), "blobs")}
	sets := map[string]*keystore.Set{}
	for _, a := range []string{"dvv", "mallila"} {
		sets[a] = keystoretest.Open(t, a, h.clock.Now)
	}
	keys := func(a string) *keystore.Set { return sets[a] }
	shelf, err := readNotices()
	h.must(err)
	shelved := func() *notice.Shelf { return shelf }
	zone := func(string) *time.Location { return helsinki }
	keeper := clock.NewKeeper(h.clock, noon, clock.Options{SteadyAtOnce: true, MaxJump: 3650 * 24 * time.Hour})
	hub := NewHub()
	h.vault, err = vault.New(vault.Options{DB: h.db, Keys: keys, Keeper: keeper, Shelf: shelf, Recorder: vault.Later{}, Zone: zone, StockDays: 3,
		Blobs:  blobs.In(h.blobs),
		OnPush: func(p vault.Pushed) { h.chat.Pushed(p) }, OnEnd: func(r vault.Reading, why string) { h.chat.Ended(r, why) }})
	h.must(err)
	h.audit, err = audit.New(audit.Options{DB: h.db, Vault: h.vault, Keys: keys, Keeper: keeper, Zone: zone})
	h.must(err)
	h.must(errors.Join(h.vault.SetRecorder(h.audit), h.vault.Bind(h.audit.Binding())))
	register, err := access.NewRegister(access.Hooks{EndReadings: h.vault.EndStaffReadings, Journal: h.vault.Note})
	h.must(err)
	h.people, err = people.New(people.Options{DB: h.db, Vault: h.vault, Register: register, Recorder: h.audit, Keeper: keeper, Real: clock.Real(),
		Floor: time.Millisecond, Memory: 64, OnEnd: hub.Ended, OIDC: oidc.New(oidc.Options{Now: time.Now, Loopback: true})})
	h.must(err)
	services := service.New(h.db, keeper.Now, zone, chat.Mask)
	files := file.New(file.Rules{Citizen: file.MB, Adviser: 2 * file.MB, PerConversation: 4})
	h.queue, err = queue.New(h.db, services, keeper.Now)
	h.must(err)
	reviews, err := review.New(review.Options{DB: h.db, Vault: h.vault, Recorder: h.audit, Shelf: shelved, Services: services, Now: keeper.Now,
		Touched: h.audit.Touched, Staff: h.people.Everybody})
	h.must(err)
	prints, err := printout.New(printout.Options{DB: h.db, Vault: h.vault, Recorder: h.audit, Shelf: shelved, Now: keeper.Now, Zone: zone, Mask: chat.Mask})
	h.must(err)
	h.desk, err = contact.New(contact.Options{DB: h.db, Vault: h.vault, Shelf: shelved, Services: services, Queue: h.queue, Now: keeper.Now,
		Channels: []string{chat.Channel}, Mask: chat.Mask, Files: files, Sampled: reviews.Sampled, OnGone: reviews.Forget,
		Person: func(ctx context.Context, a, s string) (contact.Person, error) {
			card, err := h.people.Person(ctx, a, s)
			return contact.Person{Name: card.Name, Email: card.Email, UserID: card.Username}, err
		},
		OnLine: func(l contact.Line) { h.chat.Line(l) }, OnSeen: func(s contact.Seen) { h.chat.Seen(s) }, OnChange: func(c contact.Change) { h.chat.Changed(c) }})
	h.must(err)
	h.chat, err = chat.New(chat.Options{DB: h.db, Vault: h.vault, Shelf: shelved, Contacts: h.desk, Queue: h.queue, Services: services,
		Name:      func(_ context.Context, a, s string) string { return h.people.Name(a, s) },
		OnMessage: hub.Message, OnSeen: hub.Seen, OnChange: hub.Changed})
	h.must(err)
	requests, err := rights.New(rights.Options{DB: h.db, Vault: h.vault, Recorder: h.audit, Shelf: shelved, Now: keeper.Now, Zone: zone,
		Sources: []rights.Source{contact.Source(), printout.Source()}, Mask: chat.Mask, Services: service.OfNotice})
	h.must(err)
	clockwork, err := retain.New(retain.Options{DB: h.db, Vault: h.vault, Audit: h.audit, Keeper: keeper, Shelf: shelf, Zone: zone,
		Authorities: func() []string { return []string{"dvv", "mallila"} }})
	h.must(err)
	h.must(h.vault.Start(t.Context()))
	t.Cleanup(h.vault.Close)
	h.services(services)
	answers := ready.New(h.db, services, keeper.Now, chat.Mask)
	lines := ledger.New(h.audit, keeper.Now)
	h.must(errors.Join(lines.Bind(services.Book()), lines.Bind(answers.Book()), lines.Bind(h.people.FederationBook())))
	o := Options{DB: h.db, Hub: hub, Shelf: shelved, Vault: h.vault, Audit: h.audit, Keeper: keeper, Real: clock.Real(), People: h.people,
		Chat: h.chat, Queue: h.queue, Services: services, Answers: answers, Ledger: lines, Reports: report.New(h.db), Reviews: reviews, Printouts: prints, Retain: clockwork, Files: files, Rights: requests,
		Offers:      []notice.Offer{chat.Offer(), people.Offer(), audit.Offer(), review.Offer(), printout.Offer(), rights.Offer()},
		Authorities: func() []Authority { return testAuthorities() },
		KeyStores:   func(string) KeyStores { return KeyStores{Generation: 1, Warnings: []string{"keys-no-second-store"}} },
		Limits:      Limits{Conversation: 6000, Address: 60000, Starts: 6000, SignIns: 6000},
		Log:         slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, c := range change {
		c(&o)
	}
	h.server, err = New(o)
	h.must(err)
	h.serve()
	return h
}

// readNotices reads the notices of both authorities, once for all houses.
var readNotices = sync.OnceValues(func() (*notice.Shelf, error) {
	bundled, err := notices.Bundled()
	if err != nil {
		return nil, err
	}
	for _, n := range bundled {
		if n.ID == guardianship { // no bundled notice declares files
			g := n.Group("conversation")
			g.Fields = append(g.Fields, notice.Field{No: 90, ID: contact.FileField, Type: notice.TypeFile,
				Source: []notice.Source{notice.FromSubject, notice.FromStaff}, Collected: notice.DuringUse})
		}
	}
	return notice.NewShelf(map[string][]*notice.Notice{"dvv": bundled, "mallila": bundled})
})

func testAuthorities() []Authority {
	return []Authority{
		{ID: "dvv", Slug: "dvv", Names: notice.Text{FI: "Digi- ja väestötietovirasto", SV: "Myndigheten för digitalisering och befolkningsdata", EN: "Digital and Population Data Services Agency"}, Zone: helsinki},
		{ID: "mallila", Slug: "mallila", Names: notice.Text{FI: "Mallilan kunta", SV: "Mallila kommun", EN: "Municipality of Mallila"}, Zone: helsinki, Hosts: []string{"mallila.example.fi"}},
	}
}

// serve starts the HTTP server and what runs beside it.
func (h *house) serve() {
	h.site = httptest.NewServer(h.server)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); h.server.Run(ctx) }()
	h.t.Cleanup(func() {
		_ = h.server.Stop(context.Background())
		stop()
		<-done
		h.site.Close()
		_ = h.audit.Close(context.Background())
	})
}

// services are both authorities' two, open on weekdays.
func (h *house) services(all *service.Services) {
	h.must(h.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		for _, a := range []string{"dvv", "mallila"} {
			for _, id := range []string{advice, guardianship} {
				one := service.Service{ID: id, Notice: id, Name: notice.Text{FI: "fi " + id, SV: "sv " + id, EN: "en " + id},
					About: notice.Text{FI: "kuvaus", SV: "beskrivning", EN: "about"}, Languages: notice.Languages(),
					Topics: []service.Topic{{ID: "moving", Name: notice.Text{FI: "Muutto", SV: "Flytt", EN: "Moving"}}}}
				for day := time.Monday; day <= time.Friday; day++ {
					one.Hours = append(one.Hours, service.Span{Weekday: day, Opens: 8 * 60, Closes: 16 * 60})
				}
				if err := all.Put(ctx, tx, a, one); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// hire makes an account with roles in an authority; "lead:id" is one of a single service.
func (h *house) hire(authority, username string, roles ...string) string {
	h.t.Helper()
	n := people.NewAccount{Username: username, Name: "Nimi " + username, Email: username + "@example.fi", Password: password, SecrecyDay: "2026-01-02"}
	for _, role := range roles {
		role, service, _ := strings.Cut(role, ":")
		n.Grants = append(n.Grants, access.Grant{Role: role, Service: service})
		if role == access.RoleAdministrator || role == access.RoleOfficer {
			n.Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
		}
	}
	h.secret[username] = n.Secret
	made, err := h.people.Add(context.Background(), access.Caller{Authority: authority, Kind: access.Program, ID: "console"}, n)
	h.must(err)
	return made.ID
}

// browser is one person's client.
type browser struct {
	h     *house
	base  string
	http  *http.Client
	token string
	lang  string
}

func (h *house) browser(authority string) *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{h: h, base: h.site.URL + "/" + authority, lang: "en",
		http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// signedIn is a browser of a member of staff who has just been hired.
func (h *house) signedIn(authority, username string, roles ...string) *browser {
	h.t.Helper()
	h.hire(authority, username, roles...)
	return h.signIn(authority, username)
}

func (h *house) signIn(authority, username string) *browser {
	h.t.Helper()
	b := h.browser(authority)
	in := api.SignIn{Username: username, Password: password}
	if h.secret[username] != "" {
		in.TOTP = h.code(username)
	}
	var me api.Me
	b.ok(http.MethodPost, "/api/staff/sign-in", in, &me)
	return b
}

// code is what somebody's device shows now.
func (h *house) code(username string) string {
	h.t.Helper()
	code, err := people.CodeNow(h.secret[username], time.Now())
	h.must(err)
	return code
}

// reply is an answer with its body read.
type reply struct {
	status int
	header http.Header
	body   string
}

// ask sends a request; a body that is not a string is sent as JSON.
func (b *browser) ask(method, path string, in any, headers ...string) reply {
	b.h.t.Helper()
	var body io.Reader
	switch in := in.(type) {
	case nil:
	case string:
		body = strings.NewReader(in)
	default:
		text, err := json.Marshal(in)
		b.h.must(err)
		body = bytes.NewReader(text)
	}
	r, err := http.NewRequest(method, b.base+path, body)
	b.h.must(err)
	r.Header.Set("Accept-Language", b.lang)
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if b.token != "" {
		r.Header.Set("Authorization", "Bearer "+b.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	answer, err := b.http.Do(r)
	b.h.must(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	b.h.must(err)
	return reply{answer.StatusCode, answer.Header, string(text)}
}

// ok sends a request that has to succeed and reads its answer.
func (b *browser) ok(method, path string, in, out any) {
	b.h.t.Helper()
	r := b.ask(method, path, in)
	if r.status >= 300 {
		b.h.t.Fatalf("%s %s: %d %s", method, path, r.status, r.body)
	}
	if out != nil {
		b.h.must(json.Unmarshal([]byte(r.body), out))
	}
}

// fails sends a request that has to be refused with a status and a key.
func (b *browser) fails(method, path string, in any, status int, key string) api.Problem {
	b.h.t.Helper()
	r := b.ask(method, path, in)
	var p api.Problem
	if err := json.Unmarshal([]byte(r.body), &p); err != nil || r.status != status || p.Key != key {
		b.h.t.Errorf("%s %s: %d %s, want %d %s", method, path, r.status, r.body, status, key)
	}
	return p
}

// citizen starts a contact and returns the citizen's browser with its token.
func (h *house) citizen(authority, service string) (*browser, api.Started) {
	h.t.Helper()
	b := h.browser(authority)
	var started api.Started
	b.ok(http.MethodPost, "/api/chat/contacts", api.StartContact{Service: service, Lang: "fi", ClientID: clientID()}, &started)
	b.token = started.Token
	return b, started
}

var ids sync.Mutex
var lastID int

func clientID() string {
	ids.Lock()
	defer ids.Unlock()
	lastID++
	return fmt.Sprintf("client-identifier-%08d", lastID)
}
