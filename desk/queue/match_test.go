package queue

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"luukku/desk/service"
)

var at = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func routing(string) service.Routing { return service.Routing{Widen: 2 * time.Minute} }

func sitting(staff string, load, capacity int, idle int64, languages ...string) seat {
	return seat{staff: staff, grants: []string{""}, languages: languages, load: load, capacity: capacity, idle: idle}
}

func waits(contact, lang string, ago time.Duration) waiter {
	return waiter{contact: contact, service: "advice", lang: lang, rank: 1, since: at.Add(-ago).UnixMilli()}
}

// The head of the queue goes to the least loaded who speaks the language; of two alike, to who has been
// idle longest; who has passed nobody keeps their place.
func TestMatchIsFair(t *testing.T) {
	for name, c := range map[string]struct {
		waiting []waiter
		seats   []seat
		want    string
	}{
		"least loaded":             {[]waiter{waits("c1", "fi", 0)}, []seat{sitting("a", 2, 4, 0, "fi"), sitting("b", 1, 4, 9, "fi")}, "c1:b"},
		"least loaded of capacity": {[]waiter{waits("c1", "fi", 0)}, []seat{sitting("a", 1, 2, 0, "fi"), sitting("b", 2, 8, 9, "fi")}, "c1:b"},
		"longest idle":             {[]waiter{waits("c1", "fi", 0)}, []seat{sitting("a", 1, 4, 9, "fi"), sitting("b", 1, 4, 3, "fi")}, "c1:b"},
		"the same on every node":   {[]waiter{waits("c1", "fi", 0)}, []seat{sitting("b", 1, 4, 3, "fi"), sitting("a", 1, 4, 3, "fi")}, "c1:a"},
		"one at a time":            {[]waiter{waits("c1", "fi", 2), waits("c2", "fi", 1)}, []seat{sitting("a", 0, 4, 0, "fi")}, "c1:a"},
		"the head first":           {[]waiter{waits("c2", "fi", time.Second), waits("c1", "fi", time.Minute)}, []seat{sitting("a", 0, 4, 0, "fi")}, "c1:a"},
		"full hands":               {[]waiter{waits("c1", "fi", time.Hour)}, []seat{sitting("a", 2, 2, 0, "fi")}, ""},
		"another language passes":  {[]waiter{waits("c1", "sv", time.Minute), waits("c2", "fi", 0)}, []seat{sitting("a", 0, 4, 0, "fi")}, "c2:a"},
		"widened":                  {[]waiter{waits("c1", "sv", 2*time.Minute)}, []seat{sitting("a", 0, 4, 0, "fi")}, "c1:a"},
		"not widened past a speaker": {[]waiter{waits("c1", "sv", time.Hour)},
			[]seat{sitting("a", 0, 4, 0, "fi"), sitting("b", 1, 1, 0, "sv")}, ""},
	} {
		got := ""
		for _, p := range match(c.waiting, c.seats, routing, at) {
			got += p.contact + ":" + p.staff
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Grants and the lead's narrowing both hold.
func TestMatchKeepsToServices(t *testing.T) {
	narrowed := sitting("a", 0, 4, 0, "fi")
	narrowed.services = []string{"other"}
	elsewhere := sitting("b", 0, 4, 0, "fi")
	elsewhere.grants = []string{"other"}
	if got := match([]waiter{waits("c1", "fi", time.Hour)}, []seat{narrowed, elsewhere}, routing, at); len(got) != 0 {
		t.Error(got)
	}
}

// Whatever the order in which rows come, the offers are the same, none is made twice, and nobody gets
// more than they can have.
func TestMatchIsTheSameWhateverTheOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var waiting []waiter
		var seats []seat
		for i := range 1 + random.IntN(8) {
			waiting = append(waiting, waits(fmt.Sprint("c", i), []string{"fi", "sv"}[random.IntN(2)], time.Duration(random.IntN(5))*time.Minute))
		}
		for i := range 1 + random.IntN(6) {
			seats = append(seats, sitting(fmt.Sprint("s", i), random.IntN(3), 1+random.IntN(3), int64(random.IntN(3)), [][]string{{"fi"}, {"sv"}, {"fi", "sv"}}[random.IntN(3)]...))
		}
		first := match(slices.Clone(waiting), slices.Clone(seats), routing, at)
		random.Shuffle(len(waiting), func(i, j int) { waiting[i], waiting[j] = waiting[j], waiting[i] })
		random.Shuffle(len(seats), func(i, j int) { seats[i], seats[j] = seats[j], seats[i] })
		if again := match(waiting, seats, routing, at); !slices.Equal(first, again) {
			t.Fatalf("%v, then %v", first, again)
		}
		seen := map[string]bool{}
		for _, p := range first {
			if seen[p.contact] || seen[p.staff] {
				t.Fatalf("twice: %v", first)
			}
			seen[p.contact], seen[p.staff] = true, true
		}
	}
}
