package audit

import (
	"encoding/binary"

	"golang.org/x/mod/sumdb/tlog"

	"luukku/fault"
)

// Tiles are C2SP tlog-tiles' own: 256 hashes wide, and the leaves' data in bundles of 256, each
// with its length in front. Whoever mirrors the table can serve it as a static log.
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
	bundle     = -1 // the level that holds leaves' data instead of hashes
)

// tileKey names a tile of one tree whatever its width.
type tileKey struct {
	level int
	n     int64
}

// tiles are the tiles of one tree that were read or made so far. load fetches one that is not
// there yet; a tile that the table does not have is empty.
type tiles struct {
	load  func(tileKey) ([]byte, error)
	have  map[tileKey][]byte
	fresh map[int64]tlog.Hash // made in this append, by stored index
}

func newTiles(load func(tileKey) ([]byte, error)) *tiles {
	return &tiles{load: load, have: map[tileKey][]byte{}, fresh: map[int64]tlog.Hash{}}
}

func (t *tiles) get(k tileKey) ([]byte, error) {
	if data, ok := t.have[k]; ok {
		return data, nil
	}
	data, err := t.load(k)
	if err != nil {
		return nil, err
	}
	t.have[k] = data
	return data, nil
}

// ReadHashes implements tlog.HashReader.
func (t *tiles) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		h, err := t.hash(index)
		if err != nil {
			return nil, err
		}
		hashes[i] = h
	}
	return hashes, nil
}

func (t *tiles) hash(index int64) (tlog.Hash, error) {
	if h, ok := t.fresh[index]; ok {
		return h, nil
	}
	tile := tlog.TileForIndex(tileHeight, index)
	data, err := t.get(tileKey{tile.L, tile.N})
	if err != nil {
		return tlog.Hash{}, err
	}
	if len(data) < tile.W*tlog.HashSize {
		return tlog.Hash{}, fault.New(fault.Internal, "audit-tile-missing", "tile", tile.Path())
	}
	tile.W = len(data) / tlog.HashSize
	h, err := tlog.HashFromTile(tile, data, index)
	if err != nil {
		return tlog.Hash{}, fault.New(fault.Internal, "audit-tile-unreadable", "tile", tile.Path()).Wrap(err)
	}
	return h, nil
}

// append adds the leaves' data after the first size leaves and returns the tiles that changed:
// those to be written, each with its whole content.
func (t *tiles) append(size int64, leaves [][]byte) (map[tileKey][]byte, error) {
	changed := map[tileKey][]byte{}
	for i, data := range leaves {
		n := size + int64(i)
		if err := t.appendHash(n, LeafHash(data)); err != nil {
			return nil, err
		}
		k := tileKey{bundle, n / tileWidth}
		have, ok := changed[k]
		if !ok {
			old, err := t.get(k)
			if err != nil {
				return nil, err
			}
			have = append([]byte(nil), old...)
		}
		changed[k] = appendBundle(have, data)
	}
	return changed, t.settle(changed, size, size+int64(len(leaves)))
}

func (t *tiles) appendHash(n int64, h tlog.Hash) error {
	hashes, err := tlog.StoredHashesForRecordHash(n, h, t)
	if err != nil {
		return err
	}
	first := tlog.StoredHashIndex(0, n)
	for i, h := range hashes {
		t.fresh[first+int64(i)] = h
	}
	return nil
}

// settle works out the hash tiles that growing from one size to another changed, and keeps all
// changed tiles for later reads.
func (t *tiles) settle(changed map[tileKey][]byte, from, to int64) error {
	for _, tile := range tlog.NewTiles(tileHeight, from, to) {
		data, err := tlog.ReadTileData(tile, t)
		if err != nil {
			return err
		}
		changed[tileKey{tile.L, tile.N}] = data
	}
	for k, data := range changed {
		t.have[k] = data
	}
	clear(t.fresh)
	return nil
}

// appendBundle adds one leaf's data to a bundle: two bytes of length, then the data.
func appendBundle(bundle, data []byte) []byte {
	bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(data)))
	return append(bundle, data...)
}

// splitBundle returns the leaves' data of a bundle, or fault.Invalid if its lengths do not add up.
func splitBundle(bundle []byte) ([][]byte, error) {
	var leaves [][]byte
	for len(bundle) > 0 {
		if len(bundle) < 2 {
			return nil, fault.New(fault.Invalid, "audit-bundle-unreadable")
		}
		n := int(binary.BigEndian.Uint16(bundle))
		if len(bundle) < 2+n {
			return nil, fault.New(fault.Invalid, "audit-bundle-unreadable")
		}
		leaves, bundle = append(leaves, bundle[2:2+n]), bundle[2+n:]
	}
	return leaves, nil
}
