package queue

import (
	"context"
	"slices"
	"time"

	"luukku/fault"
	"luukku/store"
)

// Presence is what a member of staff says of themselves; Gone is said by the program.
type Presence string

// The presences.
const (
	Present Presence = "present"
	Busy    Presence = "busy"
	Away    Presence = "away"
	Gone    Presence = "gone" // signed out, or no connection for a minute
)

// quiet is how long somebody is shown as they said without a sign of life.
const quiet = time.Minute

// SetPresence says what a member of staff says of themselves; it counts as a sign of life.
func (q *Queue) SetPresence(ctx context.Context, authority, staff string, p Presence) error {
	if p != Present && p != Busy && p != Away {
		return fault.New(fault.Invalid, "presence").On("state")
	}
	return q.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return q.say(ctx, tx, authority, staff, p, q.now())
	})
}

// Leave says that a member of staff has gone on purpose (signed out). The next sign of life brings them back.
func (q *Queue) Leave(ctx context.Context, tx *store.Tx, authority, staff string) error {
	return q.say(ctx, tx, authority, staff, Gone, q.now())
}

// say notes a presence. Whoever is not available gives back what they were offered, in the same transaction.
func (q *Queue) say(ctx context.Context, tx *store.Tx, authority, staff string, p Presence, seen time.Time) error {
	_, err := tx.Exec(ctx, qSay, authority, staff, string(p), q.now().UnixMilli(), seen.UnixMilli())
	if err == nil && p != Present {
		_, err = tx.Exec(ctx, qDecline, authority, staff)
	}
	return err
}

// Beat is a sign of life of everyone who is connected to this node, in one transaction. Call it
// every 20 s, and when somebody connects.
func (q *Queue) Beat(ctx context.Context, authority string, staff []string) error {
	if len(staff) == 0 {
		return nil
	}
	staff = slices.Sorted(slices.Values(staff)) // two nodes take the rows in the same order
	return q.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, id := range staff {
			if err := q.Alive(ctx, tx, authority, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Alive is a sign of life within a transaction. Whoever was gone is present again.
func (q *Queue) Alive(ctx context.Context, tx *store.Tx, authority, staff string) error {
	now := q.now().UnixMilli()
	_, err := tx.Exec(ctx, qAlive, authority, staff, now, now)
	return err
}

// IsSeen tells whether there has been a sign of life of a member of staff within the time given and
// they have not gone, whatever they say of themselves.
func (q *Queue) IsSeen(ctx context.Context, tx *store.Tx, authority, staff string, within time.Duration) (bool, error) {
	state, seen, err := q.signOf(ctx, tx, authority, staff)
	return err == nil && state != Gone && seen >= q.now().Add(-within).UnixMilli(), err
}

// IsPresent tells whether a member of staff can be given a contact: there has been a sign of life
// within the time given, and they have not said that they are away.
func (q *Queue) IsPresent(ctx context.Context, tx *store.Tx, authority, staff string, within time.Duration) (bool, error) {
	state, seen, err := q.signOf(ctx, tx, authority, staff)
	return err == nil && state != Gone && state != Away && seen >= q.now().Add(-within).UnixMilli(), err
}

// signOf is what is known of a member of staff; one who was never here is gone.
func (q *Queue) signOf(ctx context.Context, tx *store.Tx, authority, staff string) (state Presence, seen int64, err error) {
	err = tx.Row(ctx, qIsPresent, authority, staff).Scan(&state, &seen)
	if fault.Is(err, fault.NotFound) {
		return Gone, 0, nil
	}
	return state, seen, err
}
