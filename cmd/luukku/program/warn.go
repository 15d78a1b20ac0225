package program

import (
	"context"
	"fmt"
	"os"
	"syscall"

	"luukku/core/vault"
	"luukku/core/vault/keystore"
)

// Warning is something about the place of the keys that would lose data or promise 3. Key is its
// name in the texts, Text says it to the machine's administrator.
type Warning struct{ Key, Text string }

// KeyWarnings tell of data, keys and KEK on one file system, and of a second store that is not there.
func (p *Program) KeyWarnings() []Warning {
	var all []Warning
	k := p.Config.Keys
	if k.Second == nil {
		all = append(all, Warning{"keys-no-second-store", "there is no second key store: a lost disk loses the data with its keys"})
	}
	if sameDisk(p.Config.Data, k.Store) {
		all = append(all, Warning{"keys-beside-data", fmt.Sprintf("data (%s) and keys (%s) share a file system: one copy of it catches both", p.Config.Data, k.Store)})
	}
	if k.KEK.Address == "" && sameDisk(k.Store, k.KEK.Folder) {
		all = append(all, Warning{"keys-beside-kek", fmt.Sprintf("keys (%s) and the key-encryption key (%s) share a file system: one snapshot of it catches both", k.Store, k.KEK.Folder)})
	}
	return all
}

// sameDisk tells whether two folders lie on one file system; false when that cannot be found out.
func sameDisk(a, b string) bool {
	da, errA := device(a)
	db, errB := device(b)
	return errA == nil && errB == nil && da == db
}

func device(path string) (uint64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, fmt.Errorf("no device of %s", path)
	}
	return stat.Dev, nil
}

// KeysLost says which buckets of an authority cannot be read without the keys that are lost, and
// with confirm goes on without them, on the newest key files that can be read or on new ones.
func (p *Program) KeysLost(ctx context.Context, authority string, confirm bool) (vault.Lost, error) {
	if p.Keys(authority) == nil {
		noted, err := vault.Noted(ctx, p.DB, authority)
		if err != nil {
			return vault.Lost{}, err
		}
		if !confirm {
			loss, err := keystore.FindLoss(ctx, p.KeyOptions(authority), noted.Generation, noted.Keys)
			if err != nil {
				return vault.Lost{}, err
			}
			return p.Vault.LostWith(ctx, authority, loss.Missing)
		}
		p.renewStores()
		set, _, err := keystore.AcceptLoss(ctx, p.KeyOptions(authority), noted.Generation, noted.Keys)
		if err != nil {
			return vault.Lost{}, err
		}
		p.keys.put(authority, set, nil)
	}
	return p.Vault.KeysLost(ctx, authority, confirm)
}

// renewStores lets empty folders be taken into use again, when no authority has any keys left.
func (p *Program) renewStores() {
	p.keys.mu.RLock()
	left := len(p.keys.sets)
	p.keys.mu.RUnlock()
	if left > 0 {
		return
	}
	for _, s := range p.stores {
		s.Close()
	}
	p.stores = p.keyStores(true, true)
}
