// Package service promises that the hours which an authority shows are the hours it keeps: the same
// values say whether a service is open, when it opens next, and whether a contact can be started.
//
// A service is what an authority offers, such as citizens' advice; it names the notice that it obeys.
// Nothing here is about a person. All days and minutes are in the authority's time zone.
package service

import (
	"slices"
	"time"

	"luukku/core/notice"
)

// Service is one service of an authority, with everything that decides when and how it is reached.
type Service struct {
	ID        string
	Notice    string // id of the notice that its contacts are kept under
	Name      notice.Text
	About     notice.Text
	Languages []string // of fi, sv and en; each has a queue of its own
	Topics    []Topic
	Hours     []Span
	Holidays  []Holiday
	Closure   *Closure // nil unless it was closed by hand
	Origins   []string // of the sites whose pages may carry its chat; none unless it was said
	Routing   Routing
}

// Topic is what a contact can be about. It is chosen, never written.
type Topic struct {
	ID      string
	Name    notice.Text
	Retired bool // it is offered no more, and names what earlier contacts were about
}

// Span is an opening on one weekday. Opens and Closes are minutes from local midnight; Closes is
// at most 1440 and later than Opens.
type Span struct {
	Weekday       time.Weekday
	Opens, Closes int
}

// Holiday is a day with hours of its own. Opens equal to Closes means closed all day.
type Holiday struct {
	Day           notice.Day
	Opens, Closes int
	Name          notice.Text
}

// Closure is a closing by hand, with what the authority says about it.
type Closure struct {
	Since   time.Time
	Message notice.Text
}

// Serves tells whether the service has a queue in lang.
func (s Service) Serves(lang string) bool { return slices.Contains(s.Languages, lang) }

// HasTopic tells whether id is one of the topics that the service offers.
func (s Service) HasTopic(id string) bool {
	return slices.ContainsFunc(s.Topics, func(t Topic) bool { return t.ID == id && !t.Retired })
}

// Offered are the topics that can be chosen now, in their order.
func (s Service) Offered() []Topic {
	return slices.DeleteFunc(slices.Clone(s.Topics), func(t Topic) bool { return t.Retired })
}
