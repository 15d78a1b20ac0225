package contact_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/fault"
)

func beginning(service string) contact.Beginning {
	return contact.Beginning{Authority: "dvv", Service: service, Lang: "fi", ClientID: desktest.ClientID()}
}

// An undeclared field is refused, naming field and notice (S4: guardianship chat asks for nothing).
func TestUndeclaredFieldsAreRefused(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for _, c := range []struct{ service, field string }{
			{desktest.Guardianship, "email"}, {desktest.Guardianship, "phone"}, {desktest.Guardianship, "name"}, {desktest.Advice, "hetu"},
			{desktest.Advice, "text"}, {desktest.Advice, "topic"}, {desktest.Advice, "adviser_name"}, {desktest.Advice, ""},
		} {
			b := beginning(c.service)
			b.Fields = map[string]string{c.field: "x@example.fi"}
			_, err := w.Contacts.Start(t.Context(), b)
			desktest.Fails(t, err, fault.Invalid, "undeclared-field")
			if f := fault.Of(err); f.Field != "fields."+c.field || f.Args["field"] != c.field || f.Args["notice"] != c.service {
				t.Errorf("%s: %+v", c.field, f)
			}
		}
	})
}

// S3-14: e-mail and telephone are taken in the form in which they are found again.
func TestContactDetailsAreChecked(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for _, c := range []struct{ field, typed, want string }{
			{"email", " Maija.Meikalainen@Example.FI ", "maija.meikalainen@example.fi"},
			{"email", "a+b@sub.example.fi", "a+b@sub.example.fi"},
			{"phone", "040 555 1234", "+358405551234"},
			{"phone", "+358 40 555 1234", "+358405551234"},
			{"phone", "(09) 555 1234", "+35895551234"},
			{"phone", "+46 8 555 123 45", "+46855512345"},
			{"phone", "00358405551234", "+358405551234"},
			{"email", "", ""},
			{"phone", "  ", ""},
		} {
			of, _ := w.Start(desktest.Advice, map[string]string{c.field: c.typed})
			if got := fieldOf(t, w, of, c.field); got != c.want {
				t.Errorf("%s %q is kept as %q, want %q", c.field, c.typed, got, c.want)
			}
		}
		for _, c := range []struct{ field, typed string }{
			{"email", "no"}, {"email", "@example.fi"}, {"email", "a@b"}, {"email", "a b@example.fi"}, {"email", "a@example..fi"},
			{"email", "Maija <a@example.fi>"}, {"email", "a@example.fi, b@example.fi"}, {"email", "a@example.f"},
			{"email", strings.Repeat("a", 65) + "@example.fi"}, {"email", "a@" + strings.Repeat("b", 260) + ".fi"}, {"email", "a@exa\nmple.fi"},
			{"phone", "12"}, {"phone", "puhelin"}, {"phone", "+999 123"}, {"phone", strings.Repeat("0", 41)}, {"phone", "040 555 1234 ext. 5"},
		} {
			b := beginning(desktest.Advice)
			b.Fields = map[string]string{c.field: c.typed}
			_, err := w.Contacts.Start(t.Context(), b)
			desktest.Fails(t, err, fault.Invalid, c.field+"-form")
			if f := fault.Of(err); f.Field != "fields."+c.field {
				t.Errorf("%q: field %q", c.typed, f.Field)
			}
		}
	})
}

// A code inside an address is not masked, which would make it another one, but refused.
func TestACodeInAnAddressIsRefused(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		w.Mask = func(text string) (string, int) { return text, strings.Count(text, "hetu") }
		b := beginning(desktest.Advice)
		b.Fields = map[string]string{"email": "Hetu@example.fi"}
		_, err := w.Contacts.Start(t.Context(), b)
		desktest.Fails(t, err, fault.Invalid, "email-holds-code")
		if f := fault.Of(err); f.Field != "fields.email" {
			t.Errorf("field %q", f.Field)
		}
	})
}

// S3-16: of what a person gives in writing, the chat keeps the message and a name, and nothing else: no
// other field is taken, whatever a client sends, and a code inside the name is hidden.
func TestWritingIsBoundedToMessageAndName(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for typed, want := range map[string]string{" Maija \t Meikäläinen ": "Maija Meikäläinen", "<b>Ö</b>": "<b>Ö</b>", " ": ""} {
			of, _ := w.Start(desktest.Advice, map[string]string{"name": typed})
			if got := fieldOf(t, w, of, "name"); got != want {
				t.Errorf("%q is kept as %q", typed, got)
			}
		}
		for _, typed := range []string{strings.Repeat("ä", 101), "a\x00b", "\u200b", "a\xff"} {
			b := beginning(desktest.Advice)
			b.Fields = map[string]string{"name": typed}
			_, err := w.Contacts.Start(t.Context(), b)
			desktest.Fails(t, err, fault.Invalid, "name-form")
		}
		n, _ := w.Shelf.Current("dvv", desktest.Advice, "2026-11-21")
		for _, g := range n.Groups {
			for _, f := range g.Fields {
				b := beginning(desktest.Advice)
				b.Fields = map[string]string{f.ID: "040 555 1234"}
				_, err := w.Contacts.Start(t.Context(), b)
				if taken := !fault.Is(err, fault.Invalid) || fault.Of(err).Key != "undeclared-field"; taken != contact.Askable(f) {
					t.Errorf("%s is taken: %v", f.ID, taken)
				}
				if contact.Askable(f) && !slices.Contains([]string{"email", "phone", "name"}, f.ID) {
					t.Errorf("%s is asked for", f.ID)
				}
			}
		}
		w.Mask = func(text string) (string, int) {
			return strings.ReplaceAll(text, "hetu", "••"), strings.Count(text, "hetu")
		}
		of, _ := w.Start(desktest.Advice, map[string]string{"name": "Maija hetu"})
		if got := fieldOf(t, w, of, "name"); got != "Maija ••" {
			t.Errorf("kept as %q", got)
		}
	})
}

// fieldOf opens a field of a contact's parts, as the registry would.
func fieldOf(t *testing.T, w *desktest.World, of contact.Contact, field string) string {
	t.Helper()
	return opened(t, w, of)[field]
}

func opened(t *testing.T, w *desktest.World, of contact.Contact) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, o := range openParts(t, w, of.ID) {
		for _, f := range o.Fields() {
			all[f], _ = o.Text(f)
		}
	}
	return all
}

func TestStartIsRefusedWhereItCannotBe(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for _, c := range []struct {
			spoil func(*contact.Beginning)
			code  fault.Code
			key   string
		}{
			{func(b *contact.Beginning) { b.Service = "no-such" }, fault.NotFound, "service-not-found"},
			{func(b *contact.Beginning) { b.Authority = "nowhere" }, fault.NotFound, "service-not-found"},
			{func(b *contact.Beginning) { b.Lang = "de" }, fault.Invalid, "unknown-language"},
			{func(b *contact.Beginning) { b.Topic = "gardening" }, fault.Invalid, "unknown-topic"},
			{func(b *contact.Beginning) { b.ClientID = "short" }, fault.Invalid, "client-id"},
		} {
			b := beginning(desktest.Advice)
			c.spoil(&b)
			_, err := w.Contacts.Start(t.Context(), b)
			desktest.Fails(t, err, c.code, c.key)
		}
		w.Clock.Set(desktest.Noon.Add(4*time.Hour + 15*time.Minute)) // 16:15 in Helsinki
		_, err := w.Contacts.Start(t.Context(), beginning(desktest.Advice))
		desktest.Fails(t, err, fault.Conflict, "service-closed")
	})
}

// A start whose answer was lost gives the same contact a new token, once, and only as long as
// nothing was written in it.
func TestStartAgainGivesTheSameContact(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		b := beginning(desktest.Advice)
		first, err := w.Contacts.Start(t.Context(), b)
		if err != nil {
			t.Fatal(err)
		}
		again, err := w.Contacts.Start(t.Context(), b)
		if err != nil || again.Contact.ID != first.Contact.ID || again.Token == first.Token {
			t.Fatalf("%+v, %v", again, err)
		}
		_, err = w.Contacts.Post(t.Context(), contact.Claim("dvv", first.Contact.ID, first.Token), draft("Hei"))
		desktest.Fails(t, err, fault.NotFound, "contact-not-found")
		if _, err := w.Contacts.Post(t.Context(), contact.Claim("dvv", again.Contact.ID, again.Token), draft("Hei")); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Contacts.Start(t.Context(), b); !fault.Is(err, fault.Conflict) {
			t.Errorf("a contact in which something was written was given away: %v", err)
		}
		if places, _ := w.Queue.Places(t.Context(), "dvv", desktest.Advice, "fi"); len(places) != 1 {
			t.Errorf("%d wait", len(places))
		}
	})
}

// S4-T8: every contact has a reference code of its own; tokens are never the same.
func TestReferenceCodesAndTokensDiffer(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		codes, tokens := map[string]bool{}, map[string]bool{}
		for range 20 {
			begun, err := w.Contacts.Start(t.Context(), beginning(desktest.Guardianship))
			if err != nil {
				t.Fatal(err)
			}
			code := fieldOf(t, w, begun.Contact, "reference_code")
			if _, err := contact.ParseReference(code); err != nil || codes[code] || tokens[begun.Token] || len(begun.Token) != 43 {
				t.Errorf("code %q, token of %d characters, %v", code, len(begun.Token), err)
			}
			codes[code], tokens[begun.Token] = true, true
		}
	})
}

// The events that the notice wants signed are; the others keep nobody's name (S4-8, S4-12).
func TestAdviserSignsWhereTheNoticeDeclaresIt(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		for service, want := range map[string]map[string]string{
			desktest.Guardianship: {"adviser_name": "Aino", "adviser_email": "aino@example.fi", "adviser_user_id": "u-aino"},
			desktest.Advice:       {},
		} {
			of, _ := w.Taken(service)
			if got := openLines(t, w, of, 2); !maps.Equal(got, want) {
				t.Errorf("%s keeps %v, want %v", service, got, want)
			}
		}
	})
}
