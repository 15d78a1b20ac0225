package vault

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// Binding is what a package that stores sealed rows registers: how its records are found, exported,
// moved, erased and reclaimed. Every function is given a transaction and works in it.
type Binding struct {
	Type string // of records: "contact"; permanent, bound into every seal

	// Groups are the groups of n that this package stores, none if n is not its own.
	Groups func(n *notice.Notice) []string

	// Relate tells how caller stands to a row and which service the row belongs to ("" for none).
	// fault.NotFound for a row that is not there.
	Relate func(ctx context.Context, tx *store.Tx, caller access.Caller, row string) (access.Relation, string, error)

	// Sampled tells whether a row lies in what is named by sample and caller may see it there: it then stands
	// to caller as access.Sampled. Nil where nothing is sampled.
	Sampled func(ctx context.Context, tx *store.Tx, caller access.Caller, row, sample string) (bool, error)

	// Find returns every sealed row of a record in its order.
	Find func(ctx context.Context, tx *store.Tx, authority string, record RecordID) ([]Sealed, error)

	// Export returns the declared fields of a row that lie outside sealed columns for now.
	Export func(ctx context.Context, tx *store.Tx, authority, row string) ([]Value, error)

	// Move is asked on the last day of a bucket, about the rows in it that were not settled. Those
	// that are not closed for good stay alive: it returns for each of them the moment from which
	// its retention counts as of now (now itself while it is open). A row that it does not name
	// ends with the bucket.
	Move func(ctx context.Context, tx *store.Tx, authority string, rows []string, now time.Time) (map[string]time.Time, error)

	// Erase deletes every row of the records, and what else tells of them.
	Erase func(ctx context.Context, tx *store.Tx, authority string, records []RecordID) error

	// Reclaim deletes at most limit rows of records whose keys are gone and returns how many it
	// deleted; fewer than limit means that nothing of them is left.
	Reclaim func(ctx context.Context, tx *store.Tx, authority string, records []RecordID, limit int) (int64, error)

	// Strays counts sealed rows whose record does not exist, for luukku verify. It may be nil.
	Strays func(ctx context.Context, tx *store.Tx, authority string) (int64, error)
}

// Bind registers a package. Bind before Start; a type bound twice or an incomplete binding is an
// error.
func (v *Vault) Bind(b Binding) error {
	if b.Type == "" || b.Groups == nil || b.Relate == nil || b.Find == nil || b.Export == nil ||
		b.Move == nil || b.Erase == nil || b.Reclaim == nil {
		return fmt.Errorf("vault: the binding %q is not complete", b.Type)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.started) > 0 {
		return errors.New("vault: bind before Start")
	}
	if _, twice := v.bindings[b.Type]; twice {
		return fmt.Errorf("vault: %q is bound twice", b.Type)
	}
	v.bindings[b.Type] = b
	return nil
}

// Bindings are those registered, by type, for checks.
func (v *Vault) Bindings() []Binding {
	v.mu.RLock()
	defer v.mu.RUnlock()
	all := make([]Binding, 0, len(v.bindings))
	for _, b := range v.bindings {
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b Binding) int { return cmp.Compare(a.Type, b.Type) })
	return all
}

func (v *Vault) binding(typ string) (Binding, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	b, ok := v.bindings[typ]
	if !ok {
		return Binding{}, fault.New(fault.Internal, "type-unbound", "type", typ)
	}
	return b, nil
}

// Unbound lists the groups, as "notice/group", of an authority's present notices in use that no
// package has bound.
func (v *Vault) Unbound(authority string, offers []notice.Offer) []string {
	var missing []string
	for _, n := range v.o.Shelf.CurrentAll(authority, v.today(authority)) {
		if !notice.InUse(n, offers) {
			continue
		}
		for _, g := range n.Groups {
			if !v.binds(n, g.ID) {
				missing = append(missing, n.ID+"/"+g.ID)
			}
		}
	}
	return missing
}

func (v *Vault) binds(n *notice.Notice, group string) bool {
	return slices.ContainsFunc(v.Bindings(), func(b Binding) bool { return slices.Contains(b.Groups(n), group) })
}

// EndsWithItsBucket is the Move of what is never open: no row outlives its last day.
func EndsWithItsBucket(context.Context, *store.Tx, string, []string, time.Time) (map[string]time.Time, error) {
	return nil, nil
}

// ReclaimEach deletes what belongs to one record after another, until limit rows are gone; for Binding.Reclaim.
func ReclaimEach(records []RecordID, limit int, remove func(RecordID) (int64, error)) (deleted int64, err error) {
	for _, record := range records {
		if deleted >= int64(limit) {
			break
		}
		n, err := remove(record)
		if err != nil {
			return deleted, err
		}
		deleted += n
	}
	return deleted, nil
}
