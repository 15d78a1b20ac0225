package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits stop floods; each is a number a minute, and half a minute's worth may come at once. They are
// generous, since a library has one address for all its visitors.
type Limits struct {
	Conversation int // messages of one side in one conversation
	Address      int // requests of one address without a sign-in
	Starts       int // conversations begun from one address
	SignIns      int // sign-ins tried from one address
}

// DefaultLimits are for an authority of any size.
func DefaultLimits() Limits { return Limits{Conversation: 60, Address: 1200, Starts: 60, SignIns: 30} }

// maxBuckets is how many keys one limit remembers.
const maxBuckets = 50000

// flood counts one kind of thing by key. Keys are kept as keyed hashes, in memory only: an address is
// personal data.
type flood struct {
	mu        sync.Mutex
	secret    [32]byte
	perMinute int
	now       func() time.Time
	buckets   map[[32]byte]*rate.Limiter
	swept     time.Time
}

func newFlood(perMinute int, now func() time.Time) *flood {
	f := &flood{perMinute: perMinute, now: now, buckets: map[[32]byte]*rate.Limiter{}, swept: now()}
	_, _ = rand.Read(f.secret[:]) // never fails (crypto/rand)
	return f
}

// allow takes one from key's share, or tells how long to wait for the next.
func (f *flood) allow(key string) (wait time.Duration, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.now()
	f.sweep(now)
	id := f.hash(key)
	limiter := f.buckets[id]
	if limiter == nil {
		limiter = rate.NewLimiter(rate.Limit(float64(f.perMinute)/60), max(f.perMinute/2, 5))
		f.buckets[id] = limiter
	}
	taken := limiter.ReserveN(now, 1)
	if wait = taken.DelayFrom(now); wait > 0 {
		taken.CancelAt(now)
		return wait, false
	}
	return 0, true
}

// giveBack returns one to key's share, which never grows beyond its whole.
func (f *flood) giveBack(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if limiter := f.buckets[f.hash(key)]; limiter != nil {
		limiter.ReserveN(f.now(), -1)
	}
}

// sweep forgets, once a minute or when there are too many, whoever has their whole share again. If
// that is not enough, a quarter goes at once, so that a flood of addresses does not pay for a sweep each.
func (f *flood) sweep(now time.Time) {
	if now.Sub(f.swept) < time.Minute && len(f.buckets) < maxBuckets {
		return
	}
	f.swept = now
	for id, limiter := range f.buckets {
		if limiter.TokensAt(now) >= float64(limiter.Burst()) {
			delete(f.buckets, id)
		}
	}
	if len(f.buckets) < maxBuckets {
		return
	}
	for id := range f.buckets {
		if len(f.buckets) < maxBuckets*3/4 {
			return
		}
		delete(f.buckets, id)
	}
}

func (f *flood) hash(key string) [32]byte {
	mac := hmac.New(sha256.New, f.secret[:])
	mac.Write([]byte(key))
	return [32]byte(mac.Sum(nil))
}

// floods are the four limits, and a fifth that follows from them: each request for a copy is a case for the
// registry, so an address makes a tenth as many as it begins conversations.
type floods struct {
	conversation, address, starts, signIns, requests *flood
}

func newFloods(l Limits, now func() time.Time) floods {
	return floods{newFlood(l.Conversation, now), newFlood(l.Address, now), newFlood(l.Starts, now), newFlood(l.SignIns, now),
		newFlood(max(1, l.Starts/10), now)}
}
