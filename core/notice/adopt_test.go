package notice_test

import (
	"strings"
	"testing"

	"luukku/core/notice"
)

// other is a controller whose values would break a file that is put together by hand.
var other = notice.Controller{
	Authority: "naapuri", Name: notice.Text{FI: "Naapurin kunta: \"A\"", SV: "Naapuri #kommun", EN: "Municipality of Naapuri"},
	Address: "Kylätie 1: A, 99997 Naapuri", Phone: "040 555 0001", Email: "kirjaamo@naapuri.example.fi", DPO: "tietosuoja@naapuri.example.fi",
}

func TestAnAdoptedNoticeIsTheOtherControllers(t *testing.T) {
	source := example(t)
	text, err := notice.Adopt(source, other)
	if err != nil {
		t.Fatal(err)
	}
	n, err := notice.Read(text, "adopted.yaml")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if n.Authority != "naapuri" || n.Controller.Name != other.Name || n.Controller.Address.SV != other.Address ||
		n.Controller.Phone != other.Phone || n.Controller.Email != other.Email || n.DPO.Email != other.DPO {
		t.Errorf("controller %+v, officer %+v", n.Controller, n.DPO)
	}
	if len(n.JointControllers) != 0 || strings.Contains(string(text), "mallila.example.fi") {
		t.Error("the former controller is still there")
	}
	if len(n.Contacts) != 1 || n.Contacts[0].ID != "registry" || n.Contacts[0].Email != other.Email {
		t.Errorf("contacts %+v", n.Contacts)
	}
	if len(n.OpenPoints) != 1 || n.OpenPoints[0].ID != "adopted" {
		t.Errorf("open points %+v", n.OpenPoints)
	}
	rules := func(s []byte) string {
		_, rest, _ := strings.Cut(string(s), "\nlaw:\n")
		rest, _, _ = strings.Cut(rest, "\nopen_points:")
		return rest
	}
	if rules(text) != rules(source) || rules(source) == "" || !strings.HasPrefix(string(text), "# A fictitious register") {
		t.Error("more than the controller has changed")
	}
}

func TestAnAnswerGoesAlongWithItsProblem(t *testing.T) {
	text, err := notice.Adopt(example(t, "right: A20, granted: yes, route: registry", "right: A20, granted: no, ground: 'luukku:not-consent-or-contract'",
		"  - id: reminder_country\n", "  - id: reminder_country\n    answers: ['right-against-basis:A20']\n"), other)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := notice.Read(text, "adopted.yaml"); err != nil || len(n.OpenPoints) != 2 {
		t.Errorf("%v\n%s", err, text)
	}
}

// YAML lets a list stand at its key's margin, and a file may lack open points and its last newline.
func TestAdoptingOtherLayouts(t *testing.T) {
	source := string(example(t, "contacts:\n  - id: registry\n    name: {fi: Kirjaamo, sv: Registratorskontoret, en: Registry}\n    phone: \"+358 40 555 0100\"\n    email: kirjaamo@mallila.example.fi\n",
		"contacts:\n- id: registry\n  name: {fi: Kirjaamo, sv: Registratorskontoret, en: Registry}\n  email: kirjaamo@mallila.example.fi\n"))
	source, _, _ = strings.Cut(source, "\nopen_points:")
	text, err := notice.Adopt([]byte(source), other)
	if err != nil {
		t.Fatal(err)
	}
	n, err := notice.Read(text, "adopted.yaml")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if len(n.Contacts) != 1 || len(n.OpenPoints) != 1 {
		t.Errorf("contacts %+v, open points %+v", n.Contacts, n.OpenPoints)
	}
}

func TestWhatCannotBeAdopted(t *testing.T) {
	if _, err := notice.Adopt([]byte("notice: x\n"), other); err == nil {
		t.Error("a file that is no notice was adopted")
	}
	bad := other
	bad.Authority, bad.DPO = "Näapuri!", "nobody"
	text, err := notice.Adopt(example(t), bad)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := notice.Read(text, "adopted.yaml"); err == nil {
		t.Error("a slug that is none was accepted")
	}
}
