package proof

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers are the storeys of the house, the ground floor first. A package belongs to the longest
// prefix that fits it and imports only from lower storeys, or from its own folder.
var layers = [][]string{
	{"luukku/fault"},
	{"luukku/store", "luukku/core/clock"},
	{"luukku/core/notice"},
	{"luukku/notices"},
	{"luukku/core/access"},
	{"luukku/core/vault/keystore"},
	{"luukku/core/vault"},
	{"luukku/core/audit", "luukku/core/ledger"},
	{"luukku/core/retain", "luukku/core/rights"},
	{"luukku/people"},
	{"luukku/desk", "luukku/booking", "luukku/site", "luukku/crm"},
	{"luukku/channel"},
	{"luukku/web"},
	{"luukku/cmd"},
	{"luukku/proof"},
}

// reserved are packages of the standard library and others that only the named folders import.
var reserved = map[string][]string{
	"crypto/cipher":             {"luukku/core/vault"}, // only the vault seals and opens
	"crypto/aes":                {"luukku/core/vault"},
	"database/sql":              {"luukku/store", "luukku/core/access", "luukku/core/vault"},                                      // the last two: null values, driver.Valuer
	"net/http":                  {"luukku/web", "luukku/cmd", "luukku/core/vault/keystore", "luukku/people/oidc", "luukku/proof"}, // both below web ask others
	"luukku/web/text":           {"luukku/web", "luukku/cmd/luukku/tell"},                                                         // nothing below web knows a translation; the console tells in English
	"github.com/goccy":          {"luukku/core/notice", "luukku/cmd"},                                                             // only core/notice knows the grammar
	"github.com/coreos/go-oidc": {"luukku/people/oidc"},
	"golang.org/x/oauth2":       {"luukku/people/oidc"},
	"github.com/danielgtaylor":  {"luukku/web"},
	"github.com/centrifugal":    {"luukku/web"},
}

// listed is what the go command tells of a package.
type listed struct {
	ImportPath   string
	Name         string
	Doc          string
	Dir          string
	GoFiles      []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// packages asks the go command about every package of the module.
func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Name,Doc,Dir,GoFiles,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal("go list:", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 20 {
		t.Fatalf("go list found only %d packages", len(all))
	}
	return all
}

// place finds a package's storey and the folder that gave it, -1 for a package without one.
func place(path string) (storey int, folder string) {
	storey = -1
	for i, folders := range layers {
		for _, f := range folders {
			if under(path, f) && len(f) > len(folder) {
				storey, folder = i, f
			}
		}
	}
	return storey, folder
}

func under(path, folder string) bool { return path == folder || strings.HasPrefix(path, folder+"/") }

// design.md, "The house": a line imports downward only.
func TestImportsPointDownward(t *testing.T) {
	for _, p := range packages(t) {
		from, folder := place(p.ImportPath)
		if from < 0 {
			t.Errorf("%s belongs to no storey", p.ImportPath)
			continue
		}
		for _, to := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			if wrong := upward(from, folder, to); wrong != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, to, wrong)
			}
		}
	}
}

func upward(from int, folder, to string) string {
	if !under(to, "luukku") {
		return ""
	}
	storey, other := place(to)
	switch {
	case storey < 0:
		return "it belongs to no storey"
	case storey > from:
		return "upward"
	case storey == from && other != folder:
		return "sideways"
	}
	return ""
}

// The control of the test above: it sees an upward and a sideways import.
func TestUpwardImportIsSeen(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"luukku/core/vault", "luukku/core/audit", "upward"},
		{"luukku/store", "luukku/core/clock", "sideways"},
		{"luukku/fault", "luukku/elsewhere", "it belongs to no storey"},
		{"luukku/core/vault", "luukku/core/vault/keystore", ""},
		{"luukku/desk/contact", "luukku/desk/queue", ""},
		{"luukku/people", "fmt", ""},
	} {
		storey, folder := place(c.from)
		if got := upward(storey, folder, c.to); got != c.want {
			t.Errorf("%s imports %s: got %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// "only vault opens sealed data", "only web knows HTTP and translations", "nothing else knows SQL's drivers".
func TestWhatIsReservedIsImportedOnlyThere(t *testing.T) {
	for _, p := range packages(t) {
		for _, to := range p.Imports {
			for name, folders := range reserved {
				if under(to, name) && !slices.ContainsFunc(folders, func(f string) bool { return under(p.ImportPath, f) }) {
					t.Errorf("%s imports %s, which only %v may", p.ImportPath, to, folders)
				}
			}
		}
	}
}
