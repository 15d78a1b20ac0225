package proof

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A patch that does not apply breaks nothing, so that nobody would learn what its test notices.
// scripts/mutants runs them all.
func TestEveryMutantAppliesAndNamesItsTest(t *testing.T) {
	patches, err := filepath.Glob("mutants/*.patch")
	if err != nil || len(patches) == 0 {
		t.Fatal("no mutants", err)
	}
	for _, file := range patches {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(text), "\n")
		named, ok := strings.CutPrefix(first, "# test: ./")
		if !ok || !testExists(named) {
			t.Errorf("%s begins %q, which names no test that there is", file, first)
		}
		if wrong := misfit(file); wrong != "" {
			t.Errorf("%s does not apply:\n%s", file, wrong)
		}
	}
}

// misfit tells why a patch does not apply to the project as it is.
func misfit(file string) string {
	cmd := exec.Command("git", "apply", "--check", "proof/"+file)
	cmd.Dir = ".."
	out, err := cmd.CombinedOutput()
	if err == nil {
		return ""
	}
	return string(out)
}
