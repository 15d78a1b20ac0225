package vault

import (
	"encoding/binary"

	"luukku/fault"
)

// BlobID names a blob: what is too large for a row, sealed in segments under its record's key. It is
// also the name under which the blob lies in its store, so it tells nothing.
type BlobID string

// segmentSize is how much of a blob is sealed at a time; the last segment may be shorter.
const segmentSize = 64 << 10

// sealedSegment is what a whole segment takes in the store.
const sealedSegment = segmentSize + overhead

const blobPrefix = "f_"

// blobName names a blob within its authority.
type blobName struct {
	authority string
	id        BlobID
}

// appendSegmentAD appends what one segment of a blob is bound to: its number from 0, and whether it is
// the last one, so that no segment can be left out, moved or cut off at the end.
func (r register) appendSegmentAD(b []byte, id BlobID, number int64, last bool) []byte {
	b = r.appendAD(b, ofBlob, string(id))
	b = binary.AppendUvarint(b, uint64(number))
	if last {
		return append(b, 1)
	}
	return append(b, 0)
}

// lastSegment is the number of the last segment of a blob of size bytes; an empty blob has one.
func lastSegment(size int64) int64 { return max(size-1, 0) / segmentSize }

// segmentLength is how many bytes of a blob of size bytes a segment holds.
func segmentLength(size, number int64) int64 { return min(segmentSize, size-number*segmentSize) }

// noStore is the fault of a vault that was given nowhere to keep blobs.
func noStore() error { return fault.New(fault.Busy, "blobs-unavailable") }

// lost is the fault of a store that cannot be read or written now.
func lost(err error) error { return fault.New(fault.Busy, "storage-unavailable").Wrap(err) }
