package program

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"luukku/core/clock"
	"luukku/core/notice"
	"luukku/core/vault/keystore"
	"luukku/web"
	"luukku/web/api"
)

// Face is the program's HTTP side. setup is nil where there is no first start to do.
func (p *Program) Face(setup *web.Setup) (*web.Server, error) {
	l := p.Config.Limits
	o := web.Options{
		DB: p.DB, Hub: p.Hub, Shelf: p.shelf, Vault: p.Vault, Audit: p.Audit,
		Keeper: p.Keeper, Real: clock.Real(), People: p.People, Chat: p.Chat, Queue: p.Queue, Services: p.Services, Answers: p.Answers, Ledger: p.Ledger,
		Mail:    p.mailFace(),
		Reports: p.Report, Reviews: p.Reviews, Printouts: p.Printouts, Retain: p.Retain, Files: p.Files, Rights: p.Rights, Authorities: p.faces, Offers: Offers(), Ready: p.Ready, KeyStores: p.keyStoreState,
		Settled: p.saveMark, Setup: setup, PublicURL: p.Config.PublicURL, Proxies: p.proxies(), Demo: p.Instance.Demo, Log: p.Log,
		Limits: web.Limits{Conversation: l.ConversationPerMinute, Address: l.AddressPerMinute, Starts: l.StartsPerMinute, SignIns: l.SignInsPerMinute},
	}
	if p.Instance.Demo {
		o.Advance = p.advance
	}
	return web.New(o)
}

func (p *Program) faces() []web.Authority {
	all := make([]web.Authority, len(p.Authorities))
	for i, a := range p.Authorities {
		all[i] = web.Authority{ID: a.ID, Slug: a.Slug, Names: a.Names, Hosts: a.Hosts, Zone: a.Zone}
	}
	return all
}

// proxies are the trusted networks; the configuration's check has read them once.
func (p *Program) proxies() []netip.Prefix {
	var all []netip.Prefix
	for _, text := range p.Config.TrustedProxies {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

// Welcome says that what a fresh start fills in is there: from now on the program is ready.
func (p *Program) Welcome() { p.welcome.Store(true) }

// Ready says whether requests can be served: a fresh start has filled in what it had to, every
// authority's keys are there, and a write that failed for want of room or database has been followed
// by one of a message's size that did not.
func (p *Program) Ready(ctx context.Context) error {
	if !p.welcome.Load() {
		return errors.New("starting")
	}
	for authority, why := range p.Missing() {
		return fmt.Errorf("keys of %s: %w", authority, why)
	}
	if p.DB.Failing() {
		return p.DB.Probe(ctx)
	}
	return nil
}

func (p *Program) advance(ctx context.Context, by notice.Period) (api.Advanced, error) {
	done, err := p.Retain.Advance(ctx, by)
	return api.Advanced{Now: done.Now.UnixMilli(), Days: done.Days, Destroyed: int64(done.Destroyed)}, err
}

// keyStoreState is what an administrator sees of an authority's key stores.
func (p *Program) keyStoreState(authority string) web.KeyStores {
	var state web.KeyStores
	for _, w := range p.KeyWarnings() {
		state.Warnings = append(state.Warnings, w.Key)
	}
	set := p.Keys(authority)
	for _, name := range p.storeNames() {
		one := api.KeyStoreStatus{Name: name, Reachable: set != nil}
		if why := p.Missing()[authority]; why != nil {
			one.Detail = why.Error()
		}
		if set != nil {
			one = reach(one, set.Alarms())
		}
		state.Stores = append(state.Stores, one)
	}
	if set != nil {
		s := set.Snapshot()
		state.Generation, state.Living = s.Generation(), int64(len(s.IDs(keystore.Day))+len(s.IDs(keystore.Event)))
	}
	return state
}

func (p *Program) storeNames() []string {
	if p.Config.Keys.Second != nil {
		return []string{"first", "second"}
	}
	return []string{"first"}
}

// reach says of a store whether an alarm stands that it cannot be reached.
func reach(one api.KeyStoreStatus, alarms []keystore.Alarm) api.KeyStoreStatus {
	for _, a := range alarms {
		if a.Store == one.Name && a.Kind == "store-unreachable" {
			one.Reachable, one.Detail = false, fmt.Sprintf("since %s", a.Since.Format(time.RFC3339))
		}
	}
	return one
}
