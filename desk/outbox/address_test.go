package outbox

import (
	"testing"

	"luukku/fault"
)

func TestAddressesAsTheyGoToTheServer(t *testing.T) {
	for typed, want := range map[string]string{
		" Maija.Testi+chat@Example.FI ": "Maija.Testi+chat@example.fi",
		"a@mäkinen.fi":                  "a@xn--mkinen-bua.fi",
		"a@Åland.example":               "a@xn--land-poa.example",
		"a@bücher.example":              "a@xn--bcher-kva.example",
		"a@例え.テスト":                      "a@xn--r8jz45g.xn--zckzah",
		"a@παράδειγμα.δοκιμή":           "a@xn--hxajbheg2az3al.xn--jxalpdlp",
		"o'neill@sub.example.fi":        "o'neill@sub.example.fi",
	} {
		if got, err := Address(typed); err != nil || got != want {
			t.Errorf("%q: %q %v, want %q", typed, got, err, want)
		}
	}
}

func TestAddressesThatAreRefused(t *testing.T) {
	long := make([]byte, 65)
	for i := range long {
		long[i] = 'a'
	}
	for typed, key := range map[string]string{
		"": "email-form", "@": "email-form", "a@": "email-form", "@example.fi": "email-form", "a@b": "email-form",
		"a b@example.fi": "email-form", "a@example..fi": "email-form", ".a@example.fi": "email-form", "a..b@example.fi": "email-form",
		"a@-x.fi": "email-form", "a@127.0.0.1": "email-form", "a@[127.0.0.1]": "email-form", `"a b"@example.fi`: "email-form",
		"Maija <a@example.fi>": "email-form", "a@example.fi, b@example.fi": "email-form", "a@example.fi\r\nBcc: b@example.fi": "email-form",
		"a\r\nBcc:b@example.fi": "email-form", "a@exa\u202emple.fi": "email-form", "a@example.fi\x00": "email-form",
		string(long) + "@example.fi": "email-form", "äiti@example.fi": "email-international",
	} {
		if got, err := Address(typed); fault.CodeOf(err) != fault.Invalid || fault.Of(err).Key != key || fault.Of(err).Field != "email" {
			t.Errorf("%q: %q %v, want %s", typed, got, err, key)
		}
	}
}

func TestTheWaitGrowsToFourHours(t *testing.T) {
	want := []string{"1m0s", "2m0s", "4m0s", "8m0s", "16m0s", "32m0s", "1h4m0s", "2h8m0s", "4h0m0s", "4h0m0s"}
	for i, w := range want {
		if got := backoff(int64(i + 1)).String(); got != w {
			t.Errorf("after %d attempts %s, want %s", i+1, got, w)
		}
	}
}
