// Package oidc asks an organisation's directory who somebody is, by OpenID Connect Core 1.0: the
// authorisation code flow with PKCE (RFC 7636). It promises that an answer is believed only when the
// directory that the authority has named signed it just now, with a key of its own, for this program and
// for the very browser that began; and that nothing is fetched from a place that the operator does not let.
//
// It keeps nothing: what belongs to a sign-in on its way follows from a ticket that only the browser has.
package oidc

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	goidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"luukku/fault"
)

// Directory is one organisation's directory as an authority has set it.
type Directory struct {
	Issuer   string   // its name, an https address: https://login.example.fi/realms/office
	ClientID string   // the program's name there
	Secret   string   // with which the program shows that it is the one
	Claim    string   // the claim that names a member of staff: preferred_username, email …
	ACR      []string // values of acr that mean more than one factor; amr "mfa" always does (RFC 8176)
}

// Name is whose word an Identity is: the directory, and what this program is there.
func (d Directory) Name() string { return d.Issuer + " " + d.ClientID }

// Options of New.
type Options struct {
	Now      func() time.Time // real time
	Networks []netip.Prefix   // inner networks in which directories may lie; public addresses always may
	Loopback bool             // a directory on this machine, without TLS too: demo and tests
	Roots    *x509.CertPool   // nil: the system's
}

// Client speaks with the directories of all authorities. It is safe for any number of goroutines.
type Client struct {
	o     Options
	http  *http.Client
	mu    sync.Mutex
	known map[string]*entry
}

// New returns a client.
func New(o Options) *Client {
	c := &Client{o: o, known: map[string]*entry{}}
	c.http = c.fetcher()
	return c
}

// rereadAfter is how long what a directory says of itself is believed without asking again.
const rereadAfter = time.Hour

// maxKnown bounds the memory of Client: an installation has a few authorities.
const maxKnown = 200

// entry is a directory that was asked about itself. Its lock makes one of many sign-ins ask.
type entry struct {
	mu sync.Mutex
	at time.Time
	is *about
}

// about is what a directory says of itself (OpenID Connect Discovery 1.0; RFC 8414, RFC 9207).
type about struct {
	provider *goidc.Provider
	keys     goidc.KeySet
	metadata
}

type metadata struct {
	Authorization string   `json:"authorization_endpoint"`
	Token         string   `json:"token_endpoint"`
	Keys          string   `json:"jwks_uri"`
	End           string   `json:"end_session_endpoint"`
	Responses     []string `json:"response_types_supported"`
	Challenges    []string `json:"code_challenge_methods_supported"`
	Algorithms    []string `json:"id_token_signing_alg_values_supported"`
	TokenAuth     []string `json:"token_endpoint_auth_methods_supported"`
	TellsIssuer   bool     `json:"authorization_response_iss_parameter_supported"`
}

// read asks a directory about itself. Errors are those of told.
func (c *Client) read(ctx context.Context, issuer string) (*about, error) {
	if err := c.CheckIssuer(issuer); err != nil {
		return nil, err
	}
	provider, err := goidc.NewProvider(goidc.ClientContext(ctx, c.http), issuer)
	if err != nil {
		return nil, told(err)
	}
	is := &about{provider: provider}
	if err := provider.Claims(&is.metadata); err != nil {
		return nil, fault.New(fault.Conflict, "directory-malformed")
	}
	for _, address := range []string{is.Authorization, is.Token, is.Keys} {
		if !c.safe(address) {
			return nil, fault.New(fault.Conflict, "directory-malformed")
		}
	}
	is.keys = goidc.NewRemoteKeySet(goidc.ClientContext(context.WithoutCancel(ctx), c.http), is.Keys)
	return is, nil
}

// about is what a directory said of itself within the last hour, or says now.
func (c *Client) about(ctx context.Context, issuer string) (*about, error) {
	e := c.entry(issuer)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.is != nil && c.o.Now().Sub(e.at).Abs() < rereadAfter {
		return e.is, nil
	}
	is, err := c.read(ctx, issuer)
	if err == nil {
		e.is, e.at = is, c.o.Now()
	}
	return is, err
}

func (c *Client) entry(issuer string) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.known[issuer]
	if e == nil {
		if len(c.known) >= maxKnown {
			clear(c.known)
		}
		e = &entry{}
		c.known[issuer] = e
	}
	return e
}

// Begin gives the address to which a browser goes to be asked who it is. Redirect is where the directory
// sends it back, exactly as registered there. Errors: fault.Busy "directory-unreachable", fault.Conflict
// "directory-malformed", "directory-issuer", "directory-place", fault.Invalid as CheckIssuer.
func (c *Client) Begin(ctx context.Context, d Directory, t Ticket, redirect string) (string, error) {
	is, err := c.about(ctx, d.Issuer)
	if err != nil {
		return "", err
	}
	more := []oauth2.AuthCodeOption{goidc.Nonce(t.nonce(d)), oauth2.S256ChallengeOption(t.verifier(d))}
	if len(d.ACR) > 0 {
		more = append(more, oauth2.SetAuthURLParam("acr_values", strings.Join(d.ACR, " ")))
	}
	return c.config(d, is, redirect).AuthCodeURL(t.state(d), more...), nil
}

// config is the program as the directory knows it. Only what is needed is asked for: who it is, and the
// claim that names them.
func (c *Client) config(d Directory, is *about, redirect string) *oauth2.Config {
	endpoint := oauth2.Endpoint{AuthURL: is.Authorization, TokenURL: is.Token, AuthStyle: oauth2.AuthStyleInHeader}
	if len(is.TokenAuth) > 0 && !slices.Contains(is.TokenAuth, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	scopes := []string{goidc.ScopeOpenID}
	switch d.Claim {
	case "sub":
	case "email":
		scopes = append(scopes, "email")
	default:
		scopes = append(scopes, "profile")
	}
	return &oauth2.Config{ClientID: d.ClientID, ClientSecret: d.Secret, Endpoint: endpoint, RedirectURL: redirect, Scopes: scopes}
}

// End gives the address at which the sign-in at the directory ends, too, and which leads back (OpenID
// Connect RP-Initiated Logout 1.0); "" where the directory has none or does not answer. No token is sent:
// none is kept.
func (c *Client) End(ctx context.Context, d Directory, back string) string {
	is, err := c.about(ctx, d.Issuer)
	if err != nil || is.End == "" || !c.safe(is.End) {
		return ""
	}
	u, err := url.Parse(is.End)
	if err != nil {
		return ""
	}
	query := u.Query()
	query.Set("client_id", d.ClientID)
	query.Set("post_logout_redirect_uri", back)
	u.RawQuery = query.Encode()
	return u.String()
}

// CheckIssuer refuses what cannot name a directory: fault.Invalid "directory-address" on issuer.
func (c *Client) CheckIssuer(issuer string) error {
	u, err := url.Parse(issuer)
	if err != nil || !c.safe(issuer) || u.RawQuery != "" || u.ForceQuery || strings.Contains(issuer, "#") || strings.HasSuffix(issuer, "/.well-known/openid-configuration") {
		return fault.New(fault.Invalid, "directory-address").On("issuer")
	}
	return nil
}

// safe tells whether an address may be asked: by TLS, or on this machine where that is allowed.
func (c *Client) safe(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && c.o.Loopback && isLoopback(u.Hostname())
}

// claims is what an ID token says besides what is checked.
type claims struct {
	named    string
	acr      string
	amr      []string
	azp      string
	verified bool
}

// readClaims reads a token's claims; amr and email_verified are written in more ways than one.
func readClaims(raw map[string]json.RawMessage, name string) claims {
	c := claims{verified: true}
	text := func(key string) (s string) { _ = json.Unmarshal(raw[key], &s); return s }
	c.named, c.acr, c.azp = text(name), text("acr"), text("azp")
	if json.Unmarshal(raw["amr"], &c.amr) != nil {
		c.amr = strings.Fields(text("amr"))
	}
	if is, told := raw["email_verified"]; told {
		c.verified = strings.Trim(string(is), `"`) == "true"
	}
	return c
}
