package notice

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Shelf holds every version of every authority's notices. It never changes; safe for concurrent use.
type Shelf struct {
	notices map[string][]*Notice // by authority; sorted by id, then version
}

// NewShelf sorts the notices of each authority. It refuses two files that claim the same version,
// and a field number that means another field in another version of the same notice, because
// sealed rows carry the number.
func NewShelf(byAuthority map[string][]*Notice) (*Shelf, error) {
	s := &Shelf{notices: make(map[string][]*Notice, len(byAuthority))}
	for _, authority := range slices.Sorted(maps.Keys(byAuthority)) {
		list := slices.Clone(byAuthority[authority])
		slices.SortStableFunc(list, func(a, b *Notice) int {
			return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Version, b.Version))
		})
		if err := checkVersions(authority, list); err != nil {
			return nil, err
		}
		s.notices[authority] = list
	}
	return s, nil
}

func checkVersions(authority string, list []*Notice) error {
	for i, n := range list {
		for _, m := range list[i+1:] {
			if m.ID != n.ID {
				break
			}
			if m.Version == n.Version {
				return fmt.Errorf("%s and %s: both are version %d of %s/%s (a changed notice needs a new version)",
					n.File, m.File, n.Version, authority, n.ID)
			}
			if err := sameNumbers(n, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// sameNumbers tells whether every number that both versions know means the same field.
func sameNumbers(older, newer *Notice) error {
	was := older.numbers()
	for no, id := range newer.numbers() {
		if before, known := was[no]; known && before != id {
			return fmt.Errorf("%s: field number %d is %q, but version %d of %s gives it to %q (take a number never used before)",
				newer.File, no, id, older.Version, older.ID, before)
		}
	}
	return nil
}

// numbers maps every number in use or retired to its field.
func (n *Notice) numbers() map[uint16]string {
	out := make(map[uint16]string)
	for _, g := range n.Groups {
		for _, f := range g.Fields {
			out[f.No] = f.ID
		}
	}
	for _, r := range n.Retired {
		out[r.No] = r.ID
	}
	return out
}

// Authorities returns the slugs of the authorities, sorted.
func (s *Shelf) Authorities() []string { return slices.Sorted(maps.Keys(s.notices)) }

// All returns every version of every notice of an authority, by id and then version.
func (s *Shelf) All(authority string) []*Notice { return slices.Clone(s.notices[authority]) }

// Version returns one version of a notice; ok is false if the shelf has none such.
func (s *Shelf) Version(authority, id string, version int) (*Notice, bool) {
	for _, n := range s.notices[authority] {
		if n.ID == id && n.Version == version {
			return n, true
		}
	}
	return nil, false
}

// Current returns the version that holds on day: the highest whose first day has come.
func (s *Shelf) Current(authority, id string, day Day) (*Notice, bool) {
	var current *Notice
	for _, n := range s.notices[authority] {
		if n.ID == id && !n.ValidFrom.After(day) {
			current = n
		}
	}
	return current, current != nil
}

// CurrentAll returns the version that holds on day of each notice of an authority, by id.
func (s *Shelf) CurrentAll(authority string, day Day) []*Notice {
	var out []*Notice
	for _, n := range s.notices[authority] {
		if current, ok := s.Current(authority, n.ID, day); ok && current == n {
			out = append(out, n)
		}
	}
	return out
}
