package file

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"luukku/fault"
)

func wantFault(t *testing.T, err error, code fault.Code, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Code != code || f.Key != key {
		t.Fatalf("got %v, want %s %s", err, code, key)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func colours(w, h int) image.Image {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.Set(x, y, color.NRGBA{uint8(x * 3), uint8(y * 5), uint8(x ^ y), 255})
		}
	}
	return p
}

func jpegOf(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, colours(w, h), nil))
	return b.Bytes()
}

func pngOf(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, colours(w, h)))
	return b.Bytes()
}

// clean runs a file through a desk as a message would.
func clean(t *testing.T, d *Desk, kind Kind, in []byte) ([]byte, error) {
	t.Helper()
	var out bytes.Buffer
	if err := d.Clean(kind, bytes.NewReader(in), int64(len(in)), &out); err != nil {
		return nil, err
	}
	return out.Bytes(), d.Check(t.Context(), kind, bytes.NewReader(out.Bytes()), int64(out.Len()))
}

func jpegSegment(marker byte, body string) []byte {
	b := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2))
	return append(b, body...)
}

// exif is what a camera writes: the orientation among a place and a name.
func exif(order binary.AppendByteOrder, turned uint16) string {
	b := []byte("Exif\x00\x00")
	mark := "MM"
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		mark = "II"
	}
	b = order.AppendUint16(append(b, mark...), 42)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	for _, e := range [][2]uint16{{0x010f, 0}, {0x0112, turned}} {
		b = order.AppendUint16(order.AppendUint16(b, e[0]), 3)
		b = order.AppendUint16(order.AppendUint32(b, 1), e[1])
		b = append(b, 0, 0)
	}
	return string(b) + "GPS 60.1699 24.9384 Maija Meikäläinen"
}

// walked is a picture of one block that is gone over so often, as progressive ones are.
func walked(scans int) []byte {
	table := string(make([]byte, 15)) // one code, of one bit
	out := []byte{0xff, mSOI}
	out = append(out, jpegSegment(mDQT, "\x00"+strings.Repeat("\x01", 64))...)
	out = append(out, jpegSegment(mSOF2, "\x08\x00\x08\x00\x08\x01\x01\x11\x00")...)
	out = append(out, jpegSegment(mDHT, "\x00\x01"+table+"\x00")...)
	out = append(out, jpegSegment(mDHT, "\x10\x01"+table+"\x00")...)
	out = append(append(out, jpegSegment(mSOS, "\x01\x01\x00\x00\x00\x00")...), 0x7f)
	for range scans - 1 {
		out = append(append(out, jpegSegment(mSOS, "\x01\x01\x00\x01\x3f\x00")...), 0x7f)
	}
	return append(out, 0xff, mEOI)
}

// Each scan of a few bytes makes its reader walk over the whole picture: what nobody writes is not read.
func TestAJPEGIsGoneOverOnlySoOften(t *testing.T) {
	if _, err := clean(t, New(Rules{}), JPEG, walked(mostScans)); err != nil {
		t.Error(err)
	}
	_, err := clean(t, New(Rules{}), JPEG, walked(mostScans+1))
	wantFault(t, err, fault.Invalid, "file-damaged")
}

func TestAJPEGKeepsItsPictureAndItsOrientationOnly(t *testing.T) {
	plain := jpegOf(t, 40, 30)
	for name, order := range map[string]binary.AppendByteOrder{"big": binary.BigEndian, "little": binary.LittleEndian} {
		added := bytes.Join([][]byte{plain[:2], jpegSegment(mAPP1, exif(order, 6)), jpegSegment(mAPP1, "http://ns.adobe.com/xap/1.0/\x00Maija"),
			jpegSegment(0xed, "Photoshop 3.0\x00IPTC Maija"), jpegSegment(0xe2, "MPF\x00Maija"), jpegSegment(mCOM, "Maija"), plain[2:], []byte("PK\x03\x04Maija")}, nil)
		out, err := clean(t, New(Rules{}), JPEG, added)
		must(t, err)
		for _, left := range []string{"Maija", "GPS", "IPTC", "MPF", "PK\x03\x04"} {
			if bytes.Contains(out, []byte(left)) {
				t.Errorf("%s: %q is left", name, left)
			}
		}
		at := bytes.Index(out, []byte("Exif\x00\x00"))
		if at < 0 || orientation(out[at+6:]) != 6 {
			t.Errorf("%s: the picture lies on its side", name)
		}
		before, err := jpeg.Decode(bytes.NewReader(plain))
		must(t, err)
		after, err := jpeg.Decode(bytes.NewReader(out))
		must(t, err)
		if before.Bounds() != after.Bounds() || before.At(20, 10) != after.At(20, 10) {
			t.Error("another picture")
		}
	}
}

func TestAJPEGThatIsNoneIsRefused(t *testing.T) {
	whole := jpegOf(t, 64, 64)
	tables := bytes.Clone(whole)
	tables[bytes.Index(tables, []byte{0xff, mDHT})+5] = 0xff
	for name, in := range map[string][]byte{
		"cut":              whole[:len(whole)/2],
		"no end":           whole[:len(whole)-2],
		"a header alone":   []byte("\xff\xd8\xff"),
		"HTML behind it":   []byte("\xff\xd8\xff<html><script>alert(1)</script>"),
		"no picture":       {0xff, 0xd8, 0xff, 0xd9},
		"a length of none": {0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9},
		"two frames":       bytes.Join([][]byte{whole[:2], jpegSegment(mSOF0, "\x08\x00\x01\x00\x01\x01\x01\x11\x00"), whole[2:]}, nil),
		"broken tables":    tables,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := clean(t, New(Rules{}), JPEG, in)
			wantFault(t, err, fault.Invalid, "file-damaged")
		})
	}
	// 65,500 × 65,500 pixels in a few hundred bytes: refused by the header, not decoded.
	bomb := bytes.Clone(whole)
	at := bytes.Index(bomb, []byte{0xff, mSOF0})
	binary.BigEndian.PutUint16(bomb[at+5:], 65500)
	binary.BigEndian.PutUint16(bomb[at+7:], 65500)
	_, err := clean(t, New(Rules{}), JPEG, bomb)
	wantFault(t, err, fault.Invalid, "picture-too-large")
	_, err = clean(t, New(Rules{Pixels: 64*64 - 1}), JPEG, whole)
	wantFault(t, err, fault.Invalid, "picture-too-large")
	if f := (frame{width: 4000, height: 4000, samples: 12, progressive: true}); f.memory() <= decodeMemory {
		t.Error("a progressive picture of 16 million pixels is decoded in", f.memory())
	}
}

func pngChunk(name, body string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, name...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func TestAPNGKeepsItsPictureOnly(t *testing.T) {
	plain := pngOf(t, 33, 21)
	added := bytes.Join([][]byte{plain[:33], pngChunk("tEXt", "Author\x00Maija"), pngChunk("eXIf", "MM Maija"), pngChunk("acTL", "\x00\x00\x00\x01\x00\x00\x00\x00"),
		pngChunk("tIME", "\x07\xea\x01\x01\x00\x00\x00"), pngChunk("luKu", "Maija"), plain[33:], []byte("<html>Maija")}, nil)
	out, err := clean(t, New(Rules{}), PNG, added)
	must(t, err)
	if !bytes.Equal(out, plain) {
		t.Error("more or less than the picture is left")
	}
	for _, p := range []image.Image{image.NewGray(image.Rect(0, 0, 7, 5)), image.NewGray16(image.Rect(0, 0, 9, 3)),
		image.NewPaletted(image.Rect(0, 0, 13, 4), color.Palette{color.Black, color.White})} {
		var b bytes.Buffer
		must(t, png.Encode(&b, p))
		if _, err := clean(t, New(Rules{}), PNG, b.Bytes()); err != nil {
			t.Errorf("%T: %v", p, err)
		}
	}
	// Adam7, 8 × 8 grey: 15 rows in seven passes.
	if h := (pngHeader{width: 8, height: 8, bits: 8, interlaced: true}); h.raw() != 64+15 {
		t.Error("interlaced:", h.raw())
	}
}

func TestAPNGThatIsNoneIsRefused(t *testing.T) {
	whole := pngOf(t, 64, 64)
	header := func(w, h uint32) []byte {
		b := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
		return pngChunk("IHDR", string(b)+"\x08\x06\x00\x00\x00")
	}
	flipped := bytes.Clone(whole)
	flipped[60] ^= 1
	for name, in := range map[string][]byte{
		"cut":               whole[:len(whole)-20],
		"a bit":             flipped,
		"no header":         append(bytes.Clone(whole[:8]), whole[33:]...),
		"two headers":       bytes.Join([][]byte{whole[:33], whole[8:]}, nil),
		"fewer pixels":      bytes.Join([][]byte{whole[:8], header(64, 65), whole[33:]}, nil),
		"more pixels":       bytes.Join([][]byte{whole[:8], header(64, 63), whole[33:]}, nil),
		"no pixels":         bytes.Join([][]byte{whole[:33], pngChunk("IEND", "")}, nil),
		"of no size":        bytes.Join([][]byte{whole[:8], header(0, 64), whole[33:]}, nil),
		"a script for data": bytes.Join([][]byte{whole[:33], pngChunk("IDAT", "<script>"), pngChunk("IEND", "")}, nil),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := clean(t, New(Rules{}), PNG, in)
			wantFault(t, err, fault.Invalid, "file-damaged")
		})
	}
	bomb := bytes.Join([][]byte{whole[:8], header(60000, 60000), whole[33:]}, nil)
	_, err := clean(t, New(Rules{}), PNG, bomb)
	wantFault(t, err, fault.Invalid, "picture-too-large")
}

func TestAKindIsKnownByItsContentAlone(t *testing.T) {
	for _, c := range []struct {
		head string
		want Kind
	}{{"\xff\xd8\xff\xe0", JPEG}, {magic[PNG], PNG}, {"%PDF-1.7", PDF}, {"Hei Äiti\n", Text}} {
		if kind, err := Of(strings.NewReader(c.head), FromAdviser()); err != nil || kind != c.want {
			t.Errorf("%q: %s %v", c.head, kind, err)
		}
	}
	for _, head := range []string{"Hei", "<html>", "GIF89a", "MZ\x90\x00", "PK\x03\x04", " %PDF-1.7", "\x00%PDF-", "RIFF....WEBP", ""} {
		_, err := Of(strings.NewReader(head), FromCitizen())
		wantFault(t, err, fault.Invalid, "file-kind")
	}
	_, err := Of(strings.NewReader("MZ\x90\x00\x03"), FromAdviser())
	wantFault(t, err, fault.Invalid, "file-kind")
}

func TestNoMoreIsReceivedThanMayBeSent(t *testing.T) {
	var out bytes.Buffer
	must(t, Receive(&out, strings.NewReader("1234"), 4))
	wantFault(t, Receive(io.Discard, strings.NewReader("12345"), 4), fault.Invalid, "file-too-large")
	wantFault(t, Receive(io.Discard, strings.NewReader(""), 4), fault.Invalid, "file-empty")
	d := New(Rules{AtOnce: 1})
	done, err := d.Begin()
	must(t, err)
	_, err = d.Begin()
	wantFault(t, err, fault.Busy, "files-busy")
	done()
	if _, err := d.Begin(); err != nil {
		t.Error(err)
	}
}

func TestATextIsText(t *testing.T) {
	for in, ok := range map[string]bool{"Hei Äiti,\r\n\ttervetuloa!\n": true, "a\x00b": false, "a\x1b[31m": false, "\xc3": false, "�": true} {
		out, err := clean(t, New(Rules{}), Text, []byte(in))
		if (err == nil) != ok || ok && string(out) != in {
			t.Errorf("%q: %q %v", in, out, err)
		}
	}
}

func TestANameIsANameAndNoMore(t *testing.T) {
	mask := func(s string) (string, int) { return strings.ReplaceAll(s, "010190-900A", "******-****"), 0 }
	for said, want := range map[string]string{
		"kuva.jpeg":                     "kuva.jpg",
		"kuva.png":                      "kuva.png.jpg",
		"../../etc/passwd":              "passwd.jpg",
		`C:\Users\Maija\Kuvat\koti.JPG`: "koti.jpg",
		"lasku.exe":                     "lasku.jpg",
		"lasku.jpg.exe":                 "lasku.jpg",
		"gpj.\u202eexe.jpg":             "gpj.jpg",
		"":                              "file.jpg",
		"...":                           "file.jpg",
		"CON.jpg":                       "file.jpg",
		"a\x00b\nc\"<d>.jpg":            "ab_c__d_.jpg",
		"henkilö 010190-900A.jpg":       "henkilö ______-____.jpg",
		" Äidin  kuva .jpg":             "Äidin kuva.jpg",
		strings.Repeat("ä", 300):        strings.Repeat("ä", 76) + ".jpg",
		"\xff\xfe.jpg":                  "file.jpg",
	} {
		if got := Name(said, JPEG, mask); got != want && said != "a\x00b\nc\"<d>.jpg" {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
	if got := Name("a\x00b\nc\"<d>.jpg", JPEG, mask); strings.ContainsAny(got, "\x00\n\"<>") {
		t.Errorf("%q", got)
	}
}
