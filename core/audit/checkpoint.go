package audit

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"luukku/fault"
)

// Head is a tree at one size: what a checkpoint says.
type Head struct {
	Origin string // names instance, authority and tree
	Size   int64
	Root   tlog.Hash
}

// Checkpoint is a signed head. Note is its text as published: a C2SP tlog-checkpoint in a C2SP
// signed note with one Ed25519 signature whose name is the origin.
type Checkpoint struct {
	Head
	At   int64 // when it was kept in the journal, unix milliseconds
	Note string
}

// text is the body that is signed.
func (h Head) text() string {
	return h.Origin + "\n" + strconv.FormatInt(h.Size, 10) + "\n" +
		base64.StdEncoding.EncodeToString(h.Root[:]) + "\n"
}

// parseHead reads a checkpoint's body.
func parseHead(text string) (Head, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return Head{}, fault.New(fault.Invalid, "checkpoint-unreadable")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Head{}, fault.New(fault.Invalid, "checkpoint-unreadable")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Head{}, fault.New(fault.Invalid, "checkpoint-unreadable").Wrap(err)
	}
	return Head{Origin: lines[0], Size: size, Root: root}, nil
}

// signature signs and checks notes under one origin with an authority's audit key.
type signature struct {
	name string
	key  crypto.Signer // Ed25519
}

func (s signature) public() ed25519.PublicKey { return s.key.Public().(ed25519.PublicKey) }

// Name implements note.Signer and note.Verifier.
func (s signature) Name() string { return s.name }

// KeyHash implements note.Signer and note.Verifier: the first four bytes of
// SHA-256(name ‖ newline ‖ 0x01 ‖ public key), as C2SP signed-note says.
func (s signature) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(s.name+"\n\x01"), s.public()...))
	return binary.BigEndian.Uint32(sum[:4])
}

// Sign implements note.Signer.
func (s signature) Sign(msg []byte) ([]byte, error) {
	return s.key.Sign(nil, msg, crypto.Hash(0)) // Ed25519 needs no randomness
}

// Verify implements note.Verifier.
func (s signature) Verify(msg, sig []byte) bool { return ed25519.Verify(s.public(), msg, sig) }

// signHead returns the signed note of a head.
func signHead(h Head, key crypto.Signer) (string, error) {
	signed, err := note.Sign(&note.Note{Text: h.text()}, signature{h.Origin, key})
	if err != nil {
		return "", fmt.Errorf("sign the audit's checkpoint: %w", err)
	}
	return string(signed), nil
}

// openCheckpoint reads a signed note and checks its signature. It returns fault.Invalid for a
// note that the authority's key has not signed under the origin that it names.
func openCheckpoint(signed string, key crypto.Signer) (Checkpoint, error) {
	head, err := parseHead(signed)
	if err != nil {
		return Checkpoint{}, err
	}
	n, err := note.Open([]byte(signed), note.VerifierList(signature{head.Origin, key}))
	if err != nil {
		return Checkpoint{}, fault.New(fault.Invalid, "checkpoint-signature").Wrap(err)
	}
	if head.text() != n.Text {
		return Checkpoint{}, fault.New(fault.Invalid, "checkpoint-unreadable")
	}
	return Checkpoint{Head: head, Note: signed}, nil
}

// verifierKey is the key in the form in which signed notes name it: name+hash+base64.
func verifierKey(origin string, key crypto.Signer) (string, error) {
	return note.NewEd25519VerifierKey(origin, key.Public().(ed25519.PublicKey))
}
