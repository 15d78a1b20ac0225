// Package report counts what happened, so that statistics outlive what they count. It promises that
// its tables hold no identifier and no combination of values of one contact, and that no count below
// five is told or can be worked out from the counts that are (S3-26, X-16).
package report

import (
	"context"
	"time"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// Limit is the smallest count that is told.
const Limit = 5

// The dimensions by which contacts are counted.
const (
	ByDay      = "day"
	ByService  = "service"
	ByLanguage = "language"
	ByTopic    = "topic"
	ByOutcome  = "outcome"
	ByWait     = "wait"
)

// Fact is what is counted of one contact; it is forgotten once it has been counted.
type Fact struct {
	Authority string
	Day       notice.Day // on which it closed
	Service   string
	Language  string
	Topic     string // "" counts as none
	Outcome   string
	Wait      time.Duration // in the queue; negative: never taken
}

// Reports are the counts of all authorities.
type Reports struct{ db *store.DB }

// New gives access to the counts in db.
func New(db *store.DB) *Reports { return &Reports{db} }

// Report is counted facts of whole months.
type Report struct {
	From, To notice.Day // the whole months that the asked days touch
	Service  string
	Tables   []Table
}

// Table counts contacts by one dimension, in the order of its values.
type Table struct {
	By   string
	Rows []Row
}

// Row is one count. Where Withheld, Count is what can be told of it: at least so many, 0 if nothing.
type Row struct {
	Value    string
	Count    int64
	Withheld bool
}

// Contacts counts the contacts that closed in the months that from to to touch, in one service or
// (service "") in all.
func (r *Reports) Contacts(ctx context.Context, authority string, from, to notice.Day, service string) (Report, error) {
	return Report{}, fault.New(fault.Internal, "not-built")
}
