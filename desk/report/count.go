package report

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries = store.MustQueries(queryText)
	qCount  = queries.Get("count")
	qDays   = queries.Get("days")

	qCountMonth = queries.Get("count-month")
)

// none stands for a value that a contact does not have.
const none = "none"

// band is a span of time that is counted as one.
type band struct {
	id    string
	below time.Duration
}

// bands are the waiting bands in their order; a wait belongs to the first whose end it is below.
var bands = []band{
	{"under_1_min", time.Minute}, {"1_to_5_min", 5 * time.Minute}, {"5_to_15_min", 15 * time.Minute},
	{"15_to_30_min", 30 * time.Minute}, {"30_to_60_min", time.Hour}, {"over_60_min", 1<<63 - 1},
}

// lengths are the bands of how long a contact lasted, its wait included. So every contact has one, and no
// value of another dimension is counted a second time here, from which it could be worked out there.
var lengths = []band{
	{"under_5_min", 5 * time.Minute}, {"5_to_15_min", 15 * time.Minute}, {"15_to_30_min", 30 * time.Minute},
	{"30_to_60_min", time.Hour}, {"over_60_min", 1<<63 - 1},
}

// Lengths are the bands of length in their order.
func Lengths() []string {
	var out []string
	for _, b := range lengths {
		out = append(out, b.id)
	}
	return out
}

// NotServed is the waiting band of those who were never taken out of the queue.
const NotServed = "not_served"

// Bands are the waiting bands in their order.
func Bands() []string {
	out := make([]string, 0, len(bands)+1)
	for _, b := range bands {
		out = append(out, b.id)
	}
	return append(out, NotServed)
}

func bandOf(wait time.Duration) string {
	if wait < 0 {
		return NotServed
	}
	return in(bands, wait)
}

// in is the band of a duration.
func in(bands []band, d time.Duration) string {
	for _, b := range bands {
		if d < b.below {
			return b.id
		}
	}
	return bands[len(bands)-1].id
}

// Count counts a contact in the transaction that settles it: one statement. Nothing that could tell
// two contacts of a day and service apart is written.
func Count(ctx context.Context, tx *store.Tx, f Fact) error {
	var args []any
	for _, value := range []string{"", f.Language, f.Topic, f.Outcome, bandOf(f.Wait),
		fmt.Sprintf("%02d", f.Hour), in(lengths, f.Length)} {
		args = append(args, f.Authority, string(f.Day), f.Service)
		if len(args) > 3 {
			args = append(args, orNone(value))
		}
	}
	_, err := tx.Exec(ctx, qCount, args...)
	return err
}

func orNone(value string) string {
	if value == "" {
		return none
	}
	return value
}
