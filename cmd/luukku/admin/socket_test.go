package admin

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func serve(t *testing.T, dir string, do Do) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, dir, do) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the socket ended with %v", err)
		}
	})
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if _, err := os.Stat(filepath.Join(dir, socketFile)); err == nil {
			return
		}
	}
	t.Fatal("no socket")
}

func TestACommandPrintsAndEndsAsItDoesWithoutASocket(t *testing.T) {
	dir := t.TempDir()
	serve(t, dir, func(_ context.Context, words []string, out io.Writer) error {
		fmt.Fprintf(out, "%d words\nå \x00 ends\n", len(words))
		if words[0] == "fail" {
			return errors.New("it failed")
		}
		return nil
	})
	var out bytes.Buffer
	if err := Send(t.Context(), dir, []string{"work", "two words"}, &out); err != nil || out.String() != "2 words\nå \x00 ends\n" {
		t.Fatalf("%q %v", out.String(), err)
	}
	if err := Send(t.Context(), dir, []string{"fail"}, io.Discard); err == nil || err.Error() != "it failed" {
		t.Fatalf("a failure came back as %v", err)
	}
	info, err := os.Stat(filepath.Join(dir, socketFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the socket is open to others: %v %v", info.Mode(), err)
	}
}

func TestALongDataFolderHasASocketToo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	serve(t, dir, func(context.Context, []string, io.Writer) error { return nil })
	if err := Send(t.Context(), dir, []string{"x"}, io.Discard); err != nil {
		t.Fatal(err)
	}
}

func TestWithoutAServerTheCallerIsTold(t *testing.T) {
	if err := Send(t.Context(), t.TempDir(), []string{"x"}, io.Discard); !errors.Is(err, ErrNoServer) {
		t.Fatal(err)
	}
}

func TestASocketLeftByAKilledServerIsReplaced(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, socketFile), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	serve(t, dir, func(context.Context, []string, io.Writer) error { return nil })
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		if err := Send(t.Context(), dir, []string{"x"}, io.Discard); err == nil {
			return
		} else if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}
