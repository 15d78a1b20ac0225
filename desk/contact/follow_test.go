package contact_test

import (
	"strings"
	"testing"
	"time"

	"luukku/core/rights"
	"luukku/desk/desktest"
	"luukku/desk/outbox"
	"luukku/fault"
)

// GDPR Art. 12(3), S3-30: the program tells the person of an extension where the request has an address, once,
// to that address and with the reasons; and where no mail goes out or none arrives, the registry is told to.
func TestAnExtensionIsMailed(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ctx := t.Context()
		asked := func(email string) string {
			q, err := w.Rights.Receive(ctx, desktest.Clerk, rights.Intake{Register: desktest.Advice, Lang: "sv", Arrived: "letter", Email: email})
			must(t, err)
			return q.ID
		}
		extend := func(id string) string {
			_, err := w.Rights.Extend(ctx, desktest.Clerk, id, "Begäran är omfattande.")
			must(t, err)
			v, err := w.Rights.Open(ctx, desktest.Clerk, id)
			must(t, err)
			return v.Told
		}
		for email, told := range map[string]string{"": rights.ByHand, "maija@localhost": rights.ByHand, "maija@example.fi": rights.Mailing} {
			if got := extend(asked(email)); got != told {
				t.Errorf("%q: %q", email, got)
			}
		}
		one, ok, err := w.Outbox.Claim(ctx)
		must(t, err)
		if !ok || one.About != outbox.OfRequest || one.Ended() {
			t.Fatalf("claimed %+v, %v", one, ok)
		}
		e, err := w.Rights.Extension(ctx, "dvv", one.Contact)
		must(t, err)
		if e.Address != "maija@example.fi" || e.Reasons != "Begäran är omfattande." || e.Lang != "sv" || e.Due != "2027-02-23" || e.Register.SV == "" {
			t.Errorf("%+v", e)
		}
		must(t, w.Outbox.Sent(ctx, one))
		if v, err := w.Rights.Open(ctx, desktest.Clerk, one.Contact); err != nil || v.Told != rights.Mailed {
			t.Error(v.Told, err)
		}
		second := asked("maija@example.fi")
		extend(second)
		one, _, err = w.Outbox.Claim(ctx)
		must(t, err)
		must(t, w.Outbox.GiveUp(ctx, one, outbox.Refused))
		if v, err := w.Rights.Open(ctx, desktest.Clerk, second); err != nil || v.Told != rights.ByHand {
			t.Error("of a mail that was refused:", v.Told, err)
		}
		must(t, w.Rights.Answer(ctx, desktest.Clerk, second, rights.Refused, "Ei."))
		_, err = w.Rights.Extension(ctx, "dvv", second)
		desktest.Fails(t, err, fault.Gone, "request-over")
	})
}

// The person follows the request by its number and what their data are found by; every other pair answers
// alike, and what was seen is recorded.
func TestARequestIsFollowedByItsOwnPerson(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ctx := t.Context()
		_, code := conversation(t, w, desktest.Advice)
		id := accepted(t, w, desktest.Advice, code)
		_, err := w.Rights.Extend(ctx, desktest.Clerk, id, "Pyyntö on laaja.")
		must(t, err)
		v, err := w.Rights.Own(ctx, "dvv", " "+strings.ToUpper(id), strings.ToLower(code))
		must(t, err)
		if v.Status != rights.Accepted || v.Said["extension"] != "Pyyntö on laaja." || v.Said["name"] != "" {
			t.Errorf("%+v", v)
		}
		bare, err := w.Rights.Receive(ctx, desktest.Clerk, rights.Intake{Register: desktest.Advice, Lang: "fi", Arrived: "letter"})
		must(t, err)
		for what, pair := range map[string][3]string{"a wrong code": {"dvv", id, "K7M29QXT4"}, "no code": {"dvv", id, ""}, "no number": {"dvv", "", code},
			"another authority's": {"mallila", id, code}, "a request without a code": {"dvv", bare.ID, ""}, "an unknown number": {"dvv", "rq_00000000000000000000000000", code}} {
			v, err := w.Rights.Own(ctx, pair[0], pair[1], pair[2])
			if fault.CodeOf(err) != fault.Denied || fault.Of(err).Key != "request-or-code" || len(v.Said) > 0 {
				t.Errorf("%s: %+v %v", what, v, err)
			}
		}
		if got := strings.Join(w.Entries(id), "; "); strings.Count(got, "rights-follow "+id) != 1 || !strings.Contains(got, "open rights-page") {
			t.Errorf("it left %s", got)
		}
	})
}

// the clock runs out between any two steps of a request. The official, the registry and the person
// are each told that retention ended the data, no step pretends that there is something, and each request can be
// answered with what happened.
func TestTheDataExpireBetweenAnyTwoSteps(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ctx := t.Context()
		_, code := conversation(t, w, desktest.Guardianship)
		settle(t, w)
		w.Clock.Advance(55 * 24 * time.Hour)
		steps := map[string]string{}
		steps["accepted"] = accepted(t, w, desktest.Guardianship, code)
		steps["taken"] = accepted(t, w, desktest.Guardianship, code)
		must(t, w.Rights.Take(ctx, desktest.Lea, steps["taken"]))
		for _, step := range []string{"drafted", "decided", "ready", "delivered"} {
			steps[step] = drafted(t, w, desktest.Guardianship, code)
		}
		for _, step := range []string{"decided", "ready", "delivered"} {
			decided(t, w, steps[step])
		}
		for _, step := range []string{"ready", "delivered"} {
			must(t, w.Rights.Finish(ctx, desktest.Lea, steps[step]))
		}
		link, err := w.Rights.Deliver(ctx, desktest.Clerk, steps["delivered"])
		must(t, err)
		w.Clock.Advance(7 * 24 * time.Hour)
		night(t, w)

		must(t, w.Rights.Take(ctx, desktest.Lea, steps["accepted"]))
		for _, step := range []string{"accepted", "taken"} {
			n, err := w.Rights.Find(ctx, desktest.Lea, steps[step], "pyyntö")
			if err != nil || n != 0 {
				t.Errorf("%s: found %d, %v", step, n, err)
			}
			endsWith(t, w, steps[step], code)
		}
		for _, step := range []string{"drafted", "decided"} {
			id := steps[step]
			d, err := w.Rights.Unit(ctx, desktest.Lea, id)
			if err != nil || !d.Gone || len(d.Items) > 0 {
				t.Errorf("%s: %+v %v", step, d, err)
			}
			desktest.Fails(t, w.Rights.Decide(ctx, desktest.Lea, id, 1, rights.Kept, "", nil), fault.Gone, "retention-ended")
			desktest.Fails(t, w.Rights.Finish(ctx, desktest.Lea, id), fault.Gone, "retention-ended")
			endsWith(t, w, id, code)
		}
		_, err = w.Rights.Deliver(ctx, desktest.Clerk, steps["ready"])
		desktest.Fails(t, err, fault.Gone, "retention-ended")
		must(t, w.Rights.Answer(ctx, desktest.Clerk, steps["ready"], rights.Destroyed, "Tiedot on hävitetty."))
		_, err = w.Rights.Fetch(ctx, "dvv", link.Link, link.Code)
		desktest.Fails(t, err, fault.Gone, "retention-ended")
		_, err = w.Rights.FetchFile(ctx, "dvv", link.Link, link.Code, 1)
		desktest.Fails(t, err, fault.Gone, "retention-ended")
		_, err = w.Rights.Deliver(ctx, desktest.Clerk, steps["delivered"])
		desktest.Fails(t, err, fault.Gone, "retention-ended")
		v, err := w.Rights.Own(ctx, "dvv", steps["delivered"], code)
		if err != nil || v.Ends != "2027-01-22" || v.Status != rights.Closed {
			t.Errorf("the person of the delivered one sees %+v %v", v, err)
		}
	})
}

// endsWith lets an official and the registry say that retention ended the data, and the person see it; before
// that the registry may not say so, and nobody may say that something was given.
func endsWith(t *testing.T, w *desktest.World, id, code string) {
	t.Helper()
	ctx := t.Context()
	desktest.Fails(t, w.Rights.Answer(ctx, desktest.Clerk, id, rights.Destroyed, "Hävitetty."), fault.Conflict, "request-status")
	must(t, w.Rights.Nothing(ctx, desktest.Lea, id, rights.Destroyed))
	desktest.Fails(t, w.Rights.Answer(ctx, desktest.Clerk, id, rights.Granted, "Annettu."), fault.Conflict, "rights-outcome")
	must(t, w.Rights.Answer(ctx, desktest.Clerk, id, rights.Destroyed, "Hävitetty."))
	v, err := w.Rights.Own(ctx, "dvv", id, code)
	if err != nil || v.Said["decision"] != rights.Destroyed || v.Said["answer"] != "Hävitetty." {
		t.Errorf("the person sees %+v %v", v, err)
	}
}

// While the copy lives, the registry may not answer that it was destroyed.
func TestACopyThatLivesIsNotAnsweredAsDestroyed(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		_, code := conversation(t, w, desktest.Advice)
		id := drafted(t, w, desktest.Advice, code)
		decided(t, w, id)
		must(t, w.Rights.Finish(t.Context(), desktest.Lea, id))
		desktest.Fails(t, w.Rights.Answer(t.Context(), desktest.Clerk, id, rights.Destroyed, "Hävitetty."), fault.Conflict, "rights-outcome")
	})
}
