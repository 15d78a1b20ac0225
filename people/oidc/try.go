package oidc

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"time"

	goidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"luukku/fault"
)

// Step is one thing that was tried of a directory.
type Step struct {
	Name  string // discovery, pkce, keys, client, clock, logout
	State string // ok, wrong; untold where the directory does not say; missing where it has none
	Key   string // of what is wrong: the key of a fault
}

// States of a step.
const (
	OK      = "ok"
	Wrong   = "wrong"
	Untold  = "untold"
	Missing = "missing"
)

// Try asks a directory everything that can be asked without a person: what it says of itself, its keys,
// whether it knows the program by this secret, and its clock. The steps after one without which they
// cannot be tried are left out.
func (c *Client) Try(ctx context.Context, d Directory, redirect string) []Step {
	is, err := c.read(ctx, d.Issuer)
	if err != nil {
		return []Step{step("discovery", err)}
	}
	out := []Step{{Name: "discovery", State: OK}, c.tryPKCE(is), {Name: "keys", State: OK}}
	skewed, err := c.tryKeys(ctx, is)
	if err != nil {
		out[2] = step("keys", err)
	}
	out = append(out, c.tryClient(ctx, d, is, redirect), step("clock", skewed))
	if is.End == "" {
		return append(out, Step{Name: "logout", State: Missing})
	}
	return append(out, Step{Name: "logout", State: OK})
}

func step(name string, err error) Step {
	if err == nil {
		return Step{Name: name, State: OK}
	}
	return Step{Name: name, State: Wrong, Key: fault.Of(err).Key}
}

// tryPKCE: a directory that lists its methods must have S256 among them; many do not list any.
func (c *Client) tryPKCE(is *about) Step {
	switch {
	case len(is.Responses) > 0 && !slices.Contains(is.Responses, "code"):
		return Step{Name: "pkce", State: Wrong, Key: "directory-no-code"}
	case len(is.Challenges) == 0:
		return Step{Name: "pkce", State: Untold}
	case !slices.Contains(is.Challenges, "S256"):
		return Step{Name: "pkce", State: Wrong, Key: "directory-no-pkce"}
	}
	return Step{Name: "pkce", State: OK}
}

// tryKeys fetches the directory's keys; skewed is the fault of its clock, which the answer's date shows.
func (c *Client) tryKeys(ctx context.Context, is *about) (skewed, err error) {
	if len(is.Algorithms) > 0 && !slices.ContainsFunc(is.Algorithms, func(a string) bool { return slices.Contains(algorithms, a) }) {
		return nil, fault.New(fault.Conflict, "directory-algorithm")
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, is.Keys, nil)
	if err != nil {
		return nil, told(err)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, told(err)
	}
	defer func() { _ = answer.Body.Close() }() // it was only read
	if at, unread := http.ParseTime(answer.Header.Get("Date")); unread == nil && at.Sub(c.o.Now()).Abs() > skew+time.Minute {
		skewed = denied("directory-clock")
	}
	var set struct {
		Keys []struct {
			Type string `json:"kty"`
			Use  string `json:"use"`
		} `json:"keys"`
	}
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return skewed, told(err)
	}
	err = json.Unmarshal(text, &set)
	for _, k := range set.Keys {
		if err == nil && (k.Use == "" || k.Use == "sig") && k.Type != "oct" {
			return skewed, nil
		}
	}
	return skewed, fault.New(fault.Conflict, "directory-keys")
}

// tryClient shows the secret with a code that was never given: a directory that knows us refuses the code,
// one that does not refuses us. What some directories say instead leaves it untold.
func (c *Client) tryClient(ctx context.Context, d Directory, is *about, redirect string) Step {
	_, err := c.config(d, is, redirect).Exchange(goidc.ClientContext(ctx, c.http), "luukku-tries-the-connection", oauth2.VerifierOption(NewTicket().verifier(d)))
	var refused *oauth2.RetrieveError
	switch {
	case err == nil: // it takes any code
		return step("client", denied("directory-failed"))
	case !errors.As(err, &refused):
		return step("client", told(err))
	}
	switch err := refusal(refused); fault.Of(err).Key {
	case "directory-state":
		return Step{Name: "client", State: OK}
	case "directory-client":
		return step("client", err)
	}
	return Step{Name: "client", State: Untold}
}
