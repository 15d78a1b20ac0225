package config_test

import (
	"strings"
	"testing"
	"time"

	"luukku/cmd/luukku/config"
	"luukku/desk/file"
)

func TestFilesHaveLimitsAndAScannerOnThisMachineOnly(t *testing.T) {
	c := config.Defaults()
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	if r := c.FileRules(); r.Citizen != 10_000_000 || r.Adviser != 20_000_000 || r.Scanner != nil {
		t.Errorf("%+v", r)
	}
	for _, address := range []string{"unix:/run/clamav/clamd.ctl", "tcp:127.0.0.1:3310", "tcp:[::1]:3310", "tcp:localhost:3310"} {
		c.Files.Scanner.Address = address
		if err := c.Check(); err != nil {
			t.Errorf("%s: %v", address, err)
		}
		if s, ok := c.FileRules().Scanner.(file.Clamd); !ok || s.Timeout != 30*time.Second || !strings.HasSuffix(address, s.Address) {
			t.Errorf("%s: %+v", address, s)
		}
	}
	for _, address := range []string{"tcp:192.0.2.1:3310", "tcp:clamd.example.fi:3310", "unix:clamd.ctl", "127.0.0.1:3310", "tcp:127.0.0.1"} {
		c.Files.Scanner.Address = address
		if err := c.Check(); err == nil || !strings.Contains(err.Error(), "files.scanner.address") {
			t.Errorf("%s: %v", address, err)
		}
	}
	c = config.Defaults()
	c.Files.CitizenMB = 0
	if err := c.Check(); err == nil || !strings.Contains(err.Error(), "files") {
		t.Error("a limit of nothing:", err)
	}
}
