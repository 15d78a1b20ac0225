// Package address reads e-mail addresses. It promises one rule for every address that the program takes
// in, whether it is mailed to, kept or searched: what one place accepts, all accept, and two ways of
// writing one domain are one address.
package address

import (
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"luukku/fault"
)

// Longest is how many characters an address has at most as it goes to a server (RFC 5321, section 4.5.3.1).
const Longest = 254

// Address is one address. Its zero value is none.
type Address struct{ local, domain string } // the domain in ASCII and lower case

// Read reads one address as somebody typed it, without a display name. It returns fault.Invalid:
// "email-form", and "email-international" for letters beyond ASCII before the @, which few servers deliver.
func Read(typed string) (Address, error) {
	typed = strings.TrimSpace(typed)
	bad := fault.New(fault.Invalid, "email-form")
	at := strings.LastIndexByte(typed, '@')
	if at < 1 || len(typed) > 4*Longest {
		return Address{}, bad
	}
	a := Address{local: typed[:at]}
	if strings.ContainsFunc(a.local, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }) {
		return Address{}, fault.New(fault.Invalid, "email-international")
	}
	var ok bool
	if a.domain, ok = asciiDomain(typed[at+1:]); !ok || !localForm(a.local) || len(a.Mail()) > Longest {
		return Address{}, bad
	}
	return a, nil
}

// Mail is the address as it goes to a server: what stands before the @ as it was typed, an
// international domain in its ASCII form (RFC 5891).
func (a Address) Mail() string { return a.local + "@" + a.domain }

// Kept is the address as it is kept, shown and searched: in lower case, the domain as people write it.
func (a Address) Kept() string {
	shown, err := idna.Lookup.ToUnicode(a.domain)
	if err != nil {
		shown = a.domain
	}
	return strings.ToLower(a.local) + "@" + shown
}

// localForm admits the dot-atoms of RFC 5322, at most 64 characters. Quoted forms are not admitted:
// nobody has one, and they are where headers are smuggled in.
func localForm(local string) bool {
	if local == "" || len(local) > 64 || strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return false
	}
	return !strings.ContainsFunc(local, func(r rune) bool {
		return !letterOrDigit(r) && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r)
	})
}

// asciiDomain gives a host name of at least two labels in ASCII and lower case, by the rules for looking
// one up (UTS 46). An address of a machine is none.
func asciiDomain(domain string) (string, bool) {
	ascii, err := idna.Lookup.ToASCII(domain)
	dot := strings.LastIndexByte(ascii, '.')
	if err != nil || dot < 1 || len(ascii) > 253 || strings.Contains(ascii, "..") {
		return "", false
	}
	for label := range strings.SplitSeq(ascii, ".") {
		if label == "" || len(label) > 63 {
			return "", false
		}
	}
	top := ascii[dot+1:]
	return ascii, len(top) > 1 && !strings.ContainsAny(top[:1], "0123456789")
}

func letterOrDigit(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}
