package keystore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// TransitOptions describe a transit secrets engine of OpenBao or HashiCorp Vault.
type TransitOptions struct {
	Address   string                 // https://bao.example.fi:8200
	Mount     string                 // path of the engine; "": transit
	Namespace string                 // "": none
	Token     func() (string, error) // required; asked before each request, see TokenFile
	Client    *http.Client           // its time-out bounds how long a turn may wait; nil: one of 10 seconds
	Instance  string
	Demo      bool
}

// Transit keeps KEKs in the transit secrets engine: one named key for each ring, one version of it
// for each KEK, never exportable. To create one is to rotate the key; to destroy the old ones is
// to raise its minimum versions and to trim it. What the engine's own storage and its backups keep
// of trimmed versions is its operator's to know.
//
// The token needs read, create and update on MOUNT/keys/luukku.INSTANCE.* and update on
// MOUNT/encrypt/… and MOUNT/decrypt/… of the same names.
type Transit struct {
	o  TransitOptions
	mu sync.Mutex // rotating and asking for the latest version belong together
}

// NewTransit describes a transit engine; nothing is asked of it before its first use.
func NewTransit(o TransitOptions) *Transit {
	if o.Mount == "" {
		o.Mount = "transit"
	}
	if o.Client == nil {
		o.Client = &http.Client{Timeout: 10 * time.Second}
	}
	return &Transit{o: o}
}

// TokenFile reads the token from a file each time, so that an agent may renew it there.
func TokenFile(path string) func() (string, error) {
	return func() (string, error) {
		content, err := os.ReadFile(path)
		return strings.TrimSpace(string(content)), err
	}
}

// transitKey is what the engine tells of a named key.
type transitKey struct {
	Type            string `json:"type"`
	LatestVersion   int    `json:"latest_version"`
	MinAvailable    int    `json:"min_available_version"`
	Exportable      bool   `json:"exportable"`
	PlaintextBackup bool   `json:"allow_plaintext_backup"`
	Derived         bool   `json:"derived"`
}

// transitType is the kind of key that binds associated data.
const transitType = "aes256-gcm96"

// Create implements KEKs.
func (t *Transit) Create(ctx context.Context, ring string) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, err := t.key(ctx, ring)
	var refused transitError
	switch {
	case errors.As(err, &refused) && refused.status == http.StatusNotFound:
		err = t.call(ctx, "keys", ring, "", map[string]any{"type": transitType}, nil)
	case err == nil:
		err = t.call(ctx, "keys", ring, "/rotate", map[string]any{}, nil)
	}
	if err != nil {
		return "", err
	}
	k, err := t.key(ctx, ring)
	return strconv.Itoa(k.LatestVersion), err
}

// key asks for a ring's key and refuses one that somebody could take a copy of.
func (t *Transit) key(ctx context.Context, ring string) (transitKey, error) {
	var k transitKey
	if err := t.call(ctx, "keys", ring, "", nil, &k); err != nil {
		return k, err
	}
	if k.Exportable || k.PlaintextBackup || k.Derived || k.Type != transitType {
		return k, fmt.Errorf("transit: key %s is exportable or not a plain %s", t.name(ring), transitType)
	}
	return k, nil
}

// Wrap implements KEKs.
func (t *Transit) Wrap(ctx context.Context, ring, ref string, plain, ad []byte) ([]byte, error) {
	version, err := strconv.Atoi(ref)
	if err != nil {
		return nil, fmt.Errorf("%w: %q is no version", ErrNoKEK, ref)
	}
	var answer struct {
		Ciphertext string `json:"ciphertext"`
	}
	err = t.call(ctx, "encrypt", ring, "", map[string]any{"plaintext": plain, "associated_data": ad, "key_version": version}, &answer)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(answer.Ciphertext, "vault:v"+ref+":") {
		return nil, fmt.Errorf("transit: version %s of %s did not wrap this", ref, t.name(ring))
	}
	return []byte(answer.Ciphertext), nil
}

// Unwrap implements KEKs. The engine refuses a version that was trimmed, and what it did not wrap,
// with 400; everything else may pass.
func (t *Transit) Unwrap(ctx context.Context, ring, ref string, wrapped, ad []byte) ([]byte, error) {
	if !bytes.HasPrefix(wrapped, []byte("vault:v"+ref+":")) {
		return nil, fmt.Errorf("%w: it is not version %s of %s", ErrNoKEK, ref, t.name(ring))
	}
	var answer struct {
		Plaintext []byte `json:"plaintext"`
	}
	err := t.call(ctx, "decrypt", ring, "", map[string]any{"ciphertext": string(wrapped), "associated_data": ad}, &answer)
	var refused transitError
	if errors.As(err, &refused) && refused.status == http.StatusBadRequest {
		return nil, fmt.Errorf("%w: %w", ErrNoKEK, err)
	}
	return answer.Plaintext, err
}

// Keep implements KEKs: versions before ref are destroyed. Later ones, which only a crash leaves
// and no file names, are destroyed with the next turn.
func (t *Transit) Keep(ctx context.Context, ring, ref string) error {
	version, err := strconv.Atoi(ref)
	if err != nil {
		return fmt.Errorf("%w: %q is no version", ErrNoKEK, ref)
	}
	k, err := t.key(ctx, ring)
	if err != nil || k.MinAvailable >= version {
		return err
	}
	least := map[string]any{"min_decryption_version": version, "min_encryption_version": version}
	if err := t.call(ctx, "keys", ring, "/config", least, nil); err != nil {
		return err
	}
	if err := t.call(ctx, "keys", ring, "/trim", map[string]any{"min_available_version": version}, nil); err != nil {
		return err
	}
	if k, err = t.key(ctx, ring); err == nil && k.MinAvailable < version {
		return fmt.Errorf("transit: versions of %s before %d were not trimmed", t.name(ring), version)
	}
	return err
}

// Close implements KEKs.
func (t *Transit) Close() error {
	t.o.Client.CloseIdleConnections()
	return nil
}

// name is the engine's name for a ring's key: it carries the instance and the demo mark.
func (t *Transit) name(ring string) string {
	if t.o.Demo {
		return "luukku-demo." + t.o.Instance + "." + ring
	}
	return "luukku." + t.o.Instance + "." + ring
}
