package service

import (
	"context"

	"luukku/fault"
	"luukku/store"
)

// Put makes a service or replaces one with everything it has, in the given transaction. Who may do
// so is decided by the caller's route.
func (s *Services) Put(ctx context.Context, tx *store.Tx, authority string, one Service) (err error) {
	if err := one.check(); err != nil {
		return err
	}
	if one.Hours, err = sortedHours(one.Hours); err != nil {
		return err
	}
	if one.Holidays, err = sortedHolidays(one.Holidays); err != nil {
		return err
	}
	if one.Origins, err = sortedOrigins(one.Origins); err != nil {
		return err
	}
	tx.OnCommit(func() { s.forget(authority) })
	_, err = tx.Exec(ctx, qPut, append([]any{authority, one.ID}, one.columns()...)...)
	return err
}

// SetHours replaces all weekly hours of a service.
func (s *Services) SetHours(ctx context.Context, tx *store.Tx, authority, id string, hours []Span) error {
	sorted, err := sortedHours(hours)
	if err != nil {
		return err
	}
	return s.set(ctx, tx, qHours, authority, id, asJSON(spanRows(sorted)))
}

// SetHolidays replaces all days with hours of their own.
func (s *Services) SetHolidays(ctx context.Context, tx *store.Tx, authority, id string, days []Holiday) error {
	sorted, err := sortedHolidays(days)
	if err != nil {
		return err
	}
	return s.set(ctx, tx, qHolidays, authority, id, asJSON(holidayRows(sorted)))
}

// SetClosure closes a service by hand, with a message in three languages, or opens it again with nil.
// Contacts that already wait or run are not touched.
func (s *Services) SetClosure(ctx context.Context, tx *store.Tx, authority, id string, c *Closure) error {
	if c != nil && whole(c.Message) != nil {
		return fault.New(fault.Invalid, "text-in-every-language").On("message")
	}
	since, message := closureColumns(c)
	return s.set(ctx, tx, qClosure, authority, id, since, message)
}

// SetOrigins replaces the origins whose pages may carry the service's chat; none takes it off every site.
func (s *Services) SetOrigins(ctx context.Context, tx *store.Tx, authority, id string, origins []string) error {
	sorted, err := sortedOrigins(origins)
	if err != nil {
		return err
	}
	return s.set(ctx, tx, qOrigins, authority, id, asJSON(sorted))
}

// set changes columns of a service that must exist and has this node read it anew.
func (s *Services) set(ctx context.Context, tx *store.Tx, q store.Query, authority, id string, columns ...any) error {
	n, err := tx.Exec(ctx, q, append(columns, authority, id)...)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.NotFound, "service-not-found").On("service")
	}
	tx.OnCommit(func() { s.forget(authority) })
	return nil
}

// Minute reads "09:30" or "24:00" as minutes from local midnight.
func Minute(clock string) (int, error) {
	bad := fault.New(fault.Invalid, "time-of-day")
	if len(clock) != 5 || clock[2] != ':' {
		return 0, bad
	}
	for _, i := range []int{0, 1, 3, 4} {
		if clock[i] < '0' || clock[i] > '9' {
			return 0, bad
		}
	}
	hour, minute := int(clock[0]-'0')*10+int(clock[1]-'0'), int(clock[3]-'0')*10+int(clock[4]-'0')
	if total := hour*60 + minute; minute < 60 && total <= 24*60 {
		return total, nil
	}
	return 0, bad
}

// Clock writes minutes from local midnight as "09:30".
func Clock(minute int) string {
	return string([]byte{byte('0' + minute/600), byte('0' + minute/60%10), ':', byte('0' + minute%60/10), byte('0' + minute%10)})
}
