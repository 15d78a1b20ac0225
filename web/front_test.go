package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/clock"
	"luukku/people"
	"luukku/web/api"
)

func TestClientAddressIsBelievedFromTrustedProxiesOnly(t *testing.T) {
	trusted := proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, c := range []struct {
		name, peer, want string
		forwarded        []string
	}{
		{"no proxy", "192.0.2.7:1234", "192.0.2.7", nil},
		{"a client that writes the header itself", "192.0.2.7:1234", "192.0.2.7", []string{"198.51.100.1"}},
		{"one proxy", "10.0.0.1:1", "198.51.100.1", []string{"198.51.100.1"}},
		{"two proxies", "10.0.0.1:1", "198.51.100.1", []string{"198.51.100.1, 10.0.0.2"}},
		{"a lie before the truth", "10.0.0.1:1", "198.51.100.1", []string{"203.0.113.9, 198.51.100.1"}},
		{"a lie that looks like a proxy", "10.0.0.1:1", "198.51.100.1", []string{"10.9.9.9, 198.51.100.1"}},
		{"two headers", "10.0.0.1:1", "198.51.100.1", []string{"203.0.113.9", "198.51.100.1"}},
		{"no header", "10.0.0.1:1", "10.0.0.1", nil},
		{"nonsense", "10.0.0.1:1", "10.0.0.1", []string{"unknown"}},
		{"with a port", "10.0.0.1:1", "198.51.100.1", []string{"198.51.100.1:5566"}},
		{"IPv6", "[fd00::1]:1", "2001:db8::5", []string{"2001:db8::5"}},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:1", "198.51.100.1", []string{"198.51.100.1"}},
		{"all trusted", "10.0.0.1:1", "10.0.0.3", []string{"10.0.0.3, 10.0.0.2"}},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		for _, f := range c.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		if got := trusted.client(r); got.String() != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if site(netip.MustParseAddr("2001:db8:1:2:3::4")) != "2001:db8:1:2::/64" {
		t.Error("an IPv6 line is not counted as one")
	}
}

func TestAuthorityIsFoundByHostOrFirstSegment(t *testing.T) {
	all := testAuthorities()
	for _, c := range []struct{ host, path, authority, base, below string }{
		{"localhost:8080", "/dvv/", "dvv", "/dvv", "/"},
		{"localhost:8080", "/dvv", "dvv", "/dvv", ""},
		{"localhost", "/mallila/api/chat/services", "mallila", "/mallila", "/api/chat/services"},
		{"mallila.example.fi", "/", "mallila", "", "/"},
		{"MALLILA.example.fi:443", "/api/chat/services", "mallila", "", "/api/chat/services"},
		{"mallila.example.fi", "/dvv/", "mallila", "", "/dvv/"},
		{"mallila.example.fi", "/healthz", "", "", "/healthz"},
		{"mallila.example.fi", "/app/assets/x.js", "", "", "/app/assets/x.js"},
		{"localhost", "/healthz", "", "", "/healthz"},
		{"localhost", "/", "", "", "/"},
		{"localhost", "/api/setup", "", "", "/api/setup"},
		{"localhost", "/unknown/", "none", "", ""},
		{"localhost", "/dvv/../mallila/", "none", "", ""},
		{"localhost", "/dvv//api", "none", "", ""},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host, r.URL.Path = c.host, c.path
		at, ok := locate(r, all)
		got := "none"
		if ok {
			got = ""
			if at.authority != nil {
				got = at.authority.ID
			}
		}
		if got != c.authority || at.base != c.base || at.path != c.below {
			t.Errorf("%s%s: %q %+v", c.host, c.path, got, at)
		}
	}
}

func TestLanguageOfARequest(t *testing.T) {
	for _, c := range []struct{ query, accept, want string }{
		{"", "", "fi"}, {"", "sv-FI,sv;q=0.9,en;q=0.5", "sv"}, {"", "en-GB", "en"}, {"", "de,en;q=0.3", "en"}, {"", "zh", "fi"},
		{"?lang=sv", "en", "sv"}, {"?lang=ru", "en", "en"}, {"?lang=", "nonsense;;;", "fi"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/"+c.query, nil)
		r.Header.Set("Accept-Language", c.accept)
		if got := langOf(r); got != c.want {
			t.Errorf("%q %q: %s, want %s", c.query, c.accept, got, c.want)
		}
	}
}

func TestEveryAnswerHasSecureHeaders(t *testing.T) {
	h := newHouse(t)
	b := h.browser("dvv")
	for path, policy := range map[string]string{
		"/api/chat/services": "default-src 'none'", "/": "script", "/notices/": "script", "/sign-in": "'nonce-", "/nothing": "script", "/api/nothing": "default-src 'none'",
	} {
		r := b.ask(http.MethodGet, path, nil)
		csp := r.header.Get("Content-Security-Policy")
		if policy == "script" && strings.Contains(csp, "script-src") || policy != "script" && !strings.Contains(csp, policy) || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", path, csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin", "X-Frame-Options": "DENY"} {
			if r.header.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, r.header.Get(name))
			}
		}
		if r.header.Get("Permissions-Policy") == "" || strings.Contains(csp, "unsafe") || r.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %v", path, r.header)
		}
	}
	one, two := b.ask(http.MethodGet, "/sign-in", nil), b.ask(http.MethodGet, "/sign-in", nil)
	if one.header.Get("Content-Security-Policy") == two.header.Get("Content-Security-Policy") {
		t.Error("two answers have one nonce")
	}
}

// What a host is called comes with the request: no policy can be written in it.
func TestPolicyCannotBeWrittenInTheHost(t *testing.T) {
	h := newHouse(t)
	for host, want := range map[string]string{
		"luukku.example.fi:8443": "connect-src 'self' ws://luukku.example.fi:8443;", "[::1]:8080": "connect-src 'self' ws://[::1]:8080;",
		"evil.example;script-src-elem*": "connect-src 'self';", "a'unsafe-inline'": "connect-src 'self';",
	} {
		csp := h.browser("dvv").ask(http.MethodGet, "/sign-in", nil, "Host", host).header.Get("Content-Security-Policy")
		if !strings.Contains(csp, want) || strings.Contains(csp, "elem") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: %s", host, csp)
		}
	}
}

// An address has one form: what guards a path in front of the program sees the path that is served.
func TestAnEncodedSlashLeadsNowhere(t *testing.T) {
	h := newHouse(t)
	for _, path := range []string{"/%2e%2e/dvv/", "/api%2fchat/services", "/api%2Fstaff%2Fme", "/api%5Cstaff/me", "/notices/..%2f..%2f"} {
		if r := h.browser("dvv").ask(http.MethodGet, path, nil); r.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.status)
		}
	}
}

func TestAnotherSitesPageCannotPost(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn("dvv", "aino", access.RoleAdviser)
	for _, headers := range [][]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}} {
		r := b.ask(http.MethodPost, "/api/staff/sign-out", nil, headers...)
		if r.status != http.StatusForbidden || !strings.Contains(r.body, "cross-origin") {
			t.Errorf("%v: %d %s", headers, r.status, r.body)
		}
	}
	b.ok(http.MethodGet, "/api/staff/me", nil, nil)
}

func TestSessionCookieIsBoundToItsPlace(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	h.hire("mallila", "matti", access.RoleAdviser)
	in := api.SignIn{Username: "matti", Password: password}
	for _, c := range []struct {
		name, host, proto string
		has, lacks        []string
	}{
		{"own host over TLS", "mallila.example.fi", "https", []string{"__Host-luukku=", "Path=/;", "Secure", "HttpOnly", "SameSite=Lax"}, []string{"Domain"}},
		{"path over TLS", "", "https", []string{"__Secure-luukku=", "Path=/mallila/;", "Secure", "HttpOnly", "SameSite=Lax"}, nil},
		{"plain on this machine", "", "", []string{"luukku=", "Path=/mallila/;", "HttpOnly", "SameSite=Lax"}, []string{"Secure", "__Host", "__Secure"}},
	} {
		b := h.browser("mallila")
		headers := []string{"X-Forwarded-Proto", c.proto}
		if c.host != "" {
			b.base, headers = h.site.URL, append(headers, "Host", c.host)
		}
		r := b.ask(http.MethodPost, "/api/staff/sign-in", in, headers...)
		cookie := r.header.Get("Set-Cookie") + ";"
		for _, want := range c.has {
			if !strings.Contains(cookie, want) {
				t.Errorf("%s: %s lacks %s", c.name, cookie, want)
			}
		}
		for _, not := range c.lacks {
			if strings.Contains(cookie, not) {
				t.Errorf("%s: %s has %s", c.name, cookie, not)
			}
		}
		if (c.proto == "https") != (r.header.Get("Strict-Transport-Security") != "") {
			t.Errorf("%s: HSTS %q", c.name, r.header.Get("Strict-Transport-Security"))
		}
	}
}

func TestPasswordsAreNotTakenInTheClear(t *testing.T) {
	h := newHouse(t)
	h.hire("dvv", "aino", access.RoleAdviser)
	r := httptest.NewRequest(http.MethodPost, "/dvv/api/staff/sign-in", strings.NewReader(`{"username":"aino","password":"`+password+`"}`))
	r.RemoteAddr = "192.0.2.9:4711"
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "sign-in-needs-tls") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestSignInAnswers(t *testing.T) {
	h := newHouse(t)
	h.hire("dvv", "aino", access.RoleAdviser)
	h.hire("dvv", "pirkko", access.RoleAdministrator)
	b := h.browser("dvv")
	unknown := b.ask(http.MethodPost, "/api/staff/sign-in", api.SignIn{Username: "nobody", Password: password})
	wrong := b.ask(http.MethodPost, "/api/staff/sign-in", api.SignIn{Username: "aino", Password: "x"})
	if unknown.status != http.StatusUnauthorized || unknown.body != wrong.body {
		t.Errorf("unknown %d %s, wrong %s", unknown.status, unknown.body, wrong.body)
	}
	b.fails(http.MethodPost, "/api/staff/sign-in", api.SignIn{Username: "pirkko", Password: password}, http.StatusUnauthorized, "totp-required")
	var me api.Me
	b.ok(http.MethodPost, "/api/staff/sign-in", api.SignIn{Username: "aino", Password: password}, &me)
	if me.Name != "Nimi aino" || len(me.Roles) != 1 || me.Session.WarnS != 120 || me.Session.EndsAt-me.Session.IdleAt < 11*3600_000 || !me.Secrecy || me.TOTP {
		t.Errorf("%+v", me)
	}
	var ends api.SessionEnds
	b.ok(http.MethodPost, "/api/staff/extend", nil, &ends)
	if ends.IdleAt < me.Session.IdleAt {
		t.Errorf("%+v before %+v", ends, me.Session)
	}
	b.ok(http.MethodPost, "/api/staff/sign-out", nil, nil)
	b.fails(http.MethodGet, "/api/staff/me", nil, http.StatusUnauthorized, "signed-out")
}

func TestNothingOpensBeforeAPasswordAndADeviceAreInOrder(t *testing.T) {
	h := newHouse(t)
	admin := h.signedIn("dvv", "pirkko", access.RoleAdministrator)
	var made api.AccountMade
	admin.ok(http.MethodPost, "/api/admin/staff", api.NewAccount{Username: "raimo", Name: "Raimo", Grants: []api.NewGrant{{Role: access.RoleAdministrator}}, Secrecy: true}, &made)
	b := h.browser("dvv")
	var me api.Me
	b.ok(http.MethodPost, "/api/staff/sign-in", api.SignIn{Username: "raimo", Password: made.Password}, &me)
	if strings.Join(me.Must, " ") != "change_password enrol_totp" {
		t.Fatalf("%v", me.Must)
	}
	b.fails(http.MethodGet, "/api/admin/staff", nil, http.StatusForbidden, "must-first")
	b.fails(http.MethodPost, "/api/staff/password", api.ChangePassword{Current: made.Password, New: "lyhyt"}, http.StatusUnprocessableEntity, "password-short")
	b.ok(http.MethodPost, "/api/staff/password", api.ChangePassword{Current: made.Password, New: "neljä kuivaa käpyä"}, &me)
	b.fails(http.MethodGet, "/api/admin/staff", nil, http.StatusForbidden, "must-first")
	var e api.TOTPEnrolment
	b.ok(http.MethodPost, "/api/staff/totp", nil, &e)
	b.fails(http.MethodPost, "/api/staff/totp/confirm", api.Code{Code: "000000"}, http.StatusUnauthorized, "totp-wrong")
	code, err := people.CodeNow(strings.ReplaceAll(e.Secret, " ", ""), time.Now())
	h.must(err)
	b.ok(http.MethodPost, "/api/staff/totp/confirm", api.Code{Code: code}, &me)
	if len(me.Must) > 0 || !me.TOTP {
		t.Errorf("%+v", me)
	}
	b.ok(http.MethodGet, "/api/admin/staff", nil, nil)
}

// limited gives a house these limits, and shares that do not grow while a slow machine asks.
func limited(l Limits) func(*Options) {
	return func(o *Options) { o.Limits, o.Real = l, clock.NewFake(time.Now().UTC()) }
}

func TestFloodsAreLimitedAndToldWhenToComeBack(t *testing.T) {
	h := newHouse(t, limited(Limits{Conversation: 20, Address: 20000, Starts: 10, SignIns: 10}))
	citizen, started := h.citizen("dvv", advice)
	at := "/api/chat/contacts/" + started.Contact + "/messages"
	limited := reply{}
	for range 15 {
		if r := citizen.ask(http.MethodPost, at, api.Write{ClientID: clientID(), Text: "x", Lang: "fi"}); r.status == http.StatusTooManyRequests {
			limited = r
		}
	}
	if limited.status == 0 || limited.header.Get("Retry-After") == "" || !strings.Contains(limited.body, "too-many-requests") {
		t.Errorf("%+v", limited)
	}
	other, second := h.citizen("dvv", advice) // another conversation from the same library
	other.ok(http.MethodPost, "/api/chat/contacts/"+second.Contact+"/messages", api.Write{ClientID: clientID(), Text: "x", Lang: "fi"}, nil)
	for _, path := range []string{"/api/chat/contacts", "/api/staff/sign-in"} {
		last := 0
		for range 20 {
			last = h.browser("dvv").ask(http.MethodPost, path, `{}`).status
		}
		if last != http.StatusTooManyRequests {
			t.Errorf("%s: %d after 20", path, last)
		}
	}
}

// Whoever knows a contact's id, but not its token, cannot keep its citizen from writing.
func TestAStrangerCannotUseUpACitizensShare(t *testing.T) {
	h := newHouse(t, limited(Limits{Conversation: 10, Address: 20000, Starts: 100, SignIns: 10}))
	citizen, started := h.citizen("dvv", advice)
	at := "/api/chat/contacts/" + started.Contact + "/messages"
	stranger := h.browser("dvv")
	stranger.token = "guess"
	for range 20 {
		stranger.ask(http.MethodPost, at, api.Write{ClientID: clientID(), Text: "x", Lang: "fi"})
	}
	citizen.ok(http.MethodPost, at, api.Write{ClientID: clientID(), Text: "x", Lang: "fi"}, nil)
}

// Whoever tries cookies is stopped like whoever has none; whoever is signed in uses nothing up.
func TestGuessedSignInsAreLimited(t *testing.T) {
	h := newHouse(t, limited(Limits{Conversation: 100, Address: 20, Starts: 100, SignIns: 100}))
	desk := h.signedIn("dvv", "aino", access.RoleAdviser)
	for range 30 {
		desk.ok(http.MethodGet, "/api/desk/board", nil, nil)
	}
	var got []int
	for range 12 {
		got = append(got, h.browser("dvv").ask(http.MethodGet, "/api/desk/board", nil, "Cookie", cookiePlain+"=guess").status)
	}
	if got[0] != http.StatusUnauthorized || got[9] != http.StatusUnauthorized || got[11] != http.StatusTooManyRequests {
		t.Errorf("%v", got)
	}
}

// What is given back never makes a share larger than it is.
func TestSharesGivenBackDoNotGrow(t *testing.T) {
	now := time.Now()
	f := newFlood(20, func() time.Time { return now })
	for range 50 {
		if _, ok := f.allow("one"); !ok {
			t.Fatal("limited")
		}
		f.giveBack("one")
		f.giveBack("nobody")
	}
	f.giveBack("one")
	taken := 0
	for range 50 {
		if _, ok := f.allow("one"); ok {
			taken++
		}
	}
	if taken != 10 {
		t.Errorf("%d at once, want 10", taken)
	}
}

func TestFloodMemoryIsBounded(t *testing.T) {
	now := time.Now()
	f := newFlood(60, func() time.Time { return now })
	for i := range maxBuckets + 1000 {
		f.allow(string(rune(i)) + "x")
	}
	if len(f.buckets) > maxBuckets {
		t.Errorf("%d buckets", len(f.buckets))
	}
	now = now.Add(2 * time.Minute)
	f.allow("one more")
	if len(f.buckets) > 1 {
		t.Errorf("%d buckets after a calm time", len(f.buckets))
	}
}

func TestReadinessAndHealth(t *testing.T) {
	why := errors.New("replaying")
	h := newHouse(t, func(o *Options) { o.Ready = func(context.Context) error { return why } })
	b := h.browser("dvv")
	b.base = h.site.URL
	if r := b.ask(http.MethodGet, "/readyz", nil); r.status != http.StatusServiceUnavailable || strings.Contains(r.body, "replaying") {
		t.Errorf("while replaying: %d %s", r.status, r.body)
	}
	why = nil
	for path, status := range map[string]int{"/healthz": 200, "/readyz": 200, "/openapi.json": 200, "/": 200, "/nothing": 404, "/setup": 404, "/api/setup": 200} {
		if r := b.ask(http.MethodGet, path, nil); r.status != status {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
	if r := b.ask(http.MethodPost, "/healthz", nil); r.status != http.StatusMethodNotAllowed || r.header.Get("Allow") == "" {
		t.Errorf("a wrong method: %d %v", r.status, r.header)
	}
	if r := b.ask(http.MethodPost, "/api/setup", api.Setup{}); r.status != http.StatusNotFound {
		t.Errorf("a first start that is done: %d %s", r.status, r.body)
	}
	_ = h.db.Close()
	if r := b.ask(http.MethodGet, "/readyz", nil); r.status != http.StatusServiceUnavailable {
		t.Errorf("without its database: %d", r.status)
	}
	c := h.browser("dvv")
	c.token = "x"
	c.fails(http.MethodGet, "/api/chat/contacts/c_00000000000000000000000000", nil, http.StatusServiceUnavailable, "storage-closed")
}

func TestMetricsAreBoundedAndHoldNothingPersonal(t *testing.T) {
	h := newHouse(t)
	_, adviser, who, _, id := h.talk()
	who.ok(http.MethodPost, "/api/chat/contacts/"+id+"/messages", api.Write{ClientID: clientID(), Text: "salaisuus", Lang: "fi"}, nil)
	adviser.wantsText("salaisuus")
	who.ask(http.MethodGet, "/some/path/of/"+id, nil)
	h.clock.Step(3 * time.Hour)
	_ = h.server.Keeper.MayDestroy() // looks at the clock
	w := httptest.NewRecorder()
	h.server.Metrics().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	text := w.Body.String()
	for _, want := range []string{`luukku_http_requests_total{route="chat-post",status="200"}`, `luukku_sockets{kind="staff"} 1`, `luukku_socket_pushes_total{kind="message"}`, `route="none"`,
		`luukku_alarm{authority="",kind="clock-alarm"} 1`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, not := range []string{id, "127.0.0.1", "aino", "salaisuus", "/some/path"} {
		if strings.Contains(text, not) {
			t.Errorf("the metrics tell %s", not)
		}
	}
}

func TestPanicIsAnAnswerWithoutDetails(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.KeyStores = func(string) KeyStores { panic("secret-marker") } })
	b := h.signedIn("dvv", "pirkko", access.RoleAdministrator)
	r := b.ask(http.MethodGet, "/api/admin/keys", nil)
	if r.status != http.StatusInternalServerError || strings.Contains(r.body, "marker") || !strings.Contains(r.body, `"internal"`) {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestSlowBodyIsGivenUp(t *testing.T) {
	if s := newHouse(t).server.HTTP(); s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes > 64<<10 {
		t.Errorf("%+v", s)
	}
}
