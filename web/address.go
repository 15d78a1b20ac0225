package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// proxies are the networks whose word about the client is believed. None is believed by default.
type proxies []netip.Prefix

// trusts tells whether an address is a proxy of ours.
func (p proxies) trusts(a netip.Addr) bool {
	a = a.Unmap()
	return slices.ContainsFunc(p, func(net netip.Prefix) bool { return net.Contains(a) })
}

// client is the address of whoever speaks to the outermost proxy that we trust: from the right of
// X-Forwarded-For, the first that is not one. What a client writes there itself stands further left
// and is never reached. An unreadable address ends the search at the last one that was read.
func (p proxies) client(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	at := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && p.trusts(at); i-- {
		next, ok := readHop(hops[i])
		if !ok {
			return at
		}
		at = next
	}
	return at
}

// readHop reads one entry of X-Forwarded-For, with or without a port.
func readHop(s string) (netip.Addr, bool) {
	s = strings.TrimSpace(s)
	if a, err := netip.ParseAddr(s); err == nil {
		return a.Unmap(), true
	}
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap(), true
	}
	return netip.Addr{}, false
}

// secure tells whether the client's connection is encrypted: by us, or by a proxy that we trust.
func (p proxies) secure(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && p.trusts(peer.Addr()) && r.Header.Get("X-Forwarded-Proto") == "https"
}

// site is what limits count an address as: one IPv6 line usually has a /64.
func site(a netip.Addr) string {
	if a.Is6() {
		if net, err := a.Prefix(64); err == nil {
			return net.String()
		}
	}
	return a.String()
}

// loopback tells whether the client is on this machine.
func loopback(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && peer.Addr().IsLoopback()
}
