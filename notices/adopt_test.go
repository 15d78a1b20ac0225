package notices_test

import (
	"reflect"
	"strings"
	"testing"

	"luukku/core/notice"
	"luukku/notices"
)

func TestABundledNoticeCanBeAdoptedByAnotherAuthority(t *testing.T) {
	bundled, err := notices.Bundled()
	if err != nil {
		t.Fatal(err)
	}
	as := notice.Controller{
		Authority: "mallila", Name: notice.Text{FI: "Mallilan kunta", SV: "Mallila kommun", EN: "Municipality of Mallila"},
		Address: "Kuntatie 1: A, 00001 Mallila", Phone: "040 555 0001", Email: "kirjaamo@mallila.example.fi", DPO: "tietosuoja@mallila.example.fi",
	}
	for _, n := range bundled {
		text, err := notice.Adopt(n.Source, as)
		if err != nil {
			t.Fatal(err)
		}
		adopted, err := notice.Read(text, n.ID)
		if err != nil {
			t.Fatalf("%s: %v\n%s", n.ID, err, text)
		}
		if adopted.Authority != "mallila" || adopted.Controller.Name != as.Name || adopted.DPO.Email != as.DPO || adopted.Controller.Email != as.Email {
			t.Errorf("%s is still somebody else's: %+v", n.ID, adopted.Controller)
		}
		if strings.Contains(string(text), "dvv.example.fi") {
			t.Errorf("%s still names the bundled controller's addresses", n.ID)
		}
		if !reflect.DeepEqual(adopted.Groups, n.Groups) || !reflect.DeepEqual(adopted.Access, n.Access) {
			t.Errorf("%s lost what it declares", n.ID)
		}
	}
}
