package vault

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/fault"
	"luukku/store"
)

// begin starts a reading session at dvv.
func (w *world) begin(caller access.Caller, purpose string, ch *chat, why string) (r Reading, err error) {
	err = w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		r, err = w.v.BeginReading(ctx, tx, caller, purpose, "chat", ch.id, Why{Reason: why})
		return err
	})
	return r, err
}

func (w *world) mustBegin(caller access.Caller, ch *chat) Reading {
	w.t.Helper()
	r, err := w.begin(caller, "answer", ch, "")
	must(w.t, err)
	return r
}

// readIn opens a conversation in a session, in Write or in Read.
func (w *world) readIn(r Reading, ch *chat, run func(context.Context, store.Func) error) (texts []string, err error) {
	var opened []*Opened
	err = run(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		rows, err := w.chats.rows(ctx, tx, r.Authority, ch)
		if err != nil {
			return err
		}
		before := tx.Statements()
		opened, err = w.v.ReadIn(ctx, tx, r, rows)
		if n := tx.Statements() - before; err == nil && n != 1 {
			w.t.Error(n, "statements for", len(rows), "rows")
		}
		return err
	})
	for _, o := range opened {
		text, _ := o.Text("text")
		texts = append(texts, text)
	}
	return texts, err
}

// The beginning is recorded before the first byte is opened; what is read in it is not, one by one.
func TestAReadingSessionIsRecordedByItsBeginningAndItsEnd(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "one")
		w.chats.say(ch, "two")
		r := w.mustBegin(adviser, ch)
		for _, run := range []func(context.Context, store.Func) error{w.db.Write, w.db.Read} {
			if texts, err := w.readIn(r, ch, run); err != nil || !slices.Equal(texts, []string{"one", "two"}) {
				t.Error(texts, err)
			}
		}
		w.write(func(ctx context.Context, tx *store.Tx) error { return w.v.EndReading(ctx, tx, r, "left") })
		w.write(func(ctx context.Context, tx *store.Tx) error { return w.v.EndReading(ctx, tx, r, "left") })
		want := []string{"reading-begin s_adviser adviser answer " + ch.id + " allowed ", "reading-end s_adviser adviser answer " + ch.id + " allowed left"}
		if lines := w.entries("dvv"); !slices.Equal(lines, want) {
			t.Error(lines)
		}
		_, err := w.readIn(r, ch, w.db.Read)
		wantFault(t, err, fault.Denied, "reading-ended")
		if !slices.Equal(w.ended, []string{"left"}) {
			t.Error("told of its end:", w.ended)
		}
	})
}

func TestBeginningToReadIsAuthorisedLikeOpening(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		_, err := w.begin(other, "answer", ch, "")
		wantFault(t, err, fault.Denied, "not-allowed")
		if !strings.HasSuffix(w.last(), "not-allowed ") {
			t.Error("not recorded:", w.last())
		}
		_, err = w.begin(other, "return", ch, "")
		wantFault(t, err, fault.Invalid, "reason-missing")
		_, err = w.begin(foreign, "answer", ch, "")
		wantFault(t, err, fault.NotFound, "not-found")
		_, err = w.begin(adviser, "answer", &chat{id: "c_none"}, "")
		wantFault(t, err, fault.NotFound, "not-found")
		w.fail = fault.New(fault.Busy, "storage-unavailable")
		_, err = w.begin(adviser, "answer", ch, "")
		wantFault(t, err, fault.Busy, "storage-unavailable")
	})
}

// A session opens what it is about and nothing else, whatever its holder claims of it.
func TestASessionDoesNotOpenAnotherConversation(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch, next := w.chats.advice(), w.chats.advice()
		w.chats.say(next, "secret")
		r := w.mustBegin(adviser, ch)
		_, err := w.readIn(r, next, w.db.Write)
		wantFault(t, err, fault.NotFound, "not-found")
		forged := r
		forged.Row, forged.Role, forged.Purpose = next.id, access.RoleRegistryClerk, "rights_fulfilment"
		_, err = w.readIn(forged, next, w.db.Write)
		wantFault(t, err, fault.NotFound, "not-found")
		forged = r
		forged.Caller = other
		_, err = w.readIn(forged, ch, w.db.Write)
		wantFault(t, err, fault.Denied, "reading-ended")
		forged = r
		forged.Authority = "mallila"
		_, err = w.readIn(forged, ch, w.db.Write)
		wantFault(t, err, fault.Denied, "reading-ended")
	})
}

// Passing on, closing, restricting, erasing and withdrawing a grant end a session in their own
// transaction.
func TestWhatEndsAReadingEndsItAtOnce(t *testing.T) {
	ctx := context.Background()
	for reason, end := range map[string]func(w *world, ch *chat) error{
		"passed-on": func(w *world, ch *chat) error {
			return w.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				return w.v.EndReadingsOf(ctx, tx, adviser, "chat", ch.id, "passed-on")
			})
		},
		"closed": func(w *world, ch *chat) error {
			return w.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				return w.v.EndReadings(ctx, tx, "dvv", "chat", ch.id, "closed", "c_somebody_else")
			})
		},
		"restricted": func(w *world, ch *chat) error {
			return w.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				_, err := w.v.Restrict(ctx, tx, clerk, ch.record, "pyyntö 1")
				return err
			})
		},
		"erased": func(w *world, ch *chat) error { return w.v.Erase(ctx, clerk, []RecordID{ch.record}, "pyyntö 1") },
		"account-disabled": func(w *world, ch *chat) error {
			return w.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				return w.reg.Disable(ctx, tx, "dvv", adviser.ID, w.clock.Now())
			})
		},
		"secrecy-withdrawn": func(w *world, ch *chat) error {
			return w.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				return w.reg.SetSecrecy(ctx, tx, "dvv", adviser.ID, "", w.clock.Now())
			})
		},
	} {
		t.Run(reason, func(t *testing.T) {
			worlds(t, func(t *testing.T, w *world) {
				ch := w.chats.advice()
				w.chats.say(ch, "Hei")
				r := w.mustBegin(adviser, ch)
				w.ended = nil
				must(t, end(w, ch))
				_, err := w.readIn(r, ch, w.db.Write)
				wantFault(t, err, fault.Denied, "reading-ended")
				if !slices.Equal(w.ended, []string{reason}) {
					t.Error("told:", w.ended)
				}
				if lines := strings.Join(w.entries("dvv"), "\n"); !strings.Contains(lines, "reading-end s_adviser adviser answer "+ch.id+" allowed "+reason) {
					t.Error("not recorded:", lines)
				}
			})
		})
	}
}

func TestEndingCanSpareTheCitizen(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		mine, theirs := w.mustBegin(adviser, ch), w.mustBegin(subject(ch.id), ch)
		w.write(func(ctx context.Context, tx *store.Tx) error {
			return w.v.EndReadings(ctx, tx, "dvv", "chat", ch.id, "closed", ch.id)
		})
		_, err := w.readIn(mine, ch, w.db.Write)
		wantFault(t, err, fault.Denied, "reading-ended")
		if texts, err := w.readIn(theirs, ch, w.db.Read); err != nil || len(texts) != 1 {
			t.Error("the citizen reads no more:", texts, err)
		}
	})
}

func TestASessionEndsWithItsGrantsTime(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		brief := access.Caller{Authority: "dvv", Kind: access.Staff, ID: "s_brief"}
		w.write(func(ctx context.Context, tx *store.Tx) error {
			if err := w.reg.AddStaff(ctx, tx, "dvv", brief.ID, noon); err != nil {
				return err
			}
			if err := w.reg.SetSecrecy(ctx, tx, "dvv", brief.ID, "2026-01-01", noon); err != nil {
				return err
			}
			_, err := w.reg.AddGrant(ctx, tx, access.Grant{Authority: "dvv", Staff: brief.ID, Role: access.RoleAdviser, Until: noon.Add(time.Hour).UnixMilli()})
			return err
		})
		r, err := w.begin(brief, "return", ch, "x")
		must(t, err)
		if _, err := w.readIn(r, ch, w.db.Read); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(time.Hour)
		_, err = w.readIn(r, ch, w.db.Read)
		wantFault(t, err, fault.Denied, "reading-ended")
		w.chats.say(ch, "not for you")
		if len(w.pushed) != 0 {
			t.Error("pushed after the grant's end")
		}
	})
}

func TestReadingStopsAtTheEndOfRetention(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.guardianship()
		w.chats.say(ch, "Hei")
		w.chats.close(ch, noon)
		r := w.mustBegin(subject(ch.id), ch)
		w.day(notice2months.AddDays(1))
		_, err := w.readIn(r, ch, w.db.Read)
		wantFault(t, err, fault.Gone, "retention-ended")
	})
}

// What was just sealed is handed on after its commit, to those who read, and nothing is read back.
func TestPushReachesTheRunningSessions(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch, elsewhere := w.chats.advice(), w.chats.advice()
		mine, theirs := w.mustBegin(adviser, ch), w.mustBegin(subject(ch.id), ch)
		w.mustBegin(adviser, elsewhere)
		w.write(func(ctx context.Context, tx *store.Tx) error {
			err := w.chats.post(ctx, tx, ch, Value{"note", "sisäinen"}, Value{"text", "Hei"})
			if len(w.pushed) != 0 {
				t.Error("pushed before the commit")
			}
			return err
		})
		if len(w.pushed) != 2 {
			t.Fatal(len(w.pushed), "pushed")
		}
		for _, p := range w.pushed {
			text, ok := p.Opened.Text("text")
			if !ok || text != "Hei" || p.N != 1 || p.Row != ch.id+"/1" || (p.Reading.ID != mine.ID && p.Reading.ID != theirs.ID) {
				t.Errorf("%+v %q", p.Reading, text)
			}
			if !slices.Equal(p.Opened.Fields(), []string{"text", "note"}) {
				t.Error("not as opening gives them:", p.Opened.Fields())
			}
		}
	})
}

func TestNothingIsPushedFromWhatWasRolledBack(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.mustBegin(adviser, ch)
		w.fails(fault.Conflict, "test", func(ctx context.Context, tx *store.Tx) error {
			if err := w.chats.post(ctx, tx, ch, Value{"text", "Hei"}); err != nil {
				return err
			}
			return fault.New(fault.Conflict, "test")
		})
		if len(w.pushed) != 0 {
			t.Error("pushed")
		}
	})
}

// The end of a session that a crash cut off is recorded by the next start, once.
func TestStartEndsTheSessionsThatACrashLeft(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		r := w.mustBegin(adviser, ch)
		w.restart()
		if !strings.HasSuffix(w.last(), "allowed program-ended") {
			t.Error(w.last())
		}
		n := len(w.entries("dvv"))
		w.restart()
		if len(w.entries("dvv")) != n {
			t.Error("recorded twice")
		}
		_, err := w.readIn(r, ch, w.db.Read)
		wantFault(t, err, fault.Denied, "reading-ended")
	})
}

// A thing can have records of several groups: a session opens and is pushed only those that its
// purpose and role reach.
func TestASessionReachesOnlyTheGroupsItMay(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		private := guardianNotice()
		private.ID = "private"
		private.Access = private.Access[1:] // the person only
		w.shelveThese(adviceNotice(1), private, guardianNotice(), auditNoticeOf())
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		second := &chat{id: ch.id, n: 1}
		w.write(func(ctx context.Context, tx *store.Tx) (err error) {
			second.record, err = w.v.Create(ctx, tx, Birth{Authority: "dvv", Notice: "private", Group: "conversation", Type: "chat", Row: ch.id})
			return err
		})
		w.chats.say(second, "vain minulle")
		r := w.mustBegin(adviser, ch)
		_, err := w.readIn(r, ch, w.db.Read) // both rows
		wantFault(t, err, fault.Denied, "not-allowed")
		person := w.mustBegin(subject(ch.id), ch)
		if texts, err := w.readIn(person, ch, w.db.Write); err != nil || !slices.Equal(texts, []string{"Hei", "vain minulle"}) {
			t.Error(texts, err)
		}
		w.chats.say(second, "taas")
		if len(w.pushed) != 1 || w.pushed[0].Reading.ID != person.ID {
			t.Error("pushed to", w.pushed)
		}
		if lines := w.entries("dvv"); !strings.HasPrefix(lines[0], "reading-begin s_adviser adviser answer") {
			t.Error(lines)
		}
	})
}
