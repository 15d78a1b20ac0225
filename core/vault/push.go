package vault

import (
	"context"

	"luukku/store"
)

// Push hands the row just sealed to the reading sessions that run on its record's thing: after the
// commit OnPush is called once for each session that reaches the record. n is the row's number in
// its contact; values are those given to Seal. One statement, and nothing is read back. It returns the
// sessions that run on the thing.
func (v *Vault) Push(ctx context.Context, tx *store.Tx, w *Writer, row string, n int64, values []Value) ([]Reading, error) {
	readings, err := v.running(ctx, tx, w.r.authority, w.r.typ, w.r.thing)
	if err != nil || v.o.OnPush == nil {
		return readings, err
	}
	opened, now := w.opened(tx.Outcome(), row, values), v.now().UnixMilli()
	for _, r := range readings {
		if r.until != 0 && now >= r.until || v.reads(r, w.r) != nil {
			continue
		}
		tx.OnCommit(func() { v.o.OnPush(Pushed{r, row, n, opened}) })
	}
	return readings, nil
}

// opened is what opening the row would give, in the order of the fields' numbers.
func (w *Writer) opened(outcome *store.Outcome, row string, values []Value) *Opened {
	p := plain{outcome: outcome, record: w.r.id, row: row, fields: make([]field, 0, len(values))}
	for _, f := range w.group.Fields {
		for _, value := range values {
			if value.Field == f.ID {
				p.fields = append(p.fields, field{f.ID, []byte(value.Text)})
			}
		}
	}
	return newOpened(p)
}

// Pushed is what OnPush receives.
type Pushed struct {
	Reading Reading
	Row     string
	N       int64
	Opened  *Opened
}
