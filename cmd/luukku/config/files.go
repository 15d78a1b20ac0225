package config

import (
	"fmt"
	"net"
	"net/netip"
	"path/filepath"
	"strings"
	"time"

	"luukku/desk/file"
)

// Files limits what can be sent in services whose notice declares files.
type Files struct {
	CitizenMB       int64   `yaml:"citizen_mb"`       // one file of a citizen
	AdviserMB       int64   `yaml:"adviser_mb"`       // one file of an adviser
	PerConversation int64   `yaml:"per_conversation"` // files of both sides together
	Megapixels      int64   `yaml:"megapixels"`       // of a picture
	Scanner         Scanner `yaml:"scanner"`
}

// Scanner is a ClamAV daemon on this machine. While one is named, a file that it has not looked at is not
// sent.
type Scanner struct {
	Address string   `yaml:"address"` // unix:/path, or tcp:127.0.0.1:3310; empty: files are not scanned
	Timeout Duration `yaml:"timeout"` // for one file
}

// defaultFiles suit a telephone's picture and an office's document.
func defaultFiles() Files {
	return Files{CitizenMB: 10, AdviserMB: 20, PerConversation: 20, Megapixels: 50, Scanner: Scanner{Timeout: Duration(30 * time.Second)}}
}

func (f Files) check() error {
	for _, n := range []int64{f.CitizenMB, f.AdviserMB, f.PerConversation, f.Megapixels} {
		if n < 1 || n > 1000 {
			return fmt.Errorf("configuration: files: every limit is a whole number from 1 to 1000")
		}
	}
	if f.Scanner.Address == "" {
		return nil
	}
	network, address := f.Scanner.parts()
	if network == "unix" && filepath.IsAbs(address) || network == "tcp" && loopback(address) {
		return nil
	}
	return fmt.Errorf("configuration: files.scanner.address: %q is neither unix:/path nor tcp:127.0.0.1:3310; files travel to the scanner unsealed, so it must be on this machine", f.Scanner.Address)
}

func (s Scanner) parts() (network, address string) {
	network, address, _ = strings.Cut(s.Address, ":")
	return network, address
}

func loopback(address string) bool {
	host, port, err := net.SplitHostPort(address)
	ip, bad := netip.ParseAddr(host)
	return err == nil && port != "" && (host == "localhost" || bad == nil && ip.IsLoopback())
}

// FileRules are the rules of files that follow from the settings.
func (c Config) FileRules() file.Rules {
	f := c.Files
	r := file.Rules{Citizen: f.CitizenMB * file.MB, Adviser: f.AdviserMB * file.MB, PerConversation: f.PerConversation, Pixels: f.Megapixels * 1_000_000}
	if f.Scanner.Address != "" {
		network, address := f.Scanner.parts()
		r.Scanner = file.Clamd{Network: network, Address: address, Timeout: time.Duration(f.Scanner.Timeout)}
	}
	return r
}
