package audit

import (
	"context"
	"time"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/store"
)

// Touch is a contact with the time in which it was handled: from its beginning until it was settled.
type Touch struct {
	Contact  string
	From, To time.Time
}

// purposeOversight is for which the program looks into the log by itself.
const purposeOversight = "oversight"

// Touched tells of which contacts the log has an entry of a member of staff from the time in which they
// were handled: whoever answered has begun a reading. A contact whose days the log has forgotten counts as
// touched, because nobody knows any more. That the program looked is one entry of its own, whatever it
// finds; nothing is opened. It works in the transaction that it is given. Errors as vault.Open.
func (l *Log) Touched(ctx context.Context, tx *store.Tx, authority, staff string, of []Touch) (map[string]bool, error) {
	by := access.Caller{Authority: authority, Kind: access.Program, ID: "sampling"}
	actor := vault.Value{Field: tokenActor, Text: actorName(staffKind, staff)}
	found, err := l.vault.BeginEntries(ctx, tx, by, purposeOversight, actor, vault.Why{Reason: "own-work"})
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, one := range of {
		touched, err := touchedBy(ctx, tx, found, authority, actor, one)
		if err != nil {
			return nil, err
		}
		out[one.Contact] = touched
	}
	return out, nil
}

// touchedBy looks for an entry that carries both tokens, the actor's and the contact's.
func touchedBy(ctx context.Context, tx *store.Tx, found *vault.Entries, authority string, actor vault.Value, one Touch) (bool, error) {
	rows, gone, err := found.MacsOf(ctx, tx, vault.Value{Field: tokenRow, Text: rowName(contactType, one.Contact)}, one.From, one.To)
	if err != nil || gone {
		return gone, err
	}
	actors, gone, err := found.MacsOf(ctx, tx, actor, one.From, one.To)
	if err != nil || gone {
		return gone, err
	}
	for i := range rows {
		var n int64
		if err := tx.Row(ctx, qTouched, authority, actors[i], rows[i]).Scan(&n); err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}
