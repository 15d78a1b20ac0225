package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/web/api"
)

const leadAnswers = "/api/lead/answers"

func hello() api.AnswerWrite {
	return api.AnswerWrite{Name: "Tervehdys", Shortcut: "hei", Services: []string{}, Text: api.AnswerText{FI: "Hei! Olet palvelussa {service}.", SV: "Hej!"}}
}

// What a lead writes is offered to advisers of the service with the values of its variables, each in its
// language, until it is archived.
func TestAReadyAnswerIsWrittenAndUsed(t *testing.T) {
	h := newHouse(t)
	lead, adviser := h.signedIn("dvv", "lea", access.RoleLead), h.signedIn("dvv", "aino", access.RoleAdviser)
	var made api.Answer
	lead.ok(http.MethodPost, leadAnswers, hello(), &made)
	if made.Version != 1 || !made.Mine || len(made.Missing) != 1 || made.Missing[0] != "en" {
		t.Errorf("%+v", made)
	}
	var use api.DeskAnswers
	adviser.ok(http.MethodGet, "/api/desk/services/"+advice+"/answers", nil, &use)
	if len(use.Answers) != 1 || use.Answers[0].Text != hello().Text || use.Values.FI["service"] == "" || use.Values.FI["today"] == use.Values.EN["today"] {
		t.Errorf("%+v", use)
	}
	lead.ok(http.MethodPut, leadAnswers+"/"+made.ID+"/archive", api.AnswerArchive{Archived: true}, nil)
	adviser.ok(http.MethodGet, "/api/desk/services/"+advice+"/answers", nil, &use)
	if len(use.Answers) != 0 {
		t.Errorf("an archived answer is offered: %+v", use.Answers)
	}
}

// Versions stand beside each other: a change that was made over an older one is refused, and going back
// is a version of its own.
func TestAReadyAnswerHasVersions(t *testing.T) {
	h := newHouse(t)
	lead := h.signedIn("dvv", "lea", access.RoleLead)
	var one, two, three api.Answer
	lead.ok(http.MethodPost, leadAnswers, hello(), &one)
	at := leadAnswers + "/" + one.ID
	changed := hello()
	changed.Text.EN = "Hello!"
	lead.ok(http.MethodPut, at, api.AnswerSave{Base: 1, Content: changed}, &two)
	if got := lead.ask(http.MethodPut, at, api.AnswerSave{Base: 1, Content: hello()}); got.status != http.StatusConflict {
		t.Errorf("saved over a version that was not read: %d %s", got.status, got.body)
	}
	lead.ok(http.MethodPost, at+"/revert", api.AnswerRevert{Base: two.Version, To: 1}, &three)
	var all api.AnswerVersions
	lead.ok(http.MethodGet, at, nil, &all)
	if three.Version != 3 || three.Text != hello().Text || len(all.Versions) != 3 || all.Versions[1].Text.EN != "Hello!" {
		t.Errorf("%+v %+v", three, all)
	}
}

// Advisers use answers and do not write them; another authority's answer is like none; a personal identity
// code is no part of one.
func TestReadyAnswersAreRefused(t *testing.T) {
	h := newHouse(t)
	lead, adviser, foreign := h.signedIn("dvv", "lea", access.RoleLead), h.signedIn("dvv", "aino", access.RoleAdviser), h.signedIn("mallila", "lea", access.RoleLead)
	var made api.Answer
	lead.ok(http.MethodPost, leadAnswers, hello(), &made)
	at := leadAnswers + "/" + made.ID
	adviser.fails(http.MethodPost, leadAnswers, hello(), http.StatusForbidden, "role-missing")
	h.browser("dvv").fails(http.MethodGet, leadAnswers, nil, http.StatusUnauthorized, "signed-out")
	other, missing := foreign.ask(http.MethodGet, at, nil), foreign.ask(http.MethodGet, leadAnswers+"/none", nil)
	if other.status != missing.status || other.body != missing.body {
		t.Errorf("a foreign answer is told from none: %d %s, %d %s", other.status, other.body, missing.status, missing.body)
	}
	if got := foreign.ask(http.MethodPut, at, api.AnswerSave{Base: 1, Content: hello()}); got.status != http.StatusNotFound {
		t.Errorf("a foreign answer was reached: %d %s", got.status, got.body)
	}
	code := hello()
	code.Shortcut, code.Text.FI = "koodi", "Tunnus on 010190-999W."
	if got := lead.ask(http.MethodPost, leadAnswers, code); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a personal identity code was kept: %d %s", got.status, got.body)
	}
	if got := lead.ask(http.MethodPost, leadAnswers, api.AnswerWrite{Services: []string{}, Text: api.AnswerText{FI: strings.Repeat("x", 5000)}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("too long a text was kept: %d", got.status)
	}
}

// A link in a message is shown by who reads it, and fetched by nobody until it is followed.
func TestTheServerFetchesNoLink(t *testing.T) {
	h := newHouse(t)
	var asked atomic.Int64
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer site.Close()
	adviser := h.signedIn("dvv", "aino", access.RoleAdviser)
	citizen, begun := h.citizen("dvv", advice)
	adviser.ok(http.MethodPost, "/api/desk/contacts/"+begun.Contact+"/take", nil, nil)
	adviser.ok(http.MethodPost, "/api/desk/contacts/"+begun.Contact+"/messages", map[string]string{"client_id": "linkki-linkki-linkki-1", "text": "Katso " + site.URL + "/sivu", "lang": "fi", "kind": "reply"}, nil)
	got := citizen.ask(http.MethodGet, "/api/chat/contacts/"+begun.Contact+"/messages?after=0", nil)
	if !strings.Contains(got.body, site.URL+"/sivu") {
		t.Errorf("the link did not arrive as it was written: %s", got.body)
	}
	time.Sleep(200 * time.Millisecond)
	if n := asked.Load(); n != 0 {
		t.Errorf("the link was fetched %d times", n)
	}
}
