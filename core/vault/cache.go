package vault

import (
	"sync"
	"time"
)

const (
	oldest = 60 * time.Second // how long an opened key may stay in memory
	most   = 8192             // keys of one generation
)

// cache keeps derived keys for at most 60 seconds, in two generations of 30. A key in it opens
// nothing by itself: whoever uses one has read and locked its bucket's row in the same transaction.
type cache[K comparable, V any] struct {
	mu         sync.RWMutex
	young, old map[K]V
	timer      *time.Timer // runs while there is something to forget
}

func (c *cache[K, V]) get(k K) (v V, ok bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if v, ok = c.young[k]; !ok {
		v, ok = c.old[k]
	}
	return v, ok
}

func (c *cache[K, V]) put(k K, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.young) >= most {
		c.old, c.young = c.young, nil
	}
	if c.young == nil {
		c.young = make(map[K]V)
	}
	c.young[k] = v
	if c.timer == nil {
		c.timer = time.AfterFunc(oldest/2, c.age)
	}
}

// age forgets the older generation.
func (c *cache[K, V]) age() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.old, c.young = c.young, nil
	if c.timer == nil {
		return
	}
	if len(c.old) == 0 {
		c.timer = nil
		return
	}
	c.timer.Reset(oldest / 2)
}

// forget empties the cache at once.
func (c *cache[K, V]) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.young, c.old = nil, nil
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
}
