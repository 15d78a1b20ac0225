package oidc

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	goidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"luukku/fault"
)

// Answer is what a directory sent back with a browser.
type Answer struct {
	Code   string
	State  string
	Issuer string // RFC 9207
	Error  string // RFC 6749, section 4.1.2.1
}

// Identity is who somebody is by the word of a directory.
type Identity struct {
	Subject string // the directory's permanent identifier of them, with the directory's own name before it
	Name    string // the value of the claim that the authority chose; it may change
	MFA     bool   // they showed more than one factor there
	By      string // whose word it is: (Directory).Name
}

// skew is how far the directory's clock may be before ours.
const skew = 2 * time.Minute

// maxClaim is the longest identifier that is taken, in bytes (Core 1.0, section 2: 255).
const maxClaim = 255

// algorithms are with which a token may be signed: with a key of which only the directory has one half.
var algorithms = []string{goidc.RS256, goidc.RS384, goidc.RS512, goidc.PS256, goidc.PS384, goidc.PS512, goidc.ES256, goidc.ES384, goidc.ES512, goidc.EdDSA}

// Finish turns an answer into who somebody is. Errors besides those of Begin: fault.Denied
// "directory-state" (another browser, another directory, or too late), "directory-cancelled",
// "directory-failed" (it says so itself), "directory-client" (it does not know us, or the secret is
// wrong), "directory-token" (what it says cannot be believed), "directory-clock", "directory-claim" (the
// claim that names people is not there).
func (c *Client) Finish(ctx context.Context, d Directory, t Ticket, redirect string, a Answer) (Identity, error) {
	if !same(a.State, t.state(d)) {
		return Identity{}, denied("directory-state")
	}
	is, err := c.about(ctx, d.Issuer)
	if err != nil {
		return Identity{}, err
	}
	if a.Issuer != "" && a.Issuer != d.Issuer || a.Issuer == "" && is.TellsIssuer {
		return Identity{}, denied("directory-state")
	}
	switch {
	case a.Error == "access_denied":
		return Identity{}, denied("directory-cancelled")
	case a.Error != "" || a.Code == "":
		return Identity{}, denied("directory-failed")
	}
	raw, err := c.exchange(ctx, d, is, t, redirect, a.Code)
	if err != nil {
		return Identity{}, err
	}
	return c.identity(ctx, d, is, t, raw)
}

// exchange gives the code back and gets the token for it.
func (c *Client) exchange(ctx context.Context, d Directory, is *about, t Ticket, redirect, code string) (string, error) {
	token, err := c.config(d, is, redirect).Exchange(goidc.ClientContext(ctx, c.http), code, oauth2.VerifierOption(t.verifier(d)))
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused): // its text is the directory's, and may name somebody
		return "", refusal(refused)
	case err != nil:
		return "", told(err)
	}
	raw, _ := token.Extra("id_token").(string)
	if raw == "" {
		return "", denied("directory-token")
	}
	return raw, nil
}

// refusal says what a directory's token endpoint has against us.
func refusal(r *oauth2.RetrieveError) error {
	switch r.ErrorCode {
	case "invalid_client", "unauthorized_client":
		return denied("directory-client")
	case "invalid_grant", "invalid_code": // the second is glewlwyd's word
		return denied("directory-state")
	}
	if r.Response != nil && r.Response.StatusCode == 401 {
		return denied("directory-client")
	}
	return denied("directory-failed")
}

// identity verifies a token (Core 1.0, section 3.1.3.7) and reads who it is about.
func (c *Client) identity(ctx context.Context, d Directory, is *about, t Ticket, raw string) (Identity, error) {
	verifier := goidc.NewVerifier(d.Issuer, is.keys, &goidc.Config{ClientID: d.ClientID, SupportedSigningAlgs: algorithms, Now: c.o.Now})
	token, err := verifier.Verify(ctx, raw)
	var expired *goidc.TokenExpiredError
	if errors.As(err, &expired) || err == nil && token.IssuedAt.After(c.o.Now().Add(skew)) {
		return Identity{}, denied("directory-clock")
	}
	if err != nil || token.Issuer != d.Issuer || !same(token.Nonce, t.nonce(d)) {
		return Identity{}, denied("directory-token")
	}
	var all map[string]json.RawMessage
	if token.Claims(&all) != nil {
		return Identity{}, denied("directory-token")
	}
	said := readClaims(all, d.Claim)
	if said.azp != "" && said.azp != d.ClientID || said.azp == "" && len(token.Audience) > 1 {
		return Identity{}, denied("directory-token")
	}
	return said.identity(d, token.Subject)
}

// identity is who the claims are about.
func (c claims) identity(d Directory, subject string) (Identity, error) {
	if !plain(subject) {
		return Identity{}, denied("directory-token")
	}
	if !plain(c.named) || d.Claim == "email" && !c.verified {
		return Identity{}, denied("directory-claim")
	}
	return Identity{Subject: d.Issuer + " " + subject, Name: c.named, MFA: slices.Contains(c.amr, "mfa") || slices.Contains(d.ACR, c.acr), By: d.Name()}, nil
}

// plain tells whether a claim can be somebody's identifier.
func plain(s string) bool {
	return s != "" && len(s) <= maxClaim && strings.ToValidUTF8(s, "") == s && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
}

// same compares without telling where two texts differ; nothing is not the same as nothing.
func same(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

func denied(key string) error { return fault.New(fault.Denied, key) }

// told turns an error on the way to a directory into a fault. Its cause names no address: one may carry
// what belongs to a sign-in.
func told(err error) error {
	var mismatch *goidc.IssuerMismatchError
	var onTheWay *url.Error
	switch {
	case errors.As(err, &mismatch):
		return fault.New(fault.Conflict, "directory-issuer")
	case errors.Is(err, errPlace):
		return fault.New(fault.Conflict, "directory-place")
	case errors.Is(err, errTooLarge):
		return fault.New(fault.Conflict, "directory-malformed")
	case errors.As(err, &onTheWay):
		return fault.New(fault.Busy, "directory-unreachable").Wrap(onTheWay.Err)
	}
	return fault.New(fault.Conflict, "directory-malformed")
}
