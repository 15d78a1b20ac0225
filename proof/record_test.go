package proof

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/web"
	"luukku/web/api"
)

// entries counts the audit entries of an authority.
func (h *house) entries(authority string) int {
	h.t.Helper()
	n, err := strconv.Atoi(h.scan("select count(*) from audit_entry where authority = '" + authority + "'"))
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// allowed is a caller whom the matrix lets into a route.
func allowed(cells map[string]string) string {
	for _, caller := range []string{"token", "adviser", "lead", "quality_reviewer", "data_protection_officer", "administrator", "anonymous"} {
		if cells[caller] == "yes" {
			return caller
		}
	}
	return ""
}

// recording are the kinds that promise an entry for each call. A session's is written when it begins
// or ends, a post is its own record.
var recording = []web.Audit{web.AuditRead, web.AuditFind, web.AuditAct}

// Promises 2 and 5: a route that declares to record a read, a search or an act writes an entry each
// time it is called; so does the beginning of a session.
func TestEveryRouteRecordsWhatItDeclares(t *testing.T) {
	h := newHouse(t, "sqlite")
	h.start()
	m := newMatrix(h)
	_, cells := expected(t)
	judged := 0
	for _, r := range web.Routes() {
		caller := allowed(cells[r.ID])
		if caller == "" || !slices.Contains(recording, r.Audit) && !slices.Contains([]string{"desk-take", "desk-take-next", "lead-reassign", "desk-close", "chat-end"}, r.ID) {
			continue
		}
		judged++
		c := m.ask(r, caller, true)
		switch r.ID {
		case "desk-board": // names that a reader has opened are shown to that reader again for ten minutes
			c.as = m.standing["other_adviser"]
		case "chat-state": // only a closed contact shows something that was sealed
			c = m.closedState(c)
		case "lead-closure", "lead-hours", "lead-holidays", "admin-service-queues", "lead-answer-save", "lead-answer-revert":
			c.body = m.another(r.ID, c) // what changes nothing is no act, and writes no entry
		}
		at := strings.Split(c.path, "/")[1]
		before := h.entries(at)
		if got := h.send(c.parts()); got.status >= 400 {
			t.Errorf("%s as %s: %d %s", r.ID, caller, got.status, got.body)
		}
		if after := h.entries(at); after == before {
			t.Errorf("%s declares the audit kind %q, and wrote no entry", r.ID, r.Audit)
		}
	}
	if judged < 25 {
		t.Errorf("only %d routes were judged", judged)
	}
}

// another changes a setting, so that the request that follows changes it again, and returns the body of
// that request for what it will find.
func (m *matrix) another(id string, c call) any {
	before := c
	switch in := c.body.(type) {
	case api.ClosureSet:
		before.body, in.Base = api.ClosureSet{Base: in.Base, Closed: true, Message: api.Text{FI: "Kiinni", SV: "Stängt", EN: "Closed"}}, in.Base+1
		c.body = in
	case api.HoursSet:
		before.body, in.Base = api.HoursSet{Base: in.Base, Hours: in.Hours[1:]}, in.Base+1
		c.body = in
	case api.HolidaySet:
		before.body, in.Base = api.HolidaySet{Base: in.Base, Holidays: []api.Holiday{{Day: "2100-12-06"}}}, in.Base+1
		c.body = in
	case api.QueuesSet:
		before.body, in.Base = api.QueuesSet{Base: in.Base, Languages: []string{"fi", "sv"}}, in.Base+1
		c.body = in
	case api.AnswerSave:
		in.Content.Text.FI = "Toinen teksti."
		return in
	case api.AnswerRevert:
		written := readyAnswer("")
		written.Text.FI = "Toinen teksti."
		before.method, before.path = http.MethodPut, strings.TrimSuffix(c.path, "/revert")
		before.body, in.Base = api.AnswerSave{Base: in.Base, Content: written}, in.Base+1
		c.body = in
	}
	if got := m.send(before.parts()); got.status >= 400 {
		m.t.Fatalf("before %s: %d %s", id, got.status, got.body)
	}
	return c.body
}

// closedState asks for the state of a contact that has a reference code to show.
func (m *matrix) closedState(c call) call {
	citizen := m.taken()
	m.staff("dvv", notice.RoleAdviser).close(citizen.contact)
	c.as, c.path = credentials{bearer: citizen.Token}, "/dvv/api/chat/contacts/"+citizen.contact
	return c
}

// Promise 2: a refused read is recorded too, with who, what and why not, whether it is refused by
// the relation, the purpose, the role or the lack of a secrecy commitment. // S4-17, S4-18
func TestARefusedReadIsRecorded(t *testing.T) {
	h := newHouse(t, "sqlite")
	h.start()
	c := h.citizen("dvv", api.StartContact{Service: "guardianship-chat"})
	h.staff("dvv", notice.RoleAdviser).take(c.contact)
	c.say("salaista")
	other := h.staffNo("dvv", notice.RoleAdviser, 1)
	path := "/api/desk/contacts/" + c.contact
	for what, refused := range map[string]func() error{
		"another adviser's contact": func() error { return other.try(http.MethodGet, path, nil, nil) },
		"a purpose that the notice does not grant": func() error {
			return other.try(http.MethodPost, path+"/read", api.ReadFor{Purpose: "quality", Reason: "uteliaisuus"}, nil)
		},
		"a purpose that no notice declares": func() error {
			return other.try(http.MethodPost, path+"/read", api.ReadFor{Purpose: "marketing", Reason: "mainos"}, nil)
		},
	} {
		h.isRefused(what, c.contact, other, refused)
	}
	advice := h.hold("dvv", "citizens-advice", "x")
	again := func() error {
		in := api.ReadFor{Purpose: "return_to_past_event", Reason: "palaa asiaan"}
		return other.try(http.MethodPost, "/api/desk/contacts/"+advice.contact+"/read", in, nil)
	}
	if err := again(); err != nil {
		t.Errorf("control: with a commitment it opens: %v", err)
	}
	h.secrecy(other.id, false)
	h.isRefused("no secrecy commitment", advice.contact, other, again)
}

// isRefused fails the test unless an attempt is refused, and leaves one entry that says so.
func (h *house) isRefused(what, contact string, by *person, attempt func() error) {
	h.t.Helper()
	before := len(h.refusals(contact, by.id))
	if err := attempt(); status(err) != http.StatusForbidden {
		h.t.Errorf("%s: %v", what, err)
	}
	if after := len(h.refusals(contact, by.id)); after != before+1 {
		h.t.Errorf("%s: %d entries of the refusal", what, after-before)
	}
}

func (h *house) secrecy(staff string, signed bool) {
	h.t.Helper()
	h.staff("dvv", notice.RoleAdministrator).ok(http.MethodPut, "/api/admin/staff/"+staff+"/secrecy", api.SecrecyState{Signed: signed}, nil)
}

// refusals are the entries about a contact in which somebody was refused.
func (h *house) refusals(contact, staff string) []api.AuditEntry {
	return slices.DeleteFunc(h.audit("dvv", "contact", contact), func(e api.AuditEntry) bool {
		return e.Who.ID != staff || e.Outcome == vault.OutcomeAllowed
	})
}
