package service

import (
	"strings"

	"luukku/core/notice"
	"luukku/fault"
)

// aboutNobody refuses texts that hold what identifies a person, such as an identity code: settings lie in plain
// columns, are shown to everybody, and their history is kept for good (decision 0015). It looks at one part, or
// with "" at all of them. It returns fault.Invalid "setting-code" on the field.
func (s *Services) aboutNobody(one Service, part string) error {
	for _, t := range textsOf(one) {
		if part != "" && part != t.part {
			continue
		}
		if _, hidden := s.mask(t.text); hidden > 0 {
			return fault.New(fault.Invalid, "setting-code").On(t.field)
		}
	}
	return nil
}

// written is a text that somebody writes for a part of a service, and the field that it comes from.
type written struct{ part, field, text string }

func textsOf(one Service) (all []written) {
	add := func(part, field string, t notice.Text) {
		for _, lang := range notice.Languages() {
			all = append(all, written{part, field, t.In(lang)})
		}
	}
	all = append(all, written{PartMade, "id", strings.ToUpper(one.ID)})
	add(PartTexts, "name", one.Name)
	add(PartTexts, "about", one.About)
	for _, t := range one.Topics {
		all = append(all, written{PartTopics, "topics", strings.ToUpper(t.ID)})
		add(PartTopics, "topics", t.Name)
	}
	for _, h := range one.Holidays {
		add(PartHolidays, "holidays", h.Name)
	}
	if one.Closure != nil {
		add(PartClosure, "message", one.Closure.Message)
	}
	return all
}
