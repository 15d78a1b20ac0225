package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/web/api"
)

// printable is a contact of an adviser's whose notice declares printing, with something said in it.
func (h *house) printable(desk *browser) string {
	citizen, started := h.citizen("dvv", guardianship)
	desk.ok(http.MethodPost, "/api/desk/contacts/"+started.Contact+"/take", nil, nil)
	citizen.ok(http.MethodPost, "/api/chat/contacts/"+started.Contact+"/messages", api.Write{ClientID: clientID(), Text: "Koodini on <b>131052-308T</b>.", Lang: "fi"}, nil)
	desk.ok(http.MethodPost, "/api/desk/contacts/"+started.Contact+"/messages", api.DeskWrite{ClientID: clientID(), Text: "sisäinen", Lang: "fi", Kind: "note"}, nil)
	return started.Contact
}

var printWish = api.PrintWish{CaseNumber: "VN/1234/2026", Purpose: "answer", Reason: "asiakas kiistää neuvon"}

// S4-16: the paper says whose it is, of which case and when it must be destroyed, at its head and its foot; it
// holds no code, no script, and is not kept; and it is given out once.
func TestAPrintoutsPage(t *testing.T) {
	h := newHouse(t)
	desk := h.signedIn("dvv", "aino", access.RoleAdviser)
	id := h.printable(desk)
	var view api.ContactView
	desk.ok(http.MethodGet, "/api/desk/contacts/"+id, nil, &view)
	if view.Printing == nil || view.Printing.DestroyBy != "2026-12-06" {
		t.Fatalf("%+v", view.Printing)
	}
	var made api.MadePrintout
	desk.ok(http.MethodPost, "/api/desk/contacts/"+id+"/printouts", printWish, &made)
	if made.Number != 1 || made.DestroyBy != "2026-12-06" {
		t.Errorf("%+v", made)
	}
	got := desk.ask(http.MethodPost, "/printouts/"+made.ID+"?lang=fi", nil)
	page := string(got.body)
	if got.status != http.StatusOK || got.header.Get("Cache-Control") != "no-store" || strings.Contains(got.header.Get("Content-Security-Policy"), "script-src") {
		t.Errorf("%d %v", got.status, got.header)
	}
	for what, n := range map[string]int{"SALASSA PIDETTÄVÄ": 1, "Hävitettävä viimeistään 6.12.2026": 2, "asia VN/1234/2026": 2, "otti aino": 1,
		"Koodini on &lt;b&gt;••••••-••••&lt;/b&gt;.": 1, "sisäinen": 1, "Holhousasioiden chat-neuvonta": 1} {
		if strings.Count(page, what) != n {
			t.Errorf("%q stands %d times, want %d, in\n%s", what, strings.Count(page, what), n, page)
		}
	}
	for _, never := range []string{"<script", "131052", id, "aino@"} {
		if strings.Contains(page, never) {
			t.Errorf("%q is on the paper", never)
		}
	}
	if again := desk.ask(http.MethodPost, "/printouts/"+made.ID, nil); again.status != http.StatusConflict || strings.Contains(string(again.body), "Koodini") {
		t.Errorf("a second time: %d", again.status)
	}
}

// Where the notice declares no printing there is no step, and the route refuses.
func TestAServiceWithoutPrintingHasNoStep(t *testing.T) {
	h := newHouse(t)
	desk := h.signedIn("dvv", "aino", access.RoleAdviser)
	_, started := h.citizen("dvv", advice)
	at := "/api/desk/contacts/" + started.Contact
	desk.ok(http.MethodPost, at+"/take", nil, nil)
	var view api.ContactView
	desk.ok(http.MethodGet, at, nil, &view)
	if view.Printing != nil {
		t.Errorf("%+v", view.Printing)
	}
	desk.fails(http.MethodPost, at+"/printouts", printWish, http.StatusForbidden, "printing-undeclared")
	without := printWish
	without.CaseNumber = ""
	if p := desk.fails(http.MethodPost, at+"/printouts", without, http.StatusUnprocessableEntity, "case-number-form"); p.Field != "case_number" {
		t.Errorf("%+v", p)
	}
	desk.fails(http.MethodPost, "/api/printouts/pr_00000000000000000000000000/destroyed", nil, http.StatusNotFound, "printout-not-found")
	if got := desk.ask(http.MethodPost, "/printouts/X", nil); got.status != http.StatusNotFound {
		t.Errorf("an id that is none: %d", got.status)
	}
}

// The list tells the lead what is out, warns of what is late, and keeps who said that it is destroyed.
func TestTheListOfPrintouts(t *testing.T) {
	h := newHouse(t)
	desk, lead := h.signedIn("dvv", "aino", access.RoleAdviser), h.signedIn("dvv", "lea", access.RoleLead)
	var empty api.Printouts
	lead.ok(http.MethodGet, "/api/printouts", nil, &empty)
	if len(empty.Printouts) != 0 || empty.More {
		t.Errorf("%+v", empty)
	}
	id := h.printable(desk)
	var made api.MadePrintout
	desk.ok(http.MethodPost, "/api/desk/contacts/"+id+"/printouts", printWish, &made)
	if got := desk.ask(http.MethodPost, "/printouts/"+made.ID, nil); got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	h.clock.Advance(14 * 24 * time.Hour)
	desk, lead = h.signIn("dvv", "aino"), h.signIn("dvv", "lea")
	var due api.PrintoutsDue
	desk.ok(http.MethodGet, "/api/printouts/due", nil, &due)
	if due != (api.PrintoutsDue{Overdue: 1}) {
		t.Errorf("%+v", due)
	}
	var all api.Printouts
	lead.ok(http.MethodGet, "/api/printouts?lang=en", nil, &all)
	if len(all.Printouts) != 1 || !strings.HasPrefix(all.Keep, "We keep the data for at most three months") {
		t.Fatalf("%+v", all)
	}
	one := all.Printouts[0]
	if one.State != "overdue" || one.CaseNumber != "VN/1234/2026" || one.By.Name != "Nimi aino" || one.Purpose != "Answering your question" || !one.MayEnd {
		t.Errorf("%+v", one)
	}
	lead.ok(http.MethodPost, "/api/printouts/"+one.ID+"/destroyed", nil, nil)
	lead.fails(http.MethodPost, "/api/printouts/"+one.ID+"/destroyed", nil, http.StatusConflict, "printout-destroyed")
	desk.ok(http.MethodGet, "/api/printouts", nil, &all)
	if one := all.Printouts[0]; one.State != "destroyed" || one.DestroyedBy == nil || one.DestroyedBy.Name != "Nimi lea" || one.DestroyedAt == 0 || one.MayEnd {
		t.Errorf("%+v", one)
	}
}
