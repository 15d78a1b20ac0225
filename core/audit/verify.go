package audit

import (
	"context"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// The program's part that verifies, and the purpose that the notice declares for it.
const (
	verifyCaller  = "verify"
	verifyPurpose = "integrity"
)

// verifier walks one authority's log.
type verifier struct {
	log       *Log
	authority string
	entries   *vault.Entries
	today     notice.Day
	report    Report
}

// Verify walks every leaf of every tree of an authority, opens every entry that still lives,
// recomputes each tree from its leaves, and compares it with the checkpoints that the journal
// keeps. It is recorded as one entry of the program's part `verify` and reads in short
// transactions, so that a running program is not held up. An error means that it could not be
// done; what does not fit is in the report.
func (l *Log) Verify(ctx context.Context, authority string) (Report, error) {
	v := &verifier{log: l, authority: authority, today: l.today(authority)}
	v.report.Authority = authority
	for _, step := range []func(context.Context) error{v.begin, v.trees, v.unnumbered, v.strays} {
		if err := step(ctx); err != nil {
			return v.report, err
		}
	}
	return v.report, v.checkpoints(ctx)
}

// begin records that the log is read.
func (v *verifier) begin(ctx context.Context) error {
	caller := access.Caller{Authority: v.authority, Kind: access.Program, ID: verifyCaller}
	return v.log.db.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		v.entries, err = v.log.vault.BeginEntries(ctx, tx, caller, verifyPurpose, vault.Value{}, vault.Why{})
		return err
	})
}

// trees walks the authority's trees in their order.
func (v *verifier) trees(ctx context.Context) error {
	var numbers []int64
	err := v.log.db.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		numbers, err = store.Select(ctx, tx, qTrees, func(scan func(...any) error) (no int64, err error) {
			err = scan(&no)
			return no, err
		}, v.authority)
		return err
	})
	if err != nil {
		return err
	}
	for _, no := range numbers {
		if err := v.tree(ctx, no); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) tree(ctx context.Context, no int64) error {
	w := &walk{verifier: v, tree: TreeReport{No: no, Origin: v.log.origin(v.authority, no)}}
	for !w.done {
		var living []row
		var opened []*vault.Opened
		err := v.log.db.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			if living, err = w.chunk(ctx, tx); err == nil {
				opened, err = v.open(ctx, tx, living)
			}
			return err
		})
		if err != nil {
			return err
		}
		v.compare(no, living, opened)
	}
	v.beginning(w.tree)
	v.report.Trees = append(v.report.Trees, w.tree)
	return nil
}

// open opens rows; one that does not open is nil. When a whole chunk does not, each row is tried
// by itself to find which.
func (v *verifier) open(ctx context.Context, tx *store.Tx, rows []row) ([]*vault.Opened, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	opened, err := v.entries.Open(ctx, tx, sealedRows(v.authority, rows))
	if err == nil || fault.Is(err, fault.Busy) || len(rows) == 1 || ctx.Err() != nil {
		if err != nil && len(rows) == 1 && !fault.Is(err, fault.Busy) && ctx.Err() == nil {
			return []*vault.Opened{nil}, nil
		}
		return opened, err
	}
	half := len(rows) / 2
	first, err := v.open(ctx, tx, rows[:half])
	if err != nil {
		return nil, err
	}
	second, err := v.open(ctx, tx, rows[half:])
	return append(first, second...), err
}

// compare finds the rows that are not what their inner hash was made of.
func (v *verifier) compare(tree int64, rows []row, opened []*vault.Opened) {
	for i, r := range rows {
		if opened[i] == nil || !r.matches(opened[i]) {
			v.report.find(EntryAltered, tree, r.leaf, r.id)
		}
	}
}

// unnumbered compares the entries that the sequencer has not taken yet.
func (v *verifier) unnumbered(ctx context.Context) error {
	for after, full := "", true; full; {
		var rows []row
		var opened []*vault.Opened
		err := v.log.db.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			rows, err = store.Select(ctx, tx, qUnnumbered, scanRow, v.authority, string(v.today), after, tileWidth)
			if err == nil {
				opened, err = v.open(ctx, tx, rows)
			}
			return err
		})
		if err != nil {
			return err
		}
		v.compare(0, rows, opened)
		v.report.Waiting += int64(len(rows))
		if full = len(rows) == tileWidth; full {
			after = rows[len(rows)-1].id
		}
	}
	return nil
}

// strays finds rows that belong to no tree.
func (v *verifier) strays(ctx context.Context) error {
	return v.log.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		for kind, q := range map[string]store.Query{EntryStray: qStrayEntries, TileStray: qStrayTiles} {
			var n int64
			if err := tx.Row(ctx, q, v.authority).Scan(&n); err != nil {
				return err
			}
			if n > 0 {
				v.report.find(kind, 0, -1, "")
			}
		}
		return nil
	})
}
