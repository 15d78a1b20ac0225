package address_test

import (
	"strings"
	"testing"

	"luukku/desk/address"
	"luukku/fault"
)

// The domains of other scripts are those of RFC 3492 and of IANA's tests.
func TestOneAddressIsReadTheSameHoweverItIsWritten(t *testing.T) {
	for typed, want := range map[string][2]string{
		" Maija.Testi+chat@Example.FI ":       {"Maija.Testi+chat@example.fi", "maija.testi+chat@example.fi"},
		"a@mäkinen.fi":                        {"a@xn--mkinen-bua.fi", "a@mäkinen.fi"},
		"a@MÄKINEN.fi":                        {"a@xn--mkinen-bua.fi", "a@mäkinen.fi"},
		"a@ma\u0308kinen.fi":                  {"a@xn--mkinen-bua.fi", "a@mäkinen.fi"},
		"a@xn--mkinen-bua.fi":                 {"a@xn--mkinen-bua.fi", "a@mäkinen.fi"},
		"a@Åland.example":                     {"a@xn--land-poa.example", "a@åland.example"},
		"a@bücher.example":                    {"a@xn--bcher-kva.example", "a@bücher.example"},
		"a@faß.example":                       {"a@xn--fa-hia.example", "a@faß.example"},
		"a@例え.テスト":                            {"a@xn--r8jz45g.xn--zckzah", "a@例え.テスト"},
		"a@παράδειγμα.δοκιμή":                 {"a@xn--hxajbheg2az3al.xn--jxalpdlp", "a@παράδειγμα.δοκιμή"},
		"a@例え。テスト":                            {"a@xn--r8jz45g.xn--zckzah", "a@例え.テスト"},
		"o'neill@sub.example.fi":              {"o'neill@sub.example.fi", "o'neill@sub.example.fi"},
		"a@" + strings.Repeat("ä", 5) + ".fi": {"a@xn--4caaaaa.fi", "a@äääää.fi"},
	} {
		got, err := address.Read(typed)
		if err != nil || got.Mail() != want[0] || got.Kept() != want[1] {
			t.Errorf("%q: %q %q %v, want %q", typed, got.Mail(), got.Kept(), err, want)
		}
	}
}

func TestAddressesThatAreRefused(t *testing.T) {
	for typed, key := range map[string]string{
		"": "email-form", "@": "email-form", "a@": "email-form", "@example.fi": "email-form", "a@b": "email-form", "no": "email-form",
		"a b@example.fi": "email-form", "a@example..fi": "email-form", ".a@example.fi": "email-form", "a..b@example.fi": "email-form",
		"a@-x.fi": "email-form", "a@x-.fi": "email-form", "a@127.0.0.1": "email-form", "a@[127.0.0.1]": "email-form", `"a b"@example.fi`: "email-form",
		"Maija <a@example.fi>": "email-form", "a@example.fi, b@example.fi": "email-form", "a@example.fi\r\nBcc: b@example.fi": "email-form",
		"a\r\nBcc:b@example.fi": "email-form", "a@exa\u202emple.fi": "email-form", "a@exa\u200bmple .fi": "email-form", "a@example.fi\x00": "email-form",
		"a@example.fi.": "email-form", "a@.example.fi": "email-form", "a@example.f": "email-form", "a@ex_ample.fi": "email-form", "a@xn--a.fi": "email-form",
		"a@\u05d0a.fi": "email-form", "a@b@example.fi": "email-form", "a,b@example.fi": "email-form", "a@example.fi;b": "email-form",
		strings.Repeat("a", 65) + "@example.fi":                     "email-form",
		"a@" + strings.Repeat("b", 64) + ".fi":                      "email-form",
		"a@" + strings.Repeat("bbbbbbbbb.", 30) + "fi":              "email-form",
		"a@" + strings.Repeat("例", 60) + ".fi":                      "email-form",
		strings.Repeat("x", 2000) + "@" + strings.Repeat("y", 2000): "email-form",
		"äiti@example.fi":                                           "email-international",
	} {
		if got, err := address.Read(typed); fault.CodeOf(err) != fault.Invalid || fault.Of(err).Key != key {
			t.Errorf("%q: %q %v, want %s", typed, got.Mail(), err, key)
		}
	}
}
