package outbox

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"luukku/fault"
)

// Address reads one address as somebody typed it and gives it as it goes to the server: the domain
// in its ASCII form, also an international one. Errors, all fault.Invalid on "email": "email-form",
// and "email-international" for letters beyond ASCII before the @, which few servers deliver.
func Address(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	at := strings.LastIndexByte(typed, '@')
	if at < 1 || len(typed) > 254 {
		return "", badForm()
	}
	local, domain := typed[:at], typed[at+1:]
	if strings.ContainsFunc(local, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }) {
		return "", fault.New(fault.Invalid, "email-international").On("email")
	}
	if !localForm(local) {
		return "", badForm()
	}
	ascii, ok := asciiDomain(domain)
	if !ok || len(local)+1+len(ascii) > 254 {
		return "", badForm()
	}
	return local + "@" + ascii, nil
}

func badForm() error { return fault.New(fault.Invalid, "email-form").On("email") }

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

// asciiDomain gives a host name of at least two labels in ASCII and lower case.
func asciiDomain(domain string) (string, bool) {
	labels := strings.Split(norm.NFC.String(strings.ToLower(domain)), ".")
	for i, label := range labels {
		if !labelForm(label) {
			return "", false
		}
		if strings.ContainsFunc(label, func(r rune) bool { return r > unicode.MaxASCII }) {
			label = "xn--" + punycode([]rune(label))
		}
		if labels[i] = label; len(label) > 63 {
			return "", false
		}
	}
	top := labels[len(labels)-1]
	return strings.Join(labels, "."), len(labels) > 1 && len(top) > 1 && !strings.ContainsAny(top[:1], "0123456789")
}

func labelForm(label string) bool {
	if label == "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
		return false
	}
	return !strings.ContainsFunc(label, func(r rune) bool {
		return r != '-' && !letterOrDigit(r) && !(r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)))
	})
}

func letterOrDigit(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}
