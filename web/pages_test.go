package web

import (
	"context"
	"encoding/csv"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/desk/report"
	"luukku/store"
	"luukku/web/api"
	"luukku/web/pages"
)

// Pages that people only read work without script and without cookies, in three languages.
func TestPagesWorkWithoutScriptAndCookies(t *testing.T) { // S3-38, S4-2, X-23
	h := newHouse(t)
	b := h.browser("dvv")
	for _, path := range []string{"/", "/services/" + advice, "/services/" + guardianship, "/notices/", "/notices/" + advice, "/notices/staff-accounts", "/notices/audit-log", "/notices/rights-requests", "/copy-request", "/copy/x", "/notices/" + advice + "?version=1", "/accessibility"} {
		var titles []string
		for _, lang := range languages {
			sign := "?"
			if strings.Contains(path, "?") {
				sign = "&"
			}
			r := b.ask(http.MethodGet, path+sign+"lang="+lang, nil)
			if r.status != http.StatusOK || r.header.Get("Content-Type") != "text/html; charset=utf-8" {
				t.Errorf("%s %s: %d", lang, path, r.status)
				continue
			}
			for _, not := range []string{"<script", "<style", " style=", " onclick", "javascript:", "ZgotmplZ", "<no value>", "page-", "access-"} {
				if strings.Contains(strings.ReplaceAll(r.body, `class="lead"`, ""), not) {
					t.Errorf("%s %s has %s", lang, path, not)
				}
			}
			if !strings.Contains(r.body, `<html lang="`+lang+`">`) || strings.Count(r.body, "<h1") != 1 || r.header.Get("Set-Cookie") != "" {
				t.Errorf("%s %s: %d h1, cookie %q", lang, path, strings.Count(r.body, "<h1"), r.header.Get("Set-Cookie"))
			}
			titles = append(titles, titleOf(r.body))
			checkLinks(t, b, path, r.body)
		}
		if len(titles) == 3 && (titles[0] == titles[1] || titles[1] == titles[2]) {
			t.Errorf("%s has one title in two languages: %v", path, titles)
		}
	}
}

var (
	titlePattern = regexp.MustCompile(`<title>(.*?)</title>`)
	linkPattern  = regexp.MustCompile(`(?:href|src)="(/[^"]*)"`)
)

func titleOf(body string) string {
	if m := titlePattern.FindStringSubmatch(body); m != nil {
		return m[1]
	}
	return ""
}

// checkLinks follows every link of a page to this server.
func checkLinks(t *testing.T, b *browser, from, body string) {
	t.Helper()
	root := *b
	root.base = b.h.site.URL
	for _, m := range linkPattern.FindAllStringSubmatch(body, -1) {
		path := strings.ReplaceAll(m[1], "&amp;", "&")
		if strings.HasPrefix(path, "/app/favicon") { // of the built front end
			continue
		}
		if r := root.ask(http.MethodGet, path, nil); r.status != http.StatusOK {
			t.Errorf("%s leads to %s: %d", from, path, r.status)
		}
	}
}

func TestServicePageTellsHoursAndClosures(t *testing.T) {
	h := newHouse(t)
	b := h.browser("dvv")
	lead := h.signedIn("dvv", "lea", access.RoleLead)
	page := func() string { return b.ask(http.MethodGet, "/services/"+advice+"?lang=fi", nil).body }
	if text := page(); !strings.Contains(text, "Avoinna klo 16.00 asti") || !strings.Contains(text, "8.00–16.00") || !strings.Contains(text, "/dvv/chat/"+advice+"?lang=fi") {
		t.Errorf("%s", text)
	}
	var one api.LeadService
	lead.fails(http.MethodPut, "/api/lead/services/"+advice+"/closure", api.ClosureSet{Closed: true, Message: api.Text{FI: "Huolto"}}, http.StatusUnprocessableEntity, "three-languages")
	lead.ok(http.MethodPut, "/api/lead/services/"+advice+"/closure", api.ClosureSet{Closed: true, Message: api.Text{FI: "Huolto <b>nyt</b>", SV: "Underhåll", EN: "Maintenance"}}, &one)
	if one.Open || !one.Closure.Closed {
		t.Errorf("%+v", one)
	}
	if text := page(); !strings.Contains(text, "Huolto &lt;b&gt;nyt&lt;/b&gt;") || strings.Contains(text, "/chat/") {
		t.Errorf("%s", text)
	}
	h.browser("dvv").fails(http.MethodPost, "/api/chat/contacts", api.StartContact{Service: advice, Lang: "fi", ClientID: clientID()}, http.StatusConflict, "service-closed")
	lead.ok(http.MethodPut, "/api/lead/services/"+advice+"/closure", api.ClosureSet{Base: one.Versions.Closure}, &one)
	lead.ok(http.MethodPut, "/api/lead/services/"+advice+"/hours", api.HoursSet{Hours: []api.Hours{{Weekday: 2, Opens: "10:00", Closes: "12:30"}}}, &one)
	if len(one.Hours) != 1 || one.Hours[0] != (api.Hours{Weekday: 2, Opens: "10:00", Closes: "12:30"}) || one.Open {
		t.Errorf("%+v", one)
	}
	if text := page(); !strings.Contains(text, "Avautuu tiistaina 24.11.2026 klo 10.00") {
		t.Errorf("%s", text)
	}
	lead.ok(http.MethodPut, "/api/lead/services/"+advice+"/holidays", api.HolidaySet{Holidays: []api.Holiday{{Day: "2026-11-24", Name: &api.Text{FI: "Juhla", SV: "Fest", EN: "Feast"}}}}, &one)
	if text := page(); !strings.Contains(text, "24.11.2026 (Juhla)") || !strings.Contains(text, "Avautuu tiistaina 1.12.2026") {
		t.Errorf("%s", text)
	}
	lead.ok(http.MethodPut, "/api/lead/services/"+advice+"/hours", api.HoursSet{Base: one.Versions.Hours, Hours: []api.Hours{{Weekday: 1, Opens: "00:00", Closes: "24:00"}}}, &one)
	if text := page(); !strings.Contains(text, "ympäri vuorokauden") || strings.Contains(text, "0.00–24.00") {
		t.Errorf("%s", text)
	}
	lead.fails(http.MethodPut, "/api/lead/services/"+advice+"/hours", api.HoursSet{Hours: []api.Hours{{Weekday: 1, Opens: "12:00", Closes: "10:00"}}}, http.StatusUnprocessableEntity, "hours-order")
}

// An address typed without its last slash leads to the page of the same authority, in the same language.
func TestAnAddressWithoutItsSlashStaysWithItsAuthority(t *testing.T) {
	h := newHouse(t)
	r := h.browser("dvv").ask(http.MethodGet, "/notices?lang=sv", nil)
	if r.status != http.StatusMovedPermanently || r.header.Get("Location") != "/dvv/notices/?lang=sv" {
		t.Errorf("%d %q", r.status, r.header.Get("Location"))
	}
}

func TestErrorsAreAPageForPeople(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct{ path, lang, want string }{
		{"/services/none", "fi", "Palvelua ei löydy."}, {"/notices/none", "sv", "Dataskyddsbeskrivningen hittades inte."},
		{"/notices/" + advice + "?version=99", "en", "There is no such privacy notice."}, {"/nothing/here", "en", "There is no such page."}, {"/chat/none", "fi", "Palvelua ei löydy."},
	} {
		b := h.browser("dvv")
		b.lang = c.lang
		r := b.ask(http.MethodGet, c.path, nil)
		if r.status != http.StatusNotFound || !strings.Contains(r.body, c.want) || !strings.Contains(r.body, "<h1>") {
			t.Errorf("%s: %d %s", c.path, r.status, r.body)
		}
	}
	b := h.browser("nobody")
	if r := b.ask(http.MethodGet, "/", nil); r.status != http.StatusNotFound || strings.Contains(r.body, "nobody") {
		t.Errorf("an unknown authority: %d %s", r.status, r.body)
	}
}

func TestShellCarriesItsNonceAndBoot(t *testing.T) {
	h := newHouse(t)
	b := h.browser("dvv")
	for _, path := range []string{"/chat/" + advice, "/sign-in", "/desk", "/desk/", "/desk/contacts/x", "/lead", "/officer", "/admin", "/account"} {
		r := b.ask(http.MethodGet, path, nil)
		if r.status != http.StatusOK || !strings.Contains(r.header.Get("Content-Security-Policy"), "connect-src 'self' ws://127.0.0.1") {
			t.Errorf("%s: %d %v", path, r.status, r.header)
		}
	}
	if r := b.ask(http.MethodGet, "", nil); r.status != http.StatusMovedPermanently || r.header.Get("Location") != "/dvv/" {
		t.Errorf("without a slash: %d %v", r.status, r.header)
	}
}

// The server's pages wear the front end's look.
func TestPagesShareTheFrontEndsTokens(t *testing.T) {
	token := regexp.MustCompile(`(?m)^\s*(--[a-z-]+): (.*);$`)
	tokens := func(file string) map[string]string {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, m := range token.FindAllStringSubmatch(string(text), -1) {
			out[m[1]] = m[2]
		}
		return out
	}
	front, pages := tokens("app/src/look/base.css"), tokens("pages/style.css")
	for name, value := range pages {
		if front[name] != value {
			t.Errorf("%s is %s here and %s in the front end", name, value, front[name])
		}
	}
	if len(pages) < 10 {
		t.Errorf("%d tokens", len(pages))
	}
}

// The server's pages are set in the front end's typeface, from the same files, which their policy lets in.
func TestPagesWearTheFrontEndsTypeface(t *testing.T) {
	const built = `.a{b:c}@font-face{font-family:"Source Sans 3";src:url(/app/assets/a-1.woff2)}p{d:e}@font-face{src:url(/app/assets/b-2.woff2)}`
	renderer, err := pages.New(facesIn(built))
	if err != nil {
		t.Fatal(err)
	}
	address, css := renderer.Style()
	for _, want := range []string{`@font-face{font-family:"Source Sans 3";src:url(/app/assets/a-1.woff2)}`, "url(/app/assets/b-2.woff2)", "font-family: 'Source Sans 3'"} {
		if !strings.Contains(string(css), want) {
			t.Errorf("the style sheet has no %s", want)
		}
	}
	if strings.Contains(string(css), ".a{b:c}") || strings.Contains(string(css), "p{d:e}") {
		t.Error("the style sheet has more of the front end than its typeface")
	}
	bare, err := pages.New("")
	if err != nil {
		t.Fatal(err)
	}
	if other, _ := bare.Style(); other == address {
		t.Error("another style sheet has the same address")
	}
	if r := newHouse(t).browser("dvv").ask(http.MethodGet, "/", nil); !strings.Contains(r.header.Get("Content-Security-Policy"), "font-src 'self'") {
		t.Errorf("policy %q", r.header.Get("Content-Security-Policy"))
	}
}

func TestReportWithholdsSmallCounts(t *testing.T) { // S3-26, X-16
	h := newHouse(t)
	lead := h.signedIn("dvv", "lea", access.RoleLead)
	citizen, started := h.citizen("dvv", advice)
	citizen.ok(http.MethodPost, "/api/chat/contacts/"+started.Contact+"/end", nil, nil)
	h.clock.Advance(2 * time.Hour)
	_, err := h.desk.Settle(t.Context(), "dvv")
	h.must(err)
	var r api.Report
	lead.ok(http.MethodGet, "/api/report/contacts?from=2026-11-01&to=2026-11-30", nil, &r)
	if r.Suppressed != 5 || len(r.Tables) == 0 {
		t.Fatalf("%+v", r)
	}
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			if row.Count > 0 && row.Count < 5 || row.Label == "" {
				t.Errorf("%s: %+v", table.By, row)
			}
		}
	}
	lead.fails(http.MethodGet, "/api/report/contacts?from=2026-12-01&to=2026-11-30", nil, http.StatusUnprocessableEntity, "field-range")
}

func TestOfficerSeesWhatDiesAndWhoLooked(t *testing.T) { // S4-20, X-14, X-21
	h := newHouse(t)
	officer := h.signedIn("dvv", "tiina", access.RoleOfficer)
	_, _, _, desk, id := h.talk()
	_ = desk
	var dying api.Destruction
	officer.ok(http.MethodGet, "/api/officer/destruction", nil, &dying)
	found := false
	for _, d := range dying.Buckets {
		if d.Sentence == "" || d.GroupName == "" {
			t.Errorf("%+v", d)
		}
		found = found || d.Notice.ID == guardianship && d.Day == "2027-01-22" && d.Records > 0
	}
	if !found {
		t.Errorf("%+v", dying.Buckets)
	}
	var purposes api.Purposes
	officer.ok(http.MethodGet, "/api/officer/purposes", nil, &purposes)
	if len(purposes.Purposes) == 0 {
		t.Fatal("no purpose to choose")
	}
	var entries api.AuditEntries
	query := api.AuditQuery{By: "contact", ID: id, Purpose: purposes.Purposes[0].ID, Reason: "tarkastus"}
	officer.ok(http.MethodPost, "/api/officer/audit", query, &entries)
	names := map[string]bool{}
	for _, e := range entries.Entries {
		names[e.Who.Name] = true
	}
	if !names["Nimi aino"] || !names["the citizen"] {
		t.Errorf("%+v", entries.Entries)
	}
	query.Reason = ""
	officer.fails(http.MethodPost, "/api/officer/audit", query, http.StatusUnprocessableEntity, "field-empty")
	var alarms api.Alarms
	officer.ok(http.MethodGet, "/api/officer/alarms", nil, &alarms)
}

func TestEarlierContactsAreFoundForAChosenPurpose(t *testing.T) { // S3-2
	h := newHouse(t)
	b := h.browser("dvv")
	var started api.Started
	b.ok(http.MethodPost, "/api/chat/contacts", api.StartContact{Service: advice, Lang: "fi", ClientID: clientID(), Fields: map[string]string{"email": "Kaisa@Example.fi"}}, &started)
	b.token = started.Token
	b.ok(http.MethodPost, "/api/chat/contacts/"+started.Contact+"/messages", api.Write{ClientID: clientID(), Text: "aiempi asia", Lang: "fi"}, nil)
	desk := h.signedIn("dvv", "aino", access.RoleAdviser)
	var options api.DeskOptions
	desk.ok(http.MethodGet, "/api/desk/options", nil, &options)
	var purpose api.PurposeChoice
	for _, one := range options.Services {
		if one.ID == advice {
			if len(one.Purposes) == 0 || strings.Join(one.SearchBy, " ") != "reference email phone" || len(one.Outcomes) == 0 || one.Outcomes[0].Name == "outcome-answered" {
				t.Fatalf("%+v", one)
			}
			purpose = one.Purposes[0]
		}
	}
	if purpose.ID != "return_to_past_event" || !purpose.Reason || purpose.Name == "" || purpose.Law == "" {
		t.Errorf("%+v", purpose)
	}
	search := api.Search{By: "email", Value: "kaisa@example.fi", Purpose: purpose.ID, Reason: "asiakas palasi"}
	var found api.Found
	desk.ok(http.MethodPost, "/api/desk/search", search, &found)
	if len(found.Contacts) != 1 || found.Contacts[0].Contact != started.Contact {
		t.Fatalf("%+v", found)
	}
	at := "/api/desk/contacts/" + started.Contact + "/read"
	desk.fails(http.MethodPost, at, api.ReadFor{Purpose: purpose.ID}, http.StatusUnprocessableEntity, "reason-missing")
	desk.fails(http.MethodPost, at, api.ReadFor{Purpose: "curiosity", Reason: "x"}, http.StatusForbidden, "purpose-undeclared")
	var view api.ContactView
	desk.ok(http.MethodPost, at, api.ReadFor{Purpose: purpose.ID, Reason: "asiakas palasi"}, &view)
	if view.Mine || view.Reading.Live || view.Reading.Name == "" || !hasText(view.Messages, "aiempi asia") || len(view.Fields) == 0 {
		t.Errorf("%+v", view)
	}
	foreign := h.signedIn("mallila", "matti", access.RoleAdviser)
	foreign.ok(http.MethodPost, "/api/desk/search", search, &found)
	if len(found.Contacts) != 0 {
		t.Error("another authority finds it")
	}
}

// A register whose channel is not installed is not in use, and so not published.
func TestWhatIsNotInUseIsNotPublished(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.Offers = o.Offers[:3] })
	r := h.browser("dvv").ask(http.MethodGet, "/notices/rights-requests?lang=en", nil)
	if r.status != http.StatusNotFound || !strings.Contains(r.body, "There is no such privacy notice.") {
		t.Errorf("%d %s", r.status, r.body)
	}
}

// The file says what the page says, with the same counts withheld; a spreadsheet takes none of it for a formula.
func TestTheFileOfAWeekWithholdsWhatThePageWithholds(t *testing.T) { // S3-26
	h := newHouse(t)
	lead := h.signedIn("dvv", "lea", access.RoleLead)
	h.must(h.db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for i := range 26 {
			f := report.Fact{Authority: "dvv", Day: "2026-11-16", Service: advice, Language: "fi", Topic: "=2+2", Outcome: "answered", Hour: 9}
			if i >= 20 {
				f.Day, f.Language = "2026-11-17", []string{"sv", "fi"}[i%2]
			}
			if err := report.Count(ctx, tx, f); err != nil {
				return err
			}
		}
		return nil
	}))
	const span = "?from=2026-11-16&to=2026-11-22&lang=en"
	var r api.DaysReport
	lead.ok(http.MethodGet, "/api/report/days"+span, nil, &r)
	if r.Arrived.Count != 26 || r.Arrived.Suppressed {
		t.Errorf("%+v", r.Arrived)
	}
	answer := lead.ask(http.MethodGet, "/api/report/days.csv"+span, nil)
	file := answer.body
	if got := answer.header.Get("Content-Type"); got != "text/csv; charset=utf-8" {
		t.Error(got)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\uFEFF"))).ReadAll()
	if err != nil || !strings.HasPrefix(file, "\uFEFF") || strings.Count(file, "\r\n") != len(rows) {
		t.Fatalf("%v: %q", err, file)
	}
	in := 1
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			want := []string{strconv.FormatInt(row.Count, 10), "exact"}
			if row.Suppressed {
				want[1] = "at least"
				if row.Count == 0 {
					want = []string{"", "not shown"}
				}
			}
			if got := rows[in]; got[2] != want[0] || got[3] != want[1] {
				t.Errorf("%s %s: %v, want %v", table.By, row.Value, got, want)
			}
			in++
		}
	}
	if !strings.Contains(file, "'=2+2") || in != len(rows) {
		t.Error(file)
	}
	lead.fails(http.MethodGet, "/api/report/days?from=2026-11-17&to=2026-11-23", nil, http.StatusUnprocessableEntity, "report-week")
}
