package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"luukku/core/access"
	"luukku/web/api"
)

func TestServicesShowWhatTheirNoticesDeclare(t *testing.T) { // S3-13, S3-14, S4-7
	h := newHouse(t)
	var all api.Services
	h.browser("dvv").ok(http.MethodGet, "/api/chat/services?lang=sv", nil, &all)
	if len(all.Services) != 2 || all.Authority.Name != "Myndigheten för digitalisering och befolkningsdata" {
		t.Fatalf("%+v", all)
	}
	for _, one := range all.Services {
		var fields []string
		for _, f := range one.Fields {
			fields = append(fields, f.ID)
		}
		want := map[string][]string{advice: {"email", "name", "phone"}, guardianship: nil}[one.ID]
		slices.Sort(fields)
		if !slices.Equal(fields, want) || !one.Open || one.KeepLine == "" || one.Notice.URL != "/dvv/notices/"+one.ID || one.Name != "sv "+one.ID {
			t.Errorf("%+v", one)
		}
	}
}

// A whole conversation by HTTP alone: start, take, answer, read, close.
func TestConversationByHTTP(t *testing.T) {
	h := newHouse(t)
	desk := h.signedIn("dvv", "aino", access.RoleAdviser)
	citizen, started := h.citizen("dvv", advice)
	at := "/api/chat/contacts/" + started.Contact
	var posted, again api.Posted
	write := api.Write{ClientID: clientID(), Text: "Hei <script>alert(1)</script>", Lang: "fi"}
	citizen.ok(http.MethodPost, at+"/messages", write, &posted)
	citizen.ok(http.MethodPost, at+"/messages", write, &again)
	if posted != again || posted.N == 0 {
		t.Errorf("posted %+v and again %+v", posted, again)
	}
	desk.ok(http.MethodPost, "/api/desk/presence", api.Presence{State: "present"}, nil)
	var board api.Board
	desk.ok(http.MethodGet, "/api/desk/board", nil, &board)
	if !waits(board, started.Contact) || board.Me.Presence != "present" {
		t.Fatalf("%+v", board)
	}
	var taken api.Taken
	desk.ok(http.MethodPost, "/api/desk/take", api.TakeNext{}, &taken)
	var view api.ContactView
	desk.ok(http.MethodGet, "/api/desk/contacts/"+taken.Contact, nil, &view)
	if !view.Mine || view.Reading.Purpose != "answer" || !view.Reading.Live || view.Keep.Notice.ID != advice || !hasText(view.Messages, write.Text) {
		t.Fatalf("%+v", view)
	}
	desk.ok(http.MethodPost, "/api/desk/contacts/"+taken.Contact+"/messages", api.DeskWrite{ClientID: clientID(), Text: "Hyvää päivää", Lang: "fi", Kind: "reply"}, &posted)
	desk.ok(http.MethodPost, "/api/desk/contacts/"+taken.Contact+"/messages", api.DeskWrite{ClientID: clientID(), Text: "sisäinen", Lang: "fi", Kind: "note"}, nil)
	var run api.Messages
	citizen.ok(http.MethodGet, at+"/messages?after=0", nil, &run)
	if !hasText(run.Messages, "Hyvää päivää") || hasText(run.Messages, "sisäinen") {
		t.Errorf("the citizen sees %+v", run)
	}
	desk.ok(http.MethodPost, "/api/desk/contacts/"+taken.Contact+"/close", api.Close{Topic: "moving", Outcome: "answered"}, nil)
	var state api.ChatState
	citizen.ok(http.MethodGet, at, nil, &state)
	if state.Status != "closed" || state.Reference == "" || state.ClosedReason != "adviser" {
		t.Errorf("%+v", state)
	}
	citizen.fails(http.MethodPost, at+"/messages", api.Write{ClientID: clientID(), Text: "vielä", Lang: "fi"}, http.StatusConflict, "contact-closed")
}

func waits(b api.Board, contact string) bool {
	for _, q := range b.Queues {
		for _, c := range q.Contacts {
			if c.Contact == contact {
				return true
			}
		}
	}
	return false
}

func hasText(list []api.Message, text string) bool {
	return slices.ContainsFunc(list, func(m api.Message) bool { return m.Text == text })
}

func TestPersonalIdentityCodeIsMasked(t *testing.T) {
	h := newHouse(t)
	citizen, started := h.citizen("dvv", guardianship)
	var posted api.Posted
	citizen.ok(http.MethodPost, "/api/chat/contacts/"+started.Contact+"/messages", api.Write{ClientID: clientID(), Text: "tunnus 010190-999W", Lang: "fi"}, &posted)
	var run api.Messages
	citizen.ok(http.MethodGet, "/api/chat/contacts/"+started.Contact+"/messages", nil, &run)
	if !posted.Masked || slices.ContainsFunc(run.Messages, func(m api.Message) bool { return strings.Contains(m.Text, "999W") }) {
		t.Errorf("%+v %+v", posted, run)
	}
}

// Promise 4: a foreign id answers exactly like a missing one, byte for byte.
func TestForeignIdsAnswerLikeUnknownOnes(t *testing.T) {
	h := newHouse(t)
	citizen, started := h.citizen("dvv", advice)
	unknown := "c_0" + started.Contact[3:len(started.Contact)-4] + "zzzz"
	foreign := h.browser("mallila")
	foreign.token = citizen.token
	other, second := h.citizen("dvv", advice)
	foreignToken, without := *foreign, *h.browser("dvv")
	for _, c := range []struct {
		method, path string
		in           any
	}{
		{http.MethodGet, "", nil}, {http.MethodGet, "/messages", nil}, {http.MethodPost, "/end", nil}, {http.MethodPost, "/typing", nil},
		{http.MethodPost, "/stay", nil}, {http.MethodPost, "/leave", nil}, {http.MethodPost, "/seen", api.UpTo{N: 1}}, {http.MethodPost, "/delivered", api.UpTo{N: 1}},
		{http.MethodPost, "/messages", api.Write{ClientID: "client-identifier-x", Text: "x", Lang: "fi"}},
	} {
		for name, b := range map[string]*browser{"another authority's": &foreignToken, "another citizen's": other, "without a token": &without} {
			want := b.ask(c.method, "/api/chat/contacts/"+unknown+c.path, c.in)
			got := b.ask(c.method, "/api/chat/contacts/"+started.Contact+c.path, c.in)
			if got.status != want.status || got.body != want.body || got.header.Get("Content-Length") != want.header.Get("Content-Length") {
				t.Errorf("%s %s: %d %s, unknown: %d %s", name, c.path, got.status, got.body, want.status, want.body)
			}
			if got.status != http.StatusNotFound || !strings.Contains(got.body, "contact-not-found") {
				t.Errorf("%s %s: %d %s", name, c.path, got.status, got.body)
			}
		}
	}
	if got := citizen.ask(http.MethodGet, "/api/chat/contacts/"+second.Contact, nil); got.status != http.StatusNotFound {
		t.Errorf("one's own token opens another's: %d", got.status)
	}
	desk, far := h.signedIn("dvv", "aino", access.RoleAdviser), h.signedIn("mallila", "matti", access.RoleAdviser)
	for _, c := range []struct {
		method, path string
		in           any
	}{{http.MethodGet, "", nil}, {http.MethodGet, "/messages", nil}, {http.MethodPost, "/seen", api.UpTo{N: 1}}, {http.MethodPost, "/delivered", api.UpTo{N: 1}}} {
		want := desk.ask(c.method, "/api/desk/contacts/"+unknown+c.path, c.in)
		got := far.ask(c.method, "/api/desk/contacts/"+started.Contact+c.path, c.in)
		if got.status != want.status || got.body != want.body || got.status != http.StatusNotFound {
			t.Errorf("desk %s: %d %s, unknown: %d %s", c.path, got.status, got.body, want.status, want.body)
		}
	}
}

func TestBadInputIsRefusedByName(t *testing.T) {
	h := newHouse(t)
	citizen, started := h.citizen("dvv", advice)
	at := "/api/chat/contacts/" + started.Contact + "/messages"
	cases := []struct {
		name, path string
		in         any
		status     int
		key, field string
	}{
		{"no JSON", at, "{", 400, "body-malformed", ""},
		{"broken UTF-8", at, "{\"client_id\":\"client-1234\",\"lang\":\"fi\",\"text\":\"a\xff\"}", 400, "body-malformed", ""},
		{"half a surrogate pair", at, `{"client_id":"client-1234","lang":"fi","text":"a\ud800"}`, 400, "body-malformed", ""},
		{"the other half", at, `{"client_id":"client-1234","lang":"fi","text":"\uDe00a"}`, 400, "body-malformed", ""},
		{"nothing to see", at, `{"client_id":"client-1234","lang":"fi","text":"\u200b \u3164"}`, 422, "text-empty", "text"},
		{"a code in an address", "/api/chat/contacts", api.StartContact{Service: advice, Lang: "fi", ClientID: clientID(), Fields: map[string]string{"email": "010190-999w@example.fi"}}, 422, "email-holds-code", "fields.email"},
		{"wrong type", at, `{"client_id":"client-1234","lang":"fi","text":5}`, 422, "field-type", "text"},
		{"missing", at, `{"client_id":"client-1234","lang":"fi"}`, 422, "field-missing", "text"},
		{"unknown member", at, `{"client_id":"client-1234","lang":"fi","text":"x","admin":true}`, 422, "field-unknown", "admin"},
		{"a member twice under two casings", at, `{"client_id":"client-1234","lang":"fi","text":"x","TEXT":"y"}`, 422, "field-unknown", "TEXT"},
		{"a member under another casing", at, `{"client_id":"client-1234","lang":"fi","Text":"x"}`, 422, "field-missing", "text"},
		{"unknown language", at, `{"client_id":"client-1234","lang":"ru","text":"x"}`, 422, "field-choice", "lang"},
		{"over 4,000 characters", at, api.Write{ClientID: clientID(), Lang: "fi", Text: strings.Repeat("ä", 4001)}, 422, "field-long", "text"},
		{"control character", at, api.Write{ClientID: clientID(), Lang: "fi", Text: "a\x07b"}, 422, "text-control-character", "text"},
		{"too large", at, `{"text":"` + strings.Repeat("x", 70<<10) + `"}`, 413, "body-too-large", ""},
		{"undeclared field", "/api/chat/contacts", api.StartContact{Service: guardianship, Lang: "fi", ClientID: clientID(), Fields: map[string]string{"email": "a@example.fi"}}, 422, "undeclared-field", "fields.email"},
		{"unknown service", "/api/chat/contacts", api.StartContact{Service: "none", Lang: "fi", ClientID: clientID()}, 404, "service-not-found", ""},
		{"not JSON by its type", at, "text=x", 415, "body-type", ""},
	}
	for _, c := range cases {
		headers := []string{}
		if c.key == "body-type" {
			headers = []string{"Content-Type", "application/x-www-form-urlencoded"}
		}
		r := citizen.ask(http.MethodPost, c.path, c.in, headers...)
		var p api.Problem
		decode(t, r.body, &p)
		if r.status != c.status || p.Key != c.key || c.field != "" && p.Field != c.field || p.Detail == "" || p.Detail == p.Key {
			t.Errorf("%s: %d %s", c.name, r.status, r.body)
		}
		if r.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: content type %q", c.name, r.header.Get("Content-Type"))
		}
	}
}

// What was sent is never repeated in an answer or in the log.
func TestRefusedInputIsNotRepeated(t *testing.T) {
	h := newHouse(t)
	citizen, started := h.citizen("dvv", advice)
	r := citizen.ask(http.MethodPost, "/api/chat/contacts/"+started.Contact+"/messages", `{"client_id":"secret-marker","lang":"secret-marker","text":5,"secret-marker":1}`)
	if strings.Contains(strings.ReplaceAll(r.body, `"field":"secret-marker"`, ""), "secret-marker") {
		t.Errorf("%s", r.body)
	}
	citizen.ask(http.MethodGet, "/services/secret-marker?x=secret-marker", nil)
	if strings.Contains(h.log.String(), "secret-marker") || strings.Contains(h.log.String(), started.Contact) || strings.Contains(h.log.String(), "127.0.0.1") {
		t.Errorf("%s", h.log.String())
	}
}
