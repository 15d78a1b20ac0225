package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luukku/cmd/luukku/config"
	"luukku/fault"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// serving is a host on a fresh data folder, once it answers, and what it ends with.
func serving(t *testing.T, log *slog.Logger) (*host, chan error) {
	t.Helper()
	c := config.Defaults().WithData(filepath.Join(t.TempDir(), "data"))
	c.Listen = "127.0.0.1:0"
	h, ended := newHost(c, log), make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { ended <- h.serve(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
	for end := time.Now().Add(2 * time.Minute); h.serving() == nil; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it does not serve")
		}
	}
	return h, ended
}

func TestAFirstStartServesWhatItFounded(t *testing.T) {
	h, _ := serving(t, slog.New(slog.DiscardHandler))
	s := typed()
	s.Code = h.code
	ctx, hungUp := context.WithCancel(t.Context())
	hungUp()
	if done, err := (&firstStart{host: h, code: h.code}).do(ctx, s); err != nil || done.AdviserPassword == "" {
		t.Fatal(done, err)
	}
	if all := h.serving().Authorities; len(all) != 1 || all[0].ID != "mallila" {
		t.Errorf("it serves %v", all)
	}
}

// The program that answers has been closed by then: it must not go on as if it were there.
func TestAFirstStartThatCannotReopenEndsTheProcess(t *testing.T) {
	var log bytes.Buffer
	h, ended := serving(t, slog.New(slog.NewTextHandler(&log, nil)))
	if err := os.MkdirAll(h.config.Keys.Store, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(h.config.Keys.Store, "stray"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := typed()
	s.Code = h.code
	if _, err := (&firstStart{host: h, code: h.code}).do(t.Context(), s); err == nil {
		t.Fatal("the first start was done in a key store of somebody else")
	}
	select {
	case err := <-ended:
		if err == nil || !strings.Contains(err.Error(), "luukku user add") {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(2 * time.Minute):
		t.Fatal("it goes on serving")
	}
	if text := log.String(); !strings.Contains(text, "the first start broke off") || !strings.Contains(text, "holds files but no mark") {
		t.Errorf("the log says %s", text)
	}
}

func TestTheConsoleIsToldOnce(t *testing.T) {
	var out bytes.Buffer
	if status := told(exit(2), &out); status != 2 || out.Len() > 0 {
		t.Errorf("what a command has told is told again: %q, status %d", out.String(), status)
	}
	if status := told(fault.New(fault.Conflict, "username-taken"), &out); status != 1 || out.String() != "luukku: The user name is already in use.\n" {
		t.Errorf("%q, status %d", out.String(), status)
	}
}
