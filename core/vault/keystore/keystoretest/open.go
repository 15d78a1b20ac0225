// Package keystoretest gives tests a key store. It promises that a store made by Open behaves like
// the one in service, on the machine's disk, and that Disk loses at a power cut whatever a real
// disk may lose.
package keystoretest

import (
	"path/filepath"
	"testing"
	"time"

	"luukku/core/vault/keystore"
)

// Two returns two empty stores under dir on the file system fs (nil: the machine's), to be closed
// by the caller.
func Two(dir string, fs keystore.FS) []*keystore.Store {
	return []*keystore.Store{one(dir, "first", fs), one(dir, "second", fs)}
}

func one(dir, name string, fs keystore.FS) *keystore.Store {
	return keystore.NewStore(keystore.StoreOptions{
		Name: name, Dir: filepath.Join(dir, name+".keys"), Instance: "i_test", Create: true, FS: fs,
		KEKs: keystore.NewFileKEKs(keystore.KEKOptions{
			Dir: filepath.Join(dir, name+".kek"), Instance: "i_test", Create: true, FS: fs}),
	})
}

// Open returns a new set of authority in two stores in a folder of the test, closed at its end.
// Now ages the journal; nil stands still at noon of 21 November 2026.
func Open(t testing.TB, authority string, now func() time.Time) *keystore.Set {
	t.Helper()
	if now == nil {
		now = func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }
	}
	stores := Two(t.TempDir(), nil)
	set, err := keystore.CreateSet(t.Context(), keystore.Options{Authority: authority, Stores: stores, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, close := range []func() error{set.Close, stores[0].Close, stores[1].Close} {
			if err := close(); err != nil {
				t.Error(err)
			}
		}
	})
	return set
}
