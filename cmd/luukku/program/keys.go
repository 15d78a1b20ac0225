package program

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"luukku/cmd/luukku/config"
	"luukku/core/vault"
	"luukku/core/vault/keystore"
)

// keyring holds the key sets of the authorities; one that is missing or older is left out, and
// why says what is wrong with it.
type keyring struct {
	mu   sync.RWMutex
	sets map[string]*keystore.Set
	why  map[string]error
}

func (k *keyring) of(authority string) *keystore.Set {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.sets[authority]
}

func (k *keyring) put(authority string, set *keystore.Set, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.sets == nil {
		k.sets, k.why = map[string]*keystore.Set{}, map[string]error{}
	}
	if err != nil {
		k.why[authority] = err
		return
	}
	delete(k.why, authority)
	k.sets[authority] = set
}

// Missing tells which authorities cannot seal or open anything, and why.
func (p *Program) Missing() map[string]error {
	p.keys.mu.RLock()
	defer p.keys.mu.RUnlock()
	all := map[string]error{}
	for authority, err := range p.keys.why {
		all[authority] = err
	}
	return all
}

// openKeys opens the key set of every authority. A set that is missing, older or damaged does not
// stop the program: it says so, and nothing of that authority is sealed or opened until somebody
// restores the store or confirms the loss.
func (p *Program) openKeys(ctx context.Context) error {
	fresh, err := p.keysNeverNoted(ctx)
	if err != nil {
		return err
	}
	p.stores = p.keyStores(fresh || p.Instance.Replace == "first", fresh || !p.Instance.Second || p.Instance.Replace == "second")
	p.onClose(p.closeKeys)
	for _, a := range p.Authorities {
		set, err := p.openSet(ctx, a.ID)
		if err != nil {
			if refused(err) {
				return err
			}
			p.Log.Error("key store: nothing of this authority is sealed or opened", "authority", a.ID, "reason", err.Error())
		}
		p.keys.put(a.ID, set, err)
	}
	p.heedJournal()
	return errors.Join(p.noteSecond(), p.noteReplaced())
}

// closeKeys gives back whatever sets and stores are open by now: luukku keys lost opens others.
func (p *Program) closeKeys() error {
	var errs []error
	for _, a := range p.Authorities {
		if set := p.Keys(a.ID); set != nil {
			errs = append(errs, set.Close())
		}
	}
	for _, s := range p.stores {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

// keysNeverNoted tells whether no authority has ever had keys: only then may an empty folder become
// the key store.
func (p *Program) keysNeverNoted(ctx context.Context) (bool, error) {
	for _, a := range p.Authorities {
		noted, err := vault.Noted(ctx, p.DB, a.ID)
		if err != nil || noted.Generation > 0 {
			return false, err
		}
	}
	return true, nil
}

// ReplaceStore has the next start take an empty folder in the place of a lost key store into use. It
// needs another store that the keys can be read from.
func (p *Program) ReplaceStore(name string) error {
	if p.Config.Keys.Second == nil {
		return errors.New("there is no second key store to fill it from; see luukku keys lost")
	}
	p.Instance.Replace = name
	return p.Instance.write(p.Config.Data)
}

// noteReplaced forgets a replacement once every authority's keys are in both stores.
func (p *Program) noteReplaced() error {
	if p.Instance.Replace == "" {
		return nil
	}
	for _, a := range p.Authorities {
		set := p.Keys(a.ID)
		if set == nil {
			return nil
		}
		for _, alarm := range set.Alarms() {
			if alarm.Store == p.Instance.Replace && alarm.Kind == "store-unreachable" {
				return nil
			}
		}
	}
	p.Instance.Replace = ""
	return p.Instance.write(p.Config.Data)
}

// noteSecond remembers in the instance's mark that a second store is in use.
func (p *Program) noteSecond() error {
	if p.Config.Keys.Second == nil || p.Instance.Second || len(p.Authorities) == 0 {
		return nil
	}
	p.Instance.Second = true
	return p.Instance.write(p.Config.Data)
}

// refused tells errors that concern the whole program: another program's store, another instance's.
func refused(err error) bool {
	return errors.Is(err, keystore.ErrInUse) || errors.Is(err, keystore.ErrForeign)
}

// openSet opens an authority's keys, or makes them if the database has never noted any.
func (p *Program) openSet(ctx context.Context, authority string) (*keystore.Set, error) {
	noted, err := vault.Noted(ctx, p.DB, authority)
	if err != nil {
		return nil, err
	}
	if noted.Generation == 0 {
		set, err := keystore.CreateSet(ctx, p.KeyOptions(authority))
		if !errors.Is(err, keystore.ErrExists) {
			return set, err
		}
	}
	set, err := keystore.OpenSet(ctx, p.KeyOptions(authority), noted.Generation)
	if err != nil {
		return nil, fmt.Errorf("keys of %s: %w", authority, err)
	}
	return set, nil
}

// KeyOptions say where the keys of an authority are.
func (p *Program) KeyOptions(authority string) keystore.Options {
	return keystore.Options{Authority: authority, Stores: p.stores, Now: func() time.Time { return p.Keeper.Now() }, Log: p.Log}
}

// keyStores describes the first store and, where there is one, the second; first and second say
// whether an empty folder may be taken into use.
func (p *Program) keyStores(first, second bool) []*keystore.Store {
	k := p.Config.Keys
	stores := []*keystore.Store{p.keyStore("first", k.Store, k.KEK, first)}
	if k.Second != nil {
		stores = append(stores, p.keyStore("second", k.Second.Store, k.Second.KEK, second))
	}
	return stores
}

func (p *Program) keyStore(name, dir string, kek config.Provider, create bool) *keystore.Store {
	return keystore.NewStore(keystore.StoreOptions{
		Name: name, Dir: dir, KEKs: p.provider(kek, create), Instance: p.Instance.ID, Demo: p.Instance.Demo, Create: create,
	})
}

func (p *Program) provider(kek config.Provider, create bool) keystore.KEKs {
	if kek.Address != "" {
		token := func() (string, error) { return kek.Token, nil }
		if kek.TokenFile != "" {
			token = keystore.TokenFile(kek.TokenFile)
		}
		return keystore.NewTransit(keystore.TransitOptions{
			Address: kek.Address, Mount: kek.Mount, Namespace: kek.Namespace, Instance: p.Instance.ID, Demo: p.Instance.Demo,
			Token: token,
		})
	}
	return keystore.NewFileKEKs(keystore.KEKOptions{Dir: kek.Folder, Instance: p.Instance.ID, Demo: p.Instance.Demo, Create: create})
}
