package vault

import (
	"bytes"
	"os"
	"testing"

	"luukku/fault"
)

// Segments cannot be exchanged, left out, cut off or taken from elsewhere; whatever is before the damage
// is right, and no more is given.
func TestADamagedBlobGivesNothingWrong(t *testing.T) {
	w := newWorld(t, "sqlite")
	ch := w.chats.advice()
	content := blobContent(3*segmentSize + 100)
	for name, damage := range map[string]struct {
		do    func(file, another []byte) []byte
		whole int64
	}{
		"a bit": {func(f, _ []byte) []byte { f[sealedSegment+100] ^= 1; return f }, segmentSize},
		"exchanged": {func(f, _ []byte) []byte {
			return join(f[sealedSegment:2*sealedSegment], f[:sealedSegment], f[2*sealedSegment:])
		}, 0},
		"left out":        {func(f, _ []byte) []byte { return join(f[:sealedSegment], f[2*sealedSegment:]) }, segmentSize},
		"cut at a border": {func(f, _ []byte) []byte { return f[:3*sealedSegment] }, 3 * segmentSize},
		"cut inside":      {func(f, _ []byte) []byte { return f[:2*sealedSegment+5] }, 2 * segmentSize},
		"of another blob": {func(f, g []byte) []byte { return join(f[:sealedSegment], g[sealedSegment:]) }, segmentSize},
		"another version": {func(f, _ []byte) []byte { f[0] = 2; return f }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b, another := w.keep(ch, content), w.keep(ch, content)
			file, err := os.ReadFile(w.blobPath(b))
			must(t, err)
			other, err := os.ReadFile(w.blobPath(another))
			must(t, err)
			must(t, os.WriteFile(w.blobPath(b), damage.do(file, other), 0o600))
			opened, err := w.openBlob(adviser, b)
			must(t, err)
			var out bytes.Buffer
			n, err := opened.WriteTo(&out)
			wantFault(t, err, fault.Internal, "sealed-data-unreadable")
			if n != damage.whole || !bytes.Equal(out.Bytes(), content[:n]) {
				t.Fatalf("gave %d bytes, want the %d before the damage", n, damage.whole)
			}
		})
	}
	short := w.keep(ch, content)
	short.Size = 3 * segmentSize // told shorter than it is: the last one is not the last
	_, err := w.content(short)
	wantFault(t, err, fault.Internal, "sealed-data-unreadable")
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
