package people

import (
	"context"
	"slices"
	"testing"

	"luukku/core/access"
)

// Whoever is new, or has a new name, is hidden in a pseudonymised text from that moment on.
func TestEverybodyIsThereAfterAChange(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		everybody := func(names ...string) {
			t.Helper()
			found, err := w.p.Everybody(ctx, "dvv")
			w.must(err)
			for _, name := range names {
				if !slices.Contains(found, name) {
					t.Errorf("%s is missing among %v", name, found)
				}
			}
		}
		w.add("aino", access.RoleAdviser)
		everybody("Nimi aino")
		matti := w.add("matti", access.RoleAdviser)
		everybody("Nimi aino", "Nimi matti")
		w.must(w.p.Change(ctx, console, matti, "Matti Uusi", "uusi@example.fi"))
		everybody("Nimi aino", "Matti Uusi")
	})
}

// A name that was read before a change, and arrives after it, is not kept.
func TestANameReadBeforeAChangeIsNotKept(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		d, self, reader := w.p.directory, staffCaller("dvv", "s_1", ""), staffCaller("dvv", "s_2", "")
		_, changes, _ := d.signature(self)
		_, seen := d.page(reader)
		d.forget("dvv", "s_1")
		d.sign(self, Card{Name: "Entinen Nimi"}, changes)
		d.remember(reader, map[string]string{"s_1": "Entinen Nimi"}, seen)
		if name := w.p.Name("dvv", "s_1"); name != "" {
			t.Errorf("an adviser still signs as %q", name)
		}
		if names, _ := d.page(reader); names["s_1"] != "" {
			t.Errorf("a reader is still shown %v", names)
		}
		_, changes, _ = d.signature(self)
		d.sign(self, Card{Name: "Uusi Nimi"}, changes)
		if name := w.p.Name("dvv", "s_1"); name != "Uusi Nimi" {
			t.Errorf("a name that nothing has changed is not kept: %q", name)
		}
	})
}
