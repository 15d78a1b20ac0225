package admin

import (
	"context"
	"fmt"
	"strings"

	"luukku/cmd/luukku/program"
	"luukku/core/access"
	"luukku/people"
)

// Users are the commands for staff accounts.
type Users struct {
	Add     UserAdd     `cmd:"" help:"Add a member of staff; the first password is printed once."`
	Disable UserDisable `cmd:"" help:"End an account at once: sign-ins, grants, reading sessions."`
	List    UserList    `cmd:"" help:"List accounts."`
}

// console is who acts: the administrator of the machine, recorded as the program's console.
func console(authority string) access.Caller {
	return access.Caller{Authority: authority, Kind: access.Program, ID: "console"}
}

// UserAdd adds an account.
type UserAdd struct {
	Username  string   `arg:"" help:"Name to sign in with."`
	Authority string   `help:"Authority; needed where there are several."`
	Name      string   `required:"" help:"Name as colleagues see it."`
	Email     string   `help:"Official e-mail address."`
	Role      []string `required:"" enum:"adviser,lead,quality_reviewer,registry_clerk,data_protection_officer,administrator" help:"adviser, lead, quality_reviewer, registry_clerk, data_protection_officer or administrator; may be repeated."`
	Service   string   `help:"Only for this service."`
	Secrecy   bool     `help:"A signed secrecy commitment has been seen; nothing opens without."`
}

func (c *UserAdd) run(ctx context.Context, j Job) error {
	a, err := one(j.Program, c.Authority)
	if err != nil {
		return err
	}
	if c.Service != "" {
		if _, err := j.Program.Services.Get(ctx, a.ID, c.Service); err != nil {
			return fmt.Errorf("no service %q in %s", c.Service, a.ID)
		}
	}
	n := people.NewAccount{Username: c.Username, Name: c.Name, Email: c.Email}
	for _, role := range c.Role {
		n.Grants = append(n.Grants, access.Grant{Role: role, Service: c.Service})
	}
	if c.Secrecy {
		n.SecrecyDay = string(j.Program.Today(a.ID))
	}
	made, err := j.Program.People.Add(ctx, console(a.ID), n)
	if err != nil {
		return err
	}
	j.Print("added %s (%s) to %s\npassword, to be changed at the first sign-in: %s", c.Username, made.ID, a.ID, made.Password)
	return nil
}

// UserDisable ends an account.
type UserDisable struct {
	Username  string `arg:"" help:"Name to sign in with."`
	Authority string `help:"Authority; needed where there are several."`
	Reason    string `default:"by the console" help:"Reason for the audit."`
}

func (c *UserDisable) run(ctx context.Context, j Job) error {
	a, err := one(j.Program, c.Authority)
	if err != nil {
		return err
	}
	accounts, err := j.Program.People.List(ctx, console(a.ID))
	if err != nil {
		return err
	}
	for _, account := range accounts {
		if account.Username == people.Fold(c.Username) {
			if err := j.Program.People.Disable(ctx, console(a.ID), account.ID, c.Reason); err != nil {
				return err
			}
			j.Print("disabled %s of %s", account.Username, a.ID)
			return nil
		}
	}
	return fmt.Errorf("no account %q in %s", c.Username, a.ID)
}

// UserList lists accounts.
type UserList struct {
	Authority string `help:"Only of this authority."`
}

func (c *UserList) run(ctx context.Context, j Job) error {
	all, err := only(j.Program, c.Authority)
	if err != nil {
		return err
	}
	for _, a := range all {
		accounts, err := j.Program.People.List(ctx, console(a.ID))
		if err != nil {
			return err
		}
		for _, account := range accounts {
			j.Print("%s\t%s\t%s\t%s", a.ID, account.Username, strings.Join(roles(account), ","), standing(account))
		}
	}
	return nil
}

func roles(a people.Account) []string {
	var names []string
	for _, g := range a.Grants {
		name := g.Role
		if g.Service != "" {
			name += ":" + g.Service
		}
		names = append(names, name)
	}
	return names
}

func standing(a people.Account) string {
	switch {
	case a.DisabledAt != 0:
		return "disabled"
	case !a.Secrecy:
		return "no secrecy commitment"
	}
	return "on duty"
}

// one is the authority named, or the only one there is.
func one(p *program.Program, name string) (program.Authority, error) {
	all, err := only(p, name)
	switch {
	case err != nil:
		return program.Authority{}, err
	case len(all) == 0:
		return program.Authority{}, fmt.Errorf("no authority yet: open the program's address and finish its first start")
	case len(all) > 1:
		return program.Authority{}, fmt.Errorf("there are several authorities: say which with --authority")
	}
	return all[0], nil
}
