package web

import (
	"context"
	"time"

	"luukku/core/notice"
	"luukku/desk/queue"
	"luukku/fault"
	"luukku/web/api"
)

// How often things are told and looked at.
const (
	againEvery   = time.Second            // what could not be fetched
	boardEvery   = 250 * time.Millisecond // a board, when it has changed
	ownEvery     = time.Second            // a board of which only the own messages have changed
	placesEvery  = time.Second            // places in a queue, when it has changed
	leadEvery    = 2 * time.Second        // a lead, that the overview has changed
	sessionEvery = 10 * time.Second       // whether the sign-ins behind sockets still run
	beatEvery    = 20 * time.Second       // sign of life of connected advisers
)

var boardRoles = []string{notice.RoleAdviser, notice.RoleLead}

// Run tells what has changed, until ctx ends. It sleeps while nothing has.
func (s *Server) Run(ctx context.Context) {
	due := &schedule{states: map[party]time.Time{}, board: map[*conn]time.Time{}, lead: map[*conn]time.Time{}, places: map[line]time.Time{}, offers: map[string]time.Time{}}
	beat, session := time.NewTicker(beatEvery), time.NewTicker(sessionEvery)
	defer beat.Stop()
	defer session.Stop()
	again := time.NewTimer(time.Hour)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.Hub.wake:
		case <-again.C:
		case <-beat.C:
			s.beat(ctx)
		case <-session.C:
			s.lookAtSessions(ctx)
		}
		again.Reset(s.tell(ctx, due, s.Hub.takeDirt()))
	}
}

// schedule is what is due, and when it may be told again.
type schedule struct {
	states map[party]time.Time // contacts whose citizen's state is to be told
	board  map[*conn]time.Time // connections whose board has changed, and from when it may be told
	lead   map[*conn]time.Time // the same of the overview
	places map[line]time.Time
	offers map[string]time.Time // authorities in which something may be offered, or an offer ends
	spent  time.Duration        // by the last round of boards
}

// tell tells states at once, boards and places when their time has come, and returns when to come again.
func (s *Server) tell(ctx context.Context, due *schedule, d dirt) time.Duration {
	now := time.Now()
	for p := range d.left {
		s.staffLeft(ctx, p)
	}
	for p := range d.states {
		due.states[p] = now
	}
	for p, at := range due.states {
		if now.Before(at) {
			continue
		}
		delete(due.states, p)
		if !s.tellState(ctx, p) {
			due.states[p] = now.Add(againEvery)
		}
	}
	for p := range d.boards {
		s.dueBoards(due, p, now)
		if p.id == "" {
			due.offers[p.authority] = now
		}
	}
	s.offer(ctx, due, now)
	for l := range d.lines {
		if _, waits := due.places[l]; !waits {
			due.places[l] = now.Add(placesEvery)
		}
	}
	for l, at := range due.places {
		if !now.Before(at) {
			delete(due.places, l)
			s.tellPlaces(ctx, l)
		}
	}
	s.tellLeads(due, now)
	s.tellBoards(ctx, due, now)
	return due.next(now)
}

// dueBoards marks the boards of a party, or of everybody in its authority.
func (s *Server) dueBoards(due *schedule, p party, now time.Time) {
	every, conns := boardEvery, []*conn(nil)
	if p.id != "" {
		every, conns = ownEvery, s.Hub.ofStaff(p)
	} else {
		for _, c := range s.Hub.everyone(true) {
			if c.party.authority == p.authority {
				conns = append(conns, c)
			}
		}
	}
	every = max(every, 10*due.spent) // never more than a tenth of the time
	for _, c := range conns {
		at := now.Add(every)
		if waits, ok := due.board[c]; !ok || at.Before(waits) {
			due.board[c] = at
		}
		if _, waits := due.lead[c]; !waits && c.visit.holds(notice.RoleLead) {
			due.lead[c] = now.Add(leadEvery)
		}
	}
}

// offer offers what waits to who is free, where it is due. What that changes comes round as any other change.
func (s *Server) offer(ctx context.Context, due *schedule, now time.Time) {
	for authority, at := range due.offers {
		if now.Before(at) {
			continue
		}
		delete(due.offers, authority)
		round, err := s.Queue.Offer(ctx, authority)
		if err != nil {
			s.notTold("offers", err)
			due.offers[authority] = now.Add(againEvery)
			continue
		}
		if round.Changed {
			s.Hub.BoardsChanged(authority)
		}
		if !round.Next.IsZero() {
			due.offers[authority] = now.Add(round.Next.Sub(s.Keeper.Now()))
		}
	}
}

// tellLeads tells those who lead that the overview has changed; they fetch it if they look at it.
func (s *Server) tellLeads(due *schedule, now time.Time) {
	for c, at := range due.lead {
		if !now.Before(at) {
			delete(due.lead, c)
			s.Hub.push([]*conn{c}, api.Push{T: "overview"})
		}
	}
}

// tellBoards sends every board whose time has come.
func (s *Server) tellBoards(ctx context.Context, due *schedule, now time.Time) {
	begun, told := time.Now(), false
	for c, at := range due.board {
		if now.Before(at) {
			continue
		}
		delete(due.board, c)
		s.tellBoard(ctx, c)
		told = true
	}
	if told {
		due.spent = time.Since(begun)
	}
}

// next is when the earliest due thing may be told.
func (due *schedule) next(now time.Time) time.Duration {
	wait := time.Hour
	for _, at := range due.states {
		wait = min(wait, at.Sub(now))
	}
	for _, at := range due.board {
		wait = min(wait, at.Sub(now))
	}
	for _, at := range due.lead {
		wait = min(wait, at.Sub(now))
	}
	for _, at := range due.places {
		wait = min(wait, at.Sub(now))
	}
	for _, at := range due.offers {
		wait = min(wait, at.Sub(now))
	}
	return max(wait, time.Millisecond)
}

// tellState fetches a citizen's state and sends it if it is news. It returns false when the
// database was away: nothing else may come after it for long, so it is tried again.
func (s *Server) tellState(ctx context.Context, p party) bool {
	told := true
	for _, c := range s.Hub.ofCitizen(p) {
		state, err := s.Chat.State(ctx, c.citizen)
		if err != nil {
			s.notTold("state", err)
			if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Gone) {
				c.end(endUnknown)
			}
			told = told && !fault.Is(err, fault.Busy)
			continue
		}
		s.sendState(c, stateOf(state))
	}
	return told
}

// sendState tells a citizen a state that is news, and warns when the contact is about to close.
func (s *Server) sendState(c *conn, shown api.ChatState) {
	before := c.last()
	if !c.told(shown) {
		return
	}
	s.Hub.push([]*conn{c}, api.Push{T: "state", Contact: c.party.id, State: &shown})
	if shown.IdleCloseAt > 0 && shown.IdleCloseAt != before.IdleCloseAt {
		s.Hub.push([]*conn{c}, api.Push{T: "idle", Contact: c.party.id, At: shown.IdleCloseAt})
	}
}

// tellPlaces tells everybody in a queue where they stand now, with two statements for all.
func (s *Server) tellPlaces(ctx context.Context, l line) {
	places, err := s.Queue.Places(ctx, l.authority, l.service, l.lang)
	if err != nil {
		s.notTold("places", err)
		return
	}
	for id, place := range places {
		for _, c := range s.Hub.ofCitizen(party{l.authority, id}) {
			s.sendState(c, atPlace(c.last(), place))
		}
	}
}

// atPlace is a state at another place of the queue.
func atPlace(state api.ChatState, place queue.Place) api.ChatState {
	if state.Status == "waiting" {
		state.Position, state.EstimateMinutes = place.Position, place.EstimateMinutes
	}
	return state
}

// tellBoard sends one member of staff's board.
func (s *Server) tellBoard(ctx context.Context, c *conn) {
	if !c.visit.holds(boardRoles...) {
		return
	}
	board, err := s.board(ctx, c.visit)
	if err != nil {
		s.notTold("board", err)
		return
	}
	s.Hub.push([]*conn{c}, api.Push{T: "board", Board: &board})
}

// notTold logs what could not be told; it is told with the next change or when the client comes again.
func (s *Server) notTold(what string, err error) {
	if !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Gone) && !fault.Is(err, fault.Denied) {
		s.Log.Warn("an event could not be told", "what", what, "err", err)
	}
}

// staffLeft gives the contacts of somebody who signed out back at once, unless they are still connected
// under another sign-in. If it fails, the sweep does it once nobody has seen them for a minute.
func (s *Server) staffLeft(ctx context.Context, p party) {
	if s.Hub.present(p) {
		return
	}
	if err := s.Chat.StaffLeft(ctx, p.authority, p.id); err != nil {
		s.Log.Warn("somebody's leaving could not be noted", "err", err)
		return
	}
	s.Hub.BoardsChanged(p.authority)
}

// beat is a sign of life of every adviser who is connected here.
func (s *Server) beat(ctx context.Context) {
	for authority, staff := range s.Hub.Connected() {
		if err := s.Queue.Beat(ctx, authority, staff); err != nil {
			s.Log.Warn("presence could not be noted", "err", err)
		}
	}
}

// lookAtSessions warns of sign-ins that are about to end by idleness and cuts off those that have ended.
func (s *Server) lookAtSessions(ctx context.Context) {
	s.buryStillborn(ctx)
	for _, c := range s.Hub.everyone(true) {
		session, err := s.People.Alive(ctx, c.party.authority, c.cookie)
		if fault.Is(err, fault.Denied) {
			s.Hub.push([]*conn{c}, api.Push{T: "notice", Notice: "signed_out"})
			c.end(endSignedOut)
			continue
		}
		if err != nil {
			return // the database is away; look again later
		}
		ends := min(session.IdleAt, session.EndsAt)
		if ends-s.Real.Now().UnixMilli() <= s.People.Warn.Milliseconds() && c.warn(ends) {
			s.Hub.push([]*conn{c}, api.Push{T: "notice", Notice: "session_ending", At: ends})
		}
	}
}

// buryStillborn takes connections out whose client went before they were made.
func (s *Server) buryStillborn(ctx context.Context) {
	now := time.Now()
	for _, c := range append(s.Hub.everyone(true), s.Hub.everyone(false)...) {
		if c.stillborn(now) {
			s.left(ctx, c)
		}
	}
}

// warn tells whether this end has not been warned of yet.
func (c *conn) warn(ends int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.warned == ends {
		return false
	}
	c.warned = ends
	return true
}

// Stop tells every client that the server is going, and ends the sockets; they come back by themselves.
func (s *Server) Stop(ctx context.Context) error {
	s.stopping.Store(true)
	push := mustJSON(api.Push{T: "notice", Notice: "server_stopping"})
	for _, c := range append(s.Hub.everyone(true), s.Hub.everyone(false)...) {
		c.send(push)
		c.end(endStopping)
	}
	return s.node.Shutdown(ctx)
}
