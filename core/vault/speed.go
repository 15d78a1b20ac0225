package vault

import (
	"slices"
	"time"

	"luukku/core/notice"
	"luukku/store"
)

// Speed is what one call takes: the bare AES-GCM call over the same text and associated data; the same as the program
// does it, encoding of the fields included, with the record's key at hand; and with that key to be
// unwrapped first.
type Speed struct{ Bare, Held, Unwrapping time.Duration }

// Speeds times sealing and opening of text as the value of a field of g, outside any database. The
// calls take turns in short rounds and each figure is its middle one, so that what else the machine does
// falls on none of them alone; what the garbage of a call costs is in its time.
func Speeds(g *notice.Group, field, text string) (sealing, opening Speed, err error) {
	t, err := newTrial(g, field, text)
	if err != nil {
		return Speed{}, Speed{}, err
	}
	calls := []func() error{t.sealBare, t.seal, t.sealUnwrapping, t.openBare, t.open, t.openUnwrapping}
	took := make([][]time.Duration, len(calls))
	for range rounds {
		for i, call := range calls {
			d, err := timed(call)
			if err != nil {
				return Speed{}, Speed{}, err
			}
			took[i] = append(took[i], d)
		}
	}
	middle := func(i int) time.Duration { slices.Sort(took[i]); return took[i][rounds/2] }
	return Speed{middle(0), middle(1), middle(2)}, Speed{middle(3), middle(4), middle(5)}, nil
}

const rounds = 60

// timed is what one of many calls took.
func timed(do func() error) (time.Duration, error) {
	const n = 2000
	began := time.Now()
	for range n {
		if err := do(); err != nil {
			return 0, err
		}
	}
	return time.Since(began) / n, nil
}

// trial is a record outside the database, with one row sealed.
type trial struct {
	w       *Writer
	under   *bucketKey
	values  []Value
	plain   []byte
	ad      []byte
	bare    []byte
	sealed  Sealed
	outcome *store.Outcome
	room    *scratch
}

func newTrial(g *notice.Group, field, text string) (*trial, error) {
	r := &record{register: register{authority: "trial", notice: "trial", group: g.ID, typ: "trial"}, id: "r_01jdz5mt0w3h8k5q7r9s1v2x4y",
		version: 1, thing: "c_01jdz5mt0w3h8k5q7r9s1v2x4y", bucket: bucket{id: "b_01jdz5mt0w3h8k5q7r9s1v2x4y"}}
	key := &recordKey{raw: [keySize]byte{1}}
	key.aead = newAEAD(key.raw)
	v := &Vault{}
	v.scratch.New = newScratch
	t := &trial{w: &Writer{v: v, r: r, key: key, group: g}, under: newBucketKey([keySize]byte{2}),
		values: []Value{{field, text}}, plain: []byte(text), outcome: &store.Outcome{}, room: &scratch{}}
	r.wrap = key.wrapUnder(t.under, r)
	t.ad = r.appendAD(nil, ofColumn, t.row())
	t.bare = key.aead.Seal(nil, nil, t.plain, t.ad)
	var err error
	t.sealed, err = t.w.Seal(t.row(), slices.Clone(t.values))
	return t, err
}

func (t *trial) row() string { return t.w.r.thing + "/1" }

func (t *trial) sealBare() error {
	t.w.key.aead.Seal(nil, nil, t.plain, t.ad)
	return nil
}

func (t *trial) openBare() error {
	_, err := t.w.key.aead.Open(nil, nil, t.bare, t.ad)
	return err
}

func (t *trial) seal() error {
	_, err := t.w.Seal(t.row(), t.values)
	return err
}

func (t *trial) open() error {
	_, err := openRow(t.outcome, t.w.r, t.w.group, t.w.key, t.sealed, t.room)
	return err
}

func (t *trial) sealUnwrapping() error {
	key, err := unwrap(t.under, t.w.r, t.room)
	if err != nil {
		return err
	}
	w := &Writer{v: t.w.v, r: t.w.r, key: key, group: t.w.group}
	_, err = w.Seal(t.row(), t.values)
	return err
}

func (t *trial) openUnwrapping() error {
	key, err := unwrap(t.under, t.w.r, t.room)
	if err != nil {
		return err
	}
	_, err = openRow(t.outcome, t.w.r, t.w.group, key, t.sealed, t.room)
	return err
}
