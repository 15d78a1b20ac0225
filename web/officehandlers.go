package web

import (
	"context"
	"fmt"
	"slices"

	"luukku/core/access"
	"luukku/core/audit"
	"luukku/core/notice"
	"luukku/core/retain"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
	"luukku/web/api"
)

// officeOperations are the data protection officer's.
func (s *Server) officeOperations(r *register) {
	operate(r, "officer-destruction", "What will be destroyed, when and why", s.officerDestruction)
	operate(r, "officer-audit", "Entries about a contact or of a member of staff", s.officerAudit)
	operate(r, "officer-staff", "Names to choose from", s.officerStaff)
	operate(r, "officer-purposes", "Purposes to choose from", s.officerPurposes)
	operate(r, "officer-checkpoint", "The signed head of the audit tree", s.officerCheckpoint)
	operate(r, "officer-alarms", "What needs a person", s.officerAlarms)
}

// planned is how far ahead the officer's page looks.
var planned = notice.Period{Years: 6}

func (s *Server) officerDestruction(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.Destruction], error) {
	today := v.today(s.Keeper.Now())
	var endings []retain.Ending
	err := s.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		endings, err = s.Retain.Plan(ctx, tx, v.Authority.ID, today.Add(planned))
		return err
	})
	out := api.Destruction{Today: string(today), Buckets: []api.DyingGroup{}}
	for _, e := range endings {
		out.Buckets = append(out.Buckets, dyingGroup(v, e))
	}
	return &answer[api.Destruction]{out}, err
}

// dyingGroup is one ending with the sentence of its notice.
func dyingGroup(v *Visit, e retain.Ending) api.DyingGroup {
	b := e.Bucket
	one := api.DyingGroup{Day: string(b.LastDay), Group: b.Group, GroupName: b.Group, State: string(b.State), Records: b.Records, Overdue: e.Overdue,
		Notice: api.NoticeLink{ID: b.Notice, Name: b.Notice}, Sentence: notice.KeepLine(e.Keep, v.lang())}
	if e.Notice != nil {
		one.Notice, one.Version = noticeLink(v, e.Notice), e.Notice.Version
	}
	if e.Group != nil {
		one.GroupName = v.in(e.Group.Name)
	}
	if e.Held != nil {
		one.Hold = v.in(e.Held.Name)
	} else if b.Hold != "" {
		one.Hold = v.text().Get("hold-other", nil)
	}
	return one
}

func (s *Server) officerAudit(ctx context.Context, v *Visit, in *ofBody[api.AuditQuery]) (*answer[api.AuditEntries], error) {
	b := in.Body
	if !wellFormed(b.ID) {
		return nil, fault.New(fault.NotFound, "not-found").On("id")
	}
	ask := s.Audit.ByContact
	if b.By == "staff" {
		ask = s.Audit.ByStaff
	}
	page, err := ask(ctx, v.caller(), b.ID, audit.Query{Purpose: b.Purpose, Reason: b.Reason, Before: b.Before, Limit: 100})
	if err != nil {
		return nil, err
	}
	names, err := s.People.Names(ctx, v.caller(), staffActors(page.Entries))
	out := api.AuditEntries{Entries: []api.AuditEntry{}, Next: page.Next}
	for _, e := range page.Entries {
		out.Entries = append(out.Entries, auditEntry(v, e, names))
	}
	return &answer[api.AuditEntries]{out}, err
}

// staffActors are the members of staff among the actors, each once.
func staffActors(entries []audit.Entry) []string {
	var ids []string
	for _, e := range entries {
		if e.Kind == access.Staff && !slices.Contains(ids, e.Actor) {
			ids = append(ids, e.Actor)
		}
	}
	return ids
}

// auditEntry gives an entry its shape on the wire.
func auditEntry(v *Visit, e audit.Entry, names map[string]string) api.AuditEntry {
	who := api.Named{ID: e.Actor, Name: names[e.Actor]}
	if e.Kind != access.Staff {
		who.Name = v.text().Get("actor-"+string(e.Kind), nil)
	} else if who.Name == "" {
		who.Name = v.text().Get("actor-former", nil)
	}
	return api.AuditEntry{At: e.At, Who: who, Kind: string(e.Kind), Role: e.Role, Purpose: e.Purpose, Action: e.Action, Notice: e.Notice,
		Group: e.Group, Row: e.Row, Outcome: e.Outcome, Reason: e.Reason, Leaf: e.Leaf}
}

func (s *Server) officerStaff(ctx context.Context, v *Visit, _ *nothing) (*answer[api.Directory], error) {
	cards, err := s.People.Cards(ctx, v.caller())
	out := api.Directory{Staff: []api.Named{}}
	for _, c := range cards {
		out.Staff = append(out.Staff, api.Named{ID: c.ID, Name: c.Name})
	}
	slices.SortFunc(out.Staff, func(a, b api.Named) int { return compareText(a.Name, b.Name, v.lang()) })
	return &answer[api.Directory]{out}, err
}

func (s *Server) officerPurposes(_ context.Context, v *Visit, _ *ofLang) (*answer[api.Purposes], error) {
	out := api.Purposes{Purposes: []api.PurposeChoice{}}
	n, ok := s.Shelf().Current(v.Authority.ID, audit.NoticeID, v.today(s.Keeper.Now()))
	if ok {
		out.Purposes = purposesOf(v, n, v.Standing.Roles())
	}
	return &answer[api.Purposes]{out}, nil
}

func (s *Server) officerCheckpoint(_ context.Context, v *Visit, _ *nothing) (*answer[api.Checkpoint], error) {
	c, key, err := s.Audit.Published(v.Authority.ID)
	if err != nil {
		return nil, err
	}
	return &answer[api.Checkpoint]{api.Checkpoint{Origin: c.Origin, Size: c.Size, Hash: c.Root.String(), Note: c.Note, Key: key}}, nil
}

func (s *Server) officerAlarms(_ context.Context, v *Visit, _ *ofLang) (*answer[api.Alarms], error) {
	out := api.Alarms{Alarms: []api.Alarm{}}
	for _, a := range s.alarms() {
		if a.Authority == "" || a.Authority == v.Authority.ID {
			out.Alarms = append(out.Alarms, alarmOf(v, a))
		}
	}
	return &answer[api.Alarms]{out}, nil
}

// alarmOf words an alarm.
func alarmOf(v *Visit, a vault.Alarm) api.Alarm {
	return api.Alarm{Kind: a.Kind, Since: millis(a.Since), Text: alarmText(v, a.Kind), Settle: a.Kind == "clock-alarm" && v.holds(notice.RoleAdministrator)}
}

// alarmText is the text of a kind of alarm; one without a text of its own is named.
func alarmText(v *Visit, kind string) string {
	if key := "alarm-" + kind; v.text().Has(key) {
		return v.text().Get(key, nil)
	}
	return v.text().Get("alarm-other", map[string]string{"kind": fmt.Sprintf("%q", kind)})
}
