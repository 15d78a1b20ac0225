package vault

import (
	"context"
	"io"

	"luukku/core/vault/blobs"
	"luukku/fault"
	"luukku/store"
)

// BlobWriter seals one blob as it is written. It holds one segment in memory, and outlives the
// transaction in which its Writer was made, so that a slow sender holds no lock. It belongs to one
// goroutine. Whoever made it must Attach it or Discard it.
type BlobWriter struct {
	v      *Vault
	r      *record
	key    *recordKey
	name   blobName
	file   blobs.File
	plain  []byte // of the segment that is being filled
	sealed []byte // room for it, sealed
	ad     []byte
	size   int64
	number int64
	done   bool
	named  bool
}

// NewBlob begins a blob of the record that w writes. Errors: fault.Busy "blobs-unavailable" and
// "storage-unavailable".
func (w *Writer) NewBlob() (*BlobWriter, error) {
	if w.v.o.Blobs == nil {
		return nil, noStore()
	}
	b := &BlobWriter{v: w.v, r: w.r, key: w.key, name: blobName{w.r.authority, BlobID(store.NewID(blobPrefix))},
		plain: make([]byte, 0, segmentSize), sealed: make([]byte, 0, sealedSegment)}
	w.v.writing.Store(b.name, true)
	var err error
	if b.file, err = w.v.o.Blobs.Create(b.name.authority, string(b.name.id)); err != nil {
		w.v.writing.Delete(b.name)
		return nil, lost(err)
	}
	return b, nil
}

// Another begins a second blob of the same record: what is made out of the first.
func (b *BlobWriter) Another() (*BlobWriter, error) {
	return (&Writer{v: b.v, r: b.r, key: b.key}).NewBlob()
}

// ID is the blob's id.
func (b *BlobWriter) ID() BlobID { return b.name.id }

// Size is how many bytes were written.
func (b *BlobWriter) Size() int64 { return b.size }

// Write implements io.Writer. A segment is sealed when it is known that another one follows.
func (b *BlobWriter) Write(p []byte) (n int, err error) {
	for n < len(p) {
		if len(b.plain) == segmentSize {
			if err := b.segment(false); err != nil {
				return n, err
			}
		}
		took := min(segmentSize-len(b.plain), len(p)-n)
		b.plain = append(b.plain, p[n:n+took]...)
		n, b.size = n+took, b.size+int64(took)
	}
	return n, nil
}

func (b *BlobWriter) segment(last bool) error {
	b.ad = b.r.appendSegmentAD(b.ad[:0], b.name.id, b.number, last)
	b.sealed = b.key.aead.Seal(append(b.sealed[:0], version), nil, b.plain, b.ad)
	clear(b.plain)
	b.plain = b.plain[:0]
	b.number++
	if _, err := b.file.Write(b.sealed); err != nil {
		return lost(err)
	}
	return nil
}

// Close seals the last segment and makes the blob durable.
func (b *BlobWriter) Close() error {
	if err := b.segment(true); err != nil {
		return err
	}
	b.done = true
	if err := b.file.Commit(); err != nil {
		return lost(err)
	}
	return nil
}

// Check gives what was written to who looks it through before it is attached: the program reads what
// it has just been given, and nobody is shown it. Close the result.
func (b *BlobWriter) Check() (*BlobCheck, error) {
	if !b.done || b.named {
		return nil, fault.New(fault.Internal, "blob-not-checkable")
	}
	s, err := b.v.segments(b.r, b.key, b.name.id, b.size)
	return &BlobCheck{s}, err
}

// BlobCheck reads a blob that nothing names yet.
type BlobCheck struct{ *segments }

// ReadAt implements io.ReaderAt.
func (c *BlobCheck) ReadAt(p []byte, off int64) (int, error) { return c.readAt(p, off) }

// Reader reads it from its beginning.
func (c *BlobCheck) Reader() *io.SectionReader { return io.NewSectionReader(c, 0, c.size) }

// Discard removes a blob that nothing will name. After Attach and a commit it does nothing.
func (b *BlobWriter) Discard() {
	if b.named {
		return
	}
	if !b.done {
		b.file.Abort()
	}
	if err := b.v.o.Blobs.Remove(b.name.authority, string(b.name.id)); err != nil {
		b.v.o.Log.Warn("a blob that nothing names was not removed; the next look does it", "reason", err.Error())
	}
	b.v.writing.Delete(b.name)
}

// Attach writes the row that names a closed blob. It must be of the record that w writes.
func (w *Writer) Attach(ctx context.Context, tx *store.Tx, b *BlobWriter) error {
	if !b.done || b.named || b.r.id != w.r.id || b.r.register != w.r.register {
		return fault.New(fault.Internal, "blob-not-attachable")
	}
	if _, err := tx.Exec(ctx, qBlobAdd, w.r.authority, string(b.name.id), string(w.r.id)); err != nil {
		return err
	}
	tx.OnCommit(func() {
		b.named = true
		w.v.writing.Delete(b.name)
	})
	return nil
}

// Blobs counts the blobs of the record.
func (w *Writer) Blobs(ctx context.Context, tx *store.Tx) (n int64, err error) {
	return n, tx.Row(ctx, qBlobsCount, w.r.authority, string(w.r.id)).Scan(&n)
}
