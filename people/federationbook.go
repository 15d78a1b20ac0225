package people

import (
	"context"
	"strconv"
	"strings"

	"luukku/core/ledger"
	"luukku/store"
)

// FederationBook is how the ledger reads the directory's settings and sets them back.
func (p *People) FederationBook() ledger.Book {
	return ledger.Book{Kind: ledger.Directory, Facts: federationFacts, Restore: p.restoreFederation}
}

// federationFacts are what a line shows. The secret is none of them: only that it was changed.
func federationFacts(_, value string) ([]ledger.Fact, error) {
	if value == "" {
		return nil, nil
	}
	f, err := readFederation(value)
	out := []ledger.Fact{{Field: "directory-on", Value: yes(f.On)}, {Field: "directory-issuer", Value: f.Issuer}, {Field: "directory-client", Value: f.ClientID},
		{Field: "directory-claim", Value: f.Claim}, {Field: "directory-acr", Value: strings.Join(f.ACR, ", ")}, {Field: "directory-passwords", Value: f.Passwords}}
	if f.SecretNo > 0 {
		out = append(out, ledger.Fact{Field: "directory-secret", Value: strconv.FormatInt(f.SecretNo, 10)})
	}
	return out, err
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

// restoreFederation sets an earlier value back. Where it was of another issuer or client its secret is no
// longer there: it comes back switched off, and waits for one.
func (p *People) restoreFederation(ctx context.Context, tx *store.Tx, pen ledger.Pen, _ ledger.Thing, value string) error {
	f, err := readFederation(value)
	if err != nil {
		return err
	}
	now, err := p.federation(ctx, tx, pen.Authority())
	if err != nil {
		return err
	}
	f.On = f.On && now.SecretNo > 0 && now.secretPurpose() == f.secretPurpose()
	return p.SetFederation(ctx, tx, pen, f, "")
}
