package audit

import (
	"strings"
	"sync"

	"luukku/store"
)

// digits are those of store's ids, in their order.
const digits = "0123456789abcdefghjkmnpqrstvwxyz"

// ids makes entry ids that sort as they were made, also within one millisecond: a session's end
// must not come before its beginning.
type ids struct {
	mu   sync.Mutex
	last string
}

func (s *ids) next() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := store.NewID(entryPrefix)
	if id <= s.last {
		id = after(s.last)
	}
	s.last = id
	return id
}

// after is the next id in the order of ids.
func after(id string) string {
	b := []byte(id)
	for i := len(b) - 1; i >= len(entryPrefix); i-- {
		d := strings.IndexByte(digits, b[i]) + 1
		if d < len(digits) {
			b[i] = digits[d]
			break
		}
		b[i] = digits[0]
	}
	return string(b)
}
