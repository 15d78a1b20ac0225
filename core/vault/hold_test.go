package vault

import (
	"context"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// S1-37: a hold keeps a record for a declared reason, at most until the cap counted from the event
// and never from the day of the hold.
func TestAHoldIsCappedFromTheEvent(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.token(ch, "email", "maija@example.fi")
		w.chats.close(ch, noon)
		w.clock.Advance(100 * 24 * time.Hour)
		w.night()
		w.hold(ch, "complaint")
		if l := w.life(ch); l.LastDay != "2029-11-20" || !l.Held || l.Restrict {
			t.Errorf("%+v", l)
		}
		if w.last() != "hold s_clerk registry_clerk  "+ch.id+" allowed tapaus 7" {
			t.Error("recorded:", w.last())
		}
		w.day("2028-11-21") // the ordinary time is over
		w.night()
		w.opens(ch, "Hei")
		if got, err := w.found(adviser, "return", "email", "maija@example.fi", "x"); err != nil || len(got) != 1 {
			t.Error("not found under the hold:", got, err)
		}
		w.day("2029-11-21")
		w.gone(ch)
		w.night()
		w.gone(ch)
		w.holdRefused(ch.record, "complaint", fault.Gone, "retention-ended")
	})
}

func (w *world) holdRefused(id RecordID, code string, want fault.Code, key string) {
	w.t.Helper()
	w.fails(want, key, func(ctx context.Context, tx *store.Tx) error {
		_, err := w.v.Hold(ctx, tx, clerk, id, code, "tapaus")
		return err
	})
}

func TestHoldsAreForThoseWhoDecideAndForDeclaredReasons(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.holdRefused(ch.record, "curiosity", fault.Invalid, "undeclared-hold")
		w.holdRefused("r_none", "complaint", fault.NotFound, "not-found")
		for _, c := range []struct {
			caller access.Caller
			why    string
			code   fault.Code
			key    string
		}{
			{adviser, "x", fault.Denied, "not-allowed"}, {subject(ch.id), "x", fault.Denied, "no-grant"},
			{clerk, "", fault.Invalid, "reason-missing"}, {foreign, "x", fault.NotFound, "not-found"},
		} {
			for _, act := range []store.Func{
				func(ctx context.Context, tx *store.Tx) error {
					_, err := w.v.Hold(ctx, tx, c.caller, ch.record, "complaint", c.why)
					return err
				},
				func(ctx context.Context, tx *store.Tx) error {
					_, err := w.v.Restrict(ctx, tx, c.caller, ch.record, c.why)
					return err
				},
			} {
				w.fails(c.code, c.key, act)
			}
			wantFault(t, w.v.Erase(context.Background(), c.caller, []RecordID{ch.record}, c.why), c.code, c.key)
		}
		if l := w.life(ch); l.Held || l.Restrict {
			t.Errorf("%+v", l)
		}
	})
}

// A record lives while one of its reasons stands; releasing one leaves the others.
func TestReleasingOneHoldLeavesTheOthers(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.chats.close(ch, noon)
		complaint, quality := w.hold(ch, "complaint"), w.hold(ch, "quality")
		if l := w.life(ch); l.LastDay != "2030-11-20" {
			t.Errorf("not the longest: %+v", l)
		}
		w.release(quality)
		if l := w.life(ch); l.LastDay != "2029-11-20" || !l.Held {
			t.Errorf("not the other: %+v", l)
		}
		w.release(complaint)
		if l := w.life(ch); l.LastDay != "2028-11-20" || l.Held {
			t.Errorf("not the ordinary: %+v", l)
		}
		w.opens(ch, "Hei")
		if got := w.states("advice"); got != "living dead dead dead" { // the complaint had two: it was left empty once
			t.Error("the holds' own buckets:", got)
		}
		w.fails(fault.NotFound, "not-found", func(ctx context.Context, tx *store.Tx) error {
			return w.v.Release(ctx, tx, clerk, complaint, "x")
		})
	})
}

// A hold released after the ordinary time ends the record with its own bucket.
func TestAReleaseAfterTheOrdinaryTimeEndsTheRecord(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.chats.close(ch, noon)
		id := w.hold(ch, "complaint")
		w.day("2028-12-01")
		w.night()
		w.opens(ch, "Hei")
		key := w.keyOf(ch)
		w.release(id)
		w.gone(ch)
		w.night()
		if _, held := w.sets["dvv"].Snapshot().Key(key); held {
			t.Error("the key outlived the turn")
		}
	})
}

// A hold that is released while the conversation is still open does not end it.
func TestAReleaseOfWhatIsStillOpenKeepsIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		id := w.hold(ch, "complaint")
		w.day("2028-12-01")
		w.night()
		w.release(id)
		w.opens(ch, "Hei")
		if l := w.life(ch); l.LastDay != "2030-11-30" || l.Held {
			t.Errorf("%+v", l)
		}
	})
}

// GDPR Art. 18: what is restricted opens for the person and for rights requests only.
func TestRestrictedDataOpenForThePersonAndForRightsOnly(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, "Hei")
		w.token(ch, "email", "maija@example.fi")
		w.chats.close(ch, noon)
		id := w.restrict(ch)
		for _, c := range []struct {
			caller  access.Caller
			purpose string
			key     string
		}{{adviser, "answer", "restricted"}, {adviser, "return", "restricted"}, {clerk, "rights_fulfilment", ""}, {subject(ch.id), "answer", ""}} {
			texts, err := w.chats.texts(c.caller, c.purpose, ch, "x")
			if c.key != "" {
				wantFault(t, err, fault.Denied, c.key)
			} else if err != nil || texts[0] != "Hei" {
				t.Error(c.caller.ID, texts, err)
			}
		}
		if got, err := w.found(adviser, "return", "email", "maija@example.fi", "x"); err != nil || got != nil {
			t.Error("an adviser finds it:", got, err)
		}
		if got, err := w.found(clerk, "rights_fulfilment", "email", "maija@example.fi", "x"); err != nil || len(got) != 1 {
			t.Error("the clerk does not find it:", got, err)
		}
		_, err := w.begin(adviser, "answer", ch, "")
		wantFault(t, err, fault.Denied, "restricted")
		w.day("2031-01-01") // long after its time: it is kept
		w.night()
		if _, err := w.chats.texts(subject(ch.id), "answer", ch, ""); err != nil {
			t.Error("the restriction did not keep it:", err)
		}
		w.release(id)
		_, err = w.chats.texts(subject(ch.id), "answer", ch, "")
		wantFault(t, err, fault.Gone, "retention-ended")
	})
}

func TestARestrictionGoesBeforeAHold(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.close(ch, noon)
		w.hold(ch, "complaint")
		id := w.restrict(ch)
		w.hold(ch, "quality")
		if l := w.life(ch); !l.Restrict {
			t.Errorf("%+v", l)
		}
		w.release(id)
		if l := w.life(ch); l.Restrict || l.LastDay != "2030-11-20" {
			t.Errorf("%+v", l)
		}
	})
}

// A notice caps a restriction by declaring a hold of that name.
func TestADeclaredRestrictionIsCapped(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		n := adviceNotice(1)
		n.Groups[0].Holds = append(n.Groups[0].Holds, notice.Hold{ID: restrictionCode, For: notice.Period{Years: 3}})
		w.shelve(n)
		ch := w.chats.advice()
		w.chats.close(ch, noon)
		w.restrict(ch)
		if l := w.life(ch); !l.Restrict || l.LastDay != "2029-11-20" {
			t.Errorf("%+v", l)
		}
		w.day("2029-11-21")
		_, err := w.chats.texts(subject(ch.id), "answer", ch, "")
		if !fault.Is(err, fault.Gone) && !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	})
}

// Settling what is held keeps it held, its cap counting from the close.
func TestSettlingUnderAHoldMovesTheCap(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.hold(ch, "complaint")
		w.clock.Advance(10 * 24 * time.Hour)
		w.chats.close(ch, w.clock.Now())
		if l := w.life(ch); l.LastDay != "2029-11-30" || !l.Held {
			t.Errorf("%+v", l)
		}
	})
}
