package audit

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"luukku/core/vault/keystore"
	"luukku/fault"
	"luukku/store"
)

// checkpointEvery is how often at most a growing tree's checkpoint is kept in the journal.
const checkpointEvery = time.Minute

// growth is what this process knows of a tree that has grown since its last checkpoint was kept.
type growth struct {
	count uint64    // of batches; tells whether it grew again meanwhile
	kept  time.Time // when the last one was kept; zero for none by this process
}

// noteGrowth remembers that a checkpoint is due.
func (l *Log) noteGrowth(authority string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	g := l.growth[authority]
	g.count++
	l.growth[authority] = g
}

// grown returns how often an authority's tree has grown since its checkpoint was kept.
func (l *Log) grown(authority string) uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.growth[authority].count
}

// noteKept remembers that the checkpoint made after count batches is in the journal.
func (l *Log) noteKept(authority string, count uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	g := l.growth[authority]
	g.count, g.kept = g.count-min(count, g.count), l.keeper.Now()
	l.growth[authority] = g
}

// due are the authorities whose tree has grown, and with its last checkpoint at least every old.
func (l *Log) due(every time.Duration) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, due := l.keeper.Now(), []string{}
	for _, authority := range slices.Sorted(maps.Keys(l.growth)) {
		g := l.growth[authority]
		if g.count > 0 && now.Sub(g.kept).Abs() >= every {
			due = append(due, authority)
		}
	}
	return due
}

// keep keeps a checkpoint of each tree that has grown and whose last one is at least every old.
func (l *Log) keep(ctx context.Context, every time.Duration) error {
	var failed error
	for _, authority := range l.due(every) {
		_, err := l.Checkpoint(ctx, authority)
		failed = errors.Join(failed, err)
	}
	return failed
}

// Close numbers what still waits, keeps every tree's checkpoint and gives its trees to whoever
// comes next: for a graceful stop.
func (l *Log) Close(ctx context.Context) error {
	return errors.Join(l.Beat(ctx), l.keep(ctx, 0), l.release(ctx))
}

// Checkpoint signs the tree as it is now and keeps that in the journal, unless the journal's last
// one says the same. Retention calls it at the turn; a running log keeps at most one a minute.
// Errors: fault.NotFound "audit-empty" before the first leaf, fault.Busy when the keys or the
// journal cannot be reached, fault.Conflict for a tree that is older than the journal says: signing
// that would hide what is missing.
func (l *Log) Checkpoint(ctx context.Context, authority string) (Checkpoint, error) {
	if err := l.prove(ctx, authority); err != nil {
		return Checkpoint{}, err
	}
	count := l.grown(authority)
	head, err := l.present(ctx, authority)
	if err != nil {
		return Checkpoint{}, err
	}
	keys := l.keys(authority)
	if keys == nil {
		return Checkpoint{}, fault.New(fault.Busy, "keys-unavailable")
	}
	last, err := lastCheckpoint(keys)
	if err == nil && last.Head != head || fault.Is(err, fault.NotFound) {
		last, err = keepHead(ctx, keys, head, l.keeper.Now())
	}
	if err == nil {
		l.noteKept(authority, count)
	}
	return last, err
}

// keepHead signs a head and appends it to the journal.
func keepHead(ctx context.Context, keys *keystore.Set, head Head, now time.Time) (Checkpoint, error) {
	c := Checkpoint{Head: head, At: now.UnixMilli()}
	key := keys.Signer()
	if key == nil {
		return c, fault.New(fault.Busy, "keys-unavailable") // the set has been closed
	}
	var err error
	if c.Note, err = signHead(head, key); err != nil {
		return c, err
	}
	line := keystore.JournalLine{At: c.At, Kind: keystore.LineCheckpoint, Body: []byte(c.Note)}
	if err := keys.Append(ctx, line); err != nil {
		return c, fault.New(fault.Busy, "journal-unavailable").Wrap(err)
	}
	return c, nil
}

// present is the head of the authority's present tree.
func (l *Log) present(ctx context.Context, authority string) (head Head, err error) {
	err = l.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		t, err := lastTree(ctx, tx, qTreeLast, authority)
		if err == nil && t.size == 0 {
			err = fault.New(fault.NotFound, "audit-empty")
		}
		if err != nil {
			return err
		}
		head, err = l.head(ctx, tx, authority, t.no, t.size)
		return err
	})
	return head, err
}

// kept reads the journal's checkpoints, oldest first. One that the audit key has not signed is an
// error: the journal is sealed, so nobody else wrote it.
func kept(keys *keystore.Set) ([]Checkpoint, error) {
	var all []Checkpoint
	for _, line := range keys.Journal() {
		if line.Kind != keystore.LineCheckpoint {
			continue
		}
		c, err := openCheckpoint(string(line.Body), keys.Signer())
		if err != nil {
			return nil, err
		}
		c.At = line.At
		all = append(all, c)
	}
	return all, nil
}

// lastCheckpoint is the journal's one that says most: of the last tree, the largest. It need not be
// the last line: two nodes can have signed in another order than they wrote. fault.NotFound
// "audit-no-checkpoint" without one.
func lastCheckpoint(keys *keystore.Set) (Checkpoint, error) {
	var last keystore.JournalLine
	var most Head
	for _, line := range keys.Journal() {
		if line.Kind != keystore.LineCheckpoint {
			continue
		}
		head, err := parseHead(string(line.Body))
		if err != nil {
			return Checkpoint{}, err
		}
		if last.Body == nil || !head.before(most) {
			last, most = line, head
		}
	}
	if last.Body == nil {
		return Checkpoint{}, fault.New(fault.NotFound, "audit-no-checkpoint")
	}
	c, err := openCheckpoint(string(last.Body), keys.Signer())
	c.At = last.At
	return c, err
}

// before tells whether a head says less than another.
func (h Head) before(o Head) bool {
	return cmp.Or(cmp.Compare(treeNo(h.Origin), treeNo(o.Origin)), cmp.Compare(h.Size, o.Size)) < 0
}

// Published returns the last checkpoint that was kept and the key that it is signed with, in the
// form in which signed notes name keys: for whoever wants to check the log from outside.
// fault.NotFound before the first one and for an unknown authority.
func (l *Log) Published(authority string) (Checkpoint, string, error) {
	keys := l.keys(authority)
	if keys == nil {
		return Checkpoint{}, "", fault.New(fault.NotFound, "not-found")
	}
	c, err := lastCheckpoint(keys)
	if err != nil {
		return c, "", err
	}
	key, err := verifierKey(c.Origin, keys.Signer())
	return c, key, err
}
