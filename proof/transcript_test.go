package proof

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luukku/channel/mail/mailtest"
	"luukku/core/notice"
	"luukku/web/api"
)

// Who orders the transcript leaves an address for as long as the mail is under way, and no longer: after
// Debian's Postfix has delivered it, the address is in no file, the bytes that sealed it are gone, and so
// is their key. // S4-9
func TestTheAddressOfATranscriptIsGoneFromEveryFile(t *testing.T) {
	post, err := mailtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { post.Stop() })
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		box := "maija." + engine + "@example.fi"
		c := h.ordering(box)
		sealed, key := []byte(h.scan("select sealed from outbox where sealed is not null")), h.keyOfAddress()
		f := newFinder(map[string]string{"the address": box})
		h.findsNothing(f, "while it waits")
		h.stop()
		loot := h.loot()

		h.mail = fmt.Sprintf(`mail: {server: "127.0.0.1:%d", tls: implicit, ca_file: %q, user: %s, senders: {dvv: "Chat <chat@dvv.example.fi>"}}`,
			post.Implicit, post.CAFile, post.User)
		t.Setenv("LUUKKU_MAIL_PASSWORD", post.Password)
		h.start()
		h.must("demo", "advance", "P1D") // what nobody took is tried again
		h.delivered(post, box, c)
		h.tellsOfAnExtension(post, "matti."+engine+"@example.fi")
		h.must("demo", "advance", "P1D") // the ring of events turns, and rows are reclaimed
		h.stop()

		h.findsNothing(f, "afterwards")
		keyLivesIn(t, "control: old key files with old KEKs", loot.folder, loot.folder, key, true)
		keyLivesIn(t, "old key files with the KEKs of now", loot.folder, h.folder, key, false)
		keyLivesIn(t, "the key files and KEKs of now", h.folder, h.folder, key, false)
		if engine == "sqlite" {
			h.holdsNoBytes(sealed)
			bytesAreFound(t, loot, sealed)
		}
	})
}

// ordering is a citizen who has talked with an adviser and orders the transcript.
func (h *house) ordering(box string) *person {
	h.t.Helper()
	c, a := h.citizen("dvv", api.StartContact{Service: "guardianship-chat"}), h.staff("dvv", notice.RoleAdviser)
	a.take(c.contact)
	c.say("Miten vuositili täytetään?")
	a.answer(c.contact, "reply", "Lomakkeella, joka on verkossa.")
	c.ok(http.MethodPost, "/api/chat/contacts/"+c.contact+"/transcript", api.OrderTranscript{Email: box}, nil)
	a.close(c.contact)
	return c
}

// delivered waits until the mail has come and the order counts as sent.
func (h *house) delivered(post *mailtest.Post, box string, c *person) {
	h.t.Helper()
	all, err := post.Wait(box, 1)
	if err != nil || len(all) != 1 || len(all[0].Parts) != 2 {
		h.t.Fatalf("%d mails: %v\n%s", len(all), err, tail(h.said(), 4000))
	}
	for _, part := range all[0].Parts {
		for _, said := range []string{"Miten vuositili täytetään?", "Lomakkeella, joka on verkossa."} {
			if !strings.Contains(part.Text, said) {
				h.t.Errorf("%s lacks %q", part.Type, said)
			}
		}
	}
	err = h.await(2*time.Minute, func() bool {
		return h.number("select count(*) from outbox where state = 'sent' and sealed is null") == 1
	})
	if err != nil {
		h.t.Errorf("the order of %s does not count as sent: %v", c.contact, err)
	}
}

// tellsOfAnExtension extends the time of a request that has an address, and reads what came there. // S3-30
func (h *house) tellsOfAnExtension(post *mailtest.Post, box string) {
	h.t.Helper()
	clerk := h.staff("dvv", notice.RoleRegistryClerk)
	var made api.RightsMade
	clerk.ok(http.MethodPost, "/api/registry/requests", api.RightsIntake{Register: "citizens-advice", Lang: "fi", Arrived: "letter", Email: box}, &made)
	var told api.RightsTold
	clerk.ok(http.MethodPost, "/api/registry/requests/"+made.Request+"/extend", api.RightsReasons{Reasons: "Pyyntö koskee monta keskustelua."}, &told)
	all, err := post.Wait(box, 1)
	if !told.Mailed || err != nil || len(all) != 1 || len(all[0].Parts) != 2 {
		h.t.Fatalf("%+v, %d mails: %v\n%s", told, len(all), err, tail(h.said(), 4000))
	}
	for _, part := range all[0].Parts {
		if !strings.Contains(part.Text, "Pyyntö koskee monta keskustelua.") || !strings.Contains(part.Text, made.Request) {
			h.t.Errorf("%s: %s", part.Type, part.Text)
		}
	}
	if err := h.await(2*time.Minute, func() bool {
		return h.scan("select told from rights_request where id = '"+made.Request+"'") == "mailed"
	}); err != nil {
		h.t.Error("the registry is not told that the mail was sent:", err)
	}
}

// keyOfAddress is the id of the key under which the one waiting address lies.
func (h *house) keyOfAddress() string {
	h.t.Helper()
	return h.scan("select b.key_id from vault_record r join vault_bucket b on b.authority = r.authority and b.id = r.bucket where r.typ = 'mail'")
}

func (h *house) findsNothing(f *finder, when string) {
	h.t.Helper()
	found, files := f.in(h.t, h.folder)
	if len(found) > 0 || files < 5 {
		h.t.Errorf("%s, in %d files: %q", when, files, found)
	}
}

// bytesAreFound is the control: what is sought in the files lies in them as it is sought.
func bytesAreFound(t *testing.T, h *house, sealed []byte) {
	t.Helper()
	f := &finder{forms: map[string][]byte{}, starts: map[uint32][]string{}}
	f.add("the sealed address", sealed)
	if found, _ := f.in(t, filepath.Join(h.folder, "data")); len(found) == 0 {
		t.Error("a sealed address that waits was not found in the database's file")
	}
}
