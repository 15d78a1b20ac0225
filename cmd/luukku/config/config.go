// Package config promises that the program starts with settings that were read whole and checked,
// or not at all: an unknown key, a bad value or an impossible combination is an error that names
// the key and a way to mend it. One YAML file, overridden by LUUKKU_ environment variables;
// docs/operating.md describes every key.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// Config is everything that an operator can set. Zero values are filled by Defaults.
type Config struct {
	Listen         string    `yaml:"listen"`          // host:port of the public listener
	Data           string    `yaml:"data"`            // the data folder, made if it does not exist
	Database       string    `yaml:"database"`        // empty: SQLite in the data folder; else a postgres:// URL
	PublicURL      string    `yaml:"public_url"`      // how people reach the program, e.g. https://luukku.example.fi
	TrustedProxies []string  `yaml:"trusted_proxies"` // CIDRs whose X-Forwarded-For is believed; none by default
	Notices        string    `yaml:"notices"`         // folder with one folder of notice files per authority; default DATA/notices
	Keys           Keys      `yaml:"keys"`
	Metrics        Metrics   `yaml:"metrics"`
	Log            Log       `yaml:"log"`
	Chat           Chat      `yaml:"chat"`
	Files          Files     `yaml:"files"`
	Limits         Limits    `yaml:"limits"`
	Clock          Clock     `yaml:"clock"`
	Mail           *Mail     `yaml:"mail"` // nil: nothing is mailed
	Directory      Directory `yaml:"directory"`

	Demo      bool `yaml:"-"` // set by serve --demo only
	Restoring bool `yaml:"-"` // set by restore only: it opens the folder that it fills
}

// Keys says where the key stores and their key-encryption keys are.
type Keys struct {
	Store  string   `yaml:"store"`  // folder of the first key store; default DATA.keys
	KEK    Provider `yaml:"kek"`    // its key-encryption key
	Second *Second  `yaml:"second"` // a second store elsewhere; without it a lost disk loses the data
}

// Second is a key store elsewhere, with a key-encryption key of its own.
type Second struct {
	Store string   `yaml:"store"`
	KEK   Provider `yaml:"kek"`
}

// Provider keeps key-encryption keys: a folder of files, or the transit engine of OpenBao or
// HashiCorp Vault when Address is set. Its token comes from the environment, or from a file that is
// read at each use, so that it can be renewed while the program runs.
type Provider struct {
	Folder    string `yaml:"folder"`
	Address   string `yaml:"address"`
	Mount     string `yaml:"mount"`
	Namespace string `yaml:"namespace"`
	TokenFile string `yaml:"token_file"`
	Token     string `yaml:"-"`
}

// Metrics is the listener for Prometheus, never the public one.
type Metrics struct {
	Listen string `yaml:"listen"` // empty: off
}

// Log sets the structured log on standard error.
type Log struct {
	Level  string `yaml:"level"`  // debug, info, warn, error
	Format string `yaml:"format"` // json, text
}

// Chat sets the times of a chat that waits for an answer.
type Chat struct {
	IdleWarning Duration `yaml:"idle_warning"` // silence of the citizen before the warning
	IdleGrace   Duration `yaml:"idle_grace"`   // after the warning, before the chat is closed
	AdviserGone Duration `yaml:"adviser_gone"` // without any connection, before the chat returns to its queue
	ReopenFor   Duration `yaml:"reopen_for"`   // after its close, before it is settled
}

// Limits stop floods. They are generous, since a library has one address for all its visitors.
type Limits struct {
	ConversationPerMinute int `yaml:"conversation_per_minute"` // messages of one side in one conversation
	AddressPerMinute      int `yaml:"address_per_minute"`      // requests of one address without a sign-in
	StartsPerMinute       int `yaml:"starts_per_minute"`       // conversations started from one address
	SignInsPerMinute      int `yaml:"sign_ins_per_minute"`     // attempts from one address, all accounts together
}

// Clock sets when a leap of the clock stops destruction.
type Clock struct {
	MaxJump Duration `yaml:"max_jump"` // at start: a longer time since the last mark raises an alarm
}

// Duration reads Go's notation, "10m" or "35h", in YAML.
type Duration time.Duration

// UnmarshalYAML reads "10m"; an error names the place, the key and what was read.
func (d *Duration) UnmarshalYAML(node ast.Node) error {
	at := node.GetToken()
	v, err := time.ParseDuration(at.Value)
	if err != nil || v <= 0 {
		key := strings.TrimPrefix(node.GetPath(), "$.")
		return fmt.Errorf("[%d:%d] %s: %q is not a positive duration such as 10m or 1h", at.Position.Line, at.Position.Column, key, at.Value)
	}
	*d = Duration(v)
	return nil
}

// Load reads file (none when empty), then the environment, then checks the whole.
func Load(file string, environ func(string) string) (Config, error) {
	c := Defaults()
	if file != "" {
		if err := c.read(file); err != nil {
			return Config{}, err
		}
	}
	c.environment(environ)
	c.fill()
	if c.Mail != nil {
		if err := c.Mail.fill(environ("LUUKKU_MAIL_PASSWORD")); err != nil {
			return Config{}, err
		}
	}
	return c, c.Check()
}

// Defaults serves on this machine only, with SQLite in ./data.
func Defaults() Config {
	return Config{
		Listen: "127.0.0.1:8080", Data: "data",
		Log:    Log{Level: "info", Format: "text"},
		Chat:   Chat{IdleWarning: minutes(10), IdleGrace: minutes(5), AdviserGone: minutes(1), ReopenFor: minutes(60)},
		Limits: Limits{ConversationPerMinute: 60, AddressPerMinute: 1200, StartsPerMinute: 60, SignInsPerMinute: 30},
		Files:  defaultFiles(),
		Clock:  Clock{MaxJump: Duration(35 * 24 * time.Hour)},
	}
}

func minutes(n int) Duration { return Duration(time.Duration(n) * time.Minute) }

func (c *Config) read(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("configuration: %w", err)
	}
	read := *c
	err = yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(&read)
	if errors.Is(err, io.EOF) || err == nil && reflect.ValueOf(read).IsZero() {
		return nil // an empty file leaves everything as it is
	}
	if err != nil {
		return fmt.Errorf("configuration %s: %s", file, yaml.FormatError(err, false, true))
	}
	*c = read
	return nil
}

// environment overrides what a deployment keeps out of files: addresses and secrets.
func (c *Config) environment(get func(string) string) {
	set := func(to *string, name string) {
		if v := get(name); v != "" {
			*to = v
		}
	}
	set(&c.Listen, "LUUKKU_LISTEN")
	set(&c.Data, "LUUKKU_DATA")
	set(&c.Database, "LUUKKU_DATABASE")
	set(&c.PublicURL, "LUUKKU_PUBLIC_URL")
	set(&c.Metrics.Listen, "LUUKKU_METRICS_LISTEN")
	set(&c.Log.Level, "LUUKKU_LOG_LEVEL")
	set(&c.Log.Format, "LUUKKU_LOG_FORMAT")
	set(&c.Keys.KEK.Token, "LUUKKU_KEK_TOKEN")
	if c.Keys.Second != nil {
		set(&c.Keys.Second.KEK.Token, "LUUKKU_SECOND_KEK_TOKEN")
	}
}

// fill sets what follows from the data folder: keys beside it and never in it.
func (c *Config) fill() {
	c.Data = filepath.Clean(c.Data)
	if c.Notices == "" {
		c.Notices = filepath.Join(c.Data, "notices")
	}
	if c.Keys.Store == "" {
		c.Keys.Store = c.Data + ".keys"
	}
	if s := c.Keys.Second; s != nil && s.KEK.Folder == "" {
		s.KEK.Folder = s.Store + ".kek"
	}
	if c.Keys.KEK.Folder == "" {
		c.Keys.KEK.Folder = c.Data + ".kek"
	}
}

// WithData moves the data folder and what follows from it, for the --data flag.
func (c Config) WithData(dir string) Config {
	if dir == "" {
		return c
	}
	old := filepath.Clean(c.Data)
	c.Data = dir
	for p, followed := range map[*string]string{
		&c.Notices: filepath.Join(old, "notices"), &c.Keys.Store: old + ".keys", &c.Keys.KEK.Folder: old + ".kek",
	} {
		if *p == followed {
			*p = "" // a folder that was named stays where it is
		}
	}
	c.fill()
	return c
}

// Check refuses what cannot work or must not be.
func (c Config) Check() error {
	for _, p := range c.TrustedProxies {
		if _, err := netip.ParsePrefix(p); err != nil {
			return fmt.Errorf("configuration: trusted_proxies: %q is not a network such as 10.0.0.0/8", p)
		}
	}
	if c.Database != "" && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		return fmt.Errorf("configuration: database: leave it empty for SQLite, or give a postgres:// URL")
	}
	if slices.ContainsFunc(c.keyFolders(), func(folder string) bool { return inside(folder, c.Data) }) {
		return fmt.Errorf("configuration: keys: the key store and its key must not lie in the data folder %s, or a backup of the data would carry them", c.Data)
	}
	if s := c.Keys.Second; s != nil && (s.Store == "" || filepath.Clean(s.Store) == filepath.Clean(c.Keys.Store)) {
		return fmt.Errorf("configuration: keys.second.store: name a folder on another disk or machine")
	}
	for _, n := range []int{c.Limits.ConversationPerMinute, c.Limits.AddressPerMinute, c.Limits.StartsPerMinute, c.Limits.SignInsPerMinute} {
		if n < 1 {
			return fmt.Errorf("configuration: limits: every limit is a whole number from 1 up")
		}
	}
	if err := c.Files.check(); err != nil {
		return err
	}
	if c.Mail != nil {
		if err := c.Mail.check(); err != nil {
			return err
		}
	}
	if err := c.Directory.check(); err != nil {
		return err
	}
	return c.checkWords()
}

// keyFolders are the folders of both stores and of their keys.
func (c Config) keyFolders() []string {
	folders := []string{c.Keys.Store, c.Keys.KEK.Folder}
	if s := c.Keys.Second; s != nil {
		folders = append(folders, s.Store, s.KEK.Folder)
	}
	return folders
}

func (c Config) checkWords() error {
	switch c.Log.Level {
	case "debug", "info", "warn", "error":
	default:
		return fmt.Errorf("configuration: log.level: %q is none of debug, info, warn, error", c.Log.Level)
	}
	if c.Log.Format != "json" && c.Log.Format != "text" {
		return fmt.Errorf("configuration: log.format: %q is neither json nor text", c.Log.Format)
	}
	return nil
}

func inside(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// Blobs is the folder of sealed files. It lies in the data folder: without the keys nothing in it opens.
func (c Config) Blobs() string { return filepath.Join(c.Data, "blobs") }

// DatabaseURL is what store.Open is given.
func (c Config) DatabaseURL() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, "luukku.db")
}
