package printout_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/printout"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func wish(of contact.Contact) printout.Wish {
	return printout.Wish{Contact: of.ID, Case: " VN/1234/2026 ", Purpose: "answer", Reason: "asiakas kiistää neuvon"}
}

func made(t *testing.T, w *desktest.World, by access.Caller, want printout.Wish) printout.Printout {
	t.Helper()
	one, err := w.Printouts.Make(t.Context(), by, want)
	must(t, err)
	return one
}

// paper is a printout whose page has been given out.
func paper(t *testing.T, w *desktest.World, by access.Caller, want printout.Wish) printout.Printout {
	t.Helper()
	one := made(t, w, by, want)
	_, err := w.Printouts.Page(t.Context(), by, one.ID)
	must(t, err)
	must(t, w.Printouts.GiveOut(t.Context(), by, one.ID))
	return one
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// listed are the lines that caller sees, as "no case staff by state".
func listed(t *testing.T, w *desktest.World, caller access.Caller) string {
	t.Helper()
	all, _, err := w.Printouts.List(t.Context(), caller)
	must(t, err)
	var out []string
	for _, one := range all {
		out = append(out, fmt.Sprintf("%d %s %s %s %s", one.No, one.Case, one.Staff, one.DestroyBy, one.State))
	}
	return strings.Join(out, ", ")
}

// S4-16: a printout has a case number, a number of its own, a day to be destroyed by and a line; its page is
// given out once, and it is marked as destroyed with who and when.
func TestALifeOfAPrintout(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Guardianship)
		one := made(t, w, desktest.Aino, wish(of))
		if one.No != 1 || one.Case != "VN/1234/2026" || one.DestroyBy != "2026-12-06" || one.State != printout.Waiting {
			t.Fatalf("%+v", one)
		}
		desktest.Fails(t, w.Printouts.Destroyed(t.Context(), desktest.Aino, one.ID), fault.Conflict, "printout-unused")
		page, err := w.Printouts.Page(t.Context(), desktest.Aino, one.ID)
		if err != nil || page.Case != "VN/1234/2026" || page.Contact() != of.ID || page.Purpose != "answer" {
			t.Fatalf("%+v, %v", page, err)
		}
		must(t, w.Printouts.GiveOut(t.Context(), desktest.Aino, one.ID))
		desktest.Fails(t, w.Printouts.GiveOut(t.Context(), desktest.Aino, one.ID), fault.Conflict, "printout-opened")
		_, err = w.Printouts.Page(t.Context(), desktest.Aino, one.ID)
		desktest.Fails(t, err, fault.Conflict, "printout-opened")
		if got := listed(t, w, desktest.Aino); got != "1 VN/1234/2026 s_aino 2026-12-06 out" {
			t.Error(got)
		}
		must(t, w.Printouts.Destroyed(t.Context(), desktest.Aino, one.ID))
		desktest.Fails(t, w.Printouts.Destroyed(t.Context(), desktest.Lea, one.ID), fault.Conflict, "printout-destroyed")
		all, _, err := w.Printouts.List(t.Context(), desktest.Lea)
		if err != nil || len(all) != 1 || all[0].State != printout.Destroyed || all[0].DestroyedBy != "s_aino" || all[0].DestroyedAt != w.Clock.Now().UnixMilli() {
			t.Errorf("%+v, %v", all, err)
		}
		if again := made(t, w, desktest.Aino, wish(of)); again.No != 2 {
			t.Errorf("the second one has number %d", again.No)
		}
	})
}

// A page that nobody opened in time leaves no paper.
func TestAPageIsOpenedInTimeOrNever(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Guardianship)
		one := made(t, w, desktest.Aino, wish(of))
		_, err := w.Printouts.Page(t.Context(), desktest.Lea, one.ID)
		desktest.Fails(t, err, fault.NotFound, "printout-not-found")
		w.Clock.Advance(printout.Fresh)
		_, err = w.Printouts.Page(t.Context(), desktest.Aino, one.ID)
		desktest.Fails(t, err, fault.Gone, "printout-late")
		if got := listed(t, w, desktest.Aino); !strings.HasSuffix(got, " unused") {
			t.Error(got)
		}
		w.Clock.Advance(30 * 24 * time.Hour)
		if due, err := w.Printouts.Due(t.Context(), desktest.Aino); err != nil || due != (printout.Due{}) {
			t.Errorf("%+v, %v", due, err)
		}
	})
}

// What the notice does not declare cannot be done, and asking for it is recorded.
func TestPrintingIsRefusedWhereTheNoticeDoesNotDeclareIt(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		advice, _ := w.Taken(desktest.Advice)
		guardianship, _ := w.Taken(desktest.Guardianship)
		for _, c := range []struct {
			name  string
			by    access.Caller
			of    contact.Contact
			spoil func(*printout.Wish)
			code  fault.Code
			key   string
		}{
			{"a register without printing", desktest.Aino, advice, nil, fault.Denied, "printing-undeclared"},
			{"a purpose without printing", desktest.Lea, guardianship, purpose("rights_fulfilment"), fault.Denied, "printing-undeclared"},
			{"a reviewer's purpose", desktest.Rita, guardianship, purpose("quality"), fault.Denied, "not-allowed"},
			{"a purpose that nobody declares", desktest.Aino, guardianship, purpose("curiosity"), fault.Denied, "purpose-undeclared"},
			{"somebody else's contact", desktest.Bertil, guardianship, nil, fault.Denied, "not-allowed"},
			{"another authority's contact", desktest.Foreign, guardianship, nil, fault.NotFound, "contact-not-found"},
			{"no such contact", desktest.Aino, contact.Contact{ID: "c_none"}, nil, fault.NotFound, "contact-not-found"},
			{"no case number", desktest.Aino, guardianship, func(w *printout.Wish) { w.Case = " " }, fault.Invalid, "case-number-form"},
			{"a name for a case", desktest.Aino, guardianship, func(w *printout.Wish) { w.Case = "Maija" }, fault.Invalid, "case-number-form"},
			{"an identity code for a case", desktest.Aino, guardianship, func(w *printout.Wish) { w.Case = "VN/HETU/1" }, fault.Invalid, "case-number-code"},
			{"no reason", desktest.Aino, guardianship, func(w *printout.Wish) { w.Reason = " " }, fault.Invalid, "reason-missing"},
			{"a long reason", desktest.Aino, guardianship, func(w *printout.Wish) { w.Reason = strings.Repeat("ä", 501) }, fault.Invalid, "field-long"},
		} {
			want := wish(c.of)
			if c.spoil != nil {
				c.spoil(&want)
			}
			before := len(w.Entries(c.of.ID))
			_, err := w.Printouts.Make(t.Context(), c.by, want)
			if fault.CodeOf(err) != c.code || fault.Of(err).Key != c.key {
				t.Errorf("%s: %v, want %s %s", c.name, err, c.code, c.key)
			}
			recorded := len(w.Entries(c.of.ID)) - before
			if c.code == fault.Denied && recorded != 1 || c.code != fault.Denied && recorded != 0 {
				t.Errorf("%s left %d entries", c.name, recorded)
			}
		}
		if got := listed(t, w, desktest.Lea); got != "" {
			t.Errorf("listed: %s", got)
		}
		if one := made(t, w, desktest.Aino, wish(guardianship)); one.No != 1 {
			t.Errorf("what was refused took a number: the first printout is number %d", one.No)
		}
	})
}

func purpose(id string) func(*printout.Wish) { return func(w *printout.Wish) { w.Purpose = id } }

// Promise 2: making, opening, listing and destroying leave entries; the typed reason is in the audit only.
func TestEveryStepOfAPrintoutIsRecorded(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Guardianship)
		one := paper(t, w, desktest.Aino, wish(of))
		if got := w.Entries(of.ID); got[len(got)-1] != "print s_aino answer allowed" {
			t.Errorf("the making left %q", got)
		}
		listed(t, w, desktest.Lea)
		must(t, w.Printouts.Destroyed(t.Context(), desktest.Lea, one.ID))
		want := "open s_aino supervision allowed, open s_lea supervision allowed, print-destroyed s_lea supervision allowed"
		if got := strings.Join(w.Entries(one.ID), ", "); got != want {
			t.Errorf("the printout left %s", got)
		}
		paper(t, w, desktest.Aino, wish(of))
		before := len(w.Entries(""))
		listed(t, w, desktest.Lea)
		if after := len(w.Entries("")); after != before+1 {
			t.Errorf("a list of two left %d entries", after-before)
		}
	})
}

// A line is its maker's, the lead's and the officer's; to others it is not there.
func TestWhoSeesAndEndsAPrintout(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Guardianship)
		mine := paper(t, w, desktest.Aino, wish(of))
		leads := wish(of)
		leads.Purpose = "supervision"
		paper(t, w, desktest.Lea, leads)
		for who, want := range map[access.Caller]int{desktest.Aino: 1, desktest.Lea: 2, desktest.Bertil: 0, desktest.Rita: 0, desktest.Clerk: 0, desktest.Nobody: 0, desktest.Foreign: 0} {
			if all, _, err := w.Printouts.List(t.Context(), who); err != nil || len(all) != want {
				t.Errorf("%s of %s sees %d, %v", who.ID, who.Authority, len(all), err)
			}
			if want == 0 {
				desktest.Fails(t, w.Printouts.Destroyed(t.Context(), who, mine.ID), fault.NotFound, "printout-not-found")
			}
		}
	})
}

// What is late is told to whoever answers for it, from the day after.
func TestOverduePrintoutsAreToldOf(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Guardianship)
		one := paper(t, w, desktest.Aino, wish(of))
		for _, c := range []struct {
			days int
			want printout.Due
		}{{12, printout.Due{}}, {1, printout.Due{Today: 1}}, {1, printout.Due{Overdue: 1}}} {
			w.Clock.Advance(time.Duration(c.days) * 24 * time.Hour)
			for _, who := range []access.Caller{desktest.Aino, desktest.Lea} {
				if due, err := w.Printouts.Due(t.Context(), who); err != nil || due != c.want {
					t.Errorf("after %d more days %s is told %+v, %v", c.days, who.ID, due, err)
				}
			}
		}
		if got := listed(t, w, desktest.Lea); !strings.HasSuffix(got, " overdue") {
			t.Error(got)
		}
		must(t, w.Printouts.Destroyed(t.Context(), desktest.Lea, one.ID))
		if due, _ := w.Printouts.Due(t.Context(), desktest.Aino); due != (printout.Due{}) {
			t.Errorf("destroyed, and yet %+v", due)
		}
	})
}

// nothing lives longer for a printout. Near the end of what it is taken from, it ends with that; when
// that is erased, the printout is due at once and names it no more.
func TestAPrintoutNeverOutlivesItsSource(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Guardianship)
		before := life(t, w, of)
		must(t, w.Contacts.Close(t.Context(), desktest.Aino, of.ID, "moving", "answered"))
		w.Clock.Advance(time.Hour)
		_, err := w.Contacts.Settle(t.Context(), "dvv")
		must(t, err)
		w.Clock.Advance(55 * 24 * time.Hour)
		late := wish(of)
		late.Purpose = "supervision"
		one := paper(t, w, desktest.Lea, late)
		if one.DestroyBy != before || life(t, w, of) != before || before != "2027-01-22" {
			t.Errorf("destroyed by %s, its source ends on %s, before on %s", one.DestroyBy, life(t, w, of), before)
		}
		must(t, w.Vault.Erase(t.Context(), desktest.Clerk, []vault.RecordID{w.Load(of.ID).Record}, "pyyntö"))
		if got := listed(t, w, desktest.Lea); !strings.Contains(got, "2027-01-17 out") {
			t.Errorf("after the erasure: %s", got)
		}
		_, err = w.Printouts.Page(t.Context(), desktest.Lea, one.ID)
		desktest.Fails(t, err, fault.Gone, "printout-late")
	})
}

func life(t *testing.T, w *desktest.World, of contact.Contact) (last notice.Day) {
	t.Helper()
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		lives, err := w.Vault.LifeOf(ctx, tx, "dvv", contact.Type, of.ID)
		for _, end := range printout.Ends(of, lives) {
			last = end
		}
		return err
	})
	return last
}

// The list ends in the notice's time, whether the paper was marked or not, and its numbers are not used again.
func TestTheListEndsInItsTime(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, _ := w.Taken(desktest.Guardianship)
		marked := paper(t, w, desktest.Aino, wish(of))
		paper(t, w, desktest.Aino, wish(of))
		must(t, w.Printouts.Destroyed(t.Context(), desktest.Aino, marked.ID))
		w.Clock.Advance(91 * 24 * time.Hour) // 22 February, its last day
		if got := listed(t, w, desktest.Lea); strings.Count(got, "VN/1234/2026") != 2 {
			t.Errorf("on the last day: %s", got)
		}
		w.Clock.Advance(24 * time.Hour)
		if got := listed(t, w, desktest.Lea); strings.Contains(got, "VN/") {
			t.Errorf("after it: %s", got)
		}
		for _, end := range []func() error{
			func() error { _, err := w.Vault.Destroy(t.Context(), "dvv"); return err },
			func() error { _, err := w.Vault.Turn(t.Context(), "dvv"); return err },
			func() error { _, err := w.Vault.Reclaim(t.Context(), "dvv", time.Second); return err },
		} {
			must(t, end())
		}
		if got := listed(t, w, desktest.Lea); got != "" {
			t.Errorf("reclaimed, and yet %s", got)
		}
		again, _ := w.Taken(desktest.Guardianship)
		if one := made(t, w, desktest.Aino, wish(again)); one.No != 3 {
			t.Errorf("number %d was given again", one.No)
		}
	})
}
