package people

import (
	"net/url"
	"testing"
	"time"
)

func TestCodeWorksOnceAndWithinTheDrift(t *testing.T) {
	secret := "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" // "12345678901234567890", RFC 6238 appendix B
	at := time.Unix(1111111109, 0)
	code, err := CodeNow(secret, at)
	if err != nil || code != "081804" {
		t.Fatalf("%q %v", code, err)
	}
	step := acceptCode(secret, "081 804", 0, at)
	cases := []struct {
		name string
		code string
		last int64
		at   time.Time
		ok   bool
	}{
		{"now", "081804", 0, at, true},
		{"one step late", "081804", 0, at.Add(30 * time.Second), true},
		{"one step early", "081804", 0, at.Add(-30 * time.Second), true},
		{"two steps late", "081804", 0, at.Add(61 * time.Second), false},
		{"used before", "081804", step, at, false},
		{"an older one after a newer", "081804", step + 1, at, false},
		{"another", "081805", 0, at, false},
		{"empty", "", 0, at, false},
	}
	for _, c := range cases {
		if got := acceptCode(secret, c.code, c.last, c.at); (got != 0) != c.ok {
			t.Errorf("%s: step %d", c.name, got)
		}
	}
	if acceptCode("not base32!", "081804", 0, at) != 0 {
		t.Error("a malformed secret accepts a code")
	}
}

func TestDeviceSealsAndReads(t *testing.T) {
	for _, d := range []device{{}, {Secret: "ABC", Step: 12}, {Pending: "DEF"}, {Secret: "ABC", Step: 5, Pending: "DEF"}} {
		if got := readDevice(d.String()); got != d {
			t.Errorf("%+v came back as %+v", d, got)
		}
	}
}

func TestEnrolmentIsReadByAuthenticators(t *testing.T) {
	e := enrolment("Digi- ja väestötietovirasto", "aino.virtanen", "ABCDEFGH")
	u, err := url.Parse(e.URI)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Digi- ja väestötietovirasto:aino.virtanen" {
		t.Fatalf("%s %v", e.URI, err)
	}
	if q := u.Query(); q.Get("secret") != "ABCDEFGH" || q.Get("issuer") != "Digi- ja väestötietovirasto" || q.Get("period") != "30" {
		t.Errorf("%v", u.Query())
	}
	if a, b := newSecret(), newSecret(); len(a) != 32 || a == b {
		t.Error("secrets are not 160 random bits")
	}
}
