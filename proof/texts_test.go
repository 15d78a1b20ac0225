package proof

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// textFolders hold fi.json, sv.json and en.json each.
var textFolders = []string{"web/text", "web/app/src/text"}

var languages = []string{"fi", "sv", "en"}

// readTexts flattens a file of texts: keys joined by dots.
func readTexts(t *testing.T, folder, lang string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", folder, lang+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatalf("%s/%s.json: %v", folder, lang, err)
	}
	flat := map[string]string{}
	flatten(flat, "", tree)
	return flat
}

func flatten(into map[string]string, key string, node any) {
	switch n := node.(type) {
	case map[string]any:
		for k, v := range n {
			flatten(into, strings.TrimPrefix(key+"."+k, "."), v)
		}
	case []any:
		for i, v := range n {
			flatten(into, fmt.Sprintf("%s.%d", key, i), v)
		}
	default:
		into[key] = fmt.Sprint(n)
	}
}

var placeholder = regexp.MustCompile(`\{[a-zA-Z_][a-zA-Z0-9_]*\}`)

// places are the distinct placeholders of a text, sorted.
func places(text string) string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return strings.Join(slices.Compact(found), " ")
}

// compareTexts tells what a language lacks or has too much against another.
func compareTexts(have, other map[string]string, lang, otherLang string) []string {
	var wrong []string
	for _, key := range slices.Sorted(maps.Keys(have)) {
		text, ok := other[key]
		switch {
		case !ok:
			wrong = append(wrong, fmt.Sprintf("%s is in %s, but not in %s", key, lang, otherLang))
		case strings.TrimSpace(text) == "":
			wrong = append(wrong, fmt.Sprintf("%s is empty in %s", key, otherLang))
		case places(text) != places(have[key]):
			wrong = append(wrong, fmt.Sprintf("%s has %s in %s and %s in %s", key, places(have[key]), lang, places(text), otherLang))
		}
	}
	return wrong
}

// fi, sv and en from the first page.
func TestEveryTextIsThereInThreeLanguages(t *testing.T) {
	for _, folder := range textFolders {
		t.Run(strings.ReplaceAll(folder, "/", "-"), func(t *testing.T) {
			texts := map[string]map[string]string{}
			for _, lang := range languages {
				texts[lang] = readTexts(t, folder, lang)
			}
			if len(texts["fi"]) < 50 {
				t.Errorf("only %d texts", len(texts["fi"]))
			}
			for _, a := range languages {
				for _, b := range languages {
					for _, wrong := range compareTexts(texts[a], texts[b], a, b) {
						t.Error(wrong)
					}
				}
			}
		})
	}
}

// The control of the test above.
func TestMissingTextIsSeen(t *testing.T) {
	fi := map[string]string{"a": "x {n}", "b": "y", "c": "z"}
	sv := map[string]string{"a": "x {m}", "b": " "}
	if wrong := compareTexts(fi, sv, "fi", "sv"); len(wrong) != 3 {
		t.Errorf("want another place, an empty and a missing text; got %q", wrong)
	}
}

var (
	faultCall = regexp.MustCompile(`fault\.New\(\s*fault\.(\w+),\s*"([^"]+)"`)
	ownText   = regexp.MustCompile(`^problem-`)
)

// facing are the folders whose refusals people meet; what lies deeper refuses programmers.
var facing = []string{"people/", "desk/", "channel/", "web/"}

// unseen are keys that only a programmer or the console can meet.
var unseen = []string{"totp-secret"}

// Every refusal that a person can meet says what happened in their language: a text of its own, or
// the sentence of its code.
func TestEveryFaultHasASentence(t *testing.T) {
	texts := readTexts(t, "web/text", "fi")
	raised := faults(t, []string{""}, "")
	for _, code := range []string{"invalid", "denied", "not_found", "conflict", "gone", "busy", "internal"} {
		if texts["code-"+code+"-detail"] == "" {
			t.Errorf("code %s has no sentence", code)
		}
	}
	for key := range faults(t, facing, "Invalid") {
		if texts["problem-"+key] == "" && !slices.Contains(unseen, key) {
			t.Errorf("the fault %q asks somebody to mend something, but has no sentence of its own", key)
		}
	}
	for key := range texts {
		name := ownText.ReplaceAllString(key, "")
		if name != key && !raised[name] && !spoken(t, name) {
			t.Errorf("nothing raises the fault of the text %q", key)
		}
	}
}

// faults are the keys given to fault.New below folders with a code ("": any).
func faults(t *testing.T, folders []string, code string) map[string]bool {
	t.Helper()
	raised := map[string]bool{}
	for name, text := range programText(t) {
		for _, m := range faultCall.FindAllStringSubmatch(text, -1) {
			inside := slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(name, f) })
			raised[m[2]] = raised[m[2]] || inside && (code == "" || m[1] == code)
		}
	}
	maps.DeleteFunc(raised, func(_ string, is bool) bool { return !is })
	if len(raised) < 10 {
		t.Fatalf("only %d faults found", len(raised))
	}
	return raised
}

// spoken tells whether a key stands anywhere in the program as a string.
func spoken(t *testing.T, key string) bool {
	for _, text := range programText(t) {
		if strings.Contains(text, `"`+key+`"`) {
			return true
		}
	}
	return false
}

// programText is every Go file that is not a test, by its path.
func programText(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range tracked(t) {
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.HasPrefix(name, "proof/") {
			if text, err := os.ReadFile(filepath.Join("..", name)); err == nil {
				all[name] = string(text)
			}
		}
	}
	return all
}
