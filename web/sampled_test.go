package web

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/store"
	"luukku/web/api"
)

var qDrawn = store.MustQueries("-- name: drawn\nselect contact from sample_item where authority = ? order by no;\n").Get("drawn")

// S3-9, X-13: what was drawn is seen pseudonymised and in no other way. For the purpose of a review nobody opens the
// conversation itself or its file: not the reviewer who has drawn it and knows its id, not an adviser or a lead,
// whether they name the sample as their reason or not.
func TestADrawnContactIsNotReadUnmasked(t *testing.T) {
	h := newHouse(t)
	desk := h.signedIn("dvv", "aino", access.RoleAdviser)
	desk.ok(http.MethodPost, "/api/desk/presence", api.Presence{State: "present"}, nil)
	for range 6 {
		citizen, started := h.citizen("dvv", guardianship)
		desk.ok(http.MethodPost, "/api/desk/contacts/"+started.Contact+"/take", nil, nil)
		if r := citizen.sendFile("/api/chat/contacts/"+started.Contact+"/files", aboutFile("Olen Maija"), "kuva.png", pictureOf(t)); r.status != http.StatusOK {
			t.Fatal(r.body)
		}
		desk.ok(http.MethodPost, "/api/desk/contacts/"+started.Contact+"/messages", api.DeskWrite{ClientID: clientID(), Text: "Kiitos", Lang: "fi", Kind: "reply"}, nil)
		desk.ok(http.MethodPost, "/api/desk/contacts/"+started.Contact+"/close", api.Close{Topic: "moving", Outcome: "answered"}, nil)
	}
	h.clock.Advance(2 * time.Hour)
	if _, err := h.desk.Settle(t.Context(), "dvv"); err != nil {
		t.Fatal(err)
	}
	reviewer, lead := h.signedIn("dvv", "rita", access.RoleReviewer), h.signedIn("dvv", "lea", access.RoleLead)
	desk = h.signedIn("dvv", "aino2", access.RoleAdviser) // the first sign-in has run out
	var sample api.Sample
	reviewer.ok(http.MethodPost, "/api/review/samples", api.DrawSample{Service: guardianship, Purpose: "quality", Days: 7, Size: 5}, &sample)
	var drawn []string
	h.must(h.db.Read(t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		drawn, err = store.Select(ctx, tx, qDrawn, func(scan func(...any) error) (id string, err error) { return id, scan(&id) }, "dvv")
		return err
	}))
	if len(drawn) == 0 || len(drawn) != len(sample.Items) {
		t.Fatalf("%d were drawn, %d items", len(drawn), len(sample.Items))
	}
	var view api.ContactView
	at := "/api/desk/contacts/" + drawn[0]
	lead.ok(http.MethodPost, at+"/read", api.ReadFor{Purpose: "supervision", Reason: "valvonta"}, &view)
	file := ""
	for _, m := range view.Messages {
		if m.File != nil {
			file = fmt.Sprintf("%s/messages/%d/file", at, m.N)
		}
	}
	if r := lead.ask(http.MethodPost, file, api.ReadFor{Purpose: "supervision", Reason: "valvonta"}); r.status != http.StatusOK {
		t.Fatalf("control: the lead reads the file for supervision: %d %s", r.status, r.body)
	}
	for who, by := range map[string]*browser{"the reviewer": reviewer, "a lead": lead, "an adviser": desk} {
		for _, purpose := range []string{"quality", "training"} {
			for _, reason := range []string{"laadunarviointi", sample.ID} {
				why := api.ReadFor{Purpose: purpose, Reason: reason}
				for _, path := range []string{at + "/read", file} {
					if r := by.ask(http.MethodPost, path, why); r.status != http.StatusForbidden {
						t.Errorf("%s, %s, %s, %s: %d %s", who, purpose, reason, path, r.status, r.body)
					}
				}
			}
		}
		if r := by.ask(http.MethodGet, at, nil); r.status != http.StatusForbidden {
			t.Errorf("%s opens it as their own: %d", who, r.status)
		}
	}
}
