package service

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"luukku/core/notice"
)

// The shapes in which a service's lists lie in their columns. They are written here and read here.
type (
	textRow struct {
		FI string `json:"fi"`
		SV string `json:"sv"`
		EN string `json:"en"`
	}
	topicRow struct {
		ID      string  `json:"id"`
		Name    textRow `json:"name"`
		Retired bool    `json:"retired,omitempty"`
	}
	spanRow struct {
		Weekday int `json:"weekday"` // 0 is Sunday
		Opens   int `json:"opens"`   // minutes from local midnight
		Closes  int `json:"closes"`
	}
	holidayRow struct {
		Day    string  `json:"day"`
		Opens  int     `json:"opens"`
		Closes int     `json:"closes"`
		Name   textRow `json:"name"`
	}
)

// asJSON writes a row shape; these shapes always can be written.
func asJSON(shape any) string {
	out, _ := json.Marshal(shape)
	return string(out)
}

func topicRows(topics []Topic) []topicRow {
	out := make([]topicRow, len(topics))
	for i, t := range topics {
		out[i] = topicRow{t.ID, textRow(t.Name), t.Retired}
	}
	return out
}

func spanRows(spans []Span) []spanRow {
	out := make([]spanRow, len(spans))
	for i, s := range spans {
		out[i] = spanRow{int(s.Weekday), s.Opens, s.Closes}
	}
	return out
}

func holidayRows(days []Holiday) []holidayRow {
	out := make([]holidayRow, len(days))
	for i, h := range days {
		out[i] = holidayRow{string(h.Day), h.Opens, h.Closes, textRow(h.Name)}
	}
	return out
}

// columns are a service as the arguments of service-put, after authority and id.
func (s Service) columns() []any {
	since, message := closureColumns(s.Closure)
	return []any{s.Notice, asJSON(textRow(s.Name)), asJSON(textRow(s.About)), asJSON(topicRows(s.Topics)),
		asJSON(spanRows(s.Hours)), asJSON(holidayRows(s.Holidays)), strings.Join(s.Languages, ","), since, message, asJSON(s.Origins), asJSON(s.Routing.row())}
}

func closureColumns(c *Closure) (since int64, message string) {
	if c == nil {
		return 0, "{}"
	}
	return c.Since.UnixMilli(), asJSON(textRow(c.Message))
}

func scanService(scan func(...any) error) (Service, error) {
	var s Service
	var name, about, topics, hours, holidays, languages, message, origins, routing string
	var closed int64
	err := scan(&s.ID, &s.Notice, &name, &about, &topics, &hours, &holidays, &languages, &closed, &message, &origins, &routing)
	if err != nil {
		return s, err
	}
	s.Languages = strings.Split(languages, ",")
	var nameRow, aboutRow textRow
	if err := errors.Join(fromJSON(name, &nameRow), fromJSON(about, &aboutRow), s.scanLists(topics, hours, holidays), fromJSON(origins, &s.Origins), s.Routing.scan(routing)); err != nil {
		return s, err
	}
	s.Name, s.About = notice.Text(nameRow), notice.Text(aboutRow)
	return s, s.scanClosure(closed, message)
}

func (s *Service) scanLists(topics, hours, holidays string) error {
	var topicRows []topicRow
	var spanRows []spanRow
	var holidayRows []holidayRow
	err := errors.Join(fromJSON(topics, &topicRows), fromJSON(hours, &spanRows), fromJSON(holidays, &holidayRows))
	for _, t := range topicRows {
		s.Topics = append(s.Topics, Topic{t.ID, notice.Text(t.Name), t.Retired})
	}
	for _, h := range spanRows {
		s.Hours = append(s.Hours, Span{time.Weekday(h.Weekday), h.Opens, h.Closes})
	}
	for _, h := range holidayRows {
		s.Holidays = append(s.Holidays, Holiday{notice.Day(h.Day), h.Opens, h.Closes, notice.Text(h.Name)})
	}
	return err
}

func (s *Service) scanClosure(since int64, message string) error {
	if since == 0 {
		return nil
	}
	var row textRow
	err := fromJSON(message, &row)
	s.Closure = &Closure{Since: time.UnixMilli(since), Message: notice.Text(row)}
	return err
}

func fromJSON(text string, into any) error { return json.Unmarshal([]byte(text), into) }
