package proof

import (
	"slices"
	"strings"
	"testing"

	mallila "luukku/cmd/luukku/demodata/notices"
	"luukku/cmd/luukku/program"
	"luukku/core/notice"
	"luukku/notices"
)

// bundled is the agency's notice with this id.
func bundled(t *testing.T, id string) *notice.Notice {
	t.Helper()
	return find(t, notices.Bundled, id)
}

func find(t *testing.T, read func() ([]*notice.Notice, error), id string) *notice.Notice {
	t.Helper()
	all, err := read()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range all {
		if n.ID == id {
			return n
		}
	}
	t.Fatalf("no notice %s", id)
	return nil
}

// claim is a numbered sentence of a seed with what makes it true of a notice.
type claim struct {
	id   string
	what string
	true func(n *notice.Notice) bool
}

// in three languages tells whether every rendering holds one of the words of its language.
func inThreeLanguages(n *notice.Notice, fi, sv, en string) bool {
	for lang, word := range map[string]string{"fi": fi, "sv": sv, "en": en} {
		for _, format := range []notice.Format{notice.HTML, notice.PlainText} {
			text, err := notice.Render(n, lang, format)
			if err != nil || !strings.Contains(strings.Join(strings.Fields(text), " "), word) {
				return false
			}
		}
	}
	return true
}

func declares(n *notice.Notice, field string, typ notice.FieldType) bool {
	_, f, ok := n.FieldGroup(field)
	return ok && f.Type == typ
}

func refuses(n *notice.Notice, right string) bool {
	r := n.Right(right)
	return r != nil && r.Granted == notice.No && r.Ground != ""
}

func measure(n *notice.Notice, kind notice.MeasureKind, dpv string) bool {
	return slices.ContainsFunc(n.Measures, func(m notice.Measure) bool { return m.Kind == kind && m.DPV == dpv })
}

func keeps(n *notice.Notice, group, period string) bool {
	g := n.Group(group)
	return g != nil && g.Keep.For.String() == period && g.Keep.Bound == notice.AtMost && g.Keep.From == notice.ContactClosed
}

// roles are those that may open anything of a notice.
func roles(n *notice.Notice) []string {
	var all []string
	for _, r := range n.Access {
		all = append(all, r.Role)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Seed 003: every sentence about the register that a notice alone can keep.
func TestCitizensAdviceSaysWhatItsSeedSays(t *testing.T) {
	check(t, bundled(t, "citizens-advice"), []claim{
		{"S3-1", "register, controller with address and registry, contact, officer", func(n *notice.Notice) bool {
			return n.Names.FI != "" && n.Controller.Address.FI != "" && contactOf(n, "registry") && contactOf(n, "contact_person") && n.DPO != nil && n.DPO.Email != ""
		}},
		{"S3-2", "two years at most, said and obeyed", func(n *notice.Notice) bool {
			return keeps(n, "service_event", "P2Y") && inThreeLanguages(n, "enintään kaksi vuotta", "högst två år", "at most two years")
		}},
		{"S3-4", "a task in the public interest with the law that gives it", func(n *notice.Notice) bool {
			p := n.Purpose("answer")
			return p != nil && p.Basis == "A6-1-e" && len(p.Law) > 0 && len(n.Law) > 0
		}},
		{"S3-5", "who produces the service", func(n *notice.Notice) bool { return n.About.FI != "" && n.Purpose("quality") != nil }},
		{"S3-6", "general advice for users of public services", func(n *notice.Notice) bool {
			return strings.Contains(n.About.EN, "public services") && strings.Contains(n.About.EN, "general advice")
		}},
		{"S3-7", "what it is for, in three languages", func(n *notice.Notice) bool {
			return inThreeLanguages(n, "julkisia palveluja", "offentliga tjänster", "public services")
		}},
		{"S3-13", "the language of service", func(n *notice.Notice) bool { return declares(n, "language", notice.TypeLanguage) }},
		{"S3-14", "e-mail only if the person gives it", func(n *notice.Notice) bool {
			_, f, ok := n.FieldGroup("email")
			return ok && !f.Required && slices.Equal(f.Source, []notice.Source{notice.FromSubject})
		}},
		{"S3-15", "the matter asked and the answer given", func(n *notice.Notice) bool { return declares(n, "text", notice.TypeText) }},
		{"S3-16", "a name only if the person gives it, and no other field in writing", func(n *notice.Notice) bool {
			_, f, ok := n.FieldGroup("name")
			return ok && !f.Required && slices.Equal(given(n), []string{"text", "language", "topic", "email", "phone", "name"})
		}},
		{"S3-19", "the source of every field", everyField(func(f notice.Field) bool { return len(f.Source) > 0 })},
		{"S3-20", "nothing to third parties as a rule", func(n *notice.Notice) bool {
			return !slices.ContainsFunc(n.Recipients, func(r notice.Recipient) bool { return r.Kind == notice.ThirdParty }) && conditional(n)
		}},
		{"S3-23", "no transfer outside the EEA", noTransfer},
		{"S3-24", "no manual material", func(n *notice.Notice) bool { return n.Manual != nil && n.Manual.Exists == "no" }},
		{"S3-25", "protection, and only officials of the service", func(n *notice.Notice) bool {
			return measure(n, notice.Organisational, "dpv:AuthorisationProcedure") && measure(n, notice.Physical, "dpv:PhysicalAccessControlMethod") &&
				!slices.Contains(roles(n), notice.RoleAdministrator)
		}},
		{"S3-27", "no automated decisions, no profiling", func(n *notice.Notice) bool {
			return n.Automated != nil && !n.Automated.Decisions && !n.Automated.Profiling
		}},
		{"S3-33", "withdrawal does not apply, with the ground", func(n *notice.Notice) bool { return refuses(n, "A7-3") }},
		{"S3-34", "no erasure, with the ground", func(n *notice.Notice) bool { return refuses(n, "A17") }},
		{"S3-37", "complaint with an address", complaint},
		{"S3-38", "published in three places", func(n *notice.Notice) bool { return len(n.Published) == 3 }},
		{"S3-39", "general information at an address of its own", func(n *notice.Notice) bool {
			return n.DPO != nil && strings.HasPrefix(n.DPO.Web, "https://") && inThreeLanguages(n, n.DPO.Web, n.DPO.Web, n.DPO.Web)
		}},
	})
}

// Seed 004.
func TestGuardianshipChatSaysWhatItsSeedSays(t *testing.T) {
	check(t, bundled(t, "guardianship-chat"), []claim{
		{"S4-1", "one controller, a contact, an officer", func(n *notice.Notice) bool {
			return n.Controller.Name.FI != "" && contactOf(n, "contact_person") && n.DPO != nil
		}},
		{"S4-2", "a chat", func(n *notice.Notice) bool {
			return slices.Equal(n.Channels, []string{"chat", "print"}) && n.Names.SV != ""
		}},
		{"S4-4", "quality, correctness, development", func(n *notice.Notice) bool { return n.Purpose("quality") != nil && n.Purpose("development") != nil }},
		{"S4-5", "training and planning of guidance", func(n *notice.Notice) bool { return n.Purpose("training") != nil && n.Purpose("guidance") != nil }},
		{"S4-6", "the conversation", func(n *notice.Notice) bool { return declares(n, "text", notice.TypeText) }},
		{"S4-7", "open to all, no contact details asked", func(n *notice.Notice) bool {
			return inThreeLanguages(n, "avoin kaikille", "öppen för alla", "open to everyone") && nothingAsked(n)
		}},
		{"S4-8", "the adviser's name and e-mail", func(n *notice.Notice) bool {
			return declares(n, "adviser_name", notice.TypeString) && declares(n, "adviser_email", notice.TypeEmail)
		}},
		{"S4-10", "two months at most, said and obeyed", func(n *notice.Notice) bool {
			return keeps(n, "conversation", "P2M") && inThreeLanguages(n, "enintään kaksi kuukautta", "högst två månader", "at most two months")
		}},
		{"S4-11", "sources of every field", everyField(func(f notice.Field) bool { return len(f.Source) > 0 })},
		{"S4-12", "the adviser's user id is in the contents", func(n *notice.Notice) bool { return declares(n, "adviser_user_id", notice.TypeIdentifier) }},
		{"S4-13", "disclosed only where the law says so", conditional},
		{"S4-14", "no transfer without country and safeguard", func(n *notice.Notice) bool { return noTransfer(n) && openPoint(n, "transfers") }},
		{"S4-15", "no manual material but for clarification", func(n *notice.Notice) bool {
			return n.Manual != nil && n.Manual.Exists == "in_clarification" && n.Manual.About.EN != ""
		}},
		{"S4-16", "printouts for a case only, listed, destroyed in time, told in three languages", func(n *notice.Notice) bool {
			return n.Printing() != nil && n.Printing().Within == notice.Period{Days: 14} && n.Group(n.Printing().Log) != nil &&
				inThreeLanguages(n, "vain asianumerolla", "bara med ett ärendenummer", "only with a case number")
		}},
		{"S4-17", "a secrecy commitment", func(n *notice.Notice) bool { return measure(n, notice.Organisational, "dpv:ConfidentialityAgreement") }},
		{"S4-18", "an adviser opens only what is assigned", adviserOnlyAssigned},
		{"S4-19", "the operator's duty of secrecy", func(n *notice.Notice) bool {
			return slices.ContainsFunc(n.Recipients, func(r notice.Recipient) bool { return r.Kind == notice.Processor })
		}},
		{"S4-20", "accounts, logs, access control, firewall", func(n *notice.Notice) bool {
			return measure(n, notice.Technical, "dpv:PasswordAuthentication") && measure(n, notice.Technical, "dpv:ActivityMonitoring") &&
				measure(n, notice.Technical, "dpv:NetworkSecurityProtocols")
		}},
		{"S4-21", "locked rooms", func(n *notice.Notice) bool { return measure(n, notice.Physical, "dpv:PhysicalAccessControlMethod") }},
		{"S4-23", "complaint with an address", complaint},
	})
}

// check reports every claim that does not hold.
func check(t *testing.T, n *notice.Notice, claims []claim) {
	t.Helper()
	for _, c := range claims {
		if !c.true(n) {
			t.Errorf("%s: %s does not say: %s", c.id, n.ID, c.what)
		}
	}
}

func contactOf(n *notice.Notice, id string) bool {
	return slices.ContainsFunc(n.Contacts, func(p notice.Party) bool { return p.ID == id && p.Email != "" })
}

func everyField(holds func(notice.Field) bool) func(*notice.Notice) bool {
	return func(n *notice.Notice) bool {
		for _, g := range n.Groups {
			if slices.ContainsFunc(g.Fields, func(f notice.Field) bool { return !holds(f) }) {
				return false
			}
		}
		return true
	}
}

// conditional tells that every recipient but a processor receives on a condition that people can read.
func conditional(n *notice.Notice) bool {
	return !slices.ContainsFunc(n.Recipients, func(r notice.Recipient) bool {
		return r.Kind != notice.Processor && (r.When.FI == "" || r.When.SV == "" || r.When.EN == "")
	})
}

func noTransfer(n *notice.Notice) bool {
	return n.Transfers != nil && !n.Transfers.OutsideEEA && !slices.ContainsFunc(n.Recipients, func(r notice.Recipient) bool { return r.Country != "FI" })
}

func complaint(n *notice.Notice) bool {
	r := n.Right("A77")
	return r != nil && r.Granted == notice.Yes && n.Complaint != nil && n.Complaint.Address.FI != "" && n.Complaint.Email != ""
}

// given are the fields that come from the person.
func given(n *notice.Notice) (ids []string) {
	for _, g := range n.Groups {
		for _, f := range g.Fields {
			if slices.Contains(f.Source, notice.FromSubject) {
				ids = append(ids, f.ID)
			}
		}
	}
	return ids
}

func openPoint(n *notice.Notice, id string) bool {
	return slices.ContainsFunc(n.OpenPoints, func(o notice.OpenPoint) bool { return o.ID == id })
}

// nothingAsked tells that nothing is asked of a citizen at the start that would tell who they are.
func nothingAsked(n *notice.Notice) bool {
	for _, field := range []string{"email", "phone", "name", "language", "queue_time"} {
		if _, _, ok := n.FieldGroup(field); ok {
			return false
		}
	}
	return true
}

func adviserOnlyAssigned(n *notice.Notice) bool {
	for _, r := range n.Access {
		if r.Role == notice.RoleAdviser && r.Relation != notice.Assigned && !putForward(r) {
			return false
		}
	}
	return n.Allows(notice.RoleAdviser, "conversation", "answer", notice.Assigned)
}

// putForward is the rule by which advisers see what a reviewer has put forward to training, and nothing
// else of it (S4-5).
func putForward(r notice.Rule) bool {
	return r.Relation == notice.Sampled && slices.Equal(r.Purposes, []string{"training"})
}

// what no seed declares is declared all the same, with a retention of its own.
func TestTheProgramsOwnRegistersAreDeclared(t *testing.T) {
	for id, group := range map[string]string{"staff-accounts": "account", "audit-log": "entry", "rights-requests": "request"} {
		for _, read := range []func() ([]*notice.Notice, error){notices.Bundled, mallila.Bundled} {
			n := find(t, read, id)
			if g := n.Group(group); g == nil || g.Keep.For.String() == "" {
				t.Errorf("%s of %s declares no retention of %s", id, n.Authority, group)
			}
			if n.Right("A15") == nil || n.Right("A77") == nil || n.DPO == nil {
				t.Errorf("%s of %s leaves rights or the officer out", id, n.Authority)
			}
		}
	}
}

// staff are data subjects: what is kept of them is declared with a source and a retention.
func TestStaffAreDataSubjects(t *testing.T) {
	n := bundled(t, "staff-accounts")
	for _, field := range []string{"name", "email", "username", "password_hash", "totp_secret", "roles", "secrecy_commitment"} {
		if _, _, ok := n.FieldGroup(field); !ok {
			t.Errorf("staff-accounts does not declare %s", field)
		}
	}
	if n.Right("A15") == nil {
		t.Error("staff may not see what is kept of them")
	}
}

// Both authorities' notices are whole, and every declared field can be filled by an installed channel.
func TestEveryBundledNoticeHolds(t *testing.T) {
	for _, read := range []func() ([]*notice.Notice, error){notices.Bundled, mallila.Bundled} {
		all, err := read()
		if err != nil {
			t.Fatal(err)
		}
		if len(all) < 5 {
			t.Errorf("only %d notices", len(all))
		}
		for _, n := range all {
			if problems := notice.CheckAgainst(n, program.Offers()); problems.Err() != nil {
				t.Errorf("%s/%s: %v", n.Authority, n.ID, problems.Err())
			}
		}
	}
}

// Promise 7: the two authorities run the same services under notices of their own; what people read
// differs where the values differ, and only there is no code.
func TestTwoAuthoritiesKeepTheSameServiceDifferently(t *testing.T) {
	ours, theirs := bundled(t, "citizens-advice"), find(t, mallila.Bundled, "citizens-advice")
	if theirs.Group("service_event").Keep.For == ours.Group("service_event").Keep.For {
		t.Error("both keep equally long")
	}
	if !inThreeLanguages(theirs, "enintään yhden vuoden", "högst ett år", "at most one year") {
		t.Error("the municipality's shorter time is not what people read")
	}
	if _, _, ok := theirs.FieldGroup("phone"); ok {
		t.Error("the municipality asks for a telephone number")
	}
}
