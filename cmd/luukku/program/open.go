package program

import (
	"context"
	"time"

	"luukku/channel/chat"
	"luukku/core/access"
	"luukku/core/audit"
	"luukku/core/notice"
	"luukku/core/rights"
	"luukku/core/vault"
	"luukku/core/vault/blobs"
	"luukku/desk/printout"
	"luukku/desk/review"
	"luukku/people"
	"luukku/store"
)

// openInstance opens folder and database and lets time begin at the mark that they keep.
func (p *Program) openInstance(ctx context.Context) error {
	instance, release, err := claim(p.Config, time.Now())
	if err != nil {
		return err
	}
	p.onClose(func() error { release(); return nil })
	p.Instance = instance
	if p.DB, err = store.Open(ctx, store.Options{URL: p.Config.DatabaseURL()}); err != nil {
		return err
	}
	p.onClose(p.DB.Close)
	if err := p.DB.Migrate(ctx); err != nil {
		return err
	}
	if p.belief, err = agree(ctx, p.DB, instance); err != nil {
		return err
	}
	p.Keeper = p.keeper(p.belief)
	if p.Authorities, err = authorities(ctx, p.DB); err != nil || len(p.Authorities) > 0 {
		return err
	}
	return p.found(ctx)
}

// found writes the authorities that a fresh instance is opened with.
func (p *Program) found(ctx context.Context) error {
	err := p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, a := range p.First {
			if err := addAuthority(ctx, tx, a, p.Keeper.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	p.Authorities = p.First
	return err
}

// openNotices reads, notes and checks the notices of every authority.
func (p *Program) openNotices(ctx context.Context) error {
	byAuthority := map[string][]*notice.Notice{}
	for _, a := range p.Authorities {
		all, err := current(p.Instance.Demo, p.Config.Notices, a.ID)
		if err != nil {
			return err
		}
		byAuthority[a.ID] = all
	}
	shelf, err := shelve(ctx, p.DB, byAuthority, p.Keeper.Now())
	if err != nil {
		return err
	}
	p.Shelf = shelf
	return checkOffers(shelf, Offers(), p.Today)
}

// Offers is what the installed channels can collect.
func Offers() []notice.Offer {
	return []notice.Offer{chat.Offer(), people.Offer(), audit.Offer(), review.Offer(), printout.Offer(), rights.Offer()}
}

// openCore puts vault, audit and access together: the vault needs a recorder, the audit needs the
// vault's sealer, and grants end the vault's reading sessions.
func (p *Program) openCore(context.Context) error {
	var err error
	p.Vault, err = vault.New(vault.Options{
		DB: p.DB, Keys: p.Keys, Keeper: p.Keeper, Shelf: p.Shelf, Blobs: blobs.In(p.Config.Blobs()), Recorder: vault.Later{}, Zone: p.Zone, Log: p.Log,
		OnPush: p.events.pushed, OnEnd: p.events.readingEnded,
	})
	if err != nil {
		return err
	}
	p.onClose(func() error { p.Vault.Close(); return nil })
	p.Audit, err = audit.New(audit.Options{DB: p.DB, Vault: p.Vault, Keys: p.Keys, Keeper: p.Keeper, Zone: p.Zone, Log: p.Log})
	if err != nil {
		return err
	}
	if err := p.Vault.SetRecorder(p.Audit); err != nil {
		return err
	}
	if err := p.Vault.Bind(p.Audit.Binding()); err != nil {
		return err
	}
	p.Register, err = access.NewRegister(access.Hooks{EndReadings: p.endReadings, Journal: p.Vault.Note})
	return err
}

// endReadings ends what a member of staff reads, in the transaction that takes the right away, and
// then gives the contacts that they can no longer read back to their queues.
func (p *Program) endReadings(ctx context.Context, tx *store.Tx, authority, staff, reason string) error {
	tx.OnCommit(func() {
		// The hook runs after the transaction, whose context would refuse another one.
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := p.Contacts.Release(ctx, authority, staff); err != nil {
			p.Log.Error("contacts of somebody who may not read them any more were not queued anew; the next look does it", "reason", err.Error())
		}
	})
	return p.Vault.EndStaffReadings(ctx, tx, authority, staff, reason)
}
