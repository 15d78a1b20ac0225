package vault

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// A setting's secret opens for its authority and its purpose alone, and is not in what is stored.
func TestASettingsSecretOpensForWhatItWasSealedFor(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		sealed, err := w.v.SealSecret("dvv", "directory a", "salaisuus")
		must(t, err)
		if bytes.Contains(sealed, []byte("salaisuus")) {
			t.Error("it is stored in clear")
		}
		if got, err := w.v.UnsealSecret("dvv", "directory a", sealed); err != nil || got != "salaisuus" {
			t.Errorf("%q, %v", got, err)
		}
		for _, c := range []struct{ authority, purpose string }{{"dvv", "directory b"}, {"mallila", "directory a"}} {
			if _, err := w.v.UnsealSecret(c.authority, c.purpose, sealed); !fault.Is(err, fault.Internal) {
				t.Errorf("%+v: %v", c, err)
			}
		}
		if _, err := w.v.UnsealSecret("dvv", "directory a", nil); !fault.Is(err, fault.Internal) {
			t.Errorf("none: %v", err)
		}
		if _, err := w.v.SealSecret("nowhere", "directory a", "x"); !fault.Is(err, fault.Busy) {
			t.Errorf("without keys: %v", err)
		}
		w.restart()
		for range 3 {
			w.at(notice.DayOf(w.clock.Now(), helsinki).End(helsinki))
			w.night()
		}
		if got, err := w.v.UnsealSecret("dvv", "directory a", sealed); err != nil || got != "salaisuus" {
			t.Errorf("after three nights: %q, %v", got, err)
		}
	})
}

// What somebody was found by is found no more once its tokens are dropped, and other fields' stay.
func TestDroppedTokensFindNothing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		for _, field := range []string{"email", "reference_code"} {
			w.token(ch, field, "x")
		}
		w.write(func(ctx context.Context, tx *store.Tx) error {
			writer, err := w.v.Writer(ctx, tx, "dvv", ch.record)
			return errors.Join(err, writer.DropTokens(ctx, tx, "email"))
		})
		for field, want := range map[string]int{"email": 0, "reference_code": 1} {
			got, err := w.found(adviser, "return", field, "x", "syy")
			must(t, err)
			if len(got) != want {
				t.Errorf("by %s: %v", field, got)
			}
		}
	})
}
