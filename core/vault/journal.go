package vault

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"luukku/core/vault/keystore"
	"luukku/store"
)

// Kinds of lines that only the vault leaves and replays.
const (
	lineMoved = "moved"        // a move that is neither a hold nor a restriction
	lineLost  = "buckets_lost" // buckets given up by luukku keys lost
)

// Note leaves a line for the journal in tx; it reaches the key stores right after the commit and
// at the latest at the next start. access.Hooks takes it. body is at most 4 KiB and holds ids,
// times and wrapped keys only.
func (v *Vault) Note(ctx context.Context, tx *store.Tx, authority, kind string, body []byte) error {
	_, err := tx.Exec(ctx, qLineAdd, authority, v.lineID(), v.now().UnixMilli(), kind, body)
	if err == nil {
		tx.OnCommit(func() { v.courier.send(authority) })
	}
	return err
}

// lineID makes an id that sorts after every earlier one of this process: the order of lines is the
// order in which they are replayed.
func (v *Vault) lineID() string {
	for {
		last := v.lastLine.Load()
		next := max(last+1, time.Now().UnixNano())
		if v.lastLine.CompareAndSwap(last, next) {
			return fmt.Sprintf("%s%016x_%s", linePrefix, next, store.NewID("")[16:])
		}
	}
}

// Flush brings the committed lines of an authority to the key stores and returns when they are
// durable there. Whoever must not acknowledge before calls it; otherwise it happens by itself.
func (v *Vault) Flush(ctx context.Context, authority string) error {
	v.courier.mu.Lock()
	defer v.courier.mu.Unlock()
	for {
		lines, err := v.waitingLines(ctx, authority)
		if err != nil || len(lines) == 0 {
			return err
		}
		set, err := v.set(authority)
		if err != nil {
			return err
		}
		if err := set.Append(ctx, unknown(set, lines)...); err != nil {
			return err
		}
		if err := v.delivered(ctx, authority, set, lines); err != nil {
			return err
		}
	}
}

// unknown leaves out lines that the journal has: a crash came before they were forgotten here, or
// a restore brought them back. Written again they would stand after what came later.
func unknown(set *keystore.Set, lines []keystore.JournalLine) []keystore.JournalLine {
	known := map[string]bool{}
	for _, l := range set.Journal() {
		known[l.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(lines), func(l keystore.JournalLine) bool { return known[l.ID] })
}

func (v *Vault) waitingLines(ctx context.Context, authority string) (lines []keystore.JournalLine, err error) {
	err = v.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		lines, err = store.Select(ctx, tx, qLines, func(scan func(...any) error) (l keystore.JournalLine, err error) {
			return l, scan(&l.ID, &l.At, &l.Kind, &l.Body)
		}, authority)
		return err
	})
	return lines, err
}

// delivered forgets lines that every store holds.
func (v *Vault) delivered(ctx context.Context, authority string, set *keystore.Set, lines []keystore.JournalLine) error {
	return v.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		for _, l := range lines {
			if _, err := tx.Exec(ctx, qLineDrop, authority, l.ID); err != nil {
				return err
			}
		}
		return v.noteGeneration(ctx, tx, authority, set)
	})
}

// noteGeneration remembers how far the key stores have come, so that older ones are known as such.
func (v *Vault) noteGeneration(ctx context.Context, tx *store.Tx, authority string, set *keystore.Set) error {
	_, err := tx.Exec(ctx, qGenerationNote, authority, set.Snapshot().Generation(), v.now().UnixMilli())
	return err
}

// movedLine is the body of a line about a record that changed its bucket. The wrap is under the
// new bucket's key, so that a backup in which the record still lies in a bucket that has died
// since can be brought up to date.
type movedLine struct {
	Record   RecordID   `json:"record"`
	Moves    int64      `json:"moves"`
	Wrap     []byte     `json:"wrap"`
	From     int64      `json:"from"`
	Ordinary string     `json:"ordinary"`
	Settled  bool       `json:"settled"`
	Bucket   bucketLine `json:"bucket"`
	Holds    []holdLine `json:"holds,omitempty"`
	Released string     `json:"released,omitempty"`
}

type bucketLine struct {
	ID     string `json:"id"`
	Notice string `json:"notice"`
	Group  string `json:"group"`
	Expiry string `json:"expiry,omitempty"`
	Hold   string `json:"hold,omitempty"`
	Event  string `json:"event,omitempty"`
	Key    string `json:"key"`
	Ends   int64  `json:"ends"`
}

type holdLine struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
	Code string `json:"code,omitempty"`
}

// noteMove leaves the line about where a record lies now, with every hold that stands.
func (v *Vault) noteMove(ctx context.Context, tx *store.Tx, r *record, m move) error {
	holds, err := holdsOf(ctx, tx, r)
	if err != nil {
		return err
	}
	line := movedLine{Record: r.id, Moves: r.moves, Wrap: r.wrap, From: r.from, Ordinary: string(r.ordinary),
		Settled: r.settled, Bucket: r.bucket.line(), Released: m.released}
	for _, h := range holds {
		line.Holds = append(line.Holds, holdLine{h.id, h.kind, h.code})
	}
	body, err := json.Marshal(line)
	if err != nil {
		return err
	}
	return v.Note(ctx, tx, r.authority, lineKind(r), body)
}

func lineKind(r *record) string {
	switch {
	case r.bucket.restricted():
		return keystore.LineRestriction
	case r.bucket.is.hold != "":
		return keystore.LineHold
	}
	return lineMoved
}

func (b *bucket) line() bucketLine {
	return bucketLine{ID: b.id, Notice: b.is.notice, Group: b.is.group, Expiry: string(b.is.expiry),
		Hold: b.is.hold, Event: b.is.event, Key: b.key, Ends: b.ends}
}

// idsLine is the body of a line about ids: destroyed buckets, erased records, lost keys.
type idsLine struct {
	IDs []string `json:"ids"`
}

// idsAtOnce is how many ids fit in a line.
const idsAtOnce = 100

// linesOf makes the lines about ids.
func linesOf(kind string, at int64, ids []string) []keystore.JournalLine {
	var lines []keystore.JournalLine
	for len(ids) > 0 {
		n := min(len(ids), idsAtOnce)
		body, _ := json.Marshal(idsLine{ids[:n]}) // strings always marshal
		lines = append(lines, keystore.JournalLine{At: at, Kind: kind, Body: body})
		ids = ids[n:]
	}
	return lines
}
