package store

import (
	"cmp"
	"time"

	"luukku/fault"
)

// batch is one SQLite transaction with the functions in it.
type batch struct {
	w    *writer
	jobs []*job // not answered yet
	dead error  // why the transaction is lost with all that was in it
	open bool
}

// fill runs first and what waits behind it in one transaction.
func (b *batch) fill(first *job) {
	if err := b.begin(); err != nil {
		b.refuse(first, err)
		return
	}
	until := time.Now().Add(longest)
	next := first
	for next != nil && next.alone == nil && b.dead == nil {
		b.run(next)
		next = b.next(until)
	}
	b.commit()
	b.record()
	b.answer()
	if next != nil {
		b.w.serve(next)
	}
}

// next is a function that waits now, or nil if none does or this transaction has had enough.
func (b *batch) next(until time.Time) *job {
	if b.dead != nil || len(b.jobs) >= b.w.most || time.Now().After(until) {
		return nil
	}
	return b.waiting()
}

func (b *batch) waiting() *job {
	select {
	case j := <-b.w.queue:
		return j
	default:
		return nil
	}
}

func (b *batch) begin() error {
	b.dead = b.w.conn.do(beginWrite)
	b.open = b.dead == nil
	if !b.open {
		b.w.drop()
	}
	return b.dead
}

// run calls one function in a savepoint of its own. SQLite itself rolls the whole transaction
// back after some errors (disk full, for one); then the savepoint is not there any more, and what
// went before is lost as well.
func (b *batch) run(j *job) {
	b.jobs = append(b.jobs, j)
	j.err = errGoexit
	if b.dead = b.w.conn.do(savepoint); b.dead != nil {
		j.err = mend(b.dead)
		return
	}
	j.tx.session = b.w.conn
	j.err = j.tx.run(&j.tx.ctx, j.fn)
	if j.err != nil {
		b.dead = b.w.conn.do(rewind)
	}
	if b.dead == nil {
		b.dead = b.w.conn.do(release)
	} else if fault.Is(j.err, fault.Busy) {
		b.dead = j.err // says more than "no such savepoint"
	}
}

// commit makes the outcome of every function known. If it fails, or the transaction was lost
// before, all of them get the error.
func (b *batch) commit() {
	if b.dead == nil {
		b.dead = b.w.conn.do(commit)
	}
	if b.dead != nil {
		b.w.drop()
	}
	b.open = false
	for _, j := range b.jobs {
		if j.err == nil {
			j.err = mend(b.dead)
		}
		j.tx.settle(j.err)
	}
}

// record answers who was not refused, and then writes the refusals of the others in a transaction
// that follows.
func (b *batch) record() {
	refusals := &batch{w: b.w}
	var refused []*job
	for _, j := range b.jobs {
		if j.tx.records != nil {
			j.record = &job{tx: begun(j.tx.ctx.values, j.tx.db, nil), fn: j.tx.recorder(), done: make(chan struct{})}
			refused = append(refused, j)
			continue
		}
		close(j.done)
	}
	b.jobs = refused
	if len(refused) == 0 {
		return
	}
	defer func() {
		refusals.finish()
		for _, j := range refused {
			j.err = cmp.Or(unrecorded(j.record.err), j.err)
		}
	}()
	refusals.all(refused)
}

// all runs the records of refused functions in one transaction.
func (b *batch) all(refused []*job) {
	err := b.w.ready()
	if err == nil {
		err = b.begin()
	}
	for _, j := range refused {
		if err != nil || b.dead != nil {
			j.record.err = mend(cmp.Or(err, b.dead))
			j.record.tx.settle(j.record.err)
			continue
		}
		b.run(j.record)
	}
	if b.open {
		b.commit()
	}
}

// refuse answers first, and everyone who waits now, with the error that kept the transaction from
// beginning: one after another they would wait for the same lock again. Nobody is answered before
// all are taken, so whoever tries again after the answer gets a new transaction.
func (b *batch) refuse(first *job, err error) {
	b.jobs = append(b.jobs, first)
	for len(b.jobs) < b.w.most {
		j := b.waiting()
		if j == nil {
			break
		}
		b.jobs = append(b.jobs, j)
	}
	for _, j := range b.jobs {
		j.err = mend(err)
		if j.tx != nil {
			j.tx.settle(err)
		}
	}
	b.answer()
}

// answer wakes the callers.
func (b *batch) answer() {
	for _, j := range b.jobs {
		close(j.done)
	}
	b.jobs = nil
}

// finish runs when the goroutine leaves the batch, orderly or by runtime.Goexit in a function.
func (b *batch) finish() {
	if b.open {
		b.dead = errGoexit
		b.commit()
		for _, j := range b.jobs {
			if j.tx.records != nil {
				j.err = unrecorded(errGoexit)
			}
		}
	}
	b.answer()
}
