package file

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"luukku/fault"
)

// inStream is an object stream of objects.
func inStream(t *testing.T, objects string) string {
	return "<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode >>\nstream\n" + deflated(t, "5 0 6 30 "+objects) + "\nendstream"
}

// A PDF that opens a web address without a click is refused, however it is begun and wherever it stands.
func TestAPDFThatActsByItselfIsRefused(t *testing.T) {
	const (
		away  = "<< /Type /Action /S /URI /URI (https://example.fi/?who) >>"
		opens = "<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>"
		link  = "<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.fi) >> >>"
	)
	catalogOf := func(entry string) string { return "<< /Type /Catalog /Pages 2 0 R " + entry + " >>" }
	for name, in := range map[string][]byte{
		"when it is opened":           pdfOf(catalogOf("/OpenAction " + away)),
		"without a blank":             pdfOf(catalogOf("/OpenAction<</S/URI/URI(https://example.fi)>>")),
		"from an object of its own":   pdfOf(opens, tree, page, away),
		"the object first":            pdfOf(tree, page, page, away, opens),
		"beside a link":               pdfOf(opens, tree, link, away),
		"behind a comment":            pdfOf(catalogOf("/OpenAction % [\n4 0 R"), tree, page, away),
		"escaped":                     pdfOf(catalogOf("/"+hexed("OpenAction")+" 4 0 R"), tree, page, "<< /S /"+hexed("URI")+" /URI (https://example.fi) >>"),
		"when a page is shown":        pdfOf(catalog, tree, "<< /Type /Page /AA << /O 4 0 R >> >>", away),
		"from an object elsewhere":    pdfOf(catalog, tree, "<< /Type /Page /AA 5 0 R >>", away, "<< /O 4 0 R >>"),
		"when the pointer passes":     pdfOf(catalog, tree, "<< /Type /Annot /Subtype /Widget /AA << /E "+away+" >> >>"),
		"after a place was shown":     pdfOf(catalogOf("/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next 4 0 R >>"), tree, page, away),
		"printing":                    pdfOf(catalogOf("/OpenAction << /S /Named /N /Print >>"), tree, page),
		"its kind elsewhere":          pdfOf(opens, tree, page, "<< /S 5 0 R /URI (https://example.fi) >>", "/URI"),
		"in an object stream":         pdfOf(opens, tree, page, inStream(t, away)),
		"begun in an object stream":   pdfOf(inStream(t, opens), tree, page, away),
		"behind a string":             pdfOf(opens, tree, "<< /A (<<) /S /URI /URI (https://example.fi) >>"),
		"after a string with a link":  pdfOf(opens, tree, "<< /T (/A <<) /S /URI /URI (https://example.fi) >>"),
		"after a comment with one":    pdfOf(opens, tree, "<< %/A <<\n/S /URI /URI (https://example.fi) >>"),
		"the same, after a return":    pdfOf(opens, tree, "<< %/A <<\r/S /URI /URI (https://example.fi) >>"),
		"the same, in a stream":       pdfOf(opens, tree, inStream(t, "<< % a/A <<\n/S /URI /URI (https://example.fi) >>")),
		"the same, lines before":      pdfOf(opens, tree, inStream(t, "<< /K 1\n% b\n% a\t/A <<\n/S /URI /URI (https://example.fi) >>")),
		"after what is no dictionary": pdfOf(opens, tree, "<< /A < < /S /URI /URI (https://example.fi) >>"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := clean(t, New(Rules{}), PDF, in)
			wantFault(t, err, fault.Invalid, "file-active")
		})
	}
	rows := deflated(t, inRows("5 0 6 10 "+away, 2))
	_, err := clean(t, New(Rules{}), PDF, pdfOf(opens, "<< /Type /ObjStm /First 9 /N 2 /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 5 >> >>\nstream\n"+rows+"\nendstream"))
	wantFault(t, err, fault.Invalid, "file-active")
}

// What a reader clicks stays, and so does a place that is shown first: as programs write them.
func TestAPDFWithLinksPasses(t *testing.T) {
	const (
		goes = "<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>"
		to   = "<< /S /GoTo /D [3 0 R /Fit] >>"
		in   = "<< /Type /Annot /Subtype /Link /A << /Type /Action /S /URI /URI (https://example.fi/100%25) >> >>"
	)
	text := deflated(t, strings.Repeat("BT (see /URI and /AA) Tj ET 50 % of it\n", 100))
	for name, file := range map[string][]byte{
		"a place, and links that stand elsewhere": pdfOf(catalog, tree, "<< /Type /Annot /A 4 0 R >>", "<< /S /URI /URI (https://example.fi) >>"),
		"a place by an action":                    pdfOf("<< /Type /Catalog /OpenAction "+to+" >>", tree, in),
		"a place in an object of its own":         pdfOf(goes, tree, in, to),
		"as TeX writes it":                        pdfOf(goes, inStream(t, "<</Type/Annot/A<</S/URI/URI(https://example.fi)>>>> "+to+" <</A<</Type/Action/S/URI/URI(https://example.fi/%C3%A4)>>>>")),
		"as Qt writes it":                         pdfOf(goes, tree, "<<\n/Type /Annot\n/A <<\n/Type /Action\n/S /URI\n/URI (https://example.fi)\n>>\n>>", to),
		"the same in a stream":                    pdfOf(goes, tree, inStream(t, "% objects\n<<\n/A <<\r\n/S /URI\r\n/URI (https://example.fi)\n>>\n>> "+to)),
		"words in its text":                       pdfOf(catalog, tree, page, fmt.Sprintf("<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", len(text), text)),
	} {
		t.Run(name, func(t *testing.T) {
			out, err := clean(t, New(Rules{}), PDF, file)
			must(t, err)
			if !bytes.HasPrefix(file, out) || len(out) < len(file)-1 {
				t.Errorf("%d of %d bytes", len(out), len(file))
			}
		})
	}
}
