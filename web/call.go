package web

import (
	"context"

	"github.com/centrifugal/centrifuge"

	"luukku/channel/chat"
	"luukku/desk/contact"
	"luukku/fault"
	"luukku/web/api"
)

// sessionLook is how long, in milliseconds, a socket goes on without looking at its sign-in again; an
// end before its time is told to it at once.
const sessionLook = 10_000

// call runs one method of the socket.
func (s *Server) call(ctx context.Context, c *conn, e centrifuge.RPCEvent) ([]byte, error) {
	if !c.limit.Allow() {
		s.metrics.limited.WithLabelValues("socket").Inc()
		return nil, fault.New(fault.Busy, "too-many-requests", "seconds", "1")
	}
	var in api.Call
	if len(e.Data) > 0 && readJSON(e.Data, &in) != nil {
		return nil, fault.New(fault.Invalid, "body-malformed")
	}
	var out any
	var err error
	if c.isStaff {
		out, err = s.staffCall(ctx, c, e.Method, in)
	} else {
		out, err = s.citizenCall(ctx, c, e.Method, in)
	}
	if err != nil {
		return nil, err
	}
	if out == nil {
		return []byte("{}"), nil
	}
	return mustJSON(out), nil
}

// citizenCall is a citizen's; the contact is the connection's, whatever the call says.
func (s *Server) citizenCall(ctx context.Context, c *conn, method string, in api.Call) (any, error) {
	if in.Contact != "" && in.Contact != c.party.id {
		return nil, fault.New(fault.NotFound, "contact-not-found")
	}
	switch method {
	case "post":
		if err := s.within(s.floods.conversation, "conversation", c.share); err != nil {
			return nil, err
		}
		posted, err := s.Chat.Post(ctx, c.citizen, chat.Write{ClientID: in.ClientID, Text: in.Text, Lang: in.Lang})
		return postedOf(posted), err
	case "typing":
		return nil, s.citizenTyping(ctx, c.party.authority, c.party.id, c.citizen)
	case "seen":
		return nil, s.Chat.CitizenSeen(ctx, c.citizen, in.N)
	case "delivered":
		return nil, s.Chat.CitizenReceived(ctx, c.citizen, in.N)
	case "history":
		run, err := s.Chat.Messages(ctx, c.citizen, in.After)
		return api.Messages{Messages: messagesOf(run), Last: run.Last}, err
	case "stay":
		return nil, s.Chat.Stay(ctx, c.citizen)
	case "ping":
		return nil, nil
	}
	return nil, fault.New(fault.NotFound, "method-unknown")
}

// staffCall is a member of staff's.
func (s *Server) staffCall(ctx context.Context, c *conn, method string, in api.Call) (any, error) {
	if method == "ping" {
		return nil, nil
	}
	if !wellFormed(in.Contact) {
		return nil, fault.New(fault.NotFound, "contact-not-found")
	}
	if err := s.stillSignedIn(ctx, c); err != nil {
		return nil, err
	}
	caller := c.visit.caller()
	switch method {
	case "post":
		return s.staffPost(ctx, c.visit, in.Contact, in.Kind, chat.Write{ClientID: in.ClientID, Text: in.Text, Lang: in.Lang})
	case "typing":
		return nil, s.staffTyping(ctx, c.visit, in.Contact)
	case "seen":
		return nil, s.Chat.StaffSeen(ctx, caller, in.Contact, in.N)
	case "delivered":
		return nil, s.Chat.StaffReceived(ctx, caller, in.Contact, in.N)
	case "history":
		run, err := s.Chat.History(ctx, caller, in.Contact, in.After)
		return api.Messages{Messages: messagesOf(run), Last: run.Last}, err
	}
	return nil, fault.New(fault.NotFound, "method-unknown")
}

// stillSignedIn looks at the sign-in now and then; a call shows that its holder is at work.
func (s *Server) stillSignedIn(ctx context.Context, c *conn) error {
	now := s.Real.Steady().Milliseconds()
	c.mu.Lock()
	fresh := c.checked != 0 && now-c.checked < sessionLook
	c.mu.Unlock()
	if fresh {
		return nil
	}
	session, standing, err := s.People.Session(ctx, c.party.authority, c.cookie, true)
	if err != nil {
		if fault.Is(err, fault.Denied) {
			c.end(endSignedOut)
		}
		return err
	}
	if len(standing.Must) > 0 {
		c.end(endSignedOut)
		return fault.New(fault.Denied, "must-first")
	}
	c.mu.Lock()
	c.checked, c.session = now, session
	c.mu.Unlock()
	return nil
}

// staffPost stores a reply or a note.
func (s *Server) staffPost(ctx context.Context, v *Visit, id, kind string, w chat.Write) (api.Posted, error) {
	if err := s.within(s.floods.conversation, "conversation", v.Authority.ID+"\x00staff\x00"+id); err != nil {
		return api.Posted{}, err
	}
	write := s.Chat.Reply
	if kind == "note" {
		write = s.Chat.Note
	} else if kind != "reply" && kind != "" {
		return api.Posted{}, fault.New(fault.Invalid, "field-choice").On("kind")
	}
	posted, err := write(ctx, v.caller(), id, w)
	return postedOf(posted), err
}

// citizenTyping tells the adviser that the citizen is writing. One statement; nothing is kept.
func (s *Server) citizenTyping(ctx context.Context, authority, id string, who contact.Citizen) error {
	one, err := s.Chat.CheckCitizen(ctx, who)
	if err != nil || one.Adviser == "" {
		return err
	}
	s.Hub.push(s.Hub.ofStaff(party{authority, one.Adviser}), api.Push{T: "typing", Contact: id, Who: "citizen"})
	return nil
}

// staffTyping tells the citizen that the adviser is writing.
func (s *Server) staffTyping(ctx context.Context, v *Visit, id string) error {
	if _, err := s.Chat.CheckStaff(ctx, v.caller(), id); err != nil {
		return err
	}
	s.Hub.push(s.Hub.ofCitizen(party{v.Authority.ID, id}), api.Push{T: "typing", Contact: id, Who: "adviser"})
	return nil
}

func postedOf(p chat.Posted) api.Posted { return api.Posted{N: p.N, At: p.At, Masked: p.Masked} }
