package keystore_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
)

// reader reads a key file as FORMAT.md describes it, with nothing of the package.
type reader struct {
	t *testing.T
	b []byte
}

func (r *reader) take(n int) []byte {
	r.t.Helper()
	if n > len(r.b) {
		r.t.Fatal("the file is too short")
	}
	taken := r.b[:n]
	r.b = r.b[n:]
	return taken
}

func (r *reader) str() []byte { return r.take(int(binary.BigEndian.Uint16(r.take(2)))) }

func unseal(t *testing.T, key, sealed, ad []byte) []byte {
	t.Helper()
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := gcm.Open(nil, sealed[:12], sealed[12:], ad)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// kekOf reads a KEK file.
func kekOf(t *testing.T, content []byte) (ref string, key []byte) {
	t.Helper()
	r := &reader{t, content}
	if string(r.take(11)) != "LUUKKUKEK\x01\x00" || string(r.str()) != "i_test" || !strings.HasPrefix(string(r.str()), "first.dvv.") {
		t.Fatal("not a KEK file of this instance")
	}
	ref, key = string(r.str()), r.take(32)
	if sum := sha256.Sum256(content[:len(content)-8]); !bytes.Equal(sum[:8], r.take(8)) || len(r.b) > 0 {
		t.Fatal("its check is wrong")
	}
	return ref, key
}

// records opens a key file and returns "TYPE content" for each of its records.
func records(t *testing.T, content, kekFile []byte, ring byte) []string {
	t.Helper()
	ref, kek := kekOf(t, kekFile)
	r := &reader{t, content}
	if string(r.take(12)) != "LUUKKUKEYS\x01\x00" || r.take(1)[0] != ring {
		t.Fatal("not a key file of this ring")
	}
	for _, want := range []string{"i_test", "dvv", "first", ref} {
		if got := string(r.str()); got != want {
			t.Fatalf("the header says %q, want %q", got, want)
		}
	}
	before := content[:len(content)-len(r.b)]
	fileKey := unseal(t, kek, r.str(), before)
	header := sha256.Sum256(content[:len(content)-len(r.b)])
	var all []string
	for n := uint64(0); len(r.b) > 0; n++ {
		sealed := r.take(int(binary.BigEndian.Uint32(r.take(4))))
		frame := &reader{t, unseal(t, fileKey, sealed, binary.BigEndian.AppendUint64(header[:], n))}
		for len(frame.b) > 0 {
			kind := frame.take(1)
			all = append(all, string(kind)+" "+hex.EncodeToString(frame.take(int(binary.BigEndian.Uint32(frame.take(4))))))
		}
	}
	return all
}

// sample is a store of format version 1 with the text of what it holds.
const sample = "testdata/version1"

func TestKeyFilesOfVersion1StillOpen(t *testing.T) {
	disk := keystoretest.NewDisk()
	for _, folder := range []string{"first.keys", "first.kek"} {
		if err := disk.Folder("/m/"+folder, true); err != nil {
			t.Fatal(err)
		}
		names, err := os.ReadDir(filepath.Join(sample, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			content, err := os.ReadFile(filepath.Join(sample, folder, name.Name()))
			if err != nil {
				t.Fatal(err)
			}
			disk.Put("/m/"+folder+"/"+name.Name(), content)
		}
	}
	s, err := keystore.OpenSet(t.Context(), (&world{disk: disk, stores: 1}).options(), 4)
	if err != nil || len(s.Alarms()) > 0 {
		t.Fatal(err)
	}
	var found []string
	for _, kind := range []keystore.Kind{keystore.Day, keystore.Event} {
		for _, id := range s.Snapshot().IDs(kind) {
			secret, _ := s.Snapshot().Key(id)
			found = append(found, id+" "+hex.EncodeToString(secret[:]))
		}
	}
	for _, l := range s.Journal() {
		found = append(found, l.ID+" "+l.Kind+" "+string(l.Body))
	}
	found = append(found, "seed "+hex.EncodeToString(s.Signer().Seed()))
	want, err := os.ReadFile(filepath.Join(sample, "content.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(found, "\n") + "\n"; got != string(want) {
		t.Errorf("it holds\n%s\nwant\n%s", got, want)
	}
}

func TestAnotherProgramReadsKeyFilesByTheirDescription(t *testing.T) {
	disk := keystoretest.NewDisk()
	s, err := keystore.CreateSet(t.Context(), (&world{disk: disk, stores: 1}).options())
	if err != nil {
		t.Fatal(err)
	}
	days, err := s.AddStock(t.Context(), keystore.Day, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Append(t.Context(), keystore.JournalLine{ID: "jl_1", At: 5, Kind: "hold", Body: []byte("b")}); err != nil {
		t.Fatal(err)
	}
	var kekFile []byte
	for _, content := range disk.Files("first.kek/first.dvv.keys.") {
		kekFile = content
	}
	secret, _ := s.Snapshot().Key(days[0])
	want := []string{
		"G 00000000000000010000000000000000",
		"S " + hex.EncodeToString(s.Signer().Seed()),
		"G 00000000000000030000000000000002",
		"K " + hex.EncodeToString(binary.BigEndian.AppendUint64(nil, uint64(noon.UnixMilli()))) +
			hex.EncodeToString(secret[:]) + hex.EncodeToString([]byte(days[0])),
		"G 00000000000000040000000000000002",
		"L 0000000000000001" + "0000000000000005" + "0004" + hex.EncodeToString([]byte("jl_1")) +
			"0004" + hex.EncodeToString([]byte("hold")) + hex.EncodeToString([]byte("b")),
	}
	got := records(t, disk.Files(firstKeys)[firstKeys], kekFile, 1)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("records\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
