package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

// houses are rows of a table that every database has after Migrate: a snapshot of PostgreSQL is
// restored into the migrated tables.
var houses = store.MustQueries(`
-- name: add
insert into authority (id, slug, names, time_zone, hosts, created_at) values (?, ?, ?, ?, ?, ?);
-- name: note
insert into notice_version (authority, id, version, digest, source, noted_at) values (?, ?, ?, ?, ?, ?);
-- name: read
select a.names, n.source from authority a join notice_version n on n.authority = a.id where a.id = ?;
-- name: count
select count(*) from authority;
`)

var awkward = "rivi\n\\N\t\"å\" \\. ’"

func addHouse(i int) store.Func {
	return func(ctx context.Context, tx *store.Tx) error {
		id := fmt.Sprintf("a%d", i)
		if _, err := tx.Exec(ctx, houses.Get("add"), id, id, awkward, "Europe/Helsinki", "[]", i); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, houses.Get("note"), id, "n", 1, "d", []byte{0, 1, 255, '\n', '\\'}, i)
		return err
	}
}

func countHouses(t *testing.T, db *store.DB) (n int) {
	t.Helper()
	must(t, db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Row(ctx, houses.Get("count")).Scan(&n)
	}))
	return n
}

// onEach runs fn for each engine with a way to make empty databases.
func onEach(t *testing.T, fn func(t *testing.T, ctx context.Context, empty func() string)) {
	for _, name := range storetest.Names() {
		t.Run(name, func(t *testing.T) {
			fn(t, context.Background(), func() string { return storetest.Empty(t, name) })
		})
	}
}

func TestASnapshotIsOneMomentAndComesBackWhole(t *testing.T) {
	onEach(t, func(t *testing.T, ctx context.Context, empty func() string) {
		db := storetest.Reopen(t, empty())
		for i := range 50 {
			must(t, db.Write(ctx, addHouse(i)))
		}
		folder := filepath.Join(t.TempDir(), "snapshot")
		stop, written := make(chan bool), make(chan bool)
		go func() {
			defer close(written)
			for i := 50; ; i++ {
				select {
				case <-stop:
					return
				default:
					db.Write(ctx, addHouse(i))
				}
			}
		}()
		must(t, db.Snapshot(ctx, folder))
		close(stop)
		<-written
		url := empty()
		must(t, store.Restore(ctx, store.Options{URL: url}, folder))
		back := storetest.Reopen(t, url)
		if n := countHouses(t, back); n < 50 || n > countHouses(t, db) {
			t.Errorf("%d rows came back", n)
		}
		wantHouse(t, back)
		wantFault(t, db.Snapshot(ctx, folder), fault.Conflict, "snapshot-exists")
		wantOwnersOnly(t, folder)
	})
}

func TestWhatWasRestoredCanBeTakenBack(t *testing.T) {
	onEach(t, func(t *testing.T, ctx context.Context, empty func() string) {
		db := storetest.Reopen(t, empty())
		must(t, db.Write(ctx, addHouse(1)))
		folder := filepath.Join(t.TempDir(), "snapshot")
		must(t, db.Snapshot(ctx, folder))
		o := store.Options{URL: empty()}
		must(t, store.Restore(ctx, o, folder))
		back := storetest.Reopen(t, o.URL) // SQLite: with a log beside its file
		must(t, back.Write(ctx, addHouse(2)))
		must(t, back.Close())
		must(t, store.Discard(ctx, o))
		must(t, store.Restore(ctx, o, folder))
		if n := countHouses(t, storetest.Reopen(t, o.URL)); n != 1 {
			t.Errorf("%d rows after it was restored again", n)
		}
	})
}

func wantHouse(t *testing.T, db *store.DB) {
	t.Helper()
	must(t, db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		var names string
		var source []byte
		must(t, tx.Row(ctx, houses.Get("read"), "a7").Scan(&names, &source))
		if names != awkward || string(source) != "\x00\x01\xff\n\\" {
			t.Errorf("%q %q", names, source)
		}
		return nil
	}))
}

func wantOwnersOnly(t *testing.T, folder string) {
	t.Helper()
	files, err := os.ReadDir(folder)
	must(t, err)
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", f.Name(), info.Mode())
		}
	}
}

func TestRestoreOverwritesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, ctx context.Context, empty func() string) {
		url := empty()
		db := storetest.Reopen(t, url)
		must(t, db.Write(ctx, addHouse(1)))
		folder := t.TempDir()
		must(t, db.Snapshot(ctx, folder))
		must(t, db.Write(ctx, addHouse(2)))
		wantFault(t, store.Restore(ctx, store.Options{URL: url}, folder), fault.Conflict, "database-not-empty")
		if n := countHouses(t, db); n != 2 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestADamagedSnapshotIsNotRestored(t *testing.T) {
	onEach(t, func(t *testing.T, ctx context.Context, empty func() string) {
		db := storetest.Reopen(t, empty())
		for i := range 200 {
			must(t, db.Write(ctx, addHouse(i)))
		}
		folder := t.TempDir()
		must(t, db.Snapshot(ctx, folder))
		damage(t, folder)
		url := empty()
		err := store.Restore(ctx, store.Options{URL: url}, folder)
		wantFault(t, err, fault.Invalid, "snapshot-damaged")
		if n := countHouses(t, storetest.Reopen(t, url)); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

// damage overwrites the middle of the largest file of data: how many tables there are is not what is tried.
func damage(t *testing.T, folder string) {
	t.Helper()
	var file string
	var size int64
	entries, err := os.ReadDir(folder)
	must(t, err)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Size() > size && filepath.Ext(e.Name()) != ".json" {
			file, size = filepath.Join(folder, e.Name()), info.Size()
		}
	}
	data, err := os.ReadFile(file)
	must(t, err)
	for i := range data {
		if i > len(data)/10 && i < len(data)*9/10 {
			data[i] = 'x'
		}
	}
	must(t, os.WriteFile(file, data, 0o600))
}

func TestASnapshotOfTheOtherEngineOrAnotherVersionIsRefused(t *testing.T) {
	onEach(t, func(t *testing.T, ctx context.Context, empty func() string) {
		folder := t.TempDir()
		wantFault(t, store.Restore(ctx, store.Options{URL: empty()}, folder), fault.Invalid, "snapshot-engine")
	})
	for _, text := range []string{`{"format":2}`, `not json`, `{"format":1,"migrations":[1,2,3]}`, `{"format":1}`} {
		folder := t.TempDir()
		must(t, os.WriteFile(filepath.Join(folder, "postgres.json"), []byte(text), 0o600))
		for _, name := range storetest.Names() {
			if name == "postgres" {
				err := store.Restore(context.Background(), store.Options{URL: storetest.Empty(t, name)}, folder)
				wantFault(t, err, fault.Invalid, "snapshot-version")
			}
		}
	}
}

func TestMigrateAgainChangesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, ctx context.Context, empty func() string) {
		db := storetest.Reopen(t, empty())
		must(t, db.Write(ctx, addHouse(1)))
		must(t, db.Migrate(ctx))
		if n := countHouses(t, db); n != 1 {
			t.Errorf("%d rows", n)
		}
		must(t, db.Ping(ctx))
	})
}
