package oidc

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// Ticket is what binds a sign-in to the browser that began it: 32 random bytes that only the browser's
// cookie has. State, nonce and PKCE verifier follow from it and from the directory's name, so that an
// answer of another directory, or to another browser, does not fit.
type Ticket struct{ key [32]byte }

// NewTicket makes one.
func NewTicket() Ticket {
	var t Ticket
	_, _ = rand.Read(t.key[:]) // never fails (crypto/rand)
	return t
}

// ReadTicket reads what String wrote.
func ReadTicket(text string) (Ticket, bool) {
	var t Ticket
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(b) != len(t.key) {
		return t, false
	}
	copy(t.key[:], b)
	return t, true
}

// String is the ticket as a cookie holds it.
func (t Ticket) String() string { return base64.RawURLEncoding.EncodeToString(t.key[:]) }

// Hash is by which a ticket is known without being shown.
func (t Ticket) Hash() []byte {
	sum := sha256.Sum256(t.key[:])
	return sum[:]
}

func (t Ticket) state(d Directory) string    { return t.derive("state", d) }
func (t Ticket) nonce(d Directory) string    { return t.derive("nonce", d) }
func (t Ticket) verifier(d Directory) string { return t.derive("verifier", d) }

// derive makes 43 characters, as long as RFC 7636 asks of a verifier at least.
func (t Ticket) derive(use string, d Directory) string {
	mac := hmac.New(sha256.New, t.key[:])
	for _, part := range []string{use, d.Issuer, d.ClientID} {
		mac.Write([]byte(part))
		mac.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
