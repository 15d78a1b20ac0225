package report

import (
	"context"

	"luukku/core/notice"
	"luukku/store"
)

// monthly are the dimensions of what is counted by the month, in the order in which they are told. A day
// would tell too much of them: who marked then, or who had just been served.
var monthly = append([]string{ByHelp}, Criteria()...)

// Criteria are what a reviewer marks of a contact, as dimensions; the marks are the values of Helps.
func Criteria() []string { return []string{"correct", "clear", "complete", "polite"} }

// Helps are the answers to whether a contact helped, and a reviewer's marks, in their order.
func Helps() []string { return []string{"yes", "partly", "no"} }

// Monthly is one fact that is counted by the month.
type Monthly struct {
	Authority string
	Day       notice.Day // any of the month
	Service   string
	By, Value string
}

// CountMonth counts a fact in the transaction that makes it. Nothing is written but a sum.
func CountMonth(ctx context.Context, tx *store.Tx, f Monthly) error {
	_, err := tx.Exec(ctx, qCountMonth, f.Authority, string(f.Day[:7]), f.Service, f.By, f.Value)
	return err
}
