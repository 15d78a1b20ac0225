package web

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
)

// Content security policies (CSP level 3). Pages without script allow none; the front end's shell
// allows its own files and what carries this answer's nonce; an API answer is not a page.
const (
	cspAPI  = "default-src 'none'; frame-ancestors 'none'"
	cspPage = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

// cspShell is the policy of the page in which the front end runs. ws: is named because not every
// browser counts a socket to the same host as 'self'.
func cspShell(nonce, host string, secure bool) string {
	socket := "ws://" + host
	if secure {
		socket = "wss://" + host
	}
	return "default-src 'self'; script-src 'self' 'nonce-" + nonce + "'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' data:; font-src 'self'; connect-src 'self' " + socket +
		"; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}

// secureHeaders are on every answer (OWASP secure headers).
func secureHeaders(h http.Header, secure bool) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Content-Security-Policy", cspAPI)
	h.Set("Cache-Control", "no-store")
	if secure {
		h.Set("Strict-Transport-Security", "max-age=63072000")
	}
}

// newNonce makes the random word of one answer's policy.
func newNonce() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawStdEncoding.EncodeToString(b)
}
