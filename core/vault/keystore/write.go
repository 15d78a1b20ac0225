package keystore

import (
	"context"
	"errors"
	"io"
	"slices"

	"luukku/fault"
)

// AddStock makes n new keys of a kind and returns their ids, in order of use. It returns them once
// every configured store holds them durably: if one cannot be reached the answer is fault.Busy
// "keystore-unreachable", no key is added, and the stock of earlier days must carry. So whichever
// disk dies, no key that was ever used dies with it.
func (s *Set) AddStock(ctx context.Context, kind Kind, n int) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addStock(ctx, kind, n)
}

func (s *Set) addStock(ctx context.Context, kind Kind, n int) ([]string, error) {
	if _, err := s.usable(); err != nil || n <= 0 {
		return nil, err
	}
	ids, more, err := s.newKeys(kind, n)
	if err != nil {
		return nil, err
	}
	var records []byte
	for _, id := range ids {
		records = appendKey(records, id, more[id])
	}
	defer clear(records)
	r := s.of(kind)
	if err := s.commit(ctx, r, r.now.withKeys(more), records, true); err != nil {
		return nil, err
	}
	return ids, nil
}

func (s *Set) newKeys(kind Kind, n int) ([]string, map[string]key, error) {
	prefix := dayPrefix
	if kind == Event {
		prefix = eventPrefix
	}
	ids, keys := make([]string, n), make(map[string]key, n)
	for i := range ids {
		id, err := newID(s.o.Rand, prefix)
		if err != nil {
			return nil, nil, err
		}
		k := key{made: s.o.Now().UnixMilli()}
		if _, err := io.ReadFull(s.o.Rand, k.secret[:]); err != nil {
			return nil, nil, err
		}
		ids[i], keys[id] = id, k
	}
	return ids, keys, nil
}

// commit appends records to every file of r and makes next the ring's state. With all, every store
// must take it: those that are behind catch up first, so that a store that is known to be away
// leaves the others untouched. Without all, one store is enough.
func (s *Set) commit(ctx context.Context, r *ring, next state, records []byte, all bool) error {
	if err := s.revive(ctx, r, all); err != nil {
		return fault.New(fault.Busy, "keystore-unreachable").Wrap(err)
	}
	next = s.stamp(r, next)
	frame := append(appendGeneration(nil, next.gen, next.other), records...)
	defer clear(frame)
	var failed error
	for _, rep := range r.replicas {
		if rep.file == nil {
			continue
		}
		err := rep.append(next.gen, frame)
		s.outcome(rep, err)
		failed = errors.Join(failed, err)
	}
	if failed != nil && (all || !r.holds(next)) {
		r.takeBack(next)
		return fault.New(fault.Busy, "keystore-unreachable").Wrap(failed)
	}
	r.now = next
	s.publish()
	return nil
}

// revive writes files that are behind anew: all of them, or only as many as it takes to have one.
func (s *Set) revive(ctx context.Context, r *ring, all bool) error {
	var failed error
	for _, rep := range r.replicas {
		if rep.file != nil || !all && r.holds(r.now) {
			continue
		}
		err := rep.rewrite(ctx, r.now)
		s.outcome(rep, err)
		s.forget(ctx, rep)
		failed = errors.Join(failed, err)
	}
	if !all && r.holds(r.now) {
		return nil
	}
	return failed
}

// takeBack marks files that took a write which another store refused: they are written anew
// before they are used again.
func (r *ring) takeBack(refused state) {
	for _, rep := range r.replicas {
		if rep.gen == refused.gen {
			rep.drop()
		}
	}
}

// holds tells whether a store has the write that made s.
func (r *ring) holds(s state) bool {
	return slices.ContainsFunc(r.replicas, func(rep *replica) bool { return rep.file != nil && rep.gen == s.gen })
}

// forget destroys the KEKs that rep's file does not name any more, or raises an alarm.
func (s *Set) forget(ctx context.Context, rep *replica) {
	if err := rep.forget(ctx); err != nil {
		s.raise(KEKNotDestroyed, rep, err)
		return
	}
	if !rep.old {
		s.mended(KEKNotDestroyed, rep)
	}
}
