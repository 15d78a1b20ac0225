package file

import (
	"bufio"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"strings"
)

// meaning is what a name in a PDF (ISO 32000-2) tells of the file.
type meaning byte

const (
	forbids  meaning = iota + 1 // it could do something by itself, carries another file, leads to one, or hides from who looks
	obscures                    // a filter behind which this does not look: refused where objects are kept in streams
	packs                       // objects are kept in streams; no table in a stream can do without "W"
	goesOn                      // its value matters
	links                       // an annotation's action may stand behind it; see pdfdeeds.go
	ofDeed                      // stands in every action
	deed                        // an action that is more than going to a place in the file
	begins                      // something is done without a click
)

// meanings are of the names that are looked for.
var meanings = func() map[string]meaning {
	all := map[string]meaning{}
	for what, names := range map[meaning]string{
		forbids:  "Encrypt JavaScript Launch EmbeddedFile EmbeddedFiles RichMedia XFA SubmitForm ImportData GoToE GoToR Rendition Movie Sound 3D",
		obscures: "ASCIIHexDecode AHx ASCII85Decode A85 LZWDecode LZW RunLengthDecode RL Crypt",
		packs:    "ObjStm XRef W",
		goesOn:   "Filter F DecodeParms DP Predictor Columns Colors BitsPerComponent",
		links:    "A",
		ofDeed:   "Type Action S",
		deed:     "URI Named Hide Thread ResetForm SetOCGState GoTo3DView GoToDp",
		begins:   "OpenAction AA",
	} {
		for _, name := range strings.Fields(names) {
			all[name] = what
		}
	}
	return all
}()

const (
	mostStreams  = 100_000   // of one PDF
	mostInflated = 512 << 20 // bytes in all streams of one PDF
	mostNames    = 10 << 20  // in those: more than a thousand pages have, and few enough to be looked at in a second
)

// pdfScan reads a PDF for the names in it, in clear and in compressed streams. It does not trust the file's
// own table of contents: programs that repair broken files find what that leaves out.
type pdfScan struct {
	name      []byte   // the one that is being read, nil outside a name
	room      [64]byte // every letter of the longest name that is looked for may be written as #xx
	after     value    // of the name that was read last
	rows      *rows
	deeds     *deeds
	link      link
	opening   string  // the name after which comes what is done without a click, "" for none
	names     *int64  // how many were found in streams
	last      [9]byte // what came before, for keywords
	at        int64
	end       int64   // behind the last %%EOF
	streams   []int64 // where the data of streams begin
	line      bool    // the line of a keyword "stream" has not ended
	forbidden bool
	obscured  bool
	packed    bool // objects are kept in streams
}

// checkPDF looks through a PDF and tells where it ends: what comes after its last %%EOF is no part of it.
func checkPDF(src io.ReaderAt, size int64) (end int64, err error) {
	s := &pdfScan{rows: &rows{}, deeds: &deeds{}, names: new(int64)}
	if err := s.read(bufio.NewReaderSize(io.NewSectionReader(src, 0, size), 64<<10)); err != nil {
		return 0, err
	}
	if s.end == 0 {
		return 0, damaged()
	}
	if err := s.each(src, size, s.inflate); err != nil {
		return 0, err
	}
	if s.packed && s.rows.used && !s.forbidden {
		if err := s.each(src, size, s.undo); err != nil {
			return 0, err
		}
	}
	if s.forbidden || s.deeds.begun && s.deeds.loose || s.packed && (s.obscured || s.rows.unclear) {
		return 0, unsafe()
	}
	return s.end, nil
}

// each looks into every stream, as long as nothing was found and they are not too large together.
func (s *pdfScan) each(src io.ReaderAt, size int64, look func(r io.Reader, left *int64) error) error {
	left := int64(mostInflated)
	for i := 0; i < len(s.streams) && !s.forbidden; i++ {
		if err := look(io.NewSectionReader(src, s.streams[i], size-s.streams[i]), &left); err != nil {
			return err
		}
	}
	return nil
}

func (s *pdfScan) read(r *bufio.Reader) error {
	for {
		b, err := r.ReadByte()
		if errors.Is(err, io.EOF) {
			s.endName()
			return nil
		}
		if err != nil {
			return err
		}
		s.step(b)
		if len(s.streams) > mostStreams {
			return unsafe()
		}
	}
}

func (s *pdfScan) step(b byte) {
	if s.line {
		s.lineEnd(b)
	}
	s.at++
	s.spell(b)
	copy(s.last[:], s.last[1:])
	s.last[8] = b
	switch b {
	case 'F':
		if bytes.HasSuffix(s.last[:], []byte("%%EOF")) {
			s.end = s.at
		}
	case 'm':
		if bytes.HasSuffix(s.last[:], []byte("stream")) && string(s.last[:]) != "endstream" {
			s.line = true
		}
	case 0:
		// The end of a ZIP archive: the file would be read as one.
		s.forbidden = s.forbidden || bytes.HasSuffix(s.last[:], []byte("PK\x05\x06\x00\x00\x00\x00"))
	}
}

// lineEnd looks for the end of the line that the keyword "stream" began: there its data begin. Programs read
// a lone carriage return as an end, too, and pass over whatever comes before it.
func (s *pdfScan) lineEnd(b byte) {
	switch {
	case s.last[8] == '\r' && b != '\n':
		s.streams = append(s.streams, s.at)
	case b == '\n':
		s.streams = append(s.streams, s.at+1)
	default:
		return
	}
	s.line = false
}

// spell reads names, byte by byte.
func (s *pdfScan) spell(b byte) {
	switch {
	case delimits(b):
		s.endName()
		s.link.pass(b)
		s.opens(b)
		if b == '/' {
			s.name = s.room[:0]
		}
	case s.name == nil:
		s.link.at = outside
		s.opens(b)
	case len(s.name) < cap(s.name):
		s.name = append(s.name, b)
	}
	if s.after.of != "" {
		s.follow(b)
	}
}

// endName judges the name that ends here, its escapes (#4a) resolved.
func (s *pdfScan) endName() {
	if s.name == nil {
		return
	}
	name := unescaped(s.name)
	s.name = nil
	what := meanings[string(name)]
	s.does(what, string(name))
	if (what == 0 || what >= links) && !s.after.list {
		s.after = value{} // most names
		return
	}
	s.forbidden = s.forbidden || what == forbids
	s.obscured = s.obscured || what == obscures
	s.packed = s.packed || what == packs
	if what == goesOn {
		s.after = value{of: string(name)}
	}
}

// inflate looks for forbidden names in a compressed stream: it may hold objects, whatever it says of itself.
// What does not inflate is no object either.
func (s *pdfScan) inflate(r io.Reader, left *int64) error {
	inside := &pdfScan{rows: s.rows, deeds: s.deeds, names: s.names}
	err := inflated(r, inside, left)
	inside.endName()
	s.forbidden = s.forbidden || inside.forbidden
	return err
}

// inflated writes what is in a compressed stream to w and takes it from left. Of the two bytes before the data
// (RFC 1950) only the method counts: programs that read PDFs do not look at the window, and some not at the check.
func inflated(r io.Reader, w io.Writer, left *int64) error {
	from := bufio.NewReader(r)
	if head, err := from.Peek(2); err != nil || head[0]&15 != 8 {
		return nil //nolint:nilerr // pixels of a picture, or what has no filter and was read already
	}
	_, _ = from.Discard(2) // they were there a moment ago
	n, err := io.Copy(w, io.LimitReader(flate.NewReader(from), *left+1))
	if *left -= n; *left < 0 {
		return unsafe()
	}
	if err == nil || flateError(err) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// Write implements io.Writer for what was inside a stream: names only, found by their slash.
func (s *pdfScan) Write(p []byte) (int, error) {
	for i := 0; i < len(p); i++ {
		if s.name == nil && s.after.of == "" && s.link.at == outside && s.opening == "" {
			next := bytes.IndexByte(p[i:], '/')
			if next < 0 {
				s.link.skip(p[i:])
				break
			}
			s.link.skip(p[i : i+next])
			i += next
		}
		if p[i] == '/' {
			*s.names++
		}
		if *s.names > mostNames {
			return i, unsafe()
		}
		s.spell(p[i])
	}
	return len(p), nil
}

// delimiters end a name.
var delimiters = func() (all [256]bool) {
	for _, b := range []byte("\x00\t\n\f\r ()<>[]{}/%") {
		all[b] = true
	}
	return all
}()

func delimits(b byte) bool { return delimiters[b] }

// unescaped resolves #xx in a name.
func unescaped(name []byte) []byte {
	if bytes.IndexByte(name, '#') < 0 {
		return name
	}
	out := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		if name[i] == '#' && i+2 < len(name) && nibble(name[i+1]) >= 0 && nibble(name[i+2]) >= 0 {
			out = append(out, byte(nibble(name[i+1])<<4|nibble(name[i+2])))
			i += 2
			continue
		}
		out = append(out, name[i])
	}
	return out
}

func nibble(b byte) int {
	return bytes.IndexByte([]byte("0123456789abcdef"), b|0x20)
}

// flateError tells an error in compressed data from one in reading them.
func flateError(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt)
}
