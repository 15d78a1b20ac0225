// Package demo fills a fresh demo: authorities, services, staff of each role, and conversations
// that are held through the public sockets. It promises that nobody in it is real and that its
// accounts are told in demo-accounts.json, in the data folder and nowhere else.
package demo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/pquerna/otp/totp"

	"luukku/cmd/luukku/config"
	"luukku/cmd/luukku/demodata"
	"luukku/cmd/luukku/program"
	"luukku/core/access"
	"luukku/core/ledger"
	"luukku/desk/answer"
	"luukku/desk/service"
	"luukku/people"
	"luukku/store"
)

// Account is one row of demo-accounts.json.
type Account struct {
	Authority  string `json:"authority"`
	Role       string `json:"role"`
	Username   string `json:"username"`
	Password   string `json:"password"`
	TOTPSecret string `json:"totp_secret,omitempty"`
}

// Authorities are those that a fresh demo is opened with.
func Authorities() ([]program.Authority, error) {
	d, err := demodata.Read()
	if err != nil {
		return nil, err
	}
	var all []program.Authority
	for _, a := range d.Authorities {
		zone, err := time.LoadLocation(a.Zone)
		if err != nil {
			return nil, err
		}
		all = append(all, program.Authority{ID: a.ID, Slug: a.ID, Names: a.Names.Text(), Zone: zone})
	}
	return all, nil
}

// Configure gives a demo a second key store beside its first, so that one can be watched. A real one
// lies on another disk or machine.
func Configure(c config.Config) config.Config {
	if c.Keys.Second == nil {
		c.Keys.Second = &config.Second{Store: c.Data + ".second.keys", KEK: config.Provider{Folder: c.Data + ".second.kek"}}
	}
	return c
}

// Fill adds services and staff to a demo that has none yet. It tells whether it did; the caller
// then holds the conversations once it serves.
func Fill(ctx context.Context, p *program.Program) (fresh bool, err error) {
	file := filepath.Join(p.Config.Data, program.AccountsFile)
	if _, err := os.Stat(file); err == nil {
		return false, nil
	}
	d, err := demodata.Read()
	if err != nil {
		return false, err
	}
	var accounts []Account
	for _, a := range p.Authorities {
		if err := offer(ctx, p, a.ID, d.Services); err != nil {
			return false, err
		}
		if err := prepare(ctx, p, a.ID, d.Answers); err != nil {
			return false, err
		}
		for _, person := range d.Staff {
			account, err := hire(ctx, p, a.ID, person)
			if err != nil {
				return false, fmt.Errorf("demo account %s of %s: %w", person.Username, a.ID, err)
			}
			accounts = append(accounts, account)
		}
	}
	text, err := json.MarshalIndent(accounts, "", "  ")
	if err != nil {
		return false, err
	}
	return true, os.WriteFile(file, append(text, '\n'), 0o600)
}

func offer(ctx context.Context, p *program.Program, authority string, services []demodata.Service) error {
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, s := range services {
			n, ok := p.Shelf.Version(authority, s.Notice, 1)
			if !ok {
				return fmt.Errorf("demo: %s has no notice %s", authority, s.Notice)
			}
			one := service.Service{
				ID: s.ID, Notice: s.Notice, Name: n.Names, About: s.About.Text(),
				Languages: s.Languages, Hours: always(),
			}
			for _, t := range s.Topics {
				one.Topics = append(one.Topics, service.Topic{ID: t.ID, Name: t.Names.Text()})
			}
			if err := p.Services.Put(ctx, tx, authority, one); err != nil {
				return err
			}
		}
		return nil
	})
}

// always is every hour of the week, so that the demo can be tried at any time.
func always() []service.Span {
	var week []service.Span
	for day := time.Sunday; day <= time.Saturday; day++ {
		week = append(week, service.Span{Weekday: day, Opens: 0, Closes: 24 * 60})
	}
	return week
}

// prepare writes an authority's ready answers, as a lead of all services would.
func prepare(ctx context.Context, p *program.Program, authority string, answers []demodata.Answer) error {
	pen := p.Ledger.Pen(access.Caller{Authority: authority, Kind: access.Program, ID: "demo"}, ledger.Unread)
	for _, a := range answers {
		c := answer.Content{Name: a.Name, Shortcut: a.Shortcut, Services: a.Services, Text: a.Text.Text()}
		if _, err := p.Answers.Make(ctx, pen, answer.Reach{All: true}, c); err != nil {
			return fmt.Errorf("demo answer %s: %w", a.Shortcut, err)
		}
	}
	return nil
}

// hire adds one member of staff. A demo that was stopped in the middle of its filling has the
// account already, with a password that nobody knows: it gets a new username.
func hire(ctx context.Context, p *program.Program, authority string, person demodata.Person) (Account, error) {
	account := Account{Authority: authority, Role: person.Role, Username: person.Username + "." + authority, Password: passphrase()}
	if needsCode(person.Role) {
		key, err := totp.Generate(totp.GenerateOpts{Issuer: "Luukku", AccountName: account.Username})
		if err != nil {
			return account, err
		}
		account.TOTPSecret = key.Secret()
	}
	by := access.Caller{Authority: authority, Kind: access.Program, ID: "demo"}
	_, err := p.People.Add(ctx, by, people.NewAccount{
		Username: account.Username, Name: person.Name, Email: account.Username + "@example.fi",
		Password: account.Password, Secret: account.TOTPSecret,
		Grants:     []access.Grant{{Role: person.Role}},
		SecrecyDay: string(p.Today(authority)),
	})
	return account, err
}

func needsCode(role string) bool {
	return role == access.RoleAdministrator || role == access.RoleOfficer
}

// passphrase is 80 random bits that can be typed.
func passphrase() string {
	text := rand.Text()
	return fmt.Sprintf("%s-%s-%s-%s", text[0:4], text[4:8], text[8:12], text[12:16])
}
