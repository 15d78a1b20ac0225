package keystore

import (
	"context"
	"errors"
	"fmt"
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

// commit appends records to every file of r, the last store first, so that with all a store that
// fails leaves the ones before it untouched. Without all, one store is enough. It then makes next
// the ring's state.
func (s *Set) commit(ctx context.Context, r *ring, next state, records []byte, all bool) error {
	next = s.stamp(r, next)
	frame := append(appendGeneration(nil, next.gen, next.other), records...)
	defer clear(frame)
	revive := all || !slices.ContainsFunc(r.replicas, func(rep *replica) bool { return rep.file != nil })
	var failed error
	for _, rep := range slices.Backward(r.replicas) {
		err := s.put(ctx, rep, next, frame, revive)
		s.outcome(rep, err)
		failed = errors.Join(failed, err)
		if err != nil && all {
			break
		}
	}
	if failed != nil && (all || !r.holds(next)) {
		return fault.New(fault.Busy, "keystore-unreachable").Wrap(failed)
	}
	r.now = next
	s.publish()
	return nil
}

// holds tells whether a store has the write that made s.
func (r *ring) holds(s state) bool {
	return slices.ContainsFunc(r.replicas, func(rep *replica) bool { return rep.file != nil && rep.gen == s.gen })
}

// put brings one file to next: by a frame, or whole where the file is behind and revive is set.
func (s *Set) put(ctx context.Context, rep *replica, next state, frame []byte, revive bool) error {
	if rep.file != nil {
		return rep.append(next.gen, frame)
	}
	if !revive {
		return fmt.Errorf("store %s is behind", rep.store)
	}
	if err := rep.rewrite(ctx, next); err != nil {
		return err
	}
	s.forget(ctx, rep)
	return nil
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
