package people

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"

	"luukku/fault"
)

// Cost of a password's hash: RFC 9106 argon2id with OWASP's first choice for 19 MiB.
const (
	hashMemory  = 19 * 1024 // KiB, by default
	hashPasses  = 2
	hashThreads = 1
	hashLength  = 32
	saltLength  = 16
)

// maxWaiting is how many may wait for a turn before the rest are told to come back.
const maxWaiting = 64

// hasher computes argon2id, at most slots at a time, so that sign-ins never take more than
// slots × 19 MiB of memory. It must not be called inside a transaction.
type hasher struct {
	memory  uint32 // KiB
	slots   chan struct{}
	waiting chan struct{}
	rand    io.Reader
	dummy   string // what an unknown user's password is compared with
}

func newHasher(slots int, memory uint32, random io.Reader) (*hasher, error) {
	if random == nil {
		random = rand.Reader
	}
	h := &hasher{memory: memory, slots: make(chan struct{}, slots), waiting: make(chan struct{}, maxWaiting), rand: random}
	dummy, err := h.hash(context.Background(), "nobody has this password")
	h.dummy = dummy
	return h, err
}

// hash returns the password's hash in the PHC string format. Errors as enter.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLength)
	if _, err := io.ReadFull(h.rand, salt); err != nil {
		return "", fault.New(fault.Internal, "randomness").Wrap(err)
	}
	leave, err := h.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	sum := argon2.IDKey([]byte(password), salt, hashPasses, h.memory, hashThreads, hashLength)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, hashPasses, hashThreads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum)), nil
}

// verify tells whether password has this hash, and whether the hash should be made again because
// its cost is not today's. An empty or unreadable hash costs the same and is never right.
func (h *hasher) verify(ctx context.Context, hash, password string) (right, renew bool, err error) {
	known := true
	parts, ok := readHash(hash)
	if !ok {
		known = false
		parts, _ = readHash(h.dummy)
	}
	leave, err := h.enter(ctx)
	if err != nil {
		return false, false, err
	}
	defer leave()
	sum := argon2.IDKey([]byte(password), parts.salt, parts.passes, parts.memory, parts.threads, uint32(len(parts.sum)))
	same := subtle.ConstantTimeCompare(sum, parts.sum) == 1
	return same && known, parts.memory != h.memory || parts.passes != hashPasses, nil
}

// enter takes a turn. fault.Busy "sign-in-busy" when too many wait, "cancelled" when ctx ends first.
func (h *hasher) enter(ctx context.Context) (leave func(), err error) {
	select {
	case h.waiting <- struct{}{}:
	default:
		return nil, fault.New(fault.Busy, "sign-in-busy")
	}
	defer func() { <-h.waiting }()
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots }, nil
	case <-ctx.Done():
		return nil, fault.New(fault.Busy, "cancelled").Wrap(ctx.Err())
	}
}

// phc is a hash taken apart.
type phc struct {
	memory, passes uint32
	threads        uint8
	salt, sum      []byte
}

// readHash reads the PHC string format that hash writes. Costs beyond reason are refused, since they
// would be paid at each sign-in.
func readHash(s string) (phc, bool) {
	var p phc
	var version int
	fields := strings.Split(s, "$")
	if len(fields) != 6 || fields[1] != "argon2id" {
		return p, false
	}
	if n, _ := fmt.Sscanf(fields[2], "v=%d", &version); n != 1 || version != argon2.Version {
		return p, false
	}
	if n, _ := fmt.Sscanf(fields[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.threads); n != 3 {
		return p, false
	}
	var err1, err2 error
	p.salt, err1 = base64.RawStdEncoding.DecodeString(fields[4])
	p.sum, err2 = base64.RawStdEncoding.DecodeString(fields[5])
	sane := p.memory >= 8 && p.memory <= 1<<18 && p.passes >= 1 && p.passes <= 16 && p.threads >= 1
	return p, err1 == nil && err2 == nil && sane && len(p.sum) >= 16 && len(p.salt) >= 8
}
