package notice_test

import (
	"testing"

	"luukku/core/notice"
)

// booking can fill everything that the example declares.
func booking(edit func([]notice.OfferedField) []notice.OfferedField) []notice.Offer {
	fields := []notice.OfferedField{
		{ID: "name", Type: notice.TypeString, Necessary: true}, {ID: "reminder", Type: notice.TypeEnum},
		{ID: "phone", Type: notice.TypePhone}, {ID: "case_number", Type: notice.TypeIdentifier}, {ID: "starts_at", Type: notice.TypeInstant, Necessary: true},
	}
	if edit != nil {
		fields = edit(fields)
	}
	return []notice.Offer{{Channel: "chat", Fields: []notice.OfferedField{{ID: "text", Type: notice.TypeText, Necessary: true}}}, {Channel: "booking", Fields: fields}}
}

func TestANoticeFitsItsChannels(t *testing.T) {
	n := read(t)
	if p := notice.CheckAgainst(n, booking(nil)); p.Err() != nil {
		t.Errorf("it fits, and yet: %v", p)
	}
	more := booking(func(f []notice.OfferedField) []notice.OfferedField {
		return append(f, notice.OfferedField{ID: "email", Type: notice.TypeEmail})
	})
	if p := notice.CheckAgainst(n, more); p.Err() != nil {
		t.Errorf("what a channel could collect besides is no problem: %v", p)
	}
}

func TestAMisfitKeepsTheProgramFromStarting(t *testing.T) {
	for rule, edit := range map[string]func([]notice.OfferedField) []notice.OfferedField{
		"unfilled-field": func(f []notice.OfferedField) []notice.OfferedField { return f[:4] },
		"offered-type":   func(f []notice.OfferedField) []notice.OfferedField { f[0].Type = notice.TypeText; return f },
		"field-apart":    func(f []notice.OfferedField) []notice.OfferedField { f[2].Beside = "starts_at"; return f },
		"necessary-field": func(f []notice.OfferedField) []notice.OfferedField {
			return append(f, notice.OfferedField{ID: "room", Type: notice.TypeString, Necessary: true})
		},
	} {
		problems := notice.CheckAgainst(read(t), booking(edit))
		if len(problems) != 1 || problems[0].Rule != rule || problems[0].Line < 2 || problems[0].Mend == "" {
			t.Errorf("%s: %v", rule, problems)
		}
	}
}

func TestAChannelThatIsNotInstalledLeavesTheRegisterUnused(t *testing.T) {
	n, chatOnly := read(t), booking(nil)[:1]
	if notice.InUse(n, chatOnly) {
		t.Error("in use without its channel")
	}
	if p := notice.CheckAgainst(n, chatOnly); len(p) != 0 {
		t.Errorf("a register that is not in use has problems: %v", p)
	}
	if !notice.InUse(n, booking(nil)) {
		t.Error("not in use with its channel")
	}
}
