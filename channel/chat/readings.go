package chat

import (
	"sync"

	"luukku/core/access"
	"luukku/core/vault"
)

// readings are the reading sessions that run on this node, by their readers, and the citizens'
// connections on it. After a restart both are empty, as the vault ended what was left.
type readings struct {
	mu          sync.Mutex
	sessions    map[readingKey]vault.Reading
	connections map[readingKey]int
}

type readingKey struct {
	authority, contact string
	kind               access.Kind
	caller             string
}

func newReadings() *readings {
	return &readings{sessions: map[readingKey]vault.Reading{}, connections: map[readingKey]int{}}
}

func keyOf(caller access.Caller, contact string) readingKey {
	return readingKey{caller.Authority, contact, caller.Kind, caller.ID}
}

func (r *readings) of(caller access.Caller, contact string) (vault.Reading, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, ok := r.sessions[keyOf(caller, contact)]
	return found, ok
}

// staffOn are the members of staff who read a contact on this node, and assigned, if there is one.
func (r *readings) staffOn(authority, contact, assigned string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	if assigned != "" {
		out = append(out, assigned)
	}
	for key := range r.sessions {
		if key.contact == contact && key.authority == authority && key.kind == access.Staff && key.caller != assigned {
			out = append(out, key.caller)
		}
	}
	return out
}

func (r *readings) keep(one vault.Reading) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sessions[keyOf(one.Caller, one.Row)] = one
}

// drop forgets a session unless another one has taken its place.
func (r *readings) drop(one vault.Reading) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if key := keyOf(one.Caller, one.Row); r.sessions[key].ID == one.ID {
		delete(r.sessions, key)
	}
}

// connect counts a citizen's connection.
func (r *readings) connect(key readingKey) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.connections[key]++
}

// disconnect forgets the session with the last connection, in one step: one that comes at the same moment
// either keeps it or finds none and begins its own. It returns the session that is to be ended, if any.
func (r *readings) disconnect(key readingKey) (ending vault.Reading, ends bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.connections[key]--; r.connections[key] > 0 {
		return ending, false
	}
	delete(r.connections, key)
	ending, ends = r.sessions[key]
	delete(r.sessions, key)
	return ending, ends
}

func (r *readings) connected(key readingKey) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.connections[key] > 0
}
