package audit

import (
	"context"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// entries is a recorded permission to open audit entries of many days.
type entries struct{}

func beginEntries(context.Context, *vault.Vault, *store.Tx, access.Caller, string, vault.Value, vault.Why) (*entries, error) {
	return nil, fault.New(fault.Internal, "not-built")
}

// Macs returns what a token is under each living bucket, newest first.
func (*entries) Macs(context.Context, *store.Tx, string, string) ([][]byte, error) {
	return nil, fault.New(fault.Internal, "not-built")
}

// Open opens rows of any audit records.
func (*entries) Open(context.Context, *store.Tx, []vault.Sealed) ([]*vault.Opened, error) {
	return nil, fault.New(fault.Internal, "not-built")
}
