package proof

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Promise 9: the same sources give the same bytes in any folder. The control is a changed source.
func TestARebuildGivesTheSameBytes(t *testing.T) {
	files := tracked(t)
	sum := func(folder string, change bool) [sha256.Size]byte {
		to := filepath.Join(process.folder, folder)
		copySources(t, files, to)
		if change {
			alter(t, filepath.Join(to, "cmd/luukku/main.go"))
		}
		binary := filepath.Join(process.folder, "rebuilt")
		if out, err := build(to, binary); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		text, err := os.ReadFile(binary)
		if err != nil {
			t.Fatal(err)
		}
		return sha256.Sum256(text)
	}
	first, second := sum("one", false), sum("another/and-deeper", false)
	if first != second {
		t.Errorf("%x and %x", first, second)
	}
	if third := sum("one", true); third == first {
		t.Error("a changed source gave the same bytes")
	}
}

// copySources copies what git knows, and nothing that was built.
func copySources(t *testing.T, files []string, to string) {
	t.Helper()
	for _, name := range files {
		target := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := copyFile(filepath.Join("..", name), target); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
}

// alter changes a sentence of the program.
func alter(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "const Version = \"", "const Version = \"x", 1)
	if changed == string(text) {
		t.Fatal("nothing to change")
	}
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}
