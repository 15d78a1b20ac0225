package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/coder/websocket"
)

// Socket is one connection in centrifuge's JSON protocol. Its methods are safe for several goroutines.
type Socket struct {
	conn    *websocket.Conn
	cancel  context.CancelFunc
	mu      sync.Mutex
	next    uint32
	waiting map[uint32]chan reply
	events  func([]byte)
	done    chan struct{}
	err     error
}

type reply struct {
	ID      uint32          `json:"id"`
	Connect json.RawMessage `json:"connect"`
	RPC     *struct {
		Data json.RawMessage `json:"data"`
	} `json:"rpc"`
	Push *struct {
		Message *struct {
			Data json.RawMessage `json:"data"`
		} `json:"message"`
		Disconnect *struct {
			Code   uint32 `json:"code"`
			Reason string `json:"reason"`
		} `json:"disconnect"`
	} `json:"push"`
	Error *struct {
		Code    uint32 `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

// Dial opens the socket and connects with data (a citizen's contact and token, or a staff
// member's last numbers). Each event is handed to events, in order, on the reading goroutine.
func (c *Client) Dial(ctx context.Context, data any, events func([]byte)) (*Socket, error) {
	conn, answer, err := websocket.Dial(ctx, c.Base+"/api/socket", &websocket.DialOptions{
		HTTPClient: c.HTTP, HTTPHeader: http.Header{"Origin": {c.origin()}}, CompressionMode: websocket.CompressionDisabled,
	})
	if err != nil {
		return nil, err
	}
	if answer != nil && answer.Body != nil {
		answer.Body.Close()
	}
	conn.SetReadLimit(1 << 20)
	reading, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s := &Socket{conn: conn, cancel: cancel, waiting: map[uint32]chan reply{}, events: events, done: make(chan struct{})}
	go s.read(reading)
	if _, err := s.send(ctx, "connect", map[string]any{"data": data}); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (c *Client) origin() string {
	u, err := url.Parse(c.Base)
	if err != nil {
		return c.Base
	}
	return u.Scheme + "://" + u.Host
}

// Call runs a method of the socket and reads its answer into out.
func (s *Socket) Call(ctx context.Context, method string, in, out any) error {
	r, err := s.send(ctx, "rpc", map[string]any{"method": method, "data": in})
	if err != nil {
		return err
	}
	if out == nil || r.RPC == nil {
		return nil
	}
	return json.Unmarshal(r.RPC.Data, out)
}

// Done is closed when the connection has ended; Err then says why.
func (s *Socket) Done() <-chan struct{} { return s.done }

// Err is what ended the connection.
func (s *Socket) Err() error { <-s.done; return s.err }

// Close ends the connection as a closed tab does.
func (s *Socket) Close() {
	s.conn.Close(websocket.StatusNormalClosure, "")
	s.cancel()
	<-s.done
}

// Cut ends the connection without a word, as a broken line does.
func (s *Socket) Cut() {
	s.conn.CloseNow()
	s.cancel()
	<-s.done
}

func (s *Socket) send(ctx context.Context, kind string, body any) (reply, error) {
	answer := make(chan reply, 1)
	s.mu.Lock()
	s.next++
	id := s.next
	s.waiting[id] = answer
	s.mu.Unlock()
	defer s.forget(id)
	text, err := json.Marshal(map[string]any{"id": id, kind: body})
	if err != nil {
		return reply{}, err
	}
	if err := s.conn.Write(ctx, websocket.MessageText, text); err != nil {
		return reply{}, err
	}
	select {
	case r := <-answer:
		return r, refusal(r)
	case <-s.done:
		return reply{}, errors.Join(errors.New("the connection ended before the answer"), s.err)
	case <-ctx.Done():
		return reply{}, ctx.Err()
	}
}

// refusal turns the protocol's error into a Problem; its message is the fault's key.
func refusal(r reply) error {
	if r.Error == nil {
		return nil
	}
	return &Problem{Status: int(r.Error.Code), Key: r.Error.Message, Detail: r.Error.Message}
}

func (s *Socket) forget(id uint32) {
	s.mu.Lock()
	delete(s.waiting, id)
	s.mu.Unlock()
}

// read hands answers to those who wait and events to the reader, and answers pings.
func (s *Socket) read(ctx context.Context) {
	defer close(s.done)
	for {
		_, frame, err := s.conn.Read(ctx)
		if err != nil {
			s.err = err
			return
		}
		for line := range bytes.SplitSeq(frame, []byte("\n")) {
			if line = bytes.TrimSpace(line); len(line) > 0 {
				s.handle(ctx, line)
			}
		}
	}
}

func (s *Socket) handle(ctx context.Context, line []byte) {
	if string(line) == "{}" {
		_ = s.conn.Write(ctx, websocket.MessageText, []byte("{}")) // a lost pong shows as a lost connection
		return
	}
	var r reply
	if json.Unmarshal(line, &r) != nil {
		return
	}
	if r.Push != nil && r.Push.Message != nil && s.events != nil {
		s.events(r.Push.Message.Data)
		return
	}
	s.mu.Lock()
	waiting := s.waiting[r.ID]
	s.mu.Unlock()
	if waiting != nil && !strings.HasPrefix(string(line), `{"push"`) {
		waiting <- r
	}
}
