package file

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
)

// The markers of a JPEG file (ITU-T T.81, table B.1) that are told apart.
const (
	mSOF0  = 0xc0
	mSOF1  = 0xc1
	mSOF2  = 0xc2
	mDHT   = 0xc4
	mRST0  = 0xd0
	mRST7  = 0xd7
	mSOI   = 0xd8
	mEOI   = 0xd9
	mSOS   = 0xda
	mDQT   = 0xdb
	mDRI   = 0xdd
	mAPP0  = 0xe0
	mAPP1  = 0xe1
	mAPP14 = 0xee
	mAPP15 = 0xef
	mCOM   = 0xfe
)

// mostScans is how often a picture may be gone over. Cameras and programs do so at most some twenty times; each
// costs its reader a walk over the whole picture, however little is said in it.
const mostScans = 64

// frame is what a picture's header says of its size.
type frame struct {
	width, height int64
	samples       int64 // of all components together, for each pixel, in quarters
	progressive   bool
}

// memory is how many bytes Go's decoder takes for it: a byte for each sample, and of a progressive one
// four more for its coefficients.
func (f frame) memory() int64 {
	bytes := f.width * f.height * f.samples / 4
	if f.progressive {
		return 5 * bytes
	}
	return bytes
}

// jpegWalk copies a JPEG segment by segment. Kept are tables, frame, scans, and of what programs add the
// density and the colour transform; the orientation is written anew. All else (Exif, XMP, IPTC, profiles,
// comments, thumbnails, and whatever comes after the picture) is left out.
type jpegWalk struct {
	r        *bufio.Reader
	w        *bufio.Writer
	frame    frame
	scans    int
	oriented bool
}

// rewriteJPEG writes the picture in src and nothing else.
func rewriteJPEG(src io.Reader, w io.Writer) (frame, error) {
	j := &jpegWalk{r: bufio.NewReaderSize(src, 32<<10), w: bufio.NewWriterSize(w, 32<<10)}
	if err := j.walk(); err != nil {
		return frame{}, short(err)
	}
	return j.frame, j.w.Flush()
}

func (j *jpegWalk) walk() error {
	var soi [2]byte
	if _, err := io.ReadFull(j.r, soi[:]); err != nil || soi != [2]byte{0xff, mSOI} {
		return damaged()
	}
	j.w.Write(soi[:])
	for {
		marker, err := j.marker()
		if err != nil {
			return err
		}
		if marker == mEOI {
			if j.scans == 0 {
				return damaged()
			}
			_, err := j.w.Write([]byte{0xff, mEOI})
			return err
		}
		if err := j.segment(marker); err != nil {
			return err
		}
	}
}

// marker reads the next one; any number of fill bytes may come before it.
func (j *jpegWalk) marker() (byte, error) {
	b, err := j.r.ReadByte()
	if err == nil && b != 0xff {
		err = damaged()
	}
	for err == nil && b == 0xff {
		b, err = j.r.ReadByte()
	}
	return b, err
}

func (j *jpegWalk) segment(marker byte) error {
	var size [2]byte
	if _, err := io.ReadFull(j.r, size[:]); err != nil {
		return err
	}
	n := int(binary.BigEndian.Uint16(size[:])) - 2
	if n < 0 {
		return damaged()
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(j.r, body); err != nil {
		return err
	}
	switch {
	case marker == mSOF0, marker == mSOF1, marker == mSOF2:
		return j.sof(marker, body)
	case marker == mDHT, marker == mDQT, marker == mDRI:
		return j.put(marker, body)
	case marker == mSOS:
		return j.scan(body)
	case marker >= mAPP0 && marker <= mAPP15:
		return j.added(marker, body)
	case marker == mCOM:
		return nil
	}
	return damaged()
}

func (j *jpegWalk) put(marker byte, body []byte) error {
	j.w.Write([]byte{0xff, marker})
	j.w.Write(binary.BigEndian.AppendUint16(nil, uint16(len(body)+2)))
	_, err := j.w.Write(body)
	return err
}

// sof reads the frame's header. A file has one.
func (j *jpegWalk) sof(marker byte, body []byte) error {
	if len(body) < 6 || len(body) != 6+3*int(body[5]) || j.frame.width != 0 {
		return damaged()
	}
	f := frame{height: int64(binary.BigEndian.Uint16(body[1:])), width: int64(binary.BigEndian.Uint16(body[3:])), progressive: marker == mSOF2}
	most := int64(1)
	for c := range int(body[5]) {
		h, v := int64(body[7+3*c]>>4), int64(body[7+3*c]&15)
		if h < 1 || h > 4 || v < 1 || v > 4 {
			return damaged()
		}
		most = max(most, h*v)
		f.samples += 4 * h * v
	}
	f.samples = (f.samples + most - 1) / most
	if f.width == 0 || f.height == 0 {
		return damaged()
	}
	j.frame = f
	return j.put(marker, body)
}

// scan copies a scan's header and its data up to the next marker.
func (j *jpegWalk) scan(body []byte) error {
	if j.frame.width == 0 {
		return damaged()
	}
	if err := j.put(mSOS, body); err != nil {
		return err
	}
	if j.scans++; j.scans > mostScans {
		return damaged()
	}
	for {
		next, err := j.r.Peek(2)
		if err != nil {
			return err
		}
		if next[0] == 0xff && next[1] != 0 && (next[1] < mRST0 || next[1] > mRST7) {
			return nil
		}
		if err := j.w.WriteByte(next[0]); err != nil {
			return err
		}
		_, _ = j.r.Discard(1) // it was there a moment ago
	}
}

// added keeps of what programs add what the picture needs to look right.
func (j *jpegWalk) added(marker byte, body []byte) error {
	switch {
	case marker == mAPP0 && len(body) >= 14 && bytes.HasPrefix(body, []byte("JFIF\x00")):
		jfif := append([]byte(nil), body[:14]...)
		jfif[12], jfif[13] = 0, 0 // no thumbnail
		return j.put(marker, jfif)
	case marker == mAPP14 && len(body) == 12 && bytes.HasPrefix(body, []byte("Adobe")):
		return j.put(marker, body)
	case marker == mAPP1 && !j.oriented && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
		if turned := orientation(body[6:]); turned > 1 {
			j.oriented = true
			return j.put(marker, exifOf(turned))
		}
	}
	return nil
}

// orientation reads tag 0x0112 of the first directory of Exif data; 1 (as it is) where there is none.
func orientation(tiff []byte) uint16 {
	var order binary.ByteOrder = binary.BigEndian
	if len(tiff) < 8 {
		return 1
	}
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	for i := range int64(order.Uint16(tiff[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(tiff)) {
			return 1
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			if v := order.Uint16(tiff[entry+8:]); v >= 1 && v <= 8 {
				return v
			}
		}
	}
	return 1
}

// exifOf is Exif data that hold an orientation and nothing else.
func exifOf(turned uint16) []byte {
	b := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	b = binary.BigEndian.AppendUint16(b, turned)
	return append(b, 0, 0, 0, 0, 0, 0)
}
