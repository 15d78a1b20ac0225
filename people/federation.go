package people

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"luukku/core/ledger"
	"luukku/fault"
	"luukku/people/oidc"
	"luukku/store"
)

var (
	qFederationGet = queries.Get("federation-get")
	qFederationPut = queries.Get("federation-put")
)

// FederationSetting is what the ledger knows the directory's settings as.
var FederationSetting = ledger.Thing{Kind: ledger.Directory, ID: "sign-in", Part: "connection"}

// Who may still sign in by a password while the directory is in use.
const (
	PasswordsAll            = "all"
	PasswordsAdministrators = "administrators" // with a code device: when the directory fails, they open the door
)

// Federation is the organisation's own directory, by which an authority's staff sign in.
type Federation struct {
	On        bool     `json:"on"`
	Issuer    string   `json:"issuer"`
	ClientID  string   `json:"client_id"`
	Claim     string   `json:"claim"`     // that names a member of staff there
	ACR       []string `json:"acr"`       // values that mean more than one factor
	Passwords string   `json:"passwords"` // PasswordsAll or PasswordsAdministrators
	SecretNo  int64    `json:"secret"`    // how many secrets there have been; 0 while there is none for this issuer and client
}

// federationRow is a Federation as it is stored, with its sealed secret.
type federationRow struct {
	Federation
	value  string
	secret []byte
}

// secretPurpose binds a secret to whom it is shown: no other issuer and no other client ever gets it.
func (f Federation) secretPurpose() string {
	return "directory\x00" + f.Issuer + "\x00" + f.ClientID
}

// name is whose word lets people in; "" while nobody's does.
func (f Federation) name() string {
	if !f.On {
		return ""
	}
	return oidc.Directory{Issuer: f.Issuer, ClientID: f.ClientID}.Name()
}

// Federation reads an authority's directory; the zero value where none was ever set.
func (p *People) Federation(ctx context.Context, tx *store.Tx, authority string) (Federation, error) {
	r, err := p.federation(ctx, tx, authority)
	return r.Federation, err
}

func (p *People) federation(ctx context.Context, tx *store.Tx, authority string) (federationRow, error) {
	var r federationRow
	err := tx.Row(ctx, qFederationGet, authority).Scan(&r.value, &r.secret)
	if fault.Is(err, fault.NotFound) {
		return federationRow{Federation: Federation{Passwords: PasswordsAll}}, nil
	}
	if err == nil {
		r.Federation, err = readFederation(r.value)
	}
	return r, err
}

func readFederation(value string) (f Federation, err error) {
	if err = json.Unmarshal([]byte(value), &f); err != nil {
		err = fault.New(fault.Internal, "setting-unreadable").Wrap(err)
	}
	return f, err
}

// Directory is how an authority's directory is spoken with; fault.Conflict "directory-off" while none is
// in use. It must not be called inside a transaction.
func (p *People) Directory(ctx context.Context, authority string) (oidc.Directory, error) {
	var r federationRow
	err := p.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		r, err = p.federation(ctx, tx, authority)
		return err
	})
	if err != nil {
		return oidc.Directory{}, err
	}
	if !r.On {
		return oidc.Directory{}, fault.New(fault.Conflict, "directory-off")
	}
	return p.reach(authority, r.Federation, r.secret, "")
}

// Trial is how a directory that is not in use yet would be spoken with: f with secret, or with the one that
// is kept for the same issuer and client. fault.Invalid as SetFederation.
func (p *People) Trial(ctx context.Context, authority string, f Federation, secret string) (oidc.Directory, error) {
	f, err := f.checked(p.OIDC)
	if err != nil {
		return oidc.Directory{}, err
	}
	var kept federationRow
	err = p.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		kept, err = p.federation(ctx, tx, authority)
		return err
	})
	if err != nil {
		return oidc.Directory{}, err
	}
	if secret == "" && (kept.SecretNo == 0 || kept.secretPurpose() != f.secretPurpose()) {
		return oidc.Directory{}, noSecret()
	}
	return p.reach(authority, f, kept.secret, secret)
}

// reach opens the sealed secret unless one is given.
func (p *People) reach(authority string, f Federation, sealed []byte, secret string) (oidc.Directory, error) {
	var err error
	if secret == "" {
		secret, err = p.Vault.UnsealSecret(authority, f.secretPurpose(), sealed)
		if fault.Is(err, fault.Internal) { // the keys were lost since
			err = noSecret()
		}
	}
	return oidc.Directory{Issuer: f.Issuer, ClientID: f.ClientID, Secret: secret, Claim: f.Claim, ACR: f.ACR}, err
}

func noSecret() error { return fault.New(fault.Invalid, "directory-secret").On("secret") }

// Bounds of the settings, in characters.
const (
	maxFederation = 300
	maxACR        = 10
)

// checked is f as it is stored. Errors: fault.Invalid on issuer, client_id, claim, acr and passwords.
func (f Federation) checked(client *oidc.Client) (Federation, error) {
	f.Issuer, f.ClientID, f.Claim = strings.TrimSpace(f.Issuer), strings.TrimSpace(f.ClientID), strings.TrimSpace(f.Claim)
	if err := client.CheckIssuer(f.Issuer); err != nil || len(f.Issuer) > maxFederation {
		return f, fault.New(fault.Invalid, "directory-address").On("issuer")
	}
	for _, one := range []struct{ field, text string }{{"client_id", f.ClientID}, {"claim", f.Claim}} {
		switch {
		case one.text == "":
			return f, fault.New(fault.Invalid, "field-empty").On(one.field)
		case !isWord(one.text):
			return f, fault.New(fault.Invalid, "text-malformed").On(one.field)
		}
	}
	if f.ACR == nil {
		f.ACR = []string{}
	}
	if len(f.ACR) > maxACR || slices.ContainsFunc(f.ACR, func(one string) bool { return one == "" || !isWord(one) }) {
		return f, fault.New(fault.Invalid, "text-malformed").On("acr")
	}
	if f.Passwords != PasswordsAll && f.Passwords != PasswordsAdministrators {
		return f, fault.New(fault.Invalid, "field-format").On("passwords")
	}
	return f, nil
}

// isWord tells whether something can be a name in the directory's settings.
func isWord(s string) bool {
	return len(s) <= maxFederation && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unseen(r) })
}

// SetFederation changes an authority's directory. An empty secret keeps the one there is, for the same
// issuer and client alone: nobody else is ever shown it. Errors: those of checked; fault.Invalid
// "directory-secret" when it is in use without one; fault.Conflict "directory-break-glass" when nobody could
// sign in by a password if it failed; those of the pen. With another issuer or client, or without any, the
// sign-ins that rest on the one before end, all but the one in which it is changed.
func (p *People) SetFederation(ctx context.Context, tx *store.Tx, pen ledger.Pen, f Federation, secret string) error {
	f, err := f.checked(p.OIDC)
	if err != nil {
		return err
	}
	before, err := p.federation(ctx, tx, pen.Authority())
	if err != nil {
		return err
	}
	after := federationRow{Federation: f}
	if err := p.keepSecret(pen.Authority(), before, &after, secret); err != nil {
		return err
	}
	if after.On && after.secret == nil {
		return noSecret()
	}
	return p.putFederation(ctx, tx, pen, before, after)
}

// keepSecret seals a new secret, or keeps the one that was set for the same issuer and client.
func (p *People) keepSecret(authority string, before federationRow, after *federationRow, secret string) (err error) {
	after.SecretNo, after.secret = 0, nil
	switch {
	case secret != "":
		after.SecretNo = before.SecretNo + 1
		after.secret, err = p.Vault.SealSecret(authority, after.secretPurpose(), secret)
	case before.secretPurpose() == after.secretPurpose():
		after.SecretNo, after.secret = before.SecretNo, before.secret
	}
	return err
}

// putFederation stores what was checked, with its line in the ledger.
func (p *People) putFederation(ctx context.Context, tx *store.Tx, pen ledger.Pen, before, after federationRow) error {
	value, err := json.Marshal(after.Federation)
	if err != nil {
		return fault.New(fault.Internal, "setting-unreadable").Wrap(err)
	}
	if _, err := tx.Exec(ctx, qFederationPut, pen.Authority(), string(value), after.secret); err != nil {
		return err
	}
	if n, err := p.breakGlass(ctx, tx, pen.Authority()); err != nil || n == 0 {
		return cmp.Or(err, lastBreakGlass())
	}
	if before.name() != "" && before.name() != after.name() {
		if err := p.unvouch(ctx, tx, pen.By()); err != nil {
			return err
		}
	}
	return pen.Write(ctx, tx, ledger.Change{Thing: FederationSetting, Before: before.value, After: string(value)})
}
