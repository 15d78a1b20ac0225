package review_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/review"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// settled are contacts that an adviser answered and closed, and that are settled.
func settled(t *testing.T, w *desktest.World, service string, by access.Caller, n int) (ids []string) {
	t.Helper()
	for i := range n {
		of, who := w.Start(service, nil)
		steps := func() error {
			if _, err := w.Contacts.Take(t.Context(), by, of.ID); err != nil {
				return err
			}
			if _, err := w.Contacts.Post(t.Context(), who, draft(fmt.Sprintf("Olen Maija Meikäläinen, numeroni on 040 555 12%02d. Isäni Aatos kysyy.", i))); err != nil {
				return err
			}
			if _, err := w.Contacts.AddNote(t.Context(), by, of.ID, draft("Muistiinpano Maijasta")); err != nil {
				return err
			}
			w.Clock.Advance(2 * time.Minute)
			if _, err := w.Contacts.Reply(t.Context(), by, of.ID, draft("Hei Maija, täällä Aino. Asia on vireillä Meikäläisellä.")); err != nil {
				return err
			}
			return w.Contacts.Close(t.Context(), by, of.ID, "moving", "answered")
		}
		if err := steps(); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, of.ID)
	}
	w.Clock.Advance(time.Hour)
	if _, err := w.Contacts.Settle(t.Context(), "dvv"); err != nil {
		t.Fatal(err)
	}
	return ids
}

func draft(text string) contact.Draft {
	return contact.Draft{ClientID: desktest.ClientID(), Text: text, Lang: "fi"}
}

func drawn(t *testing.T, w *desktest.World, wish review.Wish) review.Sample {
	t.Helper()
	s, err := w.Reviews.Draw(t.Context(), desktest.Rita, wish)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// said is a shown conversation as text; what is hidden stands in brackets.
func said(s review.Shown) string {
	var b strings.Builder
	for _, l := range s.Lines {
		fmt.Fprintf(&b, "%s%s%s:", l.From, l.Who, l.Event)
		for _, p := range l.Pieces {
			if p.Hidden != "" {
				fmt.Fprintf(&b, "[%s]", p.Hidden)
			}
			b.WriteString(p.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func entriesOf(w *desktest.World, ids []string) (n int) {
	for _, id := range ids {
		n += len(w.Entries(id))
	}
	return n
}

func grant(w *desktest.World, staff string) {
	w.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := w.Register.AddGrant(ctx, tx, access.Grant{Authority: "dvv", Staff: staff, Role: access.RoleReviewer})
		return err
	})
}

func lives(t *testing.T, w *desktest.World, ids []string) string {
	t.Helper()
	var b strings.Builder
	w.Read(func(ctx context.Context, tx *store.Tx) error {
		for _, id := range ids {
			life, err := w.Vault.LifeOf(ctx, tx, "dvv", contact.Type, id)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "%+v\n", life)
		}
		return nil
	})
	return b.String()
}

// end lets the buckets of the past die, and reclaims their rows.
func end(t *testing.T, w *desktest.World) {
	t.Helper()
	if _, err := w.Vault.Destroy(t.Context(), "dvv"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Vault.Turn(t.Context(), "dvv"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Vault.Reclaim(t.Context(), "dvv", 50*time.Millisecond); err != nil {
		t.Fatal(err)
	}
}
