package web

import (
	"net/netip"
	"sync"

	"luukku/fault"
)

// shares count what is done at the same time, by whom. Keys are kept as the flood's hashes, and only while
// something is done.
type shares struct {
	mu      sync.Mutex
	flood   *flood
	running map[[32]byte]int
}

// take takes a place under key until done is called; ok is false when most have been taken.
func (s *shares) take(key string, most int) (done func(), ok bool) {
	id := s.flood.hash(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[id] >= most {
		return nil, false
	}
	s.running[id]++
	return func() { s.leave(id) }, true
}

func (s *shares) leave(id [32]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[id]--; s.running[id] <= 0 {
		delete(s.running, id)
	}
}

// sendsFile takes a place for a file that a visit sends. One address, or one member of staff, has a quarter of
// them at most, so that one who sends slowly does not keep everybody else from sending. fault.Busy
// "files-busy" when those are taken.
func (s *Server) sendsFile(v *Visit) (done func(), err error) {
	key := "address\x00" + site(v.Address)
	if v.Session.Staff != "" {
		key = "staff\x00" + v.Session.Staff
	}
	if v.Address == (netip.Addr{}) { // nobody is told from anybody
		return func() {}, nil
	}
	done, ok := s.sendings.take(key, max(1, s.Files.AtOnce/4))
	if !ok {
		s.metrics.limited.WithLabelValues("files").Inc()
		return nil, fault.New(fault.Busy, "files-busy")
	}
	return done, nil
}
