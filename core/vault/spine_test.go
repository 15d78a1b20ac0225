package vault

import (
	"context"
	"testing"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// The whole of the vault in one go: a message is sealed, read through the gate with its entry, and
// when the time in the notice has passed its key dies in the turn and nothing opens any more.
// S4-10: two months. X-2.
func TestAMessageLivesAsLongAsItsNoticeSaysAndDiesWithItsKey(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.seals = true
		ch := w.chats.guardianship()
		w.chats.say(ch, "Hei, olen edunvalvoja.")
		w.chats.close(ch, noon)

		w.at(notice2months.End(helsinki).Add(-1)) // 20 January, the last instant
		texts, err := w.chats.texts(adviser, "answer", ch, "")
		must(t, err)
		if len(texts) != 1 || texts[0] != "Hei, olen edunvalvoja." {
			t.Fatal("the control does not open:", texts)
		}
		if w.last() != "open s_adviser adviser answer "+ch.id+" allowed " {
			t.Fatal("no entry of the read:", w.last())
		}

		w.at(notice2months.End(helsinki)) // 21 January 00:00
		_, err = w.chats.texts(adviser, "answer", ch, "")
		wantFault(t, err, fault.Gone, "retention-ended")
		if w.last() != "open s_adviser  answer "+ch.id+" retention-ended " {
			t.Fatal("no entry of the refusal:", w.last())
		}

		dead, err := w.v.Destroy(context.Background(), "dvv")
		must(t, err)
		if len(dead) != 1 || w.states("guardianship") != "dead" {
			t.Fatal("not dead:", dead, w.states("guardianship"))
		}
		key := w.keyOf(ch)
		if _, held := w.sets["dvv"].Snapshot().Key(key); !held {
			t.Fatal("the key went before the turn")
		}
		_, err = w.v.Turn(context.Background(), "dvv")
		must(t, err)
		if _, held := w.sets["dvv"].Snapshot().Key(key); held || w.states("guardianship") != "dropped" {
			t.Fatal("the key outlived the turn", w.states("guardianship"))
		}
		_, err = w.chats.texts(adviser, "answer", ch, "")
		wantFault(t, err, fault.Gone, "retention-ended")

		rows, err := w.v.Reclaim(context.Background(), "dvv", 0)
		must(t, err)
		if rows != 3 || // a message, its chat and its record
			w.states("guardianship") != "gone" || w.count("messages-count", "dvv") != 0 {
			t.Fatal("not reclaimed:", rows, w.states("guardianship"))
		}
		findings, err := w.v.Verify(context.Background(), "dvv")
		must(t, err)
		if findings != nil {
			t.Fatal(findings)
		}
	})
}

// notice2months is the last day of what is closed on 21 November 2026 and kept two months.
const notice2months = notice.Day("2027-01-20")

// keyOf is the id of the key of the bucket that a chat's record lies in.
func (w *world) keyOf(ch *chat) (key string) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) error {
		r, err := w.v.recordShared(ctx, tx, "dvv", ch.record)
		if err == nil {
			key = r.bucket.key
		}
		return err
	})
	return key
}
