package proof

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"luukku/cmd/luukku/demo"
	"luukku/store/storetest"
)

// process is what all tests of this run share: the built binary, a PostgreSQL that keeps its word
// (nothing is switched off), and one filled demo for each engine, of which every test gets a copy.
var process struct {
	folder  string // for the binary and what is built
	houses  string // for everything else
	mu      sync.Mutex
	binary  string
	cluster *storetest.Cluster
	seeds   map[string]seed
}

// seed is a demo that was filled and stopped.
type seed struct {
	folder string // with data, data.keys and data.kek
	name   string // of the database in the cluster; "" for SQLite
}

func TestMain(m *testing.M) {
	var err error
	if process.folder, err = os.MkdirTemp("", "luukku-proof-"); err != nil {
		panic(err)
	}
	process.seeds = map[string]seed{}
	// What is proved here is what survives the end of a process, not of a disk.
	folder, remove := storetest.InMemory(3 << 30)
	process.houses = cmp.Or(folder, process.folder)
	code := m.Run()
	if process.cluster != nil {
		process.cluster.Stop()
	}
	os.RemoveAll(process.folder)
	remove()
	os.Exit(code)
}

// binary builds the binary once, as a release is built.
func binary(t testing.TB) string {
	t.Helper()
	process.mu.Lock()
	defer process.mu.Unlock()
	if process.binary == "" {
		file := filepath.Join(process.folder, "luukku")
		if out, err := build("..", file); err != nil {
			t.Fatalf("the build failed: %v\n%s", err, out)
		}
		process.binary = file
	}
	return process.binary
}

// recipe is the line of the Makefile that says how a release is built.
var recipe = regexp.MustCompile(`(?m)^BUILD := (.*)$`)

// build makes the binary from a folder of sources as its Makefile does.
func build(sources, file string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(sources, "Makefile"))
	if err != nil {
		return nil, err
	}
	line := recipe.FindSubmatch(text)
	if line == nil {
		return nil, errors.New("the Makefile does not say how to build")
	}
	cmd := exec.Command("sh", "-c", strings.ReplaceAll(string(line[1]), "$(GO)", "go")+` -o "$0" ./cmd/luukku`, file)
	cmd.Dir = sources
	return cmd.CombinedOutput()
}

// cluster is the PostgreSQL of this process.
func cluster(t testing.TB) *storetest.Cluster {
	t.Helper()
	process.mu.Lock()
	defer process.mu.Unlock()
	if process.cluster == nil {
		c, err := storetest.StartCluster()
		if err != nil {
			t.Fatal(err)
		}
		process.cluster = c
	}
	return process.cluster
}

// database makes an empty database on an engine and returns its URL.
func database(t testing.TB, engine string) string {
	t.Helper()
	if engine == "sqlite" {
		return storetest.Empty(t, engine)
	}
	name, err := cluster(t).Create(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	return cluster(t).URL(name)
}

// engines runs a test on each.
func engines(t *testing.T, test func(t *testing.T, engine string)) {
	t.Helper()
	for _, engine := range storetest.Names() {
		t.Run(engine, func(t *testing.T) { test(t, engine) })
	}
}

// house is one Luukku: its folders, its database, and its process while it runs.
type house struct {
	t        testing.TB
	engine   string
	folder   string
	database string // postgres:// URL, or "" for SQLite in the data folder
	name     string // of that database
	disk     string // folder in the folder on which data and keys lie, "" for the folder itself
	accounts []demo.Account
	mail     string // the settings of outgoing mail, noMail if empty

	mu      sync.Mutex
	address string
	cmd     *exec.Cmd
	exited  chan struct{}
	signed  map[string]*person
}

// settings lift the limits of a flood, which one machine full of citizens would meet.
const settings = `database: %q
trusted_proxies: [127.0.0.0/8]
limits: {conversation_per_minute: 1000000, address_per_minute: 10000000, starts_per_minute: 1000000, sign_ins_per_minute: 1000000}
log: {level: debug, format: json}
%s
`

// noMail is a mail server where nobody listens.
const noMail = `mail: {server: "127.0.0.1:9", tls: none, senders: {dvv: "Chat <chat@dvv.example.fi>"}}`

// newHouse is a copy of the engine's seed in a folder of its own, not started yet.
func newHouse(t testing.TB, engine string) *house {
	t.Helper()
	s := seedOf(t, engine)
	h := emptyHouse(t, engine, folderFor(t))
	copyTree(t, s.folder, h.folder)
	if s.name != "" {
		h.adopt(s.name)
	}
	h.readAccounts()
	return h
}

// folderFor is a new folder with a short name, since a socket's path has room for 107 bytes.
func folderFor(t testing.TB) string {
	t.Helper()
	folder, err := os.MkdirTemp(process.houses, "h")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

func emptyHouse(t testing.TB, engine, folder string) *house {
	h := &house{t: t, engine: engine, folder: folder, signed: map[string]*person{}}
	t.Cleanup(h.kill)
	return h
}

// adopt gives the house a database of its own, a copy of template ("": an empty one).
func (h *house) adopt(template string) {
	h.t.Helper()
	c := cluster(h.t)
	name, err := c.Create(context.Background(), template)
	if err != nil {
		h.t.Fatal(err)
	}
	h.name, h.database = name, c.URL(name)
}

// seedOf fills a demo once for each engine.
func seedOf(t testing.TB, engine string) seed {
	t.Helper()
	process.mu.Lock()
	s, ok := process.seeds[engine]
	process.mu.Unlock()
	if ok {
		return s
	}
	h := emptyHouse(t, engine, filepath.Join(process.houses, "seed-"+engine))
	if engine != "sqlite" {
		h.adopt("")
	}
	if err := os.Mkdir(h.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.stop()
	s = seed{h.folder, h.name}
	process.mu.Lock()
	process.seeds[engine] = s
	process.mu.Unlock()
	return s
}

func (h *house) data() string { return filepath.Join(h.folder, h.disk, "data") }
func (h *house) log() string  { return filepath.Join(h.folder, "server.log") }

// url of the database, for looking into it beside the program.
func (h *house) url() string {
	if h.database == "" {
		return "sqlite:" + filepath.Join(h.data(), "luukku.db")
	}
	return h.database
}

func (h *house) readAccounts() {
	h.t.Helper()
	all, err := demo.Accounts(h.data())
	if err != nil {
		h.t.Fatal(err)
	}
	h.accounts = all
}

// configure writes luukku.yaml.
func (h *house) configure() string {
	h.t.Helper()
	file := filepath.Join(h.folder, "luukku.yaml")
	if err := os.WriteFile(file, fmt.Appendf(nil, settings, h.database, cmp.Or(h.mail, noMail)), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return file
}

// start serves on a free port and waits until the program is ready.
func (h *house) start() {
	h.t.Helper()
	if err := h.tryStart(); err != nil {
		h.t.Fatalf("%v; the server said:\n%s", err, tail(h.said(), 4000))
	}
	if h.accounts == nil {
		h.readAccounts()
	}
}

func tail(text []byte, most int) []byte { return text[max(0, len(text)-most):] }

// tryStart is start for a program that may refuse, by ending or by saying that it cannot use its keys.
func (h *house) tryStart() error {
	before := len(h.said())
	address, err := freeAddress()
	if err != nil {
		return err
	}
	log, err := os.OpenFile(h.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command(binary(h.t), "serve", "--demo", "--config", h.configure(), "--data", h.data(), "--listen", address)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return err
	}
	exited := make(chan struct{})
	go func() { cmd.Wait(); close(exited) }()
	h.mu.Lock()
	h.address, h.cmd, h.exited = address, cmd, exited
	h.mu.Unlock()
	barred := false
	err = h.await(3*time.Minute, func() bool {
		barred = bytes.Contains(h.said()[before:], []byte("nothing of this authority is sealed or opened"))
		return barred || h.ready() == http.StatusOK
	})
	if barred {
		return errBarred
	}
	return err
}

var errBarred = errors.New("the program cannot use its keys")

// said is the server's log so far.
func (h *house) said() []byte {
	text, err := os.ReadFile(h.log())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		h.t.Fatal(err)
	}
	return text
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// ready is the status of /readyz, 0 when nothing answers.
func (h *house) ready() int {
	c := http.Client{Transport: h.transport(), Timeout: 10 * time.Second}
	answer, err := c.Get("http://localhost/readyz")
	if err != nil {
		return 0
	}
	answer.Body.Close()
	return answer.StatusCode
}

// await waits for a condition of the running program.
func (h *house) await(most time.Duration, condition func() bool) error {
	for end := time.Now().Add(most); time.Now().Before(end); {
		if condition() {
			return nil
		}
		select {
		case <-h.exited:
			return errors.New("the program has ended")
		case <-time.After(10 * time.Millisecond):
		}
	}
	return fmt.Errorf("nothing came of it in %s", most)
}

// transport dials the program wherever it listens now, so that people keep their cookies when it
// comes back on another port.
func (h *house) transport() *http.Transport {
	return &http.Transport{MaxIdleConnsPerHost: 16, DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		h.mu.Lock()
		address := h.address
		h.mu.Unlock()
		var d net.Dialer
		return d.DialContext(ctx, "tcp", address)
	}}
}

// kill ends the program as a power cut does. A program that does not run is left alone.
func (h *house) kill() { h.end(syscall.SIGKILL) }

// stop ends it as an operator does.
func (h *house) stop() { h.end(os.Interrupt) }

func (h *house) end(how os.Signal) {
	h.mu.Lock()
	cmd, exited := h.cmd, h.exited
	h.mu.Unlock()
	if cmd == nil {
		return
	}
	_ = cmd.Process.Signal(how) // gone already is as good
	select {
	case <-exited:
	case <-time.After(2 * time.Minute):
		_ = cmd.Process.Kill()
		<-exited
		h.t.Errorf("the program did not end in two minutes")
	}
	h.mu.Lock()
	h.cmd = nil
	h.mu.Unlock()
}

// luukku runs a command of the program on this house and returns what it printed.
func (h *house) luukku(words ...string) (string, error) {
	h.t.Helper()
	cmd := exec.Command(binary(h.t), append(words, "--config", h.configure(), "--data", h.data())...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// must is luukku for what has to succeed.
func (h *house) must(words ...string) string {
	h.t.Helper()
	out, err := h.luukku(words...)
	if err != nil {
		h.t.Fatalf("luukku %s: %v\n%s", strings.Join(words, " "), err, out)
	}
	return out
}

// copyTree copies folders and files, and what else lies there (a socket) not.
func copyTree(t testing.TB, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(to, strings.TrimPrefix(path, from))
		switch {
		case d.IsDir():
			return os.MkdirAll(target, 0o700)
		case d.Type().IsRegular():
			return copyFile(path, target)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func copyFile(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o600)
}
