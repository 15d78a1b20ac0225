package blobs_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"luukku/core/vault/blobs"
)

func put(t *testing.T, f *blobs.Folder, authority, id, text string) {
	t.Helper()
	file, err := f.Create(authority, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := file.Commit(); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, f *blobs.Folder, authority string) (ids []string) {
	t.Helper()
	err := f.Each(authority, func(id string) error { ids = append(ids, id); return nil })
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(ids)
	return ids
}

func TestAFolderKeepsBlobsApartAndForItsOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "blobs")
	f := blobs.In(dir)
	if ids := list(t, f, "dvv"); ids != nil {
		t.Fatal("something in nothing:", ids)
	}
	put(t, f, "dvv", "f_1", "one")
	put(t, f, "mallila", "f_2", "two")
	if ids := list(t, f, "dvv"); !slices.Equal(ids, []string{"f_1"}) {
		t.Fatal(ids)
	}
	if _, err := f.Create("dvv", "f_1"); !errors.Is(err, fs.ErrExist) {
		t.Fatal("written over:", err)
	}
	for path, mode := range map[string]fs.FileMode{"dvv": 0o700, "dvv/f_1": 0o600} {
		info, err := os.Stat(filepath.Join(dir, path))
		if err != nil || info.Mode().Perm() != mode {
			t.Error(path, info.Mode(), err)
		}
	}
	if _, err := f.Open("mallila", "f_1"); !errors.Is(err, fs.ErrNotExist) {
		t.Error("another authority's opens:", err)
	}
	if err := errors.Join(f.Remove("dvv", "f_1"), f.Remove("dvv", "f_1"), f.Remove("nobody", "f_1")); err != nil {
		t.Error(err)
	}
	if ids := list(t, f, "dvv"); ids != nil {
		t.Error("still there:", ids)
	}
}

func TestACopyHasEveryBlob(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "blobs"), filepath.Join(t.TempDir(), "blobs")
	if err := blobs.Copy(from, to); err != nil {
		t.Fatal("a service without blobs:", err)
	}
	put(t, blobs.In(from), "dvv", "f_1", "one")
	put(t, blobs.In(from), "mallila", "f_2", "two")
	if err := blobs.Copy(from, to); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"dvv/f_1": "one", "mallila/f_2": "two"} {
		if got, err := os.ReadFile(filepath.Join(to, path)); err != nil || string(got) != want {
			t.Errorf("%s: %q %v", path, got, err)
		}
	}
}
