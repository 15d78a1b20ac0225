package web

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"luukku/channel/mail"
	"luukku/core/access"
	"luukku/web/api"
)

const adviceAPI = "/api/lead/services/" + advice

// changes reads the ledger as a browser's holder sees it.
func (b *browser) changes(query string) api.SettingChanges {
	b.h.t.Helper()
	var out api.SettingChanges
	b.ok(http.MethodGet, "/api/settings/changes"+query, nil, &out)
	return out
}

// The second of two who have read the same hours is told, sees what was changed meanwhile and by whom,
// and saves over it knowingly.
func TestTwoAtOneSettingAreToldOfEachOther(t *testing.T) {
	h := newHouse(t)
	lead, admin := h.signedIn("dvv", "lea", access.RoleLead), h.signedIn("dvv", "anna", access.RoleAdministrator)
	var mine, theirs api.LeadService
	lead.ok(http.MethodGet, adviceAPI, nil, &mine)
	admin.ok(http.MethodPut, adviceAPI+"/hours", api.HoursSet{Base: mine.Versions.Hours, Hours: []api.Hours{{Weekday: 1, Opens: "10:00", Closes: "11:00"}}}, &theirs)
	in := api.HoursSet{Base: mine.Versions.Hours, Hours: []api.Hours{{Weekday: 1, Opens: "12:00", Closes: "13:00"}}}
	lead.fails(http.MethodPut, adviceAPI+"/hours", in, http.StatusConflict, "setting-changed")
	lead.ok(http.MethodPut, adviceAPI+"/holidays", api.HolidaySet{Holidays: []api.Holiday{{Day: "2026-12-06"}}}, nil) // another part is not in the way
	meanwhile := lead.changes("?kind=service&id=" + advice + "&part=hours&after=0").Changes
	if len(meanwhile) != 1 || meanwhile[0].By.Name != "Nimi anna" || !meanwhile[0].Newest {
		t.Fatalf("%+v", meanwhile)
	}
	if d := meanwhile[0].Differences[0]; d.Field != "weekday" || d.Item != "1" || d.After != "10:00–11:00" {
		t.Errorf("%+v", d)
	}
	in.Base = meanwhile[0].Version
	lead.ok(http.MethodPut, adviceAPI+"/hours", in, nil)
}

func TestAChangeIsTakenBackAsAChange(t *testing.T) {
	h := newHouse(t)
	admin := h.signedIn("dvv", "anna", access.RoleAdministrator)
	var before, one api.LeadService
	admin.ok(http.MethodGet, adviceAPI, nil, &before)
	admin.ok(http.MethodPut, adviceAPI+"/hours", api.HoursSet{Hours: []api.Hours{{Weekday: 7, Opens: "10:00", Closes: "11:00"}}}, nil)
	var preview api.RestorePreview
	admin.ok(http.MethodGet, "/api/settings/preview?kind=service&part=hours&to=0&id="+advice, nil, &preview)
	if preview.Base != 1 || len(preview.Differences) != 6 || preview.Differences[0].Before != "10:00–11:00" {
		t.Errorf("%+v", preview)
	}
	back := api.RestoreSetting{Kind: "service", ID: advice, Part: "hours", To: 0, Base: preview.Base}
	admin.ok(http.MethodPost, "/api/settings/restore", back, nil)
	admin.fails(http.MethodPost, "/api/settings/restore", back, http.StatusConflict, "setting-changed")
	admin.ok(http.MethodGet, adviceAPI, nil, &one)
	if len(one.Hours) != len(before.Hours) || one.Versions.Hours != 2 {
		t.Errorf("%+v", one)
	}
	if got := admin.changes("?part=hours").Changes; len(got) != 2 || got[0].Restored != 0 || got[1].Restored != -1 {
		t.Errorf("%+v", got)
	}
}

// A lead sees and sets back what is of their services; what another authority did is nowhere.
func TestChangesAreSeenByWhoMayMakeThem(t *testing.T) {
	h := newHouse(t)
	admin := h.signedIn("dvv", "anna", access.RoleAdministrator)
	lead := h.signedIn("dvv", "lea", access.RoleLead+":"+guardianship)
	admin.ok(http.MethodPut, adviceAPI+"/holidays", api.HolidaySet{Holidays: []api.Holiday{{Day: "2026-12-06"}}}, nil)
	if got := lead.changes(""); len(got.Changes) != 0 {
		t.Errorf("another service's changes: %+v", got)
	}
	foreign := h.signedIn("mallila", "anna", access.RoleAdministrator)
	query := "?kind=service&part=holidays&to=0&id="
	for _, b := range []*browser{lead, foreign} {
		for _, id := range []string{advice, "nothing"} {
			b.fails(http.MethodGet, "/api/settings/preview"+query+id, nil, http.StatusNotFound, "setting-version-not-found")
			b.fails(http.MethodPost, "/api/settings/restore", api.RestoreSetting{Kind: "service", ID: id, Part: "holidays", Base: 1}, http.StatusNotFound, "setting-version-not-found")
		}
	}
	for _, c := range foreign.changes("").Changes {
		if c.Kind != "staff" {
			t.Errorf("another authority's change: %+v", c)
		}
	}
	staff := admin.changes("?kind=staff").Changes
	if len(staff) == 0 || staff[0].Restorable || len(staff[0].Differences) != 0 || staff[0].Name == staff[0].ID {
		t.Errorf("what is done to accounts is told without values: %+v", staff)
	}
	if got := admin.changes("?service=" + guardianship); len(got.Changes) != 0 {
		t.Errorf("of the other service: %+v", got)
	}
	if got := admin.changes("?from=2030-01-01"); len(got.Changes) != 0 {
		t.Errorf("of a later time: %+v", got)
	}
	admin.fails(http.MethodGet, "/api/settings/changes?to=kesä", nil, http.StatusUnprocessableEntity, "field-format")
}

func TestAdministratorsOpenAndNameServices(t *testing.T) {
	h := newHouse(t)
	admin := h.signedIn("dvv", "anna", access.RoleAdministrator)
	three := func(text string) api.Text { return api.Text{FI: text, SV: text + " sv", EN: text + " en"} }
	var all api.AdminServices
	admin.ok(http.MethodGet, "/api/admin/services?lang=fi", nil, &all)
	if len(all.Services) != 2 || len(all.Notices) == 0 || all.Services[0].Notice.Name == "" {
		t.Fatalf("%+v", all)
	}
	in := api.NewService{ID: "muutto-apu", Notice: all.Services[0].Notice.ID, Names: three("Muuttoapu"), About: three("Apua"), Languages: []string{"fi"}}
	var one api.AdminService
	admin.ok(http.MethodPost, "/api/admin/services", in, &one)
	admin.fails(http.MethodPost, "/api/admin/services", in, http.StatusConflict, "service-exists")
	in.ID, in.Notice = "toinen", "staff-accounts"
	admin.fails(http.MethodPost, "/api/admin/services", in, http.StatusUnprocessableEntity, "service-notice")
	path := "/api/admin/services/" + one.ID
	admin.ok(http.MethodPut, path+"/topics", api.TopicsSet{Topics: []api.TopicSetting{{Name: three("Aihe")}}}, &one)
	admin.ok(http.MethodPut, path+"/queues", api.QueuesSet{Languages: []string{"sv", "fi"}}, &one)
	admin.ok(http.MethodPut, path+"/texts", api.TextsSet{Names: three("Muutto"), About: three("Apua")}, &one)
	if one.Names.FI != "Muutto" || len(one.Topics) != 1 || !strings.HasPrefix(one.Topics[0].ID, "topic-") || one.Versions.Topics != 1 || len(one.Langs) != 2 {
		t.Errorf("%+v", one)
	}
	halves := three("Muutto")
	halves.SV = " "
	admin.fails(http.MethodPut, path+"/texts", api.TextsSet{Base: 1, Names: halves, About: three("Apua")}, http.StatusUnprocessableEntity, "text-in-every-language")
	admin.fails(http.MethodPut, path+"/topics", api.TopicsSet{Base: 1, Topics: []api.TopicSetting{{Name: halves}}}, http.StatusUnprocessableEntity, "service-topic")
	admin.fails(http.MethodPut, "/api/admin/services/nothing/texts", api.TextsSet{Names: three("x"), About: three("x")}, http.StatusNotFound, "service-not-found")
	h.signedIn("dvv", "lea", access.RoleLead).fails(http.MethodPut, path+"/texts", api.TextsSet{}, http.StatusForbidden, "role-missing")
	if text := h.browser("dvv").ask(http.MethodGet, "/services/muutto-apu?lang=sv", nil).body; !strings.Contains(text, "Muutto sv") {
		t.Errorf("the page of the new service: %s", text)
	}
}

// A queue in which somebody waits is not taken away under them.
func TestAQueueWithSomebodyInItStays(t *testing.T) {
	h := newHouse(t)
	admin := h.signedIn("dvv", "anna", access.RoleAdministrator)
	h.browser("dvv").ok(http.MethodPost, "/api/chat/contacts", api.StartContact{Service: advice, Lang: "sv", ClientID: clientID()}, nil)
	admin.fails(http.MethodPut, "/api/admin/services/"+advice+"/queues", api.QueuesSet{Languages: []string{"fi"}}, http.StatusConflict, "queue-not-empty")
	admin.ok(http.MethodPut, "/api/admin/services/"+advice+"/queues", api.QueuesSet{Languages: []string{"fi", "sv"}}, nil)
}

// A test mail goes to the address that was given and to the server; the audit says that it was sent.
func TestATestMailIsRecordedWithoutItsAddress(t *testing.T) {
	var got mail.Letter
	h := newHouse(t, func(o *Options) {
		o.Mail = MailServer{State: func(context.Context, string) (api.MailStatus, error) {
			return api.MailStatus{Set: true, Server: "127.0.0.1:25"}, nil
		},
			Try: func(_ context.Context, _ string, l mail.Letter) (mail.Outcome, int) {
				got = l
				return mail.Refused, 550
			}}
	})
	admin := h.signedIn("dvv", "anna", access.RoleAdministrator)
	var tried api.MailTried
	admin.ok(http.MethodPost, "/api/admin/mail/try", api.TryMail{To: "paavo@example.fi"}, &tried)
	if tried.Outcome != "refused" || tried.Status != 550 || got.To != "paavo@example.fi" || !strings.Contains(got.Text, "test message") {
		t.Errorf("%+v, %+v", tried, got)
	}
	if text := h.log.String(); strings.Contains(text, "paavo@") {
		t.Error("the address is in the log")
	}
	admin.fails(http.MethodPost, "/api/admin/mail/try", api.TryMail{To: "paavo@example.fi\r\nBcc: x@example.fi"}, http.StatusUnprocessableEntity, "email-malformed")
	bare := newHouse(t).signedIn("dvv", "anna", access.RoleAdministrator)
	bare.fails(http.MethodPost, "/api/admin/mail/try", api.TryMail{To: "paavo@example.fi"}, http.StatusConflict, "no-mail-server")
}

// Of two who change a ready answer the second finds what the first has changed by the version that they had read:
// answers and the ledger count alike, and saving without a change counts in neither.
func TestTwoAtOneAnswerAreToldOfEachOther(t *testing.T) {
	h := newHouse(t)
	lead, other := h.signedIn("dvv", "lea", access.RoleLead), h.signedIn("dvv", "liisa", access.RoleLead)
	content := api.AnswerWrite{Name: "Tervehdys", Services: []string{}, Text: api.AnswerText{FI: "Hei"}}
	var one api.Answer
	lead.ok(http.MethodPost, "/api/lead/answers", content, &one)
	at := "/api/lead/answers/" + one.ID
	lead.ok(http.MethodPut, at, api.AnswerSave{Base: one.Version, Content: content}, &one)
	if one.Version != 1 {
		t.Errorf("saving without a change made version %d", one.Version)
	}
	content.Text.FI = "Terve"
	other.ok(http.MethodPut, at, api.AnswerSave{Base: one.Version, Content: content}, nil)
	content.Text.FI = "Moi"
	lead.fails(http.MethodPut, at, api.AnswerSave{Base: one.Version, Content: content}, http.StatusConflict, "answer-changed")
	meanwhile := lead.changes("?kind=answer&id=" + one.ID + "&part=content&after=1").Changes
	if len(meanwhile) != 1 || meanwhile[0].By.Name != "Nimi liisa" || meanwhile[0].Version != 2 || len(meanwhile[0].Differences) != 1 || meanwhile[0].Differences[0].After != "Terve" {
		t.Fatalf("%+v", meanwhile)
	}
	lead.ok(http.MethodPut, at, api.AnswerSave{Base: meanwhile[0].Version, Content: content}, nil)
}

// No setting that everybody reads holds an identity code; the refusal is on its field.
func TestASettingHoldsNoIdentityCode(t *testing.T) {
	h := newHouse(t)
	admin := h.signedIn("dvv", "anna", access.RoleAdministrator)
	bad, good := api.Text{FI: "Soita 010190-999W", SV: "Ring", EN: "Call"}, api.Text{FI: "a", SV: "b", EN: "c"}
	for path, in := range map[string]any{
		"/closure":  api.ClosureSet{Closed: true, Message: bad},
		"/holidays": api.HolidaySet{Holidays: []api.Holiday{{Day: "2026-12-06", Name: &bad}}},
	} {
		admin.fails(http.MethodPut, adviceAPI+path, in, http.StatusUnprocessableEntity, "setting-code")
	}
	admin.fails(http.MethodPut, "/api/admin/services/"+advice+"/texts", api.TextsSet{Names: good, About: bad}, http.StatusUnprocessableEntity, "setting-code")
	h.signedIn("dvv", "lea", access.RoleLead).fails(http.MethodPost, "/api/lead/answers", api.AnswerWrite{Name: "010190-999W", Services: []string{}, Text: api.AnswerText{FI: "Hei"}}, http.StatusUnprocessableEntity, "answer-code")
	admin.ok(http.MethodPut, "/api/admin/services/"+advice+"/texts", api.TextsSet{Names: good, About: good}, nil) // the control
	var seen api.Services
	h.browser("dvv").ok(http.MethodGet, "/api/chat/services", nil, &seen)
	for _, s := range seen.Services {
		if s.ID == advice && s.Name != "c" {
			t.Errorf("the citizen's chat still says %q", s.Name)
		}
	}
}
