package web

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"luukku/core/access"
	"luukku/web/api"
	"luukku/web/app"
)

// live gives the house's chat pages a script and a style, whether or not the front end is built.
func (h *house) live() {
	h.server.shell.first = readFirst(fstest.MapFS{"first/first.js": {Data: []byte("run()")}, "first/first.css": {Data: []byte(".a{b:c}")}})
	h.server.shell.front = fronts(fstest.MapFS{".vite/manifest.json": {Data: []byte(manifest)}})
}

var asked = regexp.MustCompile(`<input id="f-(\w+)"`)

// S0 and X: a page asks what the service's notice declares and nothing else, and says what is kept, before any script runs.
func TestAChatsPageComesWithItsForm(t *testing.T) {
	h := newHouse(t)
	h.live()
	for _, c := range []struct {
		path, fields string
		has          []string
	}{
		{"/chat/" + advice + "?lang=fi", "email phone name", []string{`lang="fi"`, "Säilytämme", "Aloita chat", `value="fi" id="l-fi" checked`, `method="dialog"`, `href="/dvv/notices/citizens-advice?lang=fi"`}},
		{"/chat/" + advice + "?lang=sv", "email phone name", []string{`lang="sv"`, `value="sv" id="l-sv" checked`, "/app/assets/sv-6.js"}},
		{"/chat/" + guardianship + "?lang=en", "", []string{app.TextsOf("en").Get("chat.start.begin")}},
		{embed + "?lang=fi", "email phone name", []string{"embed_main", "Avaa chat omaan välilehteen"}},
	} {
		r := h.browser("dvv").ask(http.MethodGet, c.path, nil)
		var fields []string
		for _, m := range asked.FindAllStringSubmatch(r.body, -1) {
			fields = append(fields, m[1])
		}
		if r.status != http.StatusOK || strings.Join(fields, " ") != c.fields {
			t.Errorf("%s: %d asks for %q", c.path, r.status, fields)
		}
		for _, want := range c.has {
			if !strings.Contains(r.body, want) {
				t.Errorf("%s has no %s", c.path, want)
			}
		}
		nonce := regexp.MustCompile(`'nonce-([^']+)'`).FindStringSubmatch(r.header.Get("Content-Security-Policy"))
		if len(nonce) < 2 || strings.Count(html.UnescapeString(r.body), `<script nonce="`+nonce[1]+`">`) != 2 || !strings.Contains(html.UnescapeString(r.body), `<style nonce="`+nonce[1]+`">.a{b:c}`) {
			t.Errorf("%s: nonce %q", c.path, nonce)
		}
	}
}

func TestAClosedServicesPageSaysWhenItOpens(t *testing.T) {
	h := newHouse(t)
	h.live()
	lead := h.signedIn("dvv", "lea", access.RoleLead)
	var one api.LeadService
	lead.ok(http.MethodGet, "/api/lead/services/"+advice, nil, &one)
	lead.ok(http.MethodPut, "/api/lead/services/"+advice+"/closure", api.ClosureSet{Base: one.Versions.Closure, Closed: true, Message: api.Text{FI: "Huolto <b>nyt</b>", SV: "Underhåll", EN: "Maintenance"}}, &one)
	r := h.browser("dvv").ask(http.MethodGet, "/chat/"+advice+"?lang=fi", nil)
	if r.status != http.StatusOK || strings.Contains(r.body, `id="start"`) || !strings.Contains(r.body, "Huolto &lt;b&gt;nyt") || !strings.Contains(r.body, "ei ole vielä tiedossa") {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestAChatsPageIsCompressedForWhoReadsThat(t *testing.T) {
	h := newHouse(t)
	h.live()
	plain, packed := h.browser("dvv").ask(http.MethodGet, "/chat/"+advice, nil, "Accept-Encoding", "identity"), h.browser("dvv").ask(http.MethodGet, "/chat/"+advice, nil, "Accept-Encoding", "gzip")
	if plain.header.Get("Content-Encoding") != "" || packed.header.Get("Content-Encoding") != "gzip" || len(packed.body) >= len(plain.body) {
		t.Errorf("%q of %d, %q of %d", plain.header.Get("Content-Encoding"), len(plain.body), packed.header.Get("Content-Encoding"), len(packed.body))
	}
}

// A script that would end its element early must not be written into a page.
func TestAScriptStaysInItsElement(t *testing.T) {
	for _, text := range []string{"a='</script>'", "b='</SCRIPT '", "c='<!--'", "d='</style>'"} {
		if readFirst(fstest.MapFS{"first/first.js": {Data: []byte(text)}, "first/first.css": {Data: []byte("x")}}).script != "" {
			t.Errorf("%s was taken", text)
		}
	}
	h := newHouse(t)
	h.server.shell.first = first{}
	if r := h.browser("dvv").ask(http.MethodGet, "/chat/"+advice, nil); r.status != http.StatusOK || strings.Contains(r.body, `id="start"`) {
		t.Errorf("without a front end: %d %s", r.status, r.body)
	}
}
