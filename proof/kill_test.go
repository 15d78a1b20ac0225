package proof

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"luukku/cmd/luukku/client"
	"luukku/core/notice"
	"luukku/web/api"
)

// crowd is people who write and read until the program is gone, and note every answer.
type crowd struct {
	house    *house
	journal  *journal
	citizens []*person
	adviser  *person
	lead     *person
	officer  *person
	mu       sync.Mutex
	number   int
	padding  string  // makes messages long, where room is to run out
	refused  []error // what ended each one's writing and reading, since the last talk
}

const crowdSize = 4

// gather starts contacts that an adviser takes.
func gather(h *house) *crowd {
	c := &crowd{house: h, journal: &journal{}, adviser: h.staff("dvv", notice.RoleAdviser), lead: h.staff("dvv", notice.RoleLead), officer: h.staff("dvv", notice.RoleOfficer)}
	for i := range crowdSize {
		service := []string{"citizens-advice", "guardianship-chat"}[i%2]
		p := h.citizen("dvv", api.StartContact{Service: service})
		c.adviser.take(p.contact)
		c.citizens = append(c.citizens, p)
	}
	return c
}

// words are a text that nobody else says.
func (c *crowd) words(begin string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.number++
	return fmt.Sprintf("%s %d%s", begin, c.number, c.padding)
}

// lengthen makes every text long from now on.
func (c *crowd) lengthen(by string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.padding = by
}

// talk lets everybody go on until stopped returns: citizens by HTTP and by socket, the adviser, and
// a lead who reads. Each ends with its first error.
func (c *crowd) talk(until func()) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	c.refused = nil
	var all sync.WaitGroup
	for i, p := range c.citizens {
		if i%2 == 0 {
			all.Go(func() { c.write(ctx, p.contact, false, c.byHTTP(p)) })
		} else {
			all.Go(func() { c.bySocket(ctx, p) })
		}
		all.Go(func() { c.write(ctx, p.contact, true, c.byAdviser(p.contact)) })
	}
	all.Go(func() { c.read(ctx) })
	until()
	cancel()
	all.Wait()
}

// write sends posts one after the other until one is not answered.
func (c *crowd) write(ctx context.Context, contact string, adviser bool, send func(context.Context, *post) (int64, error)) {
	for ctx.Err() == nil {
		p := c.journal.begin(contact, c.words("viesti"), adviser)
		n, err := send(ctx, p)
		if err != nil {
			c.refuse(ctx, err)
			return
		}
		c.journal.acknowledged(p, n)
	}
}

// refuse keeps what the program answered instead of an acknowledgement.
func (c *crowd) refuse(ctx context.Context, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ctx.Err() == nil {
		c.refused = append(c.refused, err)
	}
}

// writers and readers of a talk.
const voices = 2*crowdSize + 1

// allRefused tells whether everybody has got an answer that is no acknowledgement.
func (c *crowd) allRefused() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.refused) == voices
}

func (c *crowd) byHTTP(p *person) func(context.Context, *post) (int64, error) {
	return func(ctx context.Context, m *post) (int64, error) {
		var posted api.Posted
		err := p.Do(ctx, http.MethodPost, "/api/chat/contacts/"+p.contact+"/messages", api.Write{ClientID: m.ClientID, Text: m.Text, Lang: "fi"}, &posted)
		return posted.N, err
	}
}

func (c *crowd) byAdviser(contact string) func(context.Context, *post) (int64, error) {
	return func(ctx context.Context, m *post) (int64, error) {
		var posted api.Posted
		err := c.adviser.Do(ctx, http.MethodPost, "/api/desk/contacts/"+contact+"/messages", api.DeskWrite{ClientID: m.ClientID, Text: m.Text, Lang: "fi", Kind: "reply"}, &posted)
		return posted.N, err
	}
}

func (c *crowd) bySocket(ctx context.Context, p *person) {
	socket, err := p.Dial(ctx, api.ConnectCitizen{Contact: p.contact, Token: p.Token}, nil)
	if err != nil {
		return // the program is gone already
	}
	defer socket.Cut()
	c.write(ctx, p.contact, false, func(ctx context.Context, m *post) (int64, error) {
		var posted api.Posted
		err := socket.Call(ctx, "post", api.Call{ClientID: m.ClientID, Text: m.Text, Lang: "fi"}, &posted)
		return posted.N, err
	})
}

// read opens contacts as the lead, each time for another reason, until one is not answered.
func (c *crowd) read(ctx context.Context) {
	for i := 0; ctx.Err() == nil; i++ {
		contact, reason := c.citizens[i%len(c.citizens)].contact, c.words("syy")
		in := api.ReadFor{Purpose: "supervision", Reason: reason}
		if err := c.lead.Do(ctx, http.MethodPost, "/api/desk/contacts/"+contact+"/read", in, &api.ContactView{}); err != nil {
			c.refuse(ctx, err)
			return
		}
		c.journal.answered(contact, reason)
	}
}

// resend sends again, under the same client ids, what was never answered.
func (c *crowd) resend() {
	c.house.t.Helper()
	for _, m := range c.journal.pending() {
		n, err := c.sendAgain(m)
		if err != nil {
			c.house.t.Errorf("sending %q again: %v", m.Text, err)
			continue
		}
		c.journal.acknowledged(m, n)
	}
}

func (c *crowd) sendAgain(m *post) (int64, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	if m.Adviser {
		return c.byAdviser(m.Contact)(ctx, m)
	}
	for _, p := range c.citizens {
		if p.contact == m.Contact {
			return c.byHTTP(p)(ctx, m)
		}
	}
	return 0, fmt.Errorf("nobody wrote %q", m.Text)
}

// found reads every conversation back.
func (c *crowd) found() map[string][]api.Message {
	all := map[string][]api.Message{}
	for _, p := range c.citizens {
		all[p.contact] = p.conversation()
	}
	return all
}

// entries asks the audit about every contact.
func (c *crowd) entries() map[string][]api.AuditEntry {
	c.house.t.Helper()
	all := map[string][]api.AuditEntry{}
	for _, p := range c.citizens {
		all[p.contact] = c.house.audit("dvv", "contact", p.contact)
	}
	return all
}

// audit is every entry about a contact or of a member of staff, as the officer sees it.
func (h *house) audit(authority, by, id string) (all []api.AuditEntry) {
	h.t.Helper()
	q := api.AuditQuery{By: by, ID: id, Purpose: "oversight", Reason: "tarkastus"}
	for {
		var page api.AuditEntries
		h.staff(authority, notice.RoleOfficer).ok(http.MethodPost, "/api/officer/audit", q, &page)
		all = append(all, page.Entries...)
		if page.Next == "" {
			return all
		}
		q.Before = page.Next
	}
}

// Promises 1 and 2: kill -9 while everybody writes and reads. Nothing acknowledged is lost, nothing
// is doubled when it is sent again, no read was answered without its entry, and the audit verifies.
func TestAKillLosesNothingThatWasAcknowledged(t *testing.T) {
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		c := gather(h)
		for round := range 3 {
			before := c.journal.count()
			c.talk(func() {
				goal := before + 20 + rand.IntN(60)
				if err := h.await(2*time.Minute, func() bool { return c.journal.count() >= goal }); err != nil {
					t.Errorf("round %d: %v", round, err)
				}
				h.kill()
			})
			h.start()
			c.compare(fmt.Sprintf("round %d, before sending again", round))
			c.resend()
			c.compare(fmt.Sprintf("round %d, after sending again", round))
		}
		if len(c.journal.reads) < 5 {
			t.Errorf("only %d reads", len(c.journal.reads))
		}
		for _, wrong := range c.journal.checkReads(c.entries()) {
			t.Error(wrong)
		}
		h.must("verify")
		t.Logf("%d posts and %d reads were acknowledged", c.journal.count(), len(c.journal.reads))
		lossIsSeen(t, h, c)
	})
}

func (c *crowd) compare(when string) {
	c.house.t.Helper()
	for _, wrong := range c.journal.checkPosts(c.found()) {
		c.house.t.Errorf("%s: %s", when, wrong)
	}
}

// lossIsSeen is the control: the last acknowledged message and the entry of a read are taken out of
// the database behind the program's back, and the same checks must find both.
func lossIsSeen(t *testing.T, h *house, c *crowd) {
	t.Helper()
	last := c.journal.posts[len(c.journal.posts)-1]
	h.stop()
	db := rawDatabase(t, h.url())
	for _, text := range []string{
		fmt.Sprintf("delete from message where authority = 'dvv' and contact = '%s' and n = %d", last.Contact, last.N),
		"delete from audit_entry where authority = 'dvv' and leaf = (select max(leaf) - 3 from audit_entry where authority = 'dvv')",
	} {
		result, err := db.ExecContext(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		if n, _ := result.RowsAffected(); n != 1 {
			t.Fatalf("%s: %d rows", text, n)
		}
	}
	db.Close()
	h.start()
	if wrong := c.journal.checkPosts(c.found()); len(wrong) == 0 {
		t.Error("the check did not see that an acknowledged message is gone")
	}
	if out, err := h.luukku("verify"); err == nil {
		t.Errorf("luukku verify did not see that an entry is gone:\n%s", out)
	}
}

// A database that dies and comes back: clear errors, readiness false, no restart needed, nothing
// acknowledged lost.
func TestADatabaseThatDiesIsWaitedFor(t *testing.T) {
	h := newHouse(t, "postgres")
	h.start()
	c := gather(h)
	c.talk(func() {
		if err := h.await(2*time.Minute, func() bool { return c.journal.count() >= 30 }); err != nil {
			t.Error(err)
		}
		if err := cluster(t).Kill(); err != nil {
			t.Fatal(err)
		}
	})
	if err := h.await(2*time.Minute, func() bool { return h.ready() == http.StatusServiceUnavailable }); err != nil {
		t.Error("readiness did not become false:", err)
	}
	err := c.citizens[0].try(http.MethodPost, "/api/chat/contacts/"+c.citizens[0].contact+"/messages", api.Write{ClientID: clientID(), Text: "x", Lang: "fi"}, nil)
	if p, ok := err.(*client.Problem); !ok || p.Status != http.StatusServiceUnavailable || p.Code != "busy" || p.Detail == "" {
		t.Errorf("a post without a database: %v", err)
	}
	if err := cluster(t).Start(); err != nil {
		t.Fatal(err)
	}
	if err := h.await(2*time.Minute, func() bool { return h.ready() == http.StatusOK }); err != nil {
		t.Fatal("the program did not recover:", err)
	}
	c.resend()
	c.compare("after the database came back")
	for _, wrong := range c.journal.checkReads(c.entries()) {
		t.Error(wrong)
	}
}
