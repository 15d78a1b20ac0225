package config

import (
	"strings"
	"testing"
)

func TestTheNetworksOfDirectoriesAreRead(t *testing.T) {
	c, err := Load(write(t, "directory:\n  networks: [10.1.2.0/24, fd00::/8]\n  ca_file: /etc/luukku/roots.pem\n"), none)
	if err != nil || len(c.Directory.Networks) != 2 || c.Directory.CAFile != "/etc/luukku/roots.pem" {
		t.Errorf("%+v, %v", c.Directory, err)
	}
	if _, err = Load(write(t, "directory:\n  networks: [login.example.fi]\n"), none); err == nil || !strings.Contains(err.Error(), "directory.networks") {
		t.Errorf("a name as a network: %v", err)
	}
}
