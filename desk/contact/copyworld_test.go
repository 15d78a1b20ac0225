package contact_test

import (
	"strings"
	"testing"

	"luukku/core/rights"
	"luukku/desk/contact"
	"luukku/desk/desktest"
)

// conversation is a closed contact in which the citizen and Aino have written, and its code.
func conversation(t *testing.T, w *desktest.World, service string) (contact.Contact, string) {
	t.Helper()
	of, who := w.Start(service, nil)
	ctx := t.Context()
	_, err := w.Contacts.Take(ctx, desktest.Aino, of.ID)
	must(t, err)
	_, err = w.Contacts.Post(ctx, who, draft("Naapurini Veikko Virtanen muutti."))
	must(t, err)
	_, err = w.Contacts.Reply(ctx, desktest.Aino, of.ID, draft("Tee muuttoilmoitus."))
	must(t, err)
	must(t, w.Contacts.Close(ctx, desktest.Aino, of.ID, "moving", "answered"))
	return of, reference(t, w, of.ID)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// reference is a contact's code, as its citizen is told it.
func reference(t *testing.T, w *desktest.World, id string) string {
	t.Helper()
	for _, o := range openParts(t, w, id) {
		if code, ok := o.Text("reference_code"); ok {
			return contact.ShowReference(code)
		}
	}
	t.Fatal("no reference code")
	return ""
}

// accepted is a request that the registry has accepted.
func accepted(t *testing.T, w *desktest.World, register, code string) string {
	t.Helper()
	q, err := w.Rights.Receive(t.Context(), rights.Page("dvv"), rights.Intake{Register: register, Lang: "fi", Arrived: "page", By: "reference", Value: code, Name: "Maija Meikäläinen"})
	must(t, err)
	must(t, w.Rights.Accept(t.Context(), desktest.Clerk, q.ID, "reference_code", ""))
	return q.ID
}

// drafted is a request whose official has found what there is.
func drafted(t *testing.T, w *desktest.World, register, code string) string {
	t.Helper()
	id := accepted(t, w, register, code)
	must(t, w.Rights.Take(t.Context(), desktest.Lea, id))
	_, err := w.Rights.Find(t.Context(), desktest.Lea, id, "pyyntö")
	must(t, err)
	return id
}

// decided decides about everything: the neighbour's name is covered, the adviser's answer left out.
func decided(t *testing.T, w *desktest.World, id string) {
	t.Helper()
	d, err := w.Rights.Unit(t.Context(), desktest.Lea, id)
	must(t, err)
	for _, i := range d.Items {
		switch {
		case i.Decision != rights.Undecided:
		case strings.HasPrefix(i.Text, "Naapurini"):
			must(t, w.Rights.Decide(t.Context(), desktest.Lea, id, i.N, rights.Covered, "third_person", []rights.Span{{From: 10, To: 25}}))
		case strings.HasPrefix(i.Text, "Tee"):
			must(t, w.Rights.Decide(t.Context(), desktest.Lea, id, i.N, rights.LeftOut, "secret", nil))
		default:
			must(t, w.Rights.Decide(t.Context(), desktest.Lea, id, i.N, rights.Kept, "", nil))
		}
	}
}
