package web

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"strings"
)

// Content security policies (CSP level 3). Pages without script allow none; the front end's shell
// allows its own files and what carries this answer's nonce; an API answer is not a page.
const (
	cspAPI  = "default-src 'none'; frame-ancestors 'none'"
	cspPage = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

// cspShell is the policy of the page in which the front end runs. ws: is named because not every
// browser counts a socket to the same host as 'self'. Ancestors are those that may show the page in a frame.
func cspShell(nonce, host, ancestors string, secure bool) string {
	socket := ""
	switch {
	case !plainHost(host): // it comes with the request; a policy of its own must not be written in it
	case secure:
		socket = " wss://" + host
	default:
		socket = " ws://" + host
	}
	return "default-src 'self'; script-src 'self' 'nonce-" + nonce + "'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' data:; font-src 'self'; connect-src 'self'" + socket +
		"; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors " + ancestors
}

// plainHost tells whether a host has only what names, addresses and ports are written with.
func plainHost(host string) bool {
	return host != "" && !strings.ContainsFunc(host, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune(".-:[]", r)
	})
}

// headers are on every answer (OWASP secure headers). net/http only reads the lists.
var headers = map[string][]string{
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"no-referrer"},
	"Permissions-Policy":           {"camera=(), microphone=(), geolocation=(), payment=(), usb=()"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"X-Frame-Options":              {"DENY"},
	"Content-Security-Policy":      {cspAPI},
	"Cache-Control":                {"no-store"},
}

// secureHeaders puts them on an answer; Set and not Add changes one.
func secureHeaders(h http.Header, secure bool) {
	for name, values := range headers {
		h[name] = values
	}
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
