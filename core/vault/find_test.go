package vault

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// found searches at dvv and returns the things found.
func (w *world) found(caller access.Caller, purpose, field, value, why string) (things []string, err error) {
	var all []Found
	err = w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		all, err = w.v.Find(ctx, tx, caller, purpose, "advice", field, value, Why{Reason: why})
		return err
	})
	for _, f := range all {
		things = append(things, f.Row)
	}
	return things, err
}

func (w *world) token(ch *chat, field, value string) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error {
		writer, err := w.v.Writer(ctx, tx, "dvv", ch.record)
		return errors.Join(err, writer.Token(ctx, tx, field, value))
	})
}

// S3-2: an earlier contact is found by e-mail, telephone or code for as long as it lives, whatever
// day it was closed on. The search is recorded without its value.
func TestFindLooksInEveryLivingBucket(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		var same []string
		for range 40 { // more buckets than one statement asks for
			ch := w.chats.advice()
			w.token(ch, "email", "maija@example.fi")
			w.chats.close(ch, w.clock.Now())
			same = append(same, ch.id)
			w.day(notice.DayOf(w.clock.Now(), helsinki).AddDays(1))
			w.night()
		}
		stranger := w.chats.advice()
		w.token(stranger, "email", "matti@example.fi")
		w.token(stranger, "reference_code", "maija@example.fi") // the same text in another field

		got, err := w.found(adviser, "return", "email", "maija@example.fi", "soitti uudelleen")
		must(t, err)
		slices.Sort(got)
		slices.Sort(same)
		if !slices.Equal(got, same) {
			t.Errorf("found %d, want %d", len(got), len(same))
		}
		line := w.last()
		if !strings.HasPrefix(line, "search s_adviser adviser return ") || strings.Contains(line, "maija") {
			t.Error("recorded:", line)
		}
		if got, err := w.found(adviser, "return", "email", "nobody@example.fi", "x"); err != nil || got != nil {
			t.Error(got, err)
		}
		w.at(w.clock.Now().AddDate(2, 0, -20)) // half of them have ended, though no turn has come
		got, err = w.found(adviser, "return", "email", "maija@example.fi", "x")
		must(t, err)
		if len(got) == 0 || len(got) >= 40 {
			t.Error(len(got), "found after most ended")
		}
	})
}

func TestFindIsForThoseWhoMayOpen(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.token(ch, "email", "maija@example.fi")
		for _, c := range []struct {
			caller  access.Caller
			purpose string
			why     string
			code    fault.Code
			key     string
		}{
			{adviser, "return", "", fault.Invalid, "reason-missing"},
			{adviser, "marketing", "x", fault.Denied, "purpose-prohibited"},
			{adviser, "curiosity", "x", fault.Denied, "purpose-undeclared"},
			{adviser, "quality", "x", fault.Denied, "not-allowed"},
			{subject(ch.id), "answer", "x", fault.Denied, "not-allowed"},
			{access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_none"}, "return", "x", fault.Denied, "no-grant"},
		} {
			before := len(w.entries("dvv"))
			_, err := w.found(c.caller, c.purpose, "email", "maija@example.fi", c.why)
			wantFault(t, err, c.code, c.key)
			if lines := w.entries("dvv"); len(lines) != before+1 || !strings.Contains(lines[before], c.key) {
				t.Error("not recorded:", c.key)
			}
		}
		if got, err := w.found(foreign, "return", "email", "maija@example.fi", "x"); err != nil || got != nil {
			t.Error("found across authorities:", got, err)
		}
		_, err := w.found(adviser, "return", "shoe_size", "43", "x")
		wantFault(t, err, fault.Invalid, "undeclared-field")
	})
}

// A search finds only what its caller could open for that purpose.
func TestFindLeavesOutWhatTheCallerCannotOpen(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mine, theirs := w.chats.advice(), w.chats.advice()
		w.token(mine, "email", "maija@example.fi")
		w.token(theirs, "email", "maija@example.fi")
		w.write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, chatServe, "chat-of-others", "s_other", "dvv", theirs.id)
			return err
		})
		if got, err := w.found(adviser, "return", "email", "maija@example.fi", "x"); err != nil || !slices.Equal(got, []string{mine.id}) {
			t.Error("of another service:", got, err)
		}
		if got, err := w.found(clerk, "rights_fulfilment", "email", "maija@example.fi", "x"); err != nil || len(got) != 2 {
			t.Error("the clerk of every service finds", got, err)
		}
		if got, err := w.found(adviser, "answer", "email", "maija@example.fi", ""); err != nil || !slices.Equal(got, []string{mine.id}) {
			t.Error("only what is assigned:", got, err)
		}
	})
}

var chatServe = store.MustQueries(`
-- name: serve
update test_chat set service = ?, adviser = ? where authority = ? and id = ?;`).Get("serve")

// The same value has another token in every bucket, so nobody without the keys can follow it.
func TestTokensOfTwoBucketsDiffer(t *testing.T) {
	a, b := newBucketKey([keySize]byte{1}), newBucketKey([keySize]byte{2})
	if string(a.mac("email", "x")) == string(b.mac("email", "x")) || string(a.mac("email", "x")) == string(a.mac("emai", "lx")) {
		t.Error("two tokens are one")
	}
}
