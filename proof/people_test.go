package proof

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"luukku/cmd/luukku/client"
	"luukku/web/api"
)

// person is somebody's browser towards one authority: a citizen with a contact, or a member of staff.
type person struct {
	*client.Client
	house     *house
	authority string
	contact   string // a citizen's
	id        string // a member of staff's
}

var clientIDs atomic.Int64

// clientID is a new one for each post.
func clientID() string {
	return fmt.Sprintf("proof-%d-%08d", time.Now().UnixNano(), clientIDs.Add(1))
}

// visitor is a browser without any sign-in.
func (h *house) visitor(authority string) *person {
	c := client.New("http://localhost/"+authority, h.transport())
	c.HTTP.Timeout = 2 * time.Minute
	return &person{Client: c, house: h, authority: authority}
}

// citizen starts a contact.
func (h *house) citizen(authority string, start api.StartContact) *person {
	h.t.Helper()
	p := h.visitor(authority)
	if start.ClientID == "" {
		start.ClientID = clientID()
	}
	if start.Lang == "" {
		start.Lang = "fi"
	}
	var started api.Started
	p.ok(http.MethodPost, "/api/chat/contacts", start, &started)
	p.contact, p.Token = started.Contact, started.Token
	return p
}

// staff is the member of staff of a role, signed in once.
func (h *house) staff(authority, role string) *person { return h.staffNo(authority, role, 0) }

// staffNo is the nth of a role: the demo has two advisers and two administrators.
func (h *house) staffNo(authority, role string, nth int) *person {
	h.t.Helper()
	key := fmt.Sprintf("%s/%s/%d", authority, role, nth)
	if p := h.signed[key]; p != nil {
		return p
	}
	p := h.visitor(authority)
	for _, a := range h.accounts {
		if a.Authority != authority || a.Role != role {
			continue
		}
		if nth--; nth >= 0 {
			continue
		}
		p.signIn(a.Username, a.Password, a.TOTPSecret)
		h.signed[key] = p
		return p
	}
	h.t.Fatalf("the demo has no %s in %s", role, authority)
	return nil
}

func (p *person) signIn(username, password, secret string) {
	p.house.t.Helper()
	in := api.SignIn{Username: username, Password: password}
	if secret != "" {
		code, err := totp.GenerateCode(secret, time.Now())
		if err != nil {
			p.house.t.Fatal(err)
		}
		in.TOTP = code
	}
	var me api.Me
	p.ok(http.MethodPost, "/api/staff/sign-in", in, &me)
	p.id = me.ID
}

// ok is a request that has to succeed.
func (p *person) ok(method, path string, in, out any) {
	p.house.t.Helper()
	if err := p.try(method, path, in, out); err != nil {
		p.house.t.Fatalf("%s %s: %v", method, path, err)
	}
}

// try is a request that may be refused.
func (p *person) try(method, path string, in, out any) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	return p.Do(ctx, method, path, in, out)
}

// status is the status of an answer that Do gave, 0 for none.
func status(err error) int {
	if err == nil {
		return http.StatusOK
	}
	if p := problemOf(err); p != nil {
		return p.Status
	}
	return 0
}

// problemOf is the problem that an answer was, nil for none.
func problemOf(err error) *client.Problem {
	var p *client.Problem
	if errors.As(err, &p) {
		return p
	}
	return nil
}

// say posts one message as the citizen.
func (p *person) say(text string) api.Posted {
	p.house.t.Helper()
	var posted api.Posted
	p.ok(http.MethodPost, "/api/chat/contacts/"+p.contact+"/messages", api.Write{ClientID: clientID(), Text: text, Lang: "fi"}, &posted)
	return posted
}

// answer posts one message as the adviser of a contact; kind is reply or note.
func (p *person) answer(contact, kind, text string) api.Posted {
	p.house.t.Helper()
	var posted api.Posted
	p.ok(http.MethodPost, "/api/desk/contacts/"+contact+"/messages", api.DeskWrite{ClientID: clientID(), Text: text, Lang: "fi", Kind: kind}, &posted)
	return posted
}

// present and take make an adviser ready and give them a contact.
func (p *person) take(contact string) {
	p.house.t.Helper()
	p.ok(http.MethodPost, "/api/desk/presence", api.Presence{State: "present"}, nil)
	p.ok(http.MethodPost, "/api/desk/contacts/"+contact+"/take", nil, nil)
}

// close closes a contact as answered, under the first topic of its service.
func (p *person) close(contact string) {
	p.house.t.Helper()
	var view api.ContactView
	p.ok(http.MethodGet, "/api/desk/contacts/"+contact, nil, &view)
	topic := p.house.topic(p.authority, view.Service)
	p.ok(http.MethodPost, "/api/desk/contacts/"+contact+"/close", api.Close{Topic: topic, Outcome: "answered"}, nil)
}

// topic is the first one of a service.
func (h *house) topic(authority, service string) string {
	h.t.Helper()
	var all api.Services
	h.visitor(authority).ok(http.MethodGet, "/api/chat/services", nil, &all)
	for _, s := range all.Services {
		if s.ID == service {
			return s.Topics[0].ID
		}
	}
	h.t.Fatalf("%s offers no %s", authority, service)
	return ""
}

// conversation is everything that a citizen sees of the contact.
func (p *person) conversation() []api.Message {
	p.house.t.Helper()
	all, err := p.messages()
	if err != nil {
		p.house.t.Fatal(err)
	}
	return all
}

func (p *person) messages() (all []api.Message, err error) {
	for after := int64(0); ; {
		var run api.Messages
		path := fmt.Sprintf("/api/chat/contacts/%s/messages?after=%d", p.contact, after)
		if err := p.try(http.MethodGet, path, nil, &run); err != nil {
			return nil, err
		}
		all = append(all, run.Messages...)
		if len(run.Messages) == 0 || all[len(all)-1].N >= run.Last {
			return all, nil
		}
		after = all[len(all)-1].N
	}
}

// texts are what people wrote, without events.
func texts(all []api.Message) []string {
	var out []string
	for _, m := range all {
		if m.From != "event" {
			out = append(out, m.Text)
		}
	}
	return out
}

// The harness itself: a demo starts, talks, is killed, and knows its people again.
func TestADemoStartsTalksAndComesBack(t *testing.T) {
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		c := h.citizen("dvv", api.StartContact{Service: "guardianship-chat"})
		a := h.staff("dvv", "adviser")
		a.take(c.contact)
		c.say("hei")
		a.answer(c.contact, "reply", "päivää")
		h.kill()
		h.start()
		if got := texts(c.conversation()); len(got) != 2 || got[0] != "hei" || got[1] != "päivää" {
			t.Errorf("after the kill: %q", got)
		}
	})
}

// mustURL parses a constant address.
func mustURL(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil {
		panic(err)
	}
	return u
}
