package audit

import (
	"crypto/sha256"
	"encoding/binary"

	"golang.org/x/mod/sumdb/tlog"

	"luukku/core/notice"
	"luukku/fault"
)

// What a leaf's first byte says it is.
const (
	leafEntry  = 0x01 // expiry ‖ inner hash of an entry
	leafOrigin = 0x02 // text of an accepted gap, see gap.go
)

// entryLabel begins the inner hash's input. Its first byte differs from RFC 6962's 0x00 (leaf)
// and 0x01 (node), so no hash of one kind can be taken for another.
const entryLabel = "luukku audit entry v1\n"

const (
	saltSize      = 32
	daySize       = len("2006-01-02")
	entryLeafSize = 1 + daySize + sha256.Size
)

// Committed is what a leaf commits to: an entry and what is stored beside it in the same row.
type Committed struct {
	Salt     [saltSize]byte // random; it ends with the entry
	ID       string
	ActorMac []byte
	RowMac   []byte // empty for an entry that is about no row
	Entry    []byte // the fields, as vault encodes them
}

// Inner returns SHA-256(label ‖ salt ‖ lp(id) ‖ lp(actor mac) ‖ lp(row mac) ‖ entry), where lp puts
// a length of four bytes, big-endian, in front. It outlives the entry; without the salt nobody can
// try out entries against it.
func (c Committed) Inner() [sha256.Size]byte {
	h := sha256.New()
	h.Write([]byte(entryLabel))
	h.Write(c.Salt[:])
	for _, part := range [][]byte{[]byte(c.ID), c.ActorMac, c.RowMac} {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		h.Write(part)
	}
	h.Write(c.Entry)
	return [sha256.Size]byte(h.Sum(nil))
}

// plain is what is sealed: salt ‖ entry.
func (c Committed) plain() []byte { return append(append([]byte(nil), c.Salt[:]...), c.Entry...) }

// committed takes a sealed entry's plaintext apart; what stands beside it in the row is left out.
func committed(plain []byte) (c Committed, ok bool) {
	if len(plain) < saltSize {
		return c, false
	}
	return Committed{Salt: [saltSize]byte(plain), Entry: plain[saltSize:]}, true
}

// LeafData returns the 43 bytes that an entry leaves in the tree for good:
// 0x01 ‖ expiry as YYYY-MM-DD ‖ inner. The leaf's hash is RFC 6962's: SHA-256(0x00 ‖ data).
func LeafData(expiry notice.Day, inner [sha256.Size]byte) []byte {
	data := make([]byte, 0, entryLeafSize)
	data = append(data, leafEntry)
	data = append(data, expiry...)
	return append(data, inner[:]...)
}

// LeafHash returns the hash of a leaf's data as the tree holds it.
func LeafHash(data []byte) tlog.Hash { return tlog.RecordHash(data) }

// leaf is one leaf taken apart: an entry's expiry and inner hash, or an origin's text.
type leaf struct {
	kind   byte
	expiry notice.Day
	inner  [sha256.Size]byte
	origin string
}

// parseLeaf takes a leaf's data apart. It returns fault.Invalid for anything that LeafData and
// AcceptGap do not make.
func parseLeaf(data []byte) (leaf, error) {
	switch {
	case len(data) == entryLeafSize && data[0] == leafEntry:
		return leaf{
			kind:   leafEntry,
			expiry: notice.Day(data[1 : 1+daySize]),
			inner:  [sha256.Size]byte(data[1+daySize:]),
		}, nil
	case len(data) > 1 && data[0] == leafOrigin:
		return leaf{kind: leafOrigin, origin: string(data[1:])}, nil
	}
	return leaf{}, fault.New(fault.Invalid, "audit-leaf-unreadable")
}
