package proof

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"luukku/web/api"
)

// Decision 0002: what a running contact keeps in plain columns is emptied when it is settled; the
// list of those columns is columns.csv. A contact that still runs has them, which is the control.
// //
func TestASettledContactKeepsNoRunningColumn(t *testing.T) {
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		for _, service := range []string{"guardianship-chat", "citizens-advice"} {
			h.hold("dvv", service, "x")
		}
		h.must("demo", "advance", "P1D")
		running := h.citizen("dvv", api.StartContact{Service: "citizens-advice", Topic: h.topic("dvv", "citizens-advice")})
		h.staff("dvv", "adviser").take(running.contact)
		running.say("y")
		if n := h.number("select count(*) from contact where status = 'settled'"); n < 2 {
			t.Fatalf("%d contacts are settled", n)
		}
		filled := 0
		list := listedColumns(t)
		for _, key := range slices.Sorted(maps.Keys(list)) {
			c := list[key]
			if !strings.HasPrefix(c.Kind, "running") || c.Table == "rights_request" { // a request's own are emptied with it: core/rights
				continue
			}
			if n := h.number(filledQuery(c, "=")); n > 0 {
				t.Errorf("%s is filled in %d rows of settled contacts", key, n)
			}
			if h.number(filledQuery(c, "<>")) > 0 {
				filled++
			}
		}
		if filled < 8 {
			t.Errorf("only %d columns are filled while a contact runs: the question finds nothing", filled)
		}
		if n := h.number("select count(*) from contact_adviser a join contact c on c.authority = a.authority and c.id = a.contact where c.status = 'settled'"); n > 0 {
			t.Errorf("%d settled contacts still name who advised", n)
		}
	})
}

// filledQuery counts the rows in which a column says something, of contacts that are settled (=) or
// are not (<>).
func filledQuery(c column, how string) string {
	of, contact := c.Table, "id"
	if c.Table != "contact" {
		contact = "contact"
	}
	says := fmt.Sprintf("%s is not null", c.Name)
	if c.Kind != "running hash" {
		says += fmt.Sprintf(" and cast(%s as text) not in ('', '0')", c.Name)
	}
	return fmt.Sprintf("select count(*) from %s x where %s and exists (select 1 from contact c where c.authority = x.authority and c.id = x.%s and c.status %s 'settled')", of, says, contact, how)
}

func (h *house) number(query string) int {
	h.t.Helper()
	n, err := strconv.Atoi(h.scan(query))
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}
