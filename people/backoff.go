package people

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"time"
)

// maxTracked is how many accounts and addresses are remembered at a time.
const maxTracked = 20000

// pace is how attempts are slowed down: free ones first, then a wait that doubles up to most. What
// is remembered halves with each calm span, so that nothing is locked for good.
type pace struct {
	free int
	most time.Duration
	calm time.Duration
}

var (
	accountPace = pace{free: 5, most: time.Minute, calm: 15 * time.Minute}
	addressPace = pace{free: 30, most: 5 * time.Minute, calm: 15 * time.Minute}
)

// after is the wait that follows the n-th failed attempt.
func (p pace) after(n int) time.Duration {
	if n < p.free {
		return 0
	}
	wait := time.Second << min(n-p.free, 20)
	return min(wait, p.most)
}

// tries is what one account or address has attempted.
type tries struct {
	n     int
	until time.Duration // steady time before which nothing is attempted
	last  time.Duration
}

// backoff remembers attempts in memory, under keyed hashes that die with the process: an address is
// personal data and is stored nowhere. Time is steady, so that setting the clock opens nothing.
type backoff struct {
	mu     sync.Mutex
	key    [32]byte
	now    func() time.Duration
	tried  map[[32]byte]*tries
	proved map[[32]byte]time.Duration // account and address that have signed in together
}

func newBackoff(now func() time.Duration) *backoff {
	b := &backoff{now: now, tried: map[[32]byte]*tries{}, proved: map[[32]byte]time.Duration{}}
	_, _ = rand.Read(b.key[:]) // never fails (crypto/rand)
	return b
}

// attempt is one sign-in that is being tried.
type attempt struct {
	account, address, both [32]byte
	byBoth                 bool
}

// begin counts an attempt before it is tried, so that many at once are not free, or tells how long
// to wait. Whoever has signed in from this address before is counted apart: somebody else's guessing
// at the account does not keep them out.
func (b *backoff) begin(authority, username, address string) (attempt, time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a := attempt{account: b.hash("account", authority, username), address: b.hash("address", address), both: b.hash("both", authority, username, address)}
	_, a.byBoth = b.proved[a.both]
	if wait := max(b.wait(a.who()), b.wait(a.address)); wait > 0 {
		return a, wait
	}
	b.count(a.who(), accountPace)
	b.count(a.address, addressPace)
	return a, 0
}

// who is what the attempts of an account are counted under.
func (a attempt) who() [32]byte {
	if a.byBoth {
		return a.both
	}
	return a.account
}

// succeed forgets the account's attempts and remembers the address for it.
func (b *backoff) succeed(a attempt) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.tried, a.who())
	if t := b.tried[a.address]; t != nil && t.n > 0 {
		t.n--
		t.until = 0
	}
	if len(b.proved) >= maxTracked {
		clear(b.proved)
	}
	b.proved[a.both] = b.now()
}

// wait is how long a key has still to wait.
func (b *backoff) wait(key [32]byte) time.Duration {
	t := b.tried[key]
	if t == nil {
		return 0
	}
	return t.until - b.now()
}

// count adds an attempt to a key.
func (b *backoff) count(key [32]byte, p pace) {
	now := b.now()
	t := b.tried[key]
	if t == nil {
		b.makeRoom(now)
		t = &tries{}
		b.tried[key] = t
	}
	for calm := now - t.last; calm >= p.calm && t.n > 0; calm -= p.calm {
		t.n /= 2
	}
	t.n++
	t.last, t.until = now, now+p.after(t.n)
}

// makeRoom keeps the memory bounded: what waits for nothing goes first, then any one.
func (b *backoff) makeRoom(now time.Duration) {
	if len(b.tried) < maxTracked {
		return
	}
	for key, t := range b.tried {
		if t.until <= now {
			delete(b.tried, key)
		}
	}
	for key := range b.tried {
		if len(b.tried) < maxTracked {
			return
		}
		delete(b.tried, key)
	}
}

func (b *backoff) hash(kind string, parts ...string) [32]byte {
	mac := hmac.New(sha256.New, b.key[:])
	mac.Write([]byte(kind))
	for _, part := range parts {
		mac.Write([]byte{0, byte(len(part) >> 8), byte(len(part))})
		mac.Write([]byte(part))
	}
	return [32]byte(mac.Sum(nil))
}
