package proof

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"luukku/core/notice"
	"luukku/people/oidc/oidctest"
	"luukku/web"
	"luukku/web/api"
)

// callers are the columns of matrix.csv.
var callers = []string{
	"anonymous", "token", "other_token", "foreign_token", "adviser", "other_adviser", "lead", "quality_reviewer", "registry_clerk",
	"data_protection_officer", "administrator", "pending", "foreign_staff",
}

// expected is matrix.csv: for each route and caller "yes", a status, or "same" (as for anybody).
func expected(t *testing.T) (order []string, cells map[string]map[string]string) {
	t.Helper()
	file, err := os.Open("matrix.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[0][1:], callers) {
		t.Fatalf("the columns are %v", rows[0])
	}
	cells = map[string]map[string]string{}
	for _, r := range rows[1:] {
		order = append(order, r[0])
		cells[r[0]] = map[string]string{}
		for i, cell := range r[1:] {
			cells[r[0]][callers[i]] = cell
		}
	}
	return order, cells
}

// Promise 5: every route is in the matrix, and the matrix names no route that is not there.
func TestEveryRouteIsInTheMatrix(t *testing.T) {
	order, _ := expected(t)
	var table []string
	for _, r := range web.Routes() {
		table = append(table, r.ID)
	}
	slices.Sort(order)
	slices.Sort(table)
	if !slices.Equal(order, table) {
		t.Errorf("matrix.csv and web.Routes differ:\n%v\n%v", missing(order, table), missing(table, order))
	}
	if wrong := web.Check(web.Routes()); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func missing(in, from []string) []string {
	return slices.DeleteFunc(slices.Clone(from), func(s string) bool { return slices.Contains(in, s) })
}

// credentials are what a caller sends along.
type credentials struct{ bearer, cookie string }

// reply is an answer as it came, without what differs from one second to the next.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// send asks without a cookie jar, so that nobody's session is mixed with another's.
func (h *house) send(as credentials, method, path string, body any) reply {
	h.t.Helper()
	var in io.Reader
	kind := "application/json"
	if f, ok := body.(form); ok {
		in, kind = strings.NewReader(f.text), f.kind
	} else if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			h.t.Fatal(err)
		}
		in = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(h.t.Context(), method, "http://localhost"+path, in)
	if err != nil {
		h.t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Accept-Language", "en")
	request.Header.Set("Origin", "http://localhost")
	if as.bearer != "" {
		request.Header.Set("Authorization", "Bearer "+as.bearer)
	}
	if as.cookie != "" {
		request.AddCookie(&http.Cookie{Name: "luukku", Value: as.cookie})
	}
	c := http.Client{Transport: h.transport(), Timeout: 2 * time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := c.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	header := answer.Header.Clone()
	for _, name := range []string{"Date", "Content-Security-Policy"} { // the second carries a nonce
		header.Del(name)
	}
	return reply{answer.StatusCode, header, text}
}

// cookie is the session token in a person's browser.
func (p *person) cookie() string {
	for _, c := range p.HTTP.Jar.Cookies(mustURL("http://localhost/" + p.authority + "/")) {
		return c.Value
	}
	p.house.t.Fatal("no session cookie")
	return ""
}

// matrix asks every route as every caller.
type matrix struct {
	*house
	standing  map[string]credentials // of the callers that are signed in
	other     *person                // a citizen with another contact
	foreign   *person                // a citizen of the other authority
	waiting   *person                // a contact that nobody has taken
	active    *person                // a contact of the adviser's
	target    api.Account            // an account that refused callers aim at
	made      int
	ready     string  // a ready answer
	filed     *person // a citizen of the other authority, whose message fileAt has a file
	fileAt    int64
	sample    api.Sample
	item      int64     // of the sample, the last that was given away
	requested string    // a request for a copy
	copied    filedCopy // at the other authority, with a file in its draft
	there     *oidctest.Directory
	printed   string // a printout of the adviser's
}

// staffRoles are the roles with an account in the demo.
var staffRoles = []string{notice.RoleAdviser, notice.RoleLead, notice.RoleReviewer, notice.RoleRegistryClerk, notice.RoleOfficer, notice.RoleAdministrator}

func newMatrix(h *house) *matrix {
	m := &matrix{house: h, standing: map[string]credentials{}}
	m.review()
	for _, role := range staffRoles {
		m.standing[role] = credentials{cookie: h.staff("dvv", role).cookie()}
		m.standing["foreign "+role] = credentials{cookie: h.staff("mallila", role).cookie()}
	}
	other := h.staffNo("dvv", notice.RoleAdviser, 1)
	other.ok(http.MethodPost, "/api/desk/presence", api.Presence{State: "present"}, nil)
	m.standing["other_adviser"] = credentials{cookie: other.cookie()}
	m.other, m.foreign = m.begin(), h.citizen("mallila", api.StartContact{Service: "citizens-advice"})
	m.waiting, m.active, m.target = m.begin(), m.taken(), m.account(notice.RoleAdviser).Account
	m.standing["pending"] = m.pending(notice.RoleLead)
	m.there = oidctest.Start(h.t)
	h.staff("dvv", notice.RoleAdministrator).ok(http.MethodPut, "/api/admin/directory", m.directory(), nil)
	m.file()
	return m
}

// review draws a sample of contacts that have been settled; those of the other service are left to be drawn.
func (m *matrix) review() {
	for range 16 {
		for _, service := range []string{"citizens-advice", "guardianship-chat"} {
			m.hold("dvv", service, "x")
		}
	}
	m.must("demo", "advance", "P1D")
	m.staff("dvv", notice.RoleReviewer).ok(http.MethodPost, "/api/review/samples",
		api.DrawSample{Service: "guardianship-chat", Purpose: "quality", Days: 30, Size: 10}, &m.sample)
}

// reviewed fills in a drawn contact, and an example of one where the route is about that. Whoever is let in
// gets another one each time.
func (m *matrix) reviewed(r web.Route, allowed bool) *strings.Replacer {
	if allowed && strings.Contains(r.Pattern, "{item}") || m.item == 0 {
		m.item++
	}
	item, example := strconv.FormatInt(m.item, 10), "tr_00000000000000000000000000"
	if allowed && strings.Contains(r.Pattern, "{example}") {
		var made api.MadeExample
		m.item++
		m.staff("dvv", notice.RoleReviewer).ok(http.MethodPost, fmt.Sprintf("/api/review/samples/%s/items/%d/training", m.sample.ID, m.item), api.PutForward{Hide: []api.HiddenWords{}}, &made)
		example = made.ID
	}
	return strings.NewReplacer("{sample}", m.sample.ID, "{item}", item, "{example}", example)
}

func (m *matrix) begin() *person {
	return m.citizen("dvv", api.StartContact{Service: "citizens-advice"})
}

func (m *matrix) taken() *person {
	c := m.begin()
	m.staff("dvv", notice.RoleAdviser).take(c.contact)
	c.say("kysymys")
	return c
}

// asked is a contact of the adviser's that another one is asked to take.
func (m *matrix) asked() *person {
	c := m.taken()
	m.staff("dvv", notice.RoleAdviser).ok(http.MethodPost, "/api/desk/contacts/"+c.contact+"/pass",
		api.Pass{ToAdviser: m.staffNo("dvv", notice.RoleAdviser, 1).id, Ask: true, Reason: "language"}, nil)
	return c
}

// account makes a member of staff.
func (m *matrix) account(role string) api.AccountMade { return m.accountAt("dvv", role) }

func (m *matrix) accountAt(authority, role string) (made api.AccountMade) {
	m.made++
	m.staff(authority, notice.RoleAdministrator).ok(http.MethodPost, "/api/admin/staff", api.NewAccount{
		Username: fmt.Sprintf("uusi%d", m.made), Name: "Uusi Esimerkki", Email: fmt.Sprintf("uusi%d@example.fi", m.made),
		Grants: []api.NewGrant{{Role: role}}, Secrecy: true,
	}, &made)
	return made
}

// pending signs a new member of staff in, who has still to change the password.
func (m *matrix) pending(role string) credentials { return m.pendingAt("dvv", role) }

func (m *matrix) pendingAt(authority, role string) credentials {
	made := m.accountAt(authority, role)
	p := m.visitor(authority)
	p.signIn(made.Account.Username, made.Password, "")
	return credentials{bearer: "", cookie: p.cookie()}
}

// call is one request to a route.
type call struct {
	as     credentials
	method string
	path   string
	body   any
}

// ask makes the request of a caller to a route. Whoever is expected to be let in gets things of
// their own to work on, so that nobody disturbs anybody.
func (m *matrix) ask(r web.Route, caller string, allowed bool) call {
	if strings.HasSuffix(r.ID, "-file") && r.Kind == web.Stream {
		return m.askElsewhere(r, caller)
	}
	c := call{as: m.standing[caller], method: r.Method}
	citizen, staff := m.subject(r.ID, caller, allowed), m.target.ID
	switch caller {
	case "token":
		c.as = credentials{bearer: citizen.Token}
	case "other_token":
		c.as = credentials{bearer: m.other.Token}
	case "foreign_token":
		c.as = credentials{bearer: m.foreign.Token}
	}
	grant := "g_00000000000000000000000000"
	if allowed && strings.HasPrefix(r.ID, "admin-") && strings.Contains(r.Pattern, "{staff}") {
		made := m.account(notice.RoleAdviser).Account
		staff, grant = made.ID, made.Grants[0].ID
	}
	c.path = strings.NewReplacer("{$}", "", "{contact}", citizen.contact, "{service}", "citizens-advice", "{notice}", "citizens-advice",
		"{staff}", staff, "{grant}", grant, "{answer}", m.answer(r, allowed), "{request}", m.request(r, allowed), "{printout}", m.printout(r, caller, allowed), "{n}", "1", "{link}", "x", "{rest...}", "", "{file...}", "x.js", "{file}", "x.css").Replace(r.Pattern)
	if r.Pattern != "" && strings.Contains(r.Pattern, "/api/review/") {
		c.path = m.reviewed(r, allowed).Replace(c.path)
	}
	if !r.Root {
		c.path = "/dvv" + c.path
	}
	switch r.ID {
	case "report-contacts":
		c.path += "?from=2026-01-01&to=2027-12-31"
	case "setting-preview":
		m.settled()
		c.path += "?kind=service&id=citizens-advice&part=holidays&to=0"
	case "report-days", "report-file":
		c.path += "?from=2026-11-09&to=2026-11-15"
	}
	c.body = m.body(r.ID, caller, citizen, &c, allowed)
	return c
}

// answer makes a ready answer for whoever is let in to one; others aim at the same.
func (m *matrix) answer(r web.Route, allowed bool) string {
	if !strings.Contains(r.Pattern, "{answer}") {
		return ""
	}
	if m.ready == "" || allowed {
		var made api.Answer
		m.staff("dvv", notice.RoleLead).ok(http.MethodPost, "/api/lead/answers", readyAnswer(""), &made)
		m.ready = made.ID
	}
	return m.ready
}

// printout makes one for whoever is let in, given out where the route is about its destruction; others aim at
// the adviser's.
func (m *matrix) printout(r web.Route, caller string, allowed bool) string {
	if !strings.Contains(r.Pattern, "{printout}") {
		return ""
	}
	if !allowed {
		caller = notice.RoleAdviser
		if m.printed != "" {
			return m.printed
		}
	}
	var made api.MadePrintout
	answer := m.send(m.standing[caller], http.MethodPost, "/dvv/api/desk/contacts/"+m.printable().contact+"/printouts", printWish(caller))
	if err := json.Unmarshal(answer.body, &made); err != nil || answer.status != http.StatusCreated {
		m.t.Fatalf("a printout for %s: %d %s", caller, answer.status, answer.body)
	}
	if r.ID == "printout-destroyed" {
		m.send(m.standing[caller], http.MethodPost, "/dvv/printouts/"+made.ID, nil)
	}
	if caller == notice.RoleAdviser {
		m.printed = made.ID
	}
	return made.ID
}

// printable is a contact of the adviser's whose notice declares printing.
func (m *matrix) printable() *person {
	c := m.citizen("dvv", api.StartContact{Service: "guardianship-chat"})
	m.staff("dvv", notice.RoleAdviser).take(c.contact)
	return c
}

// printWish asks for a printout under the purpose for which a role has a contact open.
func printWish(caller string) api.PrintWish {
	purpose := "answer"
	if caller == notice.RoleLead || caller == notice.RoleOfficer {
		purpose = "supervision"
	}
	return api.PrintWish{CaseNumber: "VN/1234/2026", Purpose: purpose, Reason: "syy"}
}

// request makes a request for a copy that stands where a route wants it, for whoever is let in; others
// aim at the same one.
func (m *matrix) request(r web.Route, allowed bool) string {
	if !strings.Contains(r.Pattern, "{request}") {
		return ""
	}
	if m.requested != "" && !allowed {
		return m.requested
	}
	clerk, lead := m.staff("dvv", notice.RoleRegistryClerk), m.staff("dvv", notice.RoleLead)
	id := m.askedFor(clerk, "citizens-advice", "kysymys")
	m.requested = id
	if slices.Contains([]string{"registry-request", "registry-accept", "registry-extend", "registry-answer"}, r.ID) || !allowed {
		return id
	}
	clerk.ok(http.MethodPost, "/api/registry/requests/"+id+"/accept", api.RightsEvidence{Evidence: "reference_code"}, nil)
	if r.ID == "unit-take" {
		return id
	}
	of := "/api/unit/requests/" + id
	lead.ok(http.MethodPost, of+"/take", nil, nil)
	if slices.Contains([]string{"unit-find", "unit-give-back", "unit-nothing", "unit-request"}, r.ID) {
		return id
	}
	lead.redact(id)
	if r.ID == "registry-deliver" {
		lead.ok(http.MethodPost, of+"/finish", nil, nil)
	}
	return id
}

// askedFor is a request for a copy of a closed conversation, by its reference code.
func (h *house) askedFor(clerk *person, service, said string) string {
	h.t.Helper()
	c := h.citizen("dvv", api.StartContact{Service: service})
	adviser := h.staff("dvv", notice.RoleAdviser)
	adviser.take(c.contact)
	c.say(said)
	adviser.close(c.contact)
	var state api.ChatState
	c.ok(http.MethodGet, "/api/chat/contacts/"+c.contact, nil, &state)
	var made api.RightsMade
	clerk.ok(http.MethodPost, "/api/registry/requests", api.RightsIntake{Register: service, Lang: "fi", Arrived: "letter", By: "reference", Value: state.Reference}, &made)
	return made.Request
}

// redact finds what a request is about and keeps all of it.
func (p *person) redact(id string) {
	p.house.t.Helper()
	of := "/api/unit/requests/" + id
	p.ok(http.MethodPost, of+"/find", api.RightsFind{Reason: "pyyntö"}, nil)
	var draft api.RightsDraft
	p.ok(http.MethodGet, of, nil, &draft)
	if len(draft.Items) == 0 {
		p.house.t.Error("nothing was found for the request")
	}
	for _, i := range draft.Items {
		if i.Decision == "undecided" {
			p.ok(http.MethodPut, fmt.Sprintf("%s/items/%d", of, i.N), api.CopyDecision{Decision: "kept", Spans: []api.CopySpan{}}, nil)
		}
	}
}

// readyAnswer is one that can be saved.
func readyAnswer(shortcut string) api.AnswerWrite {
	return api.AnswerWrite{Name: "Tervehdys", Shortcut: shortcut, Services: []string{}, Text: api.AnswerText{FI: "Hei, tämä on {service}."}}
}

// directory is the organisation's directory as it can be set now.
func (m *matrix) directory() api.SetDirectory {
	var now api.DirectoryState
	m.staff("dvv", notice.RoleAdministrator).ok(http.MethodGet, "/api/admin/directory", nil, &now)
	return settingsOf(m.there, now.Version)
}

// versions are those of the service's parts now.
func (m *matrix) versions() api.Versions {
	var one api.LeadService
	m.staff("dvv", notice.RoleLead).ok(http.MethodGet, "/api/lead/services/citizens-advice", nil, &one)
	return one.Versions
}

// settled changes a setting, so that there is something to take back, and returns its version.
func (m *matrix) settled() int64 {
	m.made++
	in := api.HolidaySet{Base: m.versions().Holidays, Holidays: []api.Holiday{{Day: fmt.Sprintf("%d-12-06", 2100+m.made)}}}
	m.staff("dvv", notice.RoleLead).ok(http.MethodPut, "/api/lead/services/citizens-advice/holidays", in, nil)
	return in.Base + 1
}

// subject is the contact that a request is about.
func (m *matrix) subject(id, caller string, allowed bool) *person {
	if !allowed {
		if id == "desk-take" {
			return m.waiting
		}
		return m.active
	}
	switch id {
	case "desk-take", "desk-take-next", "chat-post", "chat-leave", "chat-end", "chat-stay":
		return m.begin()
	case "chat-helped":
		c := m.taken()
		m.staff("dvv", notice.RoleAdviser).close(c.contact)
		return c
	case "chat-transcript":
		c := m.citizen("dvv", api.StartContact{Service: "guardianship-chat"})
		m.staff("dvv", notice.RoleAdviser).take(c.contact)
		return c
	case "desk-print":
		return m.printable()
	case "desk-accept", "desk-handover-end":
		return m.asked()
	case "desk-pass", "desk-close", "desk-end-abusive", "lead-reassign":
		return m.taken()
	case "desk-reopen":
		c := m.taken()
		m.staff("dvv", notice.RoleAdviser).close(c.contact)
		return c
	}
	return m.active
}

// purposeOf is a purpose for which each role may open a contact that is not theirs.
var purposeOf = map[string]string{
	"adviser": "return_to_past_event", "other_adviser": "return_to_past_event", "lead": "supervision",
	"registry_clerk": "rights_fulfilment", "data_protection_officer": "supervision",
}

// body is what a route is sent; c may be changed where a route needs a session of its own.
func (m *matrix) body(id, caller string, about *person, c *call, allowed bool) any {
	if bodies := m.own(id, caller, c, allowed); bodies != nil {
		return bodies
	}
	purpose := purposeOf[caller]
	if purpose == "" {
		purpose = "quality"
	}
	now := m.versions()
	if id == "setting-restore" {
		return api.RestoreSetting{Kind: "service", ID: "citizens-advice", Part: "holidays", To: 0, Base: m.settled()}
	}
	every := []api.Hours{}
	for day := range 7 {
		every = append(every, api.Hours{Weekday: day + 1, Opens: "00:00", Closes: "24:00"})
	}
	named := api.Text{FI: "Neuvonta", SV: "Rådgivning", EN: "Advice"}
	return map[string]any{
		"chat-start":            api.StartContact{Service: "citizens-advice", Lang: "fi", ClientID: clientID()},
		"chat-post":             api.Write{ClientID: clientID(), Text: "teksti", Lang: "fi"},
		"chat-transcript":       api.OrderTranscript{Email: "maija@example.fi"},
		"chat-helped":           api.Helped{Answer: "yes"},
		"chat-seen":             upTo(allowed),
		"chat-delivered":        upTo(allowed),
		"sign-in":               m.credentialsOf("bertel.dvv"),
		"desk-presence":         api.Presence{State: "present"},
		"desk-take-next":        api.TakeNext{},
		"desk-post":             api.DeskWrite{ClientID: clientID(), Text: "teksti", Lang: "fi", Kind: "reply"},
		"desk-seen":             upTo(allowed),
		"desk-delivered":        upTo(allowed),
		"desk-pass":             api.Pass{ToAdviser: m.colleague(caller)},
		"desk-offer":            api.Offer{Authority: "mallila", Service: "citizens-advice", ClientID: clientID()},
		"desk-close":            api.Close{Topic: m.topic("dvv", "citizens-advice"), Outcome: "answered"},
		"desk-read":             api.ReadFor{Purpose: purpose, Reason: "syy"},
		"desk-search":           api.Search{By: "email", Value: "maija@example.fi", Purpose: purpose, Reason: "syy"},
		"desk-print":            printWish(caller),
		"lead-reassign":         api.Reassign{ToAdviser: m.staffNo("dvv", notice.RoleAdviser, 1).id},
		"lead-closure":          api.ClosureSet{Base: now.Closure},
		"lead-hours":            api.HoursSet{Base: now.Hours, Hours: every},
		"lead-holidays":         api.HolidaySet{Base: now.Holidays, Holidays: []api.Holiday{}},
		"lead-widget":           api.OriginSet{Base: now.Origins, Origins: []string{"https://www.example.fi"}},
		"lead-routing":          api.RoutingSet{Base: now.Routing, Routing: api.Routing{Push: []string{"sv"}, OfferS: 30}},
		"lead-adviser":          api.Skill{Languages: []string{"fi"}, Services: []string{"citizens-advice"}, Capacity: 3},
		"lead-answer-make":      readyAnswer(""),
		"lead-answer-save":      api.AnswerSave{Base: 1, Content: readyAnswer("")},
		"lead-answer-revert":    api.AnswerRevert{Base: 1, To: 1},
		"lead-answer-archive":   api.AnswerArchive{Archived: true},
		"review-draw":           api.DrawSample{Service: "citizens-advice", Purpose: "quality", Days: 30, Size: 5},
		"review-mark":           api.ReviewMarks{Correct: "yes", Clear: "yes", Complete: "partly", Polite: "no"},
		"review-train":          api.PutForward{Hide: []api.HiddenWords{{Line: 3, Words: []int{0}}}},
		"registry-receive":      api.RightsIntake{Register: "citizens-advice", Lang: "fi", Arrived: "letter"},
		"registry-accept":       api.RightsEvidence{Evidence: "identity_document"},
		"registry-extend":       api.RightsReasons{Reasons: "syy"},
		"registry-answer":       api.RightsAnswer{Outcome: "refused", Text: "syy"},
		"unit-find":             api.RightsFind{Reason: "syy"},
		"unit-item":             api.CopyDecision{Decision: "kept", Spans: []api.CopySpan{}},
		"unit-nothing":          api.RightsNothing{Outcome: "no_data"},
		"officer-audit":         api.AuditQuery{By: "contact", ID: about.contact, Purpose: "oversight", Reason: "syy"},
		"admin-service-make":    api.NewService{ID: fmt.Sprintf("palvelu-%d", clientIDs.Add(1)), Notice: "citizens-advice", Names: named, About: named, Languages: []string{"fi"}},
		"admin-service-texts":   api.TextsSet{Base: now.Texts, Names: named, About: named},
		"admin-service-topics":  api.TopicsSet{Base: now.Topics, Topics: []api.TopicSetting{{ID: m.topic("dvv", "citizens-advice"), Name: named}}},
		"admin-service-queues":  api.QueuesSet{Base: now.Queues, Languages: []string{"fi", "sv", "en"}},
		"admin-mail-try":        api.TryMail{To: "paavo@example.fi"},
		"directory-begin":       api.BeginByDirectory{},
		"directory-code":        api.Code{Code: "000000"}, // nobody has come from the directory
		"admin-directory-set":   m.directory(),
		"admin-directory-try":   api.TryDirectory{DirectorySettings: m.directory().DirectorySettings},
		"admin-staff-directory": api.LetByDirectory{Let: true},
		"admin-staff-add":       api.NewAccount{Username: fmt.Sprintf("lisä%d", clientIDs.Add(1)), Name: "Lisä", Email: "lisa@example.fi", Grants: []api.NewGrant{}},
		"admin-staff-change":    api.ChangeAccount{Name: "Nimi", Email: "nimi@example.fi"},
		"admin-staff-disable":   api.WithReason{Reason: "syy"},
		"admin-staff-password":  api.WithReason{Reason: "syy"},
		"admin-staff-totp":      api.WithReason{Reason: "syy"},
		"admin-staff-secrecy":   api.SecrecyState{Signed: true},
		"admin-grant":           api.NewGrant{Role: notice.RoleLead},
		"admin-clock-settle":    api.SettleClock{Accept: true, Reason: "syy"},
		"admin-time":            api.Advance{Advance: "P1D"},
		"setup-code":            api.SetupCode{Code: "x"},
		"setup-do":              map[string]any{},
	}[id]
}

// upTo is a receipt; whoever may not send one claims more than whoever may.
func upTo(allowed bool) api.UpTo {
	if allowed {
		return api.UpTo{N: 2}
	}
	return api.UpTo{N: 3}
}

// colleague is an adviser who is not the caller.
func (m *matrix) colleague(caller string) string {
	if caller == "other_adviser" {
		return m.staff("dvv", notice.RoleAdviser).id
	}
	return m.staffNo("dvv", notice.RoleAdviser, 1).id
}

// own are the bodies of routes about one's own account. Whoever is let in there uses an account of
// the same role that nobody else needs.
func (m *matrix) own(id, caller string, c *call, allowed bool) any {
	role := strings.TrimPrefix(caller, "other_")
	if !slices.Contains(staffRoles, role) {
		role = notice.RoleAdviser
	}
	if allowed && slices.Contains([]string{"sign-out", "sign-out-everywhere", "totp-enrol"}, id) {
		c.as = m.pending(role)
	}
	switch id {
	case "password":
		in := api.ChangePassword{Current: "x", New: "uusi salasana, joka on pitkä"}
		if allowed {
			made := m.account(role)
			p := m.visitor("dvv")
			p.signIn(made.Account.Username, made.Password, "")
			c.as, in.Current = credentials{cookie: p.cookie()}, made.Password
		}
		return in
	case "totp-confirm":
		if !allowed {
			return api.Code{Code: "123456"}
		}
		c.as = m.pending(role)
		return api.Code{Code: m.enrolled(c.as)}
	}
	return nil
}

// enrolled begins an enrolment and gives a code of the new device.
func (m *matrix) enrolled(as credentials) string {
	m.t.Helper()
	var device api.TOTPEnrolment
	answer := m.send(as, http.MethodPost, "/dvv/api/staff/totp", nil)
	if err := json.Unmarshal(answer.body, &device); err != nil || answer.status != http.StatusOK {
		m.t.Fatalf("enrolling: %d %s", answer.status, answer.body)
	}
	code, err := totp.GenerateCode(strings.ReplaceAll(device.Secret, " ", ""), time.Now())
	if err != nil {
		m.t.Fatal(err)
	}
	return code
}

func (h *house) credentialsOf(username string) api.SignIn {
	for _, a := range h.accounts {
		if a.Username == username {
			return api.SignIn{Username: a.Username, Password: a.Password}
		}
	}
	h.t.Fatalf("no account %s", username)
	return api.SignIn{}
}

// Promises 4 and 5 over HTTP: every route is asked by every caller, and answers as the hand-written
// matrix says. Foreign staff are those of each role of the other authority, with their own session.
// // S4-18, S3-25
func TestEveryRouteAnswersEveryCallerAsWritten(t *testing.T) {
	h := newHouse(t, "sqlite")
	h.start()
	m := newMatrix(h)
	order, cells := expected(t)
	slices.SortStableFunc(order, func(a, b string) int { return last(a) - last(b) })
	asked := 0
	for _, id := range order {
		route := routeOf(id)
		anybody := h.send(m.ask(route, "anonymous", false).parts())
		for _, caller := range callers {
			for _, as := range m.eachOf(caller) {
				asked++
				m.judge(route, caller, as, cells[id][caller], anybody)
			}
		}
	}
	t.Logf("%d requests were judged", asked)
}

// last puts what moves the clock behind everything else.
func last(route string) int {
	if route == "admin-time" {
		return 1
	}
	return 0
}

func routeOf(id string) web.Route {
	all := web.Routes()
	return all[slices.IndexFunc(all, func(r web.Route) bool { return r.ID == id })]
}

// eachOf names the credentials behind a column: the foreign staff are five.
func (m *matrix) eachOf(caller string) []string {
	if caller != "foreign_staff" {
		return []string{caller}
	}
	var all []string
	for _, role := range staffRoles {
		all = append(all, "foreign "+role)
	}
	return all
}

func (c call) parts() (credentials, string, string, any) { return c.as, c.method, c.path, c.body }

func (m *matrix) judge(route web.Route, caller, as, want string, anybody reply) {
	m.t.Helper()
	got := m.send(m.ask(route, as, want == "yes").parts())
	ok := false
	switch want {
	case "yes":
		ok = got.status < 400
	case "same":
		ok = got.status == anybody.status && got.status != http.StatusInternalServerError
	default:
		ok = strconv.Itoa(got.status) == want
	}
	if !ok {
		m.t.Errorf("%s as %s: %d, want %s\n%.300s", route.ID, as, got.status, want, got.body)
	}
}
