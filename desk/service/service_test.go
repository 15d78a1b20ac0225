package service_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"luukku/core/notice"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func text(s string) notice.Text { return notice.Text{FI: s, SV: s, EN: s} }

func helsinki(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func weekdays(opens, closes int) (out []service.Span) {
	for day := time.Monday; day <= time.Friday; day++ {
		out = append(out, service.Span{Weekday: day, Opens: opens, Closes: closes})
	}
	return out
}

// Outside service hours the citizen is told when it opens.
func TestOpeningFollowsHoursHolidaysAndClosure(t *testing.T) {
	loc := helsinki(t)
	office := service.Service{Hours: weekdays(9*60, 16*60), Holidays: []service.Holiday{
		{Day: "2026-12-24", Opens: 9 * 60, Closes: 12 * 60}, {Day: "2026-12-25"}}}
	touching := service.Service{Hours: []service.Span{{Weekday: time.Monday, Opens: 480, Closes: 720}, {Weekday: time.Monday, Opens: 720, Closes: 960}}}
	night := service.Service{Hours: []service.Span{{Weekday: time.Monday, Opens: 1200, Closes: 1440}, {Weekday: time.Tuesday, Opens: 0, Closes: 120}}}
	var always service.Service
	for day := time.Sunday; day <= time.Saturday; day++ {
		always.Hours = append(always.Hours, service.Span{Weekday: day, Closes: 1440})
	}
	shut := service.Service{Hours: office.Hours, Closure: &service.Closure{Message: text("Suljettu")}}
	for _, c := range []struct {
		name string
		s    service.Service
		at   string
		want string // open until, or next opening
	}{
		{"before the opening", office, "2026-11-23 08:59", "opens 2026-11-23 09:00"},
		{"at the opening", office, "2026-11-23 09:00", "open until 2026-11-23 16:00"},
		{"a moment before the closing", office, "2026-11-23 15:59", "open until 2026-11-23 16:00"},
		{"at the closing", office, "2026-11-23 16:00", "opens 2026-11-24 09:00"},
		{"Friday evening", office, "2026-11-27 18:00", "opens 2026-11-30 09:00"},
		{"a shorter day", office, "2026-12-24 12:00", "opens 2026-12-28 09:00"},
		{"a day closed", office, "2026-12-25 10:00", "opens 2026-12-28 09:00"},
		{"openings that touch", touching, "2026-11-23 09:00", "open until 2026-11-23 16:00"},
		{"over midnight", night, "2026-11-23 23:00", "open until 2026-11-24 02:00"},
		{"after midnight", night, "2026-11-24 01:00", "open until 2026-11-24 02:00"},
		{"never closes", always, "2026-11-23 03:00", "open for good"},
		{"no hours", service.Service{}, "2026-11-23 10:00", "closed for good"},
		{"closed by hand", shut, "2026-11-23 10:00", "closed by hand"},
		{"the day summer time begins", office, "2026-03-30 08:30", "opens 2026-03-30 09:00"},
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.at, loc)
		if err != nil {
			t.Fatal(err)
		}
		if got := told(c.s.At(at, loc), loc); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func told(o service.Opening, loc *time.Location) string {
	const form = "2006-01-02 15:04"
	switch {
	case o.Closure != nil:
		return "closed by hand"
	case o.Open && o.ClosesAt.IsZero():
		return "open for good"
	case o.Open:
		return "open until " + o.ClosesAt.In(loc).Format(form)
	case o.OpensAt.IsZero():
		return "closed for good"
	}
	return "opens " + o.OpensAt.In(loc).Format(form)
}

// Clocks on the wall decide, also on the days when they are changed.
func TestHoursOnTheDaysOfSummerTime(t *testing.T) {
	loc := helsinki(t)
	s := service.Service{Hours: []service.Span{{Weekday: time.Sunday, Opens: 2 * 60, Closes: 5 * 60}}}
	for day, want := range map[string]time.Duration{"2026-03-29": 2 * time.Hour, "2026-10-25": 4 * time.Hour, "2026-11-01": 3 * time.Hour} {
		start, _ := time.ParseInLocation("2006-01-02 15:04", day+" 02:00", loc)
		o := s.At(start, loc)
		if !o.Open || o.ClosesAt.Sub(start) != want {
			t.Errorf("%s: open %v for %v, want %v", day, o.Open, o.ClosesAt.Sub(start), want)
		}
	}
}

func TestServicesAreKeptAndChanged(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
		all := service.New(db, func() time.Time { return now }, func(string) *time.Location { return helsinki(t) }, unmasked)
		one := service.Service{ID: "citizens-advice", Notice: "citizens-advice", Name: text("Neuvonta"), About: text("Kysy"),
			Languages: []string{"fi", "sv", "en"}, Topics: []service.Topic{{ID: "moving", Name: text("Muutto")}},
			Hours: weekdays(540, 960), Holidays: []service.Holiday{{Day: "2026-12-06", Name: text("Itsenäisyyspäivä")}}}
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return all.Put(ctx, tx, "dvv", one) })
		got, err := all.Get(t.Context(), "dvv", "citizens-advice")
		if err != nil || fmt.Sprint(got) != fmt.Sprint(one) {
			t.Fatalf("got %v, %v; want %v", got, err, one)
		}
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			return all.SetClosure(ctx, tx, pen("dvv"), one.ID, &service.Closure{Since: now, Message: text("Koulutus")})
		})
		got, _ = all.Get(t.Context(), "dvv", one.ID)
		if got.Closure == nil || got.Closure.Message.FI != "Koulutus" || !got.Closure.Since.Equal(now) {
			t.Errorf("a closure made here is seen at once: %+v", got.Closure)
		}
		if _, err := all.Get(t.Context(), "mallila", one.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("another authority's service: %v", err)
		}
		err = db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return all.SetHours(ctx, tx, pen("mallila"), one.ID, nil)
		})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("hours of another authority's service: %v", err)
		}
	})
}

func TestServicesThatCannotBeAreRefused(t *testing.T) {
	good := service.Service{ID: "a", Notice: "n", Name: text("x"), About: text("x"), Languages: []string{"fi"}}
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		all := service.New(db, time.Now, func(string) *time.Location { return time.UTC }, unmasked)
		for name, spoil := range map[string]func(*service.Service){
			"an id with a space":      func(s *service.Service) { s.ID = "a b" },
			"no notice":               func(s *service.Service) { s.Notice = "" },
			"a name in two languages": func(s *service.Service) { s.Name.SV = "" },
			"an unknown language":     func(s *service.Service) { s.Languages = []string{"de"} },
			"a language twice":        func(s *service.Service) { s.Languages = []string{"fi", "fi"} },
			"no language":             func(s *service.Service) { s.Languages = nil },
			"a topic twice": func(s *service.Service) {
				s.Topics = []service.Topic{{ID: "t", Name: text("t")}, {ID: "t", Name: text("t")}}
			},
			"hours that end first":      func(s *service.Service) { s.Hours = []service.Span{{time.Monday, 960, 540}} },
			"hours of nothing":          func(s *service.Service) { s.Hours = []service.Span{{time.Monday, 540, 540}} },
			"hours after 24:00":         func(s *service.Service) { s.Hours = []service.Span{{time.Monday, 540, 1441}} },
			"an eighth day of the week": func(s *service.Service) { s.Hours = []service.Span{{7, 540, 960}} },
			"a day that does not exist": func(s *service.Service) { s.Holidays = []service.Holiday{{Day: "2026-02-30"}} },
			"a holiday twice":           func(s *service.Service) { s.Holidays = []service.Holiday{{Day: "2026-12-06"}, {Day: "2026-12-06"}} },
		} {
			bad := good
			spoil(&bad)
			err := db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error { return all.Put(ctx, tx, "dvv", bad) })
			if !fault.Is(err, fault.Invalid) || fault.Of(err).Field == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestMinutes(t *testing.T) {
	for clock, want := range map[string]int{"00:00": 0, "09:30": 570, "24:00": 1440} {
		if got, err := service.Minute(clock); err != nil || got != want || service.Clock(got) != clock {
			t.Errorf("%s: %d, %v, %s", clock, got, err, service.Clock(got))
		}
	}
	for _, bad := range []string{"", "9:30", "09.30", "24:01", "09:60", "aa:bb", "-1:00", "09:300"} {
		if _, err := service.Minute(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func write(t *testing.T, db *store.DB, fn func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// unmasked finds nothing in a text.
func unmasked(text string) (string, int) { return text, 0 }
