package contact

import (
	"crypto/sha256"
	"encoding/base64"
	"io"

	"luukku/core/access"
	"luukku/fault"
)

// tokenBytes is the length of a citizen's token before it is written as text.
const tokenBytes = 32

// Citizen is who claims to be a contact's citizen. It holds the digest of a token, never the token.
type Citizen struct {
	authority, contact string
	hash               [sha256.Size]byte
}

// Claim makes a claim of what arrived. It never fails: what no token could be has a digest as well,
// and no contact has that one, so that a forged token answers exactly like an unknown contact.
func Claim(authority, id, token string) Citizen {
	return Citizen{authority, id, sha256.Sum256([]byte(token))}
}

// Authority is the authority within which the claim is made.
func (c Citizen) Authority() string { return c.authority }

// Contact is the contact that is claimed.
func (c Citizen) Contact() string { return c.contact }

// Caller is the citizen as the gate knows them, once the claim has been checked in the transaction.
func (c Citizen) Caller() access.Caller {
	return access.Caller{Authority: c.authority, Kind: access.Subject, ID: c.contact}
}

// newToken makes a token of 256 random bits; only its digest is stored.
func newToken(random io.Reader) (token string, hash [sha256.Size]byte, err error) {
	var raw [tokenBytes]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", hash, err
	}
	token = base64.RawURLEncoding.EncodeToString(raw[:])
	return token, sha256.Sum256([]byte(token)), nil
}

// digestLength is how much of a digest is stored of an id that a client made: enough that no two
// are ever the same by chance.
const digestLength = 16

// clientDigest is what is stored of a client's id, so that nothing a client sent lies in a plain
// column. Writer keeps one writer's ids apart from another's.
func clientDigest(authority, contact, writer, clientID string) []byte {
	h := sha256.New()
	for _, part := range []string{authority, contact, writer, clientID} {
		h.Write([]byte{byte(len(part) >> 8), byte(len(part))})
		h.Write([]byte(part))
	}
	return h.Sum(nil)[:digestLength]
}

func unknownContact() error { return fault.New(fault.NotFound, "contact-not-found") }
