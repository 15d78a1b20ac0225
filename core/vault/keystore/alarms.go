package keystore

import (
	"cmp"
	"slices"
	"time"
)

// Kinds of alarm.
const (
	StoreUnreachable = "store-unreachable" // its files are behind and its old KEKs live on, until it is reached
	StoreRebuilt     = "store-rebuilt"     // its files were missing or damaged and were made from the other store's
	TailDropped      = "tail-dropped"      // a file's last frame was torn; its writing had never been acknowledged
	KEKNotDestroyed  = "kek-not-destroyed" // a KEK that no file names could not be destroyed yet
)

// Alarm is something about a store that an administrator must see. It stands until it is mended;
// StoreRebuilt and TailDropped stand until the program ends.
type Alarm struct {
	Kind  string
	Store string
	Since time.Time
	Text  string // the cause, for the log; never personal data
}

// alarmKey: each file raises its own.
type alarmKey struct {
	kind, store string
	ring        ringKind
}

// Alarms returns what stands now, one for each kind and store, by the time it was first seen.
func (s *Set) Alarms() []Alarm {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.standing()
}

func (s *Set) standing() []Alarm {
	var all []Alarm
	for _, a := range s.alarms {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b Alarm) int {
		return cmp.Or(cmp.Compare(a.Store, b.Store), cmp.Compare(a.Kind, b.Kind), a.Since.Compare(b.Since))
	})
	all = slices.CompactFunc(all, func(a, b Alarm) bool { return a.Store == b.Store && a.Kind == b.Kind })
	slices.SortStableFunc(all, func(a, b Alarm) int { return a.Since.Compare(b.Since) })
	return all
}

func (s *Set) raise(kind string, r *replica, cause error) {
	at := alarmKey{kind, r.store, r.ring}
	if _, stands := s.alarms[at]; stands {
		return
	}
	text := r.ring.String()
	if cause != nil {
		text += ": " + cause.Error()
	}
	s.alarms[at] = Alarm{Kind: kind, Store: r.store, Since: s.o.Now(), Text: text}
	s.o.Log.Warn("key store alarm", "authority", s.o.Authority, "kind", kind, "store", r.store, "detail", text)
}

func (s *Set) mended(kind string, r *replica) { delete(s.alarms, alarmKey{kind, r.store, r.ring}) }

// outcome raises or ends the alarm that r cannot be reached.
func (s *Set) outcome(r *replica, err error) {
	if err != nil {
		s.raise(StoreUnreachable, r, err)
		return
	}
	s.mended(StoreUnreachable, r)
}
