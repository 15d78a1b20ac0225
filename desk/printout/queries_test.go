package printout

import (
	"testing"

	"luukku/store/storetest"
)

func TestQueriesOnBothEngines(t *testing.T) { storetest.Prepare(t, queries) }

// A case number is the authority's own, and never a personal identity code's neighbour.
func TestFormOfCaseNumbers(t *testing.T) {
	for _, ok := range []string{"VN/1234/2026", "DVV/17/2026-3", "12345", "Ä 1", "a.1_b:2-c/3 d", "HEL 2026-000123"} {
		if !caseForm(ok) {
			t.Errorf("%q is refused", ok)
		}
	}
	for _, bad := range []string{"", "1", "VN", "VN/", "/12", "VN//12", "VN/1\n2", "<b>12</b>", "12 ", "a@1.fi", "VN/12\u200b3",
		"VN/١٢٣", "12345678901234567890123456789012345678901"} {
		if caseForm(bad) {
			t.Errorf("%q is taken", bad)
		}
	}
}
