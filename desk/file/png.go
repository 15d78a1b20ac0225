package file

import (
	"bufio"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

// keptChunks are the chunks of a PNG file that are kept: what it takes to show one picture. Texts, times,
// Exif, profiles, animations and everything unknown are left out.
var keptChunks = map[string]bool{"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true,
	"tRNS": true, "gAMA": true, "cHRM": true, "sRGB": true, "pHYs": true}

// pngHeader is what the first chunk says (W3C PNG, 11.2.1).
type pngHeader struct {
	width, height int64
	bits          int64 // of one pixel
	interlaced    bool
}

// depths are the bits of one channel that each colour type allows, and how many channels it has.
var depths = map[byte]struct {
	channels int64
	allowed  string
}{0: {1, "\x01\x02\x04\x08\x10"}, 2: {3, "\x08\x10"}, 3: {1, "\x01\x02\x04\x08"}, 4: {2, "\x08\x10"}, 6: {4, "\x08\x10"}}

// rewritePNG writes the picture in src and nothing else. Every chunk's checksum must be right.
func rewritePNG(src io.Reader, w io.Writer) (h pngHeader, err error) {
	r, out := bufio.NewReaderSize(src, 32<<10), bufio.NewWriterSize(w, 32<<10)
	sig := make([]byte, 8)
	if _, err := io.ReadFull(r, sig); err != nil || string(sig) != magic[PNG] {
		return h, damaged()
	}
	out.Write(sig)
	for first, name := true, ""; name != "IEND"; first = false {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return h, short(err)
		}
		name = string(head[4:])
		if first != (name == "IHDR") {
			return h, damaged()
		}
		var to io.Writer = io.Discard
		if keptChunks[name] {
			to = out
		}
		if err := copyChunk(r, to, head, &h); err != nil {
			return h, short(err)
		}
	}
	return h, out.Flush()
}

// copyChunk copies what follows a chunk's length and name, and reads the header out of the first one.
func copyChunk(r io.Reader, w io.Writer, head [8]byte, h *pngHeader) error {
	n := int64(binary.BigEndian.Uint32(head[:]))
	if n > 1<<31-1 {
		return damaged()
	}
	sum := crc32.NewIEEE()
	sum.Write(head[4:])
	w.Write(head[:])
	if string(head[4:]) == "IHDR" {
		body := make([]byte, 13)
		if _, err := io.ReadFull(r, body); err != nil {
			return err
		}
		if err := h.read(body); err != nil || n != 13 {
			return damaged()
		}
		sum.Write(body)
		w.Write(body)
	} else if _, err := io.CopyN(io.MultiWriter(w, sum), r, n); err != nil {
		return err
	}
	var crc [4]byte
	if _, err := io.ReadFull(r, crc[:]); err != nil {
		return err
	}
	if binary.BigEndian.Uint32(crc[:]) != sum.Sum32() {
		return damaged()
	}
	_, err := w.Write(crc[:])
	return err
}

func (h *pngHeader) read(b []byte) error {
	h.width, h.height = int64(binary.BigEndian.Uint32(b)), int64(binary.BigEndian.Uint32(b[4:]))
	depth, ok := depths[b[9]]
	for i := range len(depth.allowed) {
		if depth.allowed[i] == b[8] {
			h.bits = depth.channels * int64(b[8])
		}
	}
	h.interlaced = b[12] == 1
	if !ok || h.bits == 0 || h.width == 0 || h.height == 0 || b[10] != 0 || b[11] != 0 || b[12] > 1 {
		return damaged()
	}
	return nil
}

// passes are the first column and row and the steps of each pass of an interlaced picture (Adam7).
var passes = [][4]int64{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}}

// raw is how many bytes the picture has before it is compressed: each row with its filter's number.
func (h pngHeader) raw() (total int64) {
	rows := func(w, h2 int64) int64 {
		if w <= 0 || h2 <= 0 {
			return 0
		}
		return h2 * (1 + (w*h.bits+7)/8)
	}
	if !h.interlaced {
		return rows(h.width, h.height)
	}
	for _, p := range passes {
		total += rows((h.width-p[0]+p[2]-1)/p[2], (h.height-p[1]+p[3]-1)/p[3])
	}
	return total
}

// checkPNG decodes the pixels of a rewritten picture without keeping them: they must be exactly as many
// as its header says.
func checkPNG(src io.Reader, h pngHeader) error {
	pixels, err := zlib.NewReader(&idat{r: bufio.NewReaderSize(src, 32<<10)})
	if err != nil {
		return notPixels(err)
	}
	n, err := io.Copy(io.Discard, io.LimitReader(pixels, h.raw()+1))
	if err != nil || n != h.raw() {
		return notPixels(err)
	}
	return nil
}

// notPixels is damage, unless reading the file failed.
func notPixels(err error) error {
	if err == nil || errors.Is(err, zlib.ErrHeader) || errors.Is(err, zlib.ErrChecksum) || errors.Is(err, zlib.ErrDictionary) || flateError(err) {
		return damaged()
	}
	return short(err)
}

// idat reads the compressed pixels out of a PNG file's chunks.
type idat struct {
	r     *bufio.Reader
	left  int64
	begun bool
	ended bool
}

// Read implements io.Reader.
func (d *idat) Read(p []byte) (int, error) {
	if !d.begun {
		d.begun = true
		if _, err := d.r.Discard(8); err != nil {
			return 0, err
		}
	}
	for d.left == 0 && !d.ended {
		if err := d.next(); err != nil {
			return 0, err
		}
	}
	if d.ended {
		return 0, io.EOF
	}
	n, err := d.r.Read(p[:min(int64(len(p)), d.left)])
	if d.left -= int64(n); d.left == 0 && err == nil {
		_, err = d.r.Discard(4)
	}
	return n, err
}

func (d *idat) next() error {
	var head [8]byte
	if _, err := io.ReadFull(d.r, head[:]); err != nil {
		return err
	}
	n := int64(binary.BigEndian.Uint32(head[:]))
	switch string(head[4:]) {
	case "IDAT":
		if d.left = n; n > 0 {
			return nil
		}
		n = 0
	case "IEND":
		d.ended = true
		return nil
	}
	_, err := io.CopyN(io.Discard, d.r, n+4)
	return err
}
