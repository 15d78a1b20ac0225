package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

// indexInfo separates the index key from every other use of a bucket key.
const indexInfo = "luukku index v1"

// newAEAD is AES-256-GCM with a random nonce. A key may seal 2^32 times: a record's key seals as
// many rows as the record has, an audit day's at most 50,000 a second, a bucket's key one wrap for
// each record.
func newAEAD(key [keySize]byte) cipher.AEAD {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // 32 bytes are always a key
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // AES blocks always fit
	}
	return aead
}

// seal returns version ‖ nonce ‖ ciphertext ‖ tag.
func seal(aead cipher.AEAD, plain, ad []byte) []byte {
	out := make([]byte, 1, overhead+len(plain))
	out[0] = version
	return aead.Seal(out, nil, plain, ad)
}

// unseal returns the plaintext of what seal made with the same associated data.
func unseal(aead cipher.AEAD, sealed, ad []byte) ([]byte, error) {
	if len(sealed) < overhead || sealed[0] != version {
		return nil, unreadable()
	}
	plain, err := aead.Open(nil, nil, sealed[1:], ad)
	if err != nil {
		return nil, unreadable()
	}
	return plain, nil
}

// bucketKey is what a bucket's key is used for. It dies with the cache that holds it.
type bucketKey struct {
	wrap  cipher.AEAD
	index []byte
}

func newBucketKey(key [keySize]byte) *bucketKey {
	index, err := hkdf.Key(sha256.New, key[:], nil, indexInfo, sha256.Size)
	if err != nil {
		panic(err) // asks for one block of a full-length key
	}
	return &bucketKey{newAEAD(key), index}
}

// mac is the token of a field's value in this bucket: the first 16 bytes of an HMAC-SHA-256.
func (k *bucketKey) mac(field, value string) []byte {
	h := hmac.New(sha256.New, k.index)
	var size [binary.MaxVarintLen64]byte
	h.Write(size[:binary.PutUvarint(size[:], uint64(len(field)))])
	h.Write([]byte(field))
	h.Write([]byte(value))
	return h.Sum(nil)[:macSize]
}
