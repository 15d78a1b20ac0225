package service_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestOriginsAreReadAsBrowsersWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"https://www.example.fi": "https://www.example.fi", " HTTPS://WWW.Example.FI/ ": "https://www.example.fi",
		"https://example.fi:443": "https://example.fi", "https://example.fi:8443": "https://example.fi:8443",
		"https://xn--lsimki-cuaa.example.fi": "https://xn--lsimki-cuaa.example.fi", "https://192.0.2.7": "https://192.0.2.7",
		"http://localhost:3000": "http://localhost:3000", "http://localhost:80": "http://localhost",
		"http://127.0.0.1:8081": "http://127.0.0.1:8081", "http://[::1]:8081": "http://[::1]:8081", "https://[2001:db8::1]": "https://[2001:db8::1]",
	} {
		if got, err := service.Origin(text); err != nil || got != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for _, bad := range []string{
		"", "example.fi", "http://example.fi", "http://localhost.example.fi", "ftp://example.fi", "https://", "https:///", "https://*.example.fi", "*",
		"https://example.fi/a", "https://example.fi?x", "https://example.fi#x", "https://example.fi//", "https://a@example.fi", "https://a:b@example.fi",
		"https://example.fi:0", "https://example.fi:65536", "https://example.fi:", "https://example.fi:x", "https://exa mple.fi", "https://example.fi;script-src",
		"https://example.fi,https://a.fi", "https://example.fi https://a.fi", "https://-a.fi", "https://a..fi", "https://ä.fi", "https://'self'", "'self'", "null",
		"javascript:alert(1)", "https://::1", "https://[::1%25eth0]", "https://" + strings.Repeat("a", 64) + ".fi", "https://" + strings.Repeat("a.", 150) + "fi",
		"https://example.fi\r\nx-evil: 1", "data:text/html,x", "https:example.fi", "blob:https://example.fi",
	} {
		if got, err := service.Origin(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %q, %v", bad, got, err)
		}
	}
}

func TestOriginsBelongToOneServiceOfOneAuthority(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := service.New(db, time.Now, func(string) *time.Location { return time.UTC }, unmasked)
		for _, where := range [][2]string{{"dvv", "a"}, {"dvv", "b"}, {"mallila", "a"}} {
			one := service.Service{ID: where[1], Notice: "n", Name: text("x"), About: text("x"), Languages: []string{"fi"}}
			write(t, db, func(ctx context.Context, tx *store.Tx) error { return all.Put(ctx, tx, where[0], one) })
		}
		set := func(authority, id string, origins ...string) error {
			return db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				return all.SetOrigins(ctx, tx, pen(authority), id, origins)
			})
		}
		if err := set("dvv", "a", "https://b.example.fi/", "https://a.example.fi", "https://A.example.fi"); err != nil {
			t.Fatal(err)
		}
		for where, want := range map[[2]string]string{{"dvv", "a"}: "[https://a.example.fi https://b.example.fi]", {"dvv", "b"}: "[]", {"mallila", "a"}: "[]"} {
			got, err := all.Get(t.Context(), where[0], where[1])
			if err != nil || fmt.Sprint(got.Origins) != want {
				t.Errorf("%v: %v, %v", where, got.Origins, err)
			}
		}
		if err := set("mallila", "b", "https://a.example.fi"); !fault.Is(err, fault.NotFound) {
			t.Errorf("another authority's service: %v", err)
		}
		if err := set("dvv", "a", "https://a.example.fi", "http://b.example.fi"); !fault.Is(err, fault.Invalid) || fault.Of(err).Field != "origins" {
			t.Errorf("plain http: %v", err)
		}
		if err := set("dvv", "a", many(service.MaxOrigins+1)...); !fault.Is(err, fault.Invalid) {
			t.Errorf("too many: %v", err)
		}
		if err := set("dvv", "a", many(service.MaxOrigins)...); err != nil {
			t.Errorf("as many as may be: %v", err)
		}
		if err := set("dvv", "a"); err != nil {
			t.Errorf("none: %v", err)
		}
		if got, _ := all.Get(t.Context(), "dvv", "a"); len(got.Origins) != 0 {
			t.Errorf("taken off every site: %v", got.Origins)
		}
	})
}

func many(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("https://site%d.example.fi", i))
	}
	return out
}
