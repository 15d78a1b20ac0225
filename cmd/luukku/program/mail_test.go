package program_test

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"luukku/cmd/luukku/config"
	"luukku/cmd/luukku/program"
)

// A demo is full of people who do not exist: it mails to this machine or to nobody.
func TestADemoRefusesARealMailServer(t *testing.T) {
	for server, refused := range map[string]bool{"mail.example.fi:587": true, "192.0.2.1:25": true, "127.0.0.1:25": false, "localhost:25": false} {
		c := config.Defaults().WithData(filepath.Join(t.TempDir(), "data"))
		c.Demo = true
		c.Mail = &config.Mail{Server: server, TLS: "starttls", Senders: map[string]string{"dvv": "chat@dvv.example.fi"}}
		p, err := program.Open(t.Context(), c, nil, slog.New(slog.DiscardHandler))
		if (err != nil && strings.Contains(err.Error(), "real mail server")) != refused {
			t.Errorf("%s: %v", server, err)
		}
		if p != nil {
			p.Close()
		}
	}
}
