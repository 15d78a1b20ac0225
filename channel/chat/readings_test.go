package chat

import (
	"testing"

	"luukku/core/access"
	"luukku/core/vault"
)

// The last connection takes the session with it in one step: one that comes at the same moment would
// otherwise read on in a session that is being ended, and get nothing pushed.
func TestTheLastConnectionTakesTheSessionWithIt(t *testing.T) {
	r := newReadings()
	caller := access.Caller{Authority: "dvv", Kind: access.Subject, ID: "c_1"}
	key := keyOf(caller, "c_1")
	r.connect(key)
	r.connect(key)
	r.keep(vault.Reading{ID: "r_1", Caller: caller, Row: "c_1"})
	if _, ends := r.disconnect(key); ends || !r.connected(key) {
		t.Error("ended with another connection left")
	}
	ending, ends := r.disconnect(key)
	if _, runs := r.of(caller, "c_1"); !ends || ending.ID != "r_1" || runs || r.connected(key) {
		t.Errorf("%+v, %v, still found: %v", ending, ends, runs)
	}
	if _, ends := r.disconnect(key); ends {
		t.Error("ended twice")
	}
}
