package service

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/store"
)

type (
	madeRow struct {
		Notice string  `json:"notice"`
		Name   textRow `json:"name"`
	}
	textsRow struct {
		Name  textRow `json:"name"`
		About textRow `json:"about"`
	}
	closureRow struct {
		Since   int64   `json:"since"` // unix milliseconds; 0 for open
		Message textRow `json:"message"`
	}
)

// part is the value of one part, as the ledger keeps it.
func (s Service) part(name string) string {
	switch name {
	case PartTexts:
		return asJSON(textsRow{textRow(s.Name), textRow(s.About)})
	case PartTopics:
		return asJSON(topicRows(s.Topics))
	case PartQueues:
		return asJSON(s.Languages)
	case PartHours:
		return asJSON(spanRows(s.Hours))
	case PartHolidays:
		return asJSON(holidayRows(s.Holidays))
	case PartClosure:
		since, message := closureColumns(s.Closure)
		return `{"since":` + strconv.FormatInt(since, 10) + `,"message":` + message + `}`
	case PartOrigins:
		return asJSON(append([]string{}, s.Origins...))
	case PartRouting:
		return asJSON(s.Routing.row())
	}
	return ""
}

// read is a service of which only the value's part is filled.
func read(part, value string) (s Service, err error) {
	switch part {
	case PartTexts:
		var row textsRow
		err = fromJSON(value, &row)
		s.Name, s.About = notice.Text(row.Name), notice.Text(row.About)
	case PartTopics:
		err = s.scanLists(value, "[]", "[]")
	case PartQueues:
		err = fromJSON(value, &s.Languages)
	case PartHours:
		err = s.scanLists("[]", value, "[]")
	case PartHolidays:
		err = s.scanLists("[]", "[]", value)
	case PartClosure:
		var row closureRow
		err = fromJSON(value, &row)
		err = errors.Join(err, s.scanClosure(row.Since, asJSON(row.Message)))
	case PartOrigins:
		err = fromJSON(value, &s.Origins)
	case PartRouting:
		err = s.Routing.scan(value)
	case PartMade:
		var row madeRow
		err = fromJSON(value, &row)
		s.Notice, s.Name = row.Notice, notice.Text(row.Name)
	}
	return s, err
}

// Book is how the ledger reads and sets back the settings of services.
func (s *Services) Book() ledger.Book {
	return ledger.Book{Kind: ledger.Service, Facts: facts, Restore: s.restore}
}

// restore sets one part back within the rules that hold now. A service that was made stays: close it.
func (s *Services) restore(ctx context.Context, tx *store.Tx, pen ledger.Pen, t ledger.Thing, value string) error {
	old, err := read(t.Part, value)
	if err != nil {
		return err
	}
	switch t.Part {
	case PartTexts:
		return s.SetTexts(ctx, tx, pen, t.ID, old.Name, old.About)
	case PartTopics:
		return s.SetTopics(ctx, tx, pen, t.ID, old.Topics)
	case PartQueues:
		return s.SetLanguages(ctx, tx, pen, t.ID, old.Languages)
	case PartHours:
		return s.SetHours(ctx, tx, pen, t.ID, old.Hours)
	case PartHolidays:
		return s.SetHolidays(ctx, tx, pen, t.ID, old.Holidays)
	case PartClosure:
		if old.Closure != nil {
			old.Closure.Since = s.now()
		}
		return s.SetClosure(ctx, tx, pen, t.ID, old.Closure)
	case PartOrigins:
		return s.SetOrigins(ctx, tx, pen, t.ID, old.Origins)
	case PartRouting:
		old.Routing.Offer = old.Routing.OfferFor()
		return s.SetRouting(ctx, tx, pen, t.ID, old.Routing)
	}
	return ledger.NotRestorable()
}

// facts reads a value of a part, in the order in which a page shows it.
func facts(part, value string) ([]ledger.Fact, error) {
	if value == "" {
		return nil, nil
	}
	s, err := read(part, value)
	if err != nil {
		return nil, err
	}
	var out []ledger.Fact
	switch part {
	case PartMade:
		out = append(texts("name", "", s.Name), ledger.Fact{Field: "notice", Value: s.Notice})
	case PartTexts:
		out = append(texts("name", "", s.Name), texts("about", "", s.About)...)
	case PartTopics:
		out = topicFacts(s.Topics)
	case PartQueues:
		out = each("queue", s.Languages)
	case PartHours:
		out = hourFacts(s.Hours)
	case PartHolidays:
		out = holidayFacts(s.Holidays)
	case PartClosure:
		if s.Closure != nil {
			out = append([]ledger.Fact{{Field: "closed", Value: yes}}, texts("message", "", s.Closure.Message)...)
		}
	case PartOrigins:
		out = each("origin", s.Origins)
	case PartRouting:
		out = s.Routing.facts()
	}
	return out, nil
}

// yes is the value of a fact that is there or not; a page words it.
const yes = "yes"

// each makes a fact of everything in a list that has no order.
func each(field string, items []string) (out []ledger.Fact) {
	for _, item := range items {
		out = append(out, ledger.Fact{Field: field, Item: item, Value: yes})
	}
	return out
}

func texts(field, item string, t notice.Text) (out []ledger.Fact) {
	for _, lang := range notice.Languages() {
		if text := t.In(lang); text != "" {
			out = append(out, ledger.Fact{Field: field, Item: item, Lang: lang, Value: text})
		}
	}
	return out
}

// topicFacts tells the topics in use and their order; one out of use is as one that is not there.
func topicFacts(topics []Topic) (out []ledger.Fact) {
	n := 0
	for _, t := range topics {
		if t.Retired {
			continue
		}
		n++
		out = append(out, ledger.Fact{Field: "place", Item: t.ID, Value: strconv.Itoa(n)})
		out = append(out, texts("topic", t.ID, t.Name)...)
	}
	return out
}

// hourFacts tells each weekday's times in one fact; Monday is 1.
func hourFacts(spans []Span) (out []ledger.Fact) {
	for day := 1; day <= 7; day++ {
		var times []string
		for _, h := range spans {
			if int(h.Weekday) == day%7 {
				times = append(times, Clock(h.Opens)+"–"+Clock(h.Closes))
			}
		}
		if len(times) > 0 {
			out = append(out, ledger.Fact{Field: "weekday", Item: strconv.Itoa(day), Value: strings.Join(times, ", ")})
		}
	}
	return out
}

func holidayFacts(days []Holiday) (out []ledger.Fact) {
	for _, h := range days {
		value := "closed"
		if h.Opens != h.Closes {
			value = Clock(h.Opens) + "–" + Clock(h.Closes)
		}
		out = append(out, ledger.Fact{Field: "day", Item: string(h.Day), Value: value})
		out = append(out, texts("day-name", string(h.Day), h.Name)...)
	}
	return out
}
