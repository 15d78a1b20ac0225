package proof

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// tracked are the files of the project that git knows, from the root.
func tracked(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-co", "--exclude-standard")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		return walked(t) // a copy without git's folder, as scripts/mutants makes
	}
	return strings.Fields(string(out))
}

func walked(t *testing.T) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.Contains(path, "node_modules") {
			all = append(all, strings.TrimPrefix(path, "../"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// examples.md 4: a package begins with its promise.
func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	sentences := regexp.MustCompile(`[.:;]\s+\S`)
	for _, p := range packages(t) {
		doc := packageDoc(t, p)
		name, _, _ := strings.Cut(doc, "\n")
		switch {
		case !strings.HasPrefix(doc, "Package "+p.Name+" ") && !strings.HasPrefix(doc, "Command "):
			t.Errorf("%s: its documentation begins %q", p.ImportPath, name)
		case len(doc) < 60 || !sentences.MatchString(doc):
			t.Errorf("%s: its documentation promises nothing: %q", p.ImportPath, doc)
		}
	}
}

func packageDoc(t *testing.T, p listed) string {
	t.Helper()
	docs := 0
	text := ""
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if f.Doc != nil && strings.TrimSpace(f.Doc.Text()) != "" {
			docs++
			text = f.Doc.Text()
		}
	}
	if docs > 1 {
		t.Errorf("%s has %d package comments", p.ImportPath, docs)
	}
	return text
}

// No package is a drawer for what found no place, and no file is longer than can be read at once.
func TestNoDrawersAndNoLongFiles(t *testing.T) {
	drawers := []string{"util", "utils", "common", "helpers", "models", "types", "misc"}
	for _, p := range packages(t) {
		if slices.Contains(drawers, p.Name) {
			t.Errorf("%s is a drawer", p.ImportPath)
		}
		for _, name := range p.GoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(text, []byte("\n")); n > 450 {
				t.Errorf("%s/%s has %d lines", p.ImportPath, name, n)
			}
		}
	}
}

// forbidden must stand in no file: what is unfinished, and what tells of the machine it was built on.
var forbidden = map[string]*regexp.Regexp{
	"something unfinished":        regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|X` + `XX)\b`),
	"a package registry's host":   regexp.MustCompile(`registry\.np` + `mjs|proxy\.gol` + `ang\.org|npm` + `mirror|registry\.yar` + `npkg`),
	"a folder of a build machine": regexp.MustCompile(`(^|[\s"'=(:])/(root|home|Users|work|workspace|builds)/[a-zA-Z0-9_.-]+`),
}

// written are the kinds of files that people write here.
var written = []string{".go", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".sql", ".md", ".yaml", ".yml", ".json", ".csv", ".txt", ".mod", ".sum", ".patch", ".npmrc"}

func isWritten(name string) bool {
	ext := filepath.Ext(name)
	return ext == "" || slices.Contains(written, ext)
}

func TestNothingUnfinishedAndNoTraceOfABuildMachine(t *testing.T) {
	for _, name := range tracked(t) {
		if !isWritten(name) {
			continue
		}
		text, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			continue // deleted, not committed yet
		}
		for what, pattern := range forbidden {
			if found := pattern.Find(text); found != nil {
				t.Errorf("%s holds %s: %q", name, what, found)
			}
		}
	}
}

// The control of the test above.
func TestForbiddenWordsAreSeen(t *testing.T) {
	for text, want := range map[string]bool{
		"// TO" + "DO later":                       true,
		"https://registry.np" + "mjs.org/left-pad": true,
		"open(\"/root" + "/x/y\")":                 true,
		"/api/desk/board":                          false,
		"a to-do list":                             false,
	} {
		got := false
		for _, pattern := range forbidden {
			got = got || pattern.MatchString(text)
		}
		if got != want {
			t.Errorf("%q: found %v, want %v", text, got, want)
		}
	}
}
