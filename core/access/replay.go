package access

import (
	"context"
	"encoding/json"

	"luukku/fault"
	"luukku/store"
)

// The kinds of journal line that this package leaves and replays.
const (
	LineGrantWithdrawn  = "grant_withdrawn"
	LineAccountDisabled = "account_disabled"
)

// withdrawal is the body of a journal line: ids and a time.
type withdrawal struct {
	Authority string `json:"-"`
	Staff     string `json:"staff"`
	Grant     string `json:"grant,omitempty"`
	Secrecy   bool   `json:"secrecy,omitempty"`
	Disabled  bool   `json:"disabled,omitempty"`
	At        int64  `json:"at"`
}

func (w withdrawal) kind() string {
	if w.Disabled {
		return LineAccountDisabled
	}
	return LineGrantWithdrawn
}

func (w withdrawal) body() []byte {
	body, _ := json.Marshal(w) // strings, numbers and booleans always marshal
	return body
}

// Replay does again what a journal line says, if the database is older than the line: after a
// restore a withdrawn grant, a withdrawn commitment and a disabled account stay so.
func Replay(ctx context.Context, tx *store.Tx, authority string, body []byte) error {
	var w withdrawal
	if err := json.Unmarshal(body, &w); err != nil {
		return fault.New(fault.Internal, "journal-line-unreadable").Wrap(err)
	}
	if w.Grant != "" {
		_, err := tx.Exec(ctx, qGrantWithdraw, w.At, authority, w.Grant, w.At)
		return err
	}
	var changed int64
	err := tx.Row(ctx, qStaffLock, authority, w.Staff).Scan(&changed)
	if fault.Is(err, fault.NotFound) || err == nil && changed >= w.At {
		return nil // unknown in this backup, or something later was decided
	}
	if err != nil {
		return err
	}
	return w.again(ctx, tx, authority)
}

func (w withdrawal) again(ctx context.Context, tx *store.Tx, authority string) error {
	if w.Secrecy {
		_, err := tx.Exec(ctx, qStaffSecrecy, nil, w.At, authority, w.Staff)
		return err
	}
	_, err := tx.Exec(ctx, qStaffDisabled, w.At, w.At, authority, w.Staff)
	return err
}
