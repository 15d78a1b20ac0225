package main

import (
	"testing"

	"luukku/fault"
	"luukku/web/api"
)

// typed is a first start with nothing wrong in it.
func typed() api.Setup {
	name := api.Text{FI: "Neuvonta", SV: "Rådgivning", EN: "Advice"}
	return api.Setup{
		Account:   api.SetupAccount{Username: "pirkko", Name: "Pirkko Pääkäyttäjä", Email: "pirkko@example.fi", Password: "kolme märkää sukkaa"},
		Authority: api.SetupAuthority{Slug: "mallila", Name: name, Address: "Katu 1", Email: "kunta@example.fi", DPO: "dpo@example.fi"},
		Service:   api.SetupService{Template: "citizens-advice", Name: name},
		Hours:     []api.Hours{{Weekday: 1, Opens: "08:00", Closes: "16:00"}},
		Adviser:   &api.SetupAdviser{Username: "aino", Name: "Aino Neuvoja", Email: "aino@example.fi", Secrecy: true},
	}
}

// Once the authority is founded the form is gone: what is wrong has to be said before.
func TestFirstStartIsCheckedWholeBeforeItFoundsAnything(t *testing.T) {
	if _, err := beginning(typed()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, key string
		spoil     func(s *api.Setup)
	}{
		{"a register that is no service", "setup-template", func(s *api.Setup) { s.Service.Template = "audit-log" }},
		{"no such notice", "setup-template", func(s *api.Setup) { s.Service.Template = "../citizens-advice" }},
		{"a service without a name", "text-in-every-language", func(s *api.Setup) { s.Service.Name.SV = "" }},
		{"a language twice", "service-languages", func(s *api.Setup) { s.Service.Language = []string{"fi", "fi"} }},
		{"hours that end before they begin", "hours-order", func(s *api.Setup) { s.Hours[0].Closes = "07:00" }},
		{"a reserved slug", "authority-slug", func(s *api.Setup) { s.Authority.Slug = "api" }},
		{"no such zone", "time-zone", func(s *api.Setup) { s.Authority.TimeZone = "../../etc/passwd" }},
		{"an administrator's username", "username-space", func(s *api.Setup) { s.Account.Username = "pirkko p" }},
		{"an administrator's address", "email-malformed", func(s *api.Setup) { s.Account.Email = "pirkko" }},
		{"a password made of the address", "password-own", func(s *api.Setup) { s.Account.Password = "pirkko@example.fi" }},
		{"an adviser's username", "text-malformed", func(s *api.Setup) { s.Adviser.Username = "ai\u200bno" }},
		{"one username for both", "username-taken", func(s *api.Setup) { s.Adviser.Username = " PIRKKO" }},
	} {
		s := typed()
		c.spoil(&s)
		if _, err := beginning(s); err == nil || fault.Of(err).Key != c.key {
			t.Errorf("%s: %v, want %s", c.name, err, c.key)
		}
	}
}
