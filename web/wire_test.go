package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"luukku/web/api"
)

// wire is one socket of a test.
type wire struct {
	t       testing.TB
	conn    *websocket.Conn
	mu      sync.Mutex
	pushes  []api.Push
	replies map[int]json.RawMessage
	next    int
	first   api.Connected
	closed  error
	done    chan struct{}
}

// dial opens a socket; an Origin of "-" sends none.
func (b *browser) dial(origin string) (*websocket.Conn, *http.Response, error) {
	header := http.Header{"Origin": {origin}}
	if origin == "-" {
		header = nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return websocket.Dial(ctx, strings.Replace(b.base, "http:", "ws:", 1)+"/api/socket", &websocket.DialOptions{HTTPClient: b.http, HTTPHeader: header})
}

// connect opens a socket and connects with data.
func (b *browser) connect(data any) *wire {
	b.h.t.Helper()
	conn, _, err := b.dial(b.h.site.URL)
	b.h.must(err)
	conn.SetReadLimit(1 << 20)
	w := &wire{t: b.h.t, conn: conn, replies: map[int]json.RawMessage{}, done: make(chan struct{})}
	b.h.t.Cleanup(func() { conn.CloseNow() })
	go w.read()
	var reply struct {
		Connect struct {
			Data api.Connected `json:"data"`
		} `json:"connect"`
	}
	if raw := w.send("connect", map[string]any{"data": data}); raw != nil {
		decode(b.h.t, string(raw), &reply)
	}
	w.first = reply.Connect.Data
	return w
}

// asCitizen connects a citizen's browser.
func (b *browser) asCitizen(contact string, after int64) *wire {
	b.h.t.Helper()
	return b.connect(api.ConnectCitizen{Contact: contact, Token: b.token, After: after})
}

func (w *wire) read() {
	defer close(w.done)
	for {
		_, frame, err := w.conn.Read(context.Background())
		if err != nil {
			w.mu.Lock()
			w.closed = err
			w.mu.Unlock()
			return
		}
		for line := range bytes.SplitSeq(frame, []byte("\n")) {
			w.line(bytes.TrimSpace(line))
		}
	}
}

func (w *wire) line(line []byte) {
	if string(line) == "{}" { // a ping
		_ = w.conn.Write(context.Background(), websocket.MessageText, []byte("{}"))
		return
	}
	var r struct {
		ID   int `json:"id"`
		Push struct {
			Message struct {
				Data json.RawMessage `json:"data"`
			} `json:"message"`
		} `json:"push"`
	}
	if len(line) == 0 || json.Unmarshal(line, &r) != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if r.ID > 0 {
		w.replies[r.ID] = slices.Clone(line)
		return
	}
	var p api.Push
	if json.Unmarshal(r.Push.Message.Data, &p) == nil && p.T != "" {
		w.pushes = append(w.pushes, p)
	}
}

// send sends a command and waits for its answer; nil when the socket ended.
func (w *wire) send(kind string, body any) json.RawMessage {
	w.t.Helper()
	w.mu.Lock()
	w.next++
	id := w.next
	w.mu.Unlock()
	if err := w.conn.Write(context.Background(), websocket.MessageText, mustJSON(map[string]any{"id": id, kind: body})); err != nil {
		return nil
	}
	var raw json.RawMessage
	within(func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		raw = w.replies[id]
		return raw != nil || w.closed != nil
	})
	return raw
}

// call runs a method and reads its answer; the key of a refusal is returned.
func (w *wire) call(method string, in api.Call, out any) string {
	w.t.Helper()
	var r struct {
		RPC struct {
			Data json.RawMessage `json:"data"`
		} `json:"rpc"`
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if raw := w.send("rpc", map[string]any{"method": method, "data": in}); raw != nil {
		decode(w.t, string(raw), &r)
	}
	if out != nil && r.Error.Message == "" {
		decode(w.t, string(r.RPC.Data), out)
	}
	return r.Error.Message
}

// waits for a push that fits; the test fails without one.
func (w *wire) wants(what string, fits func(api.Push) bool) api.Push {
	w.t.Helper()
	var found api.Push
	if !within(func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		i := slices.IndexFunc(w.pushes, fits)
		if i >= 0 {
			found = w.pushes[i]
		}
		return i >= 0
	}) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.t.Errorf("%s did not come: %s", what, mustJSON(w.pushes))
	}
	return found
}

func (w *wire) wantsText(text string) api.Push {
	w.t.Helper()
	return w.wants("message "+text, func(p api.Push) bool { return p.T == "message" && p.Message.Text == text })
}

// has tells whether a message with the text came.
func (w *wire) has(text string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.ContainsFunc(w.pushes, func(p api.Push) bool { return p.Message != nil && p.Message.Text == text })
}

// code waits until the socket has ended and returns with which code.
func (w *wire) code() websocket.StatusCode {
	w.t.Helper()
	select {
	case <-w.done:
	case <-time.After(time.Minute):
		w.t.Error("the socket did not end")
		return 0
	}
	var e websocket.CloseError
	if errors.As(w.closed, &e) {
		return e.Code
	}
	return -1
}

// within waits up to a minute for something to become true.
func within(ok func() bool) bool {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return true
		}
	}
	return ok()
}

func decode(t testing.TB, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Errorf("%v in %s", err, text)
	}
}
