package program

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"luukku/core/clock"
	"luukku/core/vault/keystore"
	"luukku/store"
)

// belief is what is known of time from the last run: the mark of accepted time, and an alarm that
// stood.
type belief struct {
	mark  time.Time
	alarm *clock.Alarm
}

func believed(markMilli int64, alarm string) (belief, error) {
	var b belief
	if markMilli > 0 {
		b.mark = time.UnixMilli(markMilli).UTC()
	}
	if alarm == "" {
		return b, nil
	}
	b.alarm = new(clock.Alarm)
	return b, json.Unmarshal([]byte(alarm), b.alarm)
}

// keeper keeps time from what was believed last. A demo's clock runs ahead by as much as its time
// machine has moved it, and counts as steady.
func (p *Program) keeper(b belief) *clock.Keeper {
	real := clock.Real()
	if !p.Instance.Demo {
		return clock.NewKeeper(real, b.mark, clock.Options{MaxJump: time.Duration(p.Config.Clock.MaxJump), Alarm: b.alarm})
	}
	p.Shifted = clock.NewShifted(real, max(0, b.mark.Sub(real.Now())))
	k := clock.NewKeeper(p.Shifted, b.mark, clock.Options{SteadyAtOnce: true})
	k.Accept(p.Shifted.Now())
	return k
}

// heedJournal lets time begin no earlier than the journal's mark: a restored database knows an older one.
func (p *Program) heedJournal() {
	latest := p.belief.mark
	for _, a := range p.Authorities {
		set := p.Keys(a.ID)
		if set == nil {
			continue
		}
		for _, l := range set.Journal() {
			ms, err := strconv.ParseInt(string(l.Body), 10, 64)
			if t := time.UnixMilli(ms).UTC(); l.Kind == keystore.LineClockMark && err == nil && t.After(latest) {
				latest = t
			}
		}
	}
	if latest.After(p.belief.mark) {
		p.belief.mark = latest
		p.Keeper = p.keeper(p.belief)
	}
}

// saveMark stores the high-water mark of accepted time, and the clock's alarm if one stands.
func (p *Program) saveMark(ctx context.Context) error {
	mark, alarm := p.Keeper.Mark().UnixMilli(), ""
	if a := p.Keeper.Alarm(); a != nil {
		text, err := json.Marshal(a)
		if err != nil {
			return err
		}
		alarm = string(text)
	}
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, instanceMark, mark, mark, alarm)
		return err
	})
}

// journalMark leaves the mark in every authority's journal, for a restore.
func (p *Program) journalMark(ctx context.Context) error {
	body := []byte(strconv.FormatInt(p.Keeper.Mark().UnixMilli(), 10))
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, a := range p.Authorities {
			if err := p.Vault.Note(ctx, tx, a.ID, keystore.LineClockMark, body); err != nil {
				return err
			}
		}
		return nil
	})
}
