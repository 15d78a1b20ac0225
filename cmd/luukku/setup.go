package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"luukku/channel/chat"
	"luukku/cmd/luukku/program"
	"luukku/core/access"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/notices"
	"luukku/people"
	"luukku/store"
	"luukku/web"
	"luukku/web/api"
)

// firstStart is the first start of an instance without an authority. Its code is printed on the
// console, so only who started the program can do it.
type firstStart struct {
	host *host
	code string
	mu   sync.Mutex
}

// setup is the first start for the pages, nil once there is an authority.
func (h *host) setup(p *program.Program) *web.Setup {
	if len(p.Authorities) > 0 {
		return nil
	}
	f := &firstStart{host: h, code: h.code}
	return &web.Setup{
		Templates: templates,
		TryCode:   f.try,
		Do:        f.do,
	}
}

// setupCode makes the code of a start: 60 random bits that can be typed.
func setupCode() string {
	text := rand.Text()
	return text[0:4] + "-" + text[4:8] + "-" + text[8:12]
}

// templates are the bundled notices of services that can be offered today.
func templates() []*notice.Notice {
	all, err := notices.Bundled()
	if err != nil {
		return nil
	}
	var services []*notice.Notice
	for _, n := range all {
		if slices.Contains(n.Channels, chat.Channel) {
			services = append(services, n)
		}
	}
	return services
}

func (f *firstStart) try(code string) error {
	typed := strings.ToUpper(strings.TrimSpace(code))
	if subtle.ConstantTimeCompare([]byte(typed), []byte(f.code)) != 1 {
		return fault.New(fault.Denied, "setup-code-wrong").On("code")
	}
	return nil
}

// do founds the authority, opens the program anew with it, and adds service and accounts. What
// could be wrong is checked before anything is written; from then on it goes on to its end, whether
// the browser waits for it or not.
func (f *firstStart) do(ctx context.Context, s api.Setup) (api.SetupDone, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.try(s.Code); err != nil {
		return api.SetupDone{}, err
	}
	first, err := beginning(s)
	if err != nil {
		return api.SetupDone{}, err
	}
	h := f.host
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.program.Authorities) > 0 {
		return api.SetupDone{}, fault.New(fault.Conflict, "setup-done")
	}
	ctx = context.WithoutCancel(ctx)
	if err := h.program.Found(ctx, first.authority, adopted(s.Authority), s.Service.Template); err != nil {
		return api.SetupDone{}, err
	}
	if err := h.reopen(ctx); err != nil {
		return api.SetupDone{}, h.giveUp(err)
	}
	defer h.program.Welcome()
	return furnish(ctx, h.program, first, s.Adviser != nil && s.Adviser.Secrecy)
}

// begun is a first start of which everything has been checked.
type begun struct {
	authority program.Authority
	service   service.Service
	admin     people.NewAccount
	adviser   *people.NewAccount
}

// beginning reads what was typed, or says what is wrong with it: once the authority has been founded
// nobody can come back to the form.
func beginning(s api.Setup) (begun, error) {
	first := begun{admin: people.NewAccount{
		Username: s.Account.Username, Name: s.Account.Name, Email: s.Account.Email, Password: s.Account.Password,
		Grants: []access.Grant{{Role: access.RoleAdministrator}},
	}}
	var err error
	if first.authority, err = authorityOf(s.Authority); err != nil {
		return first, err
	}
	hours, err := web.Spans(s.Hours)
	if err != nil {
		return first, err
	}
	first.service = firstService(s.Service, hours)
	if !slices.ContainsFunc(templates(), func(n *notice.Notice) bool { return n.ID == s.Service.Template }) {
		return first, fault.New(fault.Invalid, "setup-template").On("template")
	}
	if err := cmp.Or(first.service.Check(), first.admin.Check()); err != nil || s.Adviser == nil {
		return first, err
	}
	first.adviser = &people.NewAccount{
		Username: s.Adviser.Username, Name: s.Adviser.Name, Email: s.Adviser.Email, Grants: []access.Grant{{Role: access.RoleAdviser}},
	}
	if people.Fold(s.Adviser.Username) == people.Fold(s.Account.Username) {
		return first, fault.New(fault.Conflict, "username-taken").On("adviser.username")
	}
	return first, first.adviser.Check()
}

// reopen opens the program anew and lets the new one answer. The old one ends when its requests have.
func (h *host) reopen(ctx context.Context) error {
	h.stop()
	closing, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	err := h.face.Load().Stop(closing)
	h.runs.Wait()
	return errors.Join(err, h.program.Close(), h.open(ctx))
}

// giveUp ends the process: what answers is a program that has been closed, or half of a new one.
func (h *host) giveUp(err error) error {
	err = fmt.Errorf("the authority was founded, but the program could not be opened with it: mend the cause, start again, and add the administrator with luukku user add NAME --name \"…\" --role administrator: %w", err)
	h.log.Error("the first start broke off; the program ends", "error", err)
	h.failed <- err
	return err
}

func authorityOf(s api.SetupAuthority) (program.Authority, error) {
	if web.Reserved(s.Slug) {
		return program.Authority{}, fault.New(fault.Invalid, "authority-slug").On("slug")
	}
	name := s.TimeZone
	if name == "" {
		name = "Europe/Helsinki"
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return program.Authority{}, fault.New(fault.Invalid, "time-zone").On("time_zone")
	}
	return program.Authority{ID: s.Slug, Slug: s.Slug, Names: web.NoticeText(s.Name), Zone: zone}, nil
}

// adopted is the controller as its notices name it.
func adopted(s api.SetupAuthority) notice.Controller {
	return notice.Controller{
		Authority: s.Slug, Name: web.NoticeText(s.Name), Address: s.Address, Phone: s.Phone, Email: s.Email, DPO: s.DPO,
	}
}

// furnish adds the first service and the first accounts to a founded authority.
func furnish(ctx context.Context, p *program.Program, first begun, secrecy bool) (api.SetupDone, error) {
	id := first.authority.ID
	done := api.SetupDone{SignIn: "/" + first.authority.Slug + "/sign-in"}
	by := access.Caller{Authority: id, Kind: access.Program, ID: "setup"}
	first.admin.SecrecyDay = string(p.Today(id))
	if _, err := p.People.Add(ctx, by, first.admin); err != nil {
		return done, err
	}
	if err := p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return p.Services.Make(ctx, tx, p.Ledger.Pen(by, ledger.Unread), first.service)
	}); err != nil || first.adviser == nil {
		return done, err
	}
	if secrecy {
		first.adviser.SecrecyDay = string(p.Today(id))
	}
	made, err := p.People.Add(ctx, by, *first.adviser)
	done.AdviserPassword = made.Password
	return done, err
}

func firstService(s api.SetupService, hours []service.Span) service.Service {
	one := service.Service{ID: s.Template, Notice: s.Template, Name: web.NoticeText(s.Name), Languages: s.Language, Hours: hours}
	if len(one.Languages) == 0 {
		one.Languages = notice.Languages()
	}
	for _, t := range templates() {
		if t.ID == s.Template {
			one.About = t.About
		}
	}
	for i, t := range s.Topics {
		one.Topics = append(one.Topics, service.Topic{ID: fmt.Sprintf("topic-%d", i+1), Name: web.NoticeText(t)})
	}
	return one
}
