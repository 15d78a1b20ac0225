package mail

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"luukku/core/vault"
)

// Kinds of alarm about outgoing mail.
const (
	AlarmBarred = "mail-barred" // the server does not let this program send
	AlarmWaits  = "mail-waits"  // what was ordered has not gone out for long
)

// LateAfter is how long a mail may wait before somebody has to look: well before it is given up.
const LateAfter = time.Hour

// Watch tells while mail does not go out, also where no server is set any more: a citizen is waiting for it,
// and nobody can ask them for their address again.
type Watch struct {
	Mail    *Mail // nil where no server is set
	Waiting func(ctx context.Context, authority string) (n, oldest int64, err error)
	Now     func() time.Time // the program's accepted time

	mu       sync.Mutex
	standing []vault.Alarm
}

// Look raises alarms for what keeps the authorities' mail, and ends those that are mended. It returns those
// that are new.
func (w *Watch) Look(ctx context.Context, authorities []string) (raised []vault.Alarm, err error) {
	var now []vault.Alarm
	if w.Mail != nil {
		if t := w.Mail.Trouble(); t != nil { // asked once: a mail that goes out meanwhile ends it
			now = append(now, vault.Alarm{Kind: AlarmBarred, Since: w.Now(), Detail: t.Status})
		}
	}
	for _, authority := range authorities {
		n, oldest, one := w.Waiting(ctx, authority)
		if since := time.UnixMilli(oldest); one == nil && n > 0 && w.Now().Sub(since) >= LateAfter {
			now = append(now, vault.Alarm{Authority: authority, Kind: AlarmWaits, Since: since})
		}
		err = cmp.Or(err, one)
	}
	if err != nil {
		return nil, err
	}
	return w.stand(now), nil
}

// stand keeps since when an alarm stands.
func (w *Watch) stand(now []vault.Alarm) (raised []vault.Alarm) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, a := range now {
		before := slices.IndexFunc(w.standing, func(b vault.Alarm) bool { return a.Kind == b.Kind && a.Authority == b.Authority })
		if before >= 0 {
			now[i].Since = w.standing[before].Since
			continue
		}
		raised = append(raised, a)
	}
	w.standing = now
	return raised
}

// Alarms are those that stand.
func (w *Watch) Alarms() []vault.Alarm {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.standing)
}
