package oidc

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"
	"time"
)

// Bounds of what is fetched from a directory. A discovery document or a set of keys has a few kilobytes.
const (
	maxAnswer = 256 << 10 // bytes
	dialTime  = 5 * time.Second
	fetchTime = 10 * time.Second
)

var (
	errPlace    = errors.New("the address is in a network in which no directory may lie")
	errTooLarge = errors.New("the answer is too large")
)

// fetcher is the only way out: no proxy of the environment, no redirect, nothing large, nothing slow, and
// no address but those that are allowed. The address is judged when the line is opened, after its name was
// resolved, so that a name which changes between two look-ups changes nothing.
func (c *Client) fetcher() *http.Client {
	dialer := &net.Dialer{Timeout: dialTime, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !c.allowed(at.Addr()) {
			return errPlace
		}
		return nil
	}}
	line := &http.Transport{
		DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: dialTime, ResponseHeaderTimeout: fetchTime,
		MaxResponseHeaderBytes: 64 << 10, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute,
		TLSClientConfig: &tls.Config{RootCAs: c.o.Roots, MinVersion: tls.VersionTLS12},
	}
	return &http.Client{Transport: bounded{line}, Timeout: fetchTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// bounded ends answers that are too large.
type bounded struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.next.RoundTrip(r)
	if err == nil {
		answer.Body = &boundedBody{answer.Body, maxAnswer}
	}
	return answer, err
}

type boundedBody struct {
	io.ReadCloser
	left int
}

// Read fails when more was read than an answer may hold.
func (b *boundedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= n; b.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// special are networks that belong to nobody on the Internet, besides those that netip knows
// (IANA special-purpose registries, RFC 6890); those that carry an IPv4 address inside are among them.
var special = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "fec0::/10")

func prefixes(all ...string) (out []netip.Prefix) {
	for _, one := range all {
		out = append(out, netip.MustParsePrefix(one))
	}
	return out
}

// allowed tells whether a directory may lie at an address. Link-local ones are never allowed: there lies
// what a cloud tells its machines about themselves.
func (c *Client) allowed(at netip.Addr) bool {
	at = at.Unmap().WithZone("")
	inside := func(p netip.Prefix) bool { return p.Contains(at) }
	switch {
	case at.IsLinkLocalUnicast() || at.IsMulticast() || at.IsUnspecified():
		return false
	case slices.ContainsFunc(c.o.Networks, inside):
		return true
	case at.IsLoopback():
		return c.o.Loopback
	}
	return at.IsGlobalUnicast() && !at.IsPrivate() && !slices.ContainsFunc(special, inside)
}

func isLoopback(host string) bool {
	at, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && at.Unmap().IsLoopback()
}
