package audit

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

var oversight = Query{Purpose: "oversight", Reason: "Vuosittainen tarkastus"}

func TestAnOfficerSeesWhatAMemberOfStaffDid(t *testing.T) { // S4-20
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		officer := h.staff("s_officer", access.RoleOfficer)
		h.work(7)
		p, err := h.log.ByStaff(context.Background(), officer, "s_1", oversight)
		h.must(err)
		if len(p.Entries) != 3 || p.Next != "" {
			t.Fatalf("%d entries, next %q", len(p.Entries), p.Next)
		}
		e := p.Entries[slices.IndexFunc(p.Entries, func(e Entry) bool { return e.Row == "c_2" })]
		if e.Actor != "s_1" || e.Purpose != "answer" || e.Leaf < 0 || e.SignIn != "i_s_1" || len(e.Records) != 1 {
			t.Errorf("%+v", e)
		}
		p, err = h.log.ByStaff(context.Background(), officer, officer.ID, oversight)
		h.must(err)
		if len(p.Entries) != 2 || p.Entries[1].Action != string(vault.ActionSearch) || p.Entries[1].Row != "s_1" || p.Entries[1].Reason == "" {
			t.Errorf("each query is one entry with its reason: %+v", p.Entries)
		}
	})
}

func TestAnOfficerSeesWhoHandledAContact(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		officer := h.staff("s_officer", access.RoleOfficer)
		h.work(7)
		p, err := h.log.ByContact(context.Background(), officer, "c_0", oversight)
		h.must(err)
		// Three acts, and the look at them.
		if len(p.Entries) != 4 || !slices.ContainsFunc(p.Entries, func(e Entry) bool { return e.Actor == officer.ID }) {
			t.Errorf("%+v", p.Entries)
		}
		p, err = h.log.ByContact(context.Background(), officer, "c_none", oversight)
		h.must(err)
		if len(p.Entries) != 1 {
			t.Errorf("of an unknown contact: %+v", p.Entries)
		}
	})
}

func TestPagesHaveEveryEntryOnce(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		officer := h.staff("s_officer", access.RoleOfficer)
		for range 5 { // days
			h.work(9)
			h.at.Advance(24 * time.Hour)
		}
		q, seen, last := oversight, map[string]bool{}, "a_~"
		for q.Limit = 4; ; {
			p, err := h.log.ByContact(context.Background(), officer, "c_1", q)
			h.must(err)
			for _, e := range p.Entries {
				if seen[e.ID] || e.ID >= last {
					t.Fatalf("%s after %s", e.ID, last)
				}
				seen[e.ID], last = true, e.ID
			}
			if q.Before = p.Next; q.Before == "" {
				break
			}
		}
		// Three acts a day, and the queries about the contact themselves.
		if len(seen) < 15 {
			t.Errorf("%d entries", len(seen))
		}
	})
}

func TestOnlyAnOfficerWithAReasonReadsTheLog(t *testing.T) { // S4-18
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		officer := h.staff("s_officer", access.RoleOfficer)
		adviser := h.staff("s_adviser", access.RoleAdviser)
		h.work(3)
		for _, c := range []struct {
			name   string
			caller access.Caller
			query  Query
			want   fault.Code
		}{
			{"an adviser", adviser, oversight, fault.Denied},
			{"no reason", officer, Query{Purpose: "oversight"}, fault.Invalid},
			{"another purpose", officer, Query{Purpose: "marketing", Reason: "x"}, fault.Denied},
			{"no grant", access.Caller{Authority: dvv, Kind: access.Staff, ID: "s_none"}, oversight, fault.Denied},
			{"a citizen", access.Caller{Authority: dvv, Kind: access.Subject, ID: "c_1"}, oversight, fault.Denied},
		} {
			p, err := h.log.ByStaff(context.Background(), c.caller, "s_1", c.query)
			if fault.CodeOf(err) != c.want || len(p.Entries) != 0 {
				t.Errorf("%s: %v, %d entries", c.name, err, len(p.Entries))
			}
		}
		p, err := h.log.ByStaff(context.Background(), officer, "s_adviser", oversight)
		h.must(err)
		if len(p.Entries) != 1 || p.Entries[0].Outcome == vault.OutcomeAllowed || p.Entries[0].Role != "" {
			t.Errorf("the refusal is recorded: %+v", p.Entries)
		}
	})
}

func TestAQueryOpensManyDaysWithOneEntry(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		officer := h.staff("s_officer", access.RoleOfficer)
		for range 40 {
			h.record(h.act("s_1", "c_1"))
			h.at.Advance(24 * time.Hour)
		}
		before := h.count()
		p, err := h.log.ByStaff(context.Background(), officer, "s_1", oversight)
		h.must(err)
		if len(p.Entries) != 40 {
			t.Errorf("%d entries of 40 days", len(p.Entries))
		}
		if n := h.count() - before; n != 1 {
			t.Errorf("the query left %d entries", n)
		}
	})
}

var qCount = store.MustQueries("-- name: count\nselect count(*) from audit_entry where authority = ?").Get("count")

func (h *house) count() (n int) {
	h.t.Helper()
	h.must(h.db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Row(ctx, qCount, dvv).Scan(&n)
	}))
	return n
}

func TestACitizenSeesWhoHandledTheirData(t *testing.T) { // S2-32, GDPR Art. 15
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		citizen := access.Caller{Authority: dvv, Kind: access.Subject, ID: "c_1"}
		covert := h.act("s_police", "c_1")
		covert.Purpose, covert.CovertUntil = "supervision", h.at.Now().Add(48*time.Hour).UnixMilli()
		refused := h.act("s_2", "c_1")
		refused.Role, refused.Outcome = "", "not-allowed"
		ended := h.act("s_1", "c_1")
		ended.Action = vault.ActionReadingEnd
		h.record(h.act("s_1", "c_1"), covert, refused, ended, h.act("s_1", "c_2"))

		view := h.view(citizen, "c_1")
		want := Handled{LogTime: h.at.Now().UnixMilli(), Action: "reading-begin", Purpose: "answer",
			Receiver: Receiver{Authority: dvv, System: "luukku", Role: access.RoleAdviser}}
		if len(view) != 2 || !slices.Contains(view, want) {
			t.Fatalf("one act and the look at it: %+v", view)
		}
		h.at.Advance(49 * time.Hour)
		view = h.view(citizen, "c_1")
		if len(view) != 4 || !view[0].Receiver.Self || !slices.ContainsFunc(view, func(h Handled) bool { return h.Purpose == "supervision" }) {
			t.Errorf("after the date the covert request is shown, and the look before: %+v", view)
		}
		if _, err := h.log.SubjectView(context.Background(), citizen, "c_2", Query{Purpose: "transparency"}); !fault.Is(err, fault.Denied) {
			t.Errorf("another's contact: %v", err)
		}
	})
}

func (h *house) view(citizen access.Caller, contact string) []Handled {
	h.t.Helper()
	p, err := h.log.SubjectView(context.Background(), citizen, contact, Query{Purpose: "transparency"})
	h.must(err)
	for i := 1; i < len(p.Handled); i++ {
		if p.Handled[i].LogTime > p.Handled[i-1].LogTime {
			h.t.Errorf("newest first: %+v", p.Handled)
		}
	}
	return p.Handled
}

func TestRecordTakesTwoStatements(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.record(h.act("s_1", "c_1")) // makes the day's record
		var before, after int64
		h.must(db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
			before = tx.Statements()
			err := h.log.Record(ctx, tx, h.act("s_1", "c_1"))
			after = tx.Statements()
			return err
		}))
		if after-before != 2 {
			t.Errorf("%d statements", after-before)
		}
	})
}

func TestWhatIsRolledBackLeavesNoEntry(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		before := h.count()
		err := db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
			if err := h.log.Record(ctx, tx, h.act("s_1", "c_1")); err != nil {
				return err
			}
			return fmt.Errorf("the act failed")
		})
		if err == nil || h.count() != before {
			t.Errorf("%v, %d entries", err, h.count()-before)
		}
	})
}

func TestAnEntryWithoutANumberIsNotReclaimed(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.record(h.act("s_1", "c_1"), h.act("s_1", "c_1"))
		record := h.dayRecord()
		for _, c := range []struct {
			limit int
			want  int64
			busy  bool
		}{{5, 0, true}, {1, 1, false}, {5, 1, false}, {5, 0, false}} {
			var n int64
			err := db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
				n, err = reclaim(ctx, tx, dvv, []vault.RecordID{record}, c.limit)
				return err
			})
			if n != c.want || fault.Is(err, fault.Busy) != c.busy {
				t.Errorf("limit %d: %d, %v", c.limit, n, err)
			}
			h.must(h.log.Beat(context.Background()))
		}
	})
}

var qAnyRecord = store.MustQueries("-- name: x\nselect min(record) from audit_entry where authority = ?").Get("x")

func (h *house) dayRecord() (id vault.RecordID) {
	h.t.Helper()
	h.must(h.db.Read(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Row(ctx, qAnyRecord, dvv).Scan((*string)(&id))
	}))
	return id
}
