package answer_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/answer"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var (
	noon     = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	everyone = answer.Reach{All: true}
	advice   = answer.Reach{Services: []string{"advice"}}
)

// house is a database with the services "advice" and "guardianship" of "dvv" and the answers.
func house(t *testing.T, db *store.DB) *answer.Answers {
	t.Helper()
	services := service.New(db, func() time.Time { return noon }, func(string) *time.Location { return time.UTC }, func(text string) (string, int) { return text, 0 })
	for _, id := range []string{"advice", "guardianship"} {
		one := service.Service{ID: id, Notice: "n", Name: notice.Text{FI: id, SV: id, EN: id}, Languages: []string{"fi"}}
		err := db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error { return services.Put(ctx, tx, "dvv", one) })
		if err != nil {
			t.Fatal(err)
		}
	}
	mask := func(text string) (string, int) { return text, strings.Count(text, "010190-999X") }
	return answer.New(db, services, func() time.Time { return noon }, mask)
}

// silent records nothing: the ledger's own tests look at its entries.
type silent struct{}

func (silent) Record(context.Context, *store.Tx, vault.Entry) error { return nil }

func pen(authority string) ledger.Pen {
	lines := ledger.New(silent{}, func() time.Time { return noon })
	return lines.Pen(access.Caller{Authority: authority, Kind: access.Staff, ID: "s_lead"}, ledger.Unread)
}

func greeting() answer.Content {
	return answer.Content{Name: "Tervehdys", Shortcut: "hei", Text: notice.Text{FI: "Hei! Tämä on {service}.", SV: "Hej!"}, Review: "2026-12-01"}
}

func made(t *testing.T, all *answer.Answers, c answer.Content) answer.Answer {
	t.Helper()
	one, err := all.Make(t.Context(), pen("dvv"), everyone, c)
	if err != nil {
		t.Fatal(err)
	}
	return one
}

func TestEachSavingIsAVersionThatCanBeTakenBack(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := house(t, db)
		one := made(t, all, greeting())
		c := greeting()
		c.Text.FI, c.Shortcut, c.Services = "Päivää!", "päivää", []string{"guardianship", "advice", "advice"}
		second, err := all.Save(t.Context(), pen("dvv"), everyone, one.ID, 1, c)
		if err != nil || second.Version != 2 || !slices.Equal(second.Services, []string{"advice", "guardianship"}) {
			t.Fatalf("saved %+v, %v", second, err)
		}
		if _, err := all.Save(t.Context(), pen("dvv"), everyone, one.ID, 1, c); !fault.Is(err, fault.Conflict) || fault.Of(err).Key != "answer-changed" {
			t.Errorf("saving over a version that was not read: %v", err)
		}
		third, err := all.Revert(t.Context(), pen("dvv"), everyone, one.ID, 2, 1)
		if err != nil || third.Version != 3 || third.Text != greeting().Text || third.Shortcut != "hei" {
			t.Errorf("reverted to %+v, %v", third, err)
		}
		versions, err := all.Versions(t.Context(), "dvv", one.ID)
		if err != nil || len(versions) != 3 || versions[0].Version != 3 || versions[1].Text.FI != "Päivää!" || !versions[2].At.Equal(noon) {
			t.Errorf("versions %+v, %v", versions, err)
		}
		if _, err := all.Revert(t.Context(), pen("dvv"), everyone, one.ID, 3, 9); !fault.Is(err, fault.NotFound) {
			t.Errorf("a version that never was: %v", err)
		}
	})
}

func TestAdvisersAreOfferedWhatIsForTheirServiceAndInUse(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := house(t, db)
		one := made(t, all, greeting())
		bound := greeting()
		bound.Name, bound.Shortcut, bound.Services = "Aika", "", []string{"guardianship"}
		made(t, all, bound)
		offered := func(service string) (names []string) {
			t.Helper()
			found, err := all.Offered(t.Context(), "dvv", service)
			if err != nil {
				t.Fatal(err)
			}
			for _, each := range found {
				names = append(names, each.Name)
			}
			return names
		}
		if got := offered("advice"); !slices.Equal(got, []string{"Tervehdys"}) {
			t.Errorf("advice: %v", got)
		}
		if got := offered("guardianship"); !slices.Equal(got, []string{"Aika", "Tervehdys"}) {
			t.Errorf("guardianship: %v", got)
		}
		archived, err := all.Archive(t.Context(), pen("dvv"), everyone, one.ID, true)
		if err != nil || archived.Archived.IsZero() {
			t.Errorf("archiving: %+v, %v", archived, err)
		}
		if got := offered("advice"); len(got) != 0 {
			t.Errorf("archived, and offered: %v", got)
		}
		kept, err := all.List(t.Context(), "dvv")
		if err != nil || len(kept) != 2 || kept[1].Archived.IsZero() {
			t.Errorf("an archived answer is kept: %+v, %v", kept, err)
		}
		if back, err := all.Archive(t.Context(), pen("dvv"), everyone, one.ID, false); err != nil || !back.Archived.IsZero() || len(offered("advice")) != 1 {
			t.Errorf("taken back into use: %+v, %v", back, err)
		}
	})
}

// A shortcut stands for one answer among those that are offered.
func TestAShortcutIsTakenOnce(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := house(t, db)
		one := made(t, all, greeting())
		wantTaken := func(what string, err error) {
			t.Helper()
			if f := fault.Of(err); err == nil || f.Key != "answer-shortcut-taken" || f.Field != "shortcut" {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err := all.Make(t.Context(), pen("dvv"), everyone, greeting())
		wantTaken("a second answer", err)
		if _, err := all.Archive(t.Context(), pen("dvv"), everyone, one.ID, true); err != nil {
			t.Fatal(err)
		}
		made(t, all, greeting())
		_, err = all.Archive(t.Context(), pen("dvv"), everyone, one.ID, false)
		wantTaken("restoring the first", err)
		for range 2 {
			none := greeting()
			none.Shortcut = ""
			made(t, all, none)
		}
	})
}

func TestWhatCannotBeSentIsNotSaved(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := house(t, db)
		for name, c := range map[string]struct {
			spoil func(*answer.Content)
			field string
			key   string
		}{
			"no name":             {func(c *answer.Content) { c.Name = " \n" }, "name", "answer-name"},
			"a long name":         {func(c *answer.Content) { c.Name = strings.Repeat("ä", 101) }, "name", "text-too-long"},
			"a name of two lines": {func(c *answer.Content) { c.Name = "a\nb" }, "name", "text-control-character"},
			"an odd shortcut":     {func(c *answer.Content) { c.Shortcut = "hei hei" }, "shortcut", "answer-shortcut"},
			"no text":             {func(c *answer.Content) { c.Text = notice.Text{SV: "  "} }, "text", "answer-text"},
			"a long text":         {func(c *answer.Content) { c.Text.EN = strings.Repeat("ä", 4001) }, "text.en", "text-too-long"},
			"a control character": {func(c *answer.Content) { c.Text.SV = "a\x07" }, "text.sv", "text-control-character"},
			"an unknown variable": {func(c *answer.Content) { c.Text.SV = "Hej {namn}" }, "text.sv", "answer-variable"},
			"a spaced variable":   {func(c *answer.Content) { c.Text.FI = "Hei { service }" }, "text.fi", "answer-variable"},
			"somebody's code":     {func(c *answer.Content) { c.Text.FI = "010190-999X" }, "text.fi", "answer-code"},
			"a foreign service":   {func(c *answer.Content) { c.Services = []string{"tax"} }, "services", "service-not-found"},
			"no day":              {func(c *answer.Content) { c.Review = "2026-02-30" }, "review", "field-format"},
		} {
			bad := greeting()
			c.spoil(&bad)
			_, err := all.Make(t.Context(), pen("dvv"), everyone, bad)
			if f := fault.Of(err); err == nil || f.Code != fault.Invalid || f.Field != c.field || f.Key != c.key {
				t.Errorf("%s: %v", name, err)
			}
		}
		odd := greeting()
		odd.Text.FI = "Kaava {service}: a } b { c"
		if _, err := all.Make(t.Context(), pen("dvv"), everyone, odd); err != nil {
			t.Errorf("a lone brace is a character: %v", err)
		}
		_, err := all.Make(t.Context(), pen("dvv"), everyone, answer.Content{Name: "x", Text: notice.Text{EN: "{name}"}})
		if fault.Of(err).Args["name"] != "{name}" {
			t.Errorf("the unknown variable is not named: %v", err)
		}
	})
}

// A lead changes what is for the services they lead, and only that.
func TestALeadChangesTheirOwn(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := house(t, db)
		common := made(t, all, greeting())
		own := greeting()
		own.Shortcut, own.Services = "", []string{"advice"}
		mine, err := all.Make(t.Context(), pen("dvv"), advice, own)
		if err != nil {
			t.Fatal(err)
		}
		wider := own
		wider.Services = []string{"advice", "guardianship"}
		for what, attempt := range map[string]func() error{
			"making one for all":     func() error { _, err := all.Make(t.Context(), pen("dvv"), advice, greeting()); return err },
			"making one for others":  func() error { _, err := all.Make(t.Context(), pen("dvv"), advice, wider); return err },
			"widening one's own":     func() error { _, err := all.Save(t.Context(), pen("dvv"), advice, mine.ID, 1, wider); return err },
			"taking the common one":  func() error { _, err := all.Save(t.Context(), pen("dvv"), advice, common.ID, 1, own); return err },
			"archiving the common":   func() error { _, err := all.Archive(t.Context(), pen("dvv"), advice, common.ID, true); return err },
			"reverting the common":   func() error { _, err := all.Revert(t.Context(), pen("dvv"), advice, common.ID, 1, 1); return err },
			"with no service at all": func() error { _, err := all.Make(t.Context(), pen("dvv"), answer.Reach{}, own); return err },
			"archiving with no reach": func() error {
				_, err := all.Archive(t.Context(), pen("dvv"), answer.Reach{}, mine.ID, true)
				return err
			},
		} {
			if err := attempt(); !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := all.Save(t.Context(), pen("dvv"), advice, mine.ID, 1, own); err != nil {
			t.Errorf("control: one's own: %v", err)
		}
	})
}

// Promise 4: a foreign id answers exactly like a missing one.
func TestAnotherAuthoritysAnswerIsNotThere(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := house(t, db)
		one := made(t, all, greeting())
		for _, id := range []string{one.ID, "a_none"} {
			_, err := all.Versions(t.Context(), "mallila", id)
			_, archiving := all.Archive(t.Context(), pen("mallila"), everyone, id, true)
			if fault.Of(err).Key != "answer-not-found" || fault.Of(archiving).Key != "answer-not-found" {
				t.Errorf("%s: %v, %v", id, err, archiving)
			}
		}
		if found, err := all.List(t.Context(), "mallila"); err != nil || len(found) != 0 {
			t.Errorf("listed elsewhere: %v, %v", found, err)
		}
	})
}

func TestReviewsAndMissingLanguagesAreTold(t *testing.T) {
	one := answer.Answer{Content: greeting()}
	for day, want := range map[notice.Day]bool{"2026-11-30": false, "2026-12-01": false, "2026-12-02": true} {
		if one.Overdue(day) != want {
			t.Errorf("overdue on %s: %v", day, !want)
		}
	}
	one.Archived = noon
	if one.Overdue("2027-01-01") {
		t.Error("nobody has to review what is archived")
	}
	if got := one.Missing(); !slices.Equal(got, []string{"en"}) {
		t.Errorf("missing %v", got)
	}
}
