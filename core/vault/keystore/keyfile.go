package keystore

import (
	"bytes"
	"context"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// magic begins every key file; the last byte is the version of the format (see FORMAT.md).
const magic = "LUUKKUKEYS\x01"

// errTorn says that a file's last frame is not whole: the writing of it never returned.
var errTorn = errors.New("the last frame is torn")

// label is what the header says of a file beside its wrapped key. It is bound to every frame.
type label struct {
	ring                       ringKind
	demo                       bool
	instance, authority, store string
}

// kekRing is the name of the succession of KEKs of this file.
func (l label) kekRing() string { return l.store + "." + l.authority + "." + l.ring.String() }

// head is the header up to the wrapped key; it is the wrap's associated data.
func (l label) head(ref string) []byte {
	b := appendFlags([]byte(magic), l.demo)
	b = append(b, byte(l.ring))
	for _, part := range []string{l.instance, l.authority, l.store, ref} {
		b = appendBytes(b, []byte(part))
	}
	return b
}

// cabinet is a key file's own key: it seals the frames and is itself wrapped by the KEK.
type cabinet struct {
	label
	ref  string // of the KEK
	head [32]byte
	aead cipher.AEAD
	next uint64 // number of the next frame
}

// newCabinet makes a file key under the KEK ref and returns the header of its file.
func newCabinet(ctx context.Context, keks KEKs, l label, ref string, random io.Reader) (*cabinet, []byte, error) {
	fileKey := make([]byte, 32)
	defer clear(fileKey)
	if _, err := io.ReadFull(random, fileKey); err != nil {
		return nil, nil, err
	}
	header := l.head(ref)
	wrapped, err := keks.Wrap(ctx, l.kekRing(), ref, fileKey, header)
	if err != nil {
		return nil, nil, err
	}
	header = appendBytes(header, wrapped)
	c, err := l.cabinet(ref, header, fileKey)
	return c, header, err
}

func (l label) cabinet(ref string, header, fileKey []byte) (*cabinet, error) {
	aead, err := newAEAD(fileKey)
	if err != nil {
		return nil, err
	}
	return &cabinet{label: l, ref: ref, head: sha256.Sum256(header), aead: aead}, nil
}

// ad binds a frame to its file and place.
func (c *cabinet) ad() []byte { return binary.BigEndian.AppendUint64(c.head[:], c.next) }

// frame seals the file's next frame, with its length in four bytes before it.
func (c *cabinet) frame(plain []byte) []byte {
	b := make([]byte, 4, 4+len(plain)+c.aead.Overhead())
	b = c.aead.Seal(b, nil, plain, c.ad())
	binary.BigEndian.PutUint32(b, uint32(len(b)-4))
	c.next++
	return b
}

// readFile opens a whole key file. errTorn comes with the state of all whole frames; any other
// damage is ErrCorrupt.
func readFile(ctx context.Context, keks KEKs, l label, content []byte) (*cabinet, state, error) {
	s := state{keys: map[string]key{}}
	c, rest, err := l.openHeader(ctx, keks, content)
	if err != nil {
		return nil, s, err
	}
	for len(rest) > 0 {
		plain, size := c.openFrame(rest)
		if plain == nil && c.next > 0 && !c.goesOn(rest[1:]) {
			return c, s, errTorn
		}
		if plain == nil {
			return nil, s, fmt.Errorf("%w: frame %d", ErrCorrupt, c.next)
		}
		err := s.read(plain)
		clear(plain)
		if err != nil {
			return nil, s, fmt.Errorf("%w: frame %d: %w", ErrCorrupt, c.next, err)
		}
		c.next++
		rest = rest[size:]
	}
	if c.next == 0 {
		return nil, s, fmt.Errorf("%w: it ends after its header", ErrCorrupt)
	}
	return c, s, nil
}

// openFrame returns the text of the frame that b begins with, nil if it does not open, and the
// frame's size by its own word.
func (c *cabinet) openFrame(b []byte) (plain []byte, size int) {
	if len(b) < 4 {
		return nil, len(b)
	}
	size = 4 + int(binary.BigEndian.Uint32(b))
	if size > len(b) {
		return nil, size
	}
	plain, err := c.aead.Open([]byte{}, nil, b[4:size], c.ad())
	if err != nil {
		return nil, size
	}
	return plain, size
}

// goesOn tells whether a whole frame stands somewhere in b: then what stands before it is damage
// and not the torn end of a write, because each write was durable before the next began.
func (c *cabinet) goesOn(b []byte) bool {
	later := *c
	for ; len(b) > 4; b = b[1:] {
		if size := 4 + int(binary.BigEndian.Uint32(b)); size > len(b) || size < 4+c.aead.Overhead() {
			continue
		}
		for later.next = c.next; later.next <= c.next+uint64(len(b)/32); later.next++ {
			if plain, _ := later.openFrame(b); plain != nil {
				return true
			}
		}
	}
	return false
}

// openHeader checks whose file this is, and opens its key.
func (l label) openHeader(ctx context.Context, keks KEKs, content []byte) (*cabinet, []byte, error) {
	ref, wrapped, size, err := l.parseHeader(content)
	if err != nil {
		return nil, nil, err
	}
	fileKey, err := keks.Unwrap(ctx, l.kekRing(), ref, wrapped, l.head(ref))
	if errors.Is(err, ErrNoKEK) {
		return nil, nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	if err != nil {
		return nil, nil, err
	}
	defer clear(fileKey)
	c, err := l.cabinet(ref, content[:size], fileKey)
	return c, content[size:], err
}

// parseHeader returns the KEK's ref, the wrapped file key and the header's size.
func (l label) parseHeader(content []byte) (ref string, wrapped []byte, size int, err error) {
	parts, size, ok := headerParts(content)
	if !ok {
		return "", nil, 0, fmt.Errorf("%w: its header is damaged", ErrCorrupt)
	}
	ref, wrapped = string(parts[3]), parts[4]
	head := l.head(ref)
	if !bytes.HasPrefix(content, head) {
		return "", nil, 0, fmt.Errorf("%w: it is marked as of instance %q, authority %q, store %q", ErrCorrupt, parts[0], parts[1], parts[2])
	}
	return ref, wrapped, size, nil
}

// headerParts splits a header: instance, authority, store, KEK ref, wrapped key.
func headerParts(content []byte) (parts [5][]byte, size int, ok bool) {
	size = len(magic) + 2
	if len(content) < size || string(content[:len(magic)]) != magic {
		return parts, 0, false
	}
	for i := range parts {
		if len(content) < size+2 {
			return parts, 0, false
		}
		end := size + 2 + int(binary.BigEndian.Uint16(content[size:]))
		if len(content) < end {
			return parts, 0, false
		}
		parts[i], size = content[size+2:end], end
	}
	return parts, size, true
}
