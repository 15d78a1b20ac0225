package store

import (
	"bytes"
	"context"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pressly/goose/v3"

	"luukku/fault"
)

func TestTruncateLeavesNothingDeletedInTheFiles(t *testing.T) {
	db, l := newLite(t)
	ctx := context.Background()
	marker := []byte("unique marker 4711")
	if err := db.Write(ctx, execute("add", 1, marker)); err != nil {
		t.Fatal(err)
	}
	if !inFiles(t, l, marker) {
		t.Fatal("the harness does not find what is there")
	}
	if err := db.Write(ctx, execute("clear")); err != nil {
		t.Fatal(err)
	}
	if !inFiles(t, l, marker) {
		t.Fatal("the log should still hold it")
	}
	if err := db.Truncate(ctx); err != nil {
		t.Fatal(err)
	}
	if inFiles(t, l, marker) {
		t.Error("a deleted row is still in a file")
	}
}

func inFiles(t *testing.T, l *lite, marker []byte) bool {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(l.path() + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, marker) {
			return true
		}
	}
	return false
}

func TestTruncateWaitsForReadersWithoutStoppingWriters(t *testing.T) {
	db, _ := newLite(t)
	ctx := context.Background()
	reading, done := make(chan bool), make(chan bool)
	go db.Read(ctx, func(ctx context.Context, tx *Tx) error {
		err := tx.Row(ctx, pearls.Get("count")).Scan(new(int))
		close(reading)
		<-done
		return err
	})
	<-reading
	if err := db.Write(ctx, execute("add", 1, []byte("x"))); err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	wantKey(t, db.Truncate(short), fault.Busy, "cancelled")
	truncated := make(chan error)
	go func() { truncated <- db.Truncate(ctx) }()
	for i := range 5 {
		// The reader is still there: a writer that had to wait for it would wait for ever.
		if err := db.Write(ctx, execute("add", 10+i, []byte("x"))); err != nil {
			t.Error(err)
		}
	}
	close(done)
	if err := <-truncated; err != nil {
		t.Error(err)
	}
}

func TestAMigrationThatLandsLateIsApplied(t *testing.T) {
	_, l := newLite(t)
	ctx := context.Background()
	file := func(table string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("-- +goose Up\ncreate table " + table + " (id text);\n")}
	}
	files := fstest.MapFS{"00001_a.sql": file("one"), "00030_c.sql": file("three")}
	for range 2 {
		m, err := migrator(goose.DialectSQLite3, l.pool, files)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Up(ctx); err != nil {
			t.Fatal(err)
		}
		files["00020_b.sql"] = file("two")
	}
	onWriter(t, l, "select one.id from one, two, three")
}
