package audit

import (
	"testing"

	"luukku/store"
)

func TestIDsSortAsTheyWereMade(t *testing.T) {
	var s ids
	last := ""
	for range 10000 {
		id := s.next()
		if id <= last || len(id) != len(store.NewID(entryPrefix)) {
			t.Fatalf("%s after %s", id, last)
		}
		last = id
	}
	for id, want := range map[string]string{"a_000": "a_001", "a_009": "a_00a", "a_00z": "a_010", "a_0zz": "a_100"} {
		if got := after(id); got != want {
			t.Errorf("after %s comes %s, want %s", id, got, want)
		}
	}
}
