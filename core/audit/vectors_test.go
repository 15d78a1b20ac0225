package audit

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"luukku/core/notice"
)

var update = flag.Bool("update", false, "write testdata/vectors.json anew")

// vectors are what another program can be tested with. Bytes are in hex.
type vectors struct {
	Comment    string       `json:"comment"`
	Entries    []leafVector `json:"entries"`
	Roots      []string     `json:"roots"` // of the tree of the first 0, 1, 2… entries, base64
	Seed       string       `json:"ed25519_seed"`
	Key        string       `json:"verifier_key"`
	Checkpoint string       `json:"checkpoint"`
	Gap        string       `json:"gap_leaf_data"`
}

type leafVector struct {
	Entry    Entry  `json:"entry"`
	Encoding string `json:"encoding"`
	Salt     string `json:"salt"`
	ActorMac string `json:"actor_token"`
	RowMac   string `json:"row_token"`
	Expiry   string `json:"expiry"`
	Inner    string `json:"inner"`
	Data     string `json:"data"`
	Leaf     string `json:"leaf"`
}

var vectorEntries = []Entry{
	{ID: "a_01jd00000000000000000000aa", At: 1795251600000, Kind: "staff", Actor: "s_01", SignIn: "i_01", Role: "adviser",
		Purpose: "answer", Action: "reading-begin", Notice: "citizens-advice", Group: "service_event", Type: "contact",
		Row: "c_01", Records: []string{"r_01", "r_02"}, Outcome: "allowed", Reading: "g_01", Leaf: -1},
	{ID: "a_01jd00000000000000000000ab", At: 1795251600001, Kind: "staff", Actor: "s_02", Purpose: "return_to_past_event",
		Action: "open", Notice: "guardianship-chat", Type: "contact", Row: "c_02", Outcome: "purpose-not-declared",
		Reason: "Asiakas kysyi edellisestä keskustelusta – ääkköset", Course: "c_03", Leaf: -1},
	{ID: "a_01jd00000000000000000000ac", At: 1795251600002, Kind: "program", Actor: "verify", Role: "program",
		Purpose: "integrity", Action: "audit-search", Notice: "audit-log", Group: "entry", Outcome: "allowed",
		CovertUntil: 1798761600000, Leaf: -1},
}

func vectorOf(i int, e Entry) (leafVector, []byte) {
	c := Committed{ID: e.ID, Entry: e.Encode(), ActorMac: filled(byte(0xa0 + i))}
	for j := range c.Salt {
		c.Salt[j] = byte(i*32 + j)
	}
	if e.Row != "" {
		c.RowMac = filled(byte(0xb0 + i))
	}
	expiry := notice.Day("2031-11-20")
	inner := c.Inner()
	data := LeafData(expiry, inner)
	leaf := LeafHash(data)
	return leafVector{
		Entry: e, Encoding: hex.EncodeToString(c.Entry), Salt: hex.EncodeToString(c.Salt[:]),
		ActorMac: hex.EncodeToString(c.ActorMac), RowMac: hex.EncodeToString(c.RowMac), Expiry: string(expiry),
		Inner: hex.EncodeToString(inner[:]), Data: hex.EncodeToString(data), Leaf: hex.EncodeToString(leaf[:]),
	}, data
}

func filled(b byte) []byte {
	mac := make([]byte, 32)
	for i := range mac {
		mac[i] = b
	}
	return mac
}

func madeVectors(t *testing.T) vectors {
	t.Helper()
	v := vectors{Comment: "See docs/format.md, The audit log."}
	var all naive
	roots := func() {
		root, err := tlog.TreeHash(int64(len(v.Entries)), all)
		if err != nil {
			t.Fatal(err)
		}
		v.Roots = append(v.Roots, root.String())
	}
	roots()
	for i, e := range vectorEntries {
		leaf, data := vectorOf(i, e)
		hashes, err := tlog.StoredHashes(int64(i), data, all)
		if err != nil {
			t.Fatal(err)
		}
		all, v.Entries = append(all, hashes...), append(v.Entries, leaf)
		roots()
	}
	v.sign(t, all)
	return v
}

func (v *vectors) sign(t *testing.T, all naive) {
	t.Helper()
	key := testKey('k')
	root, _ := tlog.TreeHash(3, all)
	head := Head{Origin: "luukku.example.fi/dvv/audit/1", Size: 3, Root: root}
	var err error
	if v.Checkpoint, err = signHead(head, key); err != nil {
		t.Fatal(err)
	}
	if v.Key, err = verifierKey(head.Origin, key); err != nil {
		t.Fatal(err)
	}
	v.Seed = hex.EncodeToString(key.Seed())
	root, _ = tlog.TreeHash(1, all)
	gap := Gap{Restored: Head{Origin: head.Origin, Size: 1, Root: root}, Kept: Checkpoint{Note: v.Checkpoint}}
	v.Gap = hex.EncodeToString(gap.leafData())
}

func TestTheFormatStaysAsItsVectorsSay(t *testing.T) {
	made, err := json.MarshalIndent(madeVectors(t), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	made = append(made, '\n')
	if *update {
		if err := os.WriteFile("testdata/vectors.json", made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(made) != string(want) {
		t.Errorf("testdata/vectors.json differs from what the program makes:\n%s", made)
	}
}

func TestTheVectorsReadBack(t *testing.T) {
	for i, e := range vectorEntries {
		leaf, data := vectorOf(i, e)
		encoding, _ := hex.DecodeString(leaf.Encoding)
		back, err := Decode(encoding)
		if err != nil || back.Reason != e.Reason || back.ID != e.ID {
			t.Errorf("entry %d: %+v, %v", i, back, err)
		}
		if l, err := parseLeaf(data); err != nil || l.kind != leafEntry || l.expiry != "2031-11-20" {
			t.Errorf("leaf %d: %+v, %v", i, l, err)
		}
	}
	v := madeVectors(t)
	data, _ := hex.DecodeString(v.Gap)
	l, err := parseLeaf(data)
	if err != nil || l.kind != leafOrigin {
		t.Fatalf("gap leaf: %+v, %v", l, err)
	}
	gap, err := parseGap(l.origin)
	if err != nil || gap.Restored.Size != 1 || gap.Kept.Size != 3 {
		t.Errorf("gap: %+v, %v", gap, err)
	}
	seed, _ := hex.DecodeString(v.Seed)
	if _, err := openCheckpoint(gap.Kept.Note, ed25519.NewKeyFromSeed(seed)); err != nil {
		t.Error(err)
	}
}
