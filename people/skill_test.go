package people

import (
	"context"
	"fmt"
	"testing"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

var offices = []string{"advice", "permits"}

func everywhere(string) bool { return true }

func (w *world) lead() access.Caller {
	return access.Caller{Authority: "dvv", Kind: access.Staff, ID: w.add("lead-"+store.NewID(""), notice.RoleLead)}
}

// What an adviser is offered is set by a lead, recorded, told with the person's own data, and ends with
// the account.
func TestSkillsAreKeptRecordedAndForgotten(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.add("aino", notice.RoleAdviser)
		by := w.lead()
		before, err := w.p.Advisers(t.Context(), "dvv")
		if err != nil || len(before) != 1 || before[0].Skill.Capacity != capacity || len(before[0].Skill.Languages) != 3 {
			t.Fatalf("before anything is set: %+v, %v", before, err)
		}
		set := Skill{Languages: []string{"fi", "sv"}, Services: []string{"advice"}, Capacity: 3}
		w.must(w.p.SetSkill(t.Context(), by, id, set, everywhere, offices))
		after, err := w.p.Advisers(t.Context(), "dvv")
		if err != nil || fmt.Sprint(after[0].Skill) != fmt.Sprint(set) {
			t.Errorf("%+v, %v", after, err)
		}
		if got := w.acts(ActionSkill); len(got) != 1 {
			t.Errorf("recorded: %v", got)
		}
		if got := w.copyOf(id); got["languages"] != "fi sv" || got["services"] != "advice" || got["capacity"] != "3" {
			t.Errorf("the person's copy: %v", got)
		}
		w.forget(id)
		w.must(w.db.Read(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			left, err := skill(ctx, tx, "dvv", id)
			if left.Capacity != 0 {
				t.Errorf("%+v outlives the account", left)
			}
			return err
		}))
	})
}

// Who leads one service changes nothing in another; who leads none of the adviser's finds nobody.
func TestSkillsAreSetInLedServicesOnly(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.add("aino", notice.RoleAdviser)
		by := w.lead()
		one := func(s string) bool { return s == "advice" }
		w.must(w.p.SetSkill(t.Context(), by, id, Skill{notice.Languages(), []string{"permits"}, 3}, everywhere, offices))
		w.must(w.p.SetSkill(t.Context(), by, id, Skill{notice.Languages(), []string{"advice"}, 3}, one, offices))
		after, err := w.p.Advisers(t.Context(), "dvv")
		if err != nil || len(after[0].Skill.Services) != 0 { // both is every one
			t.Errorf("%+v, %v", after, err)
		}
		none := func(string) bool { return false }
		for _, c := range []struct {
			id   string
			may  func(string) bool
			s    Skill
			code fault.Code
			key  string
		}{
			{id, none, Skill{[]string{"fi"}, []string{"advice"}, 3}, fault.NotFound, "staff-not-found"},
			{"s_nobody", everywhere, Skill{[]string{"fi"}, []string{"advice"}, 3}, fault.NotFound, "staff-not-found"},
			{by.ID, everywhere, Skill{[]string{"fi"}, []string{"advice"}, 3}, fault.NotFound, "staff-not-found"},
			{id, everywhere, Skill{nil, []string{"advice"}, 3}, fault.Invalid, "skill-languages"},
			{id, everywhere, Skill{[]string{"de"}, []string{"advice"}, 3}, fault.Invalid, "skill-languages"},
			{id, everywhere, Skill{[]string{"fi"}, nil, 3}, fault.Invalid, "skill-services"},
			{id, everywhere, Skill{[]string{"fi"}, []string{"elsewhere"}, 3}, fault.Invalid, "skill-services"},
			{id, everywhere, Skill{[]string{"fi"}, []string{"advice"}, 21}, fault.Invalid, "skill-capacity"},
		} {
			w.fails(w.p.SetSkill(t.Context(), by, c.id, c.s, c.may, offices), c.code, c.key)
		}
	})
}

// Promise 6: what the authority's notice does not declare is not stored.
func TestSkillsNeedADeclaration(t *testing.T) {
	w := newWorld(t, storetest.Open(t, "sqlite"), "capacity")
	id := w.add("aino", notice.RoleAdviser)
	err := w.p.SetSkill(t.Context(), w.lead(), id, Skill{[]string{"fi"}, []string{"advice"}, 3}, everywhere, offices)
	w.fails(err, fault.Invalid, "undeclared-field")
}

// copyOf is what of an account's plain columns goes into its holder's copy.
func (w *world) copyOf(id string) map[string]string {
	w.t.Helper()
	out := map[string]string{}
	w.must(w.db.Read(w.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		all, err := export(ctx, tx, "dvv", id)
		for _, v := range all {
			out[v.Field] = v.Text
		}
		return err
	}))
	return out
}

// forget erases an account's record.
func (w *world) forget(id string) {
	w.t.Helper()
	w.must(w.db.Write(w.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		r, err := get(ctx, tx, "dvv", id)
		if err != nil {
			return err
		}
		return erase(ctx, tx, "dvv", []vault.RecordID{r.account.Record()})
	}))
}
