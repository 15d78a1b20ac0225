package vault

import (
	"bytes"
	"crypto/cipher"

	"luukku/core/vault/keystore"
	"luukku/fault"
)

// keyName names a bucket's key within its authority.
type keyName struct{ authority, id string }

// recordName names a record within its authority.
type recordName struct {
	authority string
	id        RecordID
}

// recordKey is an unwrapped record key with the wrap it came out of: a row that shows another wrap
// has been moved, and the key is unwrapped anew.
type recordKey struct {
	aead cipher.AEAD
	raw  [keySize]byte
	wrap []byte
}

// set returns the key stores of an authority or fault.Busy: nothing is sealed or opened without.
func (v *Vault) set(authority string) (*keystore.Set, error) {
	if set := v.o.Keys(authority); set != nil && !v.barred(authority) {
		return set, nil
	}
	return nil, keysUnavailable()
}

func keysUnavailable() error { return fault.New(fault.Busy, "keys-unavailable") }

// bucketKey returns a bucket's key. The caller holds the bucket's row.
func (v *Vault) bucketKey(authority, id string) (*bucketKey, error) {
	set, err := v.set(authority)
	if err != nil {
		return nil, err
	}
	raw, ok := set.Snapshot().Key(id)
	if !ok {
		return nil, fault.New(fault.Busy, "key-unavailable")
	}
	name := keyName{authority, id}
	if key, ok := v.bucketKeys.get(name); ok {
		return key, nil
	}
	key := newBucketKey(raw)
	v.bucketKeys.put(name, key)
	return key, nil
}

// recordKey unwraps the key of a record whose row and bucket the caller holds.
func (v *Vault) recordKey(r *record) (*recordKey, error) {
	name := recordName{r.authority, r.id}
	under, err := v.bucketKey(r.authority, r.bucket.key)
	if err != nil {
		return nil, err
	}
	if key, ok := v.recordKeys.get(name); ok && bytes.Equal(key.wrap, r.wrap) {
		return key, nil
	}
	room := v.scratch.Get().(*scratch)
	defer v.scratch.Put(room)
	key, err := unwrap(under, r, room)
	if err != nil {
		return nil, err
	}
	v.recordKeys.put(name, key)
	return key, nil
}

// unwrap takes a record's key out of its wrap.
func unwrap(under *bucketKey, r *record, room *scratch) (*recordKey, error) {
	if len(r.wrap) != overhead+keySize || r.wrap[0] != version {
		return nil, unreadable()
	}
	room.ad = r.wrapAD(room.ad[:0])
	key := &recordKey{wrap: r.wrap}
	if _, err := under.wrap.Open(key.raw[:0], nil, r.wrap[1:], room.ad); err != nil {
		return nil, unreadable()
	}
	key.aead = newAEAD(key.raw)
	return key, nil
}

// wrapUnder wraps the record's key under its bucket's. r.bucket must be the one it goes to.
func (k *recordKey) wrapUnder(under *bucketKey, r *record) []byte {
	return seal(under.wrap, k.raw[:], r.wrapAD(nil))
}

// forgetKeys empties the caches, so that what a turn has dropped does not linger in memory.
func (v *Vault) forgetKeys() {
	v.bucketKeys.forget()
	v.recordKeys.forget()
}
