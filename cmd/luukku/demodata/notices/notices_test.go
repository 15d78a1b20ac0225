package notices_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	mallila "luukku/cmd/luukku/demodata/notices"
	"luukku/core/notice"
	dvv "luukku/notices"
)

// authorities are the bundled notices of both demo authorities, by slug and id.
func authorities(t *testing.T) map[string]map[string]*notice.Notice {
	t.Helper()
	out := make(map[string]map[string]*notice.Notice)
	for slug, bundled := range map[string]func() ([]*notice.Notice, error){"dvv": dvv.Bundled, "mallila": mallila.Bundled} {
		list, err := bundled()
		if err != nil {
			t.Fatal(err)
		}
		out[slug] = make(map[string]*notice.Notice)
		for _, n := range list {
			if n.Authority != slug {
				t.Errorf("%s is of %s, not of %s", n.File, n.Authority, slug)
			}
			out[slug][n.ID] = n
		}
	}
	return out
}

func TestBothAuthoritiesDeclareTheSameRegisters(t *testing.T) {
	want := []string{"audit-log", "citizens-advice", "guardianship-chat", "rights-requests", "staff-accounts"}
	for slug, byID := range authorities(t) {
		var ids []string
		for id := range byID {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		if !slices.Equal(ids, want) {
			t.Errorf("%s declares %v, want %v", slug, ids, want)
		}
	}
}

func TestBundledNoticesFillAShelf(t *testing.T) {
	all := make(map[string][]*notice.Notice)
	for slug, byID := range authorities(t) {
		for _, n := range byID {
			all[slug] = append(all[slug], n)
		}
	}
	s, err := notice.NewShelf(all)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.CurrentAll("dvv", "2026-11-21"); len(got) != 5 {
		t.Errorf("%d notices hold, want five", len(got))
	}
}

// The times that the notices name, as the day on which the data can be opened for the last time.
func TestRetentionOfEachRegister(t *testing.T) {
	all := authorities(t)
	loc, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	from := time.Date(2026, 11, 21, 12, 0, 0, 0, loc)
	for _, c := range []struct {
		authority, id, group string
		event                string
		last                 notice.Day
	}{
		{"dvv", "citizens-advice", "service_event", notice.ContactClosed, "2028-11-20"},             // S3-2
		{"dvv", "guardianship-chat", "conversation", notice.ContactClosed, "2027-01-20"},            // S4-10
		{"dvv", "guardianship-chat", "transcript_delivery", notice.TranscriptOrdered, "2026-11-23"}, // S4-9: the cap
		{"dvv", "staff-accounts", "account", notice.DutyEnded, "2027-11-20"},                        // S0-T6
		{"dvv", "staff-accounts", "credentials", notice.DutyEnded, "2026-12-20"},                    // S0-T6
		{"dvv", "audit-log", "entry", notice.EntryWritten, "2031-11-20"},
		{"dvv", "rights-requests", "request", notice.RequestClosed, "2028-11-20"},
		{"mallila", "citizens-advice", "service_event", notice.ContactClosed, "2027-11-20"},
		{"mallila", "guardianship-chat", "conversation", notice.ContactClosed, "2026-12-20"},
	} {
		g := all[c.authority][c.id].Group(c.group)
		if g == nil {
			t.Errorf("%s/%s has no group %s", c.authority, c.id, c.group)
			continue
		}
		if g.Keep.Bound != notice.AtMost || g.Keep.From != c.event {
			t.Errorf("%s/%s: %+v", c.authority, c.id, g.Keep)
		}
		if got := g.Keep.LastDay(from, loc); got != c.last {
			t.Errorf("%s/%s %s: last day %s, want %s", c.authority, c.id, c.group, got, c.last)
		}
	}
}

// What each service asks and stores: nothing else can be sealed.
func TestFieldsOfEachService(t *testing.T) {
	all := authorities(t)
	const listed = " printout_number case_number printout_purpose printed_by printed_at destroy_by destroyed_at destroyed_by" // S4-16
	for _, c := range []struct {
		authority, id string
		want          []string
	}{
		{"dvv", "citizens-advice", strings.Fields("text note reference_code language topic queue_time started_at ended_at email phone name")},               // S3-12 to S3-16
		{"dvv", "guardianship-chat", strings.Fields("text note reference_code topic adviser_name adviser_email adviser_user_id transcript_email" + listed)}, // S4-6, S4-8, S4-9, S4-12
		{"mallila", "citizens-advice", strings.Fields("text note reference_code language topic queue_time started_at ended_at email file transcript_email")},
		{"mallila", "guardianship-chat", strings.Fields("text note reference_code topic adviser_name adviser_user_id" + listed)},
	} {
		n, got := all[c.authority][c.id], []string(nil)
		for _, g := range n.Groups {
			for _, f := range g.Fields {
				got = append(got, f.ID)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s/%s declares %v, want %v", c.authority, c.id, got, c.want)
		}
	}
}

func TestTheGuardianshipChatAsksNoContactDetails(t *testing.T) { // S4-7, S4-9
	for slug, byID := range authorities(t) {
		for _, g := range byID["guardianship-chat"].Groups {
			for _, f := range g.Fields {
				ordered := slug == "dvv" && f.ID == "transcript_email" && f.Collected == notice.WhenOrdered && g.Keep.Until == notice.TranscriptSent
				if slices.Contains(f.Source, notice.FromSubject) && (f.Type == notice.TypeEmail || f.Type == notice.TypePhone) && !ordered {
					t.Errorf("%s asks for %s", slug, f.ID)
				}
			}
		}
	}
}

// The rights of each register, with the route. An empty route is a refusal with its ground.
func TestRightsOfEachService(t *testing.T) {
	all := authorities(t)
	for _, c := range []struct{ id, right, route string }{
		{"citizens-advice", "A15", "registry"},         // S3-28
		{"citizens-advice", "A16", "registry"},         // S3-31
		{"citizens-advice", "A17", ""},                 // S3-34
		{"citizens-advice", "A18", "registry"},         // S3-36
		{"citizens-advice", "A20", ""},                 // S3-35
		{"citizens-advice", "A21", "registry"},         // S3-T1: the reading that protects the subject
		{"citizens-advice", "A7-3", ""},                // S3-33
		{"guardianship-chat", "A15", "contact_person"}, // S4-22
		{"guardianship-chat", "A16", "contact_person"}, // S4-24
		{"guardianship-chat", "A17", "contact_person"}, // S4-25
		{"guardianship-chat", "A20", ""},               // S4-26
		{"guardianship-chat", "A21", "contact_person"}, // S4-T7
	} {
		r := all["dvv"][c.id].Right(c.right)
		if r.Route != c.route || (c.route == "") != (r.Granted == notice.No) {
			t.Errorf("%s %s: %+v", c.id, c.right, r)
		}
	}
	advice := all["dvv"]["citizens-advice"]
	if r := advice.Right("A16"); !r.Written || !slices.Equal(r.MustSpecify, []string{"register", "item", "correct_value", "manner", "reason"}) {
		t.Errorf("rectification asks for %v", r.MustSpecify) // S3-31
	}
	if a := advice.Answer; a.Within.String() != "P1M" || a.Extend.String() != "P2M" || !a.Reasons {
		t.Errorf("answer: %+v", a) // S3-29, S3-30
	}
}

func TestExactlyOneContactIsPassedOn(t *testing.T) { // S3-21
	for _, r := range authorities(t)["dvv"]["citizens-advice"].Recipients {
		if r.ID == "concerned_authority" && slices.Equal(r.OneOf, []string{"email", "phone"}) && slices.Equal(r.Fields, []string{"text"}) && len(r.Groups) == 0 {
			return
		}
	}
	t.Error("the authority concerned does not get exactly one of e-mail and telephone")
}

func TestNothingLeavesTheEEA(t *testing.T) { // S3-23, S4-T3
	for slug, byID := range authorities(t) {
		for id, n := range byID {
			if n.Transfers.OutsideEEA {
				t.Errorf("%s/%s transfers data", slug, id)
			}
		}
	}
}

func TestWhoOpensWhat(t *testing.T) {
	all := authorities(t)
	for _, c := range []struct {
		id, role, group, purpose string
		relation                 notice.Relation
		allowed, reason          bool
	}{
		{"citizens-advice", notice.RoleAdviser, "service_event", "answer", notice.Assigned, true, false},
		{"citizens-advice", notice.RoleAdviser, "service_event", "answer", notice.Unrelated, false, false},
		{"citizens-advice", notice.RoleAdviser, "service_event", "return_to_past_event", notice.Unrelated, true, true}, // S3-2
		{"citizens-advice", notice.RoleSubject, "service_event", "answer", notice.Own, true, false},
		{"citizens-advice", notice.RoleSubject, "service_event", "answer", notice.Unrelated, false, false},
		{"citizens-advice", notice.RoleAdministrator, "service_event", "answer", notice.Unrelated, false, false}, // S3-25
		{"citizens-advice", notice.RoleLead, "service_event", "quality", notice.Unrelated, false, false},
		{"citizens-advice", notice.RoleReviewer, "service_event", "quality", notice.Unrelated, false, false},
		{"citizens-advice", notice.RoleReviewer, "service_event", "quality", notice.Sampled, true, false}, // S3-9, X-13
		{"citizens-advice", notice.RoleAdviser, "service_event", "marketing", notice.Assigned, false, false},
		{"guardianship-chat", notice.RoleAdviser, "conversation", "answer", notice.Assigned, true, false}, // S4-18
		{"guardianship-chat", notice.RoleAdviser, "conversation", "return_to_past_event", notice.Unrelated, false, false},
		{"guardianship-chat", notice.RoleAdviser, "conversation", "training", notice.Unrelated, false, false},
		{"guardianship-chat", notice.RoleAdviser, "conversation", "training", notice.Sampled, true, false}, // S4-5, X-13
		{"staff-accounts", notice.RoleProgram, "credentials", "sign_in", notice.Unrelated, true, false},
		{"staff-accounts", notice.RoleAdviser, "account", "work", notice.Unrelated, true, false},
		{"staff-accounts", notice.RoleAdviser, "credentials", "work", notice.Unrelated, false, false},
		{"staff-accounts", notice.RoleAdministrator, "credentials", "access_management", notice.Unrelated, true, false},
		{"audit-log", notice.RoleOfficer, "entry", "oversight", notice.Unrelated, true, true},
		{"audit-log", notice.RoleAdministrator, "entry", "oversight", notice.Unrelated, false, false},
		{"audit-log", notice.RoleSubject, "entry", "transparency", notice.Own, true, false},
		{"rights-requests", notice.RoleRegistryClerk, "request", "rights_fulfilment", notice.Unrelated, true, false},
	} {
		for slug := range all {
			r, ok := all[slug][c.id].RuleFor(c.role, c.group, c.purpose, c.relation)
			if ok != c.allowed || r.Reason != c.reason {
				t.Errorf("%s/%s: %s opens %s for %s (%s): %v, reason %v", slug, c.id, c.role, c.group, c.purpose, c.relation, ok, r.Reason)
			}
		}
	}
}

func TestEachNoticeReadsInThreeLanguages(t *testing.T) { // X-23, S3-38
	for slug, byID := range authorities(t) {
		for id, n := range byID {
			seen := map[string]bool{}
			for _, lang := range notice.Languages() {
				text, err := notice.Render(n, lang, notice.PlainText)
				if err != nil {
					t.Fatal(err)
				}
				if seen[text] || !strings.Contains(text, n.Names.In(lang)) {
					t.Errorf("%s/%s in %s is not its own text", slug, id, lang)
				}
				seen[text] = true
			}
		}
	}
}

func TestOnlyReservedNamesAndRoles(t *testing.T) {
	for slug, byID := range authorities(t) {
		for id, n := range byID {
			for _, p := range append([]notice.Party{n.Controller, *n.DPO}, n.Contacts...) {
				if p.Email != "" && !strings.HasSuffix(p.Email, "@"+slug+".example.fi") {
					t.Errorf("%s/%s writes to %s", slug, id, p.Email)
				}
			}
		}
	}
}
