package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"luukku/core/access"
	"luukku/core/vault/blobs"
	"luukku/fault"
	"luukku/store"
)

// shelf is a folder of blobs whose disk can be full.
type shelf struct {
	*blobs.Folder
	full error
}

func (s *shelf) Create(authority, id string) (blobs.File, error) {
	f, err := s.Folder.Create(authority, id)
	return &fullFile{f, s}, err
}

type fullFile struct {
	blobs.File
	s *shelf
}

func (f *fullFile) Write(p []byte) (int, error) {
	if f.s.full != nil {
		return 0, f.s.full
	}
	return f.File.Write(p)
}

// blobContent are the bytes of the vectors.
func blobContent(size int) []byte {
	b := make([]byte, size)
	for i := range b {
		b[i] = byte(i*7 + i/251)
	}
	return b
}

// newBlob begins a blob of a chat, in a transaction of its own.
func (w *world) newBlob(ch *chat) (b *BlobWriter) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error {
		writer, err := w.v.Writer(ctx, tx, "dvv", ch.record)
		if err != nil {
			return err
		}
		b, err = writer.NewBlob()
		return err
	})
	return b
}

// written is a closed blob that nothing names.
func (w *world) written(ch *chat, content []byte) *BlobWriter {
	w.t.Helper()
	b := w.newBlob(ch)
	n, err := io.Copy(b, onlyReader{bytes.NewReader(content)})
	must(w.t, err)
	must(w.t, b.Close())
	if n != int64(len(content)) || b.Size() != n {
		w.t.Fatal("wrote", n, b.Size())
	}
	return b
}

type onlyReader struct{ io.Reader }

func (w *world) attach(ch *chat, b *BlobWriter) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error {
		writer, err := w.v.Writer(ctx, tx, "dvv", ch.record)
		if err != nil {
			return err
		}
		return writer.Attach(ctx, tx, b)
	})
}

// keep stores a blob of a chat.
func (w *world) keep(ch *chat, content []byte) Blob {
	w.t.Helper()
	b := w.written(ch, content)
	w.attach(ch, b)
	return Blob{"dvv", ch.record, b.ID(), b.Size()}
}

func (w *world) openBlob(caller access.Caller, b Blob) (opened *OpenedBlob, err error) {
	err = w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		opened, err = w.v.OpenBlob(ctx, tx, caller, "answer", b, Why{})
		return err
	})
	return opened, err
}

// content reads a blob as its adviser.
func (w *world) content(b Blob) ([]byte, error) {
	opened, err := w.openBlob(adviser, b)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = opened.WriteTo(&out)
	return out.Bytes(), err
}

func (w *world) blobPath(b Blob) string { return filepath.Join(w.dir, "blobs", "dvv", string(b.ID)) }

func (w *world) stored(b Blob) bool {
	_, err := os.Stat(w.blobPath(b))
	return err == nil
}

// What is written comes out again, whole and in any range, and lies in its file sealed.
func TestABlobComesOutAsItWentIn(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		for _, size := range []int{0, 1, segmentSize - 1, segmentSize, segmentSize + 1, 3*segmentSize + 17} {
			content := blobContent(size)
			b := w.keep(ch, content)
			got, err := w.content(b)
			must(t, err)
			if !bytes.Equal(got, content) {
				t.Fatalf("%d bytes: another content", size)
			}
			file, err := os.ReadFile(w.blobPath(b))
			must(t, err)
			if size > 32 && bytes.Contains(file, content[:32]) {
				t.Fatal("in clear on the disk")
			}
			opened, err := w.openBlob(adviser, b)
			must(t, err)
			for _, r := range [][2]int{{0, 1}, {size / 2, size / 3}, {size - 1, 1}, {segmentSize - 2, 5}} {
				if r[0] < 0 || r[0]+r[1] > size {
					continue
				}
				var out bytes.Buffer
				_, err := opened.WriteRange(&out, int64(r[0]), int64(r[1]))
				must(t, err)
				if !bytes.Equal(out.Bytes(), content[r[0]:r[0]+r[1]]) {
					t.Fatalf("%d bytes: range %v differs", size, r)
				}
			}
			_, err = opened.WriteRange(io.Discard, 1, int64(size))
			wantFault(t, err, fault.Internal, "blob-range")
		}
	})
}

// Nothing of a blob opens without its entry, for whom no rule lets in, before the commit, or past its
// last day; a foreign one is not there.
func TestABlobOpensThroughTheGateOnly(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.guardianship()
		b := w.keep(ch, blobContent(100))
		opened, err := w.openBlob(adviser, b)
		must(t, err)
		if w.last() != "open-file s_adviser adviser answer "+ch.id+" allowed " {
			t.Fatal("no entry:", w.last())
		}
		if text := fmt.Sprintf("%v %+v", opened, *opened); text != "[sealed] [sealed]" {
			t.Fatal("shows itself:", text)
		}
		_, err = w.openBlob(other, b)
		wantFault(t, err, fault.Denied, "not-allowed")
		if w.last() != "open-file s_other  answer "+ch.id+" not-allowed " {
			t.Fatal("no entry of the refusal:", w.last())
		}
		_, err = w.openBlob(foreign, b)
		wantFault(t, err, fault.NotFound, "not-found")
		mixed := b
		mixed.Record = w.chats.guardianship().record
		_, err = w.openBlob(adviser, mixed)
		wantFault(t, err, fault.NotFound, "not-found")

		w.write(func(ctx context.Context, tx *store.Tx) error {
			early, err := w.v.OpenBlob(ctx, tx, adviser, "answer", b, Why{})
			if err != nil {
				return err
			}
			_, err = early.WriteTo(io.Discard)
			wantFault(t, err, fault.Internal, "not-committed")
			return nil
		})
		w.fail = errors.New("no audit")
		if _, err := w.openBlob(adviser, b); err == nil {
			t.Fatal("opened without an entry")
		}
		w.fail = nil

		w.chats.close(ch, noon)
		w.at(notice2months.End(helsinki))
		_, err = opened.WriteTo(io.Discard) // opened in time, read too late
		wantFault(t, err, fault.Gone, "retention-ended")
		_, err = w.openBlob(adviser, b)
		wantFault(t, err, fault.Gone, "retention-ended")
	})
}

// A blob follows its record: it opens after a move, goes with an erasure, and after the bucket's death
// its file goes with the rows.
func TestABlobSharesTheLifeOfItsRecord(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		kept, erased, dying := w.chats.advice(), w.chats.advice(), w.chats.guardianship()
		content := blobContent(segmentSize + 1)
		a, b, c := w.keep(kept, content), w.keep(erased, content), w.keep(dying, content)

		w.chats.close(kept, noon)
		w.hold(kept, "complaint")
		if got, err := w.content(a); err != nil || !bytes.Equal(got, content) {
			t.Fatal("does not open after a move:", err)
		}

		must(t, w.v.Erase(ctx, clerk, []RecordID{erased.record}, "pyyntö 8"))
		if _, err := w.content(b); !fault.Is(err, fault.NotFound) || w.stored(b) {
			t.Fatal("outlives the erasure:", err, w.stored(b))
		}
		w.chats.close(dying, noon)
		w.at(notice2months.End(helsinki))
		w.night()
		if !w.stored(c) {
			t.Fatal("went before it was reclaimed")
		}
		_, err := w.v.Reclaim(ctx, "dvv", 0)
		must(t, err)
		if w.stored(c) || !w.stored(a) {
			t.Fatal("after reclaiming:", w.stored(c), w.stored(a))
		}
		found, err := w.v.Verify(ctx, "dvv")
		must(t, err)
		if len(found) > 0 {
			t.Fatal(found)
		}
	})
}

// What a crash, a full disk or a rolled-back transaction leaves, no row names: the next look removes it,
// but not what somebody is writing.
func TestWhatNoRowNamesIsRemoved(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		ch := w.chats.advice()
		kept := w.keep(ch, blobContent(10))
		running := w.newBlob(ch)
		rolled := w.written(ch, blobContent(10))
		err := w.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			writer, err := w.v.Writer(ctx, tx, "dvv", ch.record)
			must(t, err)
			must(t, writer.Attach(ctx, tx, rolled))
			return errors.New("something else failed")
		})
		if err == nil {
			t.Fatal("committed")
		}
		rolled.Discard()
		n, err := w.v.SweepBlobs(ctx, "dvv")
		must(t, err)
		if n != 0 || !w.stored(kept) {
			t.Fatal("removed what is written:", n)
		}
		w.blobs.full = errors.New("no space left")
		big := w.newBlob(ch)
		_, err = big.Write(blobContent(2 * segmentSize))
		wantFault(t, err, fault.Busy, "storage-unavailable")
		big.Discard()
		w.blobs.full = nil
		_, err = running.Write(blobContent(segmentSize + 1))
		must(t, err)
		findings, err := w.v.Verify(ctx, "dvv")
		must(t, err)
		if len(findings) > 0 {
			t.Fatal(findings)
		}

		w.restart() // a crash: nobody writes the running one any more
		left, err := os.ReadDir(filepath.Dir(w.blobPath(kept)))
		must(t, err)
		if len(left) != 1 || left[0].Name() != string(kept.ID) {
			t.Fatal("left after the start:", left)
		}
		must(t, os.Remove(w.blobPath(kept)))
		must(t, os.WriteFile(filepath.Join(w.dir, "blobs", "dvv", "f_stray"), nil, 0o600))
		findings, err = w.v.Verify(ctx, "dvv")
		must(t, err)
		if len(findings) != 2 || findings[0] != (Finding{"dvv", "blob-missing", string(kept.ID), 1}) ||
			findings[1] != (Finding{"dvv", "blob-without-row", "", 1}) {
			t.Fatal(findings)
		}
	})
}

// Whoever checks what was written reads it before it is named, and not afterwards.
func TestABlobIsCheckedBeforeItIsNamed(t *testing.T) {
	w := newWorld(t, "sqlite")
	ch, content := w.chats.advice(), blobContent(2*segmentSize+9)
	b := w.newBlob(ch)
	if _, err := b.Check(); err == nil {
		t.Fatal("checked while it is written")
	}
	_, err := b.Write(content)
	must(t, err)
	must(t, b.Close())
	check, err := b.Check()
	must(t, err)
	defer check.Close()
	got, err := io.ReadAll(check.Reader())
	must(t, err)
	tail := make([]byte, 20)
	n, err := check.ReadAt(tail, int64(len(content)-5))
	if !bytes.Equal(got, content) || n != 5 || !errors.Is(err, io.EOF) {
		t.Fatal("reads otherwise:", len(got), n, err)
	}
	w.fails(fault.Internal, "blob-not-attachable", func(ctx context.Context, tx *store.Tx) error {
		writer, err := w.v.Writer(ctx, tx, "dvv", w.chats2(ctx, tx).record)
		if err != nil {
			return err
		}
		return writer.Attach(ctx, tx, b)
	})
	w.attach(ch, b)
	if _, err := b.Check(); err == nil {
		t.Fatal("checked after it was named")
	}
	b.Discard()
	if _, err := w.content(Blob{"dvv", ch.record, b.ID(), b.Size()}); err != nil {
		t.Fatal("discarded what is named:", err)
	}
}

// chats2 is another conversation, made in tx.
func (w *world) chats2(ctx context.Context, tx *store.Tx) *chat {
	ch := &chat{id: store.NewID("c_")}
	must(w.t, w.chats.create(ctx, tx, ch, "advice", "event"))
	return ch
}

// A blob of 8 MiB is sealed and opened in a few segments' room.
func TestABlobIsNeverWholeInMemory(t *testing.T) {
	w := newWorld(t, "sqlite")
	ch := w.chats.advice()
	b := w.newBlob(ch)
	piece := blobContent(segmentSize)
	perPiece := testing.AllocsPerRun(64, func() {
		_, err := b.Write(piece)
		must(t, err)
	})
	must(t, b.Close())
	w.attach(ch, b)
	if perPiece > 4 {
		t.Errorf("%.0f allocations for each segment", perPiece)
	}
	opened, err := w.openBlob(adviser, Blob{"dvv", ch.record, b.ID(), b.Size()})
	must(t, err)
	n, err := opened.WriteTo(io.Discard)
	must(t, err)
	if n != b.Size() {
		t.Error("read", n)
	}
}
