package store

import (
	"crypto/rand"
	"encoding/binary"
	"time"
)

// alphabet is Crockford's base 32 in lower case: its characters sort like the bits they stand for.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// NewID makes an id that nobody can guess: prefix, then 26 characters for 48 bits of wall clock in
// milliseconds and 80 random bits. Ids with one prefix sort by the millisecond they were made in.
func NewID(prefix string) string {
	var raw [16]byte
	rand.Read(raw[6:]) // never fails: the runtime ends the program instead
	ms := uint64(time.Now().UnixMilli())
	binary.BigEndian.PutUint16(raw[0:], uint16(ms>>32))
	binary.BigEndian.PutUint32(raw[2:], uint32(ms))
	return prefix + base32(raw)
}

// base32 writes 128 bits as 26 characters; the first one stands for three bits only.
func base32(raw [16]byte) string {
	high, low := binary.BigEndian.Uint64(raw[:8]), binary.BigEndian.Uint64(raw[8:])
	var text [26]byte
	for i := len(text) - 1; i >= 0; i-- {
		text[i] = alphabet[low&31]
		low = low>>5 | high<<59
		high >>= 5
	}
	return string(text[:])
}
