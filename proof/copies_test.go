package proof

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"luukku/core/notice"
	"luukku/web/api"
)

// official is a lead with a draft, and what was acknowledged about its items.
type official struct {
	house   *house
	lead    *person
	request string
	decided map[int64]string // acknowledged
	asked   map[int64]string // what was asked last, answered or not
	told    atomic.Int64     // how many decisions and searches were acknowledged
}

// ofDraft is an official who has found a conversation of so many messages.
func ofDraft(h *house, messages int) *official {
	h.t.Helper()
	c := h.citizen("dvv", api.StartContact{Service: "citizens-advice"})
	h.staff("dvv", notice.RoleAdviser).take(c.contact)
	for i := range messages {
		c.say(fmt.Sprintf("viesti %d", i))
	}
	return h.draftAbout(c)
}

// draftAbout closes a conversation and has an official of its unit find it for a request.
func (h *house) draftAbout(c *person) *official {
	h.t.Helper()
	h.staff(c.authority, notice.RoleAdviser).close(c.contact)
	var state api.ChatState
	c.ok(http.MethodGet, "/api/chat/contacts/"+c.contact, nil, &state)
	clerk := h.staff(c.authority, notice.RoleRegistryClerk)
	var made api.RightsMade
	clerk.ok(http.MethodPost, "/api/registry/requests", api.RightsIntake{Register: "citizens-advice", Lang: "fi", Arrived: "letter", By: "reference", Value: state.Reference}, &made)
	clerk.ok(http.MethodPost, "/api/registry/requests/"+made.Request+"/accept", api.RightsEvidence{Evidence: "reference_code"}, nil)
	o := &official{house: h, lead: h.staff(c.authority, notice.RoleLead), request: made.Request}
	o.lead.ok(http.MethodPost, o.path("/take"), nil, nil)
	o.lead.ok(http.MethodPost, o.path("/find"), api.RightsFind{Reason: "pyyntö"}, nil)
	o.decided, o.asked = map[int64]string{}, map[int64]string{}
	return o
}

// filedCopy is a draft with a file, and the number of its item.
type filedCopy struct {
	*official
	n int64
}

// filedDraft is one of a citizen of the municipality, whose notice declares files.
func (h *house) filedDraft(content []byte) filedCopy {
	h.t.Helper()
	c := h.filed()
	if _, err := c.sendFile(h.t.Context(), formOf(h.t, about(""), "liite.bin", content)); err != nil {
		h.t.Fatal(err)
	}
	f := filedCopy{official: h.draftAbout(c)}
	var draft api.RightsDraft
	f.lead.ok(http.MethodGet, f.path(""), nil, &draft)
	for _, i := range draft.Items {
		if i.File != nil {
			f.n = i.N
		}
	}
	return f
}

// delivered keeps all of a draft and has the registry make a link.
func (o *official) delivered() (made api.RightsDelivery) {
	o.house.t.Helper()
	var draft api.RightsDraft
	o.lead.ok(http.MethodGet, o.path(""), nil, &draft)
	for _, i := range draft.Items {
		if i.Decision == "undecided" {
			o.lead.ok(http.MethodPut, o.path(fmt.Sprintf("/items/%d", i.N)), api.CopyDecision{Decision: "kept", Spans: []api.CopySpan{}}, nil)
		}
	}
	o.lead.ok(http.MethodPost, o.path("/finish"), nil, nil)
	o.house.staff(o.lead.authority, notice.RoleRegistryClerk).ok(http.MethodPost, "/api/registry/requests/"+o.request+"/deliver", nil, &made)
	return made
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
			o.told.Add(1)
		}
	}
}

// killAfter kills the program a moment after n more acknowledgements.
func (o *official) killAfter(n int64) {
	o.house.t.Helper()
	n += o.told.Load()
	if err := o.house.await(2*time.Minute, func() bool { return o.told.Load() >= n }); err != nil {
		o.house.t.Error(err)
	}
	time.Sleep(time.Duration(rand.IntN(200)) * time.Millisecond)
	o.house.kill()
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
			o.killAfter(6)
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
			o.told.Add(1)
		}
	}()
	o.killAfter(1)
	<-ended
	h.start()
	if n := len(o.texts()); n != 12 {
		h.t.Errorf("after a search that was cut off the draft has %d of 12 texts", n)
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
	made := o.delivered()
	h.kill()
	h.start()
	text, err := h.visitor("dvv").fetchCopy(made, "")
	if err != nil || !strings.Contains(string(text), "viesti 11") {
		h.t.Errorf("the copy after a kill: %v %.300s", err, text)
	}
}

// fetchCopy opens a link with its code, as its page's form does: the copy, or with "/files/n" one of its files.
func (p *person) fetchCopy(d api.RightsDelivery, part string) ([]byte, error) {
	form := url.Values{"code": {d.Code}, "as": {"json"}}
	request, err := http.NewRequest(http.MethodPost, "http://localhost/"+p.authority+d.Path+part, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.roundTrip(request)
}

// Promises 1 and 3 for a file of a copy: it is fetched behind the copy's link, also over a kill, and neither
// the link nor anything on the disks opens it once its conversation's time has passed. // X-18
func TestAFileOfACopyEndsWithItsConversation(t *testing.T) {
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		content := document("salaisuus", 150_000)
		f := h.filedDraft(content)
		if got, err := f.seen(); err != nil || !bytes.Equal(got, content) {
			t.Fatalf("control: the official sees %d bytes of %d, %v", len(got), len(content), err)
		}
		made, part := f.delivered(), fmt.Sprintf("/files/%d", f.n)
		h.kill()
		h.start()
		citizen := h.visitor("mallila")
		if got, err := citizen.fetchCopy(made, part); err != nil || !bytes.Equal(got, content) {
			t.Errorf("control: the person gets %d bytes of %d, %v", len(got), len(content), err)
		}
		if _, err := citizen.fetchCopy(made, "/files/1"); err == nil {
			t.Error("what is no file was given as one")
		}
		second := h.filedDraft(content)
		h.must("demo", "advance", "P1Y1D")
		if err := h.await(time.Minute, func() bool { return len(h.blobs("mallila")) == 0 }); err != nil {
			t.Errorf("after their time there are %v: %v", h.blobs("mallila"), err)
		}
		if _, err := citizen.fetchCopy(made, part); err == nil {
			t.Error("the link gives the file after its time")
		}
		if _, err := second.seen(); err == nil {
			t.Error("the official sees the file after its time")
		}
		if n := h.scan("select count(*) from rights_item where authority = 'mallila'"); n != "0" {
			t.Error(n, "rows of ended copies are left")
		}
	})
}

// seen is the file of a draft as its official downloads it.
func (f filedCopy) seen() ([]byte, error) {
	request, err := http.NewRequest(http.MethodGet, "http://localhost/"+f.lead.authority+f.path(fmt.Sprintf("/items/%d/file", f.n)), nil)
	if err != nil {
		return nil, err
	}
	return f.lead.roundTrip(request)
}
