package audit

import (
	"bytes"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// naive keeps every hash of a tree, as tlog's documentation does it.
type naive []tlog.Hash

func (n naive) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = n[index]
	}
	return hashes, nil
}

func (n *naive) add(t *rapid.T, i int64, data []byte) {
	hashes, err := tlog.StoredHashes(i, data, *n)
	if err != nil {
		t.Fatal(err)
	}
	*n = append(*n, hashes...)
}

func TestTilesHoldTheSameTreeAsEveryHashKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := map[tileKey][]byte{}
		load := func(k tileKey) ([]byte, error) { return table[k], nil }
		var all naive
		var leaves [][]byte
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 400), 1, 6).Draw(t, "batches") {
			size := int64(len(leaves))
			batch := make([][]byte, n)
			for i := range batch {
				batch[i] = []byte{byte(size), byte(size >> 8), byte(i), byte(i >> 8)}
				all.add(t, size+int64(i), batch[i])
			}
			changed, err := newTiles(load).append(size, batch)
			if err != nil {
				t.Fatal(err)
			}
			for k, data := range changed {
				table[k] = data
			}
			leaves = append(leaves, batch...)
		}
		sameTree(t, table, all, leaves)
	})
}

func sameTree(t *rapid.T, table map[tileKey][]byte, all naive, leaves [][]byte) {
	reader := newTiles(func(k tileKey) ([]byte, error) { return table[k], nil })
	for size := int64(1); size <= int64(len(leaves)); size += 1 + size/7 {
		want, _ := tlog.TreeHash(size, all)
		got, err := tlog.TreeHash(size, reader)
		if err != nil || got != want {
			t.Fatalf("size %d: root %v, want %v (%v)", size, got, want, err)
		}
	}
	for i, data := range leaves {
		part, err := splitBundle(table[tileKey{bundle, int64(i) / tileWidth}])
		if err != nil || !bytes.Equal(part[i%tileWidth], data) {
			t.Fatalf("leaf %d is not in its bundle (%v)", i, err)
		}
	}
}

func TestABrokenBundleIsRefused(t *testing.T) {
	good := appendBundle(appendBundle(nil, []byte("one")), []byte("three"))
	for cut := 1; cut < len(good); cut++ {
		if parts, err := splitBundle(good[:cut]); err == nil && cut != 5 {
			t.Errorf("%d bytes gave %q", cut, parts)
		}
	}
	if parts, err := splitBundle(good); err != nil || len(parts) != 2 {
		t.Errorf("whole bundle: %q, %v", parts, err)
	}
}
