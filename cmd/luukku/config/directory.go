package config

import (
	"fmt"
	"net/netip"
)

// Directory says where the organisations' own directories may lie, by which staff sign in. Which one an
// authority has its administrator sets.
type Directory struct {
	Networks []string `yaml:"networks"` // CIDRs of inner networks; without any only public addresses are asked
	CAFile   string   `yaml:"ca_file"`  // PEM of the organisations' own roots; empty: the system's
}

// check refuses networks that cannot be read.
func (d Directory) check() error {
	for _, text := range d.Networks {
		if _, err := netip.ParsePrefix(text); err != nil {
			return fmt.Errorf("configuration: directory.networks: %q is not a network such as 10.1.2.0/24", text)
		}
	}
	return nil
}
