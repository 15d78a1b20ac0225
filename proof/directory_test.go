package proof

import (
	"net/http"
	"net/url"

	"luukku/core/notice"
	"luukku/people/oidc/oidctest"
	"luukku/web/api"
)

// directory sends through everything about signing in by the organisation's directory: its secret, who
// somebody is there, what the browser brings back, and who a stranger is.
func (d *day) directory() {
	h, admin, there := d.house, d.house.staff("dvv", notice.RoleAdministrator), oidctest.Start(d.t)
	there.Secret = d.plain("client secret")
	admin.ok(http.MethodPut, "/api/admin/directory", settingsOf(there, 0), nil)
	var made api.AccountMade
	admin.ok(http.MethodPost, "/api/admin/staff", api.NewAccount{Username: "hakemistosta", Name: "Hakemistosta Tuleva",
		Grants: []api.NewGrant{{Role: notice.RoleAdviser}}, Secrecy: true}, &made)
	known := d.plain("name in the directory")
	admin.ok(http.MethodPut, "/api/admin/staff/"+made.Account.ID+"/directory", api.LetByDirectory{Let: true, Known: known}, nil)
	d.comesFrom(there, d.plain("stranger's identifier"), d.plain("stranger's name"))
	d.refused(h.visitor("dvv"), http.MethodGet, "/api/staff/me", nil)
	p := d.comesFrom(there, d.plain("identifier in the directory"), known)
	var me api.Me
	p.ok(http.MethodGet, "/api/staff/me", nil, &me)
	if me.ID != made.Account.ID {
		d.t.Errorf("the directory let in %s", me.ID)
	}
}

// comesFrom is somebody's browser that has been at the directory and come back.
func (d *day) comesFrom(there *oidctest.Directory, subject, name string) *person {
	d.t.Helper()
	there.Claims["sub"], there.Claims["preferred_username"] = subject, name
	there.Answer = func(back url.Values) {
		for _, key := range []string{"code", "state"} {
			d.markers[key+" for "+subject] = back.Get(key)
		}
	}
	p := d.house.visitor("dvv")
	var to api.Onward
	p.ok(http.MethodPost, "/api/staff/directory", api.BeginByDirectory{}, &to)
	for _, cookie := range p.HTTP.Jar.Cookies(mustURL("http://localhost/dvv/")) {
		d.markers["cookie "+cookie.Name+" for "+subject] = cookie.Value[:43] // the ticket
	}
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := browser.Get(to.Address)
	if err != nil {
		d.t.Fatal(err)
	}
	answer.Body.Close()
	back, err := p.HTTP.Get(answer.Header.Get("Location"))
	if err != nil {
		d.t.Fatal(err)
	}
	back.Body.Close()
	return p
}

// settingsOf are a directory's settings as they are saved over a version.
func settingsOf(there *oidctest.Directory, base int64) api.SetDirectory {
	return api.SetDirectory{Secret: there.Secret, Base: base, DirectorySettings: api.DirectorySettings{On: true, Issuer: there.URL,
		ClientID: there.ClientID, Claim: "preferred_username", ACR: []string{}, Passwords: "all"}}
}
