package vault

import (
	"context"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"

	"luukku/store"
)

// secretInfo separates the key of settings' secrets from every other use of the signing seed.
const secretInfo = "luukku setting secret v1"

// SealSecret seals the secret of a setting: with which the program shows at another's door who it is.
// It is about nobody, so no notice gives its life; purpose says what it is for and is bound into the
// seal, so that it opens for nothing else. The key follows from the authority's signing key, which lies
// in the key stores: the database and its backups alone open nothing. fault.Busy "keys-unavailable".
func (v *Vault) SealSecret(authority, purpose, secret string) ([]byte, error) {
	key, err := v.secretKey(authority)
	if err != nil {
		return nil, err
	}
	return seal(key, []byte(secret), secretAD(authority, purpose)), nil
}

// UnsealSecret opens what SealSecret made for the same authority and purpose. Errors: fault.Busy
// "keys-unavailable", fault.Internal for another's, for another purpose, and after a loss of the keys.
func (v *Vault) UnsealSecret(authority, purpose string, sealed []byte) (string, error) {
	key, err := v.secretKey(authority)
	if err != nil {
		return "", err
	}
	plain, err := unseal(key, sealed, secretAD(authority, purpose))
	return string(plain), err
}

func (v *Vault) secretKey(authority string) (cipher.AEAD, error) {
	set, err := v.set(authority)
	if err != nil {
		return nil, err
	}
	signer := set.Signer()
	if signer == nil {
		return nil, keysUnavailable()
	}
	key, err := hkdf.Key(sha256.New, signer.Seed(), nil, secretInfo, keySize)
	if err != nil {
		panic(err) // asks for one block of a full-length key
	}
	return newAEAD([keySize]byte(key)), nil
}

func secretAD(authority, purpose string) []byte {
	b := appendID([]byte{version, ofSecret}, authority)
	return appendID(b, purpose)
}

// DropTokens takes a field's look-up tokens away from the record: what it was found by is no longer so.
func (w *Writer) DropTokens(ctx context.Context, tx *store.Tx, field string) error {
	_, err := tx.Exec(ctx, qTokenDrop, w.r.authority, string(w.r.id), field)
	return err
}
