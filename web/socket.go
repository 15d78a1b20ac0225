package web

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/centrifugal/centrifuge"
	"golang.org/x/time/rate"

	"luukku/channel/chat"
	"luukku/desk/contact"
	"luukku/fault"
	"luukku/web/api"
)

// Limits of one socket.
const (
	socketFrame   = 32 << 10         // bytes of one frame from a client
	socketQueue   = 512 << 10        // bytes that wait for a client that does not read
	socketWrite   = 10 * time.Second // for one frame to leave
	callsPerSec   = 20
	callsAtOnce   = 60
	perContact    = 32  // connections of one citizen: tabs and broken lines, but not thousands
	connectedRows = 200 // messages for each contact in the answer to a connect
)

type connKey struct{}

// newNode makes the socket's node: no channels, no subscriptions, only calls and events.
func (s *Server) newNode() (*centrifuge.Node, error) {
	node, err := centrifuge.New(centrifuge.Config{Name: "luukku", ClientQueueMaxSize: socketQueue, ClientStaleCloseDelay: 10 * time.Second,
		Metrics:  centrifuge.MetricsConfig{RegistererGatherer: s.metrics.registry},
		LogLevel: centrifuge.LogLevelError, LogHandler: func(e centrifuge.LogEntry) { s.Log.Error("socket", "msg", e.Message) }})
	if err != nil {
		return nil, err
	}
	node.OnConnecting(s.connecting)
	node.OnConnect(s.connected)
	return node, node.Run()
}

// socketHandler upgrades a request. Where a browser's cookie could speak for somebody, the page must be ours.
func (s *Server) socketHandler() http.HandlerFunc {
	upgrade := centrifuge.NewWebsocketHandler(s.node, centrifuge.WebsocketConfig{CheckOrigin: s.ownOrigin, MessageSizeLimit: socketFrame,
		WriteTimeout: socketWrite, UseWriteBufferPool: true, ReadBufferSize: 1024, WriteBufferSize: 1024})
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.ownOrigin(r) {
			s.refuse(w, r, visitOf(r.Context()), fault.New(fault.Denied, "cross-origin"))
			return
		}
		upgrade.ServeHTTP(w, r)
	}
}

// ownOrigin tells whether a socket's page is ours. A program without an Origin may come, but not with a cookie.
func (s *Server) ownOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return s.cookieOf(visitOf(r.Context()), r) == ""
	}
	u, err := url.Parse(origin)
	if err != nil {
		return false
	}
	return strings.EqualFold(u.Host, r.Host) || strings.EqualFold(origin, s.publicOrigin)
}

// connecting authenticates a connection and answers with everything after the client's last numbers.
func (s *Server) connecting(ctx context.Context, e centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
	v := visitOf(ctx)
	var data struct {
		Contact string          `json:"contact"`
		Token   string          `json:"token"`
		After   json.RawMessage `json:"after"`
		Lang    string          `json:"lang"`
	}
	if len(e.Data) > 0 && json.Unmarshal(e.Data, &data) != nil {
		return centrifuge.ConnectReply{}, centrifuge.DisconnectBadRequest
	}
	c := &conn{lang: v.lang(), limit: rate.NewLimiter(callsPerSec, callsAtOnce)}
	if known(data.Lang) {
		c.lang = data.Lang
	}
	var answer api.Connected
	var err error
	if data.Contact != "" || data.Token != "" {
		answer, err = s.connectCitizen(ctx, v, c, data.Contact, data.Token, data.After)
	} else {
		answer, err = s.connectStaff(ctx, v, c, data.After)
	}
	if err != nil {
		s.left(ctx, c)
		return centrifuge.ConnectReply{}, ending(err)
	}
	v.request = nil // a connection lives for hours, and needs none of it
	return centrifuge.ConnectReply{Context: context.WithValue(ctx, connKey{}, c), Data: mustJSON(answer),
		Credentials: &centrifuge.Credentials{UserID: ""}}, nil
}

// connectCitizen lets the holder of a contact's token in.
func (s *Server) connectCitizen(ctx context.Context, v *Visit, c *conn, id, token string, raw json.RawMessage) (api.Connected, error) {
	var after int64
	if len(raw) > 0 && json.Unmarshal(raw, &after) != nil || !wellFormed(id) || len(token) > 256 {
		return api.Connected{}, fault.New(fault.NotFound, "contact-not-found")
	}
	c.party, c.citizen = party{v.Authority.ID, id}, s.Chat.Citizen(v.Authority.ID, id, token)
	c.share = citizenKey(v.Authority.ID, id, token)
	if _, err := s.Chat.CheckCitizen(ctx, c.citizen); err != nil {
		return api.Connected{}, err
	}
	if len(s.Hub.ofCitizen(c.party)) >= perContact {
		s.metrics.limited.WithLabelValues("sockets").Inc()
		return api.Connected{}, fault.New(fault.Busy, "too-many-requests", "seconds", "30")
	}
	s.join(c)
	state, run, err := s.Chat.Connect(ctx, c.citizen, after)
	if err != nil {
		return api.Connected{}, err
	}
	shown := stateOf(state)
	c.told(shown)
	return api.Connected{State: &shown, Messages: messagesOf(run), Last: run.Last}, nil
}

// connectStaff lets a signed-in member of staff in.
func (s *Server) connectStaff(ctx context.Context, v *Visit, c *conn, raw json.RawMessage) (api.Connected, error) {
	after := map[string]int64{}
	if len(raw) > 0 && string(raw) != "null" && json.Unmarshal(raw, &after) != nil {
		return api.Connected{}, fault.New(fault.Invalid, "body-malformed")
	}
	c.cookie = s.cookieOf(v, v.request)
	session, standing, err := s.People.Session(ctx, v.Authority.ID, c.cookie, true)
	if err != nil {
		return api.Connected{}, err
	}
	if len(standing.Must) > 0 {
		return api.Connected{}, fault.New(fault.Denied, "must-first")
	}
	own := *v
	own.Session, own.Standing, own.Lang, own.request = session, standing, c.lang, nil
	c.isStaff, c.signIn, c.session, c.visit, c.party = true, session.ID, session, &own, party{v.Authority.ID, session.Staff}
	s.join(c)
	return s.firstStaffAnswer(ctx, c, after)
}

// firstStaffAnswer is the board and what was missed in the contacts that are open in the client.
func (s *Server) firstStaffAnswer(ctx context.Context, c *conn, after map[string]int64) (api.Connected, error) {
	answer := api.Connected{Messages: []api.Message{}}
	if !c.visit.holds(boardRoles...) {
		return answer, nil
	}
	if _, err := s.People.Person(ctx, c.party.authority, c.party.id); err != nil {
		s.Log.Warn("the name of a connected member of staff could not be opened", "err", err)
	}
	for id, n := range after {
		if !wellFormed(id) || len(answer.Messages) > 20*connectedRows {
			continue
		}
		run, err := s.Chat.History(ctx, c.visit.caller(), id, n)
		if fault.Is(err, fault.Busy) {
			return answer, err
		}
		if err == nil { // a contact that is no longer this adviser's is left out; the board says so
			answer.Messages = append(answer.Messages, messagesOf(run)...)
		}
	}
	board, err := s.board(ctx, c.visit)
	answer.Board = &board
	return answer, err
}

// join enters a connection into the hub, before anything is read for it.
func (s *Server) join(c *conn) {
	c.joined = time.Now()
	s.Hub.join(c)
	s.metrics.sockets.WithLabelValues(c.kind()).Inc()
}

func (c *conn) kind() string {
	if c.isStaff {
		return "staff"
	}
	return "citizen"
}

// left takes an ended connection out of the hub, once. A citizen without any connection for a while
// has left.
func (s *Server) left(ctx context.Context, c *conn) {
	if c.joined.IsZero() || !c.leave() {
		return
	}
	last := s.Hub.leave(c)
	s.metrics.sockets.WithLabelValues(c.kind()).Dec()
	if c.isStaff || s.stopping.Load() {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := s.Chat.Disconnect(ctx, c.citizen); err != nil && !fault.Is(err, fault.NotFound) {
		s.Log.Warn("an ended connection could not be noted", "err", err)
	}
	if last {
		time.AfterFunc(leaveAfter, func() { s.settlePresence(context.WithoutCancel(ctx), c.party, c.citizen) })
	}
}

// settlePresence notes whether a citizen is there: gone if no connection came, back if one did. Whoever
// connects while it is noted that they have gone enters the hub first, so one of the two sees the other.
func (s *Server) settlePresence(ctx context.Context, p party, who contact.Citizen) {
	if s.stopping.Load() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	var err error
	if len(s.Hub.ofCitizen(p)) == 0 {
		err = s.Chat.Leave(ctx, who)
	}
	if err == nil && len(s.Hub.ofCitizen(p)) > 0 {
		err = s.Chat.Back(ctx, who)
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		s.Log.Warn("whether a citizen is there could not be noted", "err", err)
	}
}

// connected begins to deliver: what came since connecting goes out first.
func (s *Server) connected(client *centrifuge.Client) {
	c, ok := client.Context().Value(connKey{}).(*conn)
	if !ok {
		client.Disconnect(centrifuge.DisconnectServerError)
		return
	}
	client.OnDisconnect(func(centrifuge.DisconnectEvent) { s.left(client.Context(), c) })
	client.OnRPC(func(e centrifuge.RPCEvent, done centrifuge.RPCCallback) {
		data, err := s.call(client.Context(), c, e)
		if err != nil {
			done(centrifuge.RPCReply{}, callError(err))
			return
		}
		done(centrifuge.RPCReply{Data: data}, nil)
	})
	c.open(client)
}

// ending is how a refused connection ends.
func ending(err error) error {
	switch {
	case fault.Of(err).Key == "signed-out", fault.Of(err).Key == "must-first":
		return endSignedOut
	case fault.Is(err, fault.NotFound), fault.Is(err, fault.Gone):
		return endUnknown
	case fault.Is(err, fault.Denied):
		return endForbidden
	case fault.Is(err, fault.Invalid):
		return centrifuge.DisconnectBadRequest
	}
	return endBusy
}

// callError is a fault as a call's error: the HTTP status and the key.
func callError(err error) error {
	p := newProblem(err, languages[0])
	return &centrifuge.Error{Code: uint32(p.Status), Message: p.Key, Temporary: fault.Is(err, fault.Busy)}
}

// messagesOf gives a run of messages its shape on the wire.
func messagesOf(run chat.Messages) []api.Message {
	out := make([]api.Message, 0, len(run.Messages))
	for _, m := range run.Messages {
		out = append(out, messageOf(m))
	}
	return out
}

// stateOf gives a citizen's state its shape on the wire.
func stateOf(s chat.State) api.ChatState {
	out := api.ChatState{Contact: s.Contact, Service: s.Service, Status: s.Status, Lang: s.Lang, Position: s.Position, EstimateMinutes: s.EstimateMinutes,
		AdviserPresent: s.AdviserPresent, Last: s.Last, SeenByAdviser: s.SeenByAdviser, DeliveredToAdviser: s.DeliveredToAdviser, Reference: s.Reference,
		ClosedReason: s.ClosedReason, IdleWarningAt: s.IdleWarningAt, IdleCloseAt: s.IdleCloseAt, ReopenUntil: s.ReopenUntil, Asks: s.Asks}
	if t := s.Transcript; t != nil {
		out.Transcript = cmp.Or(t.Reason, string(t.State))
	}
	if s.Adviser != nil {
		out.Adviser = &api.ShownName{Name: s.Adviser.Name}
	}
	return out
}
