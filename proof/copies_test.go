package proof

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"luukku/core/notice"
	"luukku/web/api"
)

// official is a lead with a draft, and what was acknowledged about its items.
type official struct {
	house    *house
	lead     *person
	request  string
	decided  map[int64]string // acknowledged
	asked    map[int64]string // what was asked last, answered or not
	searches int              // acknowledged
}

// ofDraft is an official who has found a conversation of so many messages.
func ofDraft(h *house, messages int) *official {
	h.t.Helper()
	c, adviser := h.citizen("dvv", api.StartContact{Service: "citizens-advice"}), h.staff("dvv", notice.RoleAdviser)
	adviser.take(c.contact)
	for i := range messages {
		c.say(fmt.Sprintf("viesti %d", i))
	}
	adviser.close(c.contact)
	var state api.ChatState
	c.ok(http.MethodGet, "/api/chat/contacts/"+c.contact, nil, &state)
	clerk := h.staff("dvv", notice.RoleRegistryClerk)
	var made api.RightsMade
	clerk.ok(http.MethodPost, "/api/registry/requests", api.RightsIntake{Register: "citizens-advice", Lang: "fi", Arrived: "letter", By: "reference", Value: state.Reference}, &made)
	clerk.ok(http.MethodPost, "/api/registry/requests/"+made.Request+"/accept", api.RightsEvidence{Evidence: "reference_code"}, nil)
	o := &official{house: h, lead: h.staff("dvv", notice.RoleLead), request: made.Request}
	o.lead.ok(http.MethodPost, o.path("/take"), nil, nil)
	o.lead.ok(http.MethodPost, o.path("/find"), api.RightsFind{Reason: "pyyntö"}, nil)
	o.decided, o.asked = map[int64]string{}, map[int64]string{}
	return o
}

func (o *official) path(rest string) string { return "/api/unit/requests/" + o.request + rest }

// texts are the items that a decision is wanted for.
func (o *official) texts() (all []api.CopyItem) {
	o.house.t.Helper()
	var draft api.RightsDraft
	o.lead.ok(http.MethodGet, o.path(""), nil, &draft)
	for _, i := range draft.Items {
		if i.Field == "text" {
			all = append(all, i)
		}
	}
	return all
}

// decide goes on deciding until the program is gone: kept, covered or left out, as it comes.
func (o *official) decide(items []api.CopyItem) {
	for {
		for _, i := range items {
			in := []api.CopyDecision{{Decision: "kept"}, {Decision: "left_out", Ground: "secret"},
				{Decision: "covered", Ground: "third_person", Spans: []api.CopySpan{{From: 0, To: 3}}}}[rand.IntN(3)]
			if in.Spans == nil {
				in.Spans = []api.CopySpan{}
			}
			o.asked[i.N] = in.Decision
			if o.lead.try(http.MethodPut, o.path(fmt.Sprintf("/items/%d", i.N)), in, nil) != nil {
				return
			}
			o.decided[i.N] = in.Decision
		}
	}
}

// wrong tells where the draft is not what was acknowledged.
func (o *official) wrong() (all []string) {
	o.house.t.Helper()
	for _, i := range o.texts() {
		want := o.decided[i.N]
		if want != "" && i.Decision != want && i.Decision != o.asked[i.N] {
			all = append(all, fmt.Sprintf("item %d is %s, acknowledged was %s", i.N, i.Decision, want))
		}
		if i.Decision == "covered" && !strings.HasPrefix(i.Given, "█████") || i.Decision != "covered" && i.Given != "" {
			all = append(all, fmt.Sprintf("item %d is %s and gives %q", i.N, i.Decision, i.Given))
		}
	}
	return all
}

// Promise 1 for copies: what an official decided and was told is decided is so after kill -9, a search that
// was cut off leaves a whole draft or none, and a link that was told opens afterwards.
func TestAKillLosesNothingOfACopy(t *testing.T) {
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		o := ofDraft(h, 12)
		for round := range 2 {
			items, ended := o.texts(), make(chan struct{})
			go func() { defer close(ended); o.decide(items) }()
			time.Sleep(time.Duration(200+rand.IntN(300)) * time.Millisecond)
			h.kill()
			<-ended
			h.start()
			for _, wrong := range o.wrong() {
				t.Errorf("round %d: %s", round, wrong)
			}
		}
		if len(o.decided) < 6 {
			t.Fatalf("only %d decisions were acknowledged", len(o.decided))
		}
		o.searchCutOff()
		o.deliveredOverAKill()
	})
}

// searchCutOff kills while the draft is made anew, again and again, and finds a whole one; then it breaks a
// decision behind the program's back, which the check must see.
func (o *official) searchCutOff() {
	h := o.house
	h.t.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for o.lead.try(http.MethodPost, o.path("/find"), api.RightsFind{Reason: "pyyntö"}, nil) == nil {
			o.searches++
		}
	}()
	time.Sleep(time.Duration(200+rand.IntN(300)) * time.Millisecond)
	h.kill()
	<-ended
	h.start()
	if n := len(o.texts()); n != 12 || o.searches == 0 {
		h.t.Errorf("after a search that was cut off the draft has %d of 12 texts; %d searches were acknowledged", n, o.searches)
	}
	o.lead.redact(o.request)
	for _, i := range o.texts() {
		o.decided[i.N], o.asked[i.N] = "kept", "kept"
	}
	if wrong := o.wrong(); len(wrong) > 0 {
		h.t.Error(wrong)
	}
	h.alter("update rights_item set decision = 'undecided' where field = 'text' and n = (select max(n) from rights_item where field = 'text')")
	if len(o.wrong()) == 0 {
		h.t.Error("control: a decision that was lost is not seen")
	}
	h.alter("update rights_item set decision = 'kept' where decision = 'undecided'")
}

// alter changes a row behind the program's back.
func (h *house) alter(query string) {
	h.t.Helper()
	db := rawDatabase(h.t, h.url())
	defer db.Close()
	if result, err := db.ExecContext(h.t.Context(), query); err != nil {
		h.t.Fatal(err)
	} else if n, _ := result.RowsAffected(); n != 1 {
		h.t.Fatalf("%s: %d rows", query, n)
	}
}

// deliveredOverAKill kills as soon as a link was told; it opens all the same.
func (o *official) deliveredOverAKill() {
	h := o.house
	h.t.Helper()
	o.lead.ok(http.MethodPost, o.path("/finish"), nil, nil)
	var made api.RightsDelivery
	h.staff("dvv", notice.RoleRegistryClerk).ok(http.MethodPost, "/api/registry/requests/"+o.request+"/deliver", nil, &made)
	h.kill()
	h.start()
	text, err := h.visitor("dvv").fetchCopy(made)
	if err != nil || !strings.Contains(string(text), "viesti 11") {
		h.t.Errorf("the copy after a kill: %v %.300s", err, text)
	}
}

// fetchCopy opens a link with its code, as its page's form does.
func (p *person) fetchCopy(d api.RightsDelivery) ([]byte, error) {
	form := url.Values{"code": {d.Code}, "as": {"json"}}
	request, err := http.NewRequest(http.MethodPost, "http://localhost/"+p.authority+d.Path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.roundTrip(request)
}
