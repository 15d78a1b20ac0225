package audit

import (
	"context"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"luukku/fault"
	"luukku/store"
)

// tree is the row of one tree: its number, how many leaves it has, and who may number the next
// ones until when.
type tree struct {
	authority  string
	no         int64
	size       int64
	holder     string
	leaseUntil int64
}

// origin is the name under which a tree's checkpoints are signed.
func (l *Log) origin(authority string, no int64) string {
	return l.name + "/" + authority + "/audit/" + strconv.FormatInt(no, 10)
}

// lastTree returns the tree that grows. A new authority has none yet: number 0.
func lastTree(ctx context.Context, tx *store.Tx, q store.Query, authority string) (tree, error) {
	t := tree{authority: authority}
	err := tx.Row(ctx, q, authority).Scan(&t.no, &t.size, &t.holder, &t.leaseUntil)
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return t, err
}

// tilesOf reads a tree's tiles as they are asked for.
func tilesOf(ctx context.Context, tx *store.Tx, authority string, no int64) *tiles {
	return newTiles(func(k tileKey) ([]byte, error) {
		return readTile(ctx, tx, authority, no, k)
	})
}

// readTile returns a tile's content, nothing for a tile that is not there.
func readTile(ctx context.Context, tx *store.Tx, authority string, no int64, k tileKey) ([]byte, error) {
	var data []byte
	err := tx.Row(ctx, qTile, authority, no, k.level, k.n).Scan(&data)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return data, err
}

// head returns what a checkpoint of the tree's first size leaves says.
func (l *Log) head(ctx context.Context, tx *store.Tx, authority string, no, size int64) (Head, error) {
	root, err := tlog.TreeHash(size, tilesOf(ctx, tx, authority, no))
	if err != nil {
		return Head{}, err
	}
	return Head{Origin: l.origin(authority, no), Size: size, Root: root}, nil
}

// begin makes the row of an empty tree.
func (t *tree) begin(ctx context.Context, tx *store.Tx, no int64) error {
	t.no, t.size = no, 0
	_, err := tx.Exec(ctx, qTreeInsert, t.authority, t.no, t.holder, t.leaseUntil)
	return err
}

// grow adds leaves to the tree and notes its holder, in the caller's transaction.
func (t *tree) grow(ctx context.Context, tx *store.Tx, leaves [][]byte) error {
	changed, err := tilesOf(ctx, tx, t.authority, t.no).append(t.size, leaves)
	if err != nil {
		return err
	}
	for k, data := range changed {
		if _, err := tx.Exec(ctx, qTilePut, t.authority, t.no, k.level, k.n, data); err != nil {
			return err
		}
	}
	t.size += int64(len(leaves))
	_, err = tx.Exec(ctx, qTreeGrow, t.size, t.holder, t.leaseUntil, t.authority, t.no)
	return err
}
