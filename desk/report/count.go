package report

import (
	"context"
	_ "embed"
	"time"

	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries = store.MustQueries(queryText)
	qCount  = queries.Get("count")
	qMonths = queries.Get("months")

	qCountMonth = queries.Get("count-month")
)

// none stands for a value that a contact does not have.
const none = "none"

// bands are the waiting bands in their order; a wait belongs to the first whose end it is below.
var bands = []struct {
	id    string
	below time.Duration
}{
	{"under_1_min", time.Minute}, {"1_to_5_min", 5 * time.Minute}, {"5_to_15_min", 15 * time.Minute},
	{"15_to_30_min", 30 * time.Minute}, {"30_to_60_min", time.Hour}, {"over_60_min", 1<<63 - 1},
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
	for _, b := range bands {
		if wait < b.below {
			return b.id
		}
	}
	return bands[len(bands)-1].id
}

// Count counts a contact in the transaction that settles it: one statement. Nothing that could tell
// two contacts of a day and service apart is written.
func Count(ctx context.Context, tx *store.Tx, f Fact) error {
	var args []any
	for _, value := range []string{"", f.Language, f.Topic, f.Outcome, bandOf(f.Wait)} {
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
