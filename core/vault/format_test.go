package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"luukku/core/notice"
	"luukku/fault"
)

// hexBytes are bytes that a vector writes in hex.
type hexBytes []byte

func (h *hexBytes) UnmarshalText(text []byte) (err error) {
	*h, err = hex.DecodeString(string(text))
	return err
}

func (h hexBytes) key() [keySize]byte { return [keySize]byte(h) }

// vectorIDs are the ids that every vector has.
type vectorIDs struct{ Authority, Notice, Group, Type string }

func (v vectorIDs) register() register { return register{v.Authority, v.Notice, v.Group, v.Type} }

func vectors(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	must(t, err)
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	must(t, d.Decode(into))
}

func same(t *testing.T, what string, got, want []byte) {
	t.Helper()
	if !bytes.Equal(got, want) {
		t.Errorf("%s:\n got %x\nwant %x", what, got, want)
	}
}

// TestColumnVectors opens what testdata/vectors.py sealed, and seals the same bytes' plaintext.
func TestColumnVectors(t *testing.T) {
	var all []struct {
		vectorIDs
		Name, Row  string
		Key, Nonce hexBytes
		Fields     []struct {
			No   uint16
			Text string
		}
		AD        hexBytes `json:"associated_data"`
		Plaintext hexBytes
		Sealed    hexBytes
	}
	vectors(t, "column.json", &all)
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) {
			group := &notice.Group{ID: c.Group}
			var plain []byte
			for _, f := range c.Fields {
				group.Fields = append(group.Fields, notice.Field{No: f.No, ID: "f" + strconv.Itoa(int(f.No))})
				plain = appendField(plain, f.No, f.Text)
			}
			same(t, "plaintext", plain, c.Plaintext)
			ad := c.register().appendAD(nil, ofColumn, c.Row)
			same(t, "associated data", ad, c.AD)
			same(t, "nonce", c.Sealed[1:1+nonceSize], c.Nonce)
			opened, err := unseal(newAEAD(c.Key.key()), c.Sealed, ad)
			must(t, err)
			p := plainOf(t, group, opened)
			for i, f := range c.Fields {
				if string(p[i].text) != f.Text || p[i].id != "f"+strconv.Itoa(int(f.No)) {
					t.Errorf("field %d: %+v", f.No, p[i])
				}
			}
		})
	}
}

func plainOf(t *testing.T, g *notice.Group, text []byte) []field {
	t.Helper()
	fields, err := decode(nil, text, g)
	must(t, err)
	return fields
}

func TestWrapVector(t *testing.T) {
	var c struct {
		vectorIDs
		Thing, Bucket, Record string
		Version               int
		BucketKey             hexBytes `json:"bucket_key"`
		RecordKey             hexBytes `json:"record_key"`
		Nonce                 hexBytes
		AD                    hexBytes `json:"associated_data"`
		Wrap                  hexBytes
	}
	vectors(t, "wrap.json", &c)
	r := &record{register: c.register(), id: RecordID(c.Record), version: c.Version, thing: c.Thing, wrap: c.Wrap, bucket: bucket{id: c.Bucket}}
	same(t, "associated data", r.wrapAD(nil), c.AD)
	key, err := unwrap(newBucketKey(c.BucketKey.key()), r, &scratch{})
	must(t, err)
	same(t, "record key", key.raw[:], c.RecordKey)
	r.wrap = key.wrapUnder(newBucketKey(c.BucketKey.key()), r)
	again, err := unwrap(newBucketKey(c.BucketKey.key()), r, &scratch{})
	must(t, err)
	if again.raw != key.raw || len(r.wrap) != len(c.Wrap) {
		t.Error("what is wrapped here does not unwrap here")
	}
}

func TestTokenVector(t *testing.T) {
	var c struct {
		vectorIDs
		Thing, Record, Field, Value string
		BucketKey                   hexBytes `json:"bucket_key"`
		IndexKey                    hexBytes `json:"index_key"`
		RecordKey                   hexBytes `json:"record_key"`
		Mac, Nonce                  hexBytes
		AD                          hexBytes `json:"associated_data"`
		Sealed                      hexBytes `json:"sealed_value"`
	}
	vectors(t, "token.json", &c)
	key := newBucketKey(c.BucketKey.key())
	same(t, "index key", key.index, c.IndexKey)
	same(t, "token", key.mac(c.Field, c.Value), c.Mac)
	r := &record{register: c.register(), id: RecordID(c.Record), thing: c.Thing}
	same(t, "associated data", r.tokenAD(c.Field), c.AD)
	value, err := unseal(newAEAD(c.RecordKey.key()), c.Sealed, r.tokenAD(c.Field))
	must(t, err)
	same(t, "value", value, []byte(c.Value))
}

// anyText draws text with the lengths at which a length's own length changes.
var anyText = rapid.OneOf(rapid.String(), rapid.StringN(127, 128, -1), rapid.Just(""))

func TestFieldsComeOutAsTheyWentIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		group, values, want := &notice.Group{}, []Value{}, map[string]string{}
		for _, no := range rapid.SliceOfNDistinct(rapid.Uint16Range(1, 0xffff), 0, 6, rapid.ID).Draw(t, "numbers") {
			f := notice.Field{No: no, ID: "f" + strconv.Itoa(int(no))}
			group.Fields = append(group.Fields, f)
			want[f.ID] = anyText.Draw(t, f.ID)
			values = append(values, Value{f.ID, want[f.ID]})
		}
		w, room := &Writer{r: &record{}, group: group}, &scratch{}
		if err := w.encode(values, room); err != nil {
			t.Fatal(err)
		}
		fields, err := decode(nil, room.text, group)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range fields {
			if want[f.id] != string(f.text) {
				t.Fatalf("%s: %q, want %q", f.id, f.text, want[f.id])
			}
			delete(want, f.id)
		}
		if len(want) > 0 {
			t.Fatal("lost:", want)
		}
	})
}

// The order in which values are given does not show: one row has one encoding.
func TestEncodingHasOneForm(t *testing.T) {
	group := &adviceNotice(1).Groups[0]
	w, room := &Writer{r: &record{}, group: group}, &scratch{}
	values := []Value{{"note", "b"}, {"reference_code", "c"}, {"text", "a"}, {"email", "d"}}
	must(t, w.encode(values, room))
	first := slices.Clone(room.text)
	room.wipe()
	slices.Reverse(values)
	must(t, w.encode(values, room))
	same(t, "reversed", room.text, first)
	if string(first) != "\x01\x01a\x02\x01d\x07\x01b\xc8\x01\x01c" {
		t.Errorf("%q", first)
	}
}

func TestBrokenPlaintextIsRefused(t *testing.T) {
	group := &adviceNotice(1).Groups[0]
	for name, text := range map[string]string{
		"number zero":             "\x00\x01a",
		"twice the same number":   "\x01\x01a\x01\x01b",
		"falling numbers":         "\x02\x01a\x01\x01b",
		"undeclared number":       "\x03\x01a",
		"longer than the row":     "\x01\x02a",
		"no length":               "\x01",
		"long form of a number":   "\x81\x00\x01a",
		"long form of a length":   "\x01\x81\x00a",
		"number beyond 16 bits":   "\x80\x80\x04\x01a",
		"a number that never end": "\x80\x80\x80\x80\x80\x80",
	} {
		if _, err := decode(nil, []byte(text), group); !fault.Is(err, fault.Internal) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is sealed opens only where it belongs: any other id, use, key or bit is refused.
func TestSealedOpensOnlyWhereItBelongs(t *testing.T) {
	home := register{"dvv", "advice", "event", "chat"}
	key := newAEAD([keySize]byte{1})
	sealed := seal(key, []byte("text"), home.appendAD(nil, ofColumn, "c_1/1"))
	if _, err := unseal(key, sealed, home.appendAD(nil, ofColumn, "c_1/1")); err != nil {
		t.Fatal("the control does not open:", err)
	}
	for name, ad := range map[string][]byte{
		"authority":          register{"mallila", "advice", "event", "chat"}.appendAD(nil, ofColumn, "c_1/1"),
		"notice":             register{"dvv", "other", "event", "chat"}.appendAD(nil, ofColumn, "c_1/1"),
		"group":              register{"dvv", "advice", "other", "chat"}.appendAD(nil, ofColumn, "c_1/1"),
		"type":               register{"dvv", "advice", "event", "mail"}.appendAD(nil, ofColumn, "c_1/1"),
		"row":                home.appendAD(nil, ofColumn, "c_1/2"),
		"use":                home.appendAD(nil, ofToken, "c_1/1"),
		"letters that shift": register{"dvva", "dvice", "event", "chat"}.appendAD(nil, ofColumn, "c_1/1"),
	} {
		if _, err := unseal(key, sealed, ad); err == nil {
			t.Error("opens under another", name)
		}
	}
	if _, err := unseal(newAEAD([keySize]byte{2}), sealed, home.appendAD(nil, ofColumn, "c_1/1")); err == nil {
		t.Error("opens under another key")
	}
	for i := range sealed {
		broken := slices.Clone(sealed)
		broken[i] ^= 1
		if _, err := unseal(key, broken, home.appendAD(nil, ofColumn, "c_1/1")); err == nil {
			t.Error("opens with another byte", i)
		}
	}
	for _, short := range [][]byte{nil, {}, {version}, sealed[:overhead-1]} {
		if _, err := unseal(key, short, nil); err == nil {
			t.Error("opens something short")
		}
	}
}

// A wrap belongs to one bucket and record, so a record cannot be carried to a longer life outside
// the vault.
func TestWrapBelongsToItsBucketAndRecord(t *testing.T) {
	under := newBucketKey([keySize]byte{1})
	home := record{register: register{"dvv", "advice", "event", "chat"}, id: "r_1", version: 1, thing: "c_1", bucket: bucket{id: "b_1"}}
	key := &recordKey{raw: [keySize]byte{7}}
	home.wrap = key.wrapUnder(under, &home)
	if _, err := unwrap(under, &home, &scratch{}); err != nil {
		t.Fatal("the control does not unwrap:", err)
	}
	for name, change := range map[string]func(*record){
		"bucket":  func(r *record) { r.bucket.id = "b_2" },
		"record":  func(r *record) { r.id = "r_2" },
		"thing":   func(r *record) { r.thing = "c_2" },
		"version": func(r *record) { r.version = 2 },
		"group":   func(r *record) { r.group = "other" },
	} {
		other := home
		change(&other)
		if _, err := unwrap(under, &other, &scratch{}); err == nil {
			t.Error("unwraps as another", name)
		}
	}
}

// FuzzDecode looks for a plaintext that is read in two ways, or that breaks the reader.
func FuzzDecode(f *testing.F) {
	group := &adviceNotice(1).Groups[0]
	for _, seed := range []string{"", "\x01\x01a", "\x01\x00\x02\x00", "\xc8\x01\x01c", "\x01\xff\xff\xff\xff\x0f"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		fields, err := decode(nil, text, group)
		if err != nil {
			return
		}
		var again []byte
		for _, one := range fields {
			again = appendField(again, group.Field(one.id).No, string(one.text))
		}
		same(t, "encoded again", again, text)
	})
}

func gcmOf(t *testing.T, key [keySize]byte) cipher.AEAD {
	t.Helper()
	block, err := aes.NewCipher(key[:])
	must(t, err)
	gcm, err := cipher.NewGCM(block)
	must(t, err)
	return gcm
}
