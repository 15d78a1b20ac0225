package web

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"luukku/core/access"
	"luukku/web/api"
)

// talk is a citizen and an adviser who are connected, with the contact taken.
func (h *house) talk() (citizen, adviser *wire, who, desk *browser, contact string) {
	h.t.Helper()
	desk = h.signedIn("dvv", "aino", access.RoleAdviser)
	desk.ok(http.MethodPost, "/api/desk/presence", api.Presence{State: "present"}, nil)
	adviser = desk.connect(api.ConnectStaff{})
	who, started := h.citizen("dvv", guardianship)
	citizen = who.asCitizen(started.Contact, 0)
	desk.ok(http.MethodPost, "/api/desk/contacts/"+started.Contact+"/take", nil, nil)
	desk.ok(http.MethodGet, "/api/desk/contacts/"+started.Contact, nil, nil)
	return citizen, adviser, who, desk, started.Contact
}

func TestConversationBySocket(t *testing.T) {
	h := newHouse(t)
	citizen, adviser, _, _, id := h.talk()
	if citizen.first.State == nil || citizen.first.State.Status != "waiting" || citizen.first.State.Position != 1 || adviser.first.Board == nil {
		t.Fatalf("%+v %+v", citizen.first, adviser.first)
	}
	state := citizen.wants("the state after taking", func(p api.Push) bool { return p.T == "state" && p.State.Status == "active" })
	if state.State.Adviser == nil || state.State.Adviser.Name != "Nimi aino" {
		t.Errorf("%s", mustJSON(state))
	}
	adviser.wants("a board with the contact", func(p api.Push) bool {
		return p.T == "board" && len(p.Board.Mine) == 1 && p.Board.Mine[0].Contact == id
	})
	var posted api.Posted
	if key := citizen.call("post", api.Call{ClientID: clientID(), Text: "Päivää", Lang: "fi"}, &posted); key != "" {
		t.Fatal(key)
	}
	if p := adviser.wantsText("Päivää"); p.Message.N != posted.N || p.Contact != id || p.Message.From != "citizen" {
		t.Errorf("%s", mustJSON(p))
	}
	if key := adviser.call("post", api.Call{Contact: id, ClientID: clientID(), Text: "Hei!", Lang: "fi", Kind: "reply"}, &posted); key != "" {
		t.Fatal(key)
	}
	if p := citizen.wantsText("Hei!"); p.Message.N != posted.N || p.Message.Name != "Nimi aino" {
		t.Errorf("%s", mustJSON(p))
	}
	adviser.call("post", api.Call{Contact: id, ClientID: clientID(), Text: "muistiinpano", Lang: "fi", Kind: "note"}, &posted)
	adviser.wantsText("muistiinpano")
	citizen.call("typing", api.Call{}, nil)
	adviser.wants("typing", func(p api.Push) bool { return p.T == "typing" && p.Contact == id && p.Who == "citizen" })
	adviser.call("typing", api.Call{Contact: id}, nil)
	citizen.wants("typing", func(p api.Push) bool { return p.T == "typing" && p.Who == "adviser" })
	citizen.call("seen", api.Call{N: posted.N}, nil)
	adviser.wants("seen", func(p api.Push) bool { return p.T == "seen" && p.By == "citizen" && p.N == posted.N })
	adviser.call("delivered", api.Call{Contact: id, N: posted.N}, nil)
	citizen.wants("delivered", func(p api.Push) bool { return p.T == "delivered" && p.By == "adviser" && p.N == posted.N })
	if citizen.has("muistiinpano") {
		t.Error("the citizen got an internal note")
	}
}

func TestSocketResumesAfterABrokenLine(t *testing.T) {
	h := newHouse(t)
	citizen, adviser, who, desk, id := h.talk()
	var posted api.Posted
	citizen.call("post", api.Call{ClientID: clientID(), Text: "yksi", Lang: "fi"}, &posted)
	citizen.conn.CloseNow()
	adviser.call("post", api.Call{Contact: id, ClientID: clientID(), Text: "kaksi", Lang: "fi", Kind: "reply"}, nil)
	adviser.call("post", api.Call{Contact: id, ClientID: clientID(), Text: "kolme", Lang: "fi", Kind: "reply"}, nil)
	again := who.asCitizen(id, posted.N)
	var texts []string
	for _, m := range again.first.Messages {
		if m.N <= posted.N {
			t.Errorf("%d came again", m.N)
		}
		if m.Text != "" {
			texts = append(texts, m.Text)
		}
	}
	if !slices.Equal(texts, []string{"kaksi", "kolme"}) || again.first.Last < posted.N+2 {
		t.Errorf("%v, last %d", texts, again.first.Last)
	}
	adviser.conn.CloseNow()
	again.call("post", api.Call{ClientID: clientID(), Text: "neljä", Lang: "fi"}, nil)
	back := desk.connect(api.ConnectStaff{After: map[string]int64{id: posted.N + 2, "c_unknown": 3}})
	if !hasText(back.first.Messages, "neljä") || hasText(back.first.Messages, "kaksi") {
		t.Errorf("%s", mustJSON(back.first.Messages))
	}
}

// Every message of a burst comes once and in order, whoever posts at the same time.
func TestNothingIsLostOrDoubledInABurst(t *testing.T) {
	h := newHouse(t)
	citizen, adviser, who, _, id := h.talk()
	var all sync.WaitGroup
	const each = 40
	all.Go(func() {
		for range each {
			citizen.call("post", api.Call{ClientID: clientID(), Text: "a", Lang: "fi"}, nil)
		}
	})
	all.Go(func() {
		for range each {
			who.ok(http.MethodPost, "/api/chat/contacts/"+id+"/messages", api.Write{ClientID: clientID(), Text: "b", Lang: "fi"}, nil)
		}
	})
	all.Wait()
	got := func() map[int64]int {
		adviser.mu.Lock()
		defer adviser.mu.Unlock()
		seen := map[int64]int{}
		for _, p := range adviser.pushes {
			if p.T == "message" && (p.Message.Text == "a" || p.Message.Text == "b") {
				seen[p.Message.N]++
			}
		}
		return seen
	}
	within(func() bool { return len(got()) == 2*each })
	seen := got()
	for n, times := range seen {
		if times != 1 {
			t.Errorf("message %d came %d times", n, times)
		}
	}
	if len(seen) != 2*each {
		t.Errorf("%d of %d came", len(seen), 2*each)
	}
}

// One token opens a handful of pages, not thousands of sockets.
func TestSocketsOfOneContactAreLimited(t *testing.T) {
	h := newHouse(t)
	who, started := h.citizen("dvv", advice)
	for range perContact {
		who.asCitizen(started.Contact, 0)
	}
	if code := who.asCitizen(started.Contact, 0).code(); code != 4004 {
		t.Errorf("ended with %d", code)
	}
	other, second := h.citizen("dvv", advice)
	other.asCitizen(second.Contact, 0)
}

func TestSocketRefusesWhomItDoesNotKnow(t *testing.T) {
	h := newHouse(t)
	desk := h.signedIn("dvv", "aino", access.RoleAdviser)
	who, started := h.citizen("dvv", advice)
	for name, data := range map[string]api.ConnectCitizen{
		"wrong token":     {Contact: started.Contact, Token: "x" + who.token},
		"unknown contact": {Contact: "c_00000000000000000000000000", Token: who.token},
		"malformed":       {Contact: "../x", Token: who.token},
	} {
		if code := h.browser("dvv").connect(data).code(); code != 4504 {
			t.Errorf("%s: ended with %d", name, code)
		}
	}
	far := h.browser("mallila")
	far.token = who.token
	if code := far.asCitizen(started.Contact, 0).code(); code != 4504 {
		t.Errorf("another authority's: ended with %d", code)
	}
	if code := h.browser("dvv").connect(api.ConnectStaff{}).code(); code != 4501 {
		t.Errorf("without a sign-in: ended with %d", code)
	}
	for _, origin := range []string{"https://evil.example", "null", "-"} {
		if _, r, err := desk.dial(origin); err == nil || r == nil || r.StatusCode != http.StatusForbidden {
			t.Errorf("origin %q with a cookie: %v", origin, err)
		}
	}
	if _, r, err := h.browser("dvv").dial("https://evil.example"); err == nil || r.StatusCode != http.StatusForbidden {
		t.Errorf("another site's page: %v", err)
	}
	conn, _, err := h.browser("dvv").dial("-")
	h.must(err) // a program without a cookie may come; it still needs a token
	conn.CloseNow()
}

func TestSocketEndsWithItsSignIn(t *testing.T) {
	h := newHouse(t)
	admin := h.signedIn("dvv", "pirkko", access.RoleAdministrator)
	var list api.StaffList
	for _, c := range []struct {
		name string
		end  func(b *browser, id string)
		code websocket.StatusCode
	}{
		{"signing out", func(b *browser, _ string) { b.ok(http.MethodPost, "/api/staff/sign-out", nil, nil) }, 4501},
		{"signing out everywhere", func(b *browser, _ string) { b.ok(http.MethodPost, "/api/staff/sign-out-everywhere", nil, nil) }, 4501},
		{"a disabled account", func(_ *browser, id string) {
			admin.ok(http.MethodPost, "/api/admin/staff/"+id+"/disable", api.WithReason{Reason: "lähti"}, nil)
		}, 4501},
		{"a withdrawn role", func(_ *browser, id string) {
			admin.ok(http.MethodGet, "/api/admin/staff", nil, &list)
			for _, one := range list.Staff {
				if one.ID == id {
					admin.ok(http.MethodDelete, "/api/admin/staff/"+id+"/grants/"+one.Grants[0].ID, nil, nil)
				}
			}
		}, 4001},
	} {
		username := strings.ReplaceAll(c.name, " ", "-")
		id := h.hire("dvv", username, access.RoleAdviser)
		b := h.signIn("dvv", username)
		w := b.connect(api.ConnectStaff{})
		c.end(b, id)
		if code := w.code(); code != c.code {
			t.Errorf("%s: ended with %d", c.name, code)
		}
	}
}

// Whoever signs out leaves nobody waiting for them, unless they are connected elsewhere.
func TestSigningOutGivesContactsBack(t *testing.T) {
	h := newHouse(t)
	citizen, _, _, desk, id := h.talk()
	second := h.signIn("dvv", "aino")
	elsewhere := second.connect(api.ConnectStaff{})
	desk.ok(http.MethodPost, "/api/staff/sign-out", nil, nil)
	if key := elsewhere.call("post", api.Call{Contact: id, ClientID: clientID(), Text: "Vielä täällä", Lang: "fi", Kind: "reply"}, nil); key != "" {
		t.Fatal(key)
	}
	citizen.wantsText("Vielä täällä")
	second.ok(http.MethodPost, "/api/staff/sign-out-everywhere", nil, nil)
	citizen.wants("its place in the queue", func(p api.Push) bool {
		return p.T == "state" && p.State.Status == "waiting" && p.State.Position == 1
	})
	h.hire("dvv", "bertta", access.RoleAdviser)
	var board api.Board
	h.signIn("dvv", "bertta").ok(http.MethodGet, "/api/desk/board", nil, &board)
	if len(board.Advisers) != 1 || board.Advisers[0].Presence != "gone" || !waits(board, id) {
		t.Errorf("%+v", board)
	}
}

// A page that says that it closes speaks for itself only: another one of the same citizen goes on.
func TestAClosingPageDoesNotSpeakForAnother(t *testing.T) {
	h := newHouse(t)
	citizen, started := h.citizen("dvv", advice)
	citizen.asCitizen(started.Contact, 0)
	who := h.chat.Citizen("dvv", started.Contact, citizen.token)
	present := func() bool {
		t.Helper()
		of, err := h.chat.CheckCitizen(t.Context(), who)
		h.must(err)
		return of.CitizenPresent
	}
	citizen.ok(http.MethodPost, "/api/chat/contacts/"+started.Contact+"/leave", nil, nil)
	if present() {
		t.Error("what the page says is not noted")
	}
	h.server.settlePresence(t.Context(), party{"dvv", started.Contact}, who)
	if !present() {
		t.Error("a connected citizen counts as gone")
	}
	h.server.settlePresence(t.Context(), party{"dvv", "c_none"}, who)
	if present() {
		t.Error("a citizen without a connection counts as there")
	}
}

// Whoever has no socket is there as long as their page asks.
func TestWhoAsksIsThere(t *testing.T) {
	h := newHouse(t)
	citizen, started := h.citizen("dvv", advice)
	at := "/api/chat/contacts/" + started.Contact
	citizen.ok(http.MethodPost, at+"/leave", nil, nil)
	citizen.ok(http.MethodGet, at, nil, nil)
	of, err := h.chat.CheckCitizen(t.Context(), h.chat.Citizen("dvv", started.Contact, citizen.token))
	if err != nil || !of.CitizenPresent || of.CitizenLeftAt != 0 {
		t.Errorf("%+v, %v", of, err)
	}
}

// A state that could not be fetched because the database was away is told when it is back.
func TestAStateThatCouldNotBeFetchedIsToldLater(t *testing.T) {
	h := newHouse(t)
	_, _, _, _, id := h.talk()
	due := &schedule{states: map[party]time.Time{}, board: map[*conn]time.Time{}, lead: map[*conn]time.Time{}, places: map[line]time.Time{}}
	d := newDirt()
	d.states[party{"dvv", id}] = true
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if wait := h.server.tell(gone, due, d); wait > againEvery || len(due.states) != 1 {
		t.Errorf("again in %s: %v", wait, due.states)
	}
	due.states[party{"dvv", id}] = time.Now()
	if h.server.tell(t.Context(), due, newDirt()); len(due.states) != 0 {
		t.Errorf("told, and yet due: %v", due.states)
	}
}

func TestWhoPassedAContactOnSeesNoMoreOfIt(t *testing.T) { // S4-18
	h := newHouse(t)
	citizen, adviser, _, desk, id := h.talk()
	second, next, to := h.colleague(desk)
	desk.ok(http.MethodPost, "/api/desk/contacts/"+id+"/pass", api.Pass{ToAdviser: to, Note: "jatkatko tästä"}, nil)
	adviser.wants("word that it was passed", func(p api.Push) bool { return p.T == "notice" && p.Notice == "contact_passed" && p.Contact == id })
	second.ok(http.MethodGet, "/api/desk/contacts/"+id, nil, nil)
	citizen.call("post", api.Call{ClientID: clientID(), Text: "kuka siellä", Lang: "fi"}, nil)
	next.wantsText("kuka siellä")
	if adviser.has("kuka siellä") {
		t.Error("the former adviser still gets messages")
	}
	if key := adviser.call("history", api.Call{Contact: id}, nil); key == "" {
		t.Error("the former adviser still reads")
	}
	desk.fails(http.MethodGet, "/api/desk/contacts/"+id, nil, http.StatusForbidden, "not-allowed")
}

// A client that does not read is cut off by its bounded queue; it resumes by its last number.
func TestSlowReaderIsCutOff(t *testing.T) {
	h := newHouse(t)
	_, adviser, who, _, id := h.talk()
	conn, _, err := who.dial(h.site.URL)
	h.must(err)
	defer conn.CloseNow()
	h.must(conn.Write(context.Background(), websocket.MessageText,
		mustJSON(map[string]any{"id": 1, "connect": map[string]any{"data": api.ConnectCitizen{Contact: id, Token: who.token}}})))
	if !within(func() bool { return len(h.server.Hub.ofCitizen(party{"dvv", id})) == 2 }) {
		t.Fatal("the second connection did not come")
	}
	long := strings.Repeat("pitkä ", 660)
	for i := 0; i < 3000 && len(h.server.Hub.ofCitizen(party{"dvv", id})) == 2; i++ {
		h.server.Hub.push(h.server.Hub.ofCitizen(party{"dvv", id}), api.Push{T: "message", Message: &api.Message{Text: long}})
	}
	if !within(func() bool { return len(h.server.Hub.ofCitizen(party{"dvv", id})) == 1 }) {
		t.Error("a client that does not read is still connected")
	}
	if key := adviser.call("ping", api.Call{}, nil); key != "" {
		t.Error(key)
	}
}

func TestSocketLimitsCallsAndMethods(t *testing.T) {
	h := newHouse(t)
	who, started := h.citizen("dvv", advice)
	w := who.asCitizen(started.Contact, 0)
	if key := w.call("erase", api.Call{}, nil); key != "method-unknown" {
		t.Errorf("%q", key)
	}
	if key := w.call("post", api.Call{Contact: "c_another", ClientID: clientID(), Text: "x", Lang: "fi"}, nil); key != "contact-not-found" {
		t.Errorf("%q", key)
	}
	// Without waiting for the answers: even a slow machine then calls faster than a share grows.
	for i := range 10 * callsAtOnce {
		_ = w.conn.Write(t.Context(), websocket.MessageText, mustJSON(map[string]any{"id": 1000 + i, "rpc": map[string]any{"method": "ping", "data": api.Call{}}}))
	}
	if !within(func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, reply := range w.replies {
			if bytes.Contains(reply, []byte("too-many-requests")) {
				return true
			}
		}
		return false
	}) {
		t.Error("calls are not limited")
	}
}

func TestPlacesInTheQueueAreTold(t *testing.T) {
	h := newHouse(t)
	desk := h.signedIn("dvv", "aino", access.RoleAdviser)
	desk.ok(http.MethodPost, "/api/desk/presence", api.Presence{State: "present"}, nil)
	_, first := h.citizen("dvv", advice)
	who, second := h.citizen("dvv", advice)
	w := who.asCitizen(second.Contact, 0)
	if w.first.State.Position != 2 || w.first.State.EstimateMinutes != 0 {
		t.Errorf("%+v", w.first.State)
	}
	desk.ok(http.MethodPost, "/api/desk/contacts/"+first.Contact+"/take", nil, nil)
	w.wants("the new place", func(p api.Push) bool { return p.T == "state" && p.State.Position == 1 })
}

func TestIdleCitizenIsWarnedBeforeTheContactCloses(t *testing.T) { // WCAG 2.2.1
	h := newHouse(t)
	citizen, adviser, _, _, id := h.talk()
	adviser.call("post", api.Call{Contact: id, ClientID: clientID(), Text: "oletko siellä", Lang: "fi", Kind: "reply"}, nil)
	h.clock.Advance(11 * time.Minute)
	h.server.beat(context.Background()) // the adviser is still there
	h.must(h.desk.Sweep(context.Background()))
	warning := citizen.wants("a warning", func(p api.Push) bool { return p.T == "idle" })
	if left := warning.At - h.clock.Now().UnixMilli(); left < 60_000 {
		t.Errorf("%d ms are left", left)
	}
	if key := citizen.call("stay", api.Call{}, nil); key != "" {
		t.Error(key)
	}
	citizen.wants("a state without a warning", func(p api.Push) bool { return p.T == "state" && p.State.IdleCloseAt == 0 && p.State.Status == "active" })
}

func TestLeadIsToldThatTheOverviewHasChanged(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("dvv", "lea", access.RoleLead).connect(api.ConnectStaff{})
	h.citizen("dvv", advice)
	lead.wants("word of a change", func(p api.Push) bool { return p.T == "overview" })
}
