// Package program puts the parts of Luukku together. It promises that the program is ready only
// when its marks agree, its notices hold, its keys are there or their loss was confirmed, and its
// journal has been replayed; and that it stops without losing what it acknowledged.
package program

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"luukku/channel/chat"
	"luukku/channel/mail"
	"luukku/cmd/luukku/config"
	"luukku/core/access"
	"luukku/core/audit"
	"luukku/core/clock"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/core/retain"
	"luukku/core/rights"
	"luukku/core/vault"
	"luukku/core/vault/keystore"
	"luukku/desk/answer"
	"luukku/desk/contact"
	"luukku/desk/file"
	"luukku/desk/outbox"
	"luukku/desk/printout"
	"luukku/desk/queue"
	"luukku/desk/report"
	"luukku/desk/review"
	"luukku/desk/service"
	"luukku/people"
	"luukku/store"
	"luukku/web"
)

// Program is an open Luukku: everything but its listeners.
type Program struct {
	Config      config.Config
	Instance    Instance
	DB          *store.DB
	Keeper      *clock.Keeper
	Shifted     *clock.Shifted // the demo's clock; nil otherwise
	First       []Authority    // of a fresh instance
	Authorities []Authority
	Shelf       *notice.Shelf
	Vault       *vault.Vault
	Audit       *audit.Log
	Retain      *retain.Clockwork
	Register    *access.Register
	Rights      *rights.Rights
	People      *people.People
	Services    *service.Services
	Answers     *answer.Answers
	Ledger      *ledger.Ledger
	Queue       *queue.Queue
	Contacts    *contact.Contacts
	Report      *report.Reports
	Reviews     *review.Reviews
	Printouts   *printout.Printouts
	Chat        *chat.Chat
	Files       *file.Desk
	Outbox      *outbox.Outbox
	Mail        *mail.Mail // nil without a mail server
	Post        *mail.Watch
	Hub         *web.Hub
	Log         *slog.Logger

	stores  []*keystore.Store
	keys    keyring
	belief  belief
	events  Events
	welcome atomic.Bool
	close   []func() error // in the order of opening; run backwards
}

// Open opens the data folder, database and key stores that c names and puts the parts together.
// A fresh folder is made and marked. Nothing is served yet.
// first are the authorities of a fresh instance: the demo's, or none.
func Open(ctx context.Context, c config.Config, first []Authority, log *slog.Logger) (*Program, error) {
	p := &Program{Config: c, First: first, Log: log, Hub: web.NewHub()}
	for _, step := range []func(context.Context) error{
		p.openInstance, p.openKeys, p.openNotices, p.openCore, p.openDesk, p.openMail, p.start,
	} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, p.Close())
		}
	}
	return p, nil
}

// Close gives everything back, the last opened first.
func (p *Program) Close() error {
	var errs []error
	for i := len(p.close) - 1; i >= 0; i-- {
		errs = append(errs, p.close[i]())
	}
	p.close = nil
	return errors.Join(errs...)
}

func (p *Program) onClose(f func() error) { p.close = append(p.close, f) }

// Zone is the time zone in which an authority's days end.
func (p *Program) Zone(authority string) *time.Location {
	for _, a := range p.Authorities {
		if a.ID == authority {
			return a.Zone
		}
	}
	return time.UTC
}

// Today is the accepted day of an authority.
func (p *Program) Today(authority string) notice.Day {
	return notice.DayOf(p.Keeper.Now(), p.Zone(authority))
}

// Keys is the authority's keys, nil while they are missing or older than the database knows.
func (p *Program) Keys(authority string) *keystore.Set { return p.keys.of(authority) }

var _ io.Closer = (*Program)(nil)
