package proof

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// finder looks for markers in files, in every form in which careless code leaves text behind.
type finder struct {
	forms  map[string][]byte   // what is sought, by its name "marker as form"
	starts map[uint32][]string // names by the form's first four bytes
	likely [1 << 16]bool       // whether a form begins with two bytes
}

// newFinder takes markers by the name of the input that each was sent through.
func newFinder(markers map[string]string) *finder {
	f := &finder{forms: map[string][]byte{}, starts: map[uint32][]string{}}
	for name, marker := range markers {
		for form, text := range formsOf(marker) {
			f.add(name+" as "+form, text)
		}
	}
	return f
}

func (f *finder) add(name string, text []byte) {
	f.forms[name] = text
	start := binary4(text)
	f.starts[start] = append(f.starts[start], name)
	f.likely[start>>16] = true
}

// binary4 is a text's first four bytes as a number.
func binary4(text []byte) uint32 {
	return uint32(text[0])<<24 | uint32(text[1])<<16 | uint32(text[2])<<8 | uint32(text[3])
}

// formsOf are the ways to write a text that a file could hold.
func formsOf(text string) map[string][]byte {
	forms := map[string][]byte{
		"itself":       []byte(text),
		"hex":          []byte(hex.EncodeToString([]byte(text))),
		"HEX":          []byte(strings.ToUpper(hex.EncodeToString([]byte(text)))),
		"UTF-16LE":     utf16Bytes(text, 0),
		"UTF-16BE":     utf16Bytes(text, 1),
		"escaped JSON": []byte(jsonEscaped(text)),
		"escaped URL":  []byte(url.QueryEscape(text)),
		"quoted":       []byte(strings.Trim(fmt.Sprintf("%+q", text), `"`)),
	}
	for i := range 3 {
		forms[fmt.Sprintf("base64 at %d", i)] = base64Inside(base64.RawStdEncoding, text, i)
		forms[fmt.Sprintf("base64url at %d", i)] = base64Inside(base64.RawURLEncoding, text, i)
	}
	return forms
}

// base64Inside is what base64 makes of text that stands at an offset of i bytes in something
// longer: the characters that depend on text alone.
func base64Inside(e *base64.Encoding, text string, i int) []byte {
	padded := append(bytes.Repeat([]byte{0}, i), text...)
	whole := len(padded) / 3 * 3
	encoded := e.EncodeToString(padded[:whole])
	return []byte(encoded[(i+2)/3*4:])
}

func utf16Bytes(text string, low int) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		pair := []byte{byte(u), byte(u >> 8)}
		out = append(out, pair[low], pair[1-low])
	}
	return out
}

// jsonEscaped writes every letter beyond ASCII as \uXXXX.
func jsonEscaped(text string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		if u < 128 {
			b.WriteByte(byte(u))
		} else {
			fmt.Fprintf(&b, `\u%04x`, u)
		}
	}
	return b.String()
}

// in looks through every file below the folders and tells what was found where.
func (f *finder) in(t testing.TB, folders ...string) (found []string, files int) {
	t.Helper()
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return nil // what vanished while the program runs
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return nil
			}
			files++
			for _, name := range f.inText(text) {
				found = append(found, name+" in "+strings.TrimPrefix(path, filepath.Dir(folder)+"/"))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found, files
}

func (f *finder) inText(text []byte) []string {
	seen := map[string]bool{}
	for i := 0; i+4 <= len(text); i++ {
		if !f.likely[uint(text[i])<<8|uint(text[i+1])] {
			continue
		}
		for _, name := range f.starts[binary4(text[i:])] {
			if bytes.HasPrefix(text[i:], f.forms[name]) {
				seen[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// The finder sees a marker in each of its forms, wherever it stands, and nothing where it is not.
func TestTheFinderSeesEveryForm(t *testing.T) {
	const marker = "Zk4Hä9QwXr7Lm2Vb8Tn"
	f := newFinder(map[string]string{"x": marker})
	for form, text := range formsOf(marker) {
		file := append(append(bytes.Repeat([]byte{0xA5}, 4099), text...), "rest"...)
		if len(f.inText(file)) == 0 {
			t.Errorf("%s is not seen", form)
		}
	}
	for i := range 7 { // base64 of something longer
		long := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("-", i) + marker + strings.Repeat("+", 9-i)))
		if len(f.inText([]byte(long))) == 0 {
			t.Errorf("base64 at offset %d is not seen", i)
		}
	}
	if found := f.inText(bytes.Repeat([]byte("Zk4H 9QwXr7Lm2Vb8T"), 100)); len(found) > 0 {
		t.Errorf("seen where it is not: %q", found)
	}
}
