package service

import (
	"context"
	"slices"

	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// The parts of a service that are changed one by one, as the ledger names them.
const (
	PartMade     = "made" // the service itself
	PartTexts    = "texts"
	PartTopics   = "topics"
	PartQueues   = "queues"
	PartHours    = "hours"
	PartHolidays = "holidays"
	PartClosure  = "closure"
	PartOrigins  = "origins"
	PartRouting  = "routing"
)

// Put makes a service or replaces one with everything it has, in the given transaction, and leaves no
// line in the ledger: it is for a first start and for the demo. Who may do so is decided by the caller.
func (s *Services) Put(ctx context.Context, tx *store.Tx, authority string, one Service) (err error) {
	if one, err = one.sorted(); err != nil {
		return err
	}
	if err := s.aboutNobody(one, ""); err != nil {
		return err
	}
	tx.OnCommit(func() { s.forget(authority) })
	_, err = tx.Exec(ctx, qPut, append([]any{authority, one.ID}, one.columns()...)...)
	return err
}

// sorted checks a service and puts its lists in their order.
func (s Service) sorted() (Service, error) {
	err := s.check()
	if err != nil {
		return s, err
	}
	if s.Hours, err = sortedHours(s.Hours); err != nil {
		return s, err
	}
	if s.Holidays, err = sortedHolidays(s.Holidays); err != nil {
		return s, err
	}
	s.Origins, err = sortedOrigins(s.Origins)
	return s, err
}

// Make makes a new service; fault.Conflict "service-exists" when the authority has one of that id.
func (s *Services) Make(ctx context.Context, tx *store.Tx, pen ledger.Pen, one Service) error {
	_, err := find(ctx, tx, pen.Authority(), one.ID)
	switch {
	case whole(one.About) != nil:
		return fault.New(fault.Invalid, "text-in-every-language").On("about")
	case err == nil:
		return fault.New(fault.Conflict, "service-exists").On("id")
	case !fault.Is(err, fault.NotFound):
		return err
	}
	if err := s.Put(ctx, tx, pen.Authority(), one); err != nil {
		return err
	}
	return pen.Write(ctx, tx, ledger.Change{Thing: thing(one.ID, PartMade), Services: []string{one.ID}, After: asJSON(madeRow{one.Notice, textRow(one.Name)})})
}

// SetHours replaces all weekly hours of a service.
func (s *Services) SetHours(ctx context.Context, tx *store.Tx, pen ledger.Pen, id string, hours []Span) error {
	return s.change(ctx, tx, pen, id, PartHours, func(one *Service) (err error) {
		one.Hours, err = sortedHours(hours)
		return err
	})
}

// SetHolidays replaces all days with hours of their own.
func (s *Services) SetHolidays(ctx context.Context, tx *store.Tx, pen ledger.Pen, id string, days []Holiday) error {
	return s.change(ctx, tx, pen, id, PartHolidays, func(one *Service) (err error) {
		one.Holidays, err = sortedHolidays(days)
		return err
	})
}

// SetClosure closes a service by hand, with a message in three languages, or opens it again with nil.
// Contacts that already wait or run are not touched.
func (s *Services) SetClosure(ctx context.Context, tx *store.Tx, pen ledger.Pen, id string, c *Closure) error {
	return s.change(ctx, tx, pen, id, PartClosure, func(one *Service) error {
		one.Closure = c
		if c != nil && whole(c.Message) != nil {
			return fault.New(fault.Invalid, "text-in-every-language").On("message")
		}
		return nil
	})
}

// SetOrigins replaces the origins whose pages may carry the service's chat; none takes it off every site.
func (s *Services) SetOrigins(ctx context.Context, tx *store.Tx, pen ledger.Pen, id string, origins []string) error {
	return s.change(ctx, tx, pen, id, PartOrigins, func(one *Service) (err error) {
		one.Origins, err = sortedOrigins(origins)
		return err
	})
}

// SetTexts replaces what a service is called and what is told of it.
func (s *Services) SetTexts(ctx context.Context, tx *store.Tx, pen ledger.Pen, id string, name, about notice.Text) error {
	return s.change(ctx, tx, pen, id, PartTexts, func(one *Service) error {
		one.Name, one.About = name, about
		if whole(about) != nil {
			return fault.New(fault.Invalid, "text-in-every-language").On("about")
		}
		return one.check()
	})
}

// SetTopics replaces the topics, in the order in which they are offered. One that is left out is taken
// out of use and keeps its name: contacts and counts of earlier days are about it.
func (s *Services) SetTopics(ctx context.Context, tx *store.Tx, pen ledger.Pen, id string, topics []Topic) error {
	return s.change(ctx, tx, pen, id, PartTopics, func(one *Service) error {
		for _, old := range one.Topics {
			if !slices.ContainsFunc(topics, func(t Topic) bool { return t.ID == old.ID }) {
				old.Retired = true
				topics = append(slices.Clone(topics), old)
			}
		}
		one.Topics = topics
		return one.check()
	})
}

// SetLanguages replaces the languages in which a service has a queue. It is fault.Conflict
// "queue-not-empty" while somebody waits in a queue that would go. A queue that goes is given out no more.
func (s *Services) SetLanguages(ctx context.Context, tx *store.Tx, pen ledger.Pen, id string, languages []string) error {
	err := s.change(ctx, tx, pen, id, PartQueues, func(one *Service) error {
		before := one.Languages
		one.Languages = languages
		if err := one.check(); err != nil {
			return err
		}
		return nobodyWaits(ctx, tx, pen.Authority(), id, slices.DeleteFunc(slices.Clone(before), one.Serves))
	})
	if err != nil {
		return err
	}
	return s.change(ctx, tx, pen.Beside(), id, PartRouting, func(one *Service) error {
		one.Routing.Push = slices.DeleteFunc(one.Routing.Push, func(lang string) bool { return !one.Serves(lang) })
		return nil
	})
}

// nobodyWaits refuses to take queues away in which somebody waits.
func nobodyWaits(ctx context.Context, tx *store.Tx, authority, id string, languages []string) error {
	for _, lang := range languages {
		var n int64
		if err := tx.Row(ctx, qWaiting, authority, id, lang).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Conflict, "queue-not-empty").On("languages")
		}
	}
	return nil
}

// change changes one part of a service that must exist, writes it and its line, and has this node read
// it anew. The row is locked from the reading to the commit.
func (s *Services) change(ctx context.Context, tx *store.Tx, pen ledger.Pen, id, part string, set func(*Service) error) error {
	one, err := find(ctx, tx, pen.Authority(), id)
	if err != nil {
		return err
	}
	before := one.part(part)
	if err := set(&one); err != nil {
		return err
	}
	if err := s.aboutNobody(one, part); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, qPut, append([]any{pen.Authority(), id}, one.columns()...)...); err != nil {
		return err
	}
	tx.OnCommit(func() { s.forget(pen.Authority()) })
	return pen.Write(ctx, tx, ledger.Change{Thing: thing(id, part), Services: []string{id}, Before: before, After: one.part(part)})
}

// find reads a service to change it; an unknown id is fault.NotFound "service-not-found".
func find(ctx context.Context, tx *store.Tx, authority, id string) (Service, error) {
	found, err := store.Select(ctx, tx, qService, scanService, authority, id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "service-not-found").On("service")
	}
	if err != nil {
		return Service{}, err
	}
	return found[0], nil
}

func thing(id, part string) ledger.Thing {
	return ledger.Thing{Kind: ledger.Service, ID: id, Part: part}
}
