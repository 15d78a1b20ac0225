package vault

import (
	"encoding/binary"

	"luukku/fault"
)

// version is the first byte of everything sealed and of what it is bound to. docs/format.md has
// the layout; core/vault/testdata has vectors.
const version = 1

// What a seal is for. It is the second byte of the associated data, so that no sealed thing can
// be taken for one of another use.
const (
	ofColumn = 'c'
	ofWrap   = 'w'
	ofToken  = 't'
	ofBlob   = 'b'
	ofSecret = 's'
)

const (
	keySize   = 32
	nonceSize = 12
	tagSize   = 16
	overhead  = 1 + nonceSize + tagSize
	macSize   = 16
)

// register names what a seal is bound to: permanent ids, never a name that may change.
type register struct{ authority, notice, group, typ string }

// appendAD appends the associated data: format version, use, and each id with its length before it.
func (r register) appendAD(b []byte, use byte, more ...string) []byte {
	b = append(b, version, use)
	b = appendID(b, r.authority)
	b = appendID(b, r.notice)
	b = appendID(b, r.group)
	b = appendID(b, r.typ)
	for _, id := range more {
		b = appendID(b, id)
	}
	return b
}

func appendID(b []byte, id string) []byte {
	b = binary.AppendUvarint(b, uint64(len(id)))
	return append(b, id...)
}

// appendField appends one field: number, length, bytes. Numbers and lengths are unsigned varints.
func appendField(b []byte, no uint16, text string) []byte {
	b = binary.AppendUvarint(b, uint64(no))
	b = binary.AppendUvarint(b, uint64(len(text)))
	return append(b, text...)
}

// nextField takes one field off plain. Numbers begin at 1 and rise.
func nextField(plain []byte, after uint16) (no uint16, text, rest []byte, err error) {
	n, plain, ok := uvarint(plain)
	if !ok || n <= uint64(after) || n > 0xffff {
		return 0, nil, nil, unreadable()
	}
	size, plain, ok := uvarint(plain)
	if !ok || size > uint64(len(plain)) {
		return 0, nil, nil, unreadable()
	}
	return uint16(n), plain[:size], plain[size:], nil
}

// uvarint reads a shortest-form unsigned varint of at most 32 bits.
func uvarint(s []byte) (n uint64, rest []byte, ok bool) {
	for i := 0; i < len(s) && i < 5; i++ {
		n |= uint64(s[i]&0x7f) << (7 * i)
		if s[i] < 0x80 {
			return n, s[i+1:], i == 0 || s[i] != 0
		}
	}
	return 0, nil, false
}

func unreadable() error { return fault.New(fault.Internal, "sealed-data-unreadable") }
