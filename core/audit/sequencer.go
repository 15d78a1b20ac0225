package audit

import (
	"context"
	"errors"
	"time"

	"luukku/fault"
	"luukku/store"
)

const (
	beatEvery = time.Second
	// leaseTime is how long a process numbers leaves without another one trying. The lock that
	// keeps the tree whole is the tree's row; the lease only keeps nodes from queueing for it.
	leaseTime = 10 * time.Second
	// batchSize and batchTime bound how long numbering holds the one writer, which may be 50 ms:
	// 256 leaves take about 10 ms, and on a slow machine a batch ends early.
	batchSize = tileWidth
	batchTime = 20 * time.Millisecond
)

// Run numbers committed entries once a second and keeps checkpoints, until ctx ends. A failure is
// logged once and tried again: entries wait in their table, nothing is lost.
func (l *Log) Run(ctx context.Context) {
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	failing := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			failing = l.tell(ctx, failing, l.Beat(ctx))
		}
	}
}

// tell logs a failure that is not the one before, and its end.
func (l *Log) tell(ctx context.Context, before string, err error) string {
	now := ""
	if err != nil && ctx.Err() == nil {
		now = err.Error()
	}
	switch {
	case now != "" && now != before:
		l.log.Error("the audit's sequencer fails and tries again", "error", now)
	case now == "" && before != "" && ctx.Err() == nil:
		l.log.Info("the audit's sequencer works again")
	}
	return now
}

// Beat numbers everything that waits and keeps the checkpoints that are due.
func (l *Log) Beat(ctx context.Context) error {
	authorities, err := l.pendingAuthorities(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, authority := range authorities {
		failed = errors.Join(failed, l.Number(ctx, authority))
	}
	return errors.Join(failed, l.keep(ctx, checkpointEvery))
}

// Number numbers everything of one authority that waits. Errors as of Sequence.
func (l *Log) Number(ctx context.Context, authority string) error {
	err := l.drain(ctx, authority)
	l.noteStuck(ctx, authority, err)
	return err
}

func (l *Log) pendingAuthorities(ctx context.Context) (authorities []string, err error) {
	err = l.db.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		authorities, err = store.Select(ctx, tx, qPendingOf, func(scan func(...any) error) (authority string, err error) {
			err = scan(&authority)
			return authority, err
		})
		return err
	})
	return authorities, err
}

// drain numbers an authority's entries batch by batch, so that other writers come in between.
func (l *Log) drain(ctx context.Context, authority string) error {
	for {
		_, more, err := l.batch(ctx, authority)
		if !more || err != nil {
			return err
		}
	}
}

// Sequence numbers at most one batch of an authority's entries and returns how many. It is none
// when another process holds the lease. fault.Conflict "audit-older-than-checkpoint" while the
// tree is older than the journal says: see AcceptGap.
func (l *Log) Sequence(ctx context.Context, authority string) (int, error) {
	n, _, err := l.batch(ctx, authority)
	return n, err
}

// batch numbers one batch and tells whether more entries wait.
func (l *Log) batch(ctx context.Context, authority string) (n int, more bool, err error) {
	if err := l.prove(ctx, authority); err != nil {
		return 0, false, err
	}
	err = l.db.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		n, more, err = l.number(ctx, tx, authority)
		return err
	})
	if n > 0 && err == nil {
		l.noteGrowth(authority)
	}
	return n, more, err
}

func (l *Log) number(ctx context.Context, tx *store.Tx, authority string) (n int, more bool, err error) {
	t, err := l.lease(ctx, tx, authority)
	if err != nil || t == nil {
		return 0, false, err
	}
	waiting, err := pendingEntries(ctx, tx, authority)
	if err != nil || len(waiting) == 0 {
		return 0, false, err
	}
	if t.no == 0 {
		if err := t.begin(ctx, tx, 1); err != nil {
			return 0, false, err
		}
	}
	leaves, err := t.number(ctx, tx, waiting)
	if err != nil {
		return 0, false, err
	}
	more = len(leaves) == batchSize || len(leaves) < len(waiting)
	return len(leaves), more, t.grow(ctx, tx, leaves)
}

// lease locks the authority's present tree (number 0 before the first entry) and takes it for this
// process; nil when another process has it. SQLite's one writer is the process that asks.
func (l *Log) lease(ctx context.Context, tx *store.Tx, authority string) (*tree, error) {
	t, err := lastTree(ctx, tx, qTreeLock, authority)
	if err != nil {
		return nil, err
	}
	now := l.keeper.Now()
	if tx.Engine() != store.SQLite && t.holder != l.node && t.leaseUntil > now.UnixMilli() {
		return nil, nil
	}
	t.holder, t.leaseUntil = l.node, now.Add(leaseTime).UnixMilli()
	return &t, nil
}

// release gives the trees that this process holds to whoever asks next.
func (l *Log) release(ctx context.Context) error {
	return l.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, qRelease, l.node)
		return err
	})
}

func pendingEntries(ctx context.Context, tx *store.Tx, authority string) ([]row, error) {
	return store.Select(ctx, tx, qPending, func(scan func(...any) error) (r row, err error) {
		err = scan(&r.id, (*string)(&r.expiry), &r.inner)
		if err == nil && (len(r.inner) != 32 || len(r.expiry) != daySize) {
			err = fault.New(fault.Internal, "audit-entry-unreadable")
		}
		return r, err
	}, authority, batchSize)
}

// number gives the entries the tree's next numbers, as many as fit into a batch's time, and
// returns their leaves.
func (t *tree) number(ctx context.Context, tx *store.Tx, entries []row) ([][]byte, error) {
	var leaves [][]byte
	for began := time.Now(); len(leaves) < len(entries); {
		r := entries[len(leaves)]
		touched, err := tx.Exec(ctx, qEntryNumber, t.no, t.size+int64(len(leaves)), t.authority, r.id)
		if err == nil && touched != 1 {
			err = fault.New(fault.Internal, "audit-numbered-twice")
		}
		if err != nil {
			return nil, err
		}
		leaves = append(leaves, LeafData(r.expiry, [32]byte(r.inner)))
		if time.Since(began) > batchTime {
			break
		}
	}
	return leaves, nil
}
