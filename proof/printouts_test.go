package proof

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/core/notice"
	"luukku/web/api"
)

// lines are the list as the lead sees it, by case number.
func (c *clarifier) lines() map[string]api.Printout {
	c.house.t.Helper()
	var list api.Printouts
	c.house.staff("dvv", notice.RoleLead).ok(http.MethodGet, "/api/printouts", nil, &list)
	if list.More {
		c.house.t.Fatal("the list does not show every printout")
	}
	all := map[string]api.Printout{}
	for _, one := range list.Printouts {
		all[one.CaseNumber] = one
	}
	if len(all) != len(list.Printouts) {
		c.house.t.Errorf("%d lines have %d case numbers", len(list.Printouts), len(all))
	}
	return all
}

// halves count what would be there of half a printout, or of a number that was drawn twice or for nothing.
var halves = map[string]string{
	"lines without a sealed record": "select count(*) from printout p left join vault_record r on r.authority = p.authority and r.id = p.record where r.id is null or p.sealed is null",
	"sealed records without a line": "select count(*) from vault_record r left join printout p on p.authority = r.authority and p.record = r.id where r.typ = 'printout' and p.id is null",
	"registers whose numbers have gaps, or were drawn twice": "select count(*) from printout_number n where last <> (select count(distinct no) from printout p where p.authority = n.authority and p.notice = n.notice)" +
		" or last <> (select max(no) from printout p where p.authority = n.authority and p.notice = n.notice)",
}

// wrong tells where the list is not what was acknowledged, and what there is half of.
func (c *clarifier) wrong() (all []string) {
	c.house.t.Helper()
	lines := c.lines()
	for number := range lines {
		if c.asked[number] == "" {
			all = append(all, fmt.Sprintf("a line has the case number %q, which nobody gave", number))
		}
	}
	for _, number := range slices.Sorted(maps.Keys(c.papers)) {
		was, is := c.papers[number], lines[number]
		switch {
		case is.ID != was.id || is.Number != was.number:
			all = append(all, fmt.Sprintf("printout %d is listed as %+v", was.number, is))
		case was.ended && is.State != "destroyed", was.given && is.State == "waiting":
			all = append(all, fmt.Sprintf("printout %d is %s, acknowledged was %+v", was.number, is.State, *was))
		}
	}
	if more := len(lines) - len(c.papers); more > c.cut {
		all = append(all, fmt.Sprintf("%d lines more than were acknowledged, for %d requests that were cut off", more, c.cut))
	}
	for what, query := range halves {
		if n := c.house.number(query); n > 0 {
			all = append(all, fmt.Sprintf("%d %s", n, what))
		}
	}
	return append(all, c.unrecorded(lines)...)
}

// unrecorded tells of printouts without their one entry in the audit, and of pages that came without one.
func (c *clarifier) unrecorded(lines map[string]api.Printout) (all []string) {
	c.house.t.Helper()
	printed, opened := map[string]int{}, map[string]bool{}
	for _, e := range c.house.audit("dvv", "staff", c.adviser.id) {
		switch id, _, _ := strings.Cut(e.Reason, ":"); e.Action {
		case "print":
			printed[id]++
		case "open":
			opened[e.Row] = true
		}
	}
	for number, line := range lines {
		if printed[line.ID] != 1 {
			all = append(all, fmt.Sprintf("printout %d has %d entries", line.Number, printed[line.ID]))
		}
		if was := c.papers[number]; was != nil && was.given && !opened[line.ID] {
			all = append(all, fmt.Sprintf("the page of printout %d came without an entry", line.Number))
		}
	}
	if len(printed) != len(lines) {
		all = append(all, fmt.Sprintf("%d printouts are recorded, and %d listed", len(printed), len(lines)))
	}
	return all
}

// openRest opens the pages that wait: each comes whole, and no page comes twice, whatever a kill cut off.
func (c *clarifier) openRest() {
	c.house.t.Helper()
	for number, line := range c.lines() {
		if line.State == "waiting" {
			if page, err := c.adviser.page(line.ID); err != nil || !strings.Contains(page, number) || !strings.Contains(page, said) {
				c.house.t.Errorf("the page of printout %d, which waits: %v %.200s", line.Number, err, page)
			}
		}
		if page, err := c.adviser.page(line.ID); err == nil || strings.Contains(page, said) {
			c.house.t.Errorf("the page of printout %d, which was %s, came once more", line.Number, line.State)
		}
	}
}

// Promises 1 and 2 for printouts: after kill -9 in the middle of taking them each is whole or absent, its
// number drawn once, its making recorded, its page given out once; what was acknowledged is there, and no
// case number lies anywhere in clear. // S4-16
func TestAKillLeavesNoHalfPrintout(t *testing.T) {
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		c := h.clarifying(3)
		for round := range 3 {
			goal := c.acknowledged() + 5 + rand.IntN(15)
			ended := make(chan struct{})
			go func() { defer close(ended); c.work(18) }()
			if err := h.await(30*time.Second, func() bool { return c.acknowledged() >= goal }); err != nil {
				t.Errorf("round %d: %v", round, err)
			}
			h.kill()
			<-ended
			h.start()
			for _, wrong := range c.wrong() {
				t.Errorf("round %d: %s", round, wrong)
			}
		}
		t.Logf("%d printouts were acknowledged, %d requests cut off", len(c.papers), c.cut)
		c.openRest()
		h.must("verify")
		c.nothingInClear()
		c.lossIsSeen()
	})
}

// nothingInClear looks for the case numbers in every file and in the database as its engine reads it.
func (c *clarifier) nothingInClear() {
	h := c.house
	h.t.Helper()
	markers := map[string]string{"words of a conversation": said}
	for number := range c.asked {
		markers[number] = strings.TrimPrefix(number, "7/")
	}
	f := newFinder(markers)
	found, files := f.in(h.t, h.places()...)
	values, n := h.inDatabase(f)
	if found = append(found, values...); len(found) > 0 || files < 5 || n < 500 {
		h.t.Errorf("in %d files and %d values: %q", files, n, found)
	}
}

// lossIsSeen is the control: a line and a number are changed behind the program's back.
func (c *clarifier) lossIsSeen() {
	h := c.house
	h.t.Helper()
	h.alter("update printout_number set last = last + 1")
	if len(c.wrong()) == 0 {
		h.t.Error("control: a number that was drawn for nothing is not seen")
	}
	h.alter("delete from printout where no = 2")
	if wrong := c.wrong(); len(wrong) < 3 {
		h.t.Errorf("control: of a line that is gone only this is seen: %q", wrong)
	}
}

// Promise 3 for printouts: neither the list nor its keys outlive its time, and numbers are not drawn again
// after it. // S4-16, X-18
func TestNoLineOfAPrintoutOutlivesItsTime(t *testing.T) {
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		c := h.clarifying(1)
		for len(c.papers) < 3 {
			if err := c.print(c.contacts[0]); err != nil {
				t.Fatal(err)
			}
		}
		key := h.scan("select b.key_id from vault_record r join vault_bucket b on b.authority = r.authority and b.id = r.bucket where r.typ = 'printout'")
		sealed := []byte(h.scan("select sealed from printout"))
		h.kill()
		loot := h.loot()
		h.start()
		h.must("demo", "advance", "P3M2D")
		if err := h.await(time.Minute, func() bool {
			return h.number("select count(*) from printout")+h.number("select count(*) from vault_record where typ = 'printout'") == 0
		}); err != nil {
			t.Error("rows of ended printouts are left:", err)
		}
		if lines := c.lines(); len(lines) > 0 {
			t.Errorf("after its time the list shows %v", lines)
		}
		again := h.clarifying(1)
		if err := again.print(again.contacts[0]); err != nil {
			t.Fatal(err)
		}
		for _, one := range again.papers {
			if one.number != 4 {
				t.Errorf("number %d was drawn after three", one.number)
			}
		}
		h.stop()
		keyLivesIn(t, "control: old key files with old KEKs", loot.folder, loot.folder, key, true)
		keyLivesIn(t, "old key files with the KEKs of now", loot.folder, h.folder, key, false)
		keyLivesIn(t, "the key files and KEKs of now", h.folder, h.folder, key, false)
		if engine == "sqlite" {
			h.holdsNoBytes(sealed)
			bytesAreFound(t, loot, sealed)
		}
	})
}
