package keystore_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"luukku/core/vault/keystore"
	"luukku/core/vault/keystore/keystoretest"
	"luukku/fault"
)

// engine is a transit secrets engine in this process, written after the HTTP API that OpenBao and
// HashiCorp Vault document (keys, rotate, config, trim, encrypt, decrypt). Neither program itself
// was run against this package.
type engine struct {
	mu       sync.Mutex
	keys     map[string]*named
	sealed   bool
	requests []string
}

type named struct {
	versions                           map[int]cipher.AEAD
	latest, minDec, minEnc, minAvail   int
	exportable, plaintextBackup, other bool
}

func newEngine(t *testing.T) (*engine, *httptest.Server) {
	e := &engine{keys: map[string]*named{}}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return e, server
}

func (k *named) rotate() {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails
	block, _ := aes.NewCipher(secret)
	k.latest++
	k.versions[k.latest], _ = cipher.NewGCMWithRandomNonce(block)
}

func (e *engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.requests = append(e.requests, r.Method+" "+r.URL.String())
	switch {
	case e.sealed:
		refuse(w, http.StatusServiceUnavailable, "Vault is sealed")
	case r.Header.Get("X-Vault-Token") != "s.test":
		refuse(w, http.StatusForbidden, "permission denied")
	default:
		path, ok := strings.CutPrefix(r.URL.Path, "/v1/kek/")
		if !ok {
			refuse(w, http.StatusNotFound, "no handler for route")
			return
		}
		var ask map[string]any
		_ = json.NewDecoder(r.Body).Decode(&ask) // a GET has none
		parts := append(strings.Split(path, "/"), "")
		e.answer(w, r.Method+" "+parts[0]+"/"+parts[2], parts[1], ask)
	}
}

func (e *engine) answer(w http.ResponseWriter, what, name string, ask map[string]any) {
	k := e.keys[name]
	if k == nil && what != "POST keys/" {
		if what == "GET keys/" {
			refuse(w, http.StatusNotFound)
			return
		}
		refuse(w, http.StatusBadRequest, "encryption key not found")
		return
	}
	number := func(key string) int { n, _ := ask[key].(float64); return int(n) }
	switch what {
	case "POST keys/":
		if k == nil && ask["type"] == "aes256-gcm96" {
			e.keys[name] = &named{versions: map[int]cipher.AEAD{}, minDec: 1}
			e.keys[name].rotate()
		}
		w.WriteHeader(http.StatusNoContent)
	case "GET keys/":
		reply(w, map[string]any{"type": "aes256-gcm96", "latest_version": k.latest, "min_available_version": k.minAvail,
			"min_decryption_version": k.minDec, "min_encryption_version": k.minEnc, "exportable": k.exportable,
			"allow_plaintext_backup": k.plaintextBackup, "derived": k.other})
	case "POST keys/rotate":
		k.rotate()
		w.WriteHeader(http.StatusNoContent)
	case "POST keys/config":
		dec, enc := number("min_decryption_version"), number("min_encryption_version")
		if dec > k.latest || enc > k.latest || enc < dec || dec < k.minAvail {
			refuse(w, http.StatusBadRequest, "cannot set min encryption/decryption values")
			return
		}
		k.minDec, k.minEnc = dec, enc
		w.WriteHeader(http.StatusNoContent)
	case "POST keys/trim":
		least := number("min_available_version")
		if least < k.minAvail || k.minEnc == 0 || least > k.minEnc || least > k.minDec {
			refuse(w, http.StatusBadRequest, "minimum available version cannot be set")
			return
		}
		for v := k.minAvail; v < least; v++ {
			delete(k.versions, v)
		}
		k.minAvail = least
		w.WriteHeader(http.StatusNoContent)
	case "POST encrypt/":
		version := number("key_version")
		if version < k.minEnc || k.versions[version] == nil {
			refuse(w, http.StatusBadRequest, "requested version for encryption is less than the minimum encryption key version")
			return
		}
		sealed := k.versions[version].Seal(nil, nil, decode(ask["plaintext"]), decode(ask["associated_data"]))
		reply(w, map[string]any{"ciphertext": fmt.Sprintf("vault:v%d:%s", version, base64.StdEncoding.EncodeToString(sealed))})
	case "POST decrypt/":
		e.decrypt(w, k, ask)
	}
}

func (e *engine) decrypt(w http.ResponseWriter, k *named, ask map[string]any) {
	text, _ := ask["ciphertext"].(string)
	parts := strings.SplitN(strings.TrimPrefix(text, "vault:v"), ":", 2)
	version, _ := strconv.Atoi(parts[0])
	if version < k.minDec || k.versions[version] == nil {
		refuse(w, http.StatusBadRequest, "ciphertext or signature version is disallowed by policy (too old)")
		return
	}
	plain, err := k.versions[version].Open(nil, nil, decode(parts[1]), decode(ask["associated_data"]))
	if err != nil {
		refuse(w, http.StatusBadRequest, "cipher: message authentication failed")
		return
	}
	reply(w, map[string]any{"plaintext": base64.StdEncoding.EncodeToString(plain)})
}

func decode(text any) []byte {
	s, _ := text.(string)
	b, _ := base64.StdEncoding.DecodeString(s) // what is not base64 opens nothing
	return b
}

func reply(w http.ResponseWriter, data map[string]any) {
	_ = json.NewEncoder(w).Encode(map[string]any{"request_id": "r", "data": data}) // the client sees a broken line
}

func refuse(w http.ResponseWriter, status int, texts ...string) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": texts}) // likewise
}

func transit(server *httptest.Server) *keystore.Transit {
	return keystore.NewTransit(keystore.TransitOptions{
		Address: server.URL, Mount: "kek", Instance: "i_test", Client: &http.Client{Timeout: 5 * time.Second},
		Token: func() (string, error) { return "s.test", nil }})
}

func TestTransitWraps(t *testing.T) {
	_, server := newEngine(t)
	wrapping(t, transit(server))
}

func TestATurnTrimsTheTransitKey(t *testing.T) {
	e, server := newEngine(t)
	disk := keystoretest.NewDisk()
	o := (&world{disk: disk, stores: 2}).options()
	o.Stores[1].KEKs = transit(server)
	s, err := keystore.CreateSet(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := s.AddStock(t.Context(), keystore.Day, 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids[:2] {
		report, err := s.Turn(t.Context(), []string{id}, keystore.Stock{})
		if err != nil || len(report.Alarms) > 0 {
			t.Fatal(report, err)
		}
	}
	k := e.keys["luukku.i_test.second.dvv.keys"]
	if k == nil || k.latest != 3 || k.minAvail != 3 || len(k.versions) != 1 {
		t.Errorf("the engine has %+v", k)
	}
	e.sealed = true
	report, err := s.Turn(t.Context(), ids[2:], keystore.Stock{Day: 1})
	if err != nil || kinds(report.Alarms) != "store-unreachable second" {
		t.Errorf("sealed: %+v, %v", report, err)
	}
	e.sealed = false
	if report, err = s.Turn(t.Context(), nil, keystore.Stock{Day: 1}); err != nil || len(report.Alarms) > 0 || len(report.NewStock) != 1 {
		t.Errorf("unsealed: %+v, %v", report, err)
	}
	for _, request := range e.requests {
		if strings.Contains(request, "?") || strings.Contains(request, "=") {
			t.Errorf("something is in an address: %s", request)
		}
	}
}

func TestASealedTransitEngineIsNoLoss(t *testing.T) {
	e, server := newEngine(t)
	w := &world{disk: keystoretest.NewDisk(), stores: 1}
	o := w.options()
	o.Stores[0].KEKs = transit(server)
	if _, err := keystore.CreateSet(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	reopen := func() error {
		w.disk = w.disk.Wakings()[0]
		o := w.options()
		o.Stores[0].KEKs = transit(server)
		_, err := keystore.OpenSet(t.Context(), o, 1)
		return err
	}
	e.sealed = true
	if err := reopen(); !fault.Is(err, fault.Busy) || errors.Is(err, keystore.ErrCorrupt) || errors.Is(err, keystore.ErrMissing) {
		t.Errorf("sealed: %v", err)
	}
	e.sealed = false
	if err := reopen(); err != nil {
		t.Error(err)
	}
	delete(e.keys, "luukku.i_test.first.dvv.events")
	if err := reopen(); !errors.Is(err, keystore.ErrCorrupt) {
		t.Errorf("the engine's key is gone: %v", err)
	}
}

func TestATransitKeyThatCouldBeCopiedIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(k *named){
		"exportable": func(k *named) { k.exportable = true },
		"backup":     func(k *named) { k.plaintextBackup = true },
		"derived":    func(k *named) { k.other = true },
	} {
		e, server := newEngine(t)
		keks := transit(server)
		if _, err := keks.Create(t.Context(), "first.dvv.keys"); err != nil {
			t.Fatal(err)
		}
		spoil(e.keys["luukku.i_test.first.dvv.keys"])
		if _, err := keks.Create(t.Context(), "first.dvv.keys"); err == nil {
			t.Errorf("%s: it was used", name)
		}
	}
}

func TestTheTransitTokenIsReadEachTime(t *testing.T) {
	_, server := newEngine(t)
	path := filepath.Join(t.TempDir(), "token")
	keks := keystore.NewTransit(keystore.TransitOptions{Address: server.URL, Mount: "kek", Instance: "i_test",
		Client: http.DefaultClient, Token: keystore.TokenFile(path), Namespace: "ns"})
	for _, test := range []struct {
		token string
		works bool
	}{{"s.old\n", false}, {"s.test\n", true}} {
		if err := os.WriteFile(path, []byte(test.token), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keks.Create(t.Context(), "first.dvv.keys"); (err == nil) != test.works {
			t.Errorf("%q: %v", test.token, err)
		} else if err != nil && strings.Contains(err.Error(), "s.old") {
			t.Error("the token is in the error")
		}
	}
}
