package proof

import (
	"context"
	"log/slog"
	"slices"
	"testing"

	"luukku/cmd/luukku/config"
	"luukku/cmd/luukku/program"
	"luukku/core/notice"
	"luukku/core/vault"
)

// opened is this house's program in this process, without a listener.
func (h *house) opened() *program.Program {
	h.t.Helper()
	c, err := config.Load(h.configure(), func(string) string { return "" })
	if err != nil {
		h.t.Fatal(err)
	}
	c = c.WithData(h.data())
	c.Demo = true
	p, err := program.Open(context.Background(), c, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// design.md, "The house": every declared group is bound, by exactly one package, for finding,
// exporting, moving, erasing and reclaiming. // X-18
func TestEveryDeclaredGroupIsBoundOnce(t *testing.T) {
	h := newHouse(t, "sqlite")
	p := h.opened()
	defer p.Close()
	for _, b := range p.Vault.Bindings() {
		if b.Type == "" || b.Groups == nil || b.Relate == nil || b.Find == nil || b.Export == nil || b.Move == nil || b.Erase == nil || b.Reclaim == nil {
			t.Errorf("the binding %q is not complete", b.Type)
		}
	}
	groups := 0
	for _, a := range p.Authorities {
		for _, n := range p.Shelf.CurrentAll(a.ID, p.Today(a.ID)) {
			if !notice.InUse(n, program.Offers()) {
				continue
			}
			for _, g := range n.Groups {
				groups++
				if by := boundBy(p, n, g.ID); len(by) != 1 {
					t.Errorf("%s of %s: group %s is bound by %q", n.ID, a.ID, g.ID, by)
				}
			}
		}
		if missing := p.Vault.Unbound(a.ID, program.Offers()); len(missing) > 0 {
			t.Errorf("%s: %q", a.ID, missing)
		}
	}
	if groups < 8 {
		t.Errorf("only %d groups are in use", groups)
	}
}

func boundBy(p *program.Program, n *notice.Notice, group string) (types []string) {
	for _, b := range p.Vault.Bindings() {
		if slices.Contains(b.Groups(n), group) {
			types = append(types, b.Type)
		}
	}
	return types
}

// The control: where nobody keeps a declared group it is named, and that keeps the program from starting.
func TestAnUnboundGroupIsNamed(t *testing.T) {
	h := newHouse(t, "sqlite")
	p := h.opened()
	defer p.Close()
	bare, err := vault.New(vault.Options{DB: p.DB, Keys: p.Keys, Keeper: p.Keeper, Shelf: p.Shelf, Recorder: p.Audit, Zone: p.Zone})
	if err != nil {
		t.Fatal(err)
	}
	defer bare.Close()
	if missing := bare.Unbound("dvv", program.Offers()); !slices.Contains(missing, "rights-requests/request") {
		t.Errorf("missing: %q", missing)
	}
}
