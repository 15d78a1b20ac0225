package service_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

// silent records nothing: the ledger's own tests look at its entries.
type silent struct{}

func (silent) Record(context.Context, *store.Tx, vault.Entry) error { return nil }

// lines is a ledger with the services' book.
func lines(t *testing.T, all *service.Services) *ledger.Ledger {
	t.Helper()
	l := ledger.New(silent{}, time.Now)
	if err := l.Bind(all.Book()); err != nil {
		t.Fatal(err)
	}
	return l
}

func caller(authority string) access.Caller {
	return access.Caller{Authority: authority, Kind: access.Staff, ID: "s_admin"}
}

func pen(authority string) ledger.Pen {
	return ledger.New(silent{}, time.Now).Pen(caller(authority), ledger.Unread)
}

// office is a service with everything.
func office() service.Service {
	return service.Service{ID: "advice", Notice: "n", Name: text("Neuvonta"), About: text("Kysy"), Languages: []string{"fi", "sv"},
		Topics: []service.Topic{{ID: "moving", Name: text("Muutto")}}, Hours: weekdays(540, 960),
		Holidays: []service.Holiday{{Day: "2026-12-06", Name: text("Itsenäisyyspäivä")}}, Origins: []string{"https://a.example.fi"}}
}

// Each part leaves a line that tells what differs, and goes back to what it was.
// Settings are about nobody: a text in which the mask finds something is refused on its field, in every part.
func TestATextAboutSomebodyIsRefused(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		mask := func(text string) (string, int) { return text, strings.Count(text, "HETU") }
		all := service.New(db, time.Now, func(string) *time.Location { return time.UTC }, mask)
		bad, good := text("HETU"), text("hyvä")
		with := func(change func(*service.Service)) service.Service {
			s := office()
			change(&s)
			return s
		}
		in := func(fn store.Func) error { return db.Write(t.Context(), fn) }
		for field, one := range map[string]service.Service{
			"name": with(func(s *service.Service) { s.Name = bad }), "about": with(func(s *service.Service) { s.About = bad }),
			"topics":   with(func(s *service.Service) { s.Topics = []service.Topic{{ID: "x", Name: bad}} }),
			"holidays": with(func(s *service.Service) { s.Holidays = []service.Holiday{{Day: "2026-12-06", Name: bad}} }),
		} {
			err := in(func(ctx context.Context, tx *store.Tx) error { return all.Put(ctx, tx, "dvv", one) })
			if fault.Of(err).Key != "setting-code" || fault.Of(err).Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		if err := in(func(ctx context.Context, tx *store.Tx) error { return all.Put(ctx, tx, "dvv", office()) }); err != nil {
			t.Fatal(err)
		}
		for field, change := range map[string]func(ctx context.Context, tx *store.Tx) error{
			"name": func(ctx context.Context, tx *store.Tx) error {
				return all.SetTexts(ctx, tx, pen("dvv"), "advice", bad, good)
			},
			"about": func(ctx context.Context, tx *store.Tx) error {
				return all.SetTexts(ctx, tx, pen("dvv"), "advice", good, bad)
			},
			"message": func(ctx context.Context, tx *store.Tx) error {
				return all.SetClosure(ctx, tx, pen("dvv"), "advice", &service.Closure{Since: time.Now(), Message: bad})
			},
			"topics": func(ctx context.Context, tx *store.Tx) error {
				return all.SetTopics(ctx, tx, pen("dvv"), "advice", []service.Topic{{ID: "hetu", Name: good}})
			},
			"holidays": func(ctx context.Context, tx *store.Tx) error {
				return all.SetHolidays(ctx, tx, pen("dvv"), "advice", []service.Holiday{{Day: "2026-12-06", Name: bad}})
			},
		} {
			if err := in(change); fault.Of(err).Key != "setting-code" || fault.Of(err).Field != field {
				t.Errorf("changing %s: %v", field, err)
			}
		}
	})
}

func TestEveryPartLeavesItsDifferenceAndGoesBack(t *testing.T) {
	changes := map[string]struct {
		set  func(ctx context.Context, tx *store.Tx, all *service.Services, pen ledger.Pen) error
		want []ledger.Difference
	}{
		service.PartHours: {func(ctx context.Context, tx *store.Tx, all *service.Services, pen ledger.Pen) error {
			return all.SetHours(ctx, tx, pen, "advice", append(weekdays(540, 960)[1:], service.Span{Weekday: time.Sunday, Opens: 600, Closes: 720}))
		}, []ledger.Difference{{Field: "weekday", Item: "1", Before: "09:00–16:00"}, {Field: "weekday", Item: "7", After: "10:00–12:00"}}},
		service.PartHolidays: {func(ctx context.Context, tx *store.Tx, all *service.Services, pen ledger.Pen) error {
			return all.SetHolidays(ctx, tx, pen, "advice", []service.Holiday{{Day: "2026-12-06", Opens: 600, Closes: 720, Name: text("Itsenäisyyspäivä")}})
		}, []ledger.Difference{{Field: "day", Item: "2026-12-06", Before: "closed", After: "10:00–12:00"}}},
		service.PartClosure: {func(ctx context.Context, tx *store.Tx, all *service.Services, pen ledger.Pen) error {
			return all.SetClosure(ctx, tx, pen, "advice", &service.Closure{Since: time.UnixMilli(1), Message: text("Koulutus")})
		}, []ledger.Difference{{Field: "closed", After: "yes"}, {Field: "message", Lang: "fi", After: "Koulutus"}, {Field: "message", Lang: "sv", After: "Koulutus"}, {Field: "message", Lang: "en", After: "Koulutus"}}},
		service.PartOrigins: {func(ctx context.Context, tx *store.Tx, all *service.Services, pen ledger.Pen) error {
			return all.SetOrigins(ctx, tx, pen, "advice", []string{"https://b.example.fi"})
		}, []ledger.Difference{{Field: "origin", Item: "https://a.example.fi", Before: "yes"}, {Field: "origin", Item: "https://b.example.fi", After: "yes"}}},
		service.PartTexts: {func(ctx context.Context, tx *store.Tx, all *service.Services, pen ledger.Pen) error {
			return all.SetTexts(ctx, tx, pen, "advice", text("Neuvonta"), notice.Text{FI: "Kysy", SV: "Fråga", EN: "Kysy"})
		}, []ledger.Difference{{Field: "about", Lang: "sv", Before: "Kysy", After: "Fråga"}}},
		service.PartTopics: {func(ctx context.Context, tx *store.Tx, all *service.Services, pen ledger.Pen) error {
			return all.SetTopics(ctx, tx, pen, "advice", []service.Topic{{ID: "name", Name: text("Nimi")}, {ID: "moving", Name: text("Muutto")}})
		}, []ledger.Difference{{Field: "place", Item: "moving", Before: "1", After: "2"}, {Field: "place", Item: "name", After: "1"},
			{Field: "topic", Item: "name", Lang: "fi", After: "Nimi"}, {Field: "topic", Item: "name", Lang: "sv", After: "Nimi"}, {Field: "topic", Item: "name", Lang: "en", After: "Nimi"}}},
		service.PartQueues: {func(ctx context.Context, tx *store.Tx, all *service.Services, pen ledger.Pen) error {
			return all.SetLanguages(ctx, tx, pen, "advice", []string{"fi", "en"})
		}, []ledger.Difference{{Field: "queue", Item: "sv", Before: "yes"}, {Field: "queue", Item: "en", After: "yes"}}},
	}
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := service.New(db, time.Now, func(string) *time.Location { return time.UTC }, unmasked)
		book := lines(t, all)
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return all.Put(ctx, tx, "dvv", office()) })
		for part, c := range changes {
			it := ledger.Thing{Kind: ledger.Service, ID: "advice", Part: part}
			write(t, db, func(ctx context.Context, tx *store.Tx) error { return c.set(ctx, tx, all, book.Pen(caller("dvv"), 0)) })
			if got := difference(t, db, book, it, 1); !slices.Equal(got, c.want) {
				t.Errorf("%s: %+v", part, got)
			}
			err := db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error { return c.set(ctx, tx, all, book.Pen(caller("dvv"), 0)) })
			if fault.Of(err).Key != "setting-changed" {
				t.Errorf("%s: written over unread: %v", part, err)
			}
			write(t, db, func(ctx context.Context, tx *store.Tx) error {
				return book.Restore(ctx, tx, book.Pen(caller("dvv"), 1), it, 0, func(ledger.Kind, []string) bool { return true })
			})
		}
		got, err := all.Get(t.Context(), "dvv", "advice")
		got.Topics = got.Offered()
		if err != nil || fmt.Sprint(got) != fmt.Sprint(office()) {
			t.Errorf("set back: %v, %v", got, err)
		}
	})
}

func difference(t *testing.T, db *store.DB, book *ledger.Ledger, it ledger.Thing, version int64) (out []ledger.Difference) {
	t.Helper()
	err := db.Read(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		line, err := ledger.Get(ctx, tx, "dvv", it, version)
		if err != nil {
			return err
		}
		out, err = book.Compare(it, line.Before, line.After)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A topic that is taken out of use keeps its name, is offered no more, and comes back under its id.
func TestATopicIsNeverForgotten(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := service.New(db, time.Now, func(string) *time.Location { return time.UTC }, unmasked)
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return all.Put(ctx, tx, "dvv", office()) })
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			return all.SetTopics(ctx, tx, pen("dvv"), "advice", nil)
		})
		got, err := all.Get(t.Context(), "dvv", "advice")
		if err != nil || len(got.Offered()) != 0 || got.HasTopic("moving") || len(got.Topics) != 1 || got.Topics[0].Name.FI != "Muutto" {
			t.Errorf("taken out of use: %+v, %v", got.Topics, err)
		}
	})
}

func TestMakingAService(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := service.New(db, time.Now, func(string) *time.Location { return time.UTC }, unmasked)
		book := lines(t, all)
		open := func(authority string, one service.Service) error {
			return db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				return all.Make(ctx, tx, book.Pen(caller(authority), 0), one)
			})
		}
		silentOne := office()
		silentOne.About.SV = " "
		for what, c := range map[string]struct {
			err  error
			want string
		}{
			"a text in two languages": {open("dvv", silentOne), "text-in-every-language"},
			"a new one":               {open("dvv", office()), ""},
			"the same id":             {open("dvv", office()), "service-exists"},
			"another authority's":     {open("mallila", office()), ""},
		} {
			if (c.err == nil) != (c.want == "") || c.err != nil && fault.Of(c.err).Key != c.want {
				t.Errorf("%s: %v", what, c.err)
			}
		}
		err := db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return book.Restore(ctx, tx, book.Pen(caller("dvv"), 1), ledger.Thing{Kind: ledger.Service, ID: "advice", Part: service.PartMade}, 0, func(ledger.Kind, []string) bool { return true })
		})
		if fault.Of(err).Key != "setting-not-restorable" {
			t.Errorf("a service was unmade: %v", err)
		}
	})
}
