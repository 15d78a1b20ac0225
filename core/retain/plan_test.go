package retain

import (
	"context"
	"errors"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/store"
)

func (h *house) plan(authority string, until notice.Day) (plan []Ending) {
	h.t.Helper()
	h.read(func(ctx context.Context, tx *store.Tx) (err error) {
		plan, err = h.work.Plan(ctx, tx, authority, until)
		return err
	})
	return plan
}

func TestAPlanSaysWhatEndsWhenAndUnderWhichWords(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.say(dvv, guardianship, "t_1", false)
		h.say(dvv, guardianship, "t_2", false)
		h.say(dvv, advice, "t_3", false)
		h.say(mallila, advice, "t_4", false)
		plan := h.plan(dvv, "2027-01-20")
		if len(plan) != 1 || plan[0].Bucket.LastDay != "2027-01-20" || plan[0].Bucket.Records != 2 || plan[0].Overdue {
			t.Fatalf("%+v", plan)
		}
		if e := plan[0]; e.Notice.ID != "guardianship-chat" || e.Group.ID != "conversation" || e.Keep.For.String() != "P2M" || e.Held != nil {
			t.Errorf("%+v", e)
		}
		if early := h.plan(dvv, "2027-01-19"); len(early) != 0 {
			t.Errorf("before that day: %+v", early)
		}
		h.at.Advance(61 * 24 * time.Hour)
		if late := h.plan(dvv, "2027-01-20"); len(late) != 1 || !late[0].Overdue {
			t.Errorf("after it: %+v", late)
		}
	})
}

func TestAPlanNamesTheReasonToKeepLonger(t *testing.T) { // GDPR Art. 18
	houses(t, func(t *testing.T, h *house) {
		h.say(dvv, guardianship, "t_1", false)
		h.say(dvv, guardianship, "t_2", false)
		h.restrict("t_2")
		plan := h.plan(dvv, "2099-12-31")
		var held []Ending
		for _, e := range plan {
			if e.Held != nil {
				held = append(held, e)
			}
		}
		if len(held) != 1 || held[0].Held.ID != "restriction" || held[0].Bucket.LastDay != "2027-11-20" || held[0].Bucket.Records != 1 {
			t.Fatalf("%+v of %+v", held, plan)
		}
		h.sleep(61)
		h.closed(dvv, "t_1")
		h.opens(dvv, "t_2")
	})
}

// restrict restricts a conversation as the registry does on request.
func (h *house) restrict(id string) {
	h.t.Helper()
	register, err := access.NewRegister(access.Hooks{EndReadings: h.vault.EndStaffReadings, Journal: h.vault.Note})
	h.must(err)
	now := h.keeper.Now()
	clerk := access.Caller{Authority: dvv, Kind: access.Staff, ID: "s_clerk"}
	h.write(func(ctx context.Context, tx *store.Tx) error {
		err := errors.Join(register.AddStaff(ctx, tx, dvv, clerk.ID, now), register.SetSecrecy(ctx, tx, dvv, clerk.ID, "2026-11-01", now))
		if err != nil {
			return err
		}
		_, err = register.AddGrant(ctx, tx, access.Grant{Authority: dvv, Staff: clerk.ID, Role: access.RoleRegistryClerk, From: now.UnixMilli()})
		return err
	})
	h.write(func(ctx context.Context, tx *store.Tx) error {
		var record string
		var sealed []byte
		if err := tx.Row(ctx, talk.Get("get"), dvv, id).Scan(&record, &sealed); err != nil {
			return err
		}
		_, err := h.vault.Restrict(ctx, tx, clerk, vault.RecordID(record), "Pyyntö 1/2026")
		return err
	})
}
