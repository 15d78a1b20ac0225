package contact_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/rights"
	"luukku/desk/desktest"
	"luukku/desk/printout"
	"luukku/fault"
	"luukku/store"
)

// GDPR Art. 15, S3-28, S4-22, S4-T8, X-15, X-17: from the request to the copy. The registry never sees
// the register, the official never sees who asks, and nothing is handed out undecided.
func TestACopyOfOnesData(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for _, register := range []string{desktest.Advice, desktest.Guardianship} {
			_, code := conversation(t, w, register)
			id := drafted(t, w, register, strings.ToLower(code))
			desktest.Fails(t, w.Rights.Finish(t.Context(), desktest.Lea, id), fault.Conflict, "items-undecided")
			decided(t, w, id)
			must(t, w.Rights.Finish(t.Context(), desktest.Lea, id))
			d, err := w.Rights.Deliver(t.Context(), desktest.Clerk, id)
			must(t, err)
			document, err := w.Rights.Fetch(t.Context(), "dvv", d.Link, strings.ToLower(strings.ReplaceAll(d.Code, "-", " ")))
			must(t, err)
			text, err := json.Marshal(document)
			must(t, err)
			for _, want := range []string{"Naapurini █████ muutti.", `"left_out"`, "third_person", "adviser", "Tietosuojavaltuutetun toimisto"} {
				if !strings.Contains(string(text), want) {
					t.Errorf("%s: no %q in %s", register, want, text)
				}
			}
			for _, never := range []string{"Virtanen", "muuttoilmoitus", "Maija", "aino@example.fi", "u-aino"} {
				if strings.Contains(string(text), never) {
					t.Errorf("%s: %q is in the copy", register, never)
				}
			}
			if len(document.Facts.Purposes) == 0 || len(document.Facts.Rights) == 0 || document.Facts.Automated == "" || document.Facts.Complaint == nil {
				t.Errorf("%s: facts are missing: %+v", register, document.Facts)
			}
		}
	})
}

// GDPR Art. 15: whoever gets a copy of a conversation is told that it was printed, and for which case; who
// printed it is left out like all that is about staff.
func TestACopyTellsOfPrintouts(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, code := conversation(t, w, desktest.Guardianship)
		_, err := w.Printouts.Make(t.Context(), desktest.Lea, printout.Wish{Contact: of.ID, Case: "VN/1234/2026", Purpose: "supervision", Reason: "selvitys"})
		must(t, err)
		d, err := w.Rights.Unit(t.Context(), desktest.Lea, drafted(t, w, desktest.Guardianship, code))
		must(t, err)
		found := map[string]string{}
		for _, i := range d.Items {
			found[i.Field] = i.Text + " " + i.Decision
		}
		for field, want := range map[string]string{"case_number": "VN/1234/2026 undecided", "destroy_by": "2026-12-06 undecided", "printed_by": "s_lea left_out"} {
			if found[field] != want {
				t.Errorf("%s: %q, want %q", field, found[field], want)
			}
		}
	})
}

// S3-25, S4-18: who may do what to a request and its copy.
func TestRolesOfACopyAreKeptApart(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		_, code := conversation(t, w, desktest.Advice)
		id := accepted(t, w, desktest.Advice, code)
		ctx := t.Context()
		for who, err := range map[string]error{
			"the clerk": w.Rights.Take(ctx, desktest.Clerk, id), "an adviser": w.Rights.Take(ctx, desktest.Bertil, id),
			"nobody": w.Rights.Take(ctx, desktest.Nobody, id), "a stranger": w.Rights.Take(ctx, desktest.Foreign, id),
		} {
			if fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%s: %v", who, err)
			}
		}
		must(t, w.Rights.Take(ctx, desktest.Lea, id))
		view, err := w.Rights.Unit(ctx, desktest.Lea, id)
		must(t, err)
		if view.Said["name"] != "" || view.Said["identity_check"] != "" || view.Said["reference_code"] == "" {
			t.Errorf("the official sees %v", view.Said)
		}
		seen, err := w.Rights.Open(ctx, desktest.Clerk, id)
		must(t, err)
		if seen.Said["name"] != "Maija Meikäläinen" || seen.Said["identity_check"] != "reference_code" {
			t.Errorf("the clerk sees %v", seen.Said)
		}
		for who, caller := range map[string]access.Caller{"the official": desktest.Lea, "an adviser": desktest.Aino} {
			if v, err := w.Rights.Open(ctx, caller, id); fault.CodeOf(err) != fault.Denied || len(v.Said) > 0 {
				t.Errorf("%s reads who asks: %v %v", who, v.Said, err)
			}
		}
		_, err = w.Rights.Find(ctx, desktest.Clerk, id, "pyyntö")
		desktest.Fails(t, err, fault.NotFound, "request-not-found")
		_, err = w.Rights.Open(ctx, desktest.Foreign, id)
		desktest.Fails(t, err, fault.NotFound, "request-not-found")
		_, err = w.Rights.Find(ctx, desktest.Lea, id, "")
		desktest.Fails(t, err, fault.Invalid, "reason-missing")
		if entries := w.Entries(""); !slices.Contains(entries, "search s_lea rights_fulfilment reason-missing") {
			t.Error("the refused search is not recorded:", entries)
		}
	})
}

// the copy dies with the earliest bucket that it was taken from; who asks after it is told that
// retention has ended it, not that something went wrong. X-20: the day is known beforehand.
func TestACopyDiesWithWhatItWasTakenFrom(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		_, code := conversation(t, w, desktest.Guardianship)
		settle(t, w)
		w.Clock.Advance(55 * 24 * time.Hour)
		delivered, open := drafted(t, w, desktest.Guardianship, code), drafted(t, w, desktest.Guardianship, code)
		decided(t, w, delivered)
		must(t, w.Rights.Finish(t.Context(), desktest.Lea, delivered))
		d, err := w.Rights.Deliver(t.Context(), desktest.Clerk, delivered)
		must(t, err)
		view, err := w.Rights.Unit(t.Context(), desktest.Lea, open)
		must(t, err)
		if view.Ends != "2027-01-22" {
			t.Error("the official is told", view.Ends)
		}
		w.Clock.Advance(7 * 24 * time.Hour)
		_, err = w.Rights.Fetch(t.Context(), "dvv", d.Link, d.Code)
		desktest.Fails(t, err, fault.Gone, "retention-ended")
		night(t, w)
		_, err = w.Rights.Fetch(t.Context(), "dvv", d.Link, d.Code)
		desktest.Fails(t, err, fault.Gone, "retention-ended")
		view, err = w.Rights.Unit(t.Context(), desktest.Lea, open)
		if err != nil || !view.Gone || len(view.Items) > 0 {
			t.Errorf("the draft: %+v %v", view.Items, err)
		}
		must(t, w.Rights.Nothing(t.Context(), desktest.Lea, open, rights.Destroyed))
		must(t, w.Rights.Answer(t.Context(), desktest.Clerk, open, rights.Destroyed, "Tiedot on hävitetty säilytysajan päätyttyä."))
		var left int64
		w.Read(func(ctx context.Context, tx *store.Tx) error {
			return tx.Row(ctx, store.MustQueries("-- name: n\nselect count(*) from rights_item where authority = ?;\n").Get("n"), "dvv").Scan(&left)
		})
		if left != 0 {
			t.Error(left, "items are left of copies that have ended")
		}
	})
}

// A link is good for one person, few tries and little time; whatever is wrong with one looks the same.
func TestALinkDies(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		_, code := conversation(t, w, desktest.Advice)
		id := drafted(t, w, desktest.Advice, code)
		decided(t, w, id)
		must(t, w.Rights.Finish(t.Context(), desktest.Lea, id))
		link := func() rights.Delivery {
			d, err := w.Rights.Deliver(t.Context(), desktest.Clerk, id)
			must(t, err)
			return d
		}
		refused := func(what, authority string, d rights.Delivery) {
			t.Helper()
			_, err := w.Rights.Fetch(t.Context(), authority, d.Link, d.Code)
			if fault.CodeOf(err) != fault.Denied || fault.Of(err).Key != "link-or-code" {
				t.Errorf("%s: %v", what, err)
			}
		}
		first, second := link(), link()
		refused("an earlier link", "dvv", first)
		refused("another authority's", "mallila", second)
		refused("an unknown link", "dvv", rights.Delivery{Link: "x", Code: second.Code})
		for range 5 {
			refused("a wrong code", "dvv", rights.Delivery{Link: second.Link, Code: "AAAA-AAAA-AAAA"})
		}
		refused("the right code after five wrong ones", "dvv", second)
		third := link()
		_, err := w.Rights.Fetch(t.Context(), "dvv", third.Link, third.Code)
		must(t, err)
		_, err = w.Rights.Fetch(t.Context(), "dvv", third.Link, third.Code)
		must(t, err)
		w.Clock.Advance(time.Hour + time.Minute)
		refused("an hour after it was fetched", "dvv", third)
		many, opened := link(), make(chan error, 20)
		for range cap(opened) {
			go func() {
				_, err := w.Rights.Fetch(t.Context(), "dvv", many.Link, many.Code)
				opened <- err
			}()
		}
		times := 0
		for range cap(opened) {
			if err := <-opened; err == nil {
				times++
			}
		}
		if times != 5 {
			t.Errorf("fetched %d times when all came at once, want 5", times)
		}
		fourth := link()
		w.Clock.Advance(14 * 24 * time.Hour)
		refused("after its time", "dvv", fourth)
		n, err := w.Rights.Sweep(t.Context(), "dvv")
		if err != nil || n != 1 {
			t.Errorf("swept %d: %v", n, err)
		}
		if _, err := w.Rights.Deliver(t.Context(), desktest.Clerk, id); fault.CodeOf(err) != fault.Conflict {
			t.Error("delivered what was erased:", err)
		}
		findings, err := w.Vault.Verify(t.Context(), "dvv")
		if err != nil || len(findings) > 0 {
			t.Error(findings, err)
		}
	})
}

// GDPR Art. 12(3), S3-29, S3-30, S3-T7: the time runs from the day on which the request came.
func TestTheTimeOfAnAnswer(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ctx := t.Context()
		q, err := w.Rights.Receive(ctx, desktest.Clerk, rights.Intake{Register: desktest.Advice, Lang: "sv", Arrived: "letter", Day: "2026-10-31"})
		must(t, err)
		if q.Due != "2026-11-30" {
			t.Error("due", q.Due)
		}
		extend := func(id, reasons string) error {
			mailed, err := w.Rights.Extend(ctx, desktest.Clerk, id, reasons)
			if mailed {
				t.Error("a mail is on its way without an address")
			}
			return err
		}
		desktest.Fails(t, extend(q.ID, " "), fault.Invalid, "field-required")
		must(t, extend(q.ID, "Begäran är omfattande."))
		desktest.Fails(t, extend(q.ID, "Ännu."), fault.Conflict, "rights-extended")
		view, err := w.Rights.Open(ctx, desktest.Clerk, q.ID)
		must(t, err)
		if view.Due != "2027-01-31" || view.Said["extension"] == "" {
			t.Errorf("after the extension: %+v", view)
		}
		late, err := w.Rights.Receive(ctx, desktest.Clerk, rights.Intake{Register: desktest.Advice, Lang: "fi", Arrived: "letter", Day: "2026-10-01"})
		must(t, err)
		desktest.Fails(t, extend(late.ID, "syy"), fault.Conflict, "rights-too-late")
		for key, in := range map[string]rights.Intake{
			"rights-register":   {Register: "x", Lang: "fi", Arrived: "letter"},
			"rights-in-writing": {Register: desktest.Advice, Lang: "fi", Arrived: "phone"},
			"rights-day":        {Register: desktest.Advice, Lang: "fi", Arrived: "letter", Day: "2026-12-01"},
			"reference-code":    {Register: desktest.Advice, Lang: "fi", Arrived: "letter", By: "reference", Value: "K7M"},
			"rights-lookup":     {Register: desktest.Guardianship, Lang: "fi", Arrived: "letter", By: "phone", Value: "0405550123"},
			"email-form":        {Register: desktest.Advice, Lang: "fi", Arrived: "letter", Email: "x"},
			"field-long":        {Register: desktest.Advice, Lang: "fi", Arrived: "letter", Name: strings.Repeat("x", 201)},
			"unknown-language":  {Register: desktest.Advice, Lang: "de", Arrived: "letter"},
			"field-choice":      {Register: desktest.Advice, Lang: "fi", Arrived: "pigeon"},
		} {
			_, err := w.Rights.Receive(ctx, desktest.Clerk, in)
			desktest.Fails(t, err, fault.Invalid, key)
		}
	})
}

// Every act is an entry, and no entry holds a value.
func TestEveryActOnARequestIsRecorded(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, code := conversation(t, w, desktest.Advice)
		id := drafted(t, w, desktest.Advice, code)
		decided(t, w, id)
		must(t, w.Rights.Finish(t.Context(), desktest.Lea, id))
		d, err := w.Rights.Deliver(t.Context(), desktest.Clerk, id)
		must(t, err)
		_, err = w.Rights.Fetch(t.Context(), "dvv", d.Link, d.Code)
		must(t, err)
		all := strings.Join(w.Entries(""), "\n")
		for _, want := range []string{"rights-receive", "rights-accept", "rights-take", "search", "open", "rights-decide", "rights-finish", "rights-deliver", "rights-fetch"} {
			if !strings.Contains(all, want) {
				t.Errorf("no entry %s in\n%s", want, all)
			}
		}
		if about := strings.Join(w.Entries(of.ID), "\n"); !strings.Contains(about, "open s_lea rights_fulfilment allowed") {
			t.Error("the contact's entries do not tell that it was opened:", about)
		}
	})
}
