package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"luukku/core/access"
	"luukku/web/api"
)

// colleague is a second adviser at the desk, with the id by which they can be passed to.
func (h *house) colleague(desk *browser) (*browser, *wire, string) {
	second := h.signedIn("dvv", "bertta", access.RoleAdviser)
	second.ok(http.MethodPost, "/api/desk/presence", api.Presence{State: "present"}, nil)
	next := second.connect(api.ConnectStaff{})
	var board api.Board
	desk.ok(http.MethodGet, "/api/desk/board", nil, &board)
	i := slices.IndexFunc(board.Advisers, func(a api.BoardAdviser) bool { return a.Name == "Nimi bertta" })
	if i < 0 {
		h.t.Fatalf("%+v", board.Advisers)
	}
	return second, next, board.Advisers[i].ID
}

// A warm pass over the wire: the colleague is asked and sees no word before accepting, the citizen is
// told once, both advisers get what is written until the sender leaves.
func TestAColleagueIsAskedBeforeTheyRead(t *testing.T) {
	h := newHouse(t)
	citizen, sender, _, desk, id := h.talk()
	second, next, to := h.colleague(desk)
	desk.ok(http.MethodPost, "/api/desk/contacts/"+id+"/pass", api.Pass{ToAdviser: to, Ask: true, Reason: "language", Note: "jatkatko tästä"}, nil)
	asked := next.wants("the question", func(p api.Push) bool { return p.T == "board" && len(p.Board.Handovers) == 1 })
	if got := asked.Board.Handovers[0]; got.Contact != id || got.State != "asked" || got.Reason != "language" || got.From.Name == "" {
		t.Errorf("%+v", got)
	}
	citizen.call("post", api.Call{ClientID: clientID(), Text: "ennen", Lang: "fi"}, nil)
	sender.wantsText("ennen")
	second.fails(http.MethodGet, "/api/desk/contacts/"+id, nil, http.StatusForbidden, "not-allowed")
	if next.has("ennen") || next.has("jatkatko") {
		t.Error("whoever is only asked reads")
	}
	second.ok(http.MethodPost, "/api/desk/contacts/"+id+"/handover", nil, nil)
	second.fails(http.MethodPost, "/api/desk/contacts/"+id+"/handover", nil, http.StatusConflict, "ask-ended")
	citizen.wants("word of the other adviser", func(p api.Push) bool { return p.T == "message" && p.Message.Event == "passed" })
	var view api.ContactView
	second.ok(http.MethodGet, "/api/desk/contacts/"+id, nil, &view)
	if !slices.ContainsFunc(view.Messages, func(m api.Message) bool { return m.Text == "jatkatko tästä" }) {
		t.Error("the note did not come along")
	}
	desk.ok(http.MethodGet, "/api/desk/contacts/"+id, nil, &view)
	if view.Mine || !slices.Equal(view.Actions, []string{"note", "leave"}) {
		t.Errorf("%v %v", view.Mine, view.Actions)
	}
	citizen.call("post", api.Call{ClientID: clientID(), Text: "molemmille", Lang: "fi"}, nil)
	next.wantsText("molemmille")
	sender.wantsText("molemmille")
	desk.ok(http.MethodDelete, "/api/desk/contacts/"+id+"/handover", nil, nil)
	next.wants("a board without it", func(p api.Push) bool { return p.T == "board" && len(p.Board.Handovers) == 0 })
	citizen.call("post", api.Call{ClientID: clientID(), Text: "vain toiselle", Lang: "fi"}, nil)
	next.wantsText("vain toiselle")
	if sender.has("vain toiselle") {
		t.Error("whoever has left still reads")
	}
	desk.fails(http.MethodGet, "/api/desk/contacts/"+id, nil, http.StatusForbidden, "not-allowed")
}

// Another authority's service is shown to the citizen as a name and a public address, and no more. A
// service of the same register is passed to, not offered; an unknown one answers like an unknown one.
func TestAnOfferIsANameAndAPublicAddress(t *testing.T) {
	h := newHouse(t)
	citizen, _, _, desk, id := h.talk()
	var all api.Elsewhere
	desk.ok(http.MethodGet, "/api/desk/elsewhere", nil, &all)
	if len(all.Services) != 4 {
		t.Fatalf("%+v", all.Services)
	}
	desk.ok(http.MethodPost, "/api/desk/contacts/"+id+"/offer", api.Offer{Authority: "mallila", Service: "guardianship-chat", ClientID: clientID()}, nil)
	got := citizen.wants("the offer", func(p api.Push) bool { return p.T == "message" && p.Message.Event == "offered" }).Message
	lines := strings.Split(got.Text, "\n")
	if got.From != "adviser" || len(lines) != 3 || lines[1] != "Mallilan kunta" || lines[2] != "http://mallila.example.fi/chat/guardianship-chat" {
		t.Errorf("%+v", got)
	}
	if strings.Contains(got.Text, id) {
		t.Error("the offer carries the contact's id")
	}
	offer := "/api/desk/contacts/" + id + "/offer"
	desk.fails(http.MethodPost, offer, api.Offer{Authority: "dvv", Service: "guardianship-chat", ClientID: clientID()}, http.StatusConflict, "offer-same-register")
	desk.fails(http.MethodPost, offer, api.Offer{Authority: "nowhere", Service: "citizens-advice", ClientID: clientID()}, http.StatusNotFound, "service-not-found")
	desk.fails(http.MethodPost, offer, api.Offer{Authority: "mallila", Service: "nothing", ClientID: clientID()}, http.StatusNotFound, "service-not-found")
}
