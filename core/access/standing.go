package access

import (
	"context"
	"database/sql"
	"time"

	"luukku/fault"
	"luukku/store"
)

// Standing is a member of staff as the gate sees it.
type Standing struct {
	Disabled   bool
	SecrecyDay string  // of the signed commitment, "" without one
	Grants     []Grant // every one, whatever its time
}

// At are the grants that run at the moment, none while the account is disabled.
func (s Standing) At(now time.Time) []Grant {
	if s.Disabled {
		return nil
	}
	var running []Grant
	for _, g := range s.Grants {
		if g.runs(now.UnixMilli()) {
			running = append(running, g)
		}
	}
	return running
}

func (g Grant) runs(ms int64) bool { return g.From <= ms && (g.Until == 0 || ms < g.Until) }

// StandingOf reads a member of staff; fault.NotFound for an unknown one. One statement.
func StandingOf(ctx context.Context, tx *store.Tx, authority, staff string) (Standing, error) {
	s, known := Standing{}, false
	err := tx.Each(ctx, qStanding, func(scan func(...any) error) error {
		known = true
		g := Grant{Authority: authority, Staff: staff}
		var disabled sql.NullInt64
		var secrecy sql.NullString
		if err := scan(&disabled, &secrecy, &g.ID, &g.Role, &g.Service, &g.From, &g.Until); err != nil {
			return err
		}
		s.Disabled, s.SecrecyDay = disabled.Valid, secrecy.String
		if g.ID != "" {
			s.Grants = append(s.Grants, g)
		}
		return nil
	}, authority, staff)
	if err == nil && !known {
		err = fault.New(fault.NotFound, "not-found")
	}
	return s, err
}

// Grants returns the grants that caller holds at now and whether a secrecy commitment is on record.
// A disabled account, an unknown one, and a caller that is not staff hold none. One statement.
func Grants(ctx context.Context, tx *store.Tx, caller Caller, now time.Time) ([]Grant, bool, error) {
	if caller.Kind != Staff {
		return nil, false, nil
	}
	s, err := StandingOf(ctx, tx, caller.Authority, caller.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return s.At(now), s.SecrecyDay != "", nil
}

// All returns the grants of a member of staff that have not ended at now, future ones included.
func All(ctx context.Context, tx *store.Tx, authority, staff string, now time.Time) ([]Grant, error) {
	s, err := StandingOf(ctx, tx, authority, staff)
	var left []Grant
	for _, g := range s.Grants {
		if g.Until == 0 || now.UnixMilli() < g.Until {
			left = append(left, g)
		}
	}
	return left, err
}
