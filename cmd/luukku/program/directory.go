package program

import (
	"net/netip"

	"luukku/core/clock"
	"luukku/people/oidc"
)

// directories speaks with the organisations' own directories. A demo may have one on this machine.
func (p *Program) directories() (*oidc.Client, error) {
	d := p.Config.Directory
	o := oidc.Options{Now: clock.Real().Now, Loopback: p.Config.Demo}
	for _, text := range d.Networks {
		o.Networks = append(o.Networks, netip.MustParsePrefix(text)) // the configuration's check has read them once
	}
	if d.CAFile != "" {
		roots, err := ownRoots("directory.ca_file", d.CAFile)
		if err != nil {
			return nil, err
		}
		o.Roots = roots
	}
	return oidc.New(o), nil
}
