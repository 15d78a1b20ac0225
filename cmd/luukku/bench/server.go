// Package bench prints figures that can be believed: the server is a process of its own, reached
// through its public HTTP and sockets, its CPU time and memory are read from the kernel, and the
// machine and its load average stand beside every figure. Load goes to this machine only, is
// bounded in count and time, and ends by itself.
package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Account is a row of demo-accounts.json.
type Account struct {
	Authority  string `json:"authority"`
	Role       string `json:"role"`
	Username   string `json:"username"`
	Password   string `json:"password"`
	TOTPSecret string `json:"totp_secret,omitempty"`
}

// Server is a demo in a process of its own, with a fresh data folder.
type Server struct {
	Folder   string
	Base     string // http://127.0.0.1:PORT
	Ready    time.Duration
	Accounts []Account
	cmd      *exec.Cmd
}

// configuration lifts the limits that a crowd of people never meets and a load tool does; the
// loopback counts as a proxy so that each simulated person has an address.
const configuration = `database: %q
trusted_proxies: [127.0.0.0/8]
limits: {conversation_per_minute: 1000000, address_per_minute: 10000000, starts_per_minute: 1000000, sign_ins_per_minute: 1000000}
log: {level: warn, format: text}
`

// Start runs program serve --demo on a free port of this machine over database (empty: SQLite), with
// more lines of configuration.
func Start(ctx context.Context, program, database string, more ...string) (*Server, error) {
	folder, err := os.MkdirTemp("", "luukku-bench-")
	if err != nil {
		return nil, err
	}
	s := &Server{Folder: folder}
	config := filepath.Join(folder, "luukku.yaml")
	if err := os.WriteFile(config, []byte(fmt.Sprintf(configuration, database)+strings.Join(more, "")), 0o600); err != nil {
		return nil, err
	}
	if err := s.run(ctx, program, config); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	text, err := os.ReadFile(filepath.Join(folder, "data", "demo-accounts.json"))
	if err == nil {
		err = json.Unmarshal(text, &s.Accounts)
	}
	if err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// Restart stops the program and starts it again on the same data; Ready then says how long a
// second start takes.
func (s *Server) Restart(ctx context.Context, program string) error {
	if err := s.end(); err != nil {
		return err
	}
	return s.run(ctx, program, filepath.Join(s.Folder, "luukku.yaml"))
}

func (s *Server) run(ctx context.Context, program, config string) error {
	address, err := freeAddress()
	if err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(s.Folder, "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	s.Base = "http://" + address
	s.cmd = exec.Command(program, "serve", "--demo", "--config", config, "--data", filepath.Join(s.Folder, "data"), "--listen", address)
	s.cmd.Stdout, s.cmd.Stderr = log, log
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return err
	}
	if err := s.waitReady(ctx); err != nil {
		text, _ := os.ReadFile(log.Name())
		return fmt.Errorf("%w; the server said:\n%s", err, text)
	}
	s.Ready = time.Since(began)
	return nil
}

func (s *Server) waitReady(ctx context.Context) error {
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); {
		if answer, err := http.Get(s.Base + "/readyz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		if s.cmd.ProcessState != nil || ctx.Err() != nil {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	return errors.New("the server did not become ready")
}

// Stop ends the server by its process id and removes its folders.
func (s *Server) Stop() error {
	err := s.end()
	return errors.Join(err, os.RemoveAll(s.Folder))
}

func (s *Server) end() error {
	if s.cmd == nil || s.cmd.Process == nil {
		return nil
	}
	_ = s.cmd.Process.Signal(os.Interrupt) // already gone is as good
	done := make(chan error, 1)
	go func() { done <- s.cmd.Wait() }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		_ = s.cmd.Process.Kill()
		<-done
	}
	s.cmd = nil
	return nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
