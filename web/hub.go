package web

import (
	"encoding/json"
	"sync"
	"time"

	"luukku/channel/chat"
	"luukku/desk/contact"
	"luukku/desk/file"
	"luukku/people"
	"luukku/web/api"
)

// Hub is where events find the connections that they are for: chat gives it messages, what was seen
// and what has changed, people gives it sign-ins that ended. Nothing in it waits: what cannot be
// told at once is marked, and told by Run.
type Hub struct {
	mu       sync.Mutex
	citizens map[party]map[*conn]bool // by contact
	staff    map[party]map[*conn]bool // by member of staff
	dirty    dirt
	wake     chan struct{}
	count    func(kind string) // of pushes
}

// party is whom connections belong to, within an authority.
type party struct{ authority, id string }

// line is the queue of one service in one language.
type line struct{ authority, service, lang string }

// dirt is what has changed since it was last told.
type dirt struct {
	states map[party]bool // contacts whose citizen's state has to be fetched
	lines  map[line]bool  // queues in which places have changed
	boards map[party]bool // members of staff whose own board changed; id "" is everybody in the authority
	left   map[party]bool // members of staff whose sign-ins have ended
}

func newDirt() dirt {
	return dirt{states: map[party]bool{}, lines: map[line]bool{}, boards: map[party]bool{}, left: map[party]bool{}}
}

// NewHub returns an empty hub.
func NewHub() *Hub {
	return &Hub{citizens: map[party]map[*conn]bool{}, staff: map[party]map[*conn]bool{}, dirty: newDirt(),
		wake: make(chan struct{}, 1), count: func(string) {}}
}

// Message delivers a message to one reader's connections.
func (h *Hub) Message(d chat.Delivery) {
	m := messageOf(d.Message)
	push := api.Push{T: "message", Contact: m.Contact, Message: &m}
	if d.Staff == "" {
		h.push(h.ofCitizen(party{d.Authority, m.Contact}), push)
		return
	}
	h.push(h.ofStaff(party{d.Authority, d.Staff}), push)
}

// Seen tells the other side how far somebody has come, and the same side's other pages.
func (h *Hub) Seen(s contact.Seen) {
	push := api.Push{T: "delivered", Contact: s.Contact, N: s.N, By: "citizen"}
	if s.Seen {
		push.T = "seen"
	}
	if s.By == contact.FromAdviser {
		push.By = "adviser"
	}
	h.push(h.ofCitizen(party{s.Authority, s.Contact}), push)
	h.push(h.ofStaff(party{s.Authority, s.Adviser}), push)
}

// Changed marks what a contact's change touches: the citizen's state, the places in its queue, boards.
func (h *Hub) Changed(c contact.Change) {
	h.mark(func(d *dirt) {
		if c.Event == "" { // a message: only the adviser's own list shows it
			if c.Adviser != "" {
				d.boards[party{c.Authority, c.Adviser}] = true
			}
			return
		}
		d.states[party{c.Authority, c.Contact}] = true
		d.lines[line{c.Authority, c.Service, c.Lang}] = true
		d.boards[party{c.Authority, ""}] = true
	})
	if c.Event == "" {
		return
	}
	h.push(h.ofStaff(party{c.Authority, c.Adviser}), api.Push{T: "contact", Contact: c.Contact, Status: string(c.Status)})
	if c.Was != "" && c.Was != c.Adviser {
		h.push(h.ofStaff(party{c.Authority, c.Was}), api.Push{T: "notice", Contact: c.Contact, Notice: "contact_passed"})
	}
}

// Mailed marks a contact's state: what its citizen ordered was sent or given up.
func (h *Hub) Mailed(authority, contact string) {
	h.mark(func(d *dirt) { d.states[party{authority, contact}] = true })
}

// BoardsChanged marks every board of an authority: presence or settings have changed.
func (h *Hub) BoardsChanged(authority string) {
	h.mark(func(d *dirt) { d.boards[party{authority, ""}] = true })
}

// Ended cuts connections off whose sign-in or grant has ended.
func (h *Hub) Ended(e people.Ended) {
	end, notice := endSignedOut, "signed_out"
	if e.Reason == "grant_withdrawn" { // the sign-in goes on: the connection begins anew with what is left
		end, notice = endAgain, "grant_withdrawn"
	}
	for _, c := range h.ofStaff(party{e.Authority, e.Staff}) {
		if e.Session != "" && c.signIn != e.Session || e.Except != "" && c.signIn == e.Except {
			continue
		}
		c.send(mustJSON(api.Push{T: "notice", Notice: notice}))
		c.end(end)
	}
	if end == endSignedOut && e.Except == "" {
		h.mark(func(d *dirt) { d.left[party{e.Authority, e.Staff}] = true })
	}
}

// mark notes something dirty and wakes run.
func (h *Hub) mark(what func(*dirt)) {
	h.mu.Lock()
	what(&h.dirty)
	h.mu.Unlock()
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// takeDirt hands over what is dirty.
func (h *Hub) takeDirt() dirt {
	h.mu.Lock()
	defer h.mu.Unlock()
	d := h.dirty
	h.dirty = newDirt()
	return d
}

// join adds a connection, before anything is read for it, so that nothing falls between.
func (h *Hub) join(c *conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	set := h.setOf(c)
	if set[c.party] == nil {
		set[c.party] = map[*conn]bool{}
	}
	set[c.party][c] = true
}

// leave takes a connection away and tells whether it was its party's last.
func (h *Hub) leave(c *conn) (last bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	set := h.setOf(c)
	delete(set[c.party], c)
	if len(set[c.party]) > 0 {
		return false
	}
	delete(set, c.party)
	return true
}

// setOf is the half of the hub in which a connection belongs.
func (h *Hub) setOf(c *conn) map[party]map[*conn]bool {
	if c.isStaff {
		return h.staff
	}
	return h.citizens
}

func (h *Hub) ofCitizen(p party) []*conn { return h.list(h.citizens, p) }
func (h *Hub) ofStaff(p party) []*conn   { return h.list(h.staff, p) }

func (h *Hub) list(set map[party]map[*conn]bool, p party) []*conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]*conn, 0, len(set[p]))
	for c := range set[p] {
		out = append(out, c)
	}
	return out
}

// everyone lists all connections of one half.
func (h *Hub) everyone(staff bool) []*conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	set := h.citizens
	if staff {
		set = h.staff
	}
	var out []*conn
	for _, conns := range set {
		for c := range conns {
			out = append(out, c)
		}
	}
	return out
}

// Connected lists the members of staff of an authority who are connected here, each once. A connection
// that has been told to end is none.
func (h *Hub) Connected() map[string][]string {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := map[string][]string{}
	for p, conns := range h.staff {
		if anyGoesOn(conns) {
			out[p.authority] = append(out[p.authority], p.id)
		}
	}
	return out
}

// present tells whether one member of staff is among those.
func (h *Hub) present(p party) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return anyGoesOn(h.staff[p])
}

func anyGoesOn(conns map[*conn]bool) bool {
	for c := range conns {
		if c.goesOn() {
			return true
		}
	}
	return false
}

// push sends one event to connections, encoded once.
func (h *Hub) push(to []*conn, p api.Push) {
	if len(to) == 0 {
		return
	}
	h.count(p.T)
	data := mustJSON(p)
	for _, c := range to {
		c.send(data)
	}
}

// mustJSON encodes a shape of ours, which cannot fail.
func mustJSON(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

// messageOf gives a message its shape on the wire.
func messageOf(m chat.Message) api.Message {
	out := api.Message{Contact: m.Contact, N: m.N, At: m.At, From: m.From, Name: m.Name, Lang: m.Lang, Text: m.Text,
		Event: m.Event, ClientID: m.ClientID, Masked: m.Masked}
	if m.File != nil {
		out.File = &api.FileOfMessage{Name: m.File.Name, Type: m.File.Kind, Size: m.File.Size}
	}
	return out
}

// fileRules are limits as a client needs them, nil for no files.
func fileRules(l *contact.FileLimits) *api.FileRules {
	if l == nil {
		return nil
	}
	return &api.FileRules{Accept: file.Extensions(l.Kinds), Most: l.Size}
}

// leaveAfter is how long a citizen's last connection may be gone before the page counts as left.
const leaveAfter = 15 * time.Second
