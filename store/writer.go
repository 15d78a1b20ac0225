package store

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"luukku/fault"
)

// writer is the one goroutine that writes to SQLite, over a connection of its own. Functions wait
// for it in the channel; it runs them one after another, as many as wait, in one transaction.
type writer struct {
	pool  *sql.DB
	most  int
	queue chan *job // unbuffered: who is not taken can still go away
	once  sync.Once
	quit  chan struct{}
	ended chan struct{}
	conn  *prepared // nil until needed, and after a failure
}

// longest is how long a transaction takes further functions in: who came first shall not wait
// for a row of slow ones.
const longest = 25 * time.Millisecond

// job is a function that waits for its transaction.
type job struct {
	tx     *Tx
	fn     Func
	alone  func(*prepared) error // instead of fn: runs outside any transaction
	record *job                  // writes the refusal, if fn refused
	err    error
	done   chan struct{}
}

func newWriter(pool *sql.DB, most int) *writer {
	w := &writer{pool: pool, most: most, queue: make(chan *job), quit: make(chan struct{}), ended: make(chan struct{})}
	go w.loop()
	return w
}

// write hands fn to the writer and waits until it is durable or undone.
func (w *writer) write(ctx context.Context, db *DB, fn Func) error {
	j := &job{tx: begun(ctx, db, nil), fn: fn, done: make(chan struct{})}
	if err := w.hand(ctx, j); err != nil {
		return err
	}
	j.hooks()
	return j.err
}

func (j *job) hooks() {
	j.tx.hooks()
	if j.record != nil {
		j.record.tx.hooks()
	}
}

// alone runs fn on the writer's connection between transactions.
func (w *writer) alone(ctx context.Context, fn func(*prepared) error) error {
	j := &job{alone: fn, done: make(chan struct{})}
	if err := w.hand(ctx, j); err != nil {
		return err
	}
	return j.err
}

// hand waits for the writer to take j, and then for its end: what has begun stands.
func (w *writer) hand(ctx context.Context, j *job) error {
	select {
	case w.queue <- j:
		<-j.done
		return nil
	case <-ctx.Done():
		return cancelled(ctx.Err())
	case <-w.quit:
		return errClosed
	}
}

// close lets the running transaction end.
func (w *writer) close() {
	w.once.Do(func() { close(w.quit) })
	<-w.ended
}

// loop takes the first waiting function and whatever waits behind it. A function that ends its
// goroutine (runtime.Goexit, as a test's FailNow does) takes this one with it: another follows.
func (w *writer) loop() {
	gone := true
	defer func() {
		if gone {
			go w.loop()
		}
	}()
	for {
		select {
		case j := <-w.queue:
			w.serve(j)
		case <-w.quit:
			w.drop()
			gone = false
			close(w.ended)
			return
		}
	}
}

func (w *writer) serve(j *job) {
	b := &batch{w: w}
	defer b.finish()
	if err := w.ready(); err != nil {
		b.refuse(j, err)
		return
	}
	if j.alone != nil {
		b.jobs = append(b.jobs, j)
		j.err = errGoexit
		j.err = j.alone(w.conn)
		return
	}
	b.fill(j)
}

// ready opens the connection if there is none.
func (w *writer) ready() (err error) {
	if w.conn == nil {
		w.conn, err = connect(context.Background(), w.pool, writerLines)
	}
	return err
}

// drop gives the connection up: the next transaction opens a new one.
func (w *writer) drop() {
	if w.conn != nil {
		w.conn.discard()
		w.conn = nil
	}
}

var errGoexit = fault.New(fault.Internal, "goroutine-ended")
