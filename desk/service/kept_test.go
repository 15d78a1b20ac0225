package service

import (
	"testing"
	"time"
)

// A list that was read before a change, and arrives after it, is not kept.
func TestAListReadBeforeAChangeIsNotKept(t *testing.T) {
	s := New(nil, func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }, nil, nil)
	former, now := []Service{{ID: "former"}}, []Service{{ID: "now"}}
	_, changes, _ := s.cached("dvv")
	s.forget("dvv")
	s.keep("dvv", former, changes)
	if found, _, ok := s.cached("dvv"); ok {
		t.Fatalf("kept: %v", found)
	}
	_, changes, _ = s.cached("dvv")
	s.forget("mallila")
	s.keep("dvv", now, changes)
	if found, _, ok := s.cached("dvv"); !ok || found[0].ID != "now" {
		t.Errorf("another authority's change keeps this one's list from being kept: %v", found)
	}
}
