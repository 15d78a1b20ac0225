package service

import (
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"luukku/fault"
)

// MaxOrigins is how many sites may carry one service's chat.
const MaxOrigins = 20

// hostForm is a host name in ASCII, as browsers write it: no wildcard, nothing that a policy reads as
// more than a name. An international name comes in its xn-- form.
var hostForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$`)

// Origin reads the origin of a site, such as https://www.example.fi, and returns it as browsers write it
// (RFC 6454 section 6.2): lower case, without the scheme's own port. Plain http is for this machine only.
// It returns fault.Invalid "origin-form" for anything else, such as an address with a path.
func Origin(text string) (string, error) {
	bad := fault.New(fault.Invalid, "origin-form")
	text = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(text)), "/")
	u, err := url.Parse(text)
	if err != nil || len(text) > 255 || u.User != nil || u.Path != "" || strings.ContainsAny(text, "?#") {
		return "", bad
	}
	host, port := u.Hostname(), u.Port()
	usual, ok := usualPort(u.Scheme, host)
	if !ok || strings.HasSuffix(u.Host, ":") || !isHost(host, u.Host) {
		return "", bad
	}
	if n, err := strconv.Atoi(port); port != "" && (err != nil || n < 1 || n > 65535 || port[0] == '0') {
		return "", bad
	}
	return join(u.Scheme, host, port, usual), nil
}

// join writes an origin; the scheme's usual port is left out.
func join(scheme, host, port, usual string) string {
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port == "" || port == usual {
		return scheme + "://" + host
	}
	return scheme + "://" + host + ":" + port
}

// usualPort is the port that an origin of the scheme does not write; ok is false for a scheme that the
// host may not use.
func usualPort(scheme, host string) (port string, ok bool) {
	if scheme == "http" {
		ip := net.ParseIP(host)
		return "80", host == "localhost" || ip != nil && ip.IsLoopback()
	}
	return "443", scheme == "https"
}

// isHost tells a name or an address of version 4, or one of version 6 that was written in brackets.
func isHost(host, written string) bool {
	if strings.Contains(host, ":") {
		_, err := netip.ParseAddr(host)
		return err == nil && strings.HasPrefix(written, "[") && !strings.Contains(host, "%")
	}
	return len(host) <= 253 && hostForm.MatchString(host)
}

// sortedOrigins reads a list, each origin once, in ascending order. It returns fault.Invalid on "origins"
// when one cannot be read, or when there are more than MaxOrigins.
func sortedOrigins(list []string) ([]string, error) {
	out := []string{}
	for _, text := range list {
		one, err := Origin(text)
		if err != nil {
			return nil, fault.Of(err).On("origins")
		}
		out = append(out, one)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if len(out) > MaxOrigins {
		return nil, fault.New(fault.Invalid, "origin-count", "n", strconv.Itoa(MaxOrigins)).On("origins")
	}
	return out, nil
}
