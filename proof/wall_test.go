package proof

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"luukku/core/notice"
	"luukku/web"
	"luukku/web/api"
)

// unknown is an id of the same form that nobody has.
func unknown(id string) string {
	prefix, rest, _ := strings.Cut(id, "_")
	return prefix + "_" + strings.Repeat("0", len(rest))
}

// Promise 4: in every route that takes an id, every caller of one authority gets for an id of the
// other exactly the answer that an id gets which does not exist: status, headers and body.
func TestAForeignIDAnswersLikeAnUnknownOne(t *testing.T) {
	h := newHouse(t, "sqlite")
	h.start()
	m := newMatrix(h)
	at := map[string]credentials{"anonymous": {}, "citizen": {bearer: m.foreign.Token}, "this contact's citizen": {bearer: m.active.Token}}
	for _, role := range staffRoles {
		at[role] = m.standing["foreign "+role]
	}
	theirs := map[string]string{"{contact}": m.active.contact, "{staff}": m.target.ID, "{grant}": m.target.Grants[0].ID}
	compared := 0
	for _, r := range web.Routes() {
		if r.Root || !slices.ContainsFunc(slices.Collect(maps.Keys(theirs)), func(p string) bool { return strings.Contains(r.Pattern, p) }) {
			continue
		}
		for _, caller := range slices.Sorted(maps.Keys(at)) {
			compared++
			c := m.ask(r, "anonymous", false)
			foreign := h.send(at[caller], c.method, "/mallila"+fill(r.Pattern, theirs, false), c.body)
			other := h.send(at[caller], c.method, "/mallila"+fill(r.Pattern, theirs, true), c.body)
			sameAnswer(t, r.ID+" as "+caller, foreign, other)
		}
	}
	t.Logf("%d answers were compared", compared)
}

func fill(pattern string, ids map[string]string, strange bool) string {
	for place, id := range ids {
		if strange {
			id = unknown(id)
		}
		pattern = strings.ReplaceAll(pattern, place, id)
	}
	return pattern
}

func sameAnswer(t *testing.T, what string, foreign, other reply) {
	t.Helper()
	if foreign.status != other.status || !bytes.Equal(foreign.body, other.body) || !maps.EqualFunc(foreign.header, other.header, slices.Equal) {
		t.Errorf("%s: a foreign id gets %d %s\nan unknown one %d %s", what, foreign.status, foreign.body, other.status, other.body)
	}
	if foreign.status < 400 && foreign.status != http.StatusNoContent {
		t.Errorf("%s: a foreign id was served: %d %s", what, foreign.status, foreign.body)
	}
}

// The same for ids in bodies, and on the socket.
func TestAForeignIDInABodyAnswersLikeAnUnknownOne(t *testing.T) {
	h := newHouse(t, "sqlite")
	h.start()
	ours := h.citizen("mallila", api.StartContact{Service: "citizens-advice"})
	adviser, lead, officer := h.staff("mallila", notice.RoleAdviser), h.staff("mallila", notice.RoleLead), h.staff("mallila", notice.RoleOfficer)
	adviser.take(ours.contact)
	theirs, their := h.citizen("dvv", api.StartContact{Service: "citizens-advice"}).contact, h.staff("dvv", notice.RoleAdviser).id
	for what, ask := range map[string]func(id string) reply{
		"pass to": func(id string) reply {
			return h.send(credentials{cookie: adviser.cookie()}, http.MethodPost, "/mallila/api/desk/contacts/"+ours.contact+"/pass", api.Pass{ToAdviser: id})
		},
		"reassign to": func(id string) reply {
			return h.send(credentials{cookie: lead.cookie()}, http.MethodPost, "/mallila/api/lead/contacts/"+ours.contact+"/reassign", api.Reassign{ToAdviser: id})
		},
		"audit of a member of staff": func(id string) reply {
			return h.send(credentials{cookie: officer.cookie()}, http.MethodPost, "/mallila/api/officer/audit", api.AuditQuery{By: "staff", ID: id, Purpose: "oversight", Reason: "syy"})
		},
	} {
		foreign, other := ask(their), ask(unknown(their))
		if foreign.status != other.status || !bytes.Equal(foreign.body, other.body) {
			t.Errorf("%s: a foreign id gets %d %s\nan unknown one %d %s", what, foreign.status, foreign.body, other.status, other.body)
		}
	}
	for _, id := range []string{theirs, unknown(theirs)} {
		if _, err := h.visitor("mallila").Dial(t.Context(), api.ConnectCitizen{Contact: id, Token: ours.Token}, nil); err == nil {
			t.Errorf("a socket was opened on %s", id)
		}
		socket, err := adviser.Dial(t.Context(), api.ConnectStaff{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, method := range []string{"post", "history", "typing"} {
			err := socket.Call(t.Context(), method, api.Call{Contact: id, ClientID: clientID(), Text: "x", Lang: "fi", Kind: "reply"}, nil)
			if p := problemOf(err); p == nil || p.Key != "contact-not-found" {
				t.Errorf("%s on %s: %v", method, id, err)
			}
		}
		socket.Close()
	}
}

// What one authority's staff can list holds no id and no word of the other's.
func TestNoListShowsTheOtherAuthority(t *testing.T) {
	h := newHouse(t, "sqlite")
	h.start()
	m := newMatrix(h)
	secrets := []string{m.active.contact, m.waiting.contact, m.target.ID, m.target.Username, ".dvv"}
	for _, role := range staffRoles {
		secrets = append(secrets, h.staff("dvv", role).id)
	}
	seen := 0
	for _, r := range web.Routes() {
		if r.Root || r.Method != http.MethodGet || strings.Contains(r.Pattern, "{") {
			continue
		}
		for _, role := range staffRoles {
			path := "/mallila" + r.Pattern
			switch r.ID {
			case "report-contacts":
				path += "?from=2026-01-01&to=2027-12-31"
			case "report-days", "report-file":
				path += "?from=2026-11-09&to=2026-11-15"
			}
			answer := h.send(m.standing["foreign "+role], r.Method, path, nil)
			if answer.status == http.StatusOK {
				seen++
			}
			for _, secret := range secrets {
				if bytes.Contains(answer.body, []byte(secret)) {
					t.Errorf("%s as %s of mallila shows %s", r.ID, role, secret)
				}
			}
		}
	}
	if seen < 15 {
		t.Errorf("only %d lists were seen", seen)
	}
}

// Promise 4: a citizen whom an adviser shows another authority's service starts anew there. Nothing
// that the program keeps of the one leads to the other: no id, no time of the audit's entries, no word
// that the citizen did not write again.
func TestNothingCrossesWithACitizenWhoStartsAnew(t *testing.T) {
	h := newHouse(t, "sqlite")
	h.start()
	adviser := h.staff("dvv", notice.RoleAdviser)
	here := h.citizen("dvv", api.StartContact{Service: "citizens-advice"})
	adviser.take(here.contact)
	here.say("tämä jää tänne")
	adviser.ok(http.MethodPost, "/api/desk/contacts/"+here.contact+"/offer",
		api.Offer{Authority: "mallila", Service: "citizens-advice", ClientID: clientID()}, nil)
	there := h.citizen("mallila", api.StartContact{Service: "citizens-advice"})
	there.say("tämän otin mukaan")
	h.staff("mallila", notice.RoleAdviser).take(there.contact)
	for _, m := range there.conversation() {
		if strings.Contains(m.Text, "jää tänne") {
			t.Errorf("a word crossed the wall: %q", m.Text)
		}
	}
	for _, by := range []struct{ authority, about, other string }{{"dvv", here.contact, there.contact}, {"mallila", there.contact, here.contact}} {
		entries := h.audit(by.authority, "contact", by.about)
		if len(entries) == 0 {
			t.Fatalf("no entries about %s", by.about)
		}
		for _, e := range entries {
			if strings.Contains(fmt.Sprintf("%+v", e), by.other) || strings.Contains(e.Reason, "mallila") {
				t.Errorf("an entry of %s leads to the other contact: %+v", by.authority, e)
			}
		}
	}
	h.stop()
	rows := h.crossing(listedColumns(t), here.contact, there.contact)
	if len(rows) > 0 {
		t.Errorf("rows that name both: %v", rows)
	}
}

// crossing are the rows of the database that belong to one authority and hold the id of the other's
// contact in any plain column.
func (h *house) crossing(listed map[string]column, here, there string) (rows []string) {
	h.t.Helper()
	for key, c := range listed {
		if _, belongs := listed[c.Table+".authority"]; !belongs {
			continue
		}
		for authority, id := range map[string]string{"mallila": here, "dvv": there} {
			query := fmt.Sprintf("select count(*) from %s where authority = '%s' and cast(%s as text) like '%%%s%%'", c.Table, authority, c.Name, id)
			if h.number(query) > 0 {
				rows = append(rows, key)
			}
		}
	}
	return rows
}
