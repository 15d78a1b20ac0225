package proof

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"luukku/core/notice"
	"luukku/web/api"
)

// day is a simulated day, in which something unique is sent through every input.
type day struct {
	t       testing.TB
	house   *house
	markers map[string]string // by the input's name
}

// mark makes a marker of letters, digits and one letter beyond ASCII, so that escaping shows.
func (d *day) mark(input string) string { return d.note(input, rand.Text()[:12]+"ä"+rand.Text()[:12]) }

// plain makes a marker for inputs that take only ASCII.
func (d *day) plain(input string) string {
	return d.note(input, "m"+strings.ToLower(rand.Text()[:22]))
}

func (d *day) note(input, marker string) string {
	d.t.Helper()
	if _, twice := d.markers[input]; twice {
		d.t.Fatalf("two markers for %s", input)
	}
	d.markers[input] = marker
	return marker
}

// refused is a request that has to be answered with an error, and to leave nothing behind.
func (d *day) refused(p *person, method, path string, in any) {
	d.t.Helper()
	if err := p.try(method, path, in, nil); status(err) < 400 {
		d.t.Errorf("%s %s was not refused: %v", method, path, err)
	}
}

// citizens send through everything that a citizen can send.
func (d *day) citizens() *person {
	h := d.house
	email, phone := d.plain("e-mail")+"@example.fi", d.note("telephone", fmt.Sprintf("040555%04d", os.Getpid()%10000))
	d.markers["telephone, international"] = "+358" + strings.TrimPrefix(phone, "0")
	c := h.citizen("dvv", api.StartContact{Service: "citizens-advice", ClientID: d.plain("client id of a start"), Fields: map[string]string{"email": email, "phone": phone, "name": d.mark("name")}})
	d.markers["contact token"] = c.Token
	h.staff("dvv", notice.RoleAdviser).take(c.contact)
	messages := "/api/chat/contacts/" + c.contact + "/messages"
	again := api.Write{ClientID: d.plain("client id of a message"), Text: d.mark("message by HTTP"), Lang: "fi"}
	c.ok(http.MethodPost, messages, again, nil)
	c.ok(http.MethodPost, messages, again, nil)
	socket, err := c.Dial(d.t.Context(), api.ConnectCitizen{Contact: c.contact, Token: c.Token}, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	defer socket.Close()
	if err := socket.Call(d.t.Context(), "post", api.Call{ClientID: clientID(), Text: d.mark("message by socket"), Lang: "fi"}, nil); err != nil {
		d.t.Fatal(err)
	}
	d.refused(c, http.MethodPost, messages, api.Write{ClientID: clientID(), Text: d.mark("message too long") + strings.Repeat("x", 4000), Lang: "fi"})
	d.refused(c, http.MethodPost, messages, map[string]any{"client_id": clientID(), "text": "x", "lang": "fi", d.plain("unknown field"): d.mark("its value")})
	d.refused(c, http.MethodPost, messages, api.Write{ClientID: clientID(), Text: "x", Lang: d.plain("unknown language")})
	d.refused(h.visitor("dvv"), http.MethodPost, "/api/chat/contacts", api.StartContact{Service: "guardianship-chat", Lang: "fi", ClientID: clientID(), Fields: map[string]string{"email": d.plain("undeclared e-mail") + "@example.fi"}})
	d.refused(h.visitor("dvv"), http.MethodPost, "/api/chat/contacts", api.StartContact{Service: "citizens-advice", Lang: "fi", ClientID: clientID(), Topic: d.plain("unknown topic")})
	d.refused(h.visitor("dvv"), http.MethodPost, "/api/chat/contacts", api.StartContact{Service: d.plain("unknown service"), Lang: "fi", ClientID: clientID()})
	ordering := h.citizen("dvv", api.StartContact{Service: "guardianship-chat"})
	h.staff("dvv", notice.RoleAdviser).take(ordering.contact)
	ordering.ok(http.MethodPost, "/api/chat/contacts/"+ordering.contact+"/transcript", api.OrderTranscript{Email: d.plain("e-mail of a transcript") + "@example.fi"}, nil)
	forged := h.visitor("dvv")
	forged.Token = d.plain("forged token")
	d.refused(forged, http.MethodGet, messages, nil)
	return c
}

// printout is made for a case, printed, listed and destroyed.
func (d *day) printout(a *person) {
	h := d.house
	c := h.citizen("dvv", api.StartContact{Service: "guardianship-chat"})
	a.take(c.contact)
	var made api.MadePrintout
	a.ok(http.MethodPost, "/api/desk/contacts/"+c.contact+"/printouts", api.PrintWish{CaseNumber: "7/" + d.plain("number of a case"), Purpose: "answer", Reason: d.mark("reason of a printout")}, &made)
	page := h.send(credentials{cookie: a.cookie()}, http.MethodPost, "/dvv/printouts/"+made.ID, nil)
	if !strings.Contains(string(page.body), d.markers["number of a case"]) {
		d.t.Errorf("the paper does not name its case: %d", page.status)
	}
	var all api.Printouts
	a.ok(http.MethodGet, "/api/printouts", nil, &all)
	a.ok(http.MethodPost, "/api/printouts/"+made.ID+"/destroyed", nil, nil)
}

// desk sends through everything that an adviser and others can send.
func (d *day) desk(c *person) {
	h, a := d.house, d.house.staff("dvv", notice.RoleAdviser)
	a.answer(c.contact, "reply", d.mark("reply"))
	a.answer(c.contact, "note", d.mark("note"))
	other := h.staffNo("dvv", notice.RoleAdviser, 1)
	other.ok(http.MethodPost, "/api/desk/presence", api.Presence{State: "present"}, nil)
	a.ok(http.MethodPost, "/api/desk/contacts/"+c.contact+"/pass", api.Pass{ToAdviser: other.id, Note: d.mark("note of a pass")}, nil)
	other.close(c.contact)
	var state api.ChatState
	c.ok(http.MethodGet, "/api/chat/contacts/"+c.contact, nil, &state)
	if state.Reference == "" {
		d.t.Error("no reference code after the close")
	}
	d.markers["reference code"], d.markers["bare reference code"] = state.Reference, strings.ReplaceAll(state.Reference, "-", "")
	for by, value := range map[string]string{"reference": state.Reference, "email": d.markers["e-mail"] + "@example.fi", "phone": d.markers["telephone"]} {
		var found api.Found
		a.ok(http.MethodPost, "/api/desk/search", api.Search{By: by, Value: value, Purpose: "return_to_past_event", Reason: d.mark("reason of a search by " + by)}, &found)
		if len(found.Contacts) == 0 {
			d.t.Errorf("nothing found by %s", by)
		}
	}
	a.ok(http.MethodPost, "/api/desk/search", api.Search{By: "email", Value: d.plain("e-mail that nobody has") + "@example.fi", Purpose: "return_to_past_event", Reason: "x"}, nil)
	a.ok(http.MethodPost, "/api/desk/contacts/"+c.contact+"/read", api.ReadFor{Purpose: "return_to_past_event", Reason: d.mark("reason of a reading")}, nil)
	d.refused(a, http.MethodPost, "/api/desk/contacts/"+c.contact+"/read", api.ReadFor{Purpose: d.plain("unknown purpose"), Reason: d.mark("reason of a refusal")})
	d.printout(a)
	h.staff("dvv", notice.RoleOfficer).ok(http.MethodPost, "/api/officer/audit", api.AuditQuery{By: "contact", ID: c.contact, Purpose: "oversight", Reason: d.mark("reason of an audit")}, nil)
}

// requests send through everything about a copy of one's data, up to a draft whose text is covered in part.
func (d *day) requests() {
	h, clerk, lead := d.house, d.house.staff("dvv", notice.RoleRegistryClerk), d.house.staff("dvv", notice.RoleLead)
	id := h.askedFor(clerk, "citizens-advice", d.mark("message that is copied"))
	registry, unit := "/api/registry/requests/"+id, "/api/unit/requests/"+id
	clerk.ok(http.MethodPost, registry+"/accept", api.RightsEvidence{Evidence: "other", Note: d.mark("note of evidence")}, nil)
	clerk.ok(http.MethodPost, registry+"/extend", api.RightsReasons{Reasons: d.mark("reasons of an extension")}, nil)
	lead.ok(http.MethodPost, unit+"/take", nil, nil)
	lead.redact(id)
	lead.ok(http.MethodPost, unit+"/finish", nil, nil)
	var made api.RightsDelivery
	clerk.ok(http.MethodPost, registry+"/deliver", nil, &made)
	d.markers["link of a copy"], d.markers["code of a copy"] = strings.TrimPrefix(made.Path, "/copy/"), made.Code
	var other api.RightsMade
	clerk.ok(http.MethodPost, "/api/registry/requests", api.RightsIntake{Register: "citizens-advice", Lang: "fi", Arrived: "letter", Text: d.mark("text of a request"),
		By: "email", Value: d.plain("e-mail that a request is found by") + "@example.fi",
		Name: d.mark("name of who requests"), Email: d.plain("e-mail of who requests") + "@example.fi", Address: d.mark("postal address")}, &other)
	clerk.ok(http.MethodPost, "/api/registry/requests/"+other.Request+"/answer", api.RightsAnswer{Outcome: "refused", Text: d.mark("answer to a request")}, nil)
}

// accounts send through everything about staff.
func (d *day) accounts() {
	h, admin := d.house, d.house.staff("dvv", notice.RoleAdministrator)
	d.refused(h.visitor("dvv"), http.MethodPost, "/api/staff/sign-in", api.SignIn{Username: d.plain("username typed wrong"), Password: d.mark("password of nobody")})
	d.refused(h.visitor("dvv"), http.MethodPost, "/api/staff/sign-in", api.SignIn{Username: "aino.dvv", Password: d.mark("password typed wrong")})
	d.refused(h.visitor("dvv"), http.MethodPost, "/api/staff/sign-in", api.SignIn{Username: d.mark("password typed as username"), Password: "x"})
	var made api.AccountMade
	username := d.plain("username")
	admin.ok(http.MethodPost, "/api/admin/staff", api.NewAccount{
		Username: username, Name: d.mark("display name"), Email: d.plain("official e-mail") + "@example.fi",
		Grants: []api.NewGrant{{Role: notice.RoleAdviser}}, Secrecy: true,
	}, &made)
	d.markers["password that was made"] = made.Password
	p := h.visitor("dvv")
	p.signIn(username, made.Password, "")
	for _, cookie := range p.HTTP.Jar.Cookies(mustURL("http://localhost/dvv/")) {
		d.markers["cookie "+cookie.Name] = cookie.Value
	}
	p.ok(http.MethodPost, "/api/staff/password", api.ChangePassword{Current: made.Password, New: d.mark("password that was chosen")}, nil)
	var device api.TOTPEnrolment
	p.ok(http.MethodPost, "/api/staff/totp", nil, &device)
	secret := strings.ReplaceAll(device.Secret, " ", "")
	bytes, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		d.t.Fatal(err)
	}
	d.markers["secret of a code device"], d.markers["its bytes"] = secret, string(bytes)
	admin.ok(http.MethodPut, "/api/admin/staff/"+p.id, api.ChangeAccount{Name: d.mark("corrected name"), Email: d.plain("corrected e-mail") + "@example.fi"}, nil)
	admin.ok(http.MethodPost, "/api/admin/staff/"+p.id+"/disable", api.WithReason{Reason: d.mark("reason of disabling")}, nil)
}

// strays send what belongs nowhere: in addresses, headers and broken bodies.
func (d *day) strays(c *person) {
	for path, method := range map[string]string{
		"/api/chat/contacts/" + c.contact + "?x=" + d.plain("query"):   http.MethodGet,
		"/api/" + d.plain("path"):                                      http.MethodGet,
		"/api/chat/contacts/" + d.plain("contact id") + "/messages":    http.MethodPost,
		"/api/desk/contacts/" + d.plain("contact id of staff"):         http.MethodGet,
		"/notices/" + d.plain("notice id"):                             http.MethodGet,
		"/chat/" + d.plain("service id") + "?" + d.plain("bare query"): http.MethodGet,
	} {
		request, err := http.NewRequestWithContext(d.t.Context(), method, "http://localhost/dvv"+path, strings.NewReader(`{"text": "`+d.mark("broken body of "+path[:12]+method+path[len(path)-3:])))
		if err != nil {
			d.t.Fatal(err)
		}
		for _, name := range []string{"User-Agent", "Referer", "X-Request-Id", "X-Stray"} {
			request.Header.Set(name, d.plain("header "+name+" at "+path))
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("X-Forwarded-For", "198.51.100.77")
		answer, err := c.HTTP.Do(request)
		if err != nil {
			d.t.Fatal(err)
		}
		answer.Body.Close()
	}
	d.markers["address"] = "198.51.100.77"
}

// Promise 3's ground: what people write is nowhere in the clear, and neither is a directory's secret. After
// a simulated day, a night with its turn, a kill and a backup, markers sent through every input are in no
// database file, write-ahead log, server's log, key store or temporary file, and in no value of the database
// as its engine reads it, on either engine. // S3-25
func TestNothingIsWrittenInTheClear(t *testing.T) {
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		d := &day{t: t, house: h, markers: map[string]string{}}
		c := d.citizens()
		d.desk(c)
		d.requests()
		d.accounts()
		d.directory()
		d.strays(c)
		d.files()
		f := newFinder(d.markers)
		places := h.places()
		look := func(when string) {
			found, files := f.in(t, places...)
			inside, values := h.inDatabase(f)
			for _, what := range append(found, inside...) {
				t.Errorf("%s: %s", when, what)
			}
			t.Logf("%s: %d forms of %d markers sought in %d files and %d values of the database", when, len(f.forms), len(d.markers), files, values)
		}
		look("while serving")
		h.must("demo", "advance", "P1D")
		look("after the night")
		h.kill()
		look("after a kill")
		h.start()
		h.must("backup", filepath.Join(h.folder, "backup"))
		h.stop()
		look("with a backup, stopped")
		plantedIsFound(t, h, f, d.markers["message by HTTP"])
		packedIsFound(t, h, f, d.markers["client secret"])
	})
}

// places are the folders in which the program and its database can have written: everything of this
// process's tests, temporary files included, and the cluster.
func (h *house) places() []string {
	if h.engine != "sqlite" && !strings.HasPrefix(cluster(h.t).Folder(), process.houses+"/") {
		return []string{process.houses, cluster(h.t).Folder()}
	}
	return []string{process.houses}
}

// plantedIsFound is the control: a marker written where an unsealed one would be is found, in the
// database itself and in a line of the log.
func plantedIsFound(t *testing.T, h *house, f *finder, marker string) {
	t.Helper()
	db := rawDatabase(t, h.url())
	if _, err := db.ExecContext(t.Context(), fmt.Sprintf("update service set closed_message = '%s' where authority = 'dvv'", marker)); err != nil {
		t.Fatal(err)
	}
	if h.engine != "sqlite" { // PostgreSQL's pages reach the disk with a checkpoint; its log at once
		if _, err := db.ExecContext(t.Context(), "checkpoint"); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	if err := os.WriteFile(filepath.Join(h.folder, "other.log"), []byte(`{"msg":"`+jsonEscaped(marker)+`"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	found, _ := f.in(t, h.places()...)
	inLog := slices.ContainsFunc(found, func(s string) bool { return strings.HasSuffix(s, "other.log") })
	if !inLog || len(found) < 2 {
		t.Errorf("planted in the database and a log, found only %q", found)
	}
}
