package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"luukku/core/access"
	"luukku/core/rights"
	"luukku/web/api"
)

// filedCopy is a delivered copy of a conversation with one file, and the number of its item.
func filedCopy(t *testing.T, h *house, content []byte) (made api.RightsDelivery, n int64) {
	t.Helper()
	desk, clerk, lead := h.signedIn("dvv", "aino", access.RoleAdviser), h.signedIn("dvv", "kaarlo", access.RoleRegistryClerk), h.signedIn("dvv", "lea", access.RoleLead)
	citizen, started := h.citizen("dvv", guardianship)
	at := "/api/chat/contacts/" + started.Contact
	desk.ok(http.MethodPost, "/api/desk/contacts/"+started.Contact+"/take", nil, nil)
	if r := citizen.sendFile(at+"/files", aboutFile("Katso tätä"), "päätös.png", content); r.status != http.StatusOK {
		t.Fatal(r.body)
	}
	desk.ok(http.MethodPost, "/api/desk/contacts/"+started.Contact+"/close", api.Close{Topic: "moving", Outcome: "answered"}, nil)
	var state api.ChatState
	citizen.ok(http.MethodGet, at, nil, &state)
	var q api.RightsMade
	clerk.ok(http.MethodPost, "/api/registry/requests", api.RightsIntake{Register: guardianship, Lang: "sv", Arrived: "letter", By: "reference", Value: state.Reference}, &q)
	unit := "/api/unit/requests/" + q.Request
	clerk.ok(http.MethodPost, "/api/registry/requests/"+q.Request+"/accept", api.RightsEvidence{Evidence: "reference_code"}, nil)
	lead.ok(http.MethodPost, unit+"/take", nil, nil)
	lead.ok(http.MethodPost, unit+"/find", api.RightsFind{Reason: "pyyntö"}, nil)
	var draft api.RightsDraft
	lead.ok(http.MethodGet, unit, nil, &draft)
	for _, i := range draft.Items {
		if i.File != nil {
			n = i.N
			if i.File.Name != "päätös.png" || i.Text != "" || i.Decision != "undecided" {
				t.Errorf("%+v %+v", i, i.File)
			}
		}
	}
	seen := fmt.Sprintf("%s/items/%d/file", unit, n)
	if r := lead.ask(http.MethodGet, seen, nil); r.status != http.StatusOK || r.body != string(content) || r.header.Get("Content-Security-Policy") != cspFile {
		t.Errorf("the official: %d %v", r.status, r.header)
	}
	if r := clerk.ask(http.MethodGet, seen, nil); r.status != http.StatusForbidden {
		t.Errorf("the registry: %d", r.status)
	}
	decideAll(t, lead, unit)
	lead.ok(http.MethodPost, unit+"/finish", nil, nil)
	clerk.ok(http.MethodPost, "/api/registry/requests/"+q.Request+"/deliver", nil, &made)
	return made, n
}

// The person finds each file behind the copy's own link and code: from the readable copy, from the list, and
// by its number from the machine-readable one. It comes as files do: an attachment in a sandbox.
func TestTheFilesOfACopyByHTTP(t *testing.T) {
	h := newHouse(t)
	content := pictureOf(t)
	made, n := filedCopy(t, h, content)
	citizen := h.browser("dvv")
	part := fmt.Sprintf("%s/files/%d", made.Path, n)
	var document rights.Document
	h.must(json.Unmarshal([]byte(citizen.form(made.Path, url.Values{"code": {made.Code}, "as": {"json"}}).body), &document))
	if text := fmt.Sprint(document.Contacts); !strings.Contains(text, "Flytt") {
		t.Errorf("the topic is told as %s", text)
	}
	html := citizen.form(made.Path, url.Values{"code": {made.Code}, "as": {"html"}}).body
	link := regexp.MustCompile(`href="http://[^"/]+(/dvv)?(/copy/[^"]+)\?lang=sv"`).FindStringSubmatch(html)
	if link == nil || link[2] != part || !strings.Contains(html, "päätös.png, PNG, 1 kB") {
		t.Fatalf("the page has no way to the file: %v\n%s", link, html)
	}
	list := citizen.form(made.Path+"?lang=fi", url.Values{"code": {made.Code}, "as": {"files"}})
	if !strings.Contains(list.body, `action="/dvv`+part+`?lang=fi"`) || !strings.Contains(list.body, made.Code) || list.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v %s", list.header, list.body)
	}
	form := citizen.ask(http.MethodGet, part, nil)
	if form.status != http.StatusOK || strings.Contains(form.body, "päätös") || form.body != strings.ReplaceAll(citizen.ask(http.MethodGet, strings.TrimSuffix(part, fmt.Sprint(n))+"77", nil).body, "/files/77", fmt.Sprintf("/files/%d", n)) {
		t.Errorf("the page of a file tells of it: %d %s", form.status, form.body)
	}
	got := citizen.form(part, url.Values{"code": {made.Code}})
	if got.status != http.StatusOK || got.body != string(content) {
		t.Fatalf("%d, %d bytes", got.status, len(got.body))
	}
	for name, want := range map[string]string{"Content-Type": "image/png", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": cspFile, "Content-Disposition": "attachment; filename*=utf-8''p%C3%A4%C3%A4t%C3%B6s.png"} {
		if got := got.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	wrong := citizen.form(part, url.Values{"code": {"AAAA-AAAA-AAAA"}})
	none := citizen.form("/copy/abc/files/1", url.Values{"code": {made.Code}})
	if wrong.status != http.StatusForbidden || none.status != http.StatusForbidden || strings.Contains(wrong.body, made.Code) {
		t.Errorf("a wrong code %d, a link that nobody made %d", wrong.status, none.status)
	}
	for _, bad := range []string{"0", "-1", "x", "99999999999999999999"} {
		if got := citizen.form(made.Path+"/files/"+bad, url.Values{"code": {made.Code}}); got.status != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, got.status)
		}
	}
	if got := citizen.form(made.Path+"/files/1", url.Values{"code": {made.Code}}); got.status != http.StatusNotFound {
		t.Errorf("what is no file: %d", got.status)
	}
}

// A person follows their request on a page of their own: each state says what happened, an extension with its
// reasons, and a wrong number answers like a wrong code.
func TestARequestIsFollowedByHTTP(t *testing.T) {
	h := newHouse(t)
	adviser, clerk, lead := h.signedIn("dvv", "aino", access.RoleAdviser), h.signedIn("dvv", "kaarlo", access.RoleRegistryClerk), h.signedIn("dvv", "lea", access.RoleLead)
	code, citizen := closedContact(h, adviser), h.browser("dvv")
	asked := citizen.form("/copy-request?lang=en", url.Values{"register": {advice}, "value": {code}})
	id := regexp.MustCompile(`rq_[0-9a-z]{26}`).FindString(asked.body)
	if id == "" || !strings.Contains(asked.body, "/copy-request/status?lang=en") {
		t.Fatalf("%d %s", asked.status, asked.body)
	}
	registry, unit := "/api/registry/requests/"+id, "/api/unit/requests/"+id
	says := func(want ...string) {
		t.Helper()
		got := citizen.form("/copy-request/status?lang=en", url.Values{"number": {id}, "value": {code}})
		for _, text := range want {
			if got.status != http.StatusOK || !strings.Contains(got.body, text) || got.header.Get("Cache-Control") != "no-store" || got.header.Get("Set-Cookie") != "" {
				t.Errorf("no %q: %d %v %s", text, got.status, got.header, got.body)
			}
		}
	}
	says("Your request has arrived", "We answer by")
	clerk.ok(http.MethodPost, registry+"/accept", api.RightsEvidence{Evidence: "reference_code"}, nil)
	says("waiting for an official")
	var told api.RightsTold
	clerk.ok(http.MethodPost, registry+"/extend", api.RightsReasons{Reasons: "Pyyntö on laaja."}, &told)
	if told.Mailed {
		t.Error("a mail is on its way without an address")
	}
	says("Pyyntö on laaja.")
	lead.ok(http.MethodPost, unit+"/take", nil, nil)
	lead.ok(http.MethodPost, unit+"/find", api.RightsFind{Reason: "pyyntö"}, nil)
	says("An official is finding your data")
	decideAll(t, lead, unit)
	lead.ok(http.MethodPost, unit+"/finish", nil, nil)
	says("The registry will answer you next")
	var made api.RightsDelivery
	clerk.ok(http.MethodPost, registry+"/deliver", nil, &made)
	says("The copy is ready")
	for range 5 {
		citizen.form(made.Path, url.Values{"code": {"AAAA"}})
	}
	says("a wrong code was given five times")
	wrong := citizen.form("/copy-request/status?lang=en", url.Values{"number": {id}, "value": {"K7M-29Q-XT4"}})
	none := citizen.form("/copy-request/status?lang=en", url.Values{"number": {"rq_00000000000000000000000000"}, "value": {code}})
	if wrong.status != http.StatusForbidden || wrong.body != strings.ReplaceAll(none.body, "rq_00000000000000000000000000", id) {
		t.Errorf("a wrong code %d, a number that nobody has %d\n%s\n%s", wrong.status, none.status, wrong.body, none.body)
	}
}
