package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"luukku/fault"
)

var pearls = MustQueries(`
-- name: make
create table pearl (id bigint not null primary key, sealed bytea not null);
-- name: make-strict
create table strict_pearl (id bigint not null references pearl (id) deferrable initially deferred);
-- name: add
insert into pearl (id, sealed) values (?, ?);
-- name: add-strict
insert into strict_pearl (id) values (?);
-- name: count
select count(*) from pearl;
-- name: clear
delete from pearl;
-- name: rollback
rollback;
`)

// newLite is a SQLite database with the tables of these tests.
func newLite(t *testing.T) (*DB, *lite) {
	t.Helper()
	ctx := context.Background()
	db, err := Open(ctx, Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "a luukku?#%20.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for _, name := range []string{"make", "make-strict"} {
		if err := db.Write(ctx, execute(name)); err != nil {
			t.Fatal(err)
		}
	}
	return db, db.house.(*lite)
}

func execute(name string, args ...any) Func {
	return func(ctx context.Context, tx *Tx) error {
		_, err := tx.Exec(ctx, pearls.Get(name), args...)
		return err
	}
}

func pearlsIn(t *testing.T, db *DB) (n int) {
	t.Helper()
	err := db.Read(context.Background(), func(ctx context.Context, tx *Tx) error {
		return tx.Row(ctx, pearls.Get("count")).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func wantKey(t *testing.T, err error, code fault.Code, key string) {
	t.Helper()
	var e *fault.Error
	if !errors.As(err, &e) || e.Code != code || e.Key != key {
		t.Errorf("got %v, want %s %s", err, code, key)
	}
}

func onWriter(t *testing.T, l *lite, text string) {
	t.Helper()
	err := l.writer.alone(context.Background(), func(p *prepared) error {
		_, err := p.conn.ExecContext(context.Background(), text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheFileIsDurableErasingAndItsOwnersOnly(t *testing.T) {
	_, l := newLite(t)
	want := map[string]string{"journal_mode": "wal", "synchronous": "2", "secure_delete": "1", "busy_timeout": "5000", "temp_store": "2", "query_only": "0"}
	err := l.writer.alone(context.Background(), func(p *prepared) error { return wantPragmas(t, p, want) })
	if err != nil {
		t.Fatal(err)
	}
	p, err := l.readers.take(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want["query_only"] = "1"
	l.readers.give(p, wantPragmas(t, p, want))
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if info, err := os.Stat(l.path() + suffix); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", suffix, info.Mode(), err)
		}
	}
}

func wantPragmas(t *testing.T, p *prepared, want map[string]string) error {
	for name, value := range want {
		var got string
		if err := p.conn.QueryRowContext(context.Background(), "pragma "+name).Scan(&got); err != nil {
			return err
		}
		if got != value {
			t.Errorf("%s is %s, want %s", name, got, value)
		}
	}
	return nil
}

// occupy holds the writer until the returned function is called.
func occupy(db *DB) (leave func()) {
	inside, done, ended := make(chan bool), make(chan bool), make(chan bool)
	go func() {
		defer close(ended)
		db.Write(context.Background(), func(context.Context, *Tx) error { close(inside); <-done; return nil })
	}()
	<-inside
	return func() { close(done); <-ended }
}

func TestACallerWhoGoesAwayWhileWaitingHasWrittenNothing(t *testing.T) {
	db, _ := newLite(t)
	leave := occupy(db)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	err := db.Write(ctx, execute("add", 1, []byte("x")))
	wantKey(t, err, fault.Busy, "cancelled")
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("cause of %v", err)
	}
	leave()
	if n := pearlsIn(t, db); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestACallerWhoGoesAwayTooLateGetsTheResult(t *testing.T) {
	db, _ := newLite(t)
	ctx, cancel := context.WithCancel(context.Background())
	err := db.Write(ctx, func(own context.Context, tx *Tx) error {
		cancel()
		return execute("add", 1, []byte("x"))(own, tx)
	})
	if n := pearlsIn(t, db); err != nil || n != 1 {
		t.Errorf("%d rows, %v", n, err)
	}
}

func TestAFailedCommitReachesEveryFunctionAndTheWriterRecovers(t *testing.T) {
	db, l := newLite(t)
	onWriter(t, l, "pragma foreign_keys = on")
	undone := 0
	strict := func(ctx context.Context, tx *Tx) error {
		tx.OnRollback(func() { undone++ })
		return execute("add-strict", 77)(ctx, tx)
	}
	refusing := func(ctx context.Context, tx *Tx) error {
		return tx.Refuse(fault.New(fault.Denied, "no"), execute("add", 3, []byte("x")))
	}
	errs := Together(db, execute("add", 1, []byte("x")), strict, refusing, execute("add", 2, []byte("x")))
	for _, i := range []int{0, 1, 3} {
		wantKey(t, errs[i], fault.Internal, "storage")
	}
	wantKey(t, errs[2], fault.Denied, "no") // its record is written in a transaction of its own
	if err := db.Write(context.Background(), execute("add", 4, []byte("x"))); err != nil {
		t.Error(err)
	}
	if n := pearlsIn(t, db); n != 2 || undone != 1 {
		t.Errorf("%d rows, %d undone", n, undone)
	}
}

func TestAFullDiskIsBusyLosesNothingAndHealsWithoutRestart(t *testing.T) {
	db, l := newLite(t)
	ctx := context.Background()
	onWriter(t, l, "pragma max_page_count = 60")
	stored, full := 0, 0
	for i := range 100 {
		errs := Together(db, execute("add", 2*i, make([]byte, 3000)), execute("add", 2*i+1, make([]byte, 3000)))
		for _, err := range errs {
			if err == nil {
				stored++
				continue
			}
			wantKey(t, err, fault.Busy, "storage-unavailable")
			full++
		}
		if full > 3 {
			break
		}
	}
	if n := pearlsIn(t, db); full == 0 || n != stored {
		t.Fatalf("%d rows, %d acknowledged, %d refused", n, stored, full)
	}
	onWriter(t, l, "pragma max_page_count = 100000")
	if err := db.Write(ctx, execute("add", 1000, make([]byte, 3000))); err != nil {
		t.Error(err)
	}
}

// The mark of time is a few bytes in a page that is there already: that it fits says nothing of a message.
func TestAProbeNeedsAsMuchRoomAsAMessage(t *testing.T) {
	db, l := newLite(t)
	ctx := context.Background()
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := l.writer.alone(ctx, func(p *prepared) error {
		return p.conn.QueryRowContext(ctx, "pragma page_count").Scan(&pages)
	}); err != nil {
		t.Fatal(err)
	}
	full := fmt.Sprintf("pragma max_page_count = %d", pages+2)
	onWriter(t, l, full)
	wantKey(t, db.Write(ctx, execute("add", 1, make([]byte, 90000))), fault.Busy, "storage-unavailable")
	onWriter(t, l, full) // the failure has cost the connection
	if err := db.Write(ctx, execute("add", 2, []byte("x"))); err != nil || !db.Failing() {
		t.Errorf("after a small write: %v, failing %v", err, db.Failing())
	}
	wantKey(t, db.Probe(ctx), fault.Busy, "storage-unavailable")
	onWriter(t, l, "pragma max_page_count = 100000")
	before := size(t, l.file+"-wal")
	if err := db.Probe(ctx); err != nil || db.Failing() {
		t.Errorf("with room again: %v, failing %v", err, db.Failing())
	}
	if grew := size(t, l.file+"-wal") - before; grew < probeSize {
		t.Errorf("the probe wrote %d bytes", grew)
	}
	if n := pearlsIn(t, db); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func size(t *testing.T, file string) int64 {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func TestAReadWorksWhileTheDiskIsFull(t *testing.T) {
	db, l := newLite(t)
	onWriter(t, l, "pragma max_page_count = 3")
	wantKey(t, db.Write(context.Background(), execute("add", 1, make([]byte, 90000))), fault.Busy, "storage-unavailable")
	if n := pearlsIn(t, db); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestATransactionThatSQLiteRolledBackIsLostForAllInIt(t *testing.T) {
	full := fault.New(fault.Busy, "storage-unavailable")
	cases := []struct {
		name string
		err  error
		code fault.Code
		key  string
	}{
		{"after a full disk", full, fault.Busy, "storage-unavailable"},
		{"after another error", fault.New(fault.Invalid, "own"), fault.Internal, "storage"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			db, _ := newLite(t)
			broken := func(ctx context.Context, tx *Tx) error {
				execute("rollback")(ctx, tx) // as SQLite does by itself
				return c.err
			}
			errs := Together(db, execute("add", 1, []byte("x")), broken, execute("add", 2, []byte("x")))
			wantKey(t, errs[0], c.code, c.key)
			if !errors.Is(errs[1], c.err) || errs[2] != nil {
				t.Errorf("%v", errs)
			}
			if n := pearlsIn(t, db); n != 1 {
				t.Errorf("%d rows", n)
			}
		})
	}
}

func TestALostConnectionIsReplaced(t *testing.T) {
	db, l := newLite(t)
	l.writer.alone(context.Background(), func(p *prepared) error { return p.conn.Close() })
	err := db.Write(context.Background(), execute("add", 1, []byte("x")))
	wantKey(t, err, fault.Busy, "storage-unavailable")
	if err := db.Write(context.Background(), execute("add", 1, []byte("x"))); err != nil {
		t.Error(err)
	}
}

func TestAnotherProgramsLockIsBusyAndPasses(t *testing.T) {
	db, l := newLite(t)
	onWriter(t, l, "pragma busy_timeout = 50")
	ctx := context.Background()
	other, err := connectOther(l)
	if err != nil {
		t.Fatal(err)
	}
	defer other.discard()
	if err := other.do(beginWrite); err != nil {
		t.Fatal(err)
	}
	wantKey(t, db.Write(ctx, execute("add", 1, []byte("x"))), fault.Busy, "storage-contended")
	if err := other.do(rollback); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(ctx, execute("add", 1, []byte("x"))); err != nil {
		t.Error(err)
	}
}

func connectOther(l *lite) (*prepared, error) {
	return connect(context.Background(), l.pool, "pragma busy_timeout = 50")
}

func TestAfterCloseEverythingIsRefused(t *testing.T) {
	db, _ := newLite(t)
	ctx := context.Background()
	leave := occupy(db)
	waiting := make(chan error)
	go func() { waiting <- db.Write(ctx, execute("add", 1, []byte("x"))) }()
	time.Sleep(5 * time.Millisecond)
	closed := make(chan error)
	go func() { closed <- db.Close() }()
	time.Sleep(5 * time.Millisecond)
	leave()
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if err := <-waiting; err != nil {
		wantKey(t, err, fault.Busy, "storage-closed")
	}
	wantKey(t, db.Write(ctx, execute("count")), fault.Busy, "storage-closed")
	wantKey(t, db.Read(ctx, execute("count")), fault.Busy, "storage-closed")
	wantKey(t, db.Ping(ctx), fault.Busy, "storage-closed")
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

func TestABatchTakesNoMoreThanItsLimit(t *testing.T) {
	db, l := newLite(t)
	l.writer.alone(context.Background(), func(*prepared) error { l.writer.most = 3; return nil })
	var fns []Func
	for i := range 10 {
		fns = append(fns, execute("add", i, []byte("x")))
	}
	leave := occupy(db)
	var wg sync.WaitGroup
	for _, fn := range fns {
		wg.Go(func() {
			if err := db.Write(context.Background(), fn); err != nil {
				t.Error(err)
			}
		})
	}
	time.Sleep(20 * time.Millisecond) // most of them wait now
	leave()
	wg.Wait()
	if n := pearlsIn(t, db); n != 10 {
		t.Errorf("%d rows", n)
	}
}

func TestOpenFailsWithAClearFault(t *testing.T) {
	cases := []struct {
		url  string
		code fault.Code
		key  string
	}{
		{"sqlite:" + filepath.Join(t.TempDir(), "no-folder", "x.db"), fault.Busy, "storage-unavailable"},
		{"postgres://luukku@127.0.0.1:1/none?sslmode=disable", fault.Busy, "storage-unavailable"},
		{"postgres://luukku:secret@127.0.0.1:port/none", fault.Invalid, "storage-url"},
		{"mysql://x", fault.Invalid, "storage-url"},
		{"", fault.Invalid, "storage-url"},
	}
	for _, c := range cases {
		_, err := Open(context.Background(), Options{URL: c.url})
		wantKey(t, err, c.code, c.key)
		if text := fmt.Sprint(err); len(text) > 200 {
			t.Errorf("text %s", text)
		}
	}
}
