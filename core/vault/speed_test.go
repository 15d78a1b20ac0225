package vault

import "testing"

func TestSpeedsOfEachWayAreTold(t *testing.T) {
	sealing, opening, err := Speeds(&adviceNotice(1).Groups[0], "text", body)
	must(t, err)
	for what, s := range map[string]Speed{"sealing": sealing, "opening": opening} {
		if s.Bare <= 0 || s.Held <= 0 || s.Unwrapping <= 0 {
			t.Errorf("%s: %v", what, s)
		}
	}
	if _, _, err := Speeds(&adviceNotice(1).Groups[0], "hobby", body); err == nil {
		t.Error("a field that the notice does not declare is sealed")
	}
}
