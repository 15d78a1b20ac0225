package file

import (
	"io"
	"slices"
)

// Programs that write PDFs may change the bytes of a stream before they compress it, so that rows of pixels
// become alike (ISO 32000-2, 7.4.4.4, "predictors"). A stream of objects that was changed like that shows no
// name. What a file says of its rows is collected wherever it stands, and every stream is read by each of
// those rows as well.

// rows are the shapes of rows that a PDF declares.
type rows struct {
	used    bool // some stream has been changed
	unclear bool // how cannot be told: it stands elsewhere, or is written strangely
	columns []int64
	colors  []int64
	bits    []int64
	undone  int64 // bytes that were changed back
}

const (
	mostShapes = 1024
	mostRows   = 4 << 20   // bytes of one row of each shape
	mostUndone = 256 << 20 // bytes of all streams, by all shapes
	perShape   = 64        // bytes as many as reading a stream by a shape costs, however short it is
)

// value is what comes after a name whose value matters.
type value struct {
	of      string // the name, "" for none
	list    bool
	comment bool
	number  int64
	digits  int
	ended   bool // a number has ended
}

// follow reads a value byte by byte: a number, or whether it stands elsewhere ("12 0 R").
func (s *pdfScan) follow(b byte) {
	v := &s.after
	switch {
	case s.name != nil: // a name, which has begun here or in a list
		if !v.list {
			s.concludes()
		}
	case v.comment:
		v.comment = b != '\n' && b != '\r'
	case b == '%':
		v.comment, v.ended = true, v.digits > 0
	case b >= '0' && b <= '9':
		s.digit(b)
	case b == 'R' && v.digits > 0:
		s.elsewhere()
	case delimits(b) && b <= ' ':
		v.ended = v.digits > 0
	case b == '[' && v.digits == 0:
		v.list = true
	default:
		s.rows.unclear = s.rows.unclear || v.isNumber() && !delimits(b)
		s.concludes()
	}
}

// digit adds one to the number, of which only the first counts.
func (s *pdfScan) digit(b byte) {
	v := &s.after
	if v.ended {
		return
	}
	v.digits++
	v.number = min(v.number*10+int64(b-'0'), 1<<40)
}

func (v *value) isNumber() bool {
	return slices.Contains([]string{"Predictor", "Columns", "Colors", "BitsPerComponent"}, v.of)
}

// elsewhere notes that a value stands in another object.
func (s *pdfScan) elsewhere() {
	switch s.after.of {
	case "Filter", "F":
		s.obscured = true
	case "DecodeParms", "DP": // they are read where they stand
	default:
		s.rows.unclear = true
	}
	s.after = value{}
}

// concludes keeps the value that was read.
func (s *pdfScan) concludes() {
	v := s.after
	s.after = value{}
	if v.digits == 0 {
		return
	}
	switch v.of {
	case "Predictor":
		s.rows.used = s.rows.used || v.number >= 10
		s.rows.unclear = s.rows.unclear || v.number > 1 && v.number < 10
	case "Columns":
		s.rows.columns = with(s.rows.columns, v.number)
	case "Colors":
		s.rows.colors = with(s.rows.colors, v.number)
	case "BitsPerComponent":
		s.rows.bits = with(s.rows.bits, v.number)
	}
}

func with(all []int64, one int64) []int64 {
	if len(all) > 2*mostShapes || slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// shape is a row's length and that of one pixel, in bytes.
type shape struct{ row, pixel int64 }

// shapes are all that the declared numbers can make, the values that are meant where none is given included;
// ok is false when they are too many.
func (r *rows) shapes() (out []shape, ok bool) {
	seen, sum := map[shape]bool{}, int64(0)
	for _, columns := range with(r.columns, 1) {
		for _, colors := range with(r.colors, 1) {
			for _, bits := range with(r.bits, 8) {
				if columns < 1 || colors < 1 || colors > 32 || bits < 1 || bits > 16 {
					continue // no program reads such a stream
				}
				one := shape{(columns*colors*bits + 7) / 8, (colors*bits + 7) / 8}
				if seen[one] {
					continue
				}
				seen[one] = true
				if sum += one.row; sum > mostRows || len(seen) > mostShapes {
					return nil, false
				}
			}
		}
	}
	for one := range seen {
		out = append(out, one)
	}
	return out, true
}

// undo looks for forbidden names in a stream that was changed before it was compressed.
func (s *pdfScan) undo(r io.Reader, left *int64) error {
	shapes, ok := s.rows.shapes()
	if !ok {
		return unsafe()
	}
	all := make(undoing, len(shapes))
	for i, one := range shapes {
		all[i] = &undone{shape: one, rows: s.rows, names: &pdfScan{rows: &rows{}, deeds: s.deeds, names: s.names}}
	}
	s.rows.undone += int64(len(all)) * perShape
	err := inflated(r, all, left)
	for _, one := range all {
		one.end()
		s.forbidden = s.forbidden || one.names.forbidden
	}
	if err == nil && s.rows.undone > mostUndone {
		err = unsafe()
	}
	return err
}

// undoing reads one stream by several shapes of rows at once.
type undoing []*undone

// Write implements io.Writer.
func (u undoing) Write(p []byte) (int, error) {
	for _, one := range u {
		if err := one.take(p); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// undone is a stream whose rows are changed back (W3C PNG, 9.2), as long as they can be.
type undone struct {
	shape
	rows  *rows
	names *pdfScan
	how   byte   // the row's filter
	at    int64  // in the row; 0 before its filter, 1 at its first byte
	above []byte // the row before
	row   []byte
	over  bool
}

func (u *undone) take(p []byte) error {
	for i := 0; i < len(p) && !u.over; i++ {
		if u.at == 0 {
			u.begin(p[i])
			continue
		}
		u.restore(p[i])
		if u.at++; u.at <= u.shape.row {
			continue
		}
		if _, err := u.names.Write(u.row); err != nil {
			return err
		}
		u.row, u.above, u.at = u.above, u.row, 0
		if u.rows.undone += u.shape.row; u.rows.undone > mostUndone {
			return unsafe()
		}
	}
	return nil
}

// end takes the last row as far as it goes.
func (u *undone) end() {
	if u.at > 1 {
		_, _ = u.names.Write(u.row[:u.at-1]) // too many names are too many by one row
	}
	u.names.endName()
}

// begin reads a row's filter. What has none is no row, and what comes after it is not read by anybody.
func (u *undone) begin(how byte) {
	if u.how, u.over = how, how > 4; u.over {
		return
	}
	if u.row == nil {
		u.row, u.above = make([]byte, u.shape.row), make([]byte, u.shape.row)
	}
	u.at = 1
}

func (u *undone) restore(b byte) {
	var left, corner byte
	at := u.at - 1
	if at >= u.pixel {
		left, corner = u.row[at-u.pixel], u.above[at-u.pixel]
	}
	switch u.how {
	case 1:
		b += left
	case 2:
		b += u.above[at]
	case 3:
		b += byte((int(left) + int(u.above[at])) / 2)
	case 4:
		b += paeth(int(left), int(u.above[at]), int(corner))
	}
	u.row[at] = b
}

// paeth is the neighbour nearest to what the three let expect.
func paeth(left, above, corner int) byte {
	toLeft, toAbove, toCorner := distance(above, corner), distance(left, corner), distance(left+above, 2*corner)
	switch {
	case toLeft <= toAbove && toLeft <= toCorner:
		return byte(left)
	case toAbove <= toCorner:
		return byte(above)
	}
	return byte(corner)
}

func distance(a, b int) int { return max(a-b, b-a) }
