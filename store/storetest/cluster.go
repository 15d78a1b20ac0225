package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Cluster is a private PostgreSQL: its own data folder, a free port on 127.0.0.1, no password, and
// durable as a real one is.
type Cluster struct {
	folder  string
	bin     string
	port    int
	account *syscall.Credential // nil unless this process is root, which PostgreSQL refuses to run as
	options []string
	mu      sync.Mutex
	server  *exec.Cmd
	made    int
}

// errMissing names what must be installed.
var errMissing = errors.New("PostgreSQL is not installed: install the Debian package postgresql, or set LUUKKU_TEST_ENGINES=sqlite")

// StartCluster makes a cluster in a new temporary folder and starts it with further settings
// ("fsync=off"). Give it Stop.
func StartCluster(settings ...string) (*Cluster, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	c := &Cluster{bin: bin, options: []string{"-k", ""}}
	for _, s := range append(settings, "listen_addresses=127.0.0.1", "max_connections=200", "shared_buffers=64MB") {
		c.options = append(c.options, "-c", s)
	}
	if c.folder, err = os.MkdirTemp("", "luukku-pg-"); err != nil {
		return nil, err
	}
	if err := c.dress(); err != nil {
		return nil, err
	}
	if c.port, err = FreePort(); err != nil {
		return nil, err
	}
	initdb := c.command("initdb", "-D", c.data(), "-U", "luukku", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return c, c.Start()
}

// binaries is the folder with initdb and postgres of the newest version installed.
func binaries() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", errMissing
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// dress gives the folder to an account that PostgreSQL agrees to run under.
func (c *Cluster) dress() error {
	if os.Geteuid() != 0 {
		return nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, _ := strconv.Atoi(account.Uid)
	gid, _ := strconv.Atoi(account.Gid)
	c.account = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(c.folder, uid, gid)
}

func (c *Cluster) data() string { return filepath.Join(c.folder, "data") }

func (c *Cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.Dir = c.folder
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.account, Pdeathsig: syscall.SIGQUIT}
	return cmd
}

// FreePort is a port of this machine that nobody listens on now.
func FreePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// Start starts the server, also after Kill, and waits until it answers.
func (c *Cluster) Start() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	log, err := os.Create(filepath.Join(c.folder, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	c.server = c.command("postgres", append(c.options, "-D", c.data(), "-p", strconv.Itoa(c.port))...)
	c.server.Stdout, c.server.Stderr = log, log
	if err := c.server.Start(); err != nil {
		return err
	}
	return c.await(2 * time.Minute)
}

func (c *Cluster) await(most time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, c.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			said, _ := os.ReadFile(filepath.Join(c.folder, "log"))
			return fmt.Errorf("PostgreSQL does not answer: %w\n%s", err, said)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Kill ends the server at once, as a power cut would. What was committed is there after Start.
func (c *Cluster) Kill() error { return c.end(syscall.SIGKILL) }

func (c *Cluster) end(how syscall.Signal) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.server == nil {
		return nil
	}
	if err := c.server.Process.Signal(how); err != nil {
		return err
	}
	c.server.Wait()
	c.server = nil
	return c.gone(time.Minute)
}

// gone waits until the killed server's children have left its shared memory.
func (c *Cluster) gone(most time.Duration) error {
	for until := time.Now().Add(most); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		if !c.hasChildren() {
			return nil
		}
	}
	return errors.New("PostgreSQL's processes do not end")
}

// hasChildren looks for processes that still run in the data folder.
func (c *Cluster) hasChildren() bool {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	for _, link := range links {
		if to, err := os.Readlink(link); err == nil && strings.HasPrefix(to, c.data()) {
			return true
		}
	}
	return false
}

// Stop ends the server and removes its folder.
func (c *Cluster) Stop() error {
	return errors.Join(c.end(syscall.SIGQUIT), os.RemoveAll(c.folder))
}

// Folder holds the cluster's data and log, for tests that search them.
func (c *Cluster) Folder() string { return c.folder }

// URL is how database name of this cluster is opened.
func (c *Cluster) URL(name string) string {
	return fmt.Sprintf("postgres://luukku@127.0.0.1:%d/%s?sslmode=disable", c.port, name)
}

// Create makes a new database, empty or as a copy of template, and returns its name.
func (c *Cluster) Create(ctx context.Context, template string) (string, error) {
	c.mu.Lock()
	c.made++
	name := "t" + strconv.Itoa(c.made)
	c.mu.Unlock()
	text := "create database " + name
	if template != "" {
		text += " template " + template + " strategy file_copy"
	}
	return name, c.do(ctx, text)
}

// Drop removes a database, whoever is still connected.
func (c *Cluster) Drop(ctx context.Context, name string) error {
	return c.do(ctx, "drop database if exists "+name+" with (force)")
}

func (c *Cluster) do(ctx context.Context, text string) error {
	config, err := pgx.ParseConfig(c.URL("postgres"))
	if err != nil {
		return err
	}
	pool := stdlib.OpenDB(*config)
	defer pool.Close()
	return execute(ctx, pool, text)
}

func execute(ctx context.Context, pool *sql.DB, text string) error {
	_, err := pool.ExecContext(ctx, text)
	return err
}
