package vault

import (
	"context"
	"errors"
	"strings"
	"testing"

	"luukku/fault"
	"luukku/store"
)

// Promise 6: a field that no notice declares cannot be stored.
func TestUndeclaredFieldIsRefusedByName(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.guardianship() // declares no e-mail (S4-9, S4-11)
		for field, key := range map[string]string{"email": "undeclared-field", "Text": "undeclared-field", "": "undeclared-field"} {
			err := w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
				return w.chats.post(ctx, tx, ch, Value{"text", "a"}, Value{field, "b"})
			})
			wantFault(t, err, fault.Invalid, key)
			e := fault.Of(err)
			if e.Field != field || e.Args["field"] != field || e.Args["notice"] != "guardianship" || e.Args["group"] != "conversation" {
				t.Errorf("%q: %+v", field, e)
			}
		}
		w.fails(fault.Invalid, "undeclared-field", func(ctx context.Context, tx *store.Tx) error {
			writer, err := w.v.Writer(ctx, tx, "dvv", ch.record)
			return errors.Join(err, writer.Token(ctx, tx, "email", "a@example.fi"))
		})
		if w.count("messages-count", "dvv") != 0 {
			t.Error("something was stored")
		}
	})
}

func TestBrokenTextIsRefused(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		for key, values := range map[string][]Value{
			"not-utf8":    {{"text", "a\xff"}},
			"field-twice": {{"text", "a"}, {"note", "b"}, {"text", "c"}},
		} {
			w.fails(fault.Invalid, key, func(ctx context.Context, tx *store.Tx) error {
				return w.chats.post(ctx, tx, ch, values...)
			})
		}
		w.fails(fault.Invalid, "empty-token", func(ctx context.Context, tx *store.Tx) error {
			writer, err := w.v.Writer(ctx, tx, "dvv", ch.record)
			return errors.Join(err, writer.Token(ctx, tx, "email", ""))
		})
	})
}

func TestUndeclaredGroupIsNotBorn(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for _, b := range []Birth{
			{Authority: "dvv", Notice: "advice", Group: "recording", Type: "chat", Row: "c_1"},
			{Authority: "dvv", Notice: "nothing", Group: "event", Type: "chat", Row: "c_1"},
			{Authority: "nowhere", Notice: "advice", Group: "event", Type: "chat", Row: "c_1"},
		} {
			w.fails(fault.Invalid, "undeclared-group", func(ctx context.Context, tx *store.Tx) error {
				_, err := w.v.Create(ctx, tx, b)
				return err
			})
		}
		w.fails(fault.Invalid, "record-without-owner", func(ctx context.Context, tx *store.Tx) error {
			_, err := w.v.Create(ctx, tx, Birth{Authority: "dvv", Notice: "advice", Group: "event", Type: "chat"})
			return err
		})
	})
}

func TestOneRecordForEachThingAndGroup(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		b := Birth{Authority: "dvv", Notice: "advice", Group: "event", Type: "chat", Row: "c_1"}
		create := func(ctx context.Context, tx *store.Tx) error { _, err := w.v.Create(ctx, tx, b); return err }
		w.write(create)
		w.fails(fault.Conflict, "conflict", create)
		b.Notice, b.Group = "guardianship", "conversation"
		w.write(create)
	})
}

// A record of a closed contact is not born after its time.
func TestNothingIsBornDead(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.fails(fault.Gone, "retention-ended", func(ctx context.Context, tx *store.Tx) error {
			_, err := w.v.Create(ctx, tx, Birth{Authority: "dvv", Notice: "guardianship", Group: "conversation", Type: "chat", Row: "c_1",
				At: noon.AddDate(0, -2, 0), Final: true})
			return err
		})
	})
}

func TestWriterAnswersAForeignRecordLikeAnUnknownOne(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		var texts []string
		for authority, id := range map[string]RecordID{"mallila": ch.record, "dvv": "r_none"} {
			err := w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
				_, err := w.v.Writer(ctx, tx, authority, id)
				return err
			})
			wantFault(t, err, fault.NotFound, "not-found")
			texts = append(texts, err.Error())
		}
		if texts[0] != texts[1] {
			t.Error("told apart:", texts)
		}
	})
}

// S4-10: nothing is added to what has ended. What is still open waits for its move instead.
func TestWriterRefusesWhatHasEnded(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		closed, open := w.chats.guardianship(), w.chats.guardianship()
		w.chats.close(closed, noon)
		w.day(notice2months.AddDays(1))
		write := func(ch *chat) func(context.Context, *store.Tx) error {
			return func(ctx context.Context, tx *store.Tx) error {
				_, err := w.v.Writer(ctx, tx, "dvv", ch.record)
				return err
			}
		}
		w.fails(fault.Gone, "retention-ended", write(closed))
		w.fails(fault.Busy, "bucket-closing", write(open))
		w.night()
		w.fails(fault.Gone, "retention-ended", write(closed))
		w.write(write(open))
	})
}

// Bad input: the stock of keys is empty.
func TestEmptyStockIsBusyAndAnAlarmUntilItIsFilled(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, chatQueries.Get("stock-empty"), "dvv")
			return err
		})
		create := func(ctx context.Context, tx *store.Tx) error {
			return w.chats.create(ctx, tx, &chat{id: store.NewID("c_")}, "advice", "event")
		}
		w.fails(fault.Busy, "key-stock-empty", create)
		if alarms := w.v.Alarms(); len(alarms) != 1 || alarms[0].Kind != AlarmStockEmpty || alarms[0].Authority != "dvv" {
			t.Error("alarms:", alarms)
		}
		must(t, w.v.Refill(context.Background(), "dvv"))
		w.write(create)
		if alarms := w.v.Alarms(); alarms != nil {
			t.Error("still standing:", alarms)
		}
	})
}

// The message path: writer, insert, readings here; with the contact's update four.
func TestAMessageTakesThreeStatementsOfTheVault(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "warm")
		w.write(func(ctx context.Context, tx *store.Tx) error {
			err := w.chats.post(ctx, tx, ch, Value{"text", "Hei"})
			if n := tx.Statements(); n != 3 {
				t.Error(n, "statements")
			}
			return err
		})
	})
}

func TestSealedRowsHoldNoPlaintext(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, strings.Repeat("merkkijono ", 20))
		w.read(func(ctx context.Context, tx *store.Tx) error {
			rows, err := w.chats.rows(ctx, tx, "dvv", ch)
			if len(rows) != 1 || strings.Contains(string(rows[0].Bytes()), "merkkijono") {
				t.Error("in clear:", rows)
			}
			return err
		})
	})
}
