package keystore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
)

// ringKind is one of an authority's two key files.
type ringKind byte

const (
	ringKeys   ringKind = 1 // day keys, the journal, the signing seed; turned once a day
	ringEvents ringKind = 2 // event keys; turned once a minute while something ended
)

func (r ringKind) String() string {
	if r == ringEvents {
		return "events"
	}
	return "keys"
}

// key is a bucket key with the time it was made, unix milliseconds.
type key struct {
	secret [32]byte
	made   int64
}

// state is what one key file says. It never changes once it is made: see the methods with.
type state struct {
	gen   int64 // of the write that made it
	other int64 // generation of the other ring at that time: the rings vouch for each other
	seed  []byte
	keys  map[string]key
	lines []JournalLine // by seq, then id
}

// Records of a frame: a type, the length in four bytes, and the content.
const (
	recGeneration = 'G' // generation, other ring's: 8 bytes each
	recKey        = 'K' // made 8, secret 32, id
	recLine       = 'L' // seq 8, at 8, id and kind each after a length of two bytes, body
	recSeed       = 'S' // ed25519 seed 32
)

var errRecord = errors.New("a record cannot be read")

// withKeys returns s and more keys.
func (s state) withKeys(more map[string]key) state {
	s.keys = maps.Clone(s.keys)
	maps.Copy(s.keys, more)
	return s
}

// without returns s without the keys named, and how many there were.
func (s state) without(ids []string) (state, int) {
	keys := maps.Clone(s.keys)
	for _, id := range ids {
		delete(keys, id)
	}
	dropped := len(s.keys) - len(keys)
	s.keys = keys
	return s, dropped
}

// withLines returns s and more lines at the journal's end.
func (s state) withLines(lines []JournalLine) state {
	s.lines = append(slices.Clip(s.lines), lines...)
	return s
}

// equal tells whether two files say the same, whichever write made them.
func (s state) equal(o state) bool {
	return bytes.Equal(s.seed, o.seed) && maps.Equal(s.keys, o.keys) &&
		slices.EqualFunc(s.lines, o.lines, func(a, b JournalLine) bool { return a.ID == b.ID })
}

func appendRecord(b []byte, kind byte, parts ...[]byte) []byte {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	b = binary.BigEndian.AppendUint32(append(b, kind), uint32(size))
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

func appendGeneration(b []byte, gen, other int64) []byte {
	return appendRecord(b, recGeneration, int64Bytes(gen), int64Bytes(other))
}

func appendKey(b []byte, id string, k key) []byte {
	return appendRecord(b, recKey, int64Bytes(k.made), k.secret[:], []byte(id))
}

func appendLine(b []byte, l JournalLine) []byte {
	names := appendBytes(appendBytes(nil, []byte(l.ID)), []byte(l.Kind))
	return appendRecord(b, recLine, int64Bytes(l.seq), int64Bytes(l.At), names, l.Body)
}

func int64Bytes(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// whole is the first frame of a file: everything. The caller clears it after use.
func (s state) whole() []byte {
	b := make([]byte, 0, 64+96*len(s.keys)+128*len(s.lines))
	b = appendGeneration(b, s.gen, s.other)
	if s.seed != nil {
		b = appendRecord(b, recSeed, s.seed)
	}
	for id, k := range s.keys {
		b = appendKey(b, id, k)
	}
	for _, l := range s.lines {
		b = appendLine(b, l)
	}
	return b
}

// read adds a frame's records to s, which must not be shared yet.
func (s *state) read(frame []byte) error {
	for len(frame) > 0 {
		if len(frame) < 5 {
			return errRecord
		}
		kind, size := frame[0], int(binary.BigEndian.Uint32(frame[1:]))
		if size > len(frame)-5 {
			return errRecord
		}
		if err := s.readRecord(kind, frame[5:5+size]); err != nil {
			return err
		}
		frame = frame[5+size:]
	}
	return nil
}

func (s *state) readRecord(kind byte, b []byte) error {
	switch {
	case kind == recGeneration && len(b) == 16:
		s.gen = int64(binary.BigEndian.Uint64(b))
		s.other = int64(binary.BigEndian.Uint64(b[8:]))
	case kind == recSeed && len(b) == 32:
		s.seed = bytes.Clone(b)
	case kind == recKey && len(b) > 40:
		k := key{made: int64(binary.BigEndian.Uint64(b))}
		copy(k.secret[:], b[8:40])
		s.keys[string(b[40:])] = k
	case kind == recLine && len(b) >= 16:
		return s.readLine(b)
	default:
		return errRecord
	}
	return nil
}

func (s *state) readLine(b []byte) error {
	l := JournalLine{seq: int64(binary.BigEndian.Uint64(b)), At: int64(binary.BigEndian.Uint64(b[8:]))}
	b = b[16:]
	for _, to := range []*string{&l.ID, &l.Kind} {
		if len(b) < 2 || int(binary.BigEndian.Uint16(b)) > len(b)-2 {
			return errRecord
		}
		end := 2 + int(binary.BigEndian.Uint16(b))
		*to, b = string(b[2:end]), b[end:]
	}
	l.Body = bytes.Clone(b)
	s.lines = append(s.lines, l)
	return nil
}
