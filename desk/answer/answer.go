// Package answer promises that a ready answer says what the authority last approved, and that
// nothing which an adviser was ever offered is lost: each saving is a version of its own, older ones
// can be read and taken back into use, and an archived answer is kept.
//
// The texts are the authority's own. Nothing here is about a person: a text that holds a personal
// identity code is refused, and what differs from one contact to the next is a variable.
package answer

import (
	"slices"
	"time"

	"luukku/core/notice"
	"luukku/desk/contact"
)

// Limits of what is kept, in characters and in answers of one authority.
const (
	MaxName     = 100
	MaxText     = contact.MaxText // it is sent as a message
	MaxShortcut = 30
	MaxAnswers  = 2000
)

// Content is what a lead writes and a version keeps.
type Content struct {
	Name     string
	Shortcut string      // lower-case letters, digits and hyphens; "" without one
	Services []string    // that it is for; none means all of the authority's
	Text     notice.Text // at least one of the languages
	Review   notice.Day  // when it has to be read through again; "" for never
}

// Answer is one version of an answer.
type Answer struct {
	ID       string
	Version  int64 // from 1
	At       time.Time
	Archived time.Time // zero while it is offered
	Content
}

// For tells whether the answer is offered in a service.
func (a Answer) For(service string) bool {
	return a.Archived.IsZero() && (len(a.Services) == 0 || slices.Contains(a.Services, service))
}

// Overdue tells whether its review day has passed on today.
func (a Answer) Overdue(today notice.Day) bool {
	return a.Archived.IsZero() && a.Review != "" && a.Review.Before(today)
}

// Missing are the languages that nothing is written in.
func (c Content) Missing() []string {
	return slices.DeleteFunc(notice.Languages(), func(lang string) bool { return c.Text.In(lang) != "" })
}

// Reach is what a lead leads: every service, or the listed ones.
type Reach struct {
	All      bool
	Services []string
}

// Covers tells whether an answer for these services is the lead's to change: one that is for all
// services belongs to those who lead them all.
func (r Reach) Covers(services []string) bool {
	if r.All {
		return true
	}
	foreign := func(id string) bool { return !slices.Contains(r.Services, id) }
	return len(services) > 0 && !slices.ContainsFunc(services, foreign)
}
