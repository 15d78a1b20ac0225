package vault

import (
	"context"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/fault"
	"luukku/store"
)

// Promise 2: what is done with a record without opening it is judged and recorded like an opening.
func TestPermitJudgesAndRecordsLikeAnOpening(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		permit := func(by access.Caller, purpose string) error {
			return w.db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				return w.v.Permit(ctx, tx, by, purpose, ch.record, ActionPrint, Why{Reason: "syy"})
			})
		}
		must(t, permit(adviser, "answer"))
		if want := "print s_adviser adviser answer " + ch.id + " allowed syy"; w.last() != want {
			t.Errorf("recorded %q, want %q", w.last(), want)
		}
		wantFault(t, permit(other, "answer"), fault.Denied, "not-allowed")
		if want := "print s_other  answer " + ch.id + " not-allowed syy"; w.last() != want {
			t.Errorf("recorded %q, want %q", w.last(), want)
		}
	})
}

// A list of several records is one entry; what has ended is left out, and one that is not the caller's
// refuses all.
func TestAListIsOpenedWithOneEntry(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		var first, second = w.chats.advice(), w.chats.guardianship()
		w.chats.say(first, "Hei")
		w.chats.say(second, "Moi")
		w.chats.close(second, w.clock.Now())
		list := func(by access.Caller) (texts []string, err error) {
			var opened []*Opened
			err = w.db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				var rows []Sealed
				for _, ch := range []*chat{first, second} {
					some, err := w.chats.rows(ctx, tx, "dvv", ch)
					if err != nil {
						return err
					}
					rows = append(rows, some...)
				}
				opened, err = w.v.OpenEach(ctx, tx, by, "answer", rows, Why{})
				return err
			})
			for _, o := range opened {
				text, _ := o.Text("text")
				texts = append(texts, text)
			}
			return texts, err
		}
		before := len(w.entries("dvv"))
		texts, err := list(adviser)
		if err != nil || strings.Join(texts, " ") != "Hei Moi" {
			t.Fatalf("%q, %v", texts, err)
		}
		if got := w.entries("dvv")[before:]; len(got) != 1 || got[0] != "open s_adviser adviser answer  allowed " {
			t.Errorf("recorded %q", got)
		}
		_, err = list(other)
		wantFault(t, err, fault.Denied, "not-allowed")
		if !strings.Contains(w.last(), "not-allowed") {
			t.Errorf("recorded %q", w.last())
		}
		w.clock.Advance(100 * 24 * time.Hour) // the second's two months are over, the first's two years are not
		if texts, err := list(adviser); err != nil || strings.Join(texts, " ") != "Hei " {
			t.Errorf("%q, %v", texts, err)
		}
		foreign := adviser
		foreign.Authority = "mallila"
		_, err = list(foreign)
		wantFault(t, err, fault.NotFound, "not-found")
	})
}
