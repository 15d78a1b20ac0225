package text

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var languages = []string{"fi", "sv", "en"}

func TestEveryKeyHasATextInThreeLanguages(t *testing.T) {
	want := Of("fi").Keys()
	places := regexp.MustCompile(`\{[a-z]+\}`)
	for _, lang := range languages {
		l := Of(lang)
		if got := l.Keys(); !slices.Equal(got, want) {
			t.Errorf("%s and fi differ in their keys", lang)
		}
		for _, key := range want {
			text := l.Get(key, nil)
			if strings.TrimSpace(text) == "" || strings.TrimSpace(text) != text {
				t.Errorf("%s %s: %q", lang, key, text)
			}
			if a, b := places.FindAllString(text, -1), places.FindAllString(Of("fi").Get(key, nil), -1); !slices.Equal(sorted(a), sorted(b)) {
				t.Errorf("%s %s: places %v, in Finnish %v", lang, key, a, b)
			}
		}
	}
}

func sorted(s []string) []string { slices.Sort(s); return s }

// Different languages are written differently: a text that was forgotten in translation shows as equal.
func TestTextsAreTranslated(t *testing.T) {
	same := []string{"page-version", "copy-duration"} // "Version" is both Swedish and English; "min" and "s" are everybody’s
	for _, key := range Of("fi").Keys() {
		fi, sv, en := Of("fi").Get(key, nil), Of("sv").Get(key, nil), Of("en").Get(key, nil)
		if len(fi) > 12 && (fi == sv || fi == en || sv == en) && !slices.Contains(same, key) {
			t.Errorf("%s: %q %q %q", key, fi, sv, en)
		}
	}
}

// Every fault that the program can answer with has a text of its own, or is one that people never see.
func TestEveryFaultHasAText(t *testing.T) {
	call := regexp.MustCompile(`fault\.New\(fault\.(Invalid|Denied|NotFound|Conflict|Gone|Busy), "([a-z0-9-]+)"`)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && slices.Contains([]string{"node_modules", ".git", "cmd", "proof"}, d.Name()) {
				return filepath.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "desktest") {
			return nil
		}
		source, err := os.ReadFile(path)
		for _, m := range call.FindAllStringSubmatch(string(source), -1) {
			if key := m[2]; !Of("en").Has("problem-"+key) && !slices.Contains(unseen, key) {
				t.Errorf("%s: %s has no text", path, key)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// unseen are faults of start-up, of the command line and of the program's own use of itself; over HTTP
// the text of their code is enough.
var unseen = []string{
	"audit-bundle-unreadable", "audit-entry-stays", "audit-entry-unreadable", "audit-leaf-unreadable", "audit-no-gap", "audit-older-than-checkpoint",
	"audit-tree-moved", "audit-unnumbered", "checkpoint-signature", "checkpoint-unreadable", "database-not-empty", "empty-token", "field-twice",
	"journal-line", "journal-unavailable", "keystore-closed", "keystore-corrupt", "keystore-exists", "keystore-foreign", "keystore-in-use",
	"keystore-missing", "keystore-not-lost", "keystore-older", "keystore-options", "keystore-unreachable", "later", "no-authority", "nothing-to-open",
	"readings-stuck", "record-without-owner", "rows-of-several-records", "snapshot-damaged", "snapshot-engine", "snapshot-exists", "snapshot-version",
	"staff-without-id", "storage-url", "totp-secret",
}

func TestValuesAreNotTakenForTexts(t *testing.T) {
	got := Of("en").Get("problem-undeclared-field", map[string]string{"field": "{notice}", "notice": "<b>"})
	if want := "The privacy notice <b> does not declare the field {notice}, so it cannot be stored."; got != want {
		t.Errorf("%q", got)
	}
	if got := Of("xx").Code(); got != "fi" {
		t.Errorf("an unknown language is %q", got)
	}
	if got := Of("en").Problem("busy", "some-key-without-a-text", nil); got != Of("en").Get("code-busy-detail", nil) {
		t.Errorf("%q", got)
	}
}

// discarded are words for which another was chosen (the glossary), by language.
var discarded = map[string]*regexp.Regexp{
	"fi": regexp.MustCompile(`(?i)koodilait|(^|[^u])neuvoja|esittely-ympäristö|arkistoi`),
	"sv": regexp.MustCompile(`(?i)kodenhet|bevara|förman|\bsamtal|demomiljö|Ibruktagning|utfall`),
	"en": regexp.MustCompile(`(?i)code device|\busername|retention time|recover `),
}

func TestOneWordForOneThing(t *testing.T) {
	for lang, words := range discarded {
		for _, folder := range []string{".", "../app/src/text"} {
			source, err := os.ReadFile(filepath.Join(folder, lang+".json"))
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(string(source), "\n") {
				if _, text, _ := strings.Cut(line, ": "); words.MatchString(text) {
					t.Errorf("%s %s: %s", folder, lang, strings.TrimSpace(line))
				}
			}
		}
	}
}

// A key given twice has two texts, of which the reader of the file sees the one that is not used.
func TestNoKeyIsGivenTwice(t *testing.T) {
	key := regexp.MustCompile(`(?m)^ {2}"([^"]+)":`)
	for _, lang := range languages {
		source, err := files.ReadFile(lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, m := range key.FindAllStringSubmatch(string(source), -1) {
			if seen[m[1]] {
				t.Errorf("%s: %s is there twice", lang, m[1])
			}
			seen[m[1]] = true
		}
	}
}
