package file

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"slices"
	"strings"
	"testing"

	"luukku/fault"
)

func deflated(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, err := w.Write([]byte(text))
	must(t, err)
	must(t, w.Close())
	return b.String()
}

// hexed writes every letter of a name as its number.
func hexed(name string) string {
	var b strings.Builder
	for _, c := range []byte(name) {
		fmt.Fprintf(&b, "#%02x", c)
	}
	return b.String()
}

// inRows writes text in rows of five bytes, each as its difference from what the filter says (W3C PNG, 9.2).
func inRows(text string, how byte) string {
	var out []byte
	above := make([]byte, 5)
	for len(text)%5 != 2 { // the last row is not whole
		text += " "
	}
	for at := 0; at < len(text); at += 5 {
		row := []byte(text[at:min(at+5, len(text))])
		out = append(out, how)
		for i, b := range row {
			var left, corner byte
			if i > 0 {
				left, corner = row[i-1], above[i-1]
			}
			out = append(out, b-[]byte{0, left, above[i], byte((int(left) + int(above[i])) / 2), paeth(int(left), int(above[i]), int(corner))}[how])
		}
		copy(above, row)
	}
	return string(out)
}

// pdfOf is a small PDF with some objects.
func pdfOf(objects ...string) []byte {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info << /Author (Maija) >> >>\nstartxref\n0\n%%%%EOF\n", len(objects)+1)
	return []byte(b.String())
}

const (
	catalog = "<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit] >>"
	tree    = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
	page    = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>"
)

func TestAPlainPDFPassesUpToItsEnd(t *testing.T) {
	body := deflated(t, strings.Repeat("BT /F1 12 Tf (Hei) Tj ET\n", 1000))
	plain := pdfOf(catalog, tree, page, fmt.Sprintf("<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", len(body), body),
		"<< /Subtype /Image /Filter /DCTDecode /Length 4 >>\nstream\r\n\xff\xd8\xff\xd9\r\nendstream")
	out, err := clean(t, New(Rules{}), PDF, append(bytes.Clone(plain), "<html><script>alert(1)</script>"...))
	must(t, err)
	if !bytes.Equal(out, bytes.TrimSuffix(plain, []byte("\n"))) {
		t.Errorf("ends with %q", out[len(out)-20:])
	}
}

func TestAPDFThatCouldActIsRefused(t *testing.T) {
	script := "<< /S /JavaScript /JS (app.alert(1)) >>"
	packed := deflated(t, "5 0 6 10 "+script)
	for name, in := range map[string][]byte{
		"JavaScript":                         pdfOf(catalog, tree, page, script),
		"JavaScript, escaped":                pdfOf(catalog, tree, page, "<< /S /J#61vaScri#70t /JS (app.alert(1)) >>"),
		"JavaScript at the end":              append(pdfOf(catalog), "/JavaScript"...),
		"a program":                          pdfOf(catalog, "<< /S /Launch /F (calc.exe) >>"),
		"another file":                       pdfOf(catalog, "<< /Type /EmbeddedFile >>\nstream\nMZ\nendstream"),
		"a form that sends":                  pdfOf(catalog, "<< /S/SubmitForm/F(https://example.fi) >>"),
		"encrypted":                          bytes.Replace(pdfOf(catalog), []byte("/Root"), []byte("/Encrypt 9 0 R /Root"), 1),
		"JavaScript, in an object stream":    pdfOf(catalog, "<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode >>\nstream\n"+packed+"\nendstream"),
		"the same after a lone return":       pdfOf(catalog, "<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode >>\nstream\r"+packed+"\nendstream"),
		"the same after blanks":              pdfOf(catalog, "<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode >>\nstream  \n"+packed+"\nendstream"),
		"the same, and a false stream":       pdfOf(catalog, "<< /First 9 /X (stream\n) /N 2 /Filter /FlateDecode >>\nstream\n"+packed+"\nendstream"),
		"the same in a picture":              pdfOf(catalog, "<< /Subtype /Image /Filter /FlateDecode >>\nstream\n"+packed+"\nendstream"),
		"objects behind another filter":      pdfOf(catalog, "<< /Type /ObjStm /N 2 /First 9 /Filter [/ASCII85Decode /FlateDecode] >>\nstream\nxyz~>\nendstream"),
		"hidden in a stream's data":          pdfOf(catalog, "<< /Length 3 >>\nstream\nabc\nendobj\n9 0 obj\n"+script+"\nendstream"),
		"another file, each letter escaped":  pdfOf(catalog, "<< /Names << /"+hexed("EmbeddedFiles")+" 9 0 R >> >>"),
		"a document elsewhere":               pdfOf(catalog, `<< /S /GoToR /F (\\\\example.fi\\a.pdf) /D [0 /Fit] >>`),
		"behind an escaped filter":           pdfOf(catalog, "<< /Type /ObjStm /Filter [/"+hexed("RunLengthDecode")+" /FlateDecode] >>\nstream\nx\nendstream"),
		"a filter that stands elsewhere":     pdfOf(catalog, "<< /Type /ObjStm /Filter 9 0 R >>\nstream\nx\nendstream"),
		"a second filter elsewhere":          pdfOf(catalog, "<< /Type /ObjStm /F [/FlateDecode % a\n 9 0R] >>\nstream\nx\nendstream"),
		"rows that are described elsewhere":  pdfOf(catalog, "<< /Type /ObjStm /DecodeParms << /Predictor 12 /Columns 9 0 R >> >>\nstream\nx\nendstream"),
		"rows of another kind":               pdfOf(catalog, "<< /Type /ObjStm /DecodeParms << /Predictor 2 >> >>\nstream\nx\nendstream"),
		"without saying what it is":          pdfOf(catalog, "<< /First 9 /N 2 /Filter [/A85 /Fl] >>\nstream\nx\nendstream", "<< /W [1 2 1] >>\nstream\nendstream"),
		"after a long line":                  pdfOf(catalog, "<< /Type /ObjStm /Filter /FlateDecode >>\nstream"+strings.Repeat(" ", 500)+"\n"+packed+"\nendstream"),
		"with a window that does not matter": pdfOf(catalog, "<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n\xf8\x1d"+packed[2:]+"\nendstream"),
		"with a check that is wrong":         pdfOf(catalog, "<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n\x78\x00"+packed[2:]+"\nendstream"),
		"a ZIP archive as well":              append(bytes.TrimSuffix(pdfOf(catalog), []byte("%%EOF\n")), "PK\x03\x04PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00%%EOF"...),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := clean(t, New(Rules{}), PDF, in)
			wantFault(t, err, fault.Invalid, "file-active")
		})
	}
	for how := range byte(5) {
		rows := deflated(t, inRows("5 0 6 10 "+script, how))
		_, err := clean(t, New(Rules{}), PDF, pdfOf(catalog, "<< /First 9 /N 2 /Filter /FlateDecode /DecodeParms 6 0 R >>\nstream\n"+rows+"\nendstream",
			"<< /Type /XRef >>\nstream\nendstream", "<< /Predictor 15 /Columns 5 >>"))
		wantFault(t, err, fault.Invalid, "file-active")
	}
	_, err := clean(t, New(Rules{}), PDF, []byte("%PDF-1.7\n<html>no end</html>"))
	wantFault(t, err, fault.Invalid, "file-damaged")
}

// A PDF of a few megabytes that would unpack to gigabytes is refused in seconds.
func TestAPDFThatUnpacksWithoutEndIsRefused(t *testing.T) {
	zeros := deflated(t, strings.Repeat("\x00", 32<<20))
	stream := "<< /Filter /FlateDecode >>\nstream\n" + zeros + "\nendstream"
	_, err := clean(t, New(Rules{}), PDF, pdfOf(slices.Repeat([]string{stream}, 17)...))
	wantFault(t, err, fault.Invalid, "file-active")
}

// What programs write every day passes: objects in streams, a table of contents in rows, a picture in rows,
// flags under the name that also means a filter.
func TestAPDFWithPackedObjectsPasses(t *testing.T) {
	table, pixels := deflated(t, inRows(strings.Repeat("\x01\x00\x10\x00", 20), 2)), deflated(t, inRows(strings.Repeat("\x80\x90", 50), 1))
	objects := deflated(t, "5 0 6 30 << /Type /Annot /F 4 /Rect [0 0 1 1] >> << /Columns 5 >>")
	_, err := clean(t, New(Rules{}), PDF, pdfOf(catalog, tree, page, "<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode >>\nstream\n"+objects+"\nendstream",
		"<< /Type /XRef /W [1 2 1] /Filter /FlateDecode /DecodeParms << /Columns 5 /Predictor 12 >> >>\nstream\n"+table+"\nendstream",
		"<< /Subtype /Image /Filter [/FlateDecode] /DecodeParms [<< /Predictor 15 /Colors 1 /BitsPerComponent 8 /Columns 5 >>] /F 4 >>\nstream\n"+pixels+"\nendstream"))
	must(t, err)
}

// What a file says of its rows costs no more than is set.
func TestAPDFCannotDeclareTooManyRows(t *testing.T) {
	many := "<< /Type /ObjStm /Predictor 12"
	for n := range 3 * mostShapes {
		many += fmt.Sprintf(" /Columns %d", n)
	}
	for _, in := range []string{many + " >>", "<< /Type /ObjStm /Predictor 12 /Columns 9000000000000000000000 >>"} {
		_, err := clean(t, New(Rules{}), PDF, pdfOf(catalog, in+"\nstream\n"+deflated(t, "x")+"\nendstream"))
		wantFault(t, err, fault.Invalid, "file-active")
	}
}

// Looking at each of very many names would take minutes.
func TestAPDFCannotHaveNamesWithoutEnd(t *testing.T) {
	body := deflated(t, strings.Repeat("/", mostNames+1<<10)+strings.Repeat("/ ", mostNames))
	_, err := clean(t, New(Rules{}), PDF, pdfOf(catalog, "<< /Filter /FlateDecode >>\nstream\n"+body+"\nendstream"))
	wantFault(t, err, fault.Invalid, "file-active")
}
