package proof

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"luukku/core/notice"
	"luukku/people/oidc/oidctest"
	"luukku/web"
	"luukku/web/api"
)

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

// colleague is an adviser who is not the caller.
func (m *matrix) colleague(caller string) string {
	if caller == "other_adviser" {
		return m.staff("dvv", notice.RoleAdviser).id
	}
	return m.staffNo("dvv", notice.RoleAdviser, 1).id
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
