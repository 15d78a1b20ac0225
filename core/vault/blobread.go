package vault

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"luukku/core/access"
	"luukku/core/vault/blobs"
	"luukku/fault"
	"luukku/store"
)

// Blob is a blob with what it is bound to. Size is its length in clear, which its record tells.
type Blob struct {
	Authority string
	Record    RecordID
	ID        BlobID
	Size      int64
}

// OpenBlob authorises caller for purpose, records that the blob is opened, and opens it. It can be
// read once tx has committed, not before, and not past the end of its retention. Errors as Open;
// fault.NotFound also for a blob that is not the record's.
//
// On a refusal the caller must return the error from its transaction function at once.
func (v *Vault) OpenBlob(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, b Blob, why Why) (*OpenedBlob, error) {
	if b.Authority != caller.Authority {
		return nil, notFound()
	}
	r, err := v.recordShared(ctx, tx, b.Authority, b.Record)
	if err != nil {
		return nil, err
	}
	var id string
	if err := tx.Row(ctx, qBlobOf, b.Authority, string(b.Record), string(b.ID)).Scan(&id); err != nil {
		return nil, err
	}
	if err := v.admit(ctx, tx, caller, purpose, why, ActionOpenBlob, r); err != nil {
		return nil, err
	}
	key, err := v.recordKey(r)
	if err != nil {
		return nil, err
	}
	return &OpenedBlob{v: v, r: r, key: key, blob: b, outcome: tx.Outcome()}, nil
}

// OpenedBlob is a blob that may be read after the commit. It shows nothing of itself when printed.
type OpenedBlob struct {
	v       *Vault
	r       *record
	key     *recordKey
	blob    Blob
	outcome *store.Outcome
}

// Size is the blob's length in bytes.
func (o *OpenedBlob) Size() int64 { return o.blob.Size }

// WriteTo implements io.WriterTo: the whole blob, a segment at a time.
func (o *OpenedBlob) WriteTo(w io.Writer) (int64, error) { return o.WriteRange(w, 0, o.blob.Size) }

// WriteRange writes length bytes from off on. Errors: fault.Internal "not-committed" before the commit,
// fault.Gone when its retention ends meanwhile, fault.Internal "sealed-data-unreadable" where the blob
// is damaged, fault.Busy "storage-unavailable" where it is not there; what was written before is right.
func (o *OpenedBlob) WriteRange(w io.Writer, off, length int64) (written int64, err error) {
	if !o.outcome.Committed() {
		return 0, fault.New(fault.Internal, "not-committed")
	}
	if off < 0 || length < 0 || off > o.blob.Size-length {
		return 0, fault.New(fault.Internal, "blob-range")
	}
	s, err := o.v.segments(o.r, o.key, o.blob.ID, o.blob.Size)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	for written < length {
		if o.r.bucket.ended(o.v.now()) {
			return written, retentionEnded()
		}
		plain, err := s.at(off + written)
		if err != nil {
			return written, err
		}
		n, err := w.Write(plain[:min(int64(len(plain)), length-written)])
		written += int64(n)
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

// Format implements fmt.Formatter for every verb.
func (OpenedBlob) Format(f fmt.State, _ rune) { io.WriteString(f, placeholder) }

// LogValue implements slog.LogValuer.
func (OpenedBlob) LogValue() slog.Value { return slog.StringValue(placeholder) }

// MarshalText implements encoding.TextMarshaler.
func (OpenedBlob) MarshalText() ([]byte, error) { return []byte(placeholder), nil }

// segments reads a blob by its segments and keeps the one that was opened last.
type segments struct {
	file   blobs.Reader
	r      *record
	key    *recordKey
	id     BlobID
	size   int64
	number int64 // of the segment in plain, -1 for none
	plain  []byte
	sealed []byte
	ad     []byte
}

func (v *Vault) segments(r *record, key *recordKey, id BlobID, size int64) (*segments, error) {
	if v.o.Blobs == nil {
		return nil, noStore()
	}
	file, err := v.o.Blobs.Open(r.authority, string(id))
	if err != nil {
		return nil, lost(err)
	}
	return &segments{file: file, r: r, key: key, id: id, size: size, number: -1,
		plain: make([]byte, 0, segmentSize), sealed: make([]byte, sealedSegment)}, nil
}

// at is what the segment that holds off has from there on.
func (s *segments) at(off int64) ([]byte, error) {
	number := off / segmentSize
	if number != s.number {
		if err := s.open(number); err != nil {
			return nil, err
		}
	}
	return s.plain[off-number*segmentSize:], nil
}

func (s *segments) open(number int64) error {
	s.number = -1
	sealed := s.sealed[:segmentLength(s.size, number)+overhead]
	if n, err := s.file.ReadAt(sealed, number*sealedSegment); n < len(sealed) {
		if errors.Is(err, io.EOF) {
			return unreadable()
		}
		return lost(err)
	}
	if sealed[0] != version {
		return unreadable()
	}
	s.ad = s.r.appendSegmentAD(s.ad[:0], s.id, number, number == lastSegment(s.size))
	plain, err := s.key.aead.Open(s.plain[:0], nil, sealed[1:], s.ad)
	if err != nil {
		return unreadable()
	}
	s.plain, s.number = plain, number
	return nil
}

// readAt implements io.ReaderAt over what is in clear.
func (s *segments) readAt(p []byte, off int64) (n int, err error) {
	for n < len(p) {
		if off+int64(n) >= s.size {
			return n, io.EOF
		}
		plain, err := s.at(off + int64(n))
		if err != nil {
			return n, err
		}
		n += copy(p[n:], plain)
	}
	return n, nil
}

// Close forgets what is in clear.
func (s *segments) Close() error {
	clear(s.plain[:cap(s.plain)])
	return s.file.Close()
}
