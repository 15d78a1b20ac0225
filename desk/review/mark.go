package review

import (
	"context"
	"slices"

	"luukku/core/access"
	"luukku/desk/report"
	"luukku/fault"
	"luukku/store"
)

// Mark counts what a reviewer thinks of a drawn contact: for each of report.Criteria one of report.Helps.
// What was marked, by whom, and what else was marked with it, is not stored; the sample remembers only
// that the item has been marked. Errors: as Item; fault.Invalid on a criterion that is missing or unknown;
// fault.Conflict "sample-item-marked".
func (r *Reviews) Mark(ctx context.Context, caller access.Caller, sample string, no int64, marks map[string]string) error {
	for _, one := range report.Criteria() {
		if !slices.Contains(report.Helps(), marks[one]) {
			return fault.New(fault.Invalid, "field-choice").On(one)
		}
	}
	s, err := r.reviewed(ctx, caller, sample)
	if err != nil {
		return err
	}
	return r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, _, err := r.item(ctx, tx, caller, sample, no); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, qItemMark, caller.Authority, sample, no)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "sample-item-marked")
		}
		return r.count(ctx, tx, caller.Authority, s.Service, marks)
	})
}

func (r *Reviews) count(ctx context.Context, tx *store.Tx, authority, service string, marks map[string]string) error {
	for _, one := range report.Criteria() {
		err := report.CountMonth(ctx, tx, report.Monthly{Authority: authority, Day: r.today(authority), Service: service,
			By: one, Value: marks[one]})
		if err != nil {
			return err
		}
	}
	return nil
}

// reviewed is a sample that caller may still review: the grant may have ended since the draw.
func (r *Reviews) reviewed(ctx context.Context, caller access.Caller, sample string) (Sample, error) {
	s, err := r.Sample(ctx, caller, sample)
	if err != nil {
		return s, err
	}
	return s, r.stillMay(ctx, caller, s.Service, s.Purpose, access.RoleReviewer)
}

// stillMay looks at grants and notice as they are now.
func (r *Reviews) stillMay(ctx context.Context, caller access.Caller, id, purpose string, roles ...access.Role) error {
	of, err := r.o.Services.Get(ctx, caller.Authority, id)
	if err != nil {
		return err
	}
	return r.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		return r.may(ctx, tx, caller, of, purpose, roles...)
	})
}
