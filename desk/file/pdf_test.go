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
		"JavaScript":                      pdfOf(catalog, tree, page, script),
		"JavaScript, escaped":             pdfOf(catalog, tree, page, "<< /S /J#61vaScri#70t /JS (app.alert(1)) >>"),
		"JavaScript at the end":           append(pdfOf(catalog), "/JavaScript"...),
		"a program":                       pdfOf(catalog, "<< /S /Launch /F (calc.exe) >>"),
		"another file":                    pdfOf(catalog, "<< /Type /EmbeddedFile >>\nstream\nMZ\nendstream"),
		"a form that sends":               pdfOf(catalog, "<< /S/SubmitForm/F(https://example.fi) >>"),
		"encrypted":                       bytes.Replace(pdfOf(catalog), []byte("/Root"), []byte("/Encrypt 9 0 R /Root"), 1),
		"JavaScript, in an object stream": pdfOf(catalog, "<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode >>\nstream\n"+packed+"\nendstream"),
		"the same after a lone return":    pdfOf(catalog, "<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode >>\nstream\r"+packed+"\nendstream"),
		"the same after blanks":           pdfOf(catalog, "<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode >>\nstream  \n"+packed+"\nendstream"),
		"the same, and a false stream":    pdfOf(catalog, "<< /First 9 /X (stream\n) /N 2 /Filter /FlateDecode >>\nstream\n"+packed+"\nendstream"),
		"the same in a picture":           pdfOf(catalog, "<< /Subtype /Image /Filter /FlateDecode >>\nstream\n"+packed+"\nendstream"),
		"objects behind another filter":   pdfOf(catalog, "<< /Type /ObjStm /N 2 /First 9 /Filter [/ASCII85Decode /FlateDecode] >>\nstream\nxyz~>\nendstream"),
		"hidden in a stream's data":       pdfOf(catalog, "<< /Length 3 >>\nstream\nabc\nendobj\n9 0 obj\n"+script+"\nendstream"),
		"a ZIP archive as well":           append(bytes.TrimSuffix(pdfOf(catalog), []byte("%%EOF\n")), "PK\x03\x04PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00%%EOF"...),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := clean(t, New(Rules{}), PDF, in)
			wantFault(t, err, fault.Invalid, "file-active")
		})
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
