package keystore

import (
	"context"
	"errors"
	"io"
	"path/filepath"
)

// found is what one store has of a ring.
type found struct {
	rep *replica
	state
	err error // nil, errTorn (the state is good), ErrMissing, ErrCorrupt, or the store is unreachable
}

func (f found) good() bool { return f.err == nil || errors.Is(f.err, errTorn) }

// search loads a ring from every store.
func (r *ring) search(ctx context.Context) []found {
	var all []found
	for _, rep := range r.replicas {
		s, err := rep.load(ctx)
		all = append(all, found{rep: rep, state: s, err: err})
	}
	return all
}

// newest returns the newest good state among all. Without one, the error says the least that is
// certain: unreachable before damaged before missing.
func newest(all []found) (state, error) {
	var best *found
	err := ErrMissing
	for i, f := range all {
		switch {
		case f.good() && (best == nil || f.gen > best.gen):
			best = &all[i]
		case unreachable(f.err):
			err = f.err
		case errors.Is(f.err, ErrCorrupt) && !unreachable(err):
			err = f.err
		}
	}
	if best == nil {
		return state{}, err
	}
	return best.state, nil
}

// certain returns the error of a store that must stop the program: a mistake in the configuration
// or another program, not a disk.
func certain(all []found) error {
	for _, f := range all {
		if errors.Is(f.err, ErrForeign) || errors.Is(f.err, ErrInUse) || errors.Is(f.err, errOptions) {
			return f.err
		}
	}
	return nil
}

// OpenSet opens an authority's key files and finishes what a crash left half done: a store that
// the last write did not reach gets it, and KEKs that no file names are destroyed. A store whose
// file is missing or damaged is written anew from the other one, with an alarm; a damaged file is
// kept beside it as NAME.damaged.
//
// The database noted generation noted. If no store can show that or a later one the answer is
// fault.Busy wrapping ErrMissing, ErrCorrupt or ErrOlder, nothing is changed, and only AcceptLoss
// goes on. fault.Conflict wraps ErrForeign, fault.Busy ErrInUse.
func OpenSet(ctx context.Context, o Options, noted int64) (*Set, error) {
	s, err := newSet(o)
	if err != nil {
		return nil, err
	}
	if err := s.open(ctx, noted); err != nil {
		_ = s.Close() // nothing was written
		return nil, asFault(err)
	}
	return s, nil
}

func (s *Set) open(ctx context.Context, noted int64) error {
	keys, events, err := s.search(ctx)
	if err != nil {
		return err
	}
	if err := s.checkGeneration(noted, keys, events); err != nil {
		return err
	}
	s.heal(ctx, s.keys, keys)
	s.heal(ctx, s.events, events)
	s.publish()
	return nil
}

// search loads both rings and sets the newest states found.
func (s *Set) search(ctx context.Context) (keys, events []found, err error) {
	keys, events = s.keys.search(ctx), s.events.search(ctx)
	all := append(append([]found{}, keys...), events...)
	for _, f := range all {
		s.gen = max(s.gen, f.gen, f.other)
	}
	if err := certain(all); err != nil {
		return keys, events, err
	}
	var keysErr, eventsErr error
	s.keys.now, keysErr = newest(keys)
	s.events.now, eventsErr = newest(events)
	return keys, events, errors.Join(keysErr, eventsErr)
}

// checkGeneration compares with what the database noted and with what each ring's files say of
// the other ring: so an old copy of one file is found beside a new one of the other.
func (s *Set) checkGeneration(noted int64, keys, events []found) error {
	if have := max(s.keys.now.gen, s.events.now.gen); have < noted {
		return ErrOlder{Have: have, Want: noted}
	}
	for _, f := range keys {
		if f.good() && s.events.now.gen < f.other {
			return ErrOlder{Have: s.events.now.gen, Want: f.other}
		}
	}
	for _, f := range events {
		if f.good() && s.keys.now.gen < f.other {
			return ErrOlder{Have: s.keys.now.gen, Want: f.other}
		}
	}
	s.gen = max(s.gen, noted)
	return nil
}

// heal brings every reachable store to the newest state, with the lines of all journals.
func (s *Set) heal(ctx context.Context, r *ring, all []found) {
	var journals [][]JournalLine
	for _, f := range all {
		if f.good() {
			journals = append(journals, f.lines)
		}
	}
	if lines := merge(journals...); len(lines) > len(r.now.lines) {
		r.now.lines = lines
		r.now = s.stamp(r, r.now)
	}
	for _, f := range all {
		if f.err != nil || f.gen != r.now.gen || !f.equal(r.now) {
			s.rebuild(ctx, r, f)
		}
	}
	for _, rep := range r.replicas {
		s.forget(ctx, rep)
	}
}

// rebuild writes one store's file anew. A store that was merely behind raises no alarm.
func (s *Set) rebuild(ctx context.Context, r *ring, f found) {
	f.rep.drop()
	err := f.rep.setAside(f.err)
	if err == nil {
		err = f.rep.rewrite(ctx, r.now)
	}
	s.outcome(f.rep, err)
	switch {
	case err != nil:
	case errors.Is(f.err, errTorn):
		s.raise(TailDropped, f.rep, f.err)
	case f.err != nil && !unreachable(f.err):
		s.raise(StoreRebuilt, f.rep, f.err)
	}
}

// setAside keeps a damaged file for whoever wants to know what happened. Its KEK dies, so no key
// lives on in it.
func (r *replica) setAside(cause error) error {
	if !errors.Is(cause, ErrCorrupt) {
		return nil
	}
	return r.from.FS.Rename(r.path(), r.path()+".damaged")
}

// CreateSet makes an authority's first, empty key files in every store; all must be reachable. It
// returns fault.Conflict wrapping ErrExists where keys or a journal exist, so it may be called
// again after a crash, as long as the database noted no generation.
func CreateSet(ctx context.Context, o Options) (*Set, error) {
	s, err := newSet(o)
	if err != nil {
		return nil, err
	}
	if err := s.create(ctx); err != nil {
		_ = s.Close() // the next call begins anew
		return nil, asFault(err)
	}
	return s, nil
}

func (s *Set) create(ctx context.Context) error {
	keys, events, err := s.search(ctx)
	if err != nil && !errors.Is(err, ErrMissing) {
		return err
	}
	for _, f := range append(keys, events...) {
		if f.good() && len(f.keys)+len(f.lines) > 0 {
			return ErrExists
		}
		if !f.good() && !errors.Is(f.err, ErrMissing) {
			return f.err
		}
	}
	seed := make([]byte, 32)
	if _, err := io.ReadFull(s.o.Rand, seed); err != nil {
		return err
	}
	s.keys.now = state{seed: seed, keys: map[string]key{}}
	s.events.now = state{keys: map[string]key{}}
	return s.writeAll(ctx, len(s.o.Stores))
}

// writeAll writes both rings whole; at least so many stores must take each.
func (s *Set) writeAll(ctx context.Context, atLeast int) error {
	for _, r := range s.rings() {
		r.now = s.stamp(r, r.now)
		var failed error
		reached := 0
		for _, rep := range r.replicas {
			err := rep.rewrite(ctx, r.now)
			s.outcome(rep, err)
			if failed = errors.Join(failed, err); err == nil {
				reached++
			}
		}
		if reached < atLeast {
			return failed
		}
		for _, rep := range r.replicas {
			s.forget(ctx, rep)
		}
	}
	s.publish()
	return nil
}

// Files returns the paths of the authority's key files, for what `verify` and `keys status` show.
func (s *Set) Files() []string {
	var paths []string
	for _, r := range s.rings() {
		for _, rep := range r.replicas {
			paths = append(paths, filepath.Clean(rep.path()))
		}
	}
	return paths
}
