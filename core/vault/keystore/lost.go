package keystore

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"luukku/fault"
)

// Loss says what an authority loses when it goes on with the key files that are left.
type Loss struct {
	Generation int64    `json:"generation"` // of the newest files that can be read; 0 if none can
	Noted      int64    `json:"noted"`      // by the database
	Missing    []string `json:"-"`          // ids of keys that the database names and no file holds, in order
	Count      int      `json:"missing"`    // how many they are
	Signer     bool     `json:"signer"`     // the audit signing key is lost, a new one will sign
}

// FindLoss says what AcceptLoss would lose, and changes nothing. Living are the ids of all keys
// that the database names, of buckets that are not gone and of stock. fault.Conflict
// "keystore-not-lost": the set opens, nothing is lost. fault.Busy "keystore-unreachable": a store
// or its KEK provider does not answer now, which says nothing about loss. An absent disk counts as
// lost only when its store may be created (StoreOptions.Create).
func FindLoss(ctx context.Context, o Options, noted int64, living []string) (Loss, error) {
	s, _, loss, err := findLoss(ctx, o, noted, living)
	if s != nil {
		err = errors.Join(err, s.Close())
	}
	return loss, err
}

// AcceptLoss goes on with what is left: `luukku keys lost --confirm`. Keys that the database does
// not name are dropped, those it names and no file holds are lost for good: their buckets are gone,
// which the caller records. The journal gets a line of kind key_lost; a
// damaged file stays beside the new one as NAME.damaged.
func AcceptLoss(ctx context.Context, o Options, noted int64, living []string) (*Set, Loss, error) {
	s, left, loss, err := findLoss(ctx, o, noted, living)
	if err != nil {
		if s != nil {
			_ = s.Close() // nothing was written
		}
		return nil, loss, err
	}
	for _, f := range left {
		err = errors.Join(err, f.rep.setAside(f.err))
	}
	if err == nil {
		err = s.goOn(ctx, loss, living)
	}
	if err != nil {
		_ = s.Close() // it may be called again
		return nil, loss, asFault(err)
	}
	return s, loss, nil
}

func findLoss(ctx context.Context, o Options, noted int64, living []string) (*Set, []found, Loss, error) {
	s, err := newSet(o)
	if err != nil {
		return nil, nil, Loss{}, err
	}
	keys, events, err := s.search(ctx)
	left := append(slices.Clone(keys), events...)
	for _, f := range left {
		if unreachable(f.err) {
			return s, nil, Loss{}, asFault(f.err)
		}
	}
	if err == nil {
		err = s.checkGeneration(noted, keys, events)
	}
	if err == nil {
		return s, nil, Loss{}, fault.New(fault.Conflict, "keystore-not-lost")
	}
	loss := Loss{Noted: noted, Generation: max(s.keys.now.gen, s.events.now.gen), Signer: s.keys.now.seed == nil}
	for _, id := range living {
		if !s.keys.now.has(id) && !s.events.now.has(id) {
			loss.Missing = append(loss.Missing, id)
		}
	}
	slices.Sort(loss.Missing)
	loss.Count = len(loss.Missing)
	s.gen = max(s.gen, noted)
	return s, left, loss, nil
}

func (s state) has(id string) bool {
	_, ok := s.keys[id]
	return ok
}

// only returns s with no other keys than those named.
func (s state) only(ids []string) state {
	keys := map[string]key{}
	for _, id := range ids {
		if k, ok := s.keys[id]; ok {
			keys[id] = k
		}
	}
	s.keys = keys
	return s
}

func (s *Set) goOn(ctx context.Context, loss Loss, living []string) error {
	if s.keys.now.seed == nil {
		fresh := make([]byte, 32)
		if _, err := io.ReadFull(s.o.Rand, fresh); err != nil {
			return err
		}
		s.keys.now.seed = fresh
	}
	body, err := json.Marshal(loss)
	if err != nil {
		return err
	}
	line := JournalLine{At: s.o.Now().UnixMilli(), Kind: LineKeyLost, Body: body}
	if err := line.complete(s.o.Rand); err != nil {
		return err
	}
	seq, err := s.usable()
	if err != nil {
		return err
	}
	line.seq = seq + 1
	s.keys.now = s.keys.now.only(living).withLines([]JournalLine{line})
	s.events.now = s.events.now.only(living)
	return s.writeAll(ctx, 1)
}
