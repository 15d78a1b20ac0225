package file

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luukku/fault"
)

// clamd is a peer that speaks the daemon's protocol and answers as told.
func clamd(t *testing.T, answer func(content []byte, w io.Writer)) Clamd {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clamd.ctl")
	listener, err := net.Listen("unix", path)
	must(t, err)
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				if content, ok := instream(bufio.NewReader(conn)); ok {
					answer(content, conn)
				}
			}()
		}
	}()
	return Clamd{Network: "unix", Address: path, Timeout: time.Minute}
}

func instream(r *bufio.Reader) (content []byte, ok bool) {
	if command, err := r.ReadString(0); err != nil || command != "zINSTREAM\x00" {
		return nil, false
	}
	for {
		var size uint32
		if err := binary.Read(r, binary.BigEndian, &size); err != nil {
			return nil, false
		}
		if size == 0 {
			return content, true
		}
		piece := make([]byte, size)
		if _, err := io.ReadFull(r, piece); err != nil {
			return nil, false
		}
		content = append(content, piece...)
	}
}

func TestTheScannerSeesTheWholeFileAndItsVerdictCounts(t *testing.T) {
	sent := bytes.Repeat([]byte("0123456789"), 10_000)
	var seen []byte
	c := clamd(t, func(content []byte, w io.Writer) { seen = content; io.WriteString(w, "stream: OK\x00") })
	must(t, c.Scan(t.Context(), bytes.NewReader(sent)))
	if !bytes.Equal(seen, sent) {
		t.Error("saw", len(seen), "bytes")
	}
	c = clamd(t, func(_ []byte, w io.Writer) { io.WriteString(w, "stream: Eicar-Test-Signature FOUND\x00") })
	wantFault(t, c.Scan(t.Context(), bytes.NewReader(sent)), fault.Invalid, "file-infected")
}

// Whatever else the scanner does, the file is not sent.
func TestWithoutAVerdictNothingPasses(t *testing.T) {
	sent := bytes.Repeat([]byte("x"), 1<<20)
	over := make(chan struct{})
	defer close(over)
	for name, answer := range map[string]func([]byte, io.Writer){
		"an error":           func(_ []byte, w io.Writer) { io.WriteString(w, "INSTREAM size limit exceeded. ERROR\x00") },
		"silence":            func([]byte, io.Writer) { <-over },
		"nothing":            func([]byte, io.Writer) {},
		"half an answer":     func(_ []byte, w io.Writer) { io.WriteString(w, "stream: O") },
		"of another command": func(_ []byte, w io.Writer) { io.WriteString(w, "PONG\x00") },
		"no end":             func(_ []byte, w io.Writer) { io.WriteString(w, strings.Repeat("stream: OK", 1000)) },
	} {
		t.Run(name, func(t *testing.T) {
			c := clamd(t, answer)
			if name == "silence" {
				c.Timeout = time.Second
			}
			wantFault(t, c.Scan(t.Context(), bytes.NewReader(sent)), fault.Busy, "scanner-unavailable")
		})
	}
	down := Clamd{Network: "unix", Address: filepath.Join(t.TempDir(), "none")}
	d := New(Rules{Scanner: down})
	wantFault(t, d.Check(t.Context(), Text, bytes.NewReader(sent), int64(len(sent))), fault.Busy, "scanner-unavailable")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := clamd(t, func(_ []byte, w io.Writer) { io.WriteString(w, "stream: OK\x00") })
	wantFault(t, c.Scan(ctx, bytes.NewReader(sent)), fault.Busy, "scanner-unavailable")
}
