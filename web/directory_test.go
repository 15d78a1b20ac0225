package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"luukku/core/access"
	"luukku/people/oidc/oidctest"
	"luukku/web/api"
)

// federated is a house whose first authority has a directory on this machine, set by its administrator.
func federated(t *testing.T) (*house, *oidctest.Directory, *browser) {
	h := newHouse(t)
	there := oidctest.Start(t)
	there.Redirect = h.site.URL + "/dvv/sign-in/directory"
	admin := h.signedIn("dvv", "pirkko", access.RoleAdministrator)
	admin.ok(http.MethodPut, "/api/admin/directory", settingsOf(there), nil)
	return h, there, admin
}

func settingsOf(d *oidctest.Directory) api.SetDirectory {
	return api.SetDirectory{Secret: d.Secret, DirectorySettings: api.DirectorySettings{On: true, Issuer: d.URL, ClientID: d.ClientID, Claim: "preferred_username", ACR: []string{}, Passwords: "all"}}
}

// letIn lets a member of staff sign in by the directory.
func (b *browser) letIn(id, known string) {
	b.h.t.Helper()
	b.ok(http.MethodPut, "/api/admin/staff/"+id+"/directory", api.LetByDirectory{Let: true, Known: known}, nil)
}

// goThere begins a sign-in and comes back with the directory's answer: the path with its query.
func (b *browser) goThere(next string) string {
	b.h.t.Helper()
	var to api.Onward
	b.ok(http.MethodPost, "/api/staff/directory", api.BeginByDirectory{Next: next}, &to)
	there, err := b.http.Get(to.Address)
	b.h.must(err)
	_ = there.Body.Close()
	back := there.Header.Get("Location")
	if !strings.HasPrefix(back, b.base+directoryPath+"?") {
		b.h.t.Fatalf("sent back to %q (%d)", back, there.StatusCode)
	}
	return strings.TrimPrefix(back, b.base)
}

// comeBack brings the directory's answer and returns where the browser is sent then.
func (b *browser) comeBack(answer string) *url.URL {
	b.h.t.Helper()
	r := b.ask(http.MethodGet, answer, nil)
	to, err := url.Parse(r.header.Get("Location"))
	b.h.must(err)
	if r.status != http.StatusSeeOther || to.Path != "/dvv/sign-in" || to.Host != "" {
		b.h.t.Fatalf("%d to %q", r.status, to)
	}
	return to
}

func (b *browser) told(answer string) string { return b.comeBack(answer).Query().Get("directory") }

func TestStaffSignInByTheDirectory(t *testing.T) {
	h, there, admin := federated(t)
	id := h.hire("dvv", "aino", access.RoleAdviser)
	b := h.browser("dvv")
	var ways api.SignInWays
	b.ok(http.MethodGet, "/api/staff/sign-in", nil, &ways)
	if !ways.Directory || ways.Passwords != "all" {
		t.Errorf("%+v", ways)
	}
	if got := b.told(b.goThere("")); got != "directory-not-bound" {
		t.Errorf("a stranger: %q", got)
	}
	b.ok(http.MethodGet, "/api/staff/sign-in?told=directory-not-bound", nil, &ways)
	if !strings.Contains(ways.Told, "not connected") {
		t.Errorf("told %q", ways.Told)
	}
	b.fails(http.MethodGet, "/api/staff/me", nil, http.StatusUnauthorized, "signed-out")
	admin.letIn(id, "")
	to := b.comeBack(b.goThere("/desk"))
	if to.Query().Get("directory") != "done" || to.Query().Get("next") != "/desk" || to.Query().Get("lang") != "en" || len(to.Query()) != 3 {
		t.Errorf("sent to %s", to)
	}
	var me api.Me
	b.ok(http.MethodGet, "/api/staff/me", nil, &me)
	if me.ID != id || len(me.Must) > 0 {
		t.Errorf("%+v", me)
	}
	b.ok(http.MethodGet, "/api/desk/board", nil, nil)
	var out api.Onward
	b.ok(http.MethodPost, "/api/staff/sign-out", nil, &out)
	if !strings.HasPrefix(out.Address, there.URL+"/end?") || !strings.Contains(out.Address, url.QueryEscape(b.base+"/sign-in")) {
		t.Errorf("signed out to %q", out.Address)
	}
	b.fails(http.MethodGet, "/api/staff/me", nil, http.StatusUnauthorized, "signed-out")
	if log := h.log.String(); strings.Contains(log, "code=") || strings.Contains(log, "state=") || strings.Contains(log, "4711") {
		t.Error("something of the sign-in is in the log")
	}
	admin.ok(http.MethodPost, "/api/admin/staff/"+id+"/disable", api.WithReason{Reason: "lähti"}, nil)
	if got := b.told(b.goThere("")); got != "directory-not-bound" {
		t.Errorf("whose duty has ended: %q", got)
	}
}

// Turning the directory off ends the sign-ins that it let in, and the administrator is told how many before.
func TestTurningTheDirectoryOffEndsItsSignIns(t *testing.T) {
	h, there, admin := federated(t)
	admin.letIn(h.hire("dvv", "aino", access.RoleAdviser), "")
	b := h.browser("dvv")
	if got := b.told(b.goThere("")); got != "done" {
		t.Fatal(got)
	}
	var state api.DirectoryState
	admin.ok(http.MethodGet, "/api/admin/directory", nil, &state)
	if state.SignIns != 1 {
		t.Errorf("%d sign-ins would end", state.SignIns)
	}
	off := settingsOf(there)
	off.On, off.Base = false, state.Version
	admin.ok(http.MethodPut, "/api/admin/directory", off, &state)
	if state.On || state.SignIns != 0 {
		t.Errorf("%+v", state)
	}
	b.fails(http.MethodGet, "/api/staff/me", nil, http.StatusUnauthorized, "signed-out")
	admin.ok(http.MethodGet, "/api/staff/me", nil, nil)
}

// Login CSRF, replay, mix-up: an answer is worth something to the browser that began, once.
func TestTheDirectorysAnswerIsOneBrowsersAndGoodOnce(t *testing.T) {
	h, there, admin := federated(t)
	admin.letIn(h.hire("dvv", "aino", access.RoleAdviser), "")
	mine, other := h.browser("dvv"), h.browser("dvv")
	answer := mine.goThere("")
	if got := other.told(answer); got != "directory-state" {
		t.Errorf("a browser that never began: %q", got)
	}
	other.goThere("")
	if got := other.told(answer); got != "directory-state" {
		t.Errorf("a browser that began another sign-in: %q", got)
	}
	other.fails(http.MethodGet, "/api/staff/me", nil, http.StatusUnauthorized, "signed-out")
	cookie := mine.jar()
	there.Lax = true // we do not lean on its care
	if got := mine.told(answer); got != "done" {
		t.Fatalf("the one that began: %q", got)
	}
	mine.restore(cookie)
	if got := mine.told(answer); got != "directory-state" {
		t.Errorf("the same answer again: %q", got)
	}
	for what, change := range map[string]func(url.Values){
		"a mixed-up issuer": func(q url.Values) { q.Set("iss", "https://login.example.fi") },
		"another state":     func(q url.Values) { q.Set("state", "x") },
	} {
		one := h.browser("dvv")
		path, query, _ := strings.Cut(one.goThere(""), "?")
		q, _ := url.ParseQuery(query)
		change(q)
		if got := one.told(path + "?" + q.Encode()); got != "directory-state" {
			t.Errorf("%s: %q", what, got)
		}
	}
	there.Answer = func(q url.Values) { q.Del("code"); q.Set("error", "access_denied") }
	if one := h.browser("dvv"); one.told(one.goThere("")) != "directory-cancelled" {
		t.Error("cancelled there is told otherwise")
	}
	if foreign := h.browser("mallila"); foreign.ask(http.MethodPost, "/api/staff/directory", api.BeginByDirectory{}).status != http.StatusConflict {
		t.Error("another authority has the directory, too")
	}
}

// jar and restore are what a thief of cookies has.
func (b *browser) jar() []*http.Cookie {
	u, err := url.Parse(b.base + "/")
	b.h.must(err)
	return b.http.Jar.Cookies(u)
}

func (b *browser) restore(all []*http.Cookie) {
	u, err := url.Parse(b.base + "/")
	b.h.must(err)
	b.http.Jar.SetCookies(u, all)
}

// A return leads to a page of ours or nowhere, whatever was asked for and whatever the cookie says.
func TestTheReturnLeadsToOwnPagesOnly(t *testing.T) {
	for path, want := range map[string]string{
		"/desk": "/desk", "/desk/contacts/c_1": "/desk/contacts/c_1", "": "", "/": "", "//evil.example.fi": "", "https://evil.example.fi": "", "/\\evil.example.fi": "",
		"/desk?x=1": "", "/desk#x": "", "javascript:alert(1)": "", "/%2fevil.example.fi": "", "/Desk": "", "desk": "", "/desk\n": "",
	} {
		if got := ownPath(path); got != want {
			t.Errorf("%q leads to %q", path, got)
		}
	}
	h, _, admin := federated(t)
	admin.letIn(h.hire("dvv", "aino", access.RoleAdviser), "")
	b := h.browser("dvv")
	to := b.comeBack(b.goThere("//evil.example.fi") + "&return=https://evil.example.fi&next=https://evil.example.fi&redirect_uri=https://evil.example.fi")
	if strings.Contains(to.String(), "evil") || to.Query().Get("directory") != "done" {
		t.Errorf("sent to %s", to)
	}
}

// The cookie of a sign-in on its way lives shortly, for this authority's pages, and goes where the session's goes.
func TestTheCookieOfASignInOnItsWay(t *testing.T) {
	h, _, _ := federated(t)
	r := h.browser("dvv").ask(http.MethodPost, "/api/staff/directory", api.BeginByDirectory{})
	got := r.header.Get("Set-Cookie")
	for _, want := range []string{"luukku-directory=", "Path=/dvv/", "HttpOnly", "SameSite=Lax", "Max-Age=600"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
	w, plain := httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/dvv/api/staff/directory", strings.NewReader(`{}`))
	plain.RemoteAddr = "192.0.2.9:4711"
	plain.Header.Set("Content-Type", "application/json")
	if h.server.ServeHTTP(w, plain); !strings.Contains(w.Body.String(), "sign-in-needs-tls") {
		t.Errorf("in the clear: %s", w.Body)
	}
	w, other := httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/dvv/api/staff/directory", strings.NewReader(`{}`))
	other.Header.Set("Sec-Fetch-Site", "cross-site")
	if h.server.ServeHTTP(w, other); !strings.Contains(w.Body.String(), "cross-origin") {
		t.Errorf("begun by another site: %s", w.Body)
	}
}

func TestACodeIsAskedForAfterOneFactorAtTheDirectory(t *testing.T) {
	h, there, admin := federated(t)
	admin.letIn(h.hire("dvv", "liisa", access.RoleAdministrator), "aino")
	b := h.browser("dvv")
	if got := b.told(b.goThere("/admin")); got != "code" {
		t.Fatalf("one factor: %q", got)
	}
	b.fails(http.MethodGet, "/api/staff/me", nil, http.StatusUnauthorized, "signed-out")
	b.fails(http.MethodPost, "/api/staff/directory/code", api.Code{Code: "000000"}, http.StatusUnauthorized, "totp-wrong")
	h.browser("dvv").fails(http.MethodPost, "/api/staff/directory/code", api.Code{Code: h.code("liisa")}, http.StatusForbidden, "directory-state")
	var me api.Me
	b.ok(http.MethodPost, "/api/staff/directory/code", api.Code{Code: h.code("liisa")}, &me)
	b.ok(http.MethodGet, "/api/admin/staff", nil, nil)
	there.Claims["amr"] = []string{"pwd", "mfa"}
	two := h.browser("dvv")
	if got := two.told(two.goThere("")); got != "done" {
		t.Errorf("two factors: %q", got)
	}
	two.ok(http.MethodGet, "/api/admin/staff", nil, nil)
}

func TestTheDirectoryIsSetTriedAndSetBackByAdministrators(t *testing.T) {
	h, there, admin := federated(t)
	var state api.DirectoryState
	admin.ok(http.MethodGet, "/api/admin/directory", nil, &state)
	if !state.On || !state.Secret || state.Version != 1 || state.Redirect != h.site.URL+"/dvv/sign-in/directory" || strings.Contains(admin.ask(http.MethodGet, "/api/admin/directory", nil).body, there.Secret) {
		t.Errorf("%+v", state)
	}
	in := settingsOf(there)
	in.Secret = ""
	admin.fails(http.MethodPut, "/api/admin/directory", in, http.StatusConflict, "setting-changed")
	in.Base, in.Claim = 1, "email"
	admin.ok(http.MethodPut, "/api/admin/directory", in, &state)
	in.Base, in.Issuer = 2, "https://login.example.fi"
	if p := admin.fails(http.MethodPut, "/api/admin/directory", in, http.StatusUnprocessableEntity, "directory-secret"); p.Field != "secret" {
		t.Errorf("%+v", p)
	}
	changes := admin.changes("?kind=directory").Changes
	if len(changes) != 2 || len(changes[0].Differences) != 1 || changes[0].Differences[0].Field != "directory-claim" || !changes[0].Restorable {
		t.Errorf("%+v", changes)
	}
	if all := admin.ask(http.MethodGet, "/api/settings/changes?kind=directory", nil).body; strings.Contains(all, there.Secret) {
		t.Error("the secret is in the ledger")
	}
	admin.ok(http.MethodPost, "/api/settings/restore", api.RestoreSetting{Kind: "directory", ID: "sign-in", Part: "connection", To: 1, Base: 2}, nil)
	admin.ok(http.MethodGet, "/api/admin/directory", nil, &state)
	if state.Claim != "preferred_username" || !state.On || !state.Secret {
		t.Errorf("set back: %+v", state)
	}
	var tried api.DirectoryTried
	admin.ok(http.MethodPost, "/api/admin/directory/try", api.TryDirectory{DirectorySettings: settingsOf(there).DirectorySettings, Secret: "wrong"}, &tried)
	for _, step := range tried.Steps {
		if want := map[bool]string{true: "wrong", false: "ok"}[step.Step == "client"]; step.State != want || (want == "wrong") != (step.Told != "") {
			t.Errorf("%+v", step)
		}
	}
	admin.ok(http.MethodPost, "/api/admin/directory/try", api.TryDirectory{DirectorySettings: settingsOf(there).DirectorySettings}, &tried)
	if i := len(tried.Steps); i != 6 || tried.Steps[3].State != "ok" {
		t.Errorf("with the secret that is kept: %+v", tried)
	}
	lead := h.signedIn("dvv", "lea", access.RoleLead)
	if got := lead.changes("?kind=directory").Changes; len(got) > 0 {
		t.Errorf("a lead sees %+v", got)
	}
	lead.fails(http.MethodGet, "/api/admin/directory", nil, http.StatusForbidden, "role-missing")
}

// A directory that does not answer is told of, and the password's door is still there.
func TestADirectoryThatDoesNotAnswerIsToldOf(t *testing.T) {
	h, there, admin := federated(t)
	admin.letIn(h.hire("dvv", "aino", access.RoleAdviser), "")
	b := h.browser("dvv")
	answer := b.goThere("")
	there.Handle["/token"] = func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }
	if got := b.told(answer); got != "directory-unreachable" {
		t.Errorf("its token endpoint is gone: %q", got)
	}
	moved := settingsOf(there)
	moved.Issuer, moved.Base = "http://127.0.0.1:1", 1
	admin.ok(http.MethodPut, "/api/admin/directory", moved, nil)
	b.fails(http.MethodPost, "/api/staff/directory", api.BeginByDirectory{}, http.StatusServiceUnavailable, "directory-unreachable")
	h.signIn("dvv", "aino")
}
