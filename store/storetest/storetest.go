// Package storetest gives every package's tests a fresh, migrated database on both engines, and
// promises never to skip one in silence: without PostgreSQL the tests fail and name what to
// install, unless LUUKKU_TEST_ENGINES=sqlite says that it is meant.
package storetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"luukku/store"
)

// private is the PostgreSQL of this test process, started when the first test asks for it. It is a
// variable because one server for all tests of a process is what makes them fast; it need not
// survive a power cut.
var private struct {
	once     sync.Once
	cluster  *Cluster
	template string
	err      error
}

// Main runs a package's tests, their temporary folders in memory where there is room, and then ends
// the PostgreSQL that they started.
//
//	func TestMain(m *testing.M) { storetest.Main(m) }
func Main(m *testing.M) {
	_, remove := InMemory(2 << 30)
	code := m.Run()
	if private.cluster != nil {
		private.cluster.Stop()
	}
	remove()
	os.Exit(code)
}

// InMemory moves the temporary folders of this process into memory, where a sync costs nothing and a
// new database takes 20 ms instead of 300, if the machine has such a place with this room in bytes.
// It returns the folder, "" if there is none, and what removes it.
func InMemory(room uint64) (folder string, remove func()) {
	const shared = "/dev/shm"
	var s syscall.Statfs_t
	if err := syscall.Statfs(shared, &s); err != nil || s.Bavail*uint64(s.Bsize) < room {
		return "", func() {}
	}
	folder, err := os.MkdirTemp(shared, "luukku-")
	if err != nil {
		return "", func() {}
	}
	os.Chmod(folder, 0o755) // PostgreSQL runs under another account
	os.Setenv("TMPDIR", folder)
	return folder, func() { os.RemoveAll(folder) }
}

// Names are the engines to test: both, or those named in LUUKKU_TEST_ENGINES.
func Names() []string {
	if chosen := os.Getenv("LUUKKU_TEST_ENGINES"); chosen != "" {
		return strings.Split(chosen, ",")
	}
	return []string{"sqlite", "postgres"}
}

// Engines runs fn as one subtest per engine, each with a fresh migrated database.
func Engines(t *testing.T, fn func(t *testing.T, db *store.DB)) {
	t.Helper()
	Run(t, func(t *testing.T, open func(t *testing.T) *store.DB) { fn(t, open(t)) })
}

// Run runs fn as one subtest per engine; open gives another fresh migrated database at each call,
// which is closed when the test that it was opened for ends.
func Run(t *testing.T, fn func(t *testing.T, open func(t *testing.T) *store.DB)) {
	t.Helper()
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			fn(t, func(t *testing.T) *store.DB { return Open(t, name) })
		})
	}
}

// Open gives a fresh migrated database on one engine, "sqlite" or "postgres".
func Open(t testing.TB, engine string) *store.DB {
	t.Helper()
	return open(t, URL(t, engine))
}

// Reopen opens and migrates the database at url and closes it when the test ends.
func Reopen(t testing.TB, url string) *store.DB {
	t.Helper()
	db := open(t, url)
	if err := db.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return db
}

func open(t testing.TB, url string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), store.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// URL makes a fresh database on one engine, a copy of a migrated one, and returns how to open it. On
// PostgreSQL it is dropped when the test ends.
func URL(t testing.TB, engine string) string {
	t.Helper()
	switch engine {
	case "sqlite":
		file := filepath.Join(t.TempDir(), "luukku.db")
		content, err := migratedFile()
		if err == nil {
			err = os.WriteFile(file, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return "sqlite:" + file
	case "postgres":
		c, template := shared(t)
		return fresh(t, c, template)
	}
	t.Fatalf("LUUKKU_TEST_ENGINES: no engine %q", engine)
	return ""
}

// Empty is URL without any table, for tests of migrating and restoring.
func Empty(t testing.TB, engine string) string {
	t.Helper()
	if engine != "postgres" {
		return "sqlite:" + filepath.Join(t.TempDir(), "luukku.db")
	}
	c, _ := shared(t)
	return fresh(t, c, "")
}

func fresh(t testing.TB, c *Cluster, template string) string {
	t.Helper()
	ctx := context.Background()
	name, err := c.Create(ctx, template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Drop(ctx, name) })
	return c.URL(name)
}

// shared starts this process's cluster once, with a migrated database to copy.
func shared(t testing.TB) (*Cluster, string) {
	t.Helper()
	private.once.Do(func() {
		if private.cluster, private.err = StartCluster("fsync=off"); private.err == nil {
			private.template, private.err = migrated(private.cluster)
		}
	})
	if private.err != nil {
		t.Fatal(private.err)
	}
	return private.cluster, private.template
}

func migrated(c *Cluster) (string, error) {
	name, err := c.Create(context.Background(), "")
	if err != nil {
		return "", err
	}
	return name, migrate(c.URL(name))
}

// migratedFile is the content of a migrated SQLite database, made once for all tests of a process.
var migratedFile = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "luukku-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "luukku.db")
	if err := migrate("sqlite:" + file); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// migrate makes what a new database at url lacks.
func migrate(url string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, store.Options{URL: url})
	if err != nil {
		return err
	}
	return errors.Join(db.Migrate(ctx), db.Close())
}
