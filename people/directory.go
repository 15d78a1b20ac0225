package people

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"luukku/core/access"
	"luukku/fault"
)

// keepNames is how long a name that was opened may be shown again before it is opened anew.
const keepNames = 10 * time.Minute

// maxReaders bounds the memory of the directory.
const maxReaders = 5000

// directory remembers names for a short while. What a reader has opened is shown again to that reader
// only, so that each reader's first look is recorded; what advisers sign with is their own.
type directory struct {
	mu      sync.Mutex
	now     func() time.Duration
	readers map[access.Caller]*page
	signs   map[access.Caller]signature
	changes int // of anybody, anywhere
}

type page struct {
	names map[string]string
	until time.Duration
}

type signature struct {
	card  Card
	until time.Duration
}

func newDirectory(now func() time.Duration) *directory {
	return &directory{now: now, readers: map[access.Caller]*page{}, signs: map[access.Caller]signature{}}
}

// Names gives the names of members of staff to a reader for purpose work. Those that the reader has
// not opened in the last minutes are opened now, and recorded. An id without a name is left out.
func (p *People) Names(ctx context.Context, by access.Caller, ids []string) (map[string]string, error) {
	known, changes := p.directory.page(by)
	missing := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { _, ok := known[id]; return ok || id == "" })
	if len(missing) == 0 {
		return known, nil
	}
	cards, err := p.Cards(ctx, by, missing...)
	if err != nil {
		return nil, err
	}
	for _, id := range missing {
		known[id] = ""
	}
	for _, c := range cards {
		known[c.ID] = c.Name
	}
	p.directory.remember(by, known, changes)
	return known, nil
}

// Everybody gives the names of an authority's whole staff, opened by the program for purpose work and not
// again for some minutes: what is hidden in a pseudonymised text. It must not be called inside a transaction.
func (p *People) Everybody(ctx context.Context, authority string) ([]string, error) {
	by := access.Caller{Authority: authority, Kind: access.Program, ID: "directory"}
	known, changes := p.directory.page(by)
	if len(known) == 0 {
		cards, err := p.Cards(ctx, by)
		if err != nil {
			return nil, err
		}
		for _, c := range cards {
			known[c.ID] = c.Name
		}
		p.directory.remember(by, known, changes)
	}
	return slices.Sorted(maps.Values(known)), nil
}

// Person is how a member of staff signs, opened by the program for purpose work. It must not be
// called inside a transaction. fault.NotFound "staff-not-found".
func (p *People) Person(ctx context.Context, authority, staff string) (Card, error) {
	self := staffCaller(authority, staff, "")
	card, changes, ok := p.directory.signature(self)
	if ok {
		return card, nil
	}
	cards, err := p.Cards(ctx, access.Caller{Authority: authority, Kind: access.Program, ID: "directory"}, staff)
	if err == nil && len(cards) == 0 {
		err = fault.New(fault.NotFound, "staff-not-found")
	}
	if err != nil {
		return Card{}, err
	}
	p.directory.sign(self, cards[0], changes)
	return cards[0], nil
}

// Name is the name with which a member of staff signs, as far as it is in memory; "" otherwise. It
// opens no transaction, so it can be called anywhere.
func (p *People) Name(authority, staff string) string {
	card, _, _ := p.directory.signature(staffCaller(authority, staff, ""))
	return card.Name
}

// page is a copy of what a reader has opened lately, and how many changes had been made by then.
func (d *directory) page(by access.Caller) (names map[string]string, changes int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	names = map[string]string{}
	if one := d.readers[by]; one != nil && one.until > d.now() {
		maps.Copy(names, one.names)
	}
	return names, d.changes
}

// remember keeps what was opened, unless a change was made after that began: it may be what was before.
func (d *directory) remember(by access.Caller, names map[string]string, changes int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.changes != changes {
		return
	}
	if len(d.readers) >= maxReaders {
		clear(d.readers)
	}
	d.readers[by] = &page{names: names, until: d.now() + keepNames}
}

func (d *directory) signature(self access.Caller) (card Card, changes int, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	one, ok := d.signs[self]
	return one.card, d.changes, ok && one.until > d.now()
}

func (d *directory) sign(self access.Caller, card Card, changes int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.changes != changes {
		return
	}
	if len(d.signs) >= maxReaders {
		clear(d.signs)
	}
	d.signs[self] = signature{card: card, until: d.now() + keepNames}
}

// forget drops what is known of a member of staff, what they have opened, and every list of the whole staff,
// which would be without them.
func (d *directory) forget(authority, staff string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.changes++
	delete(d.signs, staffCaller(authority, staff, ""))
	for by, one := range d.readers {
		if by.Authority != authority {
			continue
		}
		delete(one.names, staff)
		if by.ID == staff || by.Kind == access.Program {
			delete(d.readers, by)
		}
	}
}
