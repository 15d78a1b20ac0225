package audit

import (
	"bytes"
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"luukku/store"
)

// walk recomputes one tree from its leaves, a bundle at a time. It holds one tile of each level,
// whatever the tree's size.
type walk struct {
	*verifier
	tree TreeReport
	n    int64  // the next bundle
	edge []edge // by tile level: the tile that is being filled
	done bool
}

// edge is the rightmost tile of a level as it follows from the leaves.
type edge struct {
	n    int64
	data []byte
}

// chunk walks one bundle in a snapshot and returns the rows that must open. The last bundle is
// walked in the same snapshot as the tree's size and the tiles on its right edge, so that a tree
// that grows meanwhile is compared with itself.
func (w *walk) chunk(ctx context.Context, tx *store.Tx) ([]row, error) {
	if err := tx.Row(ctx, qTreeSize, w.authority, w.tree.No).Scan(&w.tree.Size); err != nil {
		return nil, err
	}
	data, err := w.read(ctx, tx, tileKey{bundle, w.n})
	if err != nil {
		return nil, err
	}
	from := w.n * tileWidth
	rows, err := store.Select(ctx, tx, qLeafEntries, scanRow, w.authority, w.tree.No, from, from+tileWidth)
	if err != nil {
		return nil, err
	}
	living := w.leaves(data, rows)
	if err := w.tiles(ctx, tx); err != nil {
		return nil, err
	}
	w.n++
	// Beyond a bundle that is missing there is nothing to compare, however large the tree says it is.
	missing := len(data) == 0 && w.n*tileWidth <= w.tree.Size
	if w.done = missing || w.n*tileWidth > w.tree.Size; w.done {
		return living, w.finish(ctx, tx)
	}
	return living, nil
}

func (w *walk) read(ctx context.Context, tx *store.Tx, k tileKey) ([]byte, error) {
	return readTile(ctx, tx, w.authority, w.tree.No, k)
}

// leaves compares a bundle with its rows and adds its leaves to the tree.
func (w *walk) leaves(data []byte, rows []row) []row {
	parts, err := splitBundle(data)
	from := w.n * tileWidth
	if want := min(tileWidth, max(0, w.tree.Size-from)); err != nil || int64(len(parts)) != want {
		w.report.find(LeafUnreadable, w.tree.No, from, "")
	}
	byLeaf := map[int64]row{}
	for _, r := range rows {
		byLeaf[r.leaf] = r
	}
	var living []row
	for i, part := range parts {
		n := from + int64(i)
		w.push(0, LeafHash(part))
		if r, ok := w.leaf(n, part, byLeaf); ok {
			living = append(living, r)
		}
	}
	return living
}

// leaf compares one leaf with its row and returns the row if it must open.
func (w *walk) leaf(n int64, data []byte, rows map[int64]row) (row, bool) {
	l, err := parseLeaf(data)
	r, there := rows[n]
	switch {
	case err != nil:
		w.report.find(LeafUnreadable, w.tree.No, n, "")
		return r, false
	case l.kind == leafOrigin:
		w.origin(n, l.origin)
		return r, false
	case l.expiry < w.today:
		w.tree.Ended++
	default:
		w.tree.Living++
		if !there {
			w.report.find(EntryMissing, w.tree.No, n, "")
		}
	}
	if there && (r.expiry != l.expiry || !bytes.Equal(r.inner, l.inner[:])) {
		w.report.find(EntryAltered, w.tree.No, n, r.id)
		return r, false
	}
	return r, there && l.expiry >= w.today
}

// origin reads the leaf that tells of an accepted gap; only a tree's first leaf can be one.
func (w *walk) origin(n int64, text string) {
	gap, err := parseGap(text)
	if n != 0 || err != nil {
		w.report.find(LeafUnreadable, w.tree.No, n, "")
		return
	}
	w.tree.Gap = &gap
}

// push adds a hash to a tile level.
func (w *walk) push(level int, h tlog.Hash) {
	for len(w.edge) <= level {
		w.edge = append(w.edge, edge{})
	}
	w.edge[level].data = append(w.edge[level].data, h[:]...)
}

// tiles compares each tile that is full with the table and hands its root to the level above.
func (w *walk) tiles(ctx context.Context, tx *store.Tx) error {
	for level := 0; level < len(w.edge); level++ {
		e := &w.edge[level]
		if len(e.data) < tileWidth*tlog.HashSize {
			break
		}
		if err := w.same(ctx, tx, level, *e); err != nil {
			return err
		}
		w.push(level+1, tileRoot(e.data))
		w.edge[level] = edge{n: w.edge[level].n + 1}
	}
	return nil
}

// same compares a tile with the table's.
func (w *walk) same(ctx context.Context, tx *store.Tx, level int, e edge) error {
	stored, err := w.read(ctx, tx, tileKey{level, e.n})
	if err == nil && !bytes.Equal(stored, e.data) {
		w.report.find(TileDiffers, w.tree.No, -1, tlog.Tile{H: tileHeight, L: level, N: e.n, W: max(1, len(e.data)/tlog.HashSize)}.Path())
	}
	return err
}

// tileRoot is the hash of a full tile's subtree.
func tileRoot(data []byte) tlog.Hash {
	if len(data) == tlog.HashSize {
		return tlog.Hash(data)
	}
	half := len(data) / 2
	return tlog.NodeHash(tileRoot(data[:half]), tileRoot(data[half:]))
}

// finish compares the right edge, computes the root, and looks for what lies beyond the tree.
func (w *walk) finish(ctx context.Context, tx *store.Tx) error {
	have := map[tileKey][]byte{}
	for level, e := range w.edge {
		if err := w.same(ctx, tx, level, e); err != nil {
			return err
		}
		have[tileKey{level, e.n}] = e.data
	}
	root, err := tlog.TreeHash(w.tree.Size, newTiles(func(k tileKey) ([]byte, error) { return have[k], nil }))
	if err == nil {
		w.tree.Root = root // otherwise the leaves did not add up, which is found already
	}
	if err := w.beyond(ctx, tx); err != nil {
		return err
	}
	return w.counts(ctx, tx)
}

func (w *walk) beyond(ctx context.Context, tx *store.Tx) error {
	var n int64
	err := tx.Row(ctx, qBeyond, w.authority, w.tree.No, w.tree.Size).Scan(&n)
	if err == nil && n > 0 {
		w.report.find(EntryStray, w.tree.No, -1, "")
	}
	return err
}

// counts makes sure that the table has each level's tiles and no more.
func (w *walk) counts(ctx context.Context, tx *store.Tx) error {
	return tx.Each(ctx, qTileCounts, func(scan func(...any) error) error {
		var level, count, last int64
		if err := scan(&level, &count, &last); err != nil {
			return err
		}
		if want := tilesAt(int(level), w.tree.Size); count != want || last != want-1 {
			w.report.find(TileStray, w.tree.No, -1, "")
		}
		return nil
	}, w.authority, w.tree.No)
}

// tilesAt is how many tiles a tree of a size has at a level.
func tilesAt(level int, size int64) int64 {
	if level < bundle || level > 63/tileHeight {
		return 0
	}
	hashes := size >> (tileHeight * max(0, level))
	return (hashes + tileWidth - 1) / tileWidth
}
