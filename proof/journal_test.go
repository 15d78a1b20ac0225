package proof

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"luukku/core/vault"
	"luukku/web/api"
)

// journal is what the program acknowledged, written down by those to whom it did so: the measure of
// what it must still know after a kill.
type journal struct {
	mu    sync.Mutex
	posts []*post
	reads []read
}

// post is one message on its way in; N is 0 until it is acknowledged.
type post struct {
	Contact, ClientID, Text string
	N                       int64
	Adviser                 bool // written by the adviser, not by the citizen
}

// read is one answered reading of a contact, known by the reason that was given for it.
type read struct{ Contact, Reason string }

// begin notes a post that is about to be sent.
func (j *journal) begin(contact, text string, adviser bool) *post {
	p := &post{Contact: contact, ClientID: clientID(), Text: text, Adviser: adviser}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.posts = append(j.posts, p)
	return p
}

// acknowledged notes the answer.
func (j *journal) acknowledged(p *post, n int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	p.N = n
}

func (j *journal) answered(contact, reason string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.reads = append(j.reads, read{contact, reason})
}

// pending are the posts that were never answered: nobody knows whether they were stored.
func (j *journal) pending() []*post {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(j.posts), func(p *post) bool { return p.N != 0 })
}

// count is how many posts were acknowledged.
func (j *journal) count() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.posts) - len(slices.DeleteFunc(slices.Clone(j.posts), func(p *post) bool { return p.N != 0 }))
}

// checkPosts compares the journal with the conversations as they are read back.
func (j *journal) checkPosts(found map[string][]api.Message) []string {
	var wrong []string
	for contact, all := range found {
		for i, m := range all {
			if m.N != int64(i)+1 {
				wrong = append(wrong, fmt.Sprintf("%s: line %d has the number %d", contact, i+1, m.N))
				break
			}
		}
	}
	for _, p := range j.posts {
		times := 0
		for _, m := range found[p.Contact] {
			if m.Text == p.Text {
				times++
				if p.N != 0 && m.N != p.N {
					wrong = append(wrong, fmt.Sprintf("%q was acknowledged as %d and stands at %d", p.Text, p.N, m.N))
				}
			}
		}
		if p.N != 0 && times != 1 || times > 1 {
			wrong = append(wrong, fmt.Sprintf("%q (acknowledged as %d) is there %d times", p.Text, p.N, times))
		}
	}
	return wrong
}

// checkReads compares the journal with the audit's entries about each contact.
func (j *journal) checkReads(found map[string][]api.AuditEntry) []string {
	var wrong []string
	for _, r := range j.reads {
		if !slices.ContainsFunc(found[r.Contact], func(e api.AuditEntry) bool { return e.Reason == r.Reason && e.Outcome == vault.OutcomeAllowed }) {
			wrong = append(wrong, fmt.Sprintf("%s was read (%q) without an entry", r.Contact, r.Reason))
		}
	}
	return wrong
}

// The checker sees a loss, a double, a gap, a wrong number and a read without its entry; and
// nothing where there is nothing.
func TestTheJournalSeesWhatWentWrong(t *testing.T) {
	line := func(n int64, text string) api.Message { return api.Message{N: n, Text: text} }
	for name, c := range map[string]struct {
		found []api.Message
		want  int
	}{
		"nothing":      {[]api.Message{line(1, "a"), line(2, "b")}, 0},
		"unanswered":   {[]api.Message{line(1, "a"), line(2, "b"), line(3, "c")}, 0},
		"loss":         {[]api.Message{line(1, "a")}, 1},
		"double":       {[]api.Message{line(1, "a"), line(2, "b"), line(3, "c"), line(4, "c")}, 1},
		"gap":          {[]api.Message{line(1, "a"), line(2, "b"), line(4, "c")}, 1},
		"wrong number": {[]api.Message{line(1, "b"), line(2, "a")}, 2},
	} {
		j := &journal{posts: []*post{{"k", "1", "a", 1, false}, {"k", "2", "b", 2, true}, {"k", "3", "c", 0, false}}}
		if wrong := j.checkPosts(map[string][]api.Message{"k": c.found}); len(wrong) != c.want {
			t.Errorf("%s: %q", name, wrong)
		}
	}
	j := &journal{reads: []read{{"k", "x"}, {"k", "y"}}}
	if wrong := j.checkReads(map[string][]api.AuditEntry{"k": {{Reason: "x", Outcome: "allowed"}, {Reason: "y", Outcome: "role-missing"}}}); len(wrong) != 1 {
		t.Errorf("a read without its entry: %q", wrong)
	}
}
