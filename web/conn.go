package web

import (
	"sync"
	"time"

	"github.com/centrifugal/centrifuge"
	"golang.org/x/time/rate"

	"luukku/desk/contact"
	"luukku/people"
	"luukku/web/api"
)

// How a connection ends. Codes below 4500 let the client come back and resume by its last number,
// those from 4500 do not.
var (
	endAgain     = centrifuge.Disconnect{Code: 4001, Reason: "again"}
	endStopping  = centrifuge.Disconnect{Code: 4002, Reason: "server-stopping"}
	endBehind    = centrifuge.Disconnect{Code: 4003, Reason: "too-slow"}
	endBusy      = centrifuge.Disconnect{Code: 4004, Reason: "busy"}
	endSignedOut = centrifuge.Disconnect{Code: 4501, Reason: "signed-out"}
	endUnknown   = centrifuge.Disconnect{Code: 4504, Reason: "contact-not-found"}
	endForbidden = centrifuge.Disconnect{Code: 4503, Reason: "role-missing"}
)

// stillbornAfter is how long letting a connection in may take.
const stillbornAfter = time.Minute

// maxPending is how many events may wait for a connection to be made.
const maxPending = 500

// conn is one socket: of a citizen in one contact, or of a member of staff.
type conn struct {
	party   party
	isStaff bool
	lang    string
	joined  time.Time     // when it entered the hub
	limit   *rate.Limiter // of calls

	citizen contact.Citizen // of a citizen
	share   string          // under which a citizen's messages are counted
	visit   *Visit          // of a member of staff: who calls, with the standing when it connected
	signIn  string          // id of the sign-in
	cookie  string

	mu      sync.Mutex
	session people.Session
	client  *centrifuge.Client // nil until the connection is made
	pending [][]byte           // events that came before
	state   api.ChatState      // what a citizen was last told
	warned  int64              // for which idle end of the sign-in a warning was sent
	checked int64              // steady milliseconds of the last look at the session
	over    bool
	gone    bool
}

// send queues an event. A client that does not read is cut off by its bounded queue, and resumes by
// its last number: nothing is left out silently.
func (c *conn) send(data []byte) {
	c.mu.Lock()
	if c.client == nil {
		c.pending = append(c.pending, data)
		behind := len(c.pending) > maxPending
		c.mu.Unlock()
		if behind {
			c.end(endBehind)
		}
		return
	}
	client := c.client
	c.mu.Unlock()
	_ = client.Send(data) // an ended connection resumes by its last number
}

// open makes the connection known to events: those that waited go out first, in their order.
func (c *conn) open(client *centrifuge.Client) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, data := range c.pending {
		_ = client.Send(data) // as in send
	}
	c.pending, c.client = nil, client
	if c.over {
		client.Disconnect(endAgain)
	}
}

// end disconnects; before the connection is made it is remembered.
func (c *conn) end(d centrifuge.Disconnect) {
	c.mu.Lock()
	client := c.client
	c.over = true
	c.mu.Unlock()
	if client != nil {
		client.Disconnect(d)
	}
}

// goesOn tells a connection that has not been told to end.
func (c *conn) goesOn() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.over
}

// leave tells, once, that the connection has ended.
func (c *conn) leave() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	was := c.gone
	c.gone = true
	return !was
}

// stillborn tells a connection that was never made: its client went while it was being let in.
func (c *conn) stillborn(now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.client == nil && now.Sub(c.joined) > stillbornAfter
}

// told replaces what a citizen was last told and says whether it is news.
func (c *conn) told(state api.ChatState) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if sameState(c.state, state) {
		return false
	}
	c.state = state
	return true
}

// last is what a citizen was last told.
func (c *conn) last() api.ChatState {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// sameState compares two states; the adviser's name is behind a pointer.
func sameState(a, b api.ChatState) bool {
	nameA, nameB := a.Adviser, b.Adviser
	a.Adviser, b.Adviser = nil, nil
	if a != b || (nameA == nil) != (nameB == nil) {
		return false
	}
	return nameA == nil || *nameA == *nameB
}
