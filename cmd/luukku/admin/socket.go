// Package admin lets the administrator of the machine command a running server through a socket in
// its data folder, which only the owner of that folder can open. A command does the same whether a
// server runs or not: what it prints and how it ends comes from one place.
package admin

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"luukku/cmd/luukku/tell"
)

// Do runs one administrative command, given as words without the program's name, and prints to out.
type Do func(ctx context.Context, words []string, out io.Writer) error

const socketFile = "luukku.sock"

// Serve answers commands on the socket of data folder dir until ctx ends.
func Serve(ctx context.Context, dir string, do Do) error {
	l, err := listen(dir)
	if err != nil {
		return err
	}
	var running sync.WaitGroup
	defer running.Wait()
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	for {
		conn, err := l.Accept()
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		running.Go(func() { answer(ctx, conn, do) })
	}
}

// listen replaces a socket that a killed server left; the data folder's lock says that none runs.
func listen(dir string) (net.Listener, error) {
	if err := os.Remove(filepath.Join(dir, socketFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	path, folder, err := short(dir)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the administrative socket: %w", err), folder.Close())
	}
	return held{l, folder}, os.Chmod(filepath.Join(dir, socketFile), 0o600)
}

// short is a path of the socket that fits: a socket's path is at most 107 bytes long, a data folder's
// may be longer. The folder stays open while the path is used.
func short(dir string) (path string, folder *os.File, err error) {
	folder, err = os.Open(dir)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", folder.Fd(), socketFile), folder, nil
}

// held is a listener that keeps its folder open.
type held struct {
	net.Listener
	folder *os.File
}

// Close removes the socket and lets the folder go.
func (h held) Close() error { return errors.Join(h.Listener.Close(), h.folder.Close()) }

// answer reads one line of JSON words, then writes what the command prints; the last line is
// {"end":""} or says what went wrong.
func answer(ctx context.Context, conn net.Conn, do Do) {
	defer conn.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second)) // a client that says nothing is let go
	var words []string
	if err := json.NewDecoder(io.LimitReader(conn, 64<<10)).Decode(&words); err != nil {
		return
	}
	_ = conn.SetReadDeadline(time.Time{})
	slow := context.AfterFunc(ctx, func() { _ = conn.SetWriteDeadline(time.Now().Add(time.Second)) }) // nor one that reads nothing
	defer slow()
	out := &lines{conn: conn}
	out.finish(tell.Error(do(ctx, words, out)))
}

// lines wraps what is printed as JSON strings, one a line.
type lines struct {
	mu   sync.Mutex
	conn net.Conn
}

// Write sends p to the client.
func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(p), json.NewEncoder(l.conn).Encode(map[string]string{"print": string(p)})
}

func (l *lines) finish(end string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = json.NewEncoder(l.conn).Encode(map[string]string{"end": end}) // the client may be gone
}

// ErrNoServer says that no server answers on this data folder.
var ErrNoServer = errors.New("no server runs on this data folder")

// Send has the server of data folder dir run the command; ErrNoServer if none runs.
func Send(ctx context.Context, dir string, words []string, out io.Writer) error {
	var dialer net.Dialer
	path, folder, err := short(dir)
	if err != nil {
		return ErrNoServer
	}
	defer folder.Close()
	conn, err := dialer.DialContext(ctx, "unix", path)
	if err != nil {
		return ErrNoServer
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	if err := json.NewEncoder(conn).Encode(words); err != nil {
		return err
	}
	return receive(conn, out)
}

func receive(conn io.Reader, out io.Writer) error {
	scan := bufio.NewScanner(conn)
	scan.Buffer(nil, 16<<20)
	for scan.Scan() {
		var line struct {
			Print string
			End   *string
		}
		if err := json.Unmarshal(scan.Bytes(), &line); err != nil {
			return err
		}
		if line.End != nil {
			return ended(*line.End)
		}
		if _, err := io.WriteString(out, line.Print); err != nil {
			return err
		}
	}
	return errors.New("the server ended before the command did")
}

func ended(with string) error {
	if with == "" {
		return nil
	}
	return errors.New(strings.TrimSpace(with))
}
