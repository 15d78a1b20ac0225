package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"luukku/core/notice"
	"luukku/web/api"
)

const embed = "/chat/" + advice + "/embed"

// ancestors is what a page's policy says of who may show it in a frame.
func ancestors(b *browser, path string) string {
	csp := b.ask(http.MethodGet, path, nil).header.Get("Content-Security-Policy")
	_, after, _ := strings.Cut(csp, "frame-ancestors ")
	return after
}

func TestOnlyTheNamedSitesMayFrameAServicesChat(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("dvv", "lea", notice.RoleLead)
	citizen := h.browser("dvv")
	if got := ancestors(citizen, embed); got != "'self'" {
		t.Errorf("before anybody named a site: %q", got)
	}
	var one api.LeadService
	lead.ok(http.MethodPut, "/api/lead/services/"+advice+"/widget", api.OriginSet{Origins: []string{"https://www.example.fi/", "http://localhost:3000"}}, &one)
	if fmt.Sprint(one.Widget.Origins) != "[http://localhost:3000 https://www.example.fi]" {
		t.Errorf("saved: %v", one.Widget.Origins)
	}
	page := citizen.ask(http.MethodGet, embed, nil)
	if got := ancestors(citizen, embed); got != "'self' http://localhost:3000 https://www.example.fi" || page.header.Get("X-Frame-Options") != "" {
		t.Errorf("%q, X-Frame-Options %q", got, page.header.Get("X-Frame-Options"))
	}
	named := strings.Contains(page.body, "https://www.example.fi") || strings.Contains(page.body, "has not been built")
	if !named || page.header.Get("Set-Cookie") != "" {
		t.Errorf("%v %s", page.header, page.body)
	}
	for _, path := range []string{"/chat/" + advice, "/", "/sign-in", "/desk", "/lead/services", "/notices/", "/services/" + advice, "/chat/nothing/embed", "/api/chat/services", "/widget.js"} {
		r := citizen.ask(http.MethodGet, path, nil)
		if got := ancestors(citizen, path); got != "'none'" || r.header.Get("X-Frame-Options") != "DENY" || strings.Contains(r.body, "www.example.fi") {
			t.Errorf("%s: %q", path, got)
		}
	}
	lead.ok(http.MethodPut, "/api/lead/services/"+advice+"/widget", api.OriginSet{Base: one.Versions.Origins, Origins: []string{}}, &one)
	if got := ancestors(citizen, embed); got != "'self'" || len(one.Widget.Origins) != 0 {
		t.Errorf("taken off: %q", got)
	}
}

func TestSitesOfOneServiceAreNoOtherServices(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("dvv", "lea", notice.RoleLead)
	lead.ok(http.MethodPut, "/api/lead/services/"+advice+"/widget", api.OriginSet{Origins: []string{"https://www.example.fi"}}, nil)
	for _, c := range []struct{ authority, service string }{{"dvv", guardianship}, {"mallila", advice}, {"mallila", guardianship}} {
		path := "/chat/" + c.service + "/embed"
		if got := ancestors(h.browser(c.authority), path); got != "'self'" {
			t.Errorf("%v: %q", c, got)
		}
		if r := h.browser(c.authority).ask(http.MethodGet, path, nil); strings.Contains(r.body, "example.fi") {
			t.Errorf("%v tells of it: %s", c, r.body)
		}
	}
}

func TestSitesAreNamedByTheServicesLead(t *testing.T) {
	h := newHouse(t)
	path := "/api/lead/services/" + advice + "/widget"
	in := api.OriginSet{Origins: []string{"https://www.example.fi"}}
	h.signedIn("dvv", "aino", notice.RoleAdviser).fails(http.MethodPut, path, in, http.StatusForbidden, "role-missing")
	h.browser("dvv").fails(http.MethodPut, path, in, http.StatusUnauthorized, "signed-out")
	lead := h.signedIn("dvv", "lea", notice.RoleLead)
	lead.fails(http.MethodPut, "/api/lead/services/nothing/widget", in, http.StatusNotFound, "service-not-found")
	for _, bad := range []string{"http://www.example.fi", "https://*.example.fi", "https://example.fi/polku", "'self'", "https://a.fi; script-src *"} {
		lead.fails(http.MethodPut, path, api.OriginSet{Origins: []string{bad}}, http.StatusUnprocessableEntity, "origin-form")
	}
	var many []string
	for i := range 21 {
		many = append(many, fmt.Sprintf("https://s%d.example.fi", i))
	}
	lead.fails(http.MethodPut, path, api.OriginSet{Origins: many}, http.StatusUnprocessableEntity, "origin-count")
	if got := ancestors(h.browser("dvv"), embed); got != "'self'" {
		t.Errorf("a refused list left %q", got)
	}
	foreign := h.signedIn("mallila", "lea", notice.RoleLead)
	foreign.ok(http.MethodPut, path, in, nil) // the service of its own authority that has the same id
	if got := ancestors(h.browser("dvv"), embed); got != "'self'" {
		t.Errorf("another authority's lead named %q", got)
	}
}

func TestTheScriptIsServedToAnySite(t *testing.T) {
	h := newHouse(t)
	h.server.shell.widget = readWidget(fstest.MapFS{"widget/widget.js": {Data: []byte("x")}})
	const hash = "sha384-11LCxR+6DimqGQVwqdQlPkQHegWNMpf6OlYw1b0BJiL5fCisrtMTtcg7uZDKp9qF" // of "x"
	got := h.browser("dvv").ask(http.MethodGet, "/widget.js", nil)
	for name, want := range map[string]string{"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=3600",
		"Content-Type": "text/javascript; charset=utf-8", "Set-Cookie": "", "X-Content-Type-Options": "nosniff", "ETag": `W/"` + h.server.shell.widget.integrity + `"`} {
		if got.header.Get(name) != want {
			t.Errorf("%s is %q", name, got.header.Get(name))
		}
	}
	if got.status != http.StatusOK || got.body != "x" || h.server.shell.widget.integrity != hash {
		t.Errorf("%d %s %s", got.status, got.body, h.server.shell.widget.integrity)
	}
	if again := h.browser("dvv").ask(http.MethodGet, "/widget.js", nil, "If-None-Match", got.header.Get("ETag")); again.status != http.StatusNotModified {
		t.Errorf("asked again: %d", again.status)
	}
	h.server.shell.widget = readWidget(fstest.MapFS{})
	if none := h.browser("dvv").ask(http.MethodGet, "/widget.js", nil); none.status != http.StatusNotFound {
		t.Errorf("a front end that is not built: %d", none.status)
	}
}
