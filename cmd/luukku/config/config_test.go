package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func none(string) string { return "" }

func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "luukku.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestKeysLieBesideTheDataAndNeverInIt(t *testing.T) {
	c, err := Load(write(t, "data: /srv/luukku\n"), none)
	if err != nil || c.Keys.Store != "/srv/luukku.keys" || c.Keys.KEK.Folder != "/srv/luukku.kek" {
		t.Fatalf("keys at %q and %q, err %v", c.Keys.Store, c.Keys.KEK.Folder, err)
	}
	_, err = Load(write(t, "data: /srv/luukku\nkeys:\n  store: /srv/luukku/keys\n"), none)
	if err == nil || !strings.Contains(err.Error(), "must not lie in the data folder") {
		t.Fatalf("keys inside the data folder were accepted: %v", err)
	}
	_, err = Load(write(t, "data: /srv/luukku\nkeys:\n  second: {store: /srv/luukku/second}\n"), none)
	if err == nil || !strings.Contains(err.Error(), "must not lie in the data folder") {
		t.Fatalf("a second store inside the data folder was accepted: %v", err)
	}
}

func TestBadSettingsAreRefusedByName(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"unknown key", "lisen: 127.0.0.1:80\n", "lisen"},
		{"proxy", "trusted_proxies: [everyone]\n", "trusted_proxies"},
		{"database", "database: mysql://x\n", "postgres://"},
		{"level", "log: {level: loud}\n", "log.level"},
		{"duration", "chat: {idle_warning: soon}\n", `[1:22] chat.idle_warning: "soon" is not a positive duration`},
		{"number", "listen: :1\nclock:\n  max_jump: 35\n", `[3:13] clock.max_jump: "35" is not a positive duration`},
		{"negative duration", "chat: {idle_warning: -1m}\n", "positive duration"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Load(write(t, tc.text), none)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Fatalf("got %v, want an error that says %q", err, tc.want)
			}
		})
	}
}

func TestEnvironmentAndFlagOverrideTheFile(t *testing.T) {
	env := map[string]string{"LUUKKU_LISTEN": "127.0.0.1:9", "LUUKKU_DATABASE": "postgres://db/luukku"}
	c, err := Load(write(t, "listen: 127.0.0.1:1\n"), func(k string) string { return env[k] })
	if err != nil || c.Listen != "127.0.0.1:9" || c.DatabaseURL() != "postgres://db/luukku" {
		t.Fatalf("%+v %v", c, err)
	}
	moved := c.WithData("/elsewhere/d")
	if moved.Keys.Store != "/elsewhere/d.keys" || moved.Notices != "/elsewhere/d/notices" {
		t.Fatalf("what follows from the data folder stayed behind: %+v", moved)
	}
	named, err := Load(write(t, "data: /srv/luukku\nkeys: {store: /srv/luukku-keys}\n"), none)
	if moved := named.WithData("/elsewhere/d"); err != nil || moved.Keys.Store != "/srv/luukku-keys" || moved.Keys.KEK.Folder != "/elsewhere/d.kek" {
		t.Fatalf("a key store that was named went with the data folder: %+v %v", moved, err)
	}
}

func TestAnEmptyFileLeavesEverythingAsItIs(t *testing.T) {
	for _, text := range []string{"", "# nothing yet\n"} {
		if c, err := Load(write(t, text), none); err != nil || c.Listen != Defaults().Listen {
			t.Errorf("%q: %q %v", text, c.Listen, err)
		}
	}
}
