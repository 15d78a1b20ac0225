package vault

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault/keystore"
	"luukku/fault"
	"luukku/store"
)

func TestAVaultWithoutARecorderIsNotMade(t *testing.T) {
	w := newWorld(t, "sqlite")
	o := w.v.o
	o.Recorder = nil
	if _, err := New(o); err == nil {
		t.Error("made without a recorder")
	}
	for part, without := range map[string]func(*Options){
		"database": func(o *Options) { o.DB = nil }, "keys": func(o *Options) { o.Keys = nil },
		"clock": func(o *Options) { o.Keeper = nil }, "notices": func(o *Options) { o.Shelf = nil }, "zone": func(o *Options) { o.Zone = nil },
	} {
		less := w.v.o
		without(&less)
		if _, err := New(less); err == nil {
			t.Error("made without", part)
		}
	}
	if w.v.SetRecorder(w) == nil || w.v.SetRecorder(nil) == nil {
		t.Error("a recorder was replaced")
	}
}

// S4-18, S3-25: who reaches what, for which purpose. Everything that is not allowed is refused and
// recorded.
func TestGate(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		for _, c := range []struct {
			name    string
			caller  access.Caller
			purpose string
			why     string
			key     string // "" allows
			code    fault.Code
			role    string
		}{
			{"assigned adviser", adviser, "answer", "", "", "", "adviser"},
			{"another adviser", other, "answer", "", "not-allowed", fault.Denied, ""},
			{"another adviser, returning, with a reason", other, "return", "asiakas soitti", "", "", "adviser"},
			{"another adviser, returning, without", other, "return", "", "reason-missing", fault.Invalid, ""},
			{"another adviser, returning, with blanks", other, "return", " \t", "reason-missing", fault.Invalid, ""},
			{"another adviser, returning, with nothing to see", other, "return", "\u200b\u2060", "reason-missing", fault.Invalid, ""},
			{"a purpose that no notice declares", adviser, "curiosity", "x", "purpose-undeclared", fault.Denied, ""},
			{"no purpose", adviser, "", "x", "purpose-undeclared", fault.Denied, ""},
			{"a prohibited purpose although a rule names it", adviser, "marketing", "x", "purpose-prohibited", fault.Denied, ""},
			{"a role that the purpose is not for", adviser, "quality", "x", "not-allowed", fault.Denied, ""},
			{"clerk for a rights request", clerk, "rights_fulfilment", "pyyntö 12", "", "", "registry_clerk"},
			{"clerk answering", clerk, "answer", "x", "not-allowed", fault.Denied, ""},
			{"the person", subject(ch.id), "answer", "", "", "", "subject"},
			{"another person", subject("c_other"), "answer", "", "not-allowed", fault.Denied, ""},
			{"an unknown member of staff", access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_none"}, "answer", "", "no-grant", fault.Denied, ""},
			{"the program", access.Caller{Authority: "dvv", Kind: access.Program, ID: "retention"}, "answer", "", "not-allowed", fault.Denied, ""},
			{"a caller of no kind", access.Caller{Authority: "dvv", ID: "s_adviser"}, "answer", "", "not-allowed", fault.Denied, ""},
		} {
			before := len(w.entries("dvv"))
			texts, err := w.chats.texts(c.caller, c.purpose, ch, c.why)
			outcome := OutcomeAllowed
			if c.key == "" {
				if err != nil || len(texts) != 1 || texts[0] != "Hei" {
					t.Errorf("%s: %v, %v", c.name, texts, err)
				}
			} else {
				wantFault(t, err, c.code, c.key)
				outcome = c.key
			}
			want := strings.Join([]string{"open", c.caller.ID, c.role, c.purpose, ch.id, outcome, c.why}, " ")
			if lines := w.entries("dvv"); len(lines) != before+1 || lines[before] != want {
				t.Errorf("%s: recorded %q, want %q", c.name, lines[before:], want)
			}
		}
	})
}

// S4-17: no access without a secrecy commitment on record, for whom it concerns.
func TestStaffWithoutASecrecyCommitmentOpensNothing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.reg.SetSecrecy(ctx, tx, "dvv", adviser.ID, "", w.clock.Now())
		})
		_, err := w.chats.texts(adviser, "answer", ch, "")
		wantFault(t, err, fault.Denied, "secrecy-commitment-missing")
		if !strings.Contains(w.last(), "secrecy-commitment-missing") {
			t.Error("not recorded:", w.last())
		}
		if _, err := w.chats.texts(subject(ch.id), "answer", ch, ""); err != nil {
			t.Error("the person is under no commitment:", err)
		}
	})
}

func TestGrantOfAnotherServiceOrTimeOpensNothing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		now := w.clock.Now()
		w.write(func(ctx context.Context, tx *store.Tx) error {
			var failures []error
			for staff, g := range map[string]access.Grant{
				"s_elsewhere": {Service: "chat"}, "s_past": {From: 1, Until: now.UnixMilli()}, "s_future": {From: now.UnixMilli() + 1},
			} {
				g.Authority, g.Staff, g.Role = "dvv", staff, access.RoleAdviser
				_, err := w.reg.AddGrant(ctx, tx, g)
				if fault.Is(err, fault.NotFound) {
					failures = append(failures, w.reg.AddStaff(ctx, tx, "dvv", staff, now), w.reg.SetSecrecy(ctx, tx, "dvv", staff, "2026-01-01", now))
					_, err = w.reg.AddGrant(ctx, tx, g)
				}
				failures = append(failures, err)
			}
			return errors.Join(failures...)
		})
		for staff, key := range map[string]string{"s_elsewhere": "not-allowed", "s_past": "no-grant", "s_future": "no-grant"} {
			_, err := w.chats.texts(access.Caller{Authority: "dvv", Kind: access.Staff, ID: staff}, "return", ch, "x")
			wantFault(t, err, fault.Denied, key)
		}
	})
}

// Promise 4: a foreign id answers exactly like a missing one, and leaves no trace at home.
func TestAnotherAuthoritysRowAnswersLikeAnUnknownOne(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		var row Sealed
		w.read(func(ctx context.Context, tx *store.Tx) error {
			rows, err := w.chats.rows(ctx, tx, "dvv", ch)
			row = rows[0]
			return err
		})
		var texts []string
		for _, s := range []Sealed{
			row, // as it is, with its own authority
			FromRow("mallila", row.Record(), row.Row(), row.Bytes()), // claimed
			FromRow("mallila", "r_none", row.Row(), row.Bytes()),     // unknown
			FromRow("nowhere", "r_none", "x", nil),
		} {
			err := w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
				_, err := w.v.Open(ctx, tx, foreign, "answer", s, Why{})
				return err
			})
			wantFault(t, err, fault.NotFound, "not-found")
			texts = append(texts, err.Error())
		}
		for _, text := range texts[1:] {
			if text != texts[0] {
				t.Error("told apart:", texts)
			}
		}
		if len(w.entries("mallila"))+len(w.entries("dvv")) != 0 {
			t.Error("recorded:", w.entries("mallila"), w.entries("dvv"))
		}
	})
}

// Promise 2: no audit entry, no read.
func TestNothingOpensWhenTheEntryCannotBeWritten(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.fail = fault.New(fault.Busy, "storage-unavailable")
		var o []*Opened
		err := w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
			rows, err := w.chats.rows(ctx, tx, "dvv", ch)
			if err != nil {
				return err
			}
			o, err = w.v.OpenAll(ctx, tx, adviser, "answer", rows, Why{})
			return err
		})
		wantFault(t, err, fault.Busy, "storage-unavailable")
		if o != nil {
			t.Error("opened without an entry")
		}
		_, err = w.chats.texts(other, "answer", ch, "")
		if err == nil || fault.Is(err, fault.Denied) {
			t.Error("a refusal was answered without its entry:", err)
		}
	})
}

// A function that goes on after a refusal is rolled back all the same.
func TestARefusalCannotBeIgnored(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.fails(fault.Denied, "not-allowed", func(ctx context.Context, tx *store.Tx) error {
			rows, err := w.chats.rows(ctx, tx, "dvv", ch)
			_, _ = w.v.Open(ctx, tx, other, "answer", rows[0], Why{})
			return err
		})
		if !strings.HasSuffix(w.last(), "not-allowed ") {
			t.Error("not recorded:", w.last())
		}
	})
}

// Bad input: a refusal while the one writer is busy must not wait for itself.
func TestRefusalsAmongManyWritersDoNotLockUp(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				caller, want := other, fault.Denied
				if i%2 == 0 {
					caller, want = adviser, fault.Code("")
				}
				if _, err := w.chats.texts(caller, "answer", ch, ""); fault.CodeOf(err) != want {
					t.Errorf("%d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if n := len(w.entries("dvv")); n != 40 {
			t.Error(n, "entries of 40 reads and refusals")
		}
	})
}

func TestRowsOfSeveralRecordsAreNotOpenedTogether(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		a, b := w.chats.advice(), w.chats.advice()
		w.chats.say(a, "a")
		w.chats.say(b, "b")
		w.fails(fault.Invalid, "rows-of-several-records", func(ctx context.Context, tx *store.Tx) error {
			ra, err := w.chats.rows(ctx, tx, "dvv", a)
			rb, err2 := w.chats.rows(ctx, tx, "dvv", b)
			_, err3 := w.v.OpenAll(ctx, tx, adviser, "answer", append(ra, rb...), Why{})
			return errors.Join(err, err2, err3)
		})
		w.fails(fault.Invalid, "nothing-to-open", func(ctx context.Context, tx *store.Tx) error {
			_, err := w.v.OpenAll(ctx, tx, adviser, "answer", nil, Why{})
			return err
		})
	})
}

// A sealed column that was changed, or put in another row, is refused as unreadable, and no part
// of it is told.
func TestTamperedColumnsDoNotOpen(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "one")
		w.chats.say(ch, "two")
		var rows []Sealed
		w.read(func(ctx context.Context, tx *store.Tx) (err error) {
			rows, err = w.chats.rows(ctx, tx, "dvv", ch)
			return err
		})
		for name, s := range map[string]Sealed{
			"put in another row": FromRow("dvv", ch.record, rows[0].Row(), rows[1].Bytes()),
			"shortened":          FromRow("dvv", ch.record, rows[0].Row(), rows[0].Bytes()[:20]),
			"empty":              FromRow("dvv", ch.record, rows[0].Row(), nil),
		} {
			err := w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
				_, err := w.v.Open(ctx, tx, adviser, "answer", s, Why{})
				return err
			})
			if !fault.Is(err, fault.Internal) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Data collected under one version are opened by what it declared; who may is said by the present
// one. A purpose that the old version did not declare stays closed (GDPR Art. 5(1)(b)).
func TestANewVersionRulesOnlyWithinWhatWasDeclared(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		second := adviceNotice(2)
		second.ValidFrom = "2026-12-01"
		second.Purposes = append(second.Purposes, second.Purposes[0])
		second.Purposes[len(second.Purposes)-1].ID = "training"
		second.Access[0].Purposes = []string{"answer", "training"}
		second.Access[1].Relation = access.Assigned // "return" only by the assigned adviser
		w.shelve(adviceNotice(1), second)

		if _, err := w.chats.texts(other, "return", ch, "x"); err != nil {
			t.Error("before the new version:", err)
		}
		w.day("2026-12-01")
		_, err := w.chats.texts(other, "return", ch, "x")
		wantFault(t, err, fault.Denied, "not-allowed")
		_, err = w.chats.texts(adviser, "training", ch, "")
		wantFault(t, err, fault.Denied, "purpose-undeclared")
		fresh := w.chats.advice()
		w.chats.say(fresh, "Uusi")
		if texts, err := w.chats.texts(adviser, "training", fresh, ""); err != nil || texts[0] != "Uusi" {
			t.Error(texts, err)
		}
	})
}

// Opening refuses by the later of the clock and its mark, even if nobody turned in time.
func TestNothingPastItsExpiryOpensAlthoughTheTurnIsLate(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.guardianship()
		w.chats.say(ch, "Hei")
		w.chats.close(ch, noon)
		w.day(notice2months.AddDays(40))
		_, err := w.chats.texts(adviser, "answer", ch, "")
		wantFault(t, err, fault.Gone, "retention-ended")

		w.v.o.Keeper.Accept(w.clock.Now())
		w.clock.Step(-60 * 24 * time.Hour) // somebody sets the clock back
		_, err = w.chats.texts(adviser, "answer", ch, "")
		wantFault(t, err, fault.Gone, "retention-ended")
	})
}

// A purpose that the present version prohibits is refused, though an old one declared it and a rule
// still names it.
func TestANewProhibitionHoldsForOldData(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		second := adviceNotice(2)
		second.ValidFrom = "2026-12-01"
		second.ProhibitedPurposes = append(second.ProhibitedPurposes, notice.Prohibited{ID: "return"})
		w.shelve(adviceNotice(1), second)
		w.day("2026-12-01")
		_, err := w.chats.texts(adviser, "return", ch, "x")
		wantFault(t, err, fault.Denied, "purpose-prohibited")
	})
}

// A derived key that lies in a cache is of no use once its bucket's key has left the stores.
func TestACachedKeyIsNotUsedWhenTheStoresDoNotHaveIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.opens(ch, "Hei")
		if _, err := w.sets["dvv"].Turn(context.Background(), []string{w.keyOf(ch)}, keystore.Stock{}); err != nil {
			t.Fatal(err)
		}
		_, err := w.chats.texts(adviser, "answer", ch, "")
		wantFault(t, err, fault.Busy, "key-unavailable")
	})
}

// A wrap that was changed in the database is refused, although the record's key lies in a cache.
func TestATamperedWrapIsRefusedAlthoughTheKeyIsCached(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.opens(ch, "Hei")
		wrap := w.wrapOf(ch)
		wrap[20] ^= 1
		w.write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, wrapSet, wrap, "dvv", string(ch.record))
			return err
		})
		if _, err := w.chats.texts(adviser, "answer", ch, ""); !fault.Is(err, fault.Internal) {
			t.Error(err)
		}
	})
}

var wrapSet = store.MustQueries(`
-- name: wrap-set
update vault_record set wrap = ? where authority = ? and id = ?;`).Get("wrap-set")
