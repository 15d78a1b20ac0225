package audit

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func drawEntry(t *rapid.T) *Entry {
	text := rapid.StringOf(rapid.Rune())
	e := &Entry{
		At:          rapid.Int64Range(0, 1<<62).Draw(t, "at"),
		CovertUntil: rapid.Int64Range(0, 1<<62).Draw(t, "covert"),
		Records:     rapid.SliceOfN(text, 1, 3).Draw(t, "records"),
		Leaf:        -1,
	}
	for tag, into := range e.texts() {
		if into != nil {
			*into = text.Draw(t, string(rune('a'+tag)))
		}
	}
	return e
}

func TestDecodeReadsWhatEncodeMade(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawEntry(t)
		back, err := Decode(e.Encode())
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(e, back) {
			t.Fatalf("%+v became %+v", e, back)
		}
	})
}

func TestAnEntryHasOneEncodingOnly(t *testing.T) {
	e := &Entry{ID: "a_1", At: 5, Actor: "s_1", Records: []string{"r_1"}}
	good := e.Encode()
	for name, bad := range map[string][]byte{
		"empty":             {},
		"another version":   append([]byte{2}, good[1:]...),
		"nothing":           nil,
		"a field too long":  append(append([]byte{}, good...), tagReason, 9, 'x'),
		"an unknown tag":    append(append([]byte{}, good...), tagEnd, 1, 'x'),
		"tag zero":          append(append([]byte{}, good...), 0, 1, 'x'),
		"a field backwards": append(append([]byte{}, good...), tagActor, 3, 's', '_', '2'),
		"an empty field":    append(append([]byte{}, good...), tagReason, 0),
		"a padded length":   {1, tagActor, 0x81, 0x00, 'x'},
		"broken UTF-8":      append(append([]byte{}, good...), tagReason, 1, 0xff),
		"an empty number":   append(append([]byte{}, good...), tagCovertUntil, 0),
		"a number too big":  append(append([]byte{}, good...), tagCovertUntil, 10, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1),
	} {
		if _, err := Decode(bad); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add((&Entry{ID: "a_1", At: 5, Records: []string{"r_1", ""}}).Encode())
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := Decode(b)
		if err == nil && string(e.Encode()) != string(b) {
			t.Fatalf("%x was read and is written %x", b, e.Encode())
		}
	})
}
