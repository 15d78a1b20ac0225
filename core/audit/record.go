package audit

import (
	"context"
	"io"
	"time"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// The kinds of token by which entries are found.
const (
	tokenActor = "actor"
	tokenRow   = "row"
)

// Record implements vault.Recorder: it writes e in tx, sealed in the audit's own bucket of the day
// of e.At. It takes two statements once the day's record exists. The leaf's number comes within a
// second after the commit. An error means that nothing may be opened.
func (l *Log) Record(ctx context.Context, tx *store.Tx, e vault.Entry) error {
	c := Committed{ID: l.ids.next()}
	if _, err := io.ReadFull(l.rand, c.Salt[:]); err != nil {
		return fault.New(fault.Internal, "no-randomness").Wrap(err)
	}
	entry := entryOf(c.ID, e)
	c.Entry = entry.Encode()
	sealed, err := l.vault.Sealer().SealEntry(ctx, tx, vault.EntrySeal{
		Authority: e.Caller.Authority,
		ID:        c.ID,
		At:        time.UnixMilli(e.At),
		Plain:     c.plain(),
		Tokens:    entry.tokens(),
	})
	if err != nil {
		return err
	}
	return insertEntry(ctx, tx, e.Caller.Authority, sealed, c.with(sealed.Macs))
}

// tokens are what an entry is found by: always its actor, and the row that it is about.
func (e *Entry) tokens() []vault.Value {
	tokens := []vault.Value{{Field: tokenActor, Text: actorName(e.Kind, e.Actor)}}
	if e.Type != "" && e.Row != "" {
		tokens = append(tokens, vault.Value{Field: tokenRow, Text: rowName(e.Type, e.Row)})
	}
	return tokens
}

// with takes the tokens in, in the order of tokens.
func (c Committed) with(macs [][]byte) Committed {
	c.ActorMac = macs[0]
	if len(macs) > 1 {
		c.RowMac = macs[1]
	}
	return c
}

func insertEntry(ctx context.Context, tx *store.Tx, authority string, s vault.SealedEntry, c Committed) error {
	inner := c.Inner()
	_, err := tx.Exec(ctx, qEntryInsert, authority, c.ID, string(s.Record), string(s.Expiry),
		inner[:], s.Sealed.Bytes(), c.ActorMac, c.RowMac)
	return err
}

// row is an entry as the table has it.
type row struct {
	id       string
	record   vault.RecordID
	expiry   notice.Day
	inner    []byte
	sealed   []byte
	actorMac []byte
	rowMac   []byte
	leaf     int64
}

// asSealed is the row as the vault opens it.
func (r row) asSealed(authority string) vault.Sealed {
	return vault.FromRow(authority, r.record, r.id, r.sealed)
}

// matches tells whether what was opened is what the row's inner hash was made of.
func (r row) matches(o *vault.Opened) bool {
	plain, _ := o.Plain()
	c, ok := committed(plain)
	c.ID, c.ActorMac, c.RowMac = r.id, r.actorMac, r.rowMac
	e, err := Decode(c.Entry)
	return ok && err == nil && e.ID == r.id && string(r.inner) == innerText(c)
}

func innerText(c Committed) string {
	inner := c.Inner()
	return string(inner[:])
}
