package vault

import (
	"context"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
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

	// Find returns every sealed row of a record in its order.
	Find func(ctx context.Context, tx *store.Tx, authority string, record RecordID) ([]Sealed, error)

	// Export returns the declared fields of a row that lie outside sealed columns for now.
	Export func(ctx context.Context, tx *store.Tx, authority, row string) ([]Value, error)

	// Move is asked on the last day of a bucket: of rows, those that are not closed for good stay
	// alive. It returns for each of them the moment from which its retention counts as of now (now
	// itself while it is open); a row that it does not name ends with the bucket.
	Move func(ctx context.Context, tx *store.Tx, authority string, rows []string, now time.Time) (map[string]time.Time, error)

	// Erase deletes every row of the records, and what else tells of them.
	Erase func(ctx context.Context, tx *store.Tx, authority string, records []RecordID) error

	// Reclaim deletes at most limit rows of records whose keys are gone and returns how many it
	// deleted; fewer than limit means that nothing of them is left.
	Reclaim func(ctx context.Context, tx *store.Tx, authority string, records []RecordID, limit int) (int64, error)
}

// Bind registers a package. Bind before Start; a type bound twice or an incomplete binding is an
// error.
func (v *Vault) Bind(b Binding) error { return notBuilt() }

// Bindings are those registered, by type, for checks.
func (v *Vault) Bindings() []Binding { return nil }

// Unbound lists the groups of the shelf's current notices in use that no package has bound.
func (v *Vault) Unbound(authority string, offers []notice.Offer) []string { return nil }
