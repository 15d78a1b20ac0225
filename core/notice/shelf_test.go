package notice_test

import (
	"strings"
	"testing"

	"luukku/core/notice"
)

func TestTheVersionOfTheDayHolds(t *testing.T) {
	second := read(t)
	first := read(t, "version: 2", "version: 1", "drawn_up: 2026-03-02", "drawn_up: 2025-01-01", "valid_from: 2026-04-01", "valid_from: 2025-02-01")
	s, err := notice.NewShelf(map[string][]*notice.Notice{"mallila": {second, first}})
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[notice.Day]int{"2025-02-01": 1, "2026-03-31": 1, "2026-04-01": 2, "2030-01-01": 2} {
		if n, ok := s.Current("mallila", "advice-appointments", day); !ok || n.Version != want {
			t.Errorf("on %s version %+v, want %d", day, n, want)
		}
		if all := s.CurrentAll("mallila", day); len(all) != 1 || all[0].Version != want {
			t.Errorf("on %s all are %v", day, all)
		}
	}
	if _, ok := s.Current("mallila", "advice-appointments", "2025-01-31"); ok {
		t.Error("a notice holds before its first day")
	}
	if n, ok := s.Version("mallila", "advice-appointments", 1); !ok || n != first {
		t.Error("an older version is not readable any more")
	}
	if _, ok := s.Version("mallila", "advice-appointments", 3); ok {
		t.Error("a version that nobody wrote exists")
	}
	if _, ok := s.Current("dvv", "advice-appointments", "2026-04-01"); ok {
		t.Error("another authority sees the notice")
	}
	if all := s.All("mallila"); len(all) != 2 || all[0] != first {
		t.Errorf("all: %v", all)
	}
	if got := s.Authorities(); len(got) != 1 || got[0] != "mallila" {
		t.Errorf("authorities: %v", got)
	}
}

func TestTwoFilesCannotBeOneVersion(t *testing.T) {
	_, err := notice.NewShelf(map[string][]*notice.Notice{"mallila": {read(t), read(t, "# A fictitious", "# An invented")}})
	if err == nil || !strings.Contains(err.Error(), "both are version 2") {
		t.Errorf("error %v", err)
	}
}

func TestANumberMeansOneFieldInEveryVersion(t *testing.T) {
	old := read(t, "version: 2", "version: 1", "id: reminder\n", "id: salutation\n", "    fields: [reminder]\n", "")
	_, err := notice.NewShelf(map[string][]*notice.Notice{"mallila": {read(t), old}})
	if err == nil || !strings.Contains(err.Error(), `field number 3 is "reminder"`) || !strings.Contains(err.Error(), "salutation") {
		t.Errorf("error %v", err)
	}
	retired := read(t, "version: 2", "version: 1", "{no: 2, id: library_card}", "{no: 2, id: hat_size}")
	if _, err := notice.NewShelf(map[string][]*notice.Notice{"mallila": {read(t), retired}}); err == nil {
		t.Error("a retired number changed its meaning")
	}
}

func TestOnlyRulesOpen(t *testing.T) { // S3-25, S4-18
	n := read(t)
	for _, c := range []struct {
		role, group, purpose string
		relation             notice.Relation
		want                 bool
	}{
		{notice.RoleAdviser, "booking", "appointment", notice.Assigned, true},
		{notice.RoleAdviser, "booking", "appointment", notice.Unrelated, false},
		{notice.RoleAdviser, "booking", "appointment", notice.Own, false},
		{notice.RoleAdviser, "booking", "marketing", notice.Assigned, false},
		{notice.RoleAdviser, "diary", "appointment", notice.Assigned, false},
		{notice.RoleSubject, "slot", "appointment", notice.Own, true},
		{notice.RoleSubject, "slot", "appointment", notice.Assigned, false},
		{notice.RoleLead, "slot", "appointment", notice.Unrelated, true},
		{notice.RoleLead, "booking", "appointment", notice.Unrelated, false},
		{notice.RoleProgram, "slot", "appointment", notice.Unrelated, false},
		{"", "", "", "", false},
	} {
		if got := n.Allows(c.role, c.group, c.purpose, c.relation); got != c.want {
			t.Errorf("%s %s for %s, %s: %v", c.role, c.group, c.purpose, c.relation, got)
		}
	}
	if r, ok := n.RuleFor(notice.RoleLead, "slot", "appointment", notice.Unrelated); !ok || !r.Reason {
		t.Error("the lead's reason is not compulsory")
	}
	if r, ok := n.RuleFor(notice.RoleAdviser, "slot", "appointment", notice.Assigned); !ok || r.Reason {
		t.Error("the assigned adviser needs a reason")
	}
}

// Of several rules that allow, the one that asks for less goes first.
func TestAReasonIsAskedOnlyWhenEveryRuleAsksForIt(t *testing.T) {
	n := read(t, lead, lead+"  - {role: lead, groups: [slot], purposes: [appointment], relation: assigned}\n")
	if r, _ := n.RuleFor(notice.RoleLead, "slot", "appointment", notice.Assigned); r.Reason {
		t.Error("a reason is asked although the assignment gives the right")
	}
	if r, _ := n.RuleFor(notice.RoleLead, "slot", "appointment", notice.Unrelated); !r.Reason {
		t.Error("no reason is asked of a lead who is not assigned")
	}
}

func TestIdsThatAreNotDeclaredAreNil(t *testing.T) {
	n := read(t)
	if n.Group("x") != nil || n.Purpose("x") != nil || n.Right("A99") != nil || n.Group("slot").Hold("x") != nil {
		t.Error("something undeclared exists")
	}
	if _, _, ok := n.FieldGroup("email"); ok {
		t.Error("an undeclared field has a group")
	}
}
