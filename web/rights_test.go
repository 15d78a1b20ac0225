package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"luukku/core/access"
	"luukku/core/rights"
	"luukku/web/api"
)

// form posts what a browser without script would.
func (b *browser) form(path string, values url.Values) reply {
	b.h.t.Helper()
	return b.ask(http.MethodPost, path, values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

// closedContact is a contact that has ended, and its reference code.
func closedContact(h *house, adviser *browser) string {
	h.t.Helper()
	citizen, started := h.citizen("dvv", advice)
	at := "/api/chat/contacts/" + started.Contact
	citizen.ok(http.MethodPost, at+"/messages", api.Write{ClientID: clientID(), Text: "Naapurini Veikko muutti.", Lang: "fi"}, nil)
	adviser.ok(http.MethodPost, "/api/desk/presence", api.Presence{State: "present"}, nil)
	adviser.ok(http.MethodPost, "/api/desk/contacts/"+started.Contact+"/take", nil, nil)
	adviser.ok(http.MethodPost, "/api/desk/contacts/"+started.Contact+"/close", api.Close{Topic: "moving", Outcome: "answered"}, nil)
	var state api.ChatState
	citizen.ok(http.MethodGet, at, nil, &state)
	return state.Reference
}

// S3-28, S4-22, S4-T8: the whole way by HTTP. The citizen asks and fetches without script, cookies or an
// account; the registry accepts and delivers; the unit's official finds and redacts.
func TestACopyByHTTP(t *testing.T) {
	h := newHouse(t)
	adviser, clerk, lead := h.signedIn("dvv", "aino", access.RoleAdviser), h.signedIn("dvv", "kaarlo", access.RoleRegistryClerk), h.signedIn("dvv", "lea", access.RoleLead)
	citizen := h.browser("dvv")
	code := closedContact(h, adviser)
	asked := citizen.form("/copy-request?lang=fi", url.Values{"register": {advice}, "value": {code}, "name": {"Maija Meikäläinen"}, "email": {"maija@example.fi"}})
	if asked.status != http.StatusOK || !strings.Contains(asked.body, "Pyyntösi on saapunut") || asked.header.Get("Set-Cookie") != "" {
		t.Fatalf("%d %s", asked.status, asked.body)
	}
	var list api.RightsRequests
	clerk.ok(http.MethodGet, "/api/registry/requests", nil, &list)
	if len(list.Requests) != 1 || list.Requests[0].Status != "received" || list.Requests[0].Due == "" {
		t.Fatalf("%+v", list)
	}
	id := list.Requests[0].ID
	registry, unit := "/api/registry/requests/"+id, "/api/unit/requests/"+id
	lead.fails(http.MethodPost, unit+"/take", nil, http.StatusConflict, "request-status")
	clerk.ok(http.MethodPost, registry+"/accept", api.RightsEvidence{Evidence: "reference_code"}, nil)
	lead.ok(http.MethodPost, unit+"/take", nil, nil)
	lead.ok(http.MethodPost, unit+"/find", api.RightsFind{Reason: "pyyntö"}, nil)
	lead.fails(http.MethodPost, unit+"/finish", nil, http.StatusConflict, "items-undecided")
	decideAll(t, lead, unit)
	lead.ok(http.MethodPost, unit+"/finish", nil, nil)
	var made api.RightsDelivery
	clerk.ok(http.MethodPost, registry+"/deliver", nil, &made)
	page := citizen.ask(http.MethodGet, made.Path, nil)
	if page.status != http.StatusOK || strings.Contains(page.body, "Maija") || page.header.Get("Set-Cookie") != "" {
		t.Errorf("%d %s", page.status, page.body)
	}
	for as, kind := range map[string]string{"json": "application/json", "html": "text/html; charset=utf-8"} {
		got := citizen.form(made.Path, url.Values{"code": {made.Code}, "as": {as}})
		if got.status != http.StatusOK || got.header.Get("Content-Type") != kind || !strings.Contains(got.header.Get("Content-Disposition"), "attachment") || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", as, got.status, got.header)
		}
		if !strings.Contains(got.body, code) || strings.Count(code, "-") != 2 { // in groups, as everywhere
			t.Errorf("%s without %s", as, code)
		}
		if !strings.Contains(got.body, "Naapurini") || strings.Contains(got.body, "Veikko") || strings.Contains(got.body, "Maija") {
			t.Errorf("%s: %s", as, got.body)
		}
		if as == "json" {
			var document rights.Document
			h.must(json.Unmarshal([]byte(got.body), &document))
			if document.Format != rights.Format || len(document.Contacts) != 1 || len(document.Facts.Purposes) == 0 {
				t.Errorf("%+v", document)
			}
		}
	}
	if log := h.log.String(); strings.Contains(log, "Veikko") || strings.Contains(log, strings.TrimPrefix(made.Path, "/copy/")) || strings.Contains(log, made.Code) {
		t.Error("the log tells of the copy")
	}
}

// decideAll covers the neighbour's name and keeps the rest.
func decideAll(t *testing.T, lead *browser, unit string) {
	t.Helper()
	var draft api.RightsDraft
	lead.ok(http.MethodGet, unit, nil, &draft)
	for _, i := range draft.Items {
		decision := api.CopyDecision{Decision: "kept", Spans: []api.CopySpan{}}
		if at := strings.Index(i.Text, "Veikko"); at >= 0 {
			decision = api.CopyDecision{Decision: "covered", Ground: "third_person", Spans: []api.CopySpan{{From: at, To: at + 6}}}
		}
		if i.Decision == "undecided" {
			lead.ok(http.MethodPut, fmt.Sprintf("%s/items/%d", unit, i.N), decision, nil)
		}
	}
}

// Whatever is wrong with a link looks the same, and a request of another authority like one that is not there.
func TestForeignLinksAndRequestsLookLikeNone(t *testing.T) {
	h := newHouse(t)
	clerk, stranger := h.signedIn("dvv", "kaarlo", access.RoleRegistryClerk), h.signedIn("mallila", "kalle", access.RoleRegistryClerk)
	official := h.signedIn("mallila", "liisa", access.RoleLead)
	var made api.RightsMade
	clerk.ok(http.MethodPost, "/api/registry/requests", api.RightsIntake{Register: advice, Lang: "fi", Arrived: "letter"}, &made)
	for _, one := range []struct {
		by           *browser
		method, path string
		body         any
	}{
		{stranger, http.MethodGet, "/api/registry/requests/%s", nil},
		{stranger, http.MethodPost, "/api/registry/requests/%s/accept", api.RightsEvidence{Evidence: "reference_code"}},
		{stranger, http.MethodPost, "/api/registry/requests/%s/deliver", nil},
		{official, http.MethodGet, "/api/unit/requests/%s", nil},
		{official, http.MethodPost, "/api/unit/requests/%s/take", nil},
		{official, http.MethodPost, "/api/unit/requests/%s/find", api.RightsFind{Reason: "syy"}},
	} {
		foreign, none := one.by.ask(one.method, fmt.Sprintf(one.path, made.Request), one.body), one.by.ask(one.method, fmt.Sprintf(one.path, "rq_00000000000000000000000000"), one.body)
		if foreign.status != http.StatusNotFound || foreign.body != none.body || foreign.status != none.status {
			t.Errorf("%s %s: %d %s, and for none %d %s", one.method, one.path, foreign.status, foreign.body, none.status, none.body)
		}
	}
	b := h.browser("dvv")
	first := b.form("/copy/abc", url.Values{"code": {"AAAA-AAAA-AAAA"}})
	second := b.form("/copy/abc", url.Values{"code": {""}})
	if first.status != http.StatusForbidden || first.body != second.body {
		t.Errorf("%d %d", first.status, second.status)
	}
}

// What is wrong with a form is said at its field, with what was written; nothing is stored.
func TestTheFormSaysWhatIsWrong(t *testing.T) {
	h := newHouse(t)
	b := h.browser("dvv")
	for field, in := range map[string]url.Values{
		"register": {"register": {"x"}, "value": {"K7M-29Q-XT4"}, "text": {"<b>kopio</b>"}},
		"value":    {"register": {advice}, "value": {"K7M"}, "text": {"<b>kopio</b>"}},
		"email":    {"register": {advice}, "value": {"0000-00000"}, "email": {"x"}, "text": {"<b>kopio</b>"}},
	} {
		got := b.form("/copy-request?lang=en", in)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `href="#f-`+field+`"`) || !strings.Contains(got.body, "&lt;b&gt;kopio") || !strings.Contains(got.body, `role="alert"`) {
			t.Errorf("%s: %d %s", field, got.status, got.body)
		}
	}
	clerk := h.signedIn("dvv", "kaarlo", access.RoleRegistryClerk)
	var list api.RightsRequests
	clerk.ok(http.MethodGet, "/api/registry/requests", nil, &list)
	if len(list.Requests) != 0 {
		t.Errorf("stored: %+v", list)
	}
	if cross := b.ask(http.MethodPost, "/copy-request", "register="+advice, "Content-Type", "application/x-www-form-urlencoded", "Origin", "https://elsewhere.example"); cross.status != http.StatusForbidden {
		t.Errorf("another site's form: %d", cross.status)
	}
}

// Each request is a case for the registry: one address cannot bury it in them.
func TestOneAddressAsksForFewCopies(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.Limits.Starts = 60 })
	b := h.browser("dvv")
	ask := func() int {
		return b.form("/copy-request", url.Values{"register": {advice}, "value": {"K7M-29Q-XT4"}}).status
	}
	for range 5 {
		if status := ask(); status != http.StatusOK && status != http.StatusUnprocessableEntity {
			t.Fatal(status)
		}
	}
	if status := ask(); status != http.StatusTooManyRequests {
		t.Errorf("the sixth at once: %d", status)
	}
}
