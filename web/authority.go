package web

import (
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"luukku/core/notice"
)

// Authority is one controller as it is reached: by a host name of its own, or by the first segment
// of the path. ID is permanent and is what everything below web knows it by.
type Authority struct {
	ID    string
	Slug  string
	Names notice.Text
	Hosts []string
	Zone  *time.Location
}

// reserved are first segments that belong to the server.
var reserved = []string{"api", "app", "assets", "favicon.svg", "healthz", "metrics", "openapi.json", "readyz", "robots.txt", "setup", "static", "style"}

// Reserved tells whether a slug can not be an authority's.
func Reserved(slug string) bool { return slices.Contains(reserved, slug) }

// place is where a request goes: the authority with the base of its addresses and the path below it,
// or the server itself when authority is nil.
type place struct {
	authority *Authority
	base      string // "" on a host of its own, else "/slug"
	path      string
}

// locate finds the place of a request. ok is false when nothing answers there.
func locate(r *http.Request, all []Authority) (place, bool) {
	path := r.URL.Path
	if !clean(path) || hidesSlash(r.URL.RawPath) {
		return place{}, false
	}
	host := hostOf(r)
	for i := range all {
		if slices.ContainsFunc(all[i].Hosts, func(h string) bool { return strings.EqualFold(h, host) }) {
			if rootOnly(path) {
				return place{path: path}, true
			}
			return place{authority: &all[i], path: path}, true
		}
	}
	first, rest, deeper := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if first == "" || Reserved(first) {
		return place{path: path}, true
	}
	for i := range all {
		if all[i].Slug != first {
			continue
		}
		if !deeper {
			return place{authority: &all[i], base: "/" + first, path: ""}, true
		}
		return place{authority: &all[i], base: "/" + first, path: "/" + rest}, true
	}
	return place{}, false
}

// rootOnly tells the server's own paths, which answer on an authority's host too.
func rootOnly(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first != "api" && Reserved(first) || path == "/api/setup" || strings.HasPrefix(path, "/api/setup/")
}

// clean refuses paths that a mux would redirect: an address has one form.
func clean(path string) bool {
	if !strings.HasPrefix(path, "/") || strings.Contains(path, "//") || strings.ContainsRune(path, 0) {
		return false
	}
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return false
		}
	}
	return true
}

// hidesSlash finds an encoded slash: a proxy that guards a path by its beginning does not see it.
func hidesSlash(raw string) bool {
	raw = strings.ToLower(raw)
	return strings.Contains(raw, "%2f") || strings.Contains(raw, "%5c")
}

// hostOf is the request's host without its port.
func hostOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		return r.Host
	}
	return host
}
