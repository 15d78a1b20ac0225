package contact_test

import (
	"slices"
	"testing"
	"time"

	"luukku/core/rights"
	"luukku/desk/desktest"
)

// The registry sees its requests by pages, the one that is due first at the top, each once; the unit those that
// were handed on to it, however many others stand between. A place in the list is of no use to another authority.
func TestRequestsAreListedByPages(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		var handed []string
		for n := range 2*rights.PerPage + 5 {
			q, err := w.Rights.Receive(t.Context(), rights.Page("dvv"), rights.Intake{Register: desktest.Guardianship, Lang: "fi", Arrived: "page", Name: "Maija Meikäläinen"})
			must(t, err)
			if n%40 == 7 {
				must(t, w.Rights.Accept(t.Context(), desktest.Clerk, q.ID, "other", "tunnettu"))
				handed = append(handed, q.ID)
			}
			if n == 60 {
				w.Clock.Advance(48 * time.Hour)
			}
		}
		var seen []rights.Request
		sizes := []int{}
		for next, more := "", true; more; more = next != "" {
			var page []rights.Request
			var err error
			before := next
			page, next, err = w.Rights.List(t.Context(), "dvv", next)
			must(t, err)
			if other, _, err := w.Rights.List(t.Context(), "mallila", before); err != nil || len(other) > 0 {
				t.Errorf("another authority is shown %v, %v", other, err)
			}
			seen, sizes = append(seen, page...), append(sizes, len(page))
		}
		if !slices.Equal(sizes, []int{rights.PerPage, rights.PerPage, 5}) {
			t.Errorf("pages of %v", sizes)
		}
		ids := map[string]bool{}
		for i, q := range seen {
			ids[q.ID] = true
			if i > 0 && q.Due < seen[i-1].Due {
				t.Errorf("%s is due after %s", seen[i-1].Due, q.Due)
			}
		}
		if len(ids) != 2*rights.PerPage+5 {
			t.Errorf("%d different requests", len(ids))
		}
		mine, next, err := w.Rights.UnitList(t.Context(), desktest.Lea, "")
		if err != nil || next != "" || len(mine) != len(handed) || slices.ContainsFunc(mine, func(q rights.Request) bool { return !slices.Contains(handed, q.ID) }) {
			t.Errorf("the unit sees %d of %d, %q, %v", len(mine), len(handed), next, err)
		}
	})
}
