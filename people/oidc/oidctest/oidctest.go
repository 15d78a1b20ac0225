// Package oidctest is an organisation's directory for tests: an OpenID Provider over HTTP on this machine
// that says what a test tells it to, honestly or not. It is made with the standard library alone, so that a
// mistake of the library that reads its tokens is not made twice.
package oidctest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"
)

// Directory is one. Its fields may be changed between requests.
type Directory struct {
	URL      string
	ClientID string
	Secret   string
	Redirect string         // the only address that it sends anybody back to; "" is any
	Claims   map[string]any // what it says of whoever comes
	Lax      bool           // it takes a code more than once

	Metadata func(map[string]any)                // changes the discovery document
	Token    func(header, claims map[string]any) // changes a token before it is signed
	Sign     func(signed string) string          // replaces the signature
	Answer   func(url.Values)                    // changes what goes back with the browser
	Handle   map[string]http.HandlerFunc         // replaces a whole endpoint, by its path
	Asked    []string                            // every path that was asked for

	mu    sync.Mutex
	key   *rsa.PrivateKey
	given map[string]grant
}

// grant is a code that was given and not brought back yet.
type grant struct{ challenge, nonce, redirect string }

// Start opens a directory until the test ends. Anybody who comes is aino there, with one factor.
func Start(t testing.TB) *Directory {
	t.Helper()
	d := &Directory{ClientID: "luukku", Secret: "salaisuus", given: map[string]grant{}, Handle: map[string]http.HandlerFunc{},
		Claims: map[string]any{"sub": "4711", "preferred_username": "aino", "email": "aino@example.fi", "amr": []string{"pwd"}}}
	var err error
	if d.key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(d)
	t.Cleanup(site.Close)
	d.URL = site.URL
	return d
}

// ServeHTTP implements http.Handler.
func (d *Directory) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Asked = append(d.Asked, r.URL.Path)
	if h := d.Handle[r.URL.Path]; h != nil {
		h(w, r)
		return
	}
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		answer(w, http.StatusOK, d.discovery())
	case "/keys":
		answer(w, http.StatusOK, d.keys())
	case "/authorize":
		d.authorize(w, r)
	case "/token":
		d.token(w, r)
	case "/end":
		http.Redirect(w, r, r.URL.Query().Get("post_logout_redirect_uri"), http.StatusFound)
	default:
		http.NotFound(w, r)
	}
}

func (d *Directory) discovery() map[string]any {
	m := map[string]any{
		"issuer": d.URL, "authorization_endpoint": d.URL + "/authorize", "token_endpoint": d.URL + "/token", "jwks_uri": d.URL + "/keys",
		"end_session_endpoint": d.URL + "/end", "response_types_supported": []string{"code"}, "code_challenge_methods_supported": []string{"S256"},
		"id_token_signing_alg_values_supported": []string{"RS256"}, "authorization_response_iss_parameter_supported": true,
	}
	if d.Metadata != nil {
		d.Metadata(m)
	}
	return m
}

func (d *Directory) keys() map[string]any {
	one := map[string]any{"kty": "RSA", "use": "sig", "kid": "1", "alg": "RS256", "n": encode(d.key.N.Bytes()), "e": encode(big.NewInt(int64(d.key.E)).Bytes())}
	return map[string]any{"keys": []any{one}}
}

// NewKey changes the signing key; the old one is not told of any more.
func (d *Directory) NewKey(t testing.TB) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	d.key = key
}

// authorize asks nothing: whoever comes is taken for the one in Claims.
func (d *Directory) authorize(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	back := asked.Get("redirect_uri")
	if asked.Get("client_id") != d.ClientID || asked.Get("code_challenge_method") != "S256" || asked.Get("response_type") != "code" || d.Redirect != "" && back != d.Redirect {
		http.Error(w, "this directory does not know who asks", http.StatusBadRequest)
		return
	}
	code := rand.Text()
	d.given[code] = grant{asked.Get("code_challenge"), asked.Get("nonce"), back}
	out := url.Values{"code": {code}, "state": {asked.Get("state")}, "iss": {d.URL}}
	if d.Answer != nil {
		d.Answer(out)
	}
	http.Redirect(w, r, back+"?"+out.Encode(), http.StatusFound)
}

func (d *Directory) token(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	if id != d.ClientID || secret != d.Secret {
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
		return
	}
	g, ok := d.given[r.PostFormValue("code")]
	if !d.Lax {
		delete(d.given, r.PostFormValue("code"))
	}
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !ok || encode(sum[:]) != g.challenge || r.PostFormValue("redirect_uri") != g.redirect {
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
		return
	}
	answer(w, http.StatusOK, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "id_token": d.signed(g.nonce)})
}

// signed is an ID token about whoever came.
func (d *Directory) signed(nonce string) string {
	now := time.Now()
	header := map[string]any{"alg": "RS256", "kid": "1", "typ": "JWT"}
	claims := map[string]any{"iss": d.URL, "aud": d.ClientID, "exp": now.Add(5 * time.Minute).Unix(), "iat": now.Unix(), "nonce": nonce}
	for name, value := range d.Claims {
		claims[name] = value
	}
	if d.Token != nil {
		d.Token(header, claims)
	}
	text := encode(asJSON(header)) + "." + encode(asJSON(claims))
	if d.Sign != nil {
		return d.Sign(text)
	}
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, d.key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err) // a key of 2048 bits signs a SHA-256 sum
	}
	return text + "." + encode(signature)
}

// PublicKey is the modulus of its key, which a forger knows too.
func (d *Directory) PublicKey() []byte { return d.key.N.Bytes() }

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func asJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps of texts and numbers
	}
	return b
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(asJSON(v)) // whoever asked has gone
}
