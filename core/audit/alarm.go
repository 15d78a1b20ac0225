package audit

import (
	"context"
	"maps"
	"slices"
	"time"

	"luukku/core/vault"
)

// The kinds of alarm.
const (
	AlarmOlder = "audit-older-than-checkpoint" // the tree does not grow until the gap is accepted
	AlarmStuck = "audit-not-numbered"          // entries have waited for a minute
)

// stuckAfter is how long numbering may fail before somebody must look.
const stuckAfter = time.Minute

// Alarms are those that stand, by authority. Entries are never lost by what they tell of: they
// wait in their table.
func (l *Log) Alarms() []vault.Alarm {
	l.mu.Lock()
	defer l.mu.Unlock()
	var alarms []vault.Alarm
	for _, authority := range slices.Sorted(maps.Keys(l.halted)) {
		alarms = append(alarms, l.halted[authority])
	}
	for _, authority := range slices.Sorted(maps.Keys(l.stuck)) {
		_, halted := l.halted[authority]
		if a := l.stuck[authority]; !halted && l.keeper.Now().Sub(a.Since) >= stuckAfter {
			alarms = append(alarms, a)
		}
	}
	return alarms
}

// halt notes that a tree is older than the journal says. l.mu is held.
func (l *Log) halt(authority string) {
	if _, ok := l.halted[authority]; !ok {
		l.halted[authority] = vault.Alarm{Authority: authority, Kind: AlarmOlder, Since: l.keeper.Now()}
		l.log.Error("audit entries are missing that were vouched for: the tree does not grow until the gap is accepted", "authority", authority)
	}
}

// noteStuck remembers since when an authority's entries could not be numbered.
func (l *Log) noteStuck(ctx context.Context, authority string, err error) {
	if ctx.Err() != nil {
		return // the program stops: nothing failed
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, stands := l.stuck[authority]
	switch {
	case err == nil:
		delete(l.stuck, authority)
	case !stands:
		l.stuck[authority] = vault.Alarm{Authority: authority, Kind: AlarmStuck, Since: l.keeper.Now(), Detail: err.Error()}
	}
}
