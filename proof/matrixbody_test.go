package proof

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"luukku/core/notice"
	"luukku/web"
	"luukku/web/api"
)

// answer makes a ready answer for whoever is let in to one; others aim at the same.
func (m *matrix) answer(r web.Route, allowed bool) string {
	if !strings.Contains(r.Pattern, "{answer}") {
		return ""
	}
	if m.ready == "" || allowed {
		var made api.Answer
		m.staff("dvv", notice.RoleLead).ok(http.MethodPost, "/api/lead/answers", readyAnswer(""), &made)
		m.ready = made.ID
	}
	return m.ready
}

// printWish asks for a printout under the purpose for which a role has a contact open.
func printWish(caller string) api.PrintWish {
	purpose := "answer"
	if caller == notice.RoleLead || caller == notice.RoleOfficer {
		purpose = "supervision"
	}
	return api.PrintWish{CaseNumber: "VN/1234/2026", Purpose: purpose, Reason: "syy"}
}

// readyAnswer is one that can be saved.
func readyAnswer(shortcut string) api.AnswerWrite {
	return api.AnswerWrite{Name: "Tervehdys", Shortcut: shortcut, Services: []string{}, Text: api.AnswerText{FI: "Hei, tämä on {service}."}}
}

// subject is the contact that a request is about.
func (m *matrix) subject(id, caller string, allowed bool) *person {
	if !allowed {
		if id == "desk-take" {
			return m.waiting
		}
		return m.active
	}
	switch id {
	case "desk-take", "desk-take-next", "chat-post", "chat-leave", "chat-end", "chat-stay":
		return m.begin()
	case "chat-helped":
		c := m.taken()
		m.staff("dvv", notice.RoleAdviser).close(c.contact)
		return c
	case "chat-transcript":
		c := m.citizen("dvv", api.StartContact{Service: "guardianship-chat"})
		m.staff("dvv", notice.RoleAdviser).take(c.contact)
		return c
	case "desk-print":
		return m.printable()
	case "desk-accept", "desk-handover-end":
		return m.asked()
	case "desk-pass", "desk-close", "desk-end-abusive", "lead-reassign":
		return m.taken()
	case "desk-reopen":
		c := m.taken()
		m.staff("dvv", notice.RoleAdviser).close(c.contact)
		return c
	}
	return m.active
}

// purposeOf is a purpose for which each role may open a contact that is not theirs.
var purposeOf = map[string]string{
	"adviser": "return_to_past_event", "other_adviser": "return_to_past_event", "lead": "supervision",
	"registry_clerk": "rights_fulfilment", "data_protection_officer": "supervision",
}

// body is what a route is sent; c may be changed where a route needs a session of its own.
func (m *matrix) body(id, caller string, about *person, c *call, allowed bool) any {
	if bodies := m.own(id, caller, c, allowed); bodies != nil {
		return bodies
	}
	purpose := purposeOf[caller]
	if purpose == "" {
		purpose = "quality"
	}
	now := m.versions()
	if id == "setting-restore" {
		return api.RestoreSetting{Kind: "service", ID: "citizens-advice", Part: "holidays", To: 0, Base: m.settled()}
	}
	every := []api.Hours{}
	for day := range 7 {
		every = append(every, api.Hours{Weekday: day + 1, Opens: "00:00", Closes: "24:00"})
	}
	named := api.Text{FI: "Neuvonta", SV: "Rådgivning", EN: "Advice"}
	return map[string]any{
		"chat-start":            api.StartContact{Service: "citizens-advice", Lang: "fi", ClientID: clientID()},
		"chat-post":             api.Write{ClientID: clientID(), Text: "teksti", Lang: "fi"},
		"chat-transcript":       api.OrderTranscript{Email: "maija@example.fi"},
		"chat-helped":           api.Helped{Answer: "yes"},
		"chat-seen":             upTo(allowed),
		"chat-delivered":        upTo(allowed),
		"sign-in":               m.credentialsOf("bertel.dvv"),
		"desk-presence":         api.Presence{State: "present"},
		"desk-take-next":        api.TakeNext{},
		"desk-post":             api.DeskWrite{ClientID: clientID(), Text: "teksti", Lang: "fi", Kind: "reply"},
		"desk-seen":             upTo(allowed),
		"desk-delivered":        upTo(allowed),
		"desk-pass":             api.Pass{ToAdviser: m.colleague(caller)},
		"desk-offer":            api.Offer{Authority: "mallila", Service: "citizens-advice", ClientID: clientID()},
		"desk-close":            api.Close{Topic: m.topic("dvv", "citizens-advice"), Outcome: "answered"},
		"desk-read":             api.ReadFor{Purpose: purpose, Reason: "syy"},
		"desk-search":           api.Search{By: "email", Value: "maija@example.fi", Purpose: purpose, Reason: "syy"},
		"desk-print":            printWish(caller),
		"lead-reassign":         api.Reassign{ToAdviser: m.staffNo("dvv", notice.RoleAdviser, 1).id},
		"lead-closure":          api.ClosureSet{Base: now.Closure},
		"lead-hours":            api.HoursSet{Base: now.Hours, Hours: every},
		"lead-holidays":         api.HolidaySet{Base: now.Holidays, Holidays: []api.Holiday{}},
		"lead-widget":           api.OriginSet{Base: now.Origins, Origins: []string{"https://www.example.fi"}},
		"lead-routing":          api.RoutingSet{Base: now.Routing, Routing: api.Routing{Push: []string{"sv"}, OfferS: 30}},
		"lead-adviser":          api.Skill{Languages: []string{"fi"}, Services: []string{"citizens-advice"}, Capacity: 3},
		"lead-answer-make":      readyAnswer(""),
		"lead-answer-save":      api.AnswerSave{Base: 1, Content: readyAnswer("")},
		"lead-answer-revert":    api.AnswerRevert{Base: 1, To: 1},
		"lead-answer-archive":   api.AnswerArchive{Archived: true},
		"review-draw":           api.DrawSample{Service: "citizens-advice", Purpose: "quality", Days: 30, Size: 5},
		"review-mark":           api.ReviewMarks{Correct: "yes", Clear: "yes", Complete: "partly", Polite: "no"},
		"review-train":          api.PutForward{Hide: []api.HiddenWords{{Line: 3, Words: []int{0}}}},
		"registry-receive":      api.RightsIntake{Register: "citizens-advice", Lang: "fi", Arrived: "letter"},
		"registry-accept":       api.RightsEvidence{Evidence: "identity_document"},
		"registry-extend":       api.RightsReasons{Reasons: "syy"},
		"registry-answer":       api.RightsAnswer{Outcome: "refused", Text: "syy"},
		"unit-find":             api.RightsFind{Reason: "syy"},
		"unit-item":             api.CopyDecision{Decision: "kept", Spans: []api.CopySpan{}},
		"unit-nothing":          api.RightsNothing{Outcome: "no_data"},
		"officer-audit":         api.AuditQuery{By: "contact", ID: about.contact, Purpose: "oversight", Reason: "syy"},
		"admin-service-make":    api.NewService{ID: fmt.Sprintf("palvelu-%d", clientIDs.Add(1)), Notice: "citizens-advice", Names: named, About: named, Languages: []string{"fi"}},
		"admin-service-texts":   api.TextsSet{Base: now.Texts, Names: named, About: named},
		"admin-service-topics":  api.TopicsSet{Base: now.Topics, Topics: []api.TopicSetting{{ID: m.topic("dvv", "citizens-advice"), Name: named}}},
		"admin-service-queues":  api.QueuesSet{Base: now.Queues, Languages: []string{"fi", "sv", "en"}},
		"admin-mail-try":        api.TryMail{To: "paavo@example.fi"},
		"directory-begin":       api.BeginByDirectory{},
		"directory-code":        api.Code{Code: "000000"}, // nobody has come from the directory
		"admin-directory-set":   m.directory(),
		"admin-directory-try":   api.TryDirectory{DirectorySettings: m.directory().DirectorySettings},
		"admin-staff-directory": api.LetByDirectory{Let: true},
		"admin-staff-add":       api.NewAccount{Username: fmt.Sprintf("lisä%d", clientIDs.Add(1)), Name: "Lisä", Email: "lisa@example.fi", Grants: []api.NewGrant{}},
		"admin-staff-change":    api.ChangeAccount{Name: "Nimi", Email: "nimi@example.fi"},
		"admin-staff-disable":   api.WithReason{Reason: "syy"},
		"admin-staff-password":  api.WithReason{Reason: "syy"},
		"admin-staff-totp":      api.WithReason{Reason: "syy"},
		"admin-staff-secrecy":   api.SecrecyState{Signed: true},
		"admin-grant":           api.NewGrant{Role: notice.RoleLead},
		"admin-clock-settle":    api.SettleClock{Accept: true, Reason: "syy"},
		"admin-time":            api.Advance{Advance: "P1D"},
		"setup-code":            api.SetupCode{Code: "x"},
		"setup-do":              map[string]any{},
	}[id]
}

// upTo is a receipt; whoever may not send one claims more than whoever may.
func upTo(allowed bool) api.UpTo {
	if allowed {
		return api.UpTo{N: 2}
	}
	return api.UpTo{N: 3}
}

// own are the bodies of routes about one's own account. Whoever is let in there uses an account of
// the same role that nobody else needs.
func (m *matrix) own(id, caller string, c *call, allowed bool) any {
	role := strings.TrimPrefix(caller, "other_")
	if !slices.Contains(staffRoles, role) {
		role = notice.RoleAdviser
	}
	if allowed && slices.Contains([]string{"sign-out", "sign-out-everywhere", "totp-enrol"}, id) {
		c.as = m.pending(role)
	}
	switch id {
	case "password":
		in := api.ChangePassword{Current: "x", New: "uusi salasana, joka on pitkä"}
		if allowed {
			made := m.account(role)
			p := m.visitor("dvv")
			p.signIn(made.Account.Username, made.Password, "")
			c.as, in.Current = credentials{cookie: p.cookie()}, made.Password
		}
		return in
	case "totp-confirm":
		if !allowed {
			return api.Code{Code: "123456"}
		}
		c.as = m.pending(role)
		return api.Code{Code: m.enrolled(c.as)}
	}
	return nil
}

func (h *house) credentialsOf(username string) api.SignIn {
	for _, a := range h.accounts {
		if a.Username == username {
			return api.SignIn{Username: a.Username, Password: a.Password}
		}
	}
	h.t.Fatalf("no account %s", username)
	return api.SignIn{}
}
