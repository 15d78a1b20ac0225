package oidc_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/fault"
	"luukku/people/oidc"
	"luukku/people/oidc/oidctest"
)

const back = "http://127.0.0.1:8080/dvv/sign-in/directory"

// visit is one sign-in: a client that may ask on this machine, and a browser's ticket.
type visit struct {
	*testing.T
	there  *oidctest.Directory
	client *oidc.Client
	set    oidc.Directory
	ticket oidc.Ticket
}

func newVisit(t *testing.T) *visit {
	there := oidctest.Start(t)
	return &visit{t, there, oidc.New(oidc.Options{Now: time.Now, Loopback: true}),
		oidc.Directory{Issuer: there.URL, ClientID: there.ClientID, Secret: there.Secret, Claim: "preferred_username", ACR: []string{"silver"}}, oidc.NewTicket()}
}

// goThere goes to the directory as a browser does, and comes back with its answer.
func (v *visit) goThere() oidc.Answer {
	v.Helper()
	address, err := v.client.Begin(v.Context(), v.set, v.ticket, back)
	if err != nil {
		v.Fatal(err)
	}
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := browser.Get(address)
	if err != nil {
		v.Fatal(err)
	}
	_ = answer.Body.Close()
	to, err := answer.Location()
	if err != nil || !strings.HasPrefix(to.String(), back+"?") {
		v.Fatalf("sent to %v, %v", to, err)
	}
	q := to.Query()
	return oidc.Answer{Code: q.Get("code"), State: q.Get("state"), Issuer: q.Get("iss"), Error: q.Get("error")}
}

func (v *visit) finish(a oidc.Answer) (oidc.Identity, error) {
	return v.client.Finish(v.Context(), v.set, v.ticket, back, a)
}

func key(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Key
}

func TestWhoSomebodyIsIsToldByTheDirectory(t *testing.T) {
	v := newVisit(t)
	got, err := v.finish(v.goThere())
	if want := (oidc.Identity{Subject: v.there.URL + " 4711", Name: "aino", By: v.there.URL + " " + v.set.ClientID}); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestOnlyWhatSaysSoIsMoreThanOneFactor(t *testing.T) {
	v := newVisit(t)
	for _, c := range []struct {
		amr  any
		acr  string
		want bool
	}{
		{[]string{"pwd"}, "", false}, {[]string{"pwd", "mfa"}, "", true}, {"pwd mfa", "", true}, {nil, "silver", true},
		{nil, "gold", false}, {nil, "", false}, {[]string{"otp"}, "", false}, {map[string]any{"mfa": true}, "", false},
	} {
		v.there.Claims["amr"], v.there.Claims["acr"], v.ticket = c.amr, c.acr, oidc.NewTicket()
		if got, err := v.finish(v.goThere()); err != nil || got.MFA != c.want {
			t.Errorf("amr %v, acr %q: %v, %v", c.amr, c.acr, got.MFA, err)
		}
	}
}

// What a token says is believed only when everything about it is right (Core 1.0, 3.1.3.7).
func TestATokenIsBelievedOnlyWhenAllOfItIsRight(t *testing.T) {
	type claims = map[string]any
	forge := func(v *visit) {
		v.there.Token = func(header, _ claims) { header["alg"] = "HS256" }
		v.there.Sign = func(signed string) string {
			mac := hmac.New(sha256.New, v.there.PublicKey())
			mac.Write([]byte(signed))
			return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
		}
	}
	for name, c := range map[string]struct {
		how  func(v *visit)
		want string
	}{
		"nothing wrong":       {func(*visit) {}, ""},
		"for another program": {func(v *visit) { v.there.Token = func(_, c claims) { c["aud"] = "other" } }, "directory-token"},
		"for several":         {func(v *visit) { v.there.Token = func(_, c claims) { c["aud"] = []string{"luukku", "other"} } }, "directory-token"},
		"for several, ours": {func(v *visit) {
			v.there.Token = func(_, c claims) { c["aud"], c["azp"] = []string{"luukku", "other"}, "luukku" }
		}, ""},
		"given to another":  {func(v *visit) { v.there.Token = func(_, c claims) { c["azp"] = "other" } }, "directory-token"},
		"of another issuer": {func(v *visit) { v.there.Token = func(_, c claims) { c["iss"] = "https://accounts.example.fi" } }, "directory-token"},
		"another nonce":     {func(v *visit) { v.there.Token = func(_, c claims) { c["nonce"] = "x" } }, "directory-token"},
		"no nonce":          {func(v *visit) { v.there.Token = func(_, c claims) { delete(c, "nonce") } }, "directory-token"},
		"expired":           {func(v *visit) { v.there.Token = func(_, c claims) { c["exp"] = time.Now().Unix() - 1 } }, "directory-clock"},
		"without an end":    {func(v *visit) { v.there.Token = func(_, c claims) { delete(c, "exp") } }, "directory-clock"},
		"of tomorrow":       {func(v *visit) { v.there.Token = func(_, c claims) { c["iat"] = time.Now().Add(24 * time.Hour).Unix() } }, "directory-clock"},
		"not signed": {func(v *visit) {
			v.there.Token = func(h, _ claims) { h["alg"] = "none" }
			v.there.Sign = func(s string) string { return s + "." }
		}, "directory-token"},
		"signed by anybody": {forge, "directory-token"},
		"with another's key": {func(v *visit) {
			one := v.goThere()
			_, _ = v.finish(one)
			v.there.Handle["/keys"] = oidctest.Start(v).ServeHTTP
			v.there.NewKey(v)
		}, "directory-token"},
		"with its next key": {func(v *visit) {
			one := v.goThere()
			_, _ = v.finish(one)
			v.there.NewKey(v)
			v.there.Token = func(h, _ claims) { h["kid"] = "1" }
		}, ""},
		"without a subject":   {func(v *visit) { v.there.Claims["sub"] = "" }, "directory-token"},
		"a broken subject":    {func(v *visit) { v.there.Claims["sub"] = "a\u202eb" }, "directory-token"},
		"without a name":      {func(v *visit) { delete(v.there.Claims, "preferred_username") }, "directory-claim"},
		"a name that is none": {func(v *visit) { v.there.Claims["preferred_username"] = []string{"aino"} }, "directory-claim"},
		"an address untold":   {func(v *visit) { v.set.Claim = "email"; v.there.Claims["email_verified"] = false }, "directory-claim"},
		"an address told":     {func(v *visit) { v.set.Claim = "email"; v.there.Claims["email_verified"] = "true" }, ""},
		"no token":            {func(v *visit) { v.there.Handle["/token"] = tokenless }, "directory-token"},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVisit(t)
			c.how(v)
			if got, err := v.finish(v.goThere()); key(err) != c.want {
				t.Errorf("%+v, %v, want %q", got, err, c.want)
			}
		})
	}
}

func tokenless(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"access_token":"x","token_type":"Bearer"}`))
}

// An answer fits only the browser that began, the directory that was asked, and once.
func TestAnAnswerFitsOneBrowserOneDirectoryAndOnce(t *testing.T) {
	v := newVisit(t)
	used := v.goThere()
	if _, err := v.finish(used); err != nil {
		t.Fatal(err)
	}
	other := oidctest.Start(t)
	asked := len(other.Asked)
	for name, c := range map[string]struct {
		change func(v *visit, a *oidc.Answer)
		want   string
	}{
		"used before":          {func(_ *visit, a *oidc.Answer) { *a = used }, "directory-state"},
		"another's browser":    {func(v *visit, _ *oidc.Answer) { v.ticket = oidc.NewTicket() }, "directory-state"},
		"no state":             {func(_ *visit, a *oidc.Answer) { a.State = "" }, "directory-state"},
		"another's code":       {func(_ *visit, a *oidc.Answer) { a.Code = "stolen" }, "directory-state"},
		"another issuer":       {func(_ *visit, a *oidc.Answer) { a.Issuer = other.URL }, "directory-state"},
		"no issuer":            {func(_ *visit, a *oidc.Answer) { a.Issuer = "" }, "directory-state"},
		"another directory":    {func(v *visit, _ *oidc.Answer) { v.set.Issuer = other.URL }, "directory-state"},
		"another program":      {func(v *visit, _ *oidc.Answer) { v.set.ClientID = "other" }, "directory-state"},
		"a wrong secret":       {func(v *visit, _ *oidc.Answer) { v.set.Secret = "wrong" }, "directory-client"},
		"cancelled there":      {func(_ *visit, a *oidc.Answer) { a.Code, a.Error = "", "access_denied" }, "directory-cancelled"},
		"failed there":         {func(_ *visit, a *oidc.Answer) { a.Code, a.Error = "", "server_error" }, "directory-failed"},
		"an error and a code":  {func(_ *visit, a *oidc.Answer) { a.Error = "server_error" }, "directory-failed"},
		"nothing at all":       {func(_ *visit, a *oidc.Answer) { a.Code = "" }, "directory-failed"},
		"cancelled by another": {func(v *visit, a *oidc.Answer) { a.Error, v.ticket = "access_denied", oidc.NewTicket() }, "directory-state"},
	} {
		one := &visit{t, v.there, v.client, v.set, oidc.NewTicket()}
		a := one.goThere()
		c.change(one, &a)
		if got, err := one.finish(a); key(err) != c.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if len(other.Asked) > asked {
		t.Errorf("the other directory was asked %v: a mixed-up answer must not be shown to it", other.Asked)
	}
}

// What a directory says of itself is bounded, its own, and fetched from nowhere else.
func TestADirectoryIsReadWithinBounds(t *testing.T) {
	elsewhere := oidctest.Start(t)
	for name, c := range map[string]struct {
		how  func(d *oidctest.Directory)
		want string
	}{
		"redirected": {func(d *oidctest.Directory) {
			d.Handle["/.well-known/openid-configuration"] = http.RedirectHandler(elsewhere.URL+"/.well-known/openid-configuration", http.StatusFound).ServeHTTP
		}, "directory-malformed"},
		"huge": {func(d *oidctest.Directory) { // and right in everything else
			d.Metadata = func(m map[string]any) { m["service_documentation"] = strings.Repeat("x", 1<<20) }
		}, "directory-malformed"},
		"another's name": {func(d *oidctest.Directory) { d.Metadata = func(m map[string]any) { m["issuer"] = elsewhere.URL } }, "directory-issuer"},
		"keys of a cloud": {func(d *oidctest.Directory) {
			d.Metadata = func(m map[string]any) { m["jwks_uri"] = "http://169.254.169.254/latest" }
		}, "directory-malformed"},
		"a file": {func(d *oidctest.Directory) {
			d.Metadata = func(m map[string]any) { m["token_endpoint"] = "file:///etc/passwd" }
		}, "directory-malformed"},
		"a script": {func(d *oidctest.Directory) {
			d.Metadata = func(m map[string]any) { m["authorization_endpoint"] = "javascript:alert(1)" }
		}, "directory-malformed"},
		"no document":        {func(d *oidctest.Directory) { d.Handle["/.well-known/openid-configuration"] = http.NotFound }, "directory-malformed"},
		"a document of none": {func(d *oidctest.Directory) { d.Handle["/.well-known/openid-configuration"] = tokenless }, "directory-issuer"},
	} {
		v := newVisit(t)
		c.how(v.there)
		if _, err := v.client.Begin(t.Context(), v.set, v.ticket, back); key(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(elsewhere.Asked) > 0 {
		t.Errorf("a redirect was followed: %v", elsewhere.Asked)
	}
}

// A token's and a set of keys' answers lead nowhere either, when the address in the document is in a
// network of this machine's own.
func TestInnerNetworksAreAskedOnlyWhereTheOperatorLetsThem(t *testing.T) {
	there := oidctest.Start(t)
	at := netip.MustParseAddrPort(strings.TrimPrefix(there.URL, "http://"))
	closed := oidc.New(oidc.Options{Now: time.Now})
	for _, issuer := range []string{"https://" + at.String(), "https://localhost:" + "1", "https://10.0.0.1", "https://[fd00::1]", "https://[::ffff:127.0.0.1]:" + "1",
		"https://169.254.169.254", "https://[64:ff9b::7f00:1]", "https://0.0.0.0", "https://100.64.0.1", "https://192.168.1.1:8443/realms/a"} {
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		_, err := closed.Begin(ctx, oidc.Directory{Issuer: issuer}, oidc.NewTicket(), back)
		stop()
		if key(err) != "directory-place" {
			t.Errorf("%s: %v", issuer, err)
		}
	}
	let := oidc.New(oidc.Options{Now: time.Now, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("0.0.0.0/0")}})
	if _, err := let.Begin(t.Context(), oidc.Directory{Issuer: "https://" + at.String()}, oidc.NewTicket(), back); key(err) != "directory-unreachable" { // it has no TLS
		t.Errorf("let: %v", err)
	}
	if _, err := let.Begin(t.Context(), oidc.Directory{Issuer: "https://169.254.169.254"}, oidc.NewTicket(), back); key(err) != "directory-place" {
		t.Errorf("a cloud's own address was let: %v", err)
	}
}

func TestIssuersAreAddressesOfDirectories(t *testing.T) {
	open, closed := oidc.New(oidc.Options{Now: time.Now, Loopback: true}), oidc.New(oidc.Options{Now: time.Now})
	for issuer, want := range map[string]string{
		"https://login.example.fi": "", "https://login.example.fi/realms/a": "", "http://login.example.fi": "directory-address", "ftp://login.example.fi": "directory-address",
		"login.example.fi": "directory-address", "": "directory-address", "https://": "directory-address", "https://u:p@login.example.fi": "directory-address",
		"https://login.example.fi?x=1": "directory-address", "https://login.example.fi#x": "directory-address", "https://login.example.fi?": "directory-address",
		"https://login.example.fi/.well-known/openid-configuration": "directory-address", "http://127.0.0.1.example.fi": "directory-address",
	} {
		if got := key(open.CheckIssuer(issuer)); got != want {
			t.Errorf("%s: %q", issuer, got)
		}
	}
	if open.CheckIssuer("http://127.0.0.1:99") != nil || closed.CheckIssuer("http://127.0.0.1:99") == nil {
		t.Error("without TLS only on this machine, and only where that is allowed")
	}
}

func TestTryingADirectoryTellsWhatIsWrong(t *testing.T) {
	find := func(all []oidc.Step, name string) oidc.Step {
		i := slices.IndexFunc(all, func(s oidc.Step) bool { return s.Name == name })
		if i < 0 {
			return oidc.Step{}
		}
		return all[i]
	}
	for name, c := range map[string]struct {
		how  func(v *visit)
		step oidc.Step
	}{
		"all well":         {func(*visit) {}, oidc.Step{Name: "client", State: oidc.OK}},
		"keys":             {func(*visit) {}, oidc.Step{Name: "keys", State: oidc.OK}},
		"clock":            {func(*visit) {}, oidc.Step{Name: "clock", State: oidc.OK}},
		"wrong secret":     {func(v *visit) { v.set.Secret = "x" }, oidc.Step{Name: "client", State: oidc.Wrong, Key: "directory-client"}},
		"its own words":    {func(v *visit) { v.there.Handle["/token"] = says(http.StatusForbidden, "invalid_code") }, oidc.Step{Name: "client", State: oidc.OK}},
		"other words":      {func(v *visit) { v.there.Handle["/token"] = says(http.StatusBadRequest, "invalid_request") }, oidc.Step{Name: "client", State: oidc.Untold}},
		"any code":         {func(v *visit) { v.there.Handle["/token"] = tokenless }, oidc.Step{Name: "client", State: oidc.Wrong, Key: "directory-failed"}},
		"no keys":          {func(v *visit) { v.there.Handle["/keys"] = tokenless }, oidc.Step{Name: "keys", State: oidc.Wrong, Key: "directory-keys"}},
		"secret keys only": {func(v *visit) { v.there.Metadata = algs("HS256", "none") }, oidc.Step{Name: "keys", State: oidc.Wrong, Key: "directory-algorithm"}},
		"plain challenges": {func(v *visit) {
			v.there.Metadata = func(m map[string]any) { m["code_challenge_methods_supported"] = []string{"plain"} }
		}, oidc.Step{Name: "pkce", State: oidc.Wrong, Key: "directory-no-pkce"}},
		"untold challenges": {func(v *visit) {
			v.there.Metadata = func(m map[string]any) { delete(m, "code_challenge_methods_supported") }
		}, oidc.Step{Name: "pkce", State: oidc.Untold}},
		"no logout":    {func(v *visit) { v.there.Metadata = func(m map[string]any) { delete(m, "end_session_endpoint") } }, oidc.Step{Name: "logout", State: oidc.Missing}},
		"another name": {func(v *visit) { v.set.Issuer += "/" }, oidc.Step{Name: "discovery", State: oidc.Wrong, Key: "directory-issuer"}},
		"nobody there": {func(v *visit) { v.set.Issuer = "http://127.0.0.1:1" }, oidc.Step{Name: "discovery", State: oidc.Wrong, Key: "directory-unreachable"}},
		"a clock behind": {func(v *visit) {
			v.client = oidc.New(oidc.Options{Loopback: true, Now: func() time.Time { return time.Now().Add(time.Hour) }})
		}, oidc.Step{Name: "clock", State: oidc.Wrong, Key: "directory-clock"}},
	} {
		v := newVisit(t)
		c.how(v)
		if got := find(v.client.Try(t.Context(), v.set, back), c.step.Name); got != c.step {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// says is a token endpoint that refuses everybody in one way.
func says(status int, word string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(`{"error":"` + word + `"}`))
	}
}

func algs(all ...string) func(map[string]any) {
	return func(m map[string]any) { m["id_token_signing_alg_values_supported"] = all }
}

func TestSigningOutLeadsThereAndBack(t *testing.T) {
	v := newVisit(t)
	u, err := url.Parse(v.client.End(t.Context(), v.set, "https://luukku.example.fi/dvv/sign-in"))
	if err != nil || u.Path != "/end" || u.Query().Get("client_id") != "luukku" || u.Query().Get("post_logout_redirect_uri") != "https://luukku.example.fi/dvv/sign-in" || len(u.Query()) != 2 {
		t.Errorf("%v, %v", u, err)
	}
	v.set.Issuer = "http://127.0.0.1:1"
	if got := v.client.End(t.Context(), v.set, back); got != "" {
		t.Errorf("a directory that does not answer: %q", got)
	}
}

func TestATicketIsReadOnlyAsItWasWritten(t *testing.T) {
	one := oidc.NewTicket()
	if read, ok := oidc.ReadTicket(one.String()); !ok || read != one {
		t.Error("not read back")
	}
	for _, text := range []string{"", "x", one.String() + "A", one.String()[1:], strings.Repeat("=", 43)} {
		if _, ok := oidc.ReadTicket(text); ok {
			t.Errorf("%q is read", text)
		}
	}
}
