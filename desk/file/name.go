package file

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestName is how many characters a name has at most, its ending included.
const longestName = 80

// Name is what a file is called: the last part of what its sender calls it, without what other programs
// take for more than a name (folders, control and direction characters, leading dots), and with the ending
// of its kind. mask hides what no text may hold. A name of which nothing is left becomes "file".
func Name(said string, kind Kind, mask func(string) (string, int)) string {
	if !utf8.ValidString(said) {
		said = strings.ToValidUTF8(said, "")
	}
	said = said[strings.LastIndexAny(said, `/\`)+1:]
	said, _ = mask(norm.NFC.String(said))
	said = strings.Map(plain, said)
	said = withoutEnding(strings.TrimRight(strings.Join(strings.Fields(said), " "), ". "), kind)
	if runes := []rune(said); len(runes) > longestName-4 {
		said = string(runes[:longestName-4])
	}
	said = strings.Trim(said, ". ")
	if said == "" || reserved[strings.ToLower(said)] {
		said = "file"
	}
	return said + extensions[kind][0]
}

// plain drops what cannot be seen and replaces what no file system takes.
func plain(r rune) rune {
	switch {
	case unicode.Is(unicode.Cf, r), unicode.IsControl(r), r == utf8.RuneError:
		return -1
	case strings.ContainsRune(`<>:"|?*`, r):
		return '_'
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

// withoutEnding cuts the ending of any kind off a name, and a second one that hid behind it.
func withoutEnding(name string, kind Kind) string {
	for range 2 {
		dot := strings.LastIndexByte(name, '.')
		if dot < 0 || !ending(name[dot:], kind) {
			break
		}
		name = strings.TrimRight(name[:dot], ". ")
	}
	return name
}

// ending tells an ending that a program would act by: one of ours, or what is short and has no blank.
func ending(end string, kind Kind) bool {
	if slices.Contains(extensions[kind], strings.ToLower(end)) {
		return true
	}
	return active[strings.ToLower(end)]
}

// active are endings by which programs are started or pages shown.
var active = map[string]bool{".exe": true, ".com": true, ".bat": true, ".cmd": true, ".scr": true, ".msi": true, ".js": true,
	".vbs": true, ".ps1": true, ".hta": true, ".lnk": true, ".html": true, ".htm": true, ".svg": true, ".jar": true, ".sh": true}

// reserved are the names that Windows takes for devices.
var reserved = map[string]bool{"con": true, "prn": true, "aux": true, "nul": true, "com1": true, "com2": true, "com3": true,
	"com4": true, "lpt1": true, "lpt2": true, "lpt3": true}
