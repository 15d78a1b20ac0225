// Package mailtest runs a real mail server for tests: Debian's Postfix, which takes mail from who signs
// in over TLS, and Dovecot, in which it is read. It promises that both listen on this machine only, that
// nothing they take leaves it, and that they end with the test, by their process ids.
package mailtest

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"text/template"
	"time"

	_ "embed"

	"luukku/store/storetest"
)

// The domains whose mail is delivered. What is for another one is taken and bounces.
const (
	Domain  = "example.fi"
	Senders = "dvv.example.fi"
)

//go:embed servers.txt
var servers string

var files = template.Must(template.New("servers").Parse(servers))

// Post is a running pair of servers.
type Post struct {
	Folder   string // keys, certificates, logs and mailboxes; it goes with the servers
	StartTLS int    // ports of 127.0.0.1
	Implicit int
	IMAP     int
	User     string
	Password string
	CAFile   string // vouches for both servers
	Account  struct{ UID, GID string }

	running []*exec.Cmd
}

// Start starts both servers with everything they need in a folder of their own, and waits until they
// answer. It needs root, for Postfix changes between accounts; the error says so.
func Start() (*Post, error) {
	if os.Geteuid() != 0 {
		return nil, errors.New("only root can start Postfix: run this test as root")
	}
	folder, err := os.MkdirTemp("", "luukku-mail-")
	if err != nil {
		return nil, err
	}
	p := &Post{Folder: folder, User: "luukku", Password: rand.Text(), CAFile: filepath.Join(folder, "ca.pem")}
	for _, step := range []func() error{p.prepare, p.certify, p.configure, p.run} {
		if err := step(); err != nil {
			return nil, errors.Join(err, p.Stop())
		}
	}
	return p, nil
}

// prepare makes the folders, chooses the ports, and finds the account that mailboxes belong to.
func (p *Post) prepare() (err error) {
	account, err := user.Lookup("nobody")
	if err != nil {
		return err
	}
	p.Account.UID, p.Account.GID = account.Uid, account.Gid
	for _, port := range []*int{&p.StartTLS, &p.Implicit, &p.IMAP} {
		if *port, err = storetest.FreePort(); err != nil {
			return err
		}
	}
	if err := os.Chmod(p.Folder, 0o755); err != nil {
		return err
	}
	for _, each := range [][2]string{{"postfix"}, {"spool"}, {"spool/private", "postfix"}, {"lib", "postfix"}, {"boxes", "nobody"}, {"dovecot"}, {"run"}} {
		if err := p.folder(each[0], each[1]); err != nil {
			return err
		}
	}
	return nil
}

// folder makes a folder in the test's, and gives it to an account.
func (p *Post) folder(name, owner string) error {
	path := filepath.Join(p.Folder, name)
	if err := os.MkdirAll(path, 0o755); err != nil || owner == "" {
		return err
	}
	account, err := user.Lookup(owner)
	if err != nil {
		return err
	}
	uid, _ := strconv.Atoi(account.Uid)
	gid, _ := strconv.Atoi(account.Gid)
	return os.Chown(path, uid, gid)
}

// configure writes the servers' files, which servers.txt holds one after another.
func (p *Post) configure() error {
	var all bytes.Buffer
	if err := files.Execute(&all, p); err != nil {
		return err
	}
	for part := range strings.SplitSeq(all.String(), "==== ") {
		name, text, ok := strings.Cut(part, "\n")
		if !ok || name == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(p.Folder, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// run starts both and waits for their ports.
func (p *Post) run() error {
	for _, words := range [][]string{
		{"dovecot", "-F", "-c", filepath.Join(p.Folder, "dovecot/dovecot.conf")},
		{"postfix", "-c", filepath.Join(p.Folder, "postfix"), "start-fg"},
	} {
		log, err := os.Create(filepath.Join(p.Folder, words[0]+".out"))
		if err != nil {
			return err
		}
		defer log.Close()
		path, err := exec.LookPath(words[0])
		if err != nil {
			return fmt.Errorf("%w: scripts/need installs it", err)
		}
		cmd := exec.Command(path, words[1:]...)
		cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = log, log, &syscall.SysProcAttr{Setpgid: true}
		if err := cmd.Start(); err != nil {
			return err
		}
		p.running = append(p.running, cmd)
	}
	for _, port := range []int{p.StartTLS, p.Implicit, p.IMAP} {
		if err := p.answers(port); err != nil {
			return err
		}
	}
	return nil
}

func (p *Post) answers(port int) error {
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if c, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(port)); err == nil {
			return c.Close()
		}
	}
	return fmt.Errorf("a mail server does not answer:\n%s", p.Log())
}

// Log is what the servers said.
func (p *Post) Log() string {
	var all strings.Builder
	for _, name := range []string{"dovecot.out", "dovecot.log", "postfix.out", "postfix.log"} {
		text, _ := os.ReadFile(filepath.Join(p.Folder, name))
		fmt.Fprintf(&all, "%s:\n%s\n", name, text)
	}
	return all.String()
}

// Stop ends both servers with all their processes, by their ids, and removes their folder.
func (p *Post) Stop() error {
	var errs []error
	for _, cmd := range p.running {
		errs = append(errs, end(cmd, p.master(cmd)))
	}
	p.running = nil
	for until := time.Now().Add(30 * time.Second); mentioning(p.Folder) > 0 && time.Now().Before(until); {
		time.Sleep(10 * time.Millisecond) // those that were started by others end a little later
	}
	return errors.Join(append(errs, os.RemoveAll(p.Folder))...)
}

// mentioning counts the processes that work in a folder.
func mentioning(folder string) (n int) {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	for _, link := range links {
		if to, err := os.Readlink(link); err == nil && strings.HasPrefix(to, folder) {
			n++
		}
	}
	return n
}

// master is the process that the others of a server belong to: Postfix starts a group of its own.
func (p *Post) master(cmd *exec.Cmd) int {
	text, err := os.ReadFile(filepath.Join(p.Folder, "spool/pid/master.pid"))
	pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid == 0 || filepath.Base(cmd.Path) != "postfix" {
		return cmd.Process.Pid
	}
	return pid
}

// end ends a group of processes, and waits until the one that was started has gone.
func end(cmd *exec.Cmd, group int) error {
	err := syscall.Kill(-group, syscall.SIGTERM)
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(30 * time.Second):
		err = errors.Join(err, syscall.Kill(-group, syscall.SIGKILL), cmd.Process.Kill())
	}
	return err
}
