package audit

import (
	"crypto/ed25519"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"luukku/fault"
)

func testKey(b byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(b), ed25519.SeedSize)))
}

func TestACheckpointIsASignedNoteThatAnybodyCanOpen(t *testing.T) {
	head := Head{Origin: "luukku/dvv/audit/1", Size: 7, Root: tlog.RecordHash([]byte("x"))}
	signed, err := signHead(head, testKey('k'))
	if err != nil {
		t.Fatal(err)
	}
	vkey, err := verifierKey(head.Origin, testKey('k'))
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open([]byte(signed), note.VerifierList(verifier)); err != nil {
		t.Fatalf("golang.org/x/mod/sumdb/note does not open\n%s: %v", signed, err)
	}
	got, err := openCheckpoint(signed, testKey('k'))
	if err != nil || got.Head != head {
		t.Errorf("opened %+v, %v", got, err)
	}
}

func TestAForgedCheckpointIsRefused(t *testing.T) {
	head := Head{Origin: "luukku/dvv/audit/1", Size: 7, Root: tlog.RecordHash([]byte("x"))}
	signed, _ := signHead(head, testKey('k'))
	for name, bad := range map[string]string{
		"another size":      strings.Replace(signed, "\n7\n", "\n8\n", 1),
		"a padded size":     strings.Replace(signed, "\n7\n", "\n07\n", 1),
		"another origin":    strings.Replace(signed, "dvv", "mallila", 1),
		"no signature":      head.text(),
		"a line more":       strings.Replace(signed, "\n\n", "\nmore\n\n", 1),
		"nothing":           "",
		"a root cut short":  strings.Replace(signed, head.Root.String(), "AAAA", 1),
		"an empty origin":   strings.Replace(signed, head.Origin+"\n", "\n", 1),
		"a negative length": strings.Replace(signed, "\n7\n", "\n-7\n", 1),
	} {
		if _, err := openCheckpoint(bad, testKey('k')); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := openCheckpoint(signed, testKey('q')); !fault.Is(err, fault.Invalid) {
		t.Errorf("another key's: %v", err)
	}
}
