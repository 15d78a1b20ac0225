package keystore_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
)

// wrapping is what every provider of KEKs must do: newer KEKs do not open older work, and what
// Keep does not keep opens nothing any more.
func wrapping(t *testing.T, keks keystore.KEKs) {
	t.Helper()
	ctx, ring, other := t.Context(), "first.dvv.keys", "first.dvv.keys2"
	secret, ad := bytes.Repeat([]byte{7}, 32), []byte("header")
	wrap := func(ring string) (string, []byte) {
		t.Helper()
		ref, err := keks.Create(ctx, ring)
		if err != nil {
			t.Fatal(err)
		}
		wrapped, err := keks.Wrap(ctx, ring, ref, secret, ad)
		if err != nil || bytes.Contains(wrapped, secret) {
			t.Fatalf("%x, %v", wrapped, err)
		}
		return ref, wrapped
	}
	ref1, wrapped1 := wrap(ring)
	ref2, wrapped2 := wrap(ring)
	ref3, wrapped3 := wrap(other)
	check := func(name, ring, ref string, wrapped, ad []byte, opens bool) {
		t.Helper()
		plain, err := keks.Unwrap(ctx, ring, ref, wrapped, ad)
		if opens && (err != nil || !bytes.Equal(plain, secret)) {
			t.Errorf("%s: %v", name, err)
		}
		if !opens && !errors.Is(err, keystore.ErrNoKEK) {
			t.Errorf("%s: %v", name, err)
		}
	}
	check("the first", ring, ref1, wrapped1, ad, true)
	check("the second", ring, ref2, wrapped2, ad, true)
	check("another header", ring, ref2, wrapped2, []byte("other"), false)
	check("another ring", other, ref3, wrapped2, ad, false)
	check("unknown", "first.other.keys", ref1, wrapped1, ad, false)
	for range 2 { // the second time there is nothing to do
		if err := keks.Keep(ctx, ring, ref2); err != nil {
			t.Fatal(err)
		}
	}
	check("destroyed", ring, ref1, wrapped1, ad, false)
	check("kept", ring, ref2, wrapped2, ad, true)
	check("of another ring", other, ref3, wrapped3, ad, true)
	if _, err := keks.Wrap(ctx, ring, ref1, secret, ad); err == nil {
		t.Error("a destroyed KEK wraps")
	}
}

func newFileKEKs(d keystore.FS) *keystore.FileKEKs {
	return keystore.NewFileKEKs(keystore.KEKOptions{Dir: "/kek", Instance: "i_test", Create: true, FS: d})
}

func TestFileKEKsWrap(t *testing.T) { wrapping(t, newFileKEKs(keystoretest.NewDisk())) }

func TestADestroyedKEKIsOverwrittenBeforeItIsRemoved(t *testing.T) {
	disk := keystoretest.NewDisk()
	keks, ctx := newFileKEKs(disk), context.Background()
	old, err := keks.Create(ctx, "first.dvv.keys")
	if err != nil {
		t.Fatal(err)
	}
	path := "/kek/first.dvv.keys." + old + ".kek"
	secret := keystore.KEKIn(disk.Files(path)[path])
	ref, err := keks.Create(ctx, "first.dvv.keys")
	if err != nil {
		t.Fatal(err)
	}
	disk.FailWith(func(op, _ string) error {
		if op == "remove" {
			return errors.New("stop here")
		}
		return nil
	})
	if keks.Keep(ctx, "first.dvv.keys", ref) == nil {
		t.Fatal("the file was not removed, and nobody says so")
	}
	for _, woken := range disk.Wakings() {
		if left := woken.Files(path)[path]; bytes.Contains(left, secret) || len(left) == 0 {
			t.Error("the key stands in the file that is about to be removed")
		}
	}
	disk.FailWith(nil)
	if err := keks.Keep(ctx, "first.dvv.keys", ref); err != nil {
		t.Fatal(err)
	}
	for _, woken := range disk.Wakings() {
		if left := woken.Files(".kek"); len(left) != 1 {
			t.Errorf("%d KEKs may be left", len(left))
		}
	}
}

func TestADamagedKEKFileOpensNothing(t *testing.T) {
	disk := keystoretest.NewDisk()
	keks, ctx := newFileKEKs(disk), context.Background()
	ref, err := keks.Create(ctx, "first.dvv.keys")
	if err != nil {
		t.Fatal(err)
	}
	wrapped, err := keks.Wrap(ctx, "first.dvv.keys", ref, make([]byte, 32), nil)
	if err != nil {
		t.Fatal(err)
	}
	path := "/kek/first.dvv.keys." + ref + ".kek"
	whole := disk.Files(path)[path]
	for i := range whole {
		spoilt := bytes.Clone(whole)
		spoilt[i] ^= 1
		disk.Put(path, spoilt)
		if _, err := keks.Unwrap(ctx, "first.dvv.keys", ref, wrapped, nil); !errors.Is(err, keystore.ErrNoKEK) {
			t.Fatalf("byte %d: %v", i, err)
		}
	}
}

func TestOnTheMachinesDiskOnlyTheOwnerReads(t *testing.T) {
	dir := t.TempDir()
	for _, existing := range []string{"first.keys", "second.kek"} {
		if err := os.Mkdir(filepath.Join(dir, existing), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	stores := keystoretest.Two(dir, nil)
	w := world{stores: 2}
	o := w.options()
	o.Stores = stores
	s, err := keystore.CreateSet(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Turn(t.Context(), nil, keystore.Stock{Day: 2, Event: 2}); err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		switch {
		case err != nil || path == dir:
		case info.IsDir() && info.Mode().Perm() != 0o700, !info.IsDir() && info.Mode().Perm() != 0o600:
			t.Errorf("%s has mode %v", path, info.Mode())
		case strings.HasSuffix(path, ".new"):
			t.Errorf("%s was left", path)
		case !info.IsDir():
			files++
		}
		return err
	})
	if err != nil || files != 4*2+2*2+2*2 { // marks and locks, key files, one KEK each
		t.Errorf("%d files, %v", files, err)
	}
	if _, err := keystore.OpenSet(t.Context(), keystore.Options{Authority: "dvv", Stores: keystoretest.Two(dir, nil), Now: o.Now}, 0); !errors.Is(err, keystore.ErrInUse) {
		t.Errorf("a second program: %v", err)
	}
	if err := errors.Join(s.Close(), stores[0].Close(), stores[1].Close()); err != nil {
		t.Fatal(err)
	}
	o.Stores = keystoretest.Two(dir, nil)
	again, err := keystore.OpenSet(t.Context(), o, 1)
	if err != nil || len(again.Alarms()) > 0 || len(again.Snapshot().IDs(keystore.Day)) != 2 {
		t.Errorf("opened again: %v", err)
	}
}
